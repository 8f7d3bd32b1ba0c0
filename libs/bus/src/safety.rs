//! What a NATS server must be before anything is entrusted to it: measured, an acknowledged message is lost in a power
//! cut unless the server syncs always, and older servers have holes in that and accept options they do not know.

use std::{fs, io, os::unix::fs::PermissionsExt as _, path::Path, time::Duration};

use async_nats::ServerInfo;
use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use wire::MESSAGE_LIMIT;

use crate::ConnectError;

/// The oldest server whose `sync_interval: always` holds everywhere.
const OLDEST: (u32, u32, u32) = (2, 15, 1);
/// Room beside the body for what travels with it.
const HEADER_ROOM: usize = 64 * 1024;
/// How long the monitoring address may take.
const MONITOR_TIMEOUT: Duration = Duration::from_secs(5);
/// The most we read from the monitoring address.
const MONITOR_LIMIT: u64 = 1024 * 1024;

/// The part of `/varz` that matters here.
#[derive(Deserialize)]
struct Varz {
    server_id: String,
    #[serde(default)]
    jetstream: Jetstream,
}

#[derive(Default, Deserialize)]
struct Jetstream {
    config: Option<JetstreamConfig>,
}

#[derive(Deserialize)]
struct JetstreamConfig {
    #[serde(default)]
    sync_always: bool,
}

/// Refuses a server that could forget what it has acknowledged.
pub(crate) async fn check(server: &ServerInfo, monitor: &str) -> Result<(), ConnectError> {
    check_server(server)?;
    if monitor.is_empty() {
        return Err(ConnectError::Unsafe(
            "nobody can see whether it syncs to disk: turn on its monitoring (`http: \"127.0.0.1:8222\"`) and set `monitor` \
             to that address"
                .to_owned(),
        ));
    }
    let body = get(monitor, "/varz").await.map_err(|error| {
        ConnectError::Unsafe(format!(
            "`{monitor}` does not tell whether it syncs to disk ({error}): turn on its monitoring \
             (`http: \"127.0.0.1:8222\"`) and set `monitor` to that address"
        ))
    })?;
    let varz = serde_json::from_slice(&body).map_err(|error| {
        ConnectError::Unsafe(format!(
            "`{monitor}` is not the monitoring of a NATS server ({error}): set `monitor` to it"
        ))
    })?;
    check_varz(&varz, server, monitor)
}

fn check_server(server: &ServerInfo) -> Result<(), ConnectError> {
    let (major, minor, patch) = OLDEST;
    if version(&server.version).is_none_or(|version| version < OLDEST) {
        return Err(ConnectError::Unsafe(format!(
            "it is version `{}` and may lose acknowledged messages: install {major}.{minor}.{patch} or newer",
            server.version
        )));
    }
    if server.max_payload < MESSAGE_LIMIT + HEADER_ROOM {
        return Err(ConnectError::Unsafe(format!(
            "it takes messages of at most {} bytes: set `max_payload: 1MB` in its configuration",
            server.max_payload
        )));
    }
    Ok(())
}

fn check_varz(varz: &Varz, server: &ServerInfo, monitor: &str) -> Result<(), ConnectError> {
    if varz.server_id != server.server_id {
        return Err(ConnectError::Unsafe(format!(
            "`{monitor}` belongs to another server: set `monitor` to the monitoring address of the server in `urls`"
        )));
    }
    match &varz.jetstream.config {
        None => Err(ConnectError::Unsafe(
            "it runs without JetStream: add `jetstream { store_dir: …, sync_interval: always }` to its configuration"
                .to_owned(),
        )),
        Some(config) if !config.sync_always => Err(ConnectError::Unsafe(
            "it acknowledges messages before they are on disk: set `sync_interval: always` in `jetstream { … }` of its \
             configuration"
                .to_owned(),
        )),
        Some(_) => Ok(()),
    }
}

