//! The program as a child of the test, over a folder that goes away with it.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use identity::listing;
use office::{Settings, Standalone, Start};
use schema_identity::ImportUnits;
use tempfile::TempDir;
use testbed::{dir, process::Child};

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A data folder.
pub struct Folder {
    root: TempDir,
}

impl Folder {
    /// A fresh one, which does not exist yet.
    pub fn new() -> Self {
        Self { root: dir::temp().unwrap() }
    }

    /// One in which an office has begun: the centre and one province, and nobody in them.
    pub async fn begun() -> Self {
        let folder = Self::new();
        let office = Standalone::indoors(&folder.settings(), Start::default()).await.unwrap();
        let rows = listing::read(listing::OFFICIAL).unwrap().into_iter().take(1).collect();
        office.ask(&ImportUnits { from: listing::OFFICIAL_SINCE, rows }).await.unwrap();
        office.stop().await;
        folder
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.root.path().join("data")
    }

    /// Its settings, for an office in the test's own process.
    pub fn settings(&self) -> Settings {
        let overrides = [("data", self.path().display().to_string()), ("gateway.listen", "127.0.0.1:0".to_owned())];
        office::settings::load(None, &overrides.map(|(key, value)| (key.to_owned(), value))).unwrap().value
    }

    /// Starts a command that goes on, such as `up`.
    pub fn start(&self, command: &str) -> Child {
        let mut program = self.command(&[command, "--listen", "127.0.0.1:0"]);
        Child::spawn(&mut program, &self.root.path().join(format!("{command}.log")), None).unwrap()
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that asks for nothing may have ended by now.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::of(child.wait_with_output().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vanphong"));
        command.args(arguments).arg("--data").arg(self.path());
        command
    }

    /// The process that holds the folder, as it wrote down itself.
    pub fn holder(&self) -> Option<u32> {
        std::fs::read_to_string(self.path().join("office.lock")).ok()?.parse().ok()
    }
}

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The address that a started office prints.
pub async fn address(child: &mut Child) -> String {
    let line = child.line("Địa chỉ", PATIENCE).await.unwrap();
    line.split_whitespace().last().unwrap().to_owned()
}

/// Whether only its owner may read a file.
pub fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode().trailing_zeros() >= 6
}
