//! What changes on an open page: the stream, and the numbers beside the menu.

use std::time::Duration;

use reqwest::Response;
use schema_documents::RegisterIncoming;
use schema_programme::Assign;
use serde_json::json;
use testbed::process::until;

use crate::world::{World, text};

/// What a stream says next, as text; nothing when it has ended.
async fn next(stream: &mut Response) -> Option<String> {
    let chunk = tokio::time::timeout(Duration::from_secs(20), stream.chunk()).await.expect("the stream says nothing");
    chunk.unwrap().map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_is_told_that_something_changed_in_its_office_and_never_what() {
    let world = World::start().await;
    let below = world.house.below().await;
    let stranger = ("th.xa", "Vũ Ví Dụ", "Chánh Văn phòng");
    let stranger = world.house.hire_into(&below, stranger, &["chief_of_office"]).await;
    let mut stream = world.stream(Some(&world.me.secret), false).await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.headers()["cache-control"], "no-store");
    assert!(next(&mut stream).await.unwrap().contains("event: chao"));
    // Another office says nothing to this page, so the first thing that is heard is of ours.
    let mut number = 0;
    let said = loop {
        number += 1;
        let foreign = json!({
            "office": below.office, "source": { "kind": "spoken_order", "label": "Chỉ đạo" }, "title": "tên người",
            "expected_product": "Danh sách", "lead_unit": below.unit, "due": world.house.today().plus(3),
        });
        world.house.ask::<Assign>(&stranger, foreign).await;
        let own = json!({
            "office": world.house.office, "author_body": "Sở Ví Dụ", "symbol": format!("{number}/X"),
            "document_day": world.house.today(), "genre_name": "Công văn", "summary": "tên người",
        });
        world.house.ask::<RegisterIncoming>(&world.me, own).await;
        if let Ok(said) = tokio::time::timeout(Duration::from_millis(1500), next(&mut stream)).await {
            break said.unwrap();
        }
    };
    assert!(said.contains("event: doi") && said.contains("data: documents"), "{said}");
    assert!(!said.contains(&below.office.to_string()) && !said.contains("tên người"), "{said}");
    world.finish().await;
    while let Some(said) = next(&mut stream).await {
        assert!(said.contains("event: doi"), "the stream ends with the portal: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_end_for_whoever_may_not_listen() {
    let mut world = World::start().await;
    who_is_not_signed_in_or_has_too_many_pages_open_hears_that_it_is_over(&world).await;
    world.me = world.me.again(&world.house).await;
    a_session_that_ends_ends_its_streams(&world).await;
    world.finish().await;
}

async fn who_is_not_signed_in_or_has_too_many_pages_open_hears_that_it_is_over(world: &World) {
    for secret in [None, Some("stolen")] {
        let said = text(world.stream(secret, false).await, 200).await;
        assert!(said.contains("event: xong") && !said.contains("doi"), "{said}");
    }
    // A stream that was cut tells at once that something may have been missed.
    let mut cut = world.stream(Some(&world.me.secret), true).await;
    assert!(next(&mut cut).await.unwrap().contains("event: doi"));
    let mut open = vec![cut];
    for _ in 0..5 {
        open.push(world.stream(Some(&world.me.secret), false).await);
    }
    let said = text(world.stream(Some(&world.me.secret), false).await, 200).await;
    assert!(said.contains("event: xong"), "{said}");
    open.clear();
}

async fn a_session_that_ends_ends_its_streams(world: &World) {
    let page = text(world.get("/ca-nhan").await, 200).await;
    let mut stream = world.stream(Some(&world.me.secret), false).await;
    assert!(next(&mut stream).await.unwrap().contains("event: chao"));
    world.post("/dang-xuat", &page, &[]).await;
    let mut said = next(&mut stream).await.unwrap();
    while said.contains("event: doi") {
        said = next(&mut stream).await.unwrap();
    }
    assert!(said.contains("event: xong"), "{said}");
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_beside_the_menu_are_kept_until_the_reader_does_something_and_silence_has_none() {
    let mut world = World::by_hand(&["specialist"]).await;
    let giver = world.house.hire("th.giao", "Hồ Văn Thử", "Phó Chánh Văn phòng", &["deputy_chief_of_office"]).await;
    world.house.order(&giver, &world.me, "Rà soát").await;
    world.house.order(&giver, &world.me, "Rà soát").await;
    // What the services tell may still be on its way; after it nothing changes, and nothing is asked.
    let path = "/ca-nhan";
    let kept = until("the numbers to be kept", Duration::from_secs(20), || async {
        let before = world.asked("list_notices.v1").len();
        let page = text(world.get(path).await, 200).await;
        let counted = page.contains("<em aria-hidden=\"true\">2</em>") && page.contains("<em>2</em>");
        (counted && world.asked("list_notices.v1").len() == before).then_some(page)
    });
    let page = kept.await.unwrap();
    let now = world.house.bench.platform.clock.now().to_string();
    world.post("/thong-bao/da-doc", &page, &[("until", &now)]).await;
    let page = text(world.get(path).await, 200).await;
    assert!(!page.contains("<em aria-hidden") && page.contains("<em>2</em>"), "{page}");
    world.later(40).await;
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains("<em class=\"late\">2</em>"), "{page}");
    world.me = world.me.again(&world.house).await;
    world.lose("list_notices.v1");
    world.lose("list_my_assignments.v1");
    let page = text(world.get(path).await, 200).await;
    assert!(!page.contains("<em") && page.contains("hx-sse:connect=\"/song-dong\""), "{page}");
    world.finish().await;
}
