//! The servers are real, set as production demands, and gone with the test, however it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod killed;
mod nats;
mod postgres;
mod process;

use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);

/// Whether a process of this number runs; one that only waits for its parent to take notice does not.
fn runs(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
}
