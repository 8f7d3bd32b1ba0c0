//! Uploads.

use std::{fs, sync::Arc, time::Duration};

use auth::{GATEWAY_ISSUER, KeyRing, Signer};
use bytes::Bytes;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use wire::Ticket;

use crate::{
    desk::OFFICE,
    world::{World, header, problem, until},
};

const PDF: &[u8] = b"%PDF-1.7\nhello";

fn path(more: &str) -> String {
    format!("/api/v1/files?office={OFFICE}&purpose=desk.attachment{more}")
}

/// What lies in staging: files that are complete, and parts that are not.
fn staged(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.folder.path().join("blobs/staging")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn form(request: RequestBuilder, parts: &[(&str, &[u8])]) -> RequestBuilder {
    let mut body = Vec::new();
    for (head, content) in parts {
        body.extend_from_slice(format!("--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xyz--\r\n");
    request.header("content-type", "multipart/form-data; boundary=xyz").body(body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_staged_and_its_ticket_says_whose_and_what_for() {
    let world = World::start().await;
    let person = world.person();
    let upload = world.post(&path("&name=c%C3%B4ng%20v%C4%83n.pdf")).bearer_auth(&person.token).body(PDF);
    let response = upload.header("content-type", "text/html").send().await.unwrap();
    assert_eq!(response.status().as_u16(), 201);
    let said: Value = response.json().await.unwrap();
    assert_eq!(said["media_type"], "application/pdf", "the content decides, not what the client says");
    assert_eq!((&said["size"], &said["name"]), (&json!(PDF.len()), &json!("công văn.pdf")));
    assert_eq!(staged(&world), [said["sha256"].as_str().unwrap()]);

    let mut ring = KeyRing::default();
    ring.add(GATEWAY_ISSUER, Signer::from_seed(GATEWAY_ISSUER, [7; 32]).public());
    let ticket = Ticket(said["ticket"].as_str().unwrap().to_owned());
    let claims = ring.verify_ticket(&ticket, world.platform.clock.now()).unwrap();
    assert_eq!(claims.principal, format!("account:{}", person.caller.account));
    assert_eq!((claims.office.to_string().as_str(), claims.purpose.as_str()), (OFFICE, "desk.attachment"));
    assert_eq!((claims.sha256.as_str(), claims.size), (said["sha256"].as_str().unwrap(), PDF.len() as u64));

    let same = form(world.post(&path("")), &[("name=\"file\"; filename=\"a.pdf\"", PDF)]).bearer_auth(&person.token);
    let again: Value = same.send().await.unwrap().json().await.unwrap();
    assert_eq!((&again["sha256"], &again["name"]), (&said["sha256"], &json!("a.pdf")));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_office_does_not_accept_is_refused_and_leaves_nothing() {
    let world = World::with(|settings| settings.upload_bytes = 100_000).await;
    let token = world.person().token;
    let raw = |more: &str, body: Vec<u8>| world.post(&path(more)).bearer_auth(&token).body(body);
    let part = |parts: &[(&str, &[u8])]| form(world.post(&path("")), parts).bearer_auth(&token);
    let one = ("name=\"a\"; filename=\"a.pdf\"", PDF);
    let large = [PDF, &vec![b'x'; 100_000]].concat();
    let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>(large.clone())]);
    let cases = [
        (raw("&name=a.exe", b"MZ\x90".to_vec()), 415, "gateway.file_name"),
        (raw("&name=a.pdf", [&b"\x7fELF\x02\x01\x01"[..], &[0; 60]].concat()), 415, "gateway.file_kind"),
        (raw("&name=a.txt", b"<!doctype html><script>".to_vec()), 415, "gateway.file_kind"),
        (raw("&name=a.pdf", Vec::new()), 422, "gateway.file_empty"),
        (raw("&name=a.pdf", large), 413, "gateway.file_too_large"),
        (
            world.post(&path("&name=a.pdf")).bearer_auth(&token).body(reqwest::Body::wrap_stream(chunks)),
            413,
            "gateway.file_too_large",
        ),
        (raw("", PDF.to_vec()), 422, "gateway.wrong_value"),
        (raw("&name=..%2Fa.pdf", PDF.to_vec()), 422, "gateway.wrong_value"),
        (raw("&name=a.pdf&extra=1", PDF.to_vec()), 422, "gateway.unknown_field"),
        (part(&[one, one]), 422, "gateway.one_file"),
        (part(&[]), 422, "gateway.one_file"),
        (part(&[("name=\"a\"", PDF)]), 422, "gateway.one_file"),
        (raw("&name=a.pdf", PDF.to_vec()).header("content-type", "multipart/form-data"), 422, "gateway.body_broken"),
        (world.post(&path("&name=a.pdf")).body(PDF), 401, "gateway.sign_in_first"),
    ];
    for (request, status, code) in cases {
        let (found, said) = problem(request).await;
        assert_eq!((found, said["code"].as_str().unwrap()), (status, code), "{said}");
    }
    let sealed = world.post(&format!("/api/v1/files?office={OFFICE}&purpose=sealed&name=a.pdf")).bearer_auth(&token);
    assert_eq!(problem(sealed.body(PDF)).await.1["code"], "gateway.sealed_not_yet");
    assert_eq!(staged(&world), Vec::<String>::new());
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_leaves_takes_its_half_file_along_and_frees_its_slot() {
    let world = Arc::new(World::with(|settings| settings.limits.uploads_at_once = 1).await);
    let token = world.person().token;
    let (sender, receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    });
    let upload = world.post(&path("&name=a.pdf")).bearer_auth(&token).body(reqwest::Body::wrap_stream(stream));
    let under_way = tokio::spawn(upload.send());
    sender.send(Ok(Bytes::from_static(PDF))).await.unwrap();
    until("the part to be there", async || staged(&world).iter().any(|name| name.starts_with(".part")).then_some(()))
        .await;
    let second = || world.post(&path("&name=b.pdf")).bearer_auth(&token).body(PDF);
    let (status, said) = problem(second()).await;
    assert_eq!((status, &said["code"]), (429, &json!("gateway.too_many_at_once")));
    under_way.abort();
    assert!(under_way.await.is_err());
    until("the part to be gone", async || staged(&world).is_empty().then_some(())).await;
    until("the slot to be free", async || (second().send().await.unwrap().status().as_u16() == 201).then_some(()))
        .await;
    Arc::into_inner(world).unwrap().finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_has_room_in_staging_for_so_many_bytes_until_they_are_taken() {
    let world = World::with(|settings| settings.limits.staged_bytes = 40).await;
    let (busy, calm) = (world.person().token, world.person().token);
    let send = |token: &str, text: &'static [u8]| world.post(&path("&name=a.pdf")).bearer_auth(token).body(text);
    let first: Value = send(&busy, PDF).send().await.unwrap().json().await.unwrap();
    let again = send(&busy, PDF).send().await.unwrap();
    assert_eq!(again.status().as_u16(), 201, "the same content is charged once");
    let other = b"%PDF-1.7\nanother letter, rather long";
    let stream = || reqwest::Body::wrap_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(&other[..])]));
    let unstated = world.post(&path("&name=a.pdf")).bearer_auth(&busy).body(stream());
    for request in [
        send(&busy, other),
        unstated,
        form(world.post(&path("")), &[("name=\"a\"; filename=\"a.pdf\"", other)]).bearer_auth(&busy),
    ] {
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 429);
        let wait: u64 = header(&response, "retry-after").parse().unwrap();
        assert!((1..=auth::TICKET_LIFE.as_secs() + 1).contains(&wait), "{wait}");
        let said: Value = response.json().await.unwrap();
        assert_eq!((&said["code"], &said["values"]["limit"]), (&json!("gateway.staged_too_much"), &json!(40)));
    }
    assert_eq!(staged(&world).len(), 1, "what was refused leaves nothing");
    assert_eq!(send(&calm, other).send().await.unwrap().status().as_u16(), 201, "accounts do not disturb each other");
    let area = world.platform.blobs.area("desk", OFFICE).unwrap();
    area.claim(first["sha256"].as_str().unwrap(), PDF.len() as u64).await.unwrap();
    assert_eq!(send(&busy, other).send().await.unwrap().status().as_u16(), 201, "what was taken is free again");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_has_claimed_is_swept() {
    let mut world = World::start().await;
    let upload = world.post(&path("&name=a.pdf")).bearer_auth(world.person().token).body(PDF);
    assert_eq!(upload.send().await.unwrap().status().as_u16(), 201);
    world.close().await;
    let file = world.folder.path().join("blobs/staging").join(&staged(&world)[0]);
    let long_ago = std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
    world.open(|_| ()).await;
    until("the file to be gone", async || staged(&world).is_empty().then_some(())).await;
    world.finish().await;
}
