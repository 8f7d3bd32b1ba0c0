//! What is refused before, or instead of, asking a service.

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    desk::{NOTE, OFFICE},
    world::{World, header, problem, soon},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_known_or_given_twice_is_named_and_nobody_is_asked() {
    let world = World::start().await;
    let token = world.person().token;
    let make = |body: Value| world.post("/api/v1/notes").bearer_auth(&token).json(&body);
    let get = |path: &str| world.get(path).bearer_auth(&token);
    let patch =
        |body: Value| world.http.patch(world.url(&format!("/api/v1/notes/{NOTE}"))).bearer_auth(&token).json(&body);
    let with_text = |text: &'static str, kind: &str| {
        world.post("/api/v1/notes").bearer_auth(&token).header("content-type", kind).body(text)
    };
    let cases = [
        (make(json!({ "office": OFFICE, "text": "x", "tekst": "y" })), 422, "gateway.unknown_field", "tekst"),
        (
            make(json!({ "text": "x", "lines": [{ "text": "a" }, { "txt": 1 }] })),
            422,
            "gateway.unknown_field",
            "lines/1/txt",
        ),
        (patch(json!({ "text": "x", "id": NOTE })), 422, "gateway.field_twice", "id"),
        (get(&format!("/api/v1/notes?office={OFFICE}&limt=2")), 422, "gateway.unknown_field", "limt"),
        (get(&format!("/api/v1/notes?office={OFFICE}&limit=two")), 422, "gateway.wrong_value", "limit"),
        (get(&format!("/api/v1/notes?office={OFFICE}&limit=2&limit=3")), 422, "gateway.field_twice", "limit"),
        (get("/api/v1/notes/%ff"), 422, "gateway.wrong_value", "id"),
        (world.post("/api/v1/notes?text=x").bearer_auth(&token).json(&json!({})), 422, "gateway.unknown_field", "text"),
        (with_text("{\"text\":", "application/json"), 422, "gateway.unreadable_json", ""),
        (with_text("[]", "application/json"), 422, "gateway.not_an_object", ""),
        (with_text("text=x", "application/x-www-form-urlencoded"), 415, "gateway.not_json", ""),
        (make(json!({})).header("content-encoding", "gzip"), 415, "gateway.encoded_body", ""),
        (get(&format!("/api/v1/notes/{NOTE}")).body("{}"), 422, "gateway.body_unexpected", ""),
        (make(json!({ "text": "x".repeat(300_000) })), 413, "gateway.body_too_large", ""),
        (patch(json!({ "text": "x" })).header("if-match", "3"), 412, "gateway.bad_precondition", ""),
        (get("/api/v1/notes/7/8/9"), 404, "gateway.no_such_path", ""),
        (get("/api/v2/notes"), 404, "gateway.no_such_path", ""),
        (get("/elsewhere"), 404, "gateway.no_such_path", ""),
    ];
    for (request, status, code, field) in cases {
        let (found, said) = problem(request).await;
        assert_eq!((found, said["code"].as_str().unwrap()), (status, code), "{said}");
        assert_eq!(said["field"].as_str().unwrap_or_default(), field, "{said}");
    }
    assert_eq!(world.desk.asked(), 0);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_method_is_told_the_right_ones() {
    let world = World::start().await;
    let token = world.person().token;
    let cases = [
        (world.http.put(world.url("/api/v1/notes")), "GET, POST"),
        (world.http.delete(world.url("/livez")), "GET"),
        (world.get("/api/v1/files"), "POST"),
        (world.http.request("BREW".parse().unwrap(), world.url("/api/v1/notes")), "GET, POST"),
    ];
    for (request, allowed) in cases {
        let response = request.bearer_auth(&token).send().await.unwrap();
        assert_eq!((response.status().as_u16(), header(&response, "allow")), (405, allowed));
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_and_headers_have_a_size() {
    let world = World::start().await;
    let (status, said) = problem(world.get(&format!("/api/v1/notes?office={}", "x".repeat(9_000)))).await;
    assert_eq!((status, &said["code"]), (414, &json!("gateway.url_too_long")));
    let (status, said) = problem(world.get("/livez").header("x-long", "x".repeat(17_000))).await;
    assert_eq!((status, &said["code"]), (431, &json!("gateway.headers_too_large")));
    let far_too_long = world.get("/livez").header("x-long", "x".repeat(100_000)).send().await;
    assert!(far_too_long.is_err() || far_too_long.unwrap().status().as_u16() == 431);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_has_its_time_and_so_has_its_body() {
    let world = World::with(|settings| settings.request_seconds = 1).await;
    let (status, said) = problem(world.get("/api/v1/notes/linger")).await;
    assert_eq!((status, &said["code"]), (504, &json!("wire.out_of_time")));
    world.desk.release.notify_one();

    let mut stream = TcpStream::connect(world.door().address()).await.unwrap();
    let head =
        "POST /api/v1/knocks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{\"wo";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    soon(stream.read_exact(&mut answer)).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
    drop(stream);
    assert_eq!(world.desk.asked(), 1);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_does_not_say_how_long_it_is_is_counted() {
    let world = World::start().await;
    let chunks = futures_util::stream::iter((0..5).map(|_| Ok::<_, std::io::Error>(vec![b' '; 100_000])));
    let request = world.post("/api/v1/knocks").header("content-type", "application/json");
    let (status, said) = problem(request.body(reqwest::Body::wrap_stream(chunks))).await;
    assert_eq!((status, &said["code"]), (413, &json!("gateway.body_too_large")));
    world.finish().await;
}
