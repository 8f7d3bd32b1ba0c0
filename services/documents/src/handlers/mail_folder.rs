//! The folders by which mail comes and statuses go: listing, reading, removing, setting apart, writing.

use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::fs;
use wire::Instant;

use crate::domain::attachment;

/// What cannot be taken stands here, with the reason beside it.
const QUARANTINE: &str = "quarantine";
/// Endings of files that somebody is still writing.
const UNFINISHED: [&str; 4] = ["part", "tmp", "crdownload", "filepart"];
/// How long a file has rested before it is taken for whole.
const RESTED: Duration = Duration::from_secs(2);
/// The most files that one look counts, so that it ends in a folder of any size.
const COUNTED: usize = 100_000;

/// A file that lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lying {
    /// Where.
    pub(crate) path: PathBuf,
    /// Its name, made harmless.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// When it was last written.
    pub(crate) since: Instant,
    /// Whether it is a plain file and no link to one.
    pub(crate) is_plain: bool,
}

/// The files in a folder that nobody writes any more, the oldest first. What begins with a dot is passed over.
///
/// # Errors
/// When the folder is not there, or cannot be read.
pub(crate) async fn lying(folder: &Path, now: Instant) -> io::Result<Vec<Lying>> {
    let mut entries = fs::read_dir(folder).await?;
    let mut found = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if name.starts_with('.') || UNFINISHED.contains(&ending.as_str()) {
            continue;
        }
        // A file may be gone between the two looks.
        let Ok(about) = fs::symlink_metadata(&path).await else { continue };
        if about.is_dir() {
            continue;
        }
        let since = moment(about.modified()?);
        // A moment to come is that of another clock; waiting for it would lose the file.
        if since > now || now.since(since) >= RESTED {
            let name = attachment::name(&name);
            found.push(Lying { path, name, size: about.len(), since, is_plain: about.is_file() });
        }
        if found.len() >= COUNTED {
            break;
        }
    }
    found.sort_by(|one, other| (one.since, &one.path).cmp(&(other.since, &other.path)));
    Ok(found)
}

/// A moment of the file system.
fn moment(time: SystemTime) -> Instant {
    let passed = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_micros(i64::try_from(passed.as_micros()).unwrap_or(i64::MAX))
}

/// How many files stand in the quarantine of a folder, their reasons not counted.
pub(crate) async fn quarantined(folder: &Path) -> u32 {
    let Ok(mut entries) = fs::read_dir(folder.join(QUARANTINE)).await else { return 0 };
    let mut count: u32 = 0;
    while let Ok(Some(entry)) = entries.next_entry().await {
        let is_reason = entry.path().to_string_lossy().ends_with(REASON);
        count = count.saturating_add(u32::from(!is_reason));
    }
    count
}

/// How the file with a reason ends.
const REASON: &str = ".ly-do.txt";

/// Puts a file into the quarantine of its folder, with the reason beside it. A file of the same name that stands there is
/// not overwritten.
///
/// # Errors
/// When the disk refuses.
pub(crate) async fn set_apart(folder: &Path, file: &Lying, reason: &str) -> io::Result<()> {
    let quarantine = folder.join(QUARANTINE);
    fs::create_dir_all(&quarantine).await?;
    let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut place = quarantine.join(&name);
    for time in 1..1_000 {
        if fs::symlink_metadata(&place).await.is_err() {
            break;
        }
        place = quarantine.join(format!("{time}-{name}"));
    }
    let told = place.to_string_lossy().into_owned() + REASON;
    fs::write(told, reason).await?;
    fs::rename(&file.path, &place).await
}

/// Removes a file that was taken.
///
/// # Errors
/// When the disk refuses.
pub(crate) async fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Writes a file so that whoever looks sees all of it or nothing.
///
/// # Errors
/// When the disk refuses.
pub(crate) async fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let (unfinished, whole) = (folder.join(format!(".{name}.tmp")), folder.join(name));
    let file = fs::File::create(&unfinished).await?;
    fs::write(&unfinished, bytes).await?;
    file.sync_all().await?;
    fs::rename(&unfinished, &whole).await
}

/// Whether files can be written there.
pub(crate) async fn is_writable(folder: &Path) -> bool {
    let trial = folder.join(".vanphong-thu-ghi.tmp");
    let can = fs::write(&trial, b"").await.is_ok();
    can && fs::remove_file(&trial).await.is_ok()
}
