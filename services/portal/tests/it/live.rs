//! What changes on an open page: the stream, and the numbers beside the menu.

use std::time::Duration;

use reqwest::Response;
use serde_json::json;
use wire::{Fault, Kind};

use crate::stage::{OFFICE, PAPER, World, text};

/// The secret that the played identity takes.
const SECRET: &str = "good-secret";

/// What a stream says next, as text; nothing when it has ended.
async fn next(stream: &mut Response) -> Option<String> {
    let chunk = tokio::time::timeout(Duration::from_secs(20), stream.chunk()).await.expect("the stream says nothing");
    chunk.unwrap().map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

/// What a service tells of an office.
fn told(publisher: &str, office: &str, seq: i64) -> String {
    let envelope = json!({
        "id": OFFICE, "type": "notice_given.v1", "epoch": 1, "seq": seq, "aggregate": PAPER, "office": office,
        "at": "2026-11-20T01:00:00Z", "body": { "secret": "tên người" },
    });
    json!({ "publisher": publisher, "envelopes": [envelope] }).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_is_told_that_something_changed_in_its_office_and_never_what() {
    let world = World::start().await;
    let mut stream = world.stream(Some(SECRET), false).await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.headers()["cache-control"], "no-store");
    assert!(next(&mut stream).await.unwrap().contains("event: chao"));
    // Another office says nothing to this page, so the first thing that is heard is of ours.
    let said = async {
        let mut seq = 0;
        loop {
            seq += 1;
            world.bus.publish("notices", "a", told("notices", PAPER, seq).into()).await.unwrap();
            world.bus.publish("documents", "b", told("documents", OFFICE, seq).into()).await.unwrap();
            if let Ok(said) = tokio::time::timeout(Duration::from_millis(1500), next(&mut stream)).await {
                return said.unwrap();
            }
        }
    };
    let said = said.await;
    assert!(said.contains("event: doi") && said.contains("data: documents"), "{said}");
    assert!(!said.contains(PAPER) && !said.contains("secret"), "{said}");
    world.finish().await;
    assert_eq!(next(&mut stream).await, None, "the stream ends with the portal");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_signed_in_or_has_too_many_pages_open_hears_that_it_is_over() {
    let world = World::start().await;
    for secret in [None, Some("stolen")] {
        let said = text(world.stream(secret, false).await, 200).await;
        assert!(said.contains("event: xong") && !said.contains("doi"), "{said}");
    }
    let mut open = Vec::new();
    for _ in 0..6 {
        open.push(world.stream(Some(SECRET), false).await);
    }
    let said = text(world.stream(Some(SECRET), false).await, 200).await;
    assert!(said.contains("event: xong"), "{said}");
    open.clear();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_was_cut_tells_at_once_that_something_may_have_been_missed() {
    let world = World::start().await;
    let mut stream = world.stream(Some(SECRET), true).await;
    assert!(next(&mut stream).await.unwrap().contains("event: doi"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_ends_ends_its_streams() {
    let world = World::start().await;
    let page = text(world.get("/ca-nhan").await, 200).await;
    let mut stream = world.stream(Some(SECRET), false).await;
    assert!(next(&mut stream).await.unwrap().contains("event: chao"));
    world.post("/dang-xuat", &page, &[]).await;
    let ended = Fault::new(Kind::Unauthenticated, "identity.session_ended", "it has ended", "đã kết thúc");
    world.answer("exchange_session.v1", Err(ended));
    assert!(next(&mut stream).await.unwrap().contains("event: xong"));
    assert_eq!(next(&mut stream).await, None);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_beside_the_menu_are_kept_until_the_reader_does_something() {
    let world = World::start().await;
    let notice = json!({
        "id": PAPER, "office": OFFICE, "kind": "paper_at_desk", "source": { "kind": "incoming_document", "id": PAPER },
        "at": "2026-11-20T01:00:00Z",
    });
    world.answer("list_notices.v1", Ok(json!({ "items": [notice.clone(), notice], "next": "x" })));
    let page = text(world.get("/ca-nhan").await, 200).await;
    assert!(page.contains("<em aria-hidden=\"true\">2+</em>") && page.contains("<em class=\"late\">1</em>"), "{page}");
    text(world.get("/ca-nhan").await, 200).await;
    assert_eq!(world.asked("list_notices.v1").len(), 1, "nothing has changed");
    world.post("/ca-nhan", &page, &[("lang", "vi"), ("size", "100")]).await;
    world.answer("list_notices.v1", Ok(json!({ "items": [] })));
    let page = text(world.get("/ca-nhan").await, 200).await;
    assert!(!page.contains("<em aria-hidden"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_counts_nothing_leaves_the_page_without_a_number() {
    let world = World::start().await;
    let away = || Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận"));
    world.answer("list_notices.v1", away());
    world.answer("list_my_assignments.v1", away());
    let page = text(world.get("/ca-nhan").await, 200).await;
    assert!(!page.contains("<em") && page.contains("hx-sse:connect=\"/song-dong\""), "{page}");
    world.finish().await;
}
