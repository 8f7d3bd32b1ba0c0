//! Child processes that never outlive the test, even when it is killed, and waiting with a deadline.

use std::fs::{self, File};
use std::future::ready;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How often a condition is looked at.
const STEP: Duration = Duration::from_millis(5);

/// Looks at a condition until it yields something, or fails after `within`.
///
/// # Errors
/// When the time is over; the message names `what` was waited for.
pub async fn until<T, F>(what: &str, within: Duration, mut look: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Option<T>>,
{
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(STEP).await;
        }
    };
    tokio::time::timeout(within, looking).await.with_context(|| in_vain(what, within))
}

fn in_vain(what: &str, within: Duration) -> String {
    format!("waited {within:?} in vain for {what}")
}

/// A running program. Dropped, it is killed at once.
pub struct Child {
    process: std::process::Child,
    log: PathBuf,
    _guard: Guard,
}

impl Child {
    /// Starts a program with its output in the file `log`. `folder`, when given, is removed in case this process dies
    /// without dropping the child; otherwise it is the caller's.
    ///
    /// # Errors
    /// When the program or the log file is not there.
    pub fn spawn(command: &mut Command, log: &Path, folder: Option<&Path>) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let out = File::create(log).with_context(|| format!("the log `{}` cannot be written", log.display()))?;
        command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out).process_group(0);
        let mut process = command.spawn().with_context(|| format!("`{program}` cannot be started"))?;
        let guard = Guard::over(process.id(), folder).inspect_err(|_| {
            let _ = process.kill();
        })?;
        Ok(Self { process, log: log.to_owned(), _guard: guard })
    }

    /// Its number in the operating system.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.process.try_wait().is_ok_and(|status| status.is_some())
    }

    /// What it has printed so far.
    #[must_use]
    pub fn printed(&self) -> String {
        read(&self.log)
    }

    /// Waits until a condition yields something, and no longer than the program runs.
    ///
    /// # Errors
    /// When the time is over or the program has ended, with the end of what it printed.
    pub async fn until<T, F>(&mut self, what: &str, within: Duration, mut look: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Option<T>>,
    {
        let process = &mut self.process;
        let looking = async {
            loop {
                // Looked at before the condition, so that the last words of a program still count.
                let ended = process.try_wait()?;
                if let Some(found) = look().await {
                    return Ok(found);
                }
                if let Some(status) = ended {
                    bail!("it ended with {status}");
                }
                tokio::time::sleep(STEP).await;
            }
        };
        let looked = tokio::time::timeout(within, looking).await.unwrap_or_else(|_| bail!(in_vain(what, within)));
        looked.with_context(|| format!("no {what} came; {}", self.last_words()))
    }

    /// Waits for a printed line that contains `part`, and returns that line.
    ///
    /// # Errors
    /// As [`Child::until`].
    pub async fn line(&mut self, part: &str, within: Duration) -> Result<String> {
        let log = self.log.clone();
        let find = || {
            let printed = read(&log);
            // A line without its end may still be growing.
            let mut lines = printed.split_inclusive('\n').filter(|line| line.ends_with('\n'));
            lines.find(|line| line.contains(part)).map(|line| line.trim_end().to_owned())
        };
        self.until(&format!("line with `{part}`"), within, || ready(find())).await
    }

    /// Kills it as a power cut would (`SIGKILL`), and waits until it is gone.
    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Asks it to end with a signal (`TERM`, `QUIT`) and waits for it.
    ///
    /// # Errors
    /// As [`Child::ended`], or when the signal cannot be sent.
    pub async fn end(&mut self, signal: &str, within: Duration) -> Result<ExitStatus> {
        // The number of a process that has ended may be another's by now.
        if self.process.try_wait()?.is_none() {
            send(signal, self.id())?;
        }
        self.ended(within).await
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it has not ended after `within`; it is killed then.
    pub async fn ended(&mut self, within: Duration) -> Result<ExitStatus> {
        let process = &mut self.process;
        let ended = until("the end of a process", within, || ready(process.try_wait().transpose())).await;
        if ended.is_err() {
            self.kill();
        }
        Ok(ended.with_context(|| self.last_words())??)
    }

    fn last_words(&self) -> String {
        let printed = self.printed();
        let lines: Vec<&str> = printed.lines().collect();
        let last = lines.get(lines.len().saturating_sub(20)..).unwrap_or_default();
        format!("the last it printed to `{}` was:\n{}", self.log.display(), last.join("\n"))
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

fn read(log: &Path) -> String {
    String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned()
}

/// Sends a signal, by the command of that name: the system call would need unsafe code or one more dependency.
fn send(signal: &str, process: u32) -> Result<()> {
    let status = Command::new("kill").arg(format!("-{signal}")).arg(process.to_string()).status();
    match status.context("`kill` cannot be started")?.success() {
        true => Ok(()),
        false => bail!("the signal `{signal}` could not be sent to process {process}"),
    }
}

/// A shell that waits for the end of this process and then kills a child of it. It learns of that end by a pipe which
/// the operating system closes, so that it works when a test is killed, and for servers in statics, which Rust
/// never drops. Its own process group keeps it alive when the runner signals the group of the test.
struct Guard(std::process::Child);

const GUARD: &str = r#"
trap '' HUP INT TERM
while read -r _; do :; done
# Politely first: a killed PostgreSQL would leave its shared memory behind.
kill -INT "$1"
for step in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" && sleep 0.2; done
kill -KILL "$1"
# Grandchildren need a moment to notice; until then they may still write.
[ -z "$2" ] || for attempt in 1 2 3 4 5; do rm -rf -- "$2" && break; sleep 1; done
"#;

impl Guard {
    fn over(process: u32, folder: Option<&Path>) -> Result<Self> {
        let mut shell = Command::new("sh");
        shell.args(["-c", GUARD, "guard", &process.to_string()]).arg(folder.unwrap_or(Path::new("")));
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        Ok(Self(shell.spawn().context("`sh` cannot be started")?))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Killed before its pipe closes, it does nothing: the child is gone already and its number may be another's.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
