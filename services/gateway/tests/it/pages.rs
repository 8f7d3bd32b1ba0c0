//! Pages that the gateway answers itself.

use serde_json::Value;

use crate::{
    desk::NOTE,
    world::{World, header},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_carries_the_security_headers() {
    let world = World::start().await;
    for path in ["/", "/livez", "/api/docs", "/api/docs/style.css", "/api/openapi.json", "/nothing", "/api/v1/notes"] {
        let response = world.get(path).send().await.unwrap();
        let expected = [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
        ];
        for (name, value) in expected {
            assert_eq!(header(&response, name), value, "{path} {name}");
        }
        let policy = header(&response, "content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(!header(&response, "cache-control").is_empty(), "{path}");
        assert_eq!(header(&response, "server"), "", "{path}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_document_and_the_reference_are_served_and_sent_again_only_when_changed() {
    let world = World::with(|settings| settings.name = "Văn phòng Đảng ủy".to_owned()).await;
    for (path, kind) in [
        ("/api/openapi.json", "application/json"),
        ("/api/docs", "text/html; charset=utf-8"),
        ("/api/docs/style.css", "text/css; charset=utf-8"),
    ] {
        let response = world.get(path).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!((response.status().as_u16(), header(&response, "content-type")), (200, kind));
        assert_eq!(header(&response, "content-encoding"), "gzip", "{path}");
        let etag = header(&response, "etag").to_owned();
        let again = world.get(path).header("if-none-match", etag).send().await.unwrap();
        assert_eq!(again.status().as_u16(), 304, "{path}");
    }
    let document: Value = world.get("/api/openapi.json").send().await.unwrap().json().await.unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], world.door().origin());
    assert_eq!(document["paths"]["/api/v1/notes"]["post"]["x-permission"], "desk.notes.write");
    let page = world.get("/api/docs").send().await.unwrap().text().await.unwrap();
    for expected in
        ["Văn phòng Đảng ủy", "id=\"desk.make_note.v1\"", "id=\"desk.closed\"", "quầy đóng cửa lúc {hour} giờ"]
    {
        assert!(page.contains(expected), "{expected}");
    }
    let front = world.get("/").send().await.unwrap().text().await.unwrap();
    assert!(front.contains("Văn phòng Đảng ủy") && front.contains("/api/docs") && !front.contains("office-ca"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_is_honest_and_measures_are_for_this_machine() {
    let world = World::start().await;
    assert_eq!(world.get("/livez").send().await.unwrap().status().as_u16(), 200);
    let ready = world.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status().as_u16(), 200);
    let said: Value = ready.json().await.unwrap();
    let part =
        |name: &str| said["parts"].as_array().unwrap().iter().find(|part| part["name"] == name).cloned().unwrap();
    assert_eq!(part("gateway.bus")["state"], "up");
    assert_eq!(part("gateway.contracts")["state"], "lagging", "identity says nothing of itself here");
    world.platform.health.set("desk.database", runtime::State::Down("the database refuses"));
    let ready = world.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status().as_u16(), 503);
    assert!(ready.text().await.unwrap().contains("the database refuses"));

    world.get(&format!("/api/v1/notes/{NOTE}")).bearer_auth(world.person().token).send().await.unwrap();
    let measures = world.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(measures.contains("/api/v1/notes/{id}") && !measures.contains(NOTE), "the template, never the path");
    let from_afar = world.get("/metrics").header("x-forwarded-for", "198.51.100.1").send().await.unwrap();
    assert_eq!(from_afar.status().as_u16(), 404);
    assert_eq!(world.get("/office-ca.pem").send().await.unwrap().status().as_u16(), 404, "there is none on loopback");
    world.finish().await;
}
