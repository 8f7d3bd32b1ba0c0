//! What the measures are told of a service: what its bus and its book did, and now and then what stands in the book and
//! how much room is left.

use std::{path::Path, sync::Arc};

use bus::{Bus, Seen};
use db::{Backend, Db};
use runtime::metrics::{self, Database, OK, Pool, Room, Standing};
use sea_orm::{DatabaseTransaction, DbErr};
use tokio::time::Instant as Tick;
use wire::Instant;

use crate::{Platform, running::Shared};

/// The same platform, whose bus tells the measures what its calls and publications come to.
#[must_use]
pub fn measured(platform: &Platform) -> Platform {
    Platform { bus: measured_bus(&platform.bus), ..platform.clone() }
}

fn measured_bus(bus: &Bus) -> Bus {
    let courier = bus.courier();
    bus.observed(Arc::new(move |seen| match seen {
        Seen::Called { subject, error, took } => {
            metrics::call_sent(subject, error.unwrap_or(OK), took.as_secs_f64());
        }
        Seen::Published { publisher, error, took } => {
            metrics::published(courier, publisher, error.unwrap_or(OK), took.as_secs_f64());
        }
    }))
}

/// A service's book, telling the measures what it is asked, and the measures it tells.
pub(crate) fn measured_book(db: Db, service: &str) -> (Db, Arc<Database>) {
    let (system, writer) = match db.backend() {
        Backend::Sqlite => ("sqlite", "writer"),
        Backend::Postgres => ("postgresql", "both"),
    };
    let measures = Arc::new(Database::new(system, service));
    let told = Arc::clone(&measures);
    let db = db.observed(Arc::new(move |seen| match seen {
        db::Seen::Statement { operation, failed, took } => told.statement(operation, failed, took.as_secs_f64()),
        db::Seen::Begun { took } => told.begun(writer, took.as_secs_f64()),
    }));
    (db, measures)
}

/// Commits, and tells how long the disk took.
pub(crate) async fn commit(shared: &Shared, tx: DatabaseTransaction) -> Result<(), DbErr> {
    let begun = Tick::now();
    let committed = tx.commit().await;
    shared.measures.committed(committed.is_err(), begun.elapsed().as_secs_f64());
    committed
}

/// Works on a delivered message, and tells that it came and what became of it.
pub(crate) async fn processed<T, E>(
    shared: &Shared,
    publisher: &str,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let (courier, begun) = (shared.platform.bus.courier(), Tick::now());
    metrics::consumed(courier, publisher, shared.name());
    let done = work.await;
    let outcome = if done.is_ok() { OK } else { "failed" };
    metrics::processed(courier, publisher, shared.name(), outcome, begun.elapsed().as_secs_f64());
    done
}

/// Tells how the connections are used, what stands in the book and how much room is left.
pub(crate) async fn look(shared: &Shared) {
    for db::Pool { name, used, idle, most, pending } in shared.db.pools() {
        shared.measures.pool(Pool { name, used, idle, most, pending });
    }
    let now = shared.platform.clock.now();
    if let Ok(found) = shared.db.standing(now).await {
        metrics::standing(shared.name(), &standing(found, now));
    }
    let files = shared.platform.blobs.root().to_owned();
    let (name, book) = (shared.name().to_owned(), shared.db.path());
    // A disk that hangs must not hold up the tasks that share this thread.
    let looked = tokio::task::spawn_blocking(move || {
        room(&name, "files", &files);
        if let Some(book) = &book {
            room(&name, "database", book);
            metrics::files(&name, size(book), size(&db::wal_of(book)));
        }
    });
    if looked.await.is_err() {
        tracing::warn!(service = shared.name(), "looking at the disk panicked");
    }
}

fn standing(found: db::Standing, now: Instant) -> Standing {
    let seconds = |since: Option<Instant>| since.map_or(0.0, |since| now.since(since).as_secs_f64());
    Standing {
        dead_letters: found.dead_letters,
        jobs_due: found.jobs_due,
        jobs_late: seconds(found.jobs_due_since),
        jobs_parked: found.jobs_parked,
        unsealed: found.unsealed,
        unsealed_age: seconds(found.unsealed_since),
    }
}

/// A folder that cannot be looked at tells nothing; whoever needs it will say so.
fn room(service: &str, what: &'static str, path: &Path) {
    if let Ok(found) = Room::around(path) {
        metrics::room(service, what, found);
    }
}

/// The size of a file; a log that is not there has none.
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}
