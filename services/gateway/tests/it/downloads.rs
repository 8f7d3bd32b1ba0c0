//! Downloads.

use bytes::Bytes;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use wire::Download;

use crate::{
    desk::{NOTE, OFFICE},
    world::{World, header, problem},
};

const TEXT: &[u8] = b"0123456789abcdefghij";

/// What nobody who downloads a picture may see.
const CANARY: &[u8] = b"GPS 19.8067,105.7852";

fn segment(kind: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    [&[0xff, kind], (content.len() as u16 + 2).to_be_bytes().as_slice(), &content].concat()
}

/// A photograph lying on its side, with or without what the camera wrote into it.
fn photograph(written: bool) -> Vec<u8> {
    let canary = if written { CANARY } else { b"" };
    let turn = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let comment = if written { segment(0xfe, &[CANARY]) } else { Vec::new() };
    let (frame, scan) = (segment(0xc0, &[b"frame"]), segment(0xda, &[b"scan"]));
    let file = [&[0xff, 0xd8][..], &segment(0xe1, &[turn, canary]), &frame, &comment, &scan, b"light and shade"];
    [&file.concat(), &[0xff, 0xd9][..], canary].concat()
}

/// A world whose desk holds one file.
async fn world() -> (World, String) {
    let world = World::start().await;
    let mut staging = world.platform.blobs.stage(1_000).await.unwrap();
    staging.write(Bytes::from_static(TEXT)).await.unwrap();
    let staged = staging.finish().await.unwrap();
    world.platform.blobs.area("desk", OFFICE).unwrap().claim(&staged.hash, staged.size).await.unwrap();
    let file = Download {
        service: "desk".to_owned(),
        office: OFFICE.parse().unwrap(),
        sha256: staged.hash.clone(),
        size: staged.size,
        media_type: "text/plain".to_owned(),
        name: "ghi chú số 1.txt".to_owned(),
        bare: false,
    };
    *world.desk.file.lock().unwrap() = Some(file);
    (world, format!("\"{}\"", staged.hash))
}

