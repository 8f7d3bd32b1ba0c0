//! How a life ends: orderly, by a panic, by failed storage, by signals.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
    time::Duration,
};

use tokio::sync::oneshot;

use super::*;

const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn stopping_waits_for_tasks_to_finish_their_work() {
    let life = Life::new();
    let (finish, mut finished) = oneshot::channel();
    let stopping = life.stopping();
    life.spawn("writer", async move {
        stopping.await;
        tokio::task::yield_now().await;
        let _ = finish.send("written");
    });
    assert!(!life.is_stopping());
    assert!(life.stop_and_wait(LONG).await.is_empty());
    assert_eq!(finished.try_recv(), Ok("written"));
    assert_eq!((life.status(), life.failure()), (0, None));
}

#[tokio::test]
async fn tasks_that_do_not_stop_are_named() {
    let life = Life::new();
    life.spawn("deaf", std::future::pending());
    life.spawn("deaf too", std::future::pending());
    life.spawn("obedient", life.stopping());
    life.stop();
    while life.running.lock().unwrap().contains(&"obedient") {
        tokio::task::yield_now().await;
    }
    assert_eq!(life.stop_and_wait(Duration::ZERO).await, ["deaf", "deaf too"]);
}

#[tokio::test]
async fn a_panic_in_a_task_stops_the_life() {
    let life = Life::new();
    life.spawn("relay", async { panic!("on purpose") });
    life.stopping().await;
    assert!(life.stop_and_wait(LONG).await.is_empty());
    assert_eq!((life.status(), life.failure()), (70, Some("relay")));
}

#[tokio::test]
async fn failed_storage_stops_the_process_with_74_and_the_first_reason_stays() {
    let life = Life::new();
    life.clone().fatal("fsync failed");
    life.fatal("checksum does not match");
    life.stopping().await;
    assert_eq!((life.status(), life.failure()), (74, Some("fsync failed")));
}

/// Set for the copy of this test program that plays the process which gets the signals.
const PLAYED: &str = "RUNTIME_TEST_PLAYS_A_PROCESS";

/// Does nothing when run as a test; run with [`PLAYED`] set it is a process with a task that never stops.
#[tokio::test]
async fn the_process_that_gets_the_signals() {
    if std::env::var_os(PLAYED).is_none() {
        return;
    }
    let life = Life::new();
    life.on_signals().unwrap();
    life.spawn("deaf", std::future::pending());
    say("ready");
    life.stopping().await;
    say("stopping");
    life.stop_and_wait(LONG).await;
}

fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{word}").unwrap();
    out.flush().unwrap();
}

#[test]
fn the_first_signal_stops_and_the_second_ends_at_once() {
    for (name, number) in [("TERM", 15), ("INT", 2)] {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "life::tests::the_process_that_gets_the_signals", "--nocapture"])
            .env(PLAYED, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        for word in ["ready", "stopping"] {
            assert!(lines.any(|line| line.unwrap() == word), "the process ended before `{word}`");
            let sent = Command::new("kill").args(["-s", name, &process.id().to_string()]).status().unwrap();
            assert!(sent.success());
        }
        assert_eq!(process.wait().unwrap().code(), Some(128 + number), "{name}");
    }
}
