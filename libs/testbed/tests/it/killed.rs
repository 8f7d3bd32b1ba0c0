//! A test that is killed, as runners do when its time is over, takes its servers and their folders with it.

use std::fs;
use std::future::ready;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use testbed::process::until;

use crate::{SOON, runs};

/// The server that a process holds and the server's folder, as the guard over them was told.
fn guarded(holder: u32) -> (u32, PathBuf) {
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    let arguments = processes.filter_map(|process| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let parent = stat.rsplit_once(") ")?.1.split(' ').nth(1)?;
        let line = fs::read_to_string(format!("/proc/{process}/cmdline")).ok()?;
        (parent == holder.to_string()).then(|| line.split('\0').map(str::to_owned).collect::<Vec<_>>())
    });
    let guard = arguments.into_iter().find(|line| line.get(3).is_some_and(|name| name == "guard")).unwrap();
    (guard[4].parse().unwrap(), PathBuf::from(&guard[5]))
}

async fn nothing_is_left(server: &str, end: fn(&mut Child)) {
    let mut holder = Command::new(env!("CARGO_BIN_EXE_testbed"));
    let mut holder = holder.arg(server).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(holder.stdout.take().unwrap()).read_line(&mut url).unwrap();
    assert!(url.contains("127.0.0.1"), "no address of {server} but {url:?}");
    let (process, folder) = guarded(holder.id());
    assert!(runs(process) && folder.exists());

    end(&mut holder);
    until("the end of the server", SOON, || ready((!runs(process)).then_some(()))).await.unwrap();
    until("the end of its folder", SOON, || ready((!folder.exists()).then_some(()))).await.unwrap();
}

fn kill(holder: &mut Child) {
    holder.kill().unwrap();
    holder.wait().unwrap();
}

fn close_its_input(holder: &mut Child) {
    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());
}

#[tokio::test]
async fn a_killed_test_takes_its_nats_server_along() {
    nothing_is_left("nats", kill).await;
}

#[tokio::test]
async fn a_killed_test_takes_its_postgres_along() {
    nothing_is_left("postgres", kill).await;
}

#[tokio::test]
async fn the_server_of_a_run_ends_with_the_input_of_its_program() {
    nothing_is_left("nats", close_its_input).await;
    nothing_is_left("postgres", close_its_input).await;
}
