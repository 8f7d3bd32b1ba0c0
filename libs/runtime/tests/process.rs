//! A whole process with telemetry: what reaches standard error and what reaches a collector.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::{Arc, Mutex},
    thread,
};

use runtime::{
    Life, metrics,
    telemetry::{self, Format, TelemetryError, TelemetrySettings},
};

/// Set, to the collector's address, for the copy of this test program that plays the process.
const COLLECTOR: &str = "RUNTIME_TEST_COLLECTOR";

/// Does nothing when run as a test; run with [`COLLECTOR`] set it is a process that logs, measures, panics and ends.
#[tokio::test]
async fn the_process_that_is_watched() {
    let Ok(endpoint) = std::env::var(COLLECTOR) else { return };
    let settings =
        TelemetrySettings { format: Format::Json, otlp_endpoint: Some(endpoint), ..TelemetrySettings::default() };
    let first = telemetry::init(&settings, "identity").unwrap();
    let second = telemetry::init(&settings, "identity").unwrap();
    assert_eq!(telemetry::testing::capture().unwrap_err(), TelemetryError::Taken);
    second.shutdown().await;

    let name = "Nguyễn Văn An";
    let span = tracing::info_span!("sign_in", call = "sign_in", name);
    span.in_scope(|| tracing::info!(name, count = 1, "signed in"));
    drop(span);
    metrics::call_done("identity", "sign_in", metrics::OK, 0.01);

    let life = Life::new();
    life.spawn("careless", async move { panic!("cannot find {name}") });
    life.stopping().await;
    assert_eq!(life.failure(), Some("careless"));
    first.shutdown().await;
}

#[test]
fn logs_and_exports_arrive_and_leave_names_out() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let received = requests.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let received = received.clone();
            thread::spawn(move || collect(stream.unwrap(), &received));
        }
    });
    let process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_process_that_is_watched", "--nocapture"])
        .env(COLLECTOR, endpoint)
        .output()
        .unwrap();
    let said = String::from_utf8(process.stderr).unwrap();
    assert!(process.status.success(), "{said}{}", String::from_utf8_lossy(&process.stdout));
    for shown in [r#""message":"signed in""#, r#""count":1"#, r#""event":"panic""#, "tests/process.rs:"] {
        assert!(said.contains(shown), "{shown} is not in\n{said}");
    }
    assert!(!said.contains("Nguyễn"), "{said}");

    let requests = requests.lock().unwrap();
    for (path, shown) in [("/v1/traces", "sign_in"), ("/v1/metrics", "rpc.server.call.duration")] {
        let (_, body) = requests.iter().find(|(line, _)| line.contains(path)).expect(path);
        assert!(contains(body, shown) && contains(body, "identity"), "{path}");
        assert!(!contains(body, "Nguyễn"), "{path}");
    }
}

/// Answers every request on a connection, and keeps its first line and its body.
fn collect(stream: TcpStream, received: &Mutex<Vec<(String, Vec<u8>)>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first).unwrap_or(0) == 0 {
            return;
        }
        let mut length = 0;
        for line in reader.by_ref().lines() {
            let line = line.unwrap().to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        received.lock().unwrap().push((first, body));
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
