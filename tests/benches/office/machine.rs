//! What this machine can do by itself, how busy it is, and how much memory a process takes.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    time::Instant,
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// What is written and hashed at once, in bytes.
pub(crate) const CHUNK: usize = 64 * 1024;

/// The load averages of 1, 5 and 15 minutes; not numbers where the system does not tell.
pub(crate) fn load() -> [f64; 3] {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut numbers = told.split_whitespace().map_while(|word| word.parse().ok());
    [(); 3].map(|()| numbers.next().unwrap_or(f64::NAN))
}

/// How many processors there are.
pub(crate) fn cpus() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// How fast one core hashes, in MB/s, over this many bytes.
pub(crate) fn hash_speed(bytes: u64) -> f64 {
    let chunk = vec![0x5a_u8; CHUNK];
    let begun = Instant::now();
    let mut hash = Sha256::new();
    (0..bytes / CHUNK as u64).for_each(|_| hash.update(&chunk));
    assert_ne!(hash.finalize()[..], [0; 32][..]);
    megabytes_a_second(bytes, begun)
}

/// How fast a file of this many bytes is written and synced in a folder, in MB/s.
pub(crate) fn disk_speed(folder: &Path, bytes: u64) -> Result<f64> {
    let path = folder.join("speed");
    let chunk = vec![0xa5_u8; CHUNK];
    let begun = Instant::now();
    let mut file = File::create(&path)?;
    for _ in 0..bytes / CHUNK as u64 {
        file.write_all(&chunk)?;
    }
    file.sync_all()?;
    let speed = megabytes_a_second(bytes, begun);
    fs::remove_file(path)?;
    Ok(speed)
}

/// Megabytes a second since a moment.
pub(crate) fn megabytes_a_second(bytes: u64, begun: Instant) -> f64 {
    bytes as f64 / 1e6 / begun.elapsed().as_secs_f64()
}

/// A line of `/proc/PID/status` in MB, such as `VmRSS` or `VmHWM`.
pub(crate) fn memory(process: u32, line: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let told = status.lines().find_map(|told| told.strip_prefix(line)?.strip_prefix(':')?.split_whitespace().next());
    Ok(told.context("the system tells no such memory")?.parse::<f64>()? * 1024.0 / 1e6)
}

/// Lets the peak of a process's memory begin anew.
pub(crate) fn forget_peak(process: u32) -> Result<()> {
    Ok(fs::write(format!("/proc/{process}/clear_refs"), "5")?)
}

/// The first child of a process.
pub(crate) fn child_of(process: u32) -> Result<u32> {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"))?;
    Ok(children.split_whitespace().next().context("the process has no child")?.parse()?)
}
