//! A collector that keeps whatever the processes export, as it came: HTTP just good enough for OTLP.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A running collector; dropped, it is gone.
pub(crate) struct Collector {
    address: SocketAddr,
    kept: Arc<Mutex<Vec<Vec<u8>>>>,
    task: JoinHandle<()>,
}

impl Collector {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let keep = Arc::clone(&kept);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&keep)));
            }
        });
        Self { address, kept, task }
    }

    /// What goes into the setting `telemetry.otlp_endpoint`.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that was exported so far: addresses, headers and bodies, which are protobuf with its texts readable.
    pub(crate) fn kept(&self) -> String {
        String::from_utf8_lossy(&self.kept.lock().unwrap_or_else(PoisonError::into_inner).concat()).into_owned()
    }

    /// Whether the process of this name has exported a span of this trace.
    pub(crate) fn has(&self, trace: u128, process: &str) -> bool {
        // `KeyValue { key: "service.name", value: AnyValue { string_value } }` in protobuf.
        let length = u8::try_from(process.len()).unwrap();
        let name = [b"service.name\x12".as_slice(), &[length + 2, 0x0a, length], process.as_bytes()].concat();
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |body: &[u8], part: &[u8]| body.windows(part.len()).any(|window| window == part);
        kept.iter().any(|body| holds(body, &name) && holds(body, &trace.to_be_bytes()))
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers the requests of one connection; a client that goes away ends it.
async fn answer(stream: TcpStream, kept: Arc<Mutex<Vec<Vec<u8>>>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let begin = head.len();
            if stream.read_line(&mut head).await.ok()? == 0 {
                return None;
            }
            let line = head[begin..].trim_end().to_ascii_lowercase();
            if let Some(size) = line.strip_prefix("content-length:") {
                length = size.trim().parse().ok()?;
            }
            assert!(!line.starts_with("transfer-encoding:"), "this collector takes whole bodies only");
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push([head.as_bytes(), &body].concat());
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer).await.ok()?;
    }
}
