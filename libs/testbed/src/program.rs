//! Where the servers' programs are: named by a variable, on the search path, or where `./test servers` puts them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The oldest usable server: earlier ones can lose what they acknowledged.
const NATS_NEEDED: [u32; 3] = [2, 15, 1];
/// The oldest PostgreSQL that is supported.
const POSTGRES_NEEDED: u32 = 15;

/// The program `nats-server`, at least 2.15.1.
pub(crate) fn nats_server() -> Result<PathBuf> {
    let private = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/servers/nats-server");
    let named = std::env::var_os("VANPHONG_NATS_SERVER").map(PathBuf::from);
    let candidates = named.into_iter().chain(on_path("nats-server")).chain([private]);
    let good = |program: &PathBuf| version(program).is_some_and(|found| found.as_slice() >= NATS_NEEDED.as_slice());
    candidates.into_iter().find(good).context(
        "no `nats-server` 2.15.1 or later was found; run `./test servers`, or name one in $VANPHONG_NATS_SERVER",
    )
}

/// The folder that holds `initdb` and `postgres`, at least 15.
pub(crate) fn postgres() -> Result<PathBuf> {
    let named = std::env::var_os("VANPHONG_PG_BIN").map(PathBuf::from);
    let on_path = on_path("postgres").filter_map(|program| Some(program.parent()?.to_owned()));
    let candidates = named.into_iter().chain(on_path).chain(packaged());
    let good = |folder: &PathBuf| {
        let new_enough = version(&folder.join("postgres")).is_some_and(|found| found.first() >= Some(&POSTGRES_NEEDED));
        new_enough && folder.join("initdb").exists()
    };
    candidates.into_iter().find(good).context(
        "no PostgreSQL 15 or later was found; install the package `postgresql`, or name the folder of `initdb` and \
         `postgres` in $VANPHONG_PG_BIN",
    )
}

/// Where Debian and its kin keep PostgreSQL, off the search path, the newest first.
fn packaged() -> impl Iterator<Item = PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    folders.sort();
    folders.into_iter().rev().map(|(_, folder)| folder)
}

fn on_path(program: &'static str) -> impl Iterator<Item = PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.into_iter().map(move |folder| folder.join(program)).filter(|candidate| candidate.is_file())
}

fn version(program: &Path) -> Option<Vec<u32>> {
    let printed = Command::new(program).arg("--version").output().ok()?.stdout;
    numbers(&String::from_utf8(printed).ok()?)
}

/// The first dotted number in what a program prints of itself.
fn numbers(printed: &str) -> Option<Vec<u32>> {
    let word = printed.split_whitespace().map(|word| word.trim_start_matches('v'));
    let mut numbered = word.filter(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    // A release candidate (`16rc1`) counts by its leading digits.
    let leading = |part: &str| part.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
    numbered.next()?.split('.').map(leading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_programs_print() {
        assert_eq!(numbers("nats-server: v2.15.1\n"), Some(vec![2, 15, 1]));
        assert_eq!(numbers("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(vec![15, 18]));
        assert_eq!(numbers("postgres (PostgreSQL) 18beta1"), Some(vec![18]));
        assert_eq!(numbers("no number"), None);
        assert!(vec![2, 9, 10].as_slice() < NATS_NEEDED.as_slice());
        assert!(vec![2, 16].as_slice() >= NATS_NEEDED.as_slice());
    }
}