/// `2.15.1` or `2.15.1-RC.1` as numbers.
fn version(text: &str) -> Option<(u32, u32, u32)> {
    let numbers = text.split(['-', '+']).next()?;
    let mut parts = numbers.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// A secret from a file that others cannot read.
pub(crate) fn read_secret(path: &Path) -> Result<String, ConnectError> {
    let unusable = |error: io::Error| ConnectError::Settings(format!("`{}`: {error}", path.display()));
    let mode = fs::metadata(path).map_err(unusable)?.permissions().mode();
    if mode & 0o007 != 0 {
        return Err(ConnectError::Unsafe(format!(
            "everyone on this machine may use the key `{path}`: run `chmod o-rwx {path}`",
            path = path.display()
        )));
    }
    fs::read_to_string(path).map_err(unusable)
}

/// The body of a page, had by the plainest HTTP there is.
async fn get(base: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    let address = base.strip_prefix("http://").map(|rest| rest.trim_end_matches('/'));
    let Some(address) = address.filter(|address| !address.is_empty() && !address.contains('/')) else {
        anyhow::bail!("it is not of the form `http://host:port`");
    };
    let fetched = async {
        let mut stream = TcpStream::connect(address).await?;
        // HTTP/1.0, so that the answer ends with the connection and comes in one piece.
        stream.write_all(format!("GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(MONITOR_LIMIT).read_to_end(&mut answer).await?;
        anyhow::Ok(answer)
    };
    let answer = tokio::time::timeout(MONITOR_TIMEOUT, fetched).await??;
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
    let (head, body) = end.and_then(|end| answer.split_at_checked(end + 4)).unwrap_or((&answer, &[]));
    let status = head.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
    anyhow::ensure!(status == b"200", "it answered status `{}`", String::from_utf8_lossy(status));
    Ok(body.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(version: &str, max_payload: usize) -> ServerInfo {
        ServerInfo { version: version.to_owned(), max_payload, server_id: "A".to_owned(), ..ServerInfo::default() }
    }

    fn refusal(varz: &str) -> Option<String> {
        let varz: Varz = serde_json::from_str(varz).unwrap();
        check_varz(&varz, &server("2.15.1", 1 << 20), "http://m").err().map(|error| error.to_string())
    }

    #[test]
    fn only_servers_that_hold_what_they_promise_are_accepted() {
        let cases = [
            ("2.15.1", 1 << 20, true),
            ("2.15.1-RC.2", 1 << 20, true),
            ("2.16.0", 1 << 20, true),
            ("3.0.0", 1 << 20, true),
            ("2.15.0", 1 << 20, false),
            ("2.14.9", 1 << 20, false),
            ("1.99.99", 1 << 20, false),
            ("", 1 << 20, false),
            ("latest", 1 << 20, false),
            ("2.15.1", MESSAGE_LIMIT, false),
        ];
        for (version, max_payload, good) in cases {
            assert_eq!(check_server(&server(version, max_payload)).is_ok(), good, "`{version}` {max_payload}");
        }
    }

    #[test]
    fn only_a_server_that_syncs_always_is_accepted_and_the_refusal_says_what_to_change() {
        assert_eq!(refusal(r#"{"server_id":"A","jetstream":{"config":{"sync_always":true}}}"#), None);
        let cases = [
            (r#"{"server_id":"A","jetstream":{"config":{"sync_interval":120}}}"#, "sync_interval: always"),
            (r#"{"server_id":"A","jetstream":{}}"#, "without JetStream"),
            (r#"{"server_id":"A"}"#, "without JetStream"),
            (r#"{"server_id":"B","jetstream":{"config":{"sync_always":true}}}"#, "another server"),
        ];
        for (varz, remedy) in cases {
            let refusal = refusal(varz).unwrap();
            assert!(refusal.contains(remedy), "{refusal}");
        }
    }

    #[test]
    fn a_key_that_everyone_may_read_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(&file, "SUKEY").unwrap();
        let allow = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o600);
        assert_eq!(read_secret(file.path()).as_deref(), Ok("SUKEY"));
        allow(0o644);
        assert!(matches!(read_secret(file.path()), Err(ConnectError::Unsafe(text)) if text.contains("chmod")));
    }
}
