//! Files in forms of pages: taken out by the door, for whom the portal says.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use auth::{GATEWAY_ISSUER, KeyRing, Signer};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse as _,
    routing::any,
};
use reqwest::RequestBuilder;
use tokio::{net::TcpListener, task::JoinHandle};
use wire::Ticket;

use crate::{
    desk::OFFICE,
    world::{World, header, problem},
};

const PDF: &[u8] = b"%PDF-1.7\nhello";
const GOOD: &str = "good-token-of-the-form";

/// What the played portal was sent.
#[derive(Clone, Debug)]
struct Sent {
    asked: bool,
    token: bool,
    kind: String,
    body: String,
}

type Log = Arc<Mutex<Vec<Sent>>>;

/// A played portal with one form: as the real one it wants its cookie, its origin and the token of the form.
async fn answer(State((log, token)): State<(Log, String)>, request: Request) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let text = |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    let body = String::from_utf8(axum::body::to_bytes(body, 300_000).await.unwrap().to_vec()).unwrap();
    let asked = parts.headers.contains_key("x-hand-in");
    let sent = Sent { asked, token: parts.headers.contains_key("x-hand-in-token"), kind: text("content-type"), body };
    log.lock().unwrap().push(sent.clone());
    let ours = text("origin") == text("x-public-origin") && text("cookie") == "session=mine";
    if !ours || !sent.body.contains(GOOD) {
        return (StatusCode::FORBIDDEN, "not from a page of ours").into_response();
    }
    let mut headers = HeaderMap::new();
    headers.insert("x-hand-in", format!("{OFFICE} desk.attachment").parse().unwrap());
    headers.insert("x-hand-in-token", token.parse().unwrap());
    if asked { headers.into_response() } else { (headers, "entered").into_response() }
}

async fn world(change: impl FnOnce(&mut gateway::Settings)) -> (World, Log, JoinHandle<()>) {
    let mut world = World::shut().await;
    let log = Log::default();
    let routes = Router::new().fallback(any(answer)).with_state((Arc::clone(&log), world.person().token));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    world
        .open(|settings| {
            settings.portal = Some(address);
            change(settings);
        })
        .await;
    (world, log, serving)
}

