//! Connections that do nothing: none stays for ever, whatever it speaks, and none is cut while it works.

use bytes::Bytes;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use wire::Download;

use crate::{
    desk::{NOTE, OFFICE},
    world::{World, soon, until},
};

/// HTTP/2's greeting, our settings (none), and a request for `/livez` on stream 1.
const HTTP2: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\
    \x00\x00\x00\x04\x00\x00\x00\x00\x00\
    \x00\x00\x0d\x01\x05\x00\x00\x00\x01\x82\x86\x04\x06/livez\x01\x01x";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_asks_nothing_more_is_closed() {
    let world = World::with(|settings| settings.idle_seconds = 1).await;
    for (asks, answers) in [(&b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"[..], &b"HTTP/1.1 200"[..]), (HTTP2, b"\x00")] {
        let mut stream = TcpStream::connect(world.door().address()).await.unwrap();
        stream.write_all(asks).await.unwrap();
        let mut said = Vec::new();
        soon(stream.read_to_end(&mut said)).await.unwrap();
        assert!(said.starts_with(answers) && said.windows(4).any(|part| part == b"live"), "it was answered before");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_takes_nothing_of_an_answer_is_cut_and_who_waits_for_one_is_not() {
    let world = World::with(|settings| {
        settings.idle_seconds = 1;
        settings.limits.connections_of_address = 2;
    })
    .await;
    let large = vec![b'x'; 64 * 1024 * 1024];
    let mut staging = world.platform.blobs.stage(large.len() as u64).await.unwrap();
    staging.write(Bytes::from(large)).await.unwrap();
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
    let address = world.door().address();
    let lingering = tokio::spawn(world.http.get(world.url("/api/v1/notes/linger")).send());
    soon(world.desk.lingering.notified()).await;
    let mut stalled = TcpStream::connect(address).await.unwrap();
    let token = world.person().token;
    let asks = format!("GET /api/v1/notes/{NOTE}/file HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n");
    stalled.write_all(asks.as_bytes()).await.unwrap();
    assert_eq!(soon(stalled.read_u8()).await.unwrap(), b'H', "the answer begins");
    // Both places of this address are taken, until the stalled connection is cut.
    until("a place to be free", async || {
        let mut third = TcpStream::connect(address).await.unwrap();
        let asked = third.write_all(b"GET /livez HTTP/1.0\r\n\r\n").await;
        (asked.is_ok() && third.read_u8().await.is_ok()).then_some(())
    })
    .await;
    world.desk.release.notify_one();
    assert_eq!(soon(lingering).await.unwrap().unwrap().status().as_u16(), 200);
    world.finish().await;
}
