//! The NATS server: version, settings, ports and store.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use testbed::nats::{Options, Server};

use crate::runs;

/// What a server says of itself to whoever connects.
fn info(url: &str) -> serde_json::Value {
    let address = url.strip_prefix("nats://").unwrap();
    let mut line = String::new();
    BufReader::new(TcpStream::connect(address).unwrap()).read_line(&mut line).unwrap();
    serde_json::from_str(line.strip_prefix("INFO ").unwrap()).unwrap()
}

/// A page of the monitoring port.
fn page(server: &Server, path: &str) -> serde_json::Value {
    let url = server.monitor_url();
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[tokio::test]
async fn it_runs_with_jetstream_synced_always_and_leaves_nothing() {
    let server = Server::start().await.unwrap();
    let info = info(&server.url());
    assert_eq!(info["jetstream"], true);
    assert!(!info["version"].as_str().unwrap().is_empty());
    assert_eq!(page(&server, "/jsz")["config"]["sync_always"], true);

    let (process, store, url) = (server.id().unwrap(), server.store(), server.url());
    assert!(runs(process) && store.exists());
    drop(server);
    assert!(!runs(process), "the server outlived its test");
    assert!(!store.parent().unwrap().exists(), "the server's folder outlived its test");
    assert!(TcpStream::connect(url.strip_prefix("nats://").unwrap()).is_err());
}

#[tokio::test]
async fn an_unsafe_one_says_so() {
    let server = Server::start_with(Options { sync_always: false, ..Options::default() }).await.unwrap();
    assert_ne!(page(&server, "/jsz")["config"]["sync_always"], true);
}

#[tokio::test]
async fn more_configuration_reaches_the_server() {
    let more = "authorization { user: clerk, password: \"of this test\" }".to_owned();
    let server = Server::start_with(Options { more, ..Options::default() }).await.unwrap();
    assert_eq!(info(&server.url())["auth_required"], true);
}

#[tokio::test]
async fn a_mistake_in_the_configuration_is_told() {
    let more = "authorization { user: }".to_owned();
    let refused = Server::start_with(Options { more, ..Options::default() }).await.err().unwrap();
    assert!(format!("{refused:#}").contains("nats.conf"), "{refused:#}");
}

#[tokio::test]
async fn it_comes_back_on_the_same_ports_with_its_store() {
    let mut server = Server::start().await.unwrap();
    let (url, monitor) = (server.url(), server.monitor_url());
    std::fs::create_dir_all(server.store()).unwrap();
    std::fs::write(server.store().join("kept"), b"").unwrap();
    assert!(server.start_again().await.is_err(), "a running server was started");
    assert!(server.delete_store().is_err(), "the store of a running server was deleted");

    server.stop();
    assert!(TcpStream::connect(url.strip_prefix("nats://").unwrap()).is_err());
    server.start_again().await.unwrap();
    assert_eq!((server.url(), server.monitor_url()), (url, monitor));
    assert!(server.store().join("kept").exists());

    server.stop();
    server.delete_store().unwrap();
    server.start_again().await.unwrap();
    assert!(!server.store().join("kept").exists());
}