fn file(world: &World) -> RequestBuilder {
    world.get(&format!("/api/v1/notes/{NOTE}/file")).bearer_auth(world.person().token)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_sent_whole_as_an_attachment_that_can_run_nothing() {
    let (world, etag) = world().await;
    let response = file(&world).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let expected = [
        ("content-type", "text/plain"),
        ("content-length", "20"),
        ("accept-ranges", "bytes"),
        ("etag", etag.as_str()),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("content-encoding", ""),
    ];
    for (name, value) in expected {
        assert_eq!(header(&response, name), value, "{name}");
    }
    let name = header(&response, "content-disposition");
    assert!(name.starts_with("attachment; ") && name.ends_with("filename*=UTF-8''ghi%20ch%C3%BA%20s%E1%BB%91%201.txt"));
    assert_eq!(response.bytes().await.unwrap(), TEXT);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_is_sent_while_the_file_is_still_the_same() {
    let (world, etag) = world().await;
    let cases = [
        ("bytes=0-3", None, 206, "bytes 0-3/20", &TEXT[..4]),
        ("bytes=-4", None, 206, "bytes 16-19/20", &TEXT[16..]),
        ("bytes=18-99", Some(etag.as_str()), 206, "bytes 18-19/20", &TEXT[18..]),
        ("bytes=18-99", Some("\"another\""), 200, "", TEXT),
        ("bytes=0-1,4-5", None, 200, "", TEXT),
    ];
    for (range, if_range, status, content_range, body) in cases {
        let mut request = file(&world).header("range", range);
        if let Some(tag) = if_range {
            request = request.header("if-range", tag);
        }
        let response = request.send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), header(&response, "content-range")),
            (status, content_range),
            "{range}"
        );
        assert_eq!(header(&response, "content-length"), body.len().to_string());
        assert_eq!(response.bytes().await.unwrap(), body);
    }
    let response = file(&world).header("range", "bytes=20-").send().await.unwrap();
    assert_eq!((response.status().as_u16(), header(&response, "content-range")), (416, "bytes */20"));
    let response = file(&world).header("if-none-match", &etag).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 304);
    let head = world.http.head(world.url(&format!("/api/v1/notes/{NOTE}/file"))).bearer_auth(world.person().token);
    let head = head.send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "content-length")), (200, "20"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_hands_out_its_own_files_only() {
    let (world, _) = world().await;
    let change = |change: fn(&mut Download)| change(world.desk.file.lock().unwrap().as_mut().unwrap());
    change(|file| file.sha256 = "0".repeat(64));
    let (status, said) = problem(file(&world)).await;
    assert_eq!((status, &said["code"]), (404, &json!("gateway.file_missing")));
    change(|file| file.sha256 = "../../etc/passwd".to_owned());
    assert_eq!(problem(file(&world)).await.0, 500);
    change(|file| file.service = "identity".to_owned());
    let (status, said) = problem(file(&world)).await;
    assert_eq!((status, &said["code"]), (500, &json!("gateway.broken")));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_sent_without_what_the_camera_wrote_into_it() {
    let world = World::start().await;
    let (stored, shown) = (photograph(true), photograph(false));
    let upload = world.post(&format!("/api/v1/files?office={OFFICE}&purpose=desk.attachment&name=a.jpg"));
    let upload = upload.bearer_auth(world.person().token).body(stored.clone());
    let said: Value = upload.send().await.unwrap().json().await.unwrap();
    let sha256 = said["sha256"].as_str().unwrap().to_owned();
    let size = stored.len() as u64;
    world.platform.blobs.area("desk", OFFICE).unwrap().claim(&sha256, size).await.unwrap();
    let found = |bare: bool, media_type: &str| Download {
        service: "desk".to_owned(),
        office: OFFICE.parse().unwrap(),
        sha256: sha256.clone(),
        size,
        media_type: media_type.to_owned(),
        name: "a.jpg".to_owned(),
        bare,
    };
    let hold = |file: Download| *world.desk.file.lock().unwrap() = Some(file);
    hold(found(true, "image/jpeg"));
    let response = file(&world).send().await.unwrap();
    let etag = header(&response, "etag").to_owned();
    assert_eq!((response.status().as_u16(), etag.as_str()), (200, format!("\"{sha256}-bare\"").as_str()));
    assert_eq!(header(&response, "content-length"), shown.len().to_string());
    assert_eq!(response.bytes().await.unwrap(), shown, "the canary is gone, the turn is not");
    let part = file(&world).header("range", "bytes=-9").header("if-range", &etag).send().await.unwrap();
    let expected = format!("bytes {}-{}/{}", shown.len() - 9, shown.len() - 1, shown.len());
    assert_eq!((part.status().as_u16(), header(&part, "content-range")), (206, expected.as_str()));
    assert_eq!(part.bytes().await.unwrap(), shown[shown.len() - 9..]);
    let behind = file(&world).header("range", format!("bytes={}-", shown.len())).send().await.unwrap();
    assert_eq!(
        (behind.status().as_u16(), header(&behind, "content-range")),
        (416, format!("bytes */{}", shown.len()).as_str())
    );
    for (tag, status) in [(etag.clone(), 304), (format!("\"{sha256}\""), 200)] {
        assert_eq!(file(&world).header("if-none-match", tag).send().await.unwrap().status().as_u16(), status);
    }
    hold(found(false, "image/jpeg"));
    let kept = file(&world).header("if-range", &etag).header("range", "bytes=0-1").send().await.unwrap();
    assert_eq!(kept.status().as_u16(), 200, "a part of the one is no part of the other");
    assert_eq!(kept.bytes().await.unwrap(), stored, "the stored file keeps it");
    hold(found(true, "image/png"));
    let (status, said) = problem(file(&world)).await;
    assert_eq!((status, &said["code"]), (422, &json!("gateway.picture_unreadable")));
    world.finish().await;
}
