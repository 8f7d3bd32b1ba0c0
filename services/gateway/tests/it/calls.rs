//! Requests that become calls, and what comes back.

use serde_json::{Value, json};
use wire::{Kind, Version};

use crate::{
    desk::{ABSENT, NOTE, OFFICE, closed, fault},
    world::{World, header, problem},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_made_of_path_query_and_body_and_says_who_asks() {
    let world = World::start().await;
    let person = world.person();
    let path = format!("/api/v1/notes?office={OFFICE}&limit=20&late=true&colours=red&colours=xanh+d%C6%B0%C6%A1ng");
    let response = world.get(&path).bearer_auth(&person.token).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(response.json::<Value>().await.unwrap()["items"][0]["id"], NOTE);
    let seen = world.desk.last();
    assert_eq!(seen.call, "list_notes.v1");
    let expected = json!({ "office": OFFICE, "limit": 20, "late": true, "colours": ["red", "xanh dương"] });
    assert_eq!(seen.body, expected);

    let request = world.http.patch(world.url(&format!("/api/v1/notes/{NOTE}")));
    let request = request.bearer_auth(&person.token).header("idempotency-key", "k-1").header("if-match", "\"3\"");
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let response = request.header("traceparent", parent).json(&json!({ "text": "đã gọi" })).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let seen = world.desk.last();
    assert_eq!(seen.body, json!({ "text": "đã gọi", "id": NOTE }));
    assert_eq!(seen.meta.token.as_deref(), Some(person.token.as_str()));
    assert_eq!(seen.meta.key.as_deref(), Some("k-1"));
    assert_eq!(seen.meta.expect, Some(Version(3)));
    assert_eq!(seen.meta.network.as_deref(), Some("127.0.0.1"));
    assert!((1..=10_000).contains(&seen.meta.deadline_ms.unwrap()), "{:?}", seen.meta.deadline_ms);
    assert!(seen.meta.trace.unwrap().starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));

    let request = world.http.delete(world.url(&format!("/api/v1/notes/{NOTE}?reason=tr%C3%B9ng")));
    let response = request.bearer_auth(&person.token).header("idempotency-key", "k-2").send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(world.desk.last().body, json!({ "id": NOTE, "reason": "trùng" }));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_thing_has_a_place_and_a_tag_and_is_sent_only_when_it_changed() {
    let world = World::start().await;
    let token = world.person().token;
    let made = world.post("/api/v1/notes").bearer_auth(&token).json(&json!({ "office": OFFICE, "text": "x" }));
    let made = made.send().await.unwrap();
    assert_eq!(made.status().as_u16(), 201);
    assert_eq!(header(&made, "location"), format!("/api/v1/notes/{NOTE}"));
    assert_eq!(header(&made, "etag"), "\"3\"");

    let read = |tag: &'static str| {
        world.get(&format!("/api/v1/notes/{NOTE}")).bearer_auth(&token).header("if-none-match", tag)
    };
    let known = read("\"3\"").send().await.unwrap();
    assert_eq!(known.status().as_u16(), 304);
    assert_eq!(header(&known, "etag"), "\"3\"");
    assert_eq!(known.bytes().await.unwrap().len(), 0);
    assert_eq!(read("\"2\"").send().await.unwrap().status().as_u16(), 200);

    let head = world.http.head(world.url(&format!("/api/v1/notes/{NOTE}"))).bearer_auth(&token).send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "etag")), (200, "\"3\""));
    assert!(head.bytes().await.unwrap().is_empty());
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_service_refuses_comes_as_a_problem_in_the_language_of_the_reader() {
    let world = World::start().await;
    let token = world.person().token;
    let absent = || world.get(&format!("/api/v1/notes/{ABSENT}")).bearer_auth(&token);
    let (status, said) = problem(absent()).await;
    assert_eq!((status, &said["detail"]), (404, &json!("không có ghi chú này")));
    assert_eq!(said["type"], "/api/docs#desk.note_missing");
    let response = absent().header("accept-language", "en-GB, vi;q=0.3").send().await.unwrap();
    assert_eq!(header(&response, "content-language"), "en");
    assert!(header(&response, "vary").contains("accept-language"));
    assert_eq!(response.json::<Value>().await.unwrap()["detail"], "there is no such note");

    world.desk.refuse(closed());
    let (status, said) = problem(absent()).await;
    assert_eq!(status, 409);
    assert_eq!(said["field"], "lines/0/text");
    assert_eq!(said["instrument"], "Quy chế số 1");
    assert_eq!(said["values"], json!({ "hour": 17 }));

    let statuses = [
        (Kind::Invalid, 422),
        (Kind::Unauthenticated, 401),
        (Kind::Denied, 403),
        (Kind::Missing, 404),
        (Kind::Conflict, 409),
        (Kind::Stale, 412),
        (Kind::TooLarge, 413),
        (Kind::Limited, 429),
        (Kind::Busy, 503),
        (Kind::OutOfTime, 504),
        (Kind::OutOfSpace, 507),
        (Kind::Broken, 500),
    ];
    for (kind, expected) in statuses {
        world.desk.refuse(fault(kind).retry_after(7));
        let response = absent().send().await.unwrap();
        assert_eq!(response.status().as_u16(), expected, "{kind:?}");
        assert_eq!(header(&response, "retry-after"), "7");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_looked_at_before_anybody_is_asked_and_never_keeps_anybody_from_an_open_call() {
    let world = World::start().await;
    let person = world.person();
    let read = || world.get(&format!("/api/v1/notes/{NOTE}"));
    let expired = world.expired(&person);
    let response = read().bearer_auth(&expired).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 401);
    assert_eq!(header(&response, "www-authenticate"), "Bearer");
    assert_eq!(response.json::<Value>().await.unwrap()["code"], "auth.token_expired");
    let (status, said) = problem(read().header("authorization", "Basic eDp5")).await;
    assert_eq!((status, &said["code"]), (401, &json!("gateway.not_bearer")));
    let (_, said) = problem(read().bearer_auth("no.such.token")).await;
    assert_eq!(said["code"], "auth.token_bad");
    assert_eq!(world.desk.asked(), 0);

    let knock = world.post("/api/v1/knocks").bearer_auth(&expired).json(&json!({ "word": "xin chào" }));
    assert_eq!(knock.send().await.unwrap().status().as_u16(), 200);
    assert_eq!(world.desk.last().meta.token, None, "a token that has run out is not passed on");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trace_goes_from_the_client_through_the_door_to_the_service() {
    let capture = runtime::telemetry::testing::capture().unwrap();
    let world = World::start().await;
    let trace = runtime::fresh_id().simple().to_string();
    let parent = format!("00-{trace}-00f067aa0ba902b7-01");
    let request = world.get(&format!("/api/v1/notes/{ABSENT}")).bearer_auth(&world.person().token);
    let (_, said) = problem(request.header("traceparent", parent)).await;
    assert_eq!(said["trace_id"], trace.as_str());
    let passed_on = world.desk.last().meta.trace.unwrap();
    world.finish().await;
    let spans = capture.trace(&trace);
    let door = spans.iter().find(|span| span.name == "GET /api/v1/notes/{id}").expect("a span named by the route");
    assert_eq!(door.parent_id.as_deref(), Some("00f067aa0ba902b7"));
    assert_eq!(door.attributes["status"], "404");
    assert_eq!(passed_on, format!("00-{trace}-{}-01", door.span_id));
}
