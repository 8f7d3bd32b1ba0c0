//! Forms: forged ones, repeated ones, wrong ones, and what is kept of them.

use reqwest::Method;
use serde_json::json;
use wire::{Fault, Kind};

use crate::world::{ORIGIN, PAPER, WORK, World, fault, hidden, text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_somebody_else_does_nothing() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    assert!(csrf.len() == 32 && key.len() == 36, "{csrf} {key}");
    let good = [("_csrf", csrf.as_str()), ("_key", key.as_str()), ("summary", "Về việc thử")];
    let cases = [
        (Some("https://evil.example"), good.to_vec()),
        (Some("null"), good.to_vec()),
        (None, good.to_vec()),
        (Some(ORIGIN), vec![("_csrf", "0000"), good[1], good[2]]),
        (Some(ORIGIN), vec![good[0], ("_key", "1"), good[2]]),
    ];
    for (origin, fields) in cases {
        let response = world.send(Method::POST, "/van-ban/den", Some("good-secret"), origin, &fields).await;
        assert_eq!(response.status(), 403, "{origin:?} {fields:?}");
    }
    assert!(world.asked("register_incoming.v1").is_empty());
    assert_eq!(world.post("/van-ban/den", &page, &good[2..]).await.status(), 303);
    assert_eq!(world.asked("register_incoming.v1").len(), 1);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_sent_twice_is_one_act_and_each_page_has_a_key_of_its_own() {
    let world = World::start().await;
    let (one, other) =
        (text(world.get("/van-ban/den").await, 200).await, text(world.get("/van-ban/den").await, 200).await);
    for page in [&one, &one, &other] {
        let response = world.post("/van-ban/den", page, &[("summary", "Về việc thử")]).await;
        assert_eq!(response.headers()["location"], format!("/van-ban/den?da-vao={PAPER}"));
    }
    let keys: Vec<String> = world.asked("register_incoming.v1").into_iter().map(|asked| asked.key.unwrap()).collect();
    assert!(keys[0] == keys[1] && keys[1] != keys[2], "{keys:?}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_survives_a_session_that_has_ended() {
    let world = World::start().await;
    let typed = [("_csrf", "x"), ("_key", "y"), ("summary", "Về việc \"trích yếu\" <dài>"), ("pages", "3")];
    let page = text(world.send(Method::POST, "/van-ban/den", None, Some(ORIGIN), &typed).await, 401).await;
    assert!(page.contains("name=\"summary\" value=\"Về việc &#34;trích yếu&#34; &#60;dài&#62;\""), "{page}");
    // Signed in anew, the page offers to send the same once more, under a token that counts.
    let page =
        text(world.send(Method::POST, "/van-ban/den", Some("good-secret"), Some(ORIGIN), &typed).await, 403).await;
    assert!(page.contains("name=\"pages\" value=\"3\"") && page.contains("action=\"/van-ban/den\""), "{page}");
    let again = world.post("/van-ban/den", &page, &[("summary", "Về việc thử"), ("pages", "3")]).await;
    assert_eq!(again.status(), 303);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_stands_on_top_and_beside_its_field_and_nothing_typed_is_lost() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    let typed = [("summary", "Về việc thử"), ("document_day", "31/02/2026"), ("pages", "ba")];
    let page = text(world.post("/van-ban/den", &page, &typed).await, 422).await;
    for part in ["href=\"#document_day\"", "href=\"#pages\"", "value=\"31/02/2026\"", "value=\"ba\"", ">Về việc thử<"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(page.contains("<title>Cần sửa:") && world.asked("register_incoming.v1").is_empty());
    let refused = fault(Kind::Invalid, "documents.field_missing", json!({ "name": "summary" }));
    world.answer("register_incoming.v1", Err(refused));
    let page = text(world.post("/van-ban/den", &page, &[("symbol", "7/SVD")]).await, 422).await;
    assert!(page.contains("href=\"#summary\"") && page.contains("value=\"7/SVD\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_likely_duplicate_is_shown_and_confirmed_by_one_more_click() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    let detail = json!({ "id": PAPER, "number": 2377, "arrived": "2026-11-18", "symbol": "58-BC/ĐU" });
    world.answer("register_incoming.v1", Err(fault(Kind::Conflict, "documents.likely_duplicate", detail)));
    let page = text(world.post("/van-ban/den", &page, &[("symbol", "58-BC/ĐU")]).await, 409).await;
    for part in ["2.377", "18/11/2026", &format!("name=\"duplicate_of\" value=\"{PAPER}\""), "value=\"58-BC/ĐU\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.post("/van-ban/den", &page, &[("symbol", "58-BC/ĐU"), ("duplicate_of", PAPER)]).await;
    let asked = world.asked("register_incoming.v1");
    assert_eq!(asked[1].body["duplicate_of"], PAPER);
    // The second attempt says something else, so it is another act.
    assert_ne!(asked[0].key, asked[1].key);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_is_accepted_once_and_a_refusal_is_said_on_its_page() {
    let world = World::start().await;
    let page = text(world.get(&format!("/viec/{WORK}")).await, 200).await;
    let response = world.post(&format!("/viec/{WORK}/nhan"), &page, &[]).await;
    assert_eq!(response.headers()["location"], format!("/viec/{WORK}?xong=nhan"));
    assert_eq!(world.asked("accept_assignment.v1")[0].body["id"], WORK);
    let refused = Fault::new(Kind::Conflict, "programme.state", "somebody has it", "đã có người nhận");
    world.answer("accept_assignment.v1", Err(refused));
    let page = text(world.post(&format!("/viec/{WORK}/nhan"), &page, &[]).await, 409).await;
    assert!(page.contains("Đã có người nhận."), "{page}");
    let nothing = world.post(&format!("/viec/{WORK}/xoa"), &page, &[]).await;
    assert_eq!(nothing.status(), 404);
    world.finish().await;
}
