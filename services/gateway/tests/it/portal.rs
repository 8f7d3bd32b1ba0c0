//! Pages: passed to the portal, and files that it hands out.

use axum::{
    Router,
    extract::Request,
    http::HeaderMap,
    routing::{any, get},
};
use bytes::Bytes;
use tokio::{net::TcpListener, task::JoinHandle};
use wire::Download;

use crate::{
    desk::{NOTE, OFFICE},
    world::{World, header, problem},
};

/// A played portal: it says what it was told, and hands out what its path says.
pub(crate) async fn portal(token: String) -> (String, JoinHandle<()>) {
    let told = |request: Request| async move {
        let (parts, body) = request.into_parts();
        let names = [
            "x-door-certificate-ends",
            "x-client-network",
            "x-public-origin",
            "x-upload-limit",
            "authorization",
            "cookie",
            "te",
            "host",
        ];
        let said = names.map(|name| parts.headers.get(name).map_or("-", |value| value.to_str().unwrap()).to_owned());
        let body = axum::body::to_bytes(body, 1000).await.unwrap();
        let line = format!("{} {} {} {}", parts.method, parts.uri, said.join(" "), String::from_utf8_lossy(&body));
        ([("referrer-policy", "same-origin"), ("set-cookie", "a=b")], line)
    };
    let hand_out = move |path: String| {
        let token = token.clone();
        move |request: Request| async move {
            let mut headers = HeaderMap::new();
            if request.uri().query() == Some("xem=1") {
                headers.insert("x-hand-out-shown", "1".parse().unwrap());
            }
            headers.insert("x-hand-out", path.parse().unwrap());
            headers.insert("x-hand-out-token", token.parse().unwrap());
            headers
        }
    };
    let routes = Router::new()
        .route("/file", get(hand_out(format!("/api/v1/notes/{NOTE}/file"))))
        .route("/note", get(hand_out(format!("/api/v1/notes/{NOTE}"))))
        .route("/away", get(hand_out("/livez".to_owned())))
        .fallback(any(told));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (address, tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() }))
}

/// A door before a played portal that hands out in the name of somebody.
async fn world() -> (World, JoinHandle<()>) {
    let mut world = World::shut().await;
    world.serve_desk(crate::desk::contract()).await;
    let (address, serving) = portal(world.person().token).await;
    world.open(|settings| settings.portal = Some(address)).await;
    (world, serving)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_portal_is_told_who_comes_by_the_door_alone() {
    let (world, serving) = world().await;
    let request =
        world.post("/van-ban/den?x=1").body("a=b").header("cookie", "c=d").header("x-client-network", "1.2.3.4");
    let request = request.bearer_auth("stolen").header("x-upload-limit", "1");
    let request = request.header("x-door-certificate-ends", "2099-01-01T00:00:00Z");
    let response = request.header("x-public-origin", "https://evil.example").send().await.unwrap();
    assert_eq!(header(&response, "set-cookie"), "a=b");
    assert_eq!(header(&response, "referrer-policy"), "same-origin");
    assert_eq!(header(&response, "x-frame-options"), "DENY");
    let origin = world.door().origin().to_owned();
    let said = response.text().await.unwrap();
    let (before, host) = said.split_once(" - c=d - ").unwrap();
    let limit = gateway::Settings::default().upload_bytes;
    assert_eq!(before, format!("POST /van-ban/den?x=1 - 127.0.0.1 {origin} {limit}"));
    assert!(host.starts_with("127.0.0.1:") && host.ends_with(" a=b"), "{said}");
    assert!(world.get("/").send().await.unwrap().text().await.unwrap().starts_with("GET / "));
    for path in ["/api/v1/nothing", "/api/docs", "/livez", "/api/openapi.json"] {
        let text = world.get(path).send().await.unwrap().text().await.unwrap();
        assert!(!text.starts_with("GET /"), "{path} went to the portal");
    }
    serving.abort();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_downloads_are_handed_out_and_the_token_never_leaves() {
    let (world, serving) = world().await;
    let mut staging = world.platform.blobs.stage(1_000).await.unwrap();
    staging.write(Bytes::from_static(b"0123456789")).await.unwrap();
    let staged = staging.finish().await.unwrap();
    world.platform.blobs.area("desk", OFFICE).unwrap().claim(&staged.hash, staged.size).await.unwrap();
    *world.desk.file.lock().unwrap() = Some(Download {
        service: "desk".to_owned(),
        office: OFFICE.parse().unwrap(),
        sha256: staged.hash,
        size: staged.size,
        media_type: "text/plain".to_owned(),
        name: "a.txt".to_owned(),
        bare: false,
    });
    let response = world.get("/file").header("range", "bytes=2-4").send().await.unwrap();
    assert_eq!((response.status().as_u16(), header(&response, "x-hand-out-token")), (206, ""));
    assert_eq!(response.text().await.unwrap(), "234");
    let shown = async |kind: &str| {
        world.desk.file.lock().unwrap().as_mut().unwrap().media_type = kind.to_owned();
        let response = world.get("/file?xem=1").send().await.unwrap();
        let said = ["content-disposition", "x-frame-options", "content-security-policy", "x-hand-out-shown"];
        said.map(|name| header(&response, name).to_owned())
    };
    let [disposition, frames, policy, inner] = shown("application/pdf").await;
    assert!(disposition.starts_with("inline; filename=\"a.txt\"") && inner.is_empty(), "{disposition}");
    assert_eq!(frames, "SAMEORIGIN");
    assert!(policy.contains("frame-ancestors 'self'") && policy.contains("default-src 'none'"), "{policy}");
    let [disposition, frames, policy, _] = shown("text/plain").await;
    assert!(disposition.starts_with("attachment") && policy.contains("sandbox"), "only a PDF is drawn by itself");
    assert_eq!(frames, "DENY");
    for path in ["/note", "/away"] {
        let (status, problem) = problem(world.get(path)).await;
        assert_eq!((status, problem["code"].as_str().unwrap()), (500, "gateway.broken"), "{path}");
    }
    serving.abort();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_portal_is_away_a_page_says_so() {
    let (world, serving) = world().await;
    serving.abort();
    let _ = serving.await;
    let response = world.get("/van-ban/den").send().await.unwrap();
    assert_eq!((response.status().as_u16(), header(&response, "retry-after")), (503, "5"));
    assert!(response.text().await.unwrap().contains("Trang đang khởi động lại"));
    assert_eq!(world.get("/livez").send().await.unwrap().status(), 200);
    world.finish().await;
}
