//! The life of a process: tasks that are waited for, an orderly stop, and the reasons to stop at once.

use std::{
    future::Future,
    io,
    process::ExitCode,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::{
    sync::{CancellationToken, WaitForCancellationFutureOwned},
    task::TaskTracker,
};
use tracing::Instrument as _;

/// `EX_SOFTWARE`: a task panicked.
const BROKEN: u8 = 70;
/// `EX_IOERR`: storage can no longer be trusted.
const IO_ERROR: u8 = 74;

/// Why a process must stop although nobody asked it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Panic(&'static str),
    Fatal(&'static str),
}

/// The tasks of a process and the one wish to stop; cheap to clone, all clones share one life.
#[derive(Clone, Debug, Default)]
pub struct Life {
    stop: CancellationToken,
    tasks: TaskTracker,
    running: Arc<Mutex<Vec<&'static str>>>,
    cause: Arc<OnceLock<Cause>>,
}

impl Life {
    /// A life with no tasks yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops this life on the first SIGTERM or SIGINT; a second one ends the process at once, with 128 plus the
    /// number of the signal.
    ///
    /// # Errors
    /// When the system refuses the signal handlers.
    pub fn on_signals(&self) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let life = self.clone();
        // Not one of the tasks of this life: it listens for the second signal while those are waited for.
        tokio::spawn(async move {
            next(&mut terminate, &mut interrupt).await;
            tracing::info!(event = "stop", "asked to stop by a signal");
            life.stop();
            let number = next(&mut terminate, &mut interrupt).await;
            std::process::exit(128 + number);
        });
        Ok(())
    }

    /// Runs a task that [`Life::stop_and_wait`] waits for, in the current span. The task watches [`Life::stopping`]
    /// itself. A panic in it is logged and stops this life: a process that has lost a part does not carry on.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(name);
        let task = self.tasks.spawn(task.in_current_span());
        let life = self.clone();
        self.tasks.spawn(async move {
            if task.await.is_err_and(|end| end.is_panic()) {
                tracing::error!(event = "panic", kind = name, "a task panicked; the process stops");
                life.end(Cause::Panic(name));
            }
            let mut running = life.running.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = running.iter().position(|other| *other == name) {
                running.swap_remove(place);
            }
        });
    }

    /// Asks every task to stop.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Asks the whole process to stop because storage can no longer be trusted: an I/O error, a failed fsync, a
    /// checksum that does not match. The exit code becomes 74, and whoever runs the process starts it again, which
    /// reads from disk what is really there.
    pub fn fatal(&self, reason: &'static str) {
        tracing::error!(event = "fatal", kind = reason, "storage failed; the process stops");
        self.end(Cause::Fatal(reason));
    }

    fn end(&self, cause: Cause) {
        // Only the first cause counts; what follows is usually its consequence.
        let _ = self.cause.set(cause);
        self.stop();
    }

    /// Ends when this life is asked to stop; for `tokio::select!` in a task's loop.
    pub fn stopping(&self) -> WaitForCancellationFutureOwned {
        self.stop.clone().cancelled_owned()
    }

    /// Whether this life has been asked to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Asks every task to stop and waits for them. Returns the names of those that still ran when `patience` was over;
    /// they are not aborted, so that a write under way may still end with the process's own end.
    pub async fn stop_and_wait(&self, patience: Duration) -> Vec<&'static str> {
        self.stop();
        self.tasks.close();
        if tokio::time::timeout(patience, self.tasks.wait()).await.is_ok() {
            return Vec::new();
        }
        let mut late = self.running.lock().unwrap_or_else(PoisonError::into_inner).clone();
        late.sort_unstable();
        late
    }

    /// What made this life end although nobody asked: the reason given to [`Life::fatal`], or the name of the task
    /// that panicked.
    #[must_use]
    pub fn failure(&self) -> Option<&'static str> {
        self.cause.get().map(|(Cause::Panic(what) | Cause::Fatal(what))| *what)
    }

    /// The process's exit code as a number: 0, 70 after a panic, 74 after [`Life::fatal`].
    #[must_use]
    pub fn status(&self) -> u8 {
        match self.cause.get() {
            None => 0,
            Some(Cause::Panic(_)) => BROKEN,
            Some(Cause::Fatal(_)) => IO_ERROR,
        }
    }

    /// [`Life::status`] in the form that `main` returns.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.status())
    }
}

/// Waits for one of the two signals and gives its number.
async fn next(terminate: &mut Signal, interrupt: &mut Signal) -> i32 {
    tokio::select! {
        _ = terminate.recv() => SignalKind::terminate().as_raw_value(),
        _ = interrupt.recv() => SignalKind::interrupt().as_raw_value(),
    }
}

#[cfg(test)]
mod tests;
