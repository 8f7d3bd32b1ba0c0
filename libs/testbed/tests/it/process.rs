//! Waiting for a process: for a line, for a condition, for its end.

use std::future::ready;
use std::process::Command;
use std::time::Duration;

use testbed::dir;
use testbed::process::{Child, until};

use crate::{SOON, runs};

fn shell(script: &str, folder: &std::path::Path) -> Child {
    Child::spawn(Command::new("sh").args(["-c", script]), &folder.join("log"), None).unwrap()
}

#[tokio::test]
async fn a_printed_line_is_found() {
    let folder = dir::temp().unwrap();
    let mut child = shell("echo starting; echo listening on port 8 >&2; read -r _ < /dev/zero", folder.path());
    assert_eq!(child.line("listening", SOON).await.unwrap(), "listening on port 8");
}

#[tokio::test]
async fn a_process_that_ends_is_not_waited_for() {
    let folder = dir::temp().unwrap();
    let mut child = shell("echo the reason; exit 3", folder.path());
    let error = format!("{:#}", child.line("ready", Duration::MAX).await.unwrap_err());
    assert!(error.contains("exit status: 3") && error.contains("the reason"), "{error}");
}

#[tokio::test]
async fn waiting_ends_with_its_deadline() {
    let waited = until::<(), _>("what never comes", Duration::from_millis(20), || ready(None)).await;
    assert!(waited.unwrap_err().to_string().contains("what never comes"));
}

#[tokio::test]
async fn a_process_ends_by_a_signal_or_by_force() {
    let folder = dir::temp().unwrap();
    let mut child = shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done", folder.path());
    child.line("ready", SOON).await.unwrap();
    assert_eq!(child.end("TERM", SOON).await.unwrap().code(), Some(7));

    let mut deaf = shell("trap '' TERM; echo ready; while :; do sleep 0.01; done", folder.path());
    deaf.line("ready", SOON).await.unwrap();
    assert!(deaf.end("TERM", Duration::from_millis(50)).await.is_err());
    assert!(!runs(deaf.id()));
}
