//! The socket on which a running office answers the commands of its operator.
//!
//! Whoever can open it could read every key in the folder too: it lies in the folder that only its owner enters, with
//! mode 600. A line is an [`Order`], the answer to it a line that is a [`Said`].

use std::{
    fs::Permissions,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use auth::Signer;
use runtime::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::Platform;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{UnixListener, UnixStream},
};
use wire::{Fault, Kind, Meta};

/// The socket's name in the data folder.
const FILE: &str = "office.sock";
/// The longest path a socket can have on every system we know.
const LONGEST_PATH: usize = 100;
/// How long an order may take; loading a part of the list takes longest.
const PATIENCE: Duration = Duration::from_secs(60);
const TOKEN_LIFE: Duration = Duration::from_secs(60);

/// The subject of a question to the office itself, answered with a [`Status`].
pub const STATUS: &str = "office.status";

/// Where clients reach the office, once its door is open.
pub(crate) type Address = Arc<OnceLock<String>>;

/// One order of the operator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The subject of a call, or [`STATUS`].
    pub subject: String,
    /// The call.
    pub body: Value,
    /// The idempotency key of a change.
    pub key: String,
}

/// The answer to an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// What a success answers.
    Done(Value),
    /// Why not.
    Refused(Fault),
}

/// How the office is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The process.
    pub pid: u32,
    /// Where clients reach it; absent while its door is shut.
    pub address: Option<String>,
    /// Whether everything works.
    pub ready: bool,
    /// Its parts, each with what it last said of itself.
    pub parts: Vec<(String, String)>,
}

/// Where the socket of a folder is.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Answers orders until the process stops. The folder is locked by now, so a socket that is there is nobody's.
pub(crate) fn listen(folder: &Path, platform: &Platform, signer: Signer, address: &Address) -> Result<()> {
    let path = path(folder);
    ensure!(
        path.as_os_str().len() <= LONGEST_PATH,
        "`{}` is too long for the path of a socket: choose a folder with a shorter path (`--data`)",
        path.display()
    );
    if path.exists() {
        std::fs::remove_file(&path).with_context(|| format!("cannot take away the old socket `{}`", path.display()))?;
    }
    let cannot = || format!("cannot listen on the socket `{}`", path.display());
    let listener = UnixListener::bind(&path).with_context(cannot)?;
    std::fs::set_permissions(&path, Permissions::from_mode(0o600)).with_context(cannot)?;
    let desk = Arc::new(Desk { platform: platform.clone(), signer, address: Arc::clone(address) });
    platform.life.spawn("control", serve(desk, listener, path));
    Ok(())
}

struct Desk {
    platform: Platform,
    signer: Signer,
    address: Address,
}

async fn serve(desk: Arc<Desk>, listener: UnixListener, path: PathBuf) {
    let life = desk.platform.life.clone();
    let stopping = life.stopping();
    tokio::pin!(stopping);
    loop {
        let accepted = tokio::select! {
            () = &mut stopping => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => life.spawn("control connection", talk(Arc::clone(&desk), stream)),
            // Out of file descriptors, most likely: others will close theirs.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    // The next start would do it too.
    let _ = std::fs::remove_file(path);
}

/// Takes orders until the operator hangs up. An order under way is answered even while the office stops.
async fn talk(desk: Arc<Desk>, stream: UnixStream) {
    let stopping = desk.platform.life.stopping();
    tokio::pin!(stopping);
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    loop {
        let line = tokio::select! {
            () = &mut stopping => return,
            line = lines.next_line() => line,
        };
        let Ok(Some(line)) = line else { return };
        let said = desk.answer(&line).await.unwrap_or_else(Said::Refused);
        let Ok(mut text) = serde_json::to_vec(&said) else { return };
        text.push(b'\n');
        if writing.write_all(&text).await.is_err() {
            return;
        }
    }
}

impl Desk {
    async fn answer(&self, line: &str) -> Result<Said, Fault> {
        let order: Order = serde_json::from_str(line).map_err(|_| unreadable())?;
        if order.subject == STATUS {
            return Ok(Said::Done(serde_json::to_value(self.status()).map_err(|_| unreadable())?));
        }
        let body = serde_json::to_vec(&order.body).map_err(|_| unreadable())?;
        let token = self.signer.sign_service(self.platform.clock.now(), TOKEN_LIFE);
        let meta = Meta { token: Some(token), key: Some(order.key), ..Meta::default() };
        let answer = self.platform.bus.call(&order.subject, &meta, body.into(), PATIENCE).await?;
        if answer.fault {
            return Err(serde_json::from_slice(&answer.body).map_err(|_| unreadable())?);
        }
        serde_json::from_slice(&answer.body).map(Said::Done).map_err(|_| unreadable())
    }

    fn status(&self) -> Status {
        let (ready, parts) = self.platform.health.ready();
        let word = |state| match state {
            State::Up => "up".to_owned(),
            State::Lagging => "behind".to_owned(),
            State::Down(why) => format!("down: {why}"),
        };
        Status {
            pid: std::process::id(),
            address: self.address.get().cloned(),
            ready,
            parts: parts.into_iter().map(|(part, state)| (part, word(state))).collect(),
        }
    }
}

fn unreadable() -> Fault {
    Fault::new(
        Kind::Invalid,
        "office.unreadable",
        "the running office and this command do not understand each other: use the program that the office was started with",
        "lệnh và văn phòng đang chạy khác phiên bản: hãy dùng đúng chương trình đã khởi động văn phòng",
    )
}
