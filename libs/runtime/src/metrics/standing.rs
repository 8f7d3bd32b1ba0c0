//! What stands still in a service's book and on its disk, looked at now and then.

use std::{io, path::Path};

use opentelemetry::KeyValue;

use super::measures;

/// What waits or lies in a service's book.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// Events put aside because applying them failed.
    pub dead_letters: u64,
    /// Jobs whose time has come.
    pub jobs_due: u64,
    /// Seconds since the time of the oldest of them came.
    pub jobs_late: f64,
    /// Jobs put aside because they failed too often.
    pub jobs_parked: u64,
    /// Audit records without a place in the signed log.
    pub unsealed: u64,
    /// Seconds since the oldest of them was written.
    pub unsealed_age: f64,
}

/// The room on a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes that may still be written.
    pub free: u64,
    /// Its size in bytes.
    pub limit: u64,
}

impl Room {
    /// Of the disk that a file or folder lies on.
    ///
    /// # Errors
    /// When it is not there or may not be looked at.
    pub fn around(path: &Path) -> io::Result<Self> {
        let disk = rustix::fs::statvfs(path)?;
        let bytes = |blocks: u64| blocks.saturating_mul(disk.f_frsize);
        Ok(Self { free: bytes(disk.f_bavail), limit: bytes(disk.f_blocks) })
    }
}

/// Tells what stands in the book of `service`.
pub fn standing(service: &str, standing: &Standing) {
    let labels = [service_label(service)];
    measures().each(|set| {
        set.dead_letters.record(standing.dead_letters, &labels);
        set.jobs_due.record(standing.jobs_due, &labels);
        set.jobs_late.record(standing.jobs_late, &labels);
        set.jobs_parked.record(standing.jobs_parked, &labels);
        set.unsealed.record(standing.unsealed, &labels);
        set.unsealed_age.record(standing.unsealed_age, &labels);
    });
}

/// Tells how large the file of a service's database is and how large its log, in bytes.
pub fn files(service: &str, database: u64, wal: u64) {
    let labels = [service_label(service)];
    measures().each(|set| {
        set.database_size.record(database, &labels);
        set.wal_size.record(wal, &labels);
    });
}

/// Tells how much room is left where `service` keeps `what`, such as `files`.
pub fn room(service: &str, what: &'static str, room: Room) {
    let labels = [service_label(service), KeyValue::new("vanphong.storage", what)];
    measures().each(|set| {
        set.storage_free.record(room.free, &labels);
        set.storage_limit.record(room.limit, &labels);
    });
}

fn service_label(service: &str) -> KeyValue {
    KeyValue::new("vanphong.service", service.to_owned())
}