fn staged(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.folder.path().join("blobs/staging")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn body(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in parts {
        body.extend_from_slice(format!("--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xyz--\r\n");
    body
}

/// A form as a browser sends it from a page of ours.
fn form(world: &World, parts: &[(&str, &[u8])]) -> RequestBuilder {
    let request = world.http.post(world.url("/van-ban/den?loc=hom-nay")).header("origin", world.door().origin());
    let request = request.header("cookie", "session=mine").header("content-type", "multipart/form-data; boundary=xyz");
    request.body(body(parts))
}

fn fields(sent: &Sent) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://form/?{}", sent.body)).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

const TOKEN: (&str, &[u8]) = ("name=\"_csrf\"", GOOD.as_bytes());

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_become_tickets_and_each_bad_one_is_named() {
    let (world, log, serving) = world(|_| ()).await;
    let parts: [(&str, &[u8]); 6] = [
        TOKEN,
        ("name=\"summary\"", "Về việc thử & nghiệm".as_bytes()),
        ("name=\"files\"; filename=\"công văn 1.pdf\"", PDF),
        ("name=\"files\"; filename=\"a.exe\"", b"MZ\x90 and more of it"),
        ("name=\"scan\"; filename=\"\"", b""),
        ("name=\"note\"", b"behind the files"),
    ];
    let response = form(&world, &parts).header("x-hand-in-token", "forged").send().await.unwrap();
    assert_eq!((header(&response, "x-hand-in"), header(&response, "x-hand-in-token")), ("", ""));
    assert_eq!((response.status().as_u16(), response.text().await.unwrap().as_str()), (200, "entered"));
    let sent = log.lock().unwrap().clone();
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent[0].asked && !sent[0].token && !sent[1].asked && !sent[1].token, "{sent:?}");
    assert_eq!(fields(&sent[0]).len(), 2, "the question bears what stands before the first file");
    assert_eq!(sent[1].kind, "application/x-www-form-urlencoded");
    let fields = fields(&sent[1]);
    let at = |name: &str| fields.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.as_str());
    assert_eq!((at("summary"), at("note")), ("Về việc thử & nghiệm", "behind the files"));
    assert_eq!((at("files.refused"), at("scan")), ("gateway.file_name a.exe", ""));
    let (ticket, name) = at("files").split_once(' ').unwrap();
    assert_eq!(name, "công văn 1.pdf");
    let mut ring = KeyRing::default();
    ring.add(GATEWAY_ISSUER, Signer::from_seed(GATEWAY_ISSUER, [7; 32]).public());
    let claims = ring.verify_ticket(&Ticket(ticket.to_owned()), world.platform.clock.now()).unwrap();
    assert_eq!((claims.office.to_string().as_str(), claims.purpose.as_str()), (OFFICE, "desk.attachment"));
    assert_eq!((claims.name.as_str(), claims.size), (name, PDF.len() as u64));
    assert_eq!(staged(&world), [claims.sha256]);
    serving.abort();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_staged_for_strangers_or_for_pages_of_others() {
    let (world, log, serving) = world(|_| ()).await;
    let file: (&str, &[u8]) = ("name=\"files\"; filename=\"a.pdf\"", PDF);
    let plain = |parts: &[(&str, &[u8])]| {
        let request = world.http.post(world.url("/van-ban/den")).body(body(parts));
        request.header("content-type", "multipart/form-data; boundary=xyz")
    };
    let cases = [
        plain(&[TOKEN, file]).header("origin", world.door().origin()),
        plain(&[TOKEN, file]).header("origin", "https://evil.example").header("cookie", "session=mine"),
        // The token must stand before the first file: the door asks with what it has read by then.
        form(&world, &[file, TOKEN]),
        // Whoever says the door's words to the portal is not the door.
        plain(&[file]).header("x-hand-in", format!("{OFFICE} desk.attachment")).header("x-hand-in-token", "forged"),
    ];
    for request in cases {
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 403);
        assert_eq!(response.text().await.unwrap(), "not from a page of ours");
    }
    let sent: Vec<Sent> = log.lock().unwrap().drain(..).collect();
    assert!(sent.len() == 4 && sent.iter().all(|sent| sent.asked && !sent.token), "no form came through: {sent:?}");
    assert_eq!(staged(&world), Vec::<String>::new());
    // An ordinary form never bears the question, whatever the client wrote.
    let request = world.http.post(world.url("/van-ban/den")).header("x-hand-in", "?").header("cookie", "session=mine");
    let request = request.header("origin", world.door().origin()).body(GOOD);
    assert_eq!(header(&request.send().await.unwrap(), "x-hand-in-token"), "", "the token never leaves");
    let without = form(&world, &[TOKEN, ("name=\"files\"; filename=\"\"", b"")]);
    assert_eq!(without.send().await.unwrap().status().as_u16(), 200);
    let sent: Vec<Sent> = log.lock().unwrap().drain(..).collect();
    assert!(sent.len() == 2 && sent.iter().all(|sent| !sent.asked), "a form without files is only a form: {sent:?}");
    serving.abort();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limits_of_uploads_hold_in_forms() {
    let change = |settings: &mut gateway::Settings| {
        settings.upload_bytes = 100;
        settings.limits.staged_bytes = 60;
    };
    let (world, log, serving) = world(change).await;
    let (first, large) = ([PDF, &[b'x'; 30]].concat(), [PDF, &[b'x'; 100]].concat());
    let parts: [(&str, &[u8]); 5] = [
        TOKEN,
        ("name=\"a\"; filename=\"a.pdf\"", &first),
        ("name=\"b\"; filename=\"b.pdf\"", &[PDF, &[b'y'; 30]].concat()),
        ("name=\"c\"; filename=\"../c.pdf\"", PDF),
        ("name=\"d\"; filename=\"d.pdf\"", b""),
    ];
    assert_eq!(form(&world, &parts).send().await.unwrap().status().as_u16(), 200);
    let sent = log.lock().unwrap().pop().unwrap();
    let refused: Vec<(String, String)> =
        fields(&sent).into_iter().filter(|(name, _)| name.ends_with(".refused")).collect();
    let expected = [
        ("b.refused", "gateway.staged_too_much b.pdf"),
        ("c.refused", "gateway.wrong_value ../c.pdf"),
        ("d.refused", "gateway.file_empty d.pdf"),
    ];
    assert_eq!(refused, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(staged(&world).len(), 1);

    let parts = [TOKEN, ("name=\"e\"; filename=\"e.pdf\"", large.as_slice())];
    form(&world, &parts).send().await.unwrap();
    let sent = log.lock().unwrap().pop().unwrap();
    assert!(fields(&sent).iter().any(|(name, value)| name == "e.refused" && value.starts_with("gateway.")), "{sent:?}");

    let many = [b'x'; 70_000];
    let (status, said) = problem(form(&world, &[TOKEN, ("name=\"summary\"", &many)])).await;
    assert_eq!((status, said["code"].as_str().unwrap()), (413, "gateway.body_too_large"));
    let broken = form(&world, &[]).body("--xyz\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\ngood");
    let (status, said) = problem(broken).await;
    assert_eq!((status, said["code"].as_str().unwrap()), (422, "gateway.body_broken"));
    assert_eq!(staged(&world).len(), 1, "what was refused leaves nothing");
    serving.abort();
    world.finish().await;
}
