//! Forms: forged ones, repeated ones, wrong ones, and what is kept of them.

use reqwest::Method;
use schema_documents::{ListIncoming, ListOrder};

use crate::world::{ORIGIN, World, hidden, text};

/// What a clerk types into the form of a letter.
fn letter(symbol: &str) -> [(&str, &str); 5] {
    [
        ("author_body", "Sở Thử Nghiệm"),
        ("symbol", symbol),
        ("document_day", "05/01/2026"),
        ("genre_name", "Công văn"),
        ("summary", "Về việc thử"),
    ]
}

/// How many letters stand in the register.
async fn letters(world: &World) -> usize {
    let call = ListIncoming {
        office: world.house.office,
        register: None,
        from: None,
        to: None,
        state: None,
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(100),
        cursor: None,
    };
    world.call(&world.me, &call).await.unwrap().items.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_somebody_else_does_nothing() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    assert!(csrf.len() == 32 && key.len() == 36, "{csrf} {key}");
    let (good, typed) = ([("_csrf", csrf.as_str()), ("_key", key.as_str())], letter("8/STN"));
    let cases = [
        (Some("https://evil.example"), good),
        (Some("null"), good),
        (None, good),
        (Some(ORIGIN), [("_csrf", "0000"), good[1]]),
        (Some(ORIGIN), [good[0], ("_key", "1")]),
    ];
    for (origin, own) in cases {
        let fields = [&own[..], &typed].concat();
        let response = world.send(Method::POST, "/van-ban/den", Some(&world.me.secret), origin, &fields).await;
        assert_eq!(response.status(), 403, "{origin:?} {fields:?}");
    }
    assert!(world.asked("register_incoming.v1").is_empty());
    assert_eq!(world.post("/van-ban/den", &page, &typed).await.status(), 303);
    assert_eq!(letters(&world).await, 2);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_sent_twice_is_one_act_and_each_page_has_a_key_of_its_own() {
    let world = World::start().await;
    let (one, other) =
        (text(world.get("/van-ban/den").await, 200).await, text(world.get("/van-ban/den").await, 200).await);
    let mut entered = Vec::new();
    for (page, symbol) in [(&one, "8/STN"), (&one, "8/STN"), (&other, "9/STN")] {
        let response = world.post("/van-ban/den", page, &letter(symbol)).await;
        entered.push(response.headers()["location"].to_str().unwrap().to_owned());
    }
    assert!(entered[0].starts_with("/van-ban/den?da-vao="), "{entered:?}");
    assert!(entered[0] == entered[1] && entered[1] != entered[2], "{entered:?}");
    assert_eq!(letters(&world).await, 3);
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
    let secret = Some(world.me.secret.as_str());
    let page = text(world.send(Method::POST, "/van-ban/den", secret, Some(ORIGIN), &typed).await, 403).await;
    assert!(page.contains("name=\"pages\" value=\"3\"") && page.contains("action=\"/van-ban/den\""), "{page}");
    let again = world.post("/van-ban/den", &page, &letter("8/STN")).await;
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
    // What the register itself misses is said at the field, too.
    let typed = [("author_body", "Sở Thử Nghiệm"), ("symbol", "8/STN")];
    let page = text(world.post("/van-ban/den", &page, &typed).await, 422).await;
    assert!(page.contains("href=\"#summary\"") && page.contains("value=\"8/STN\""), "{page}");
    assert_eq!(letters(&world).await, 1);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_likely_duplicate_is_shown_and_confirmed_by_one_more_click() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    assert_eq!(world.post("/van-ban/den", &page, &letter("58-BC/ĐU")).await.status(), 303);
    let page = text(world.get("/van-ban/den").await, 200).await;
    let page = text(world.post("/van-ban/den", &page, &letter("58-BC/ĐU")).await, 409).await;
    let earlier = hidden_button(&page, "duplicate_of");
    for part in ["2.419", "58-BC/ĐU", "value=\"05/01/2026\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let confirmed = [&letter("58-BC/ĐU")[..], &[("duplicate_of", earlier.as_str())]].concat();
    assert_eq!(world.post("/van-ban/den", &page, &confirmed).await.status(), 303);
    assert_eq!(letters(&world).await, 3);
    // The last attempt says something else, so it is another act.
    let asked = world.asked("register_incoming.v1");
    assert_ne!(asked[1].key, asked[2].key);
    world.finish().await;
}

/// The value of a button that confirms something.
fn hidden_button(page: &str, name: &str) -> String {
    let value = hidden(page, name);
    assert!(!value.is_empty(), "no `{name}` in {page}");
    value
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_is_accepted_once_and_a_refusal_is_said_on_its_page() {
    let world = World::start().await;
    let path = format!("/viec/{}", world.work.id);
    let (one, other) = (text(world.get(&path).await, 200).await, text(world.get(&path).await, 200).await);
    for _ in 0..2 {
        let response = world.post(&format!("{path}/nhan"), &one, &[]).await;
        assert_eq!(response.headers()["location"], format!("{path}?xong=nhan"));
    }
    // The page that was open beside it has a key of its own, and comes too late.
    let page = text(world.post(&format!("{path}/nhan"), &other, &[]).await, 409).await;
    assert!(page.contains("role=\"alert\"") && !page.contains(&format!("action=\"{path}/nhan\"")), "{page}");
    let nothing = world.post(&format!("{path}/xoa"), &page, &[]).await;
    assert_eq!(nothing.status(), 404);
    world.finish().await;
}
