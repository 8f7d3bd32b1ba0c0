//! What can go wrong with a file, in the words an operator can act on.

use std::fmt;
use std::io;
use std::path::Path;

/// Why the store did not do what was asked.
#[derive(Debug)]
pub enum Error {
    /// The upload is larger than the limit it was staged with.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// No file of that hash stands there (any more).
    Missing {
        /// SHA-256 of the content asked for, hex.
        hash: String,
    },
    /// The bytes on disk are not those that were stored.
    Altered {
        /// SHA-256 of the content as it was stored, hex.
        hash: String,
    },
    /// A picture that cannot be read as its format says, so that what was written into it cannot be left out.
    Picture {
        /// SHA-256 of the content, hex.
        hash: String,
        /// What is wrong with it, as the end of a sentence.
        why: &'static str,
    },
    /// The range asked for begins at or behind the end of the file.
    OutOfRange {
        /// The size of the file in bytes.
        size: u64,
    },
    /// A service, office or hash that cannot be one.
    BadKey {
        /// Which of the three: `service`, `office` or `hash`.
        part: &'static str,
        /// The text that was given.
        given: String,
    },
    /// The disk is full, or the quota is used up: reading goes on, writing is refused.
    NoSpace,
    /// The disk itself failed, or a sync did: what was written may be lost. See [`Error::must_stop`].
    Disk {
        /// What was being done, with the path.
        doing: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// Any other failure of the operating system.
    Io {
        /// What was being done, with the path.
        doing: String,
        /// What the operating system said.
        source: io::Error,
    },
}

/// `EIO`, the operating system's word for a failed disk, which [`io::ErrorKind`] has no stable name for.
const EIO: i32 = 5;

impl Error {
    /// Whether the process must stop rather than carry on: after a failed sync the kernel may have dropped the
    /// pages it could not write, so that trying again would report success for bytes that are gone.
    #[must_use]
    pub fn must_stop(&self) -> bool {
        matches!(self, Self::Disk { .. })
    }

    /// Sorts a failure of `doing` something to `path`.
    pub(crate) fn io(doing: &str, path: &Path, source: io::Error) -> Self {
        let doing = format!("{doing} `{}`", path.display());
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace,
            _ if source.raw_os_error() == Some(EIO) => Self::Disk { doing, source },
            _ => Self::Io { doing, source },
        }
    }

    /// Sorts a failure to sync `path`, which is never harmless.
    pub(crate) fn sync(path: &Path, source: io::Error) -> Self {
        match Self::io("syncing", path, source) {
            Self::Io { doing, source } => Self::Disk { doing, source },
            other => other,
        }
    }

    /// Sorts a failure of `object_store` to read or remove the file of this hash.
    pub(crate) fn object(hash: &str, error: object_store::Error) -> Self {
        if let object_store::Error::NotFound { .. } = error {
            return Self::Missing { hash: hash.to_owned() };
        }
        Self::reading(format!("reading the file of hash `{hash}`"), error)
    }

    /// Sorts a failure of `object_store` to list an area.
    pub(crate) fn listing(error: object_store::Error) -> Self {
        Self::reading("listing files".to_owned(), error)
    }

    fn reading(doing: String, error: object_store::Error) -> Self {
        let failed = is_disk_failure(&error);
        let source = io::Error::other(error);
        if failed { Self::Disk { doing, source } } else { Self::Io { doing, source } }
    }
}

/// Whether the operating system reported a failed disk anywhere in a chain of errors.
fn is_disk_failure(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |link| link.source())
        .filter_map(|link| link.downcast_ref::<io::Error>())
        .any(|found| found.raw_os_error() == Some(EIO))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the file is larger than {limit} bytes; send a smaller one"),
            Self::Missing { hash } => write!(f, "no file of hash `{hash}` is stored here; upload it again"),
            Self::Altered { hash } => {
                write!(f, "the file of hash `{hash}` is not what was stored; restore it from a backup")
            }
            Self::Picture { hash, why } => {
                write!(f, "the picture of hash `{hash}` cannot be shown without its metadata: {why}; save it anew")
            }
            Self::OutOfRange { size } => write!(f, "the range begins behind the end of the file at {size} bytes"),
            Self::BadKey { part, given } => write!(f, "`{given}` is no {part} of a stored file"),
            Self::NoSpace => f.write_str("the disk of the file store is full; free some space"),
            Self::Disk { doing, .. } => write!(f, "the disk failed while {doing}; check it before starting again"),
            Self::Io { doing, .. } => write!(f, "failed while {doing}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } | Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_sync_or_disk_must_stop_the_process_and_a_full_disk_must_not() {
        let path = Path::new("staging/x");
        let os = io::Error::from_raw_os_error;
        const ENOSPC: i32 = 28;
        const EACCES: i32 = 13;
        assert!(Error::sync(path, os(EACCES)).must_stop());
        assert!(Error::io("writing", path, os(EIO)).must_stop());
        assert!(!Error::io("writing", path, os(EACCES)).must_stop());
        assert!(matches!(Error::io("writing", path, os(ENOSPC)), Error::NoSpace));
        assert!(matches!(Error::sync(path, os(ENOSPC)), Error::NoSpace));
    }

    #[test]
    fn the_words_of_the_operating_system_are_found_below_those_of_object_store() {
        let deep = |code| object_store::Error::Generic {
            store: "LocalFileSystem",
            source: Box::new(io::Error::from_raw_os_error(code)),
        };
        assert!(Error::object("aa", deep(EIO)).must_stop());
        assert!(matches!(Error::object("aa", deep(13)), Error::Io { .. }));
    }
}
