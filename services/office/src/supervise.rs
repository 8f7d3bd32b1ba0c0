//! Keeping the office alive: a small process that runs it as its child and starts it again after a fatal stop. What a
//! disk really holds after an I/O error only a fresh process reads.
//!
//! The child listens to its standard input: the word `stop` asks it to stop in order. When the input ends without that
//! word this process was killed, and the child ends at once, so that the folder is free for the next start.

use std::{
    io::BufRead as _,
    os::unix::process::ExitStatusExt as _,
    process::{ExitCode, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result};
use runtime::Life;
use tokio::{
    io::AsyncWriteExt as _,
    process::{Child, ChildStdin, Command},
    signal::unix::{Signal, SignalKind, signal},
    time::Instant,
};

/// The hidden argument of the child.
pub(crate) const FLAG: &str = "supervised";
/// What only the first start after a restore may say.
const RESTORED: &str = "--restored";
/// What asks the child to stop.
const STOP: &str = "stop";
/// Ends of the office after which it is started again: a part broke (`EX_SOFTWARE`), storage failed (`EX_IOERR`).
const FATAL: [i32; 2] = [70, 74];
/// The pause before the first new start, and the longest one; each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// After the office has run for this long, the pauses begin anew.
const GOOD_RUN: Duration = Duration::from_secs(600);
/// Tells the allocator of glibc to give large blocks back at once. A password hash takes 19 MiB; without this every
/// thread that ever made one would keep as much.
const GIVE_BACK: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "4194304");

/// Runs this program again as the office, and again after each fatal stop, until it ends otherwise or is told to stop.
///
/// # Errors
/// When the program cannot be started.
pub(crate) fn keep_alive() -> Result<ExitCode> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut signals =
            Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? };
        let mut pause = None;
        loop {
            let begun = Instant::now();
            let mut child = start(pause.is_none())?;
            let (status, told) = watch(&mut child, &mut signals).await?;
            if told || !is_fatal(status) {
                return Ok(ExitCode::from(code(status)));
            }
            let wait = next_pause(pause, begun.elapsed());
            pause = Some(wait);
            let seconds = wait.as_secs();
            eprintln!("error: the office stopped ({status}): it is started again in {seconds} s, see its log above");
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = signals.next() => return Ok(ExitCode::from(code(status))),
            }
        }
    })
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Waits for one of the two.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

fn start(first: bool) -> Result<Child> {
    let program = std::env::current_exe().context("cannot find this program to start it")?;
    let mut command = Command::new(&program);
    let given = std::env::args_os().skip(1).filter(|argument| first || argument != RESTORED);
    command.args(given).arg(format!("--{FLAG}")).stdin(Stdio::piped()).env(GIVE_BACK.0, GIVE_BACK.1);
    command.spawn().with_context(|| format!("cannot start `{}`", program.display()))
}

/// Waits for the end of the child, passing on the wish to stop; tells whether there was one. A second signal kills it.
async fn watch(child: &mut Child, signals: &mut Signals) -> Result<(ExitStatus, bool)> {
    let mut input = child.stdin.take();
    let mut told = false;
    loop {
        tokio::select! {
            status = child.wait() => return Ok((status?, told)),
            () = signals.next() => {
                if told {
                    child.start_kill()?;
                }
                told = true;
                ask_to_stop(input.as_mut()).await;
            }
        }
    }
}

/// A child that has ended by now needs no asking.
async fn ask_to_stop(input: Option<&mut ChildStdin>) {
    if let Some(input) = input {
        let _ = input.write_all(format!("{STOP}\n").as_bytes()).await;
    }
}

/// Whether an end calls for a new start: one of our own fatal ends, or a signal that nobody here sent.
fn is_fatal(status: ExitStatus) -> bool {
    status.code().is_none_or(|code| FATAL.contains(&code))
}

/// The child's exit code; 128 and the number of a signal that ended it.
fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}

/// The pause before the next start; `before` is the last one.
fn next_pause(before: Option<Duration>, ran: Duration) -> Duration {
    match before {
        Some(before) if ran < GOOD_RUN => (before * 2).min(LONGEST_PAUSE),
        _ => FIRST_PAUSE,
    }
}

/// The child's side: stops the life when it is asked to, and ends the process when nobody is left to ask.
pub(crate) fn obey(life: Life) {
    // A thread of its own: a runtime could not end while one of its threads still reads.
    std::thread::spawn(move || {
        let mut lines = std::io::stdin().lock().lines();
        if lines.any(|line| line.is_ok_and(|line| line == STOP)) {
            life.stop();
        } else {
            std::process::exit(FATAL[0]);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fatal_ends_and_foreign_signals_call_for_a_new_start_and_nothing_else_does() {
        let exited = |code: i32| ExitStatus::from_raw(code << 8);
        let cases = [(0, false), (1, false), (64, false), (70, true), (74, true), (78, false)];
        for (status, fatal) in cases {
            assert_eq!(is_fatal(exited(status)), fatal, "{status}");
            assert_eq!(i32::from(code(exited(status))), status);
        }
        let killed = ExitStatus::from_raw(9);
        assert!(is_fatal(killed));
        assert_eq!(code(killed), 137);
    }

    #[test]
    fn pauses_grow_to_a_minute_and_begin_anew_after_a_good_run() {
        let short = Duration::from_secs(3);
        let first = next_pause(None, short);
        let pauses = std::iter::successors(Some(first), |pause| Some(next_pause(Some(*pause), short)));
        let seconds: Vec<u64> = pauses.take(9).map(|pause| pause.as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(next_pause(Some(LONGEST_PAUSE), GOOD_RUN), FIRST_PAUSE);
    }
}
