//! Answers how a service is: each part it leans on, by the same bounds as the rules that wake an operator
//! (`docs/watching.md`).

use std::{path::PathBuf, sync::Arc, time::Duration};

use db::inbox;
use futures_util::future::join_all;
use runtime::metrics::Room;
use wire::{GetHealth, HealthPart, HealthRow, HealthState, Instant, ServiceHealth};

use crate::{
    Read, Result,
    builtin::{POSITION, StandsAt, WhereAreYou},
    consuming,
    proving::sees_all,
    running::Shared,
};

/// A database that takes longer to answer is slow.
const SLOW: Duration = Duration::from_secs(1);
/// Events and acts that wait longer should be looked at.
const MINUTE: Duration = Duration::from_secs(60);
/// So should jobs.
const FIVE_MINUTES: Duration = Duration::from_secs(300);
/// From here on nothing passes any more.
const HALF_AN_HOUR: Duration = Duration::from_secs(1_800);
/// A consumer that has more to apply is behind.
const BEHIND: u64 = 1_000;
/// How long a publisher is waited for.
const PATIENCE: Duration = Duration::from_millis(1_000);

/// Answers [`GetHealth`].
pub(crate) async fn get(cx: Read, _: GetHealth) -> Result<ServiceHealth> {
    let (shared, now) = (&cx.frame.shared, cx.now);
    let mut parts = vec![database(shared).await, courier(shared), outbox(shared, now).await?];
    parts.extend(join_all(shared.service.listens_to().map(|publisher| consumer(shared, publisher))).await);
    parts.extend(dead_letters(shared).await?);
    parts.extend(waiting(shared, now).await?);
    parts.extend(rooms(shared).await);
    if !sees_all(&cx.frame).await? {
        for part in &mut parts {
            (part.waiting, part.took_ms, part.free_bytes) = (None, None, None);
        }
    }
    let state = parts.iter().map(|part| part.state).max().unwrap_or(HealthState::Good);
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(ServiceHealth { state, version, started: shared.started, now, parts })
}

fn row(part: HealthPart, state: HealthState) -> HealthRow {
    HealthRow { part, of: None, state, waiting: None, took_ms: None, free_bytes: None }
}

fn millis(time: Duration) -> Option<u64> {
    u64::try_from(time.as_millis()).ok()
}

/// Late after the first bound, bad after the second.
fn by_age(age: Duration, late: Duration, bad: Duration) -> HealthState {
    match age {
        age if age > bad => HealthState::Bad,
        age if age > late => HealthState::Late,
        _ => HealthState::Good,
    }
}

async fn database(shared: &Shared) -> HealthRow {
    let begun = tokio::time::Instant::now();
    let answers = shared.db.answers().await;
    let took = begun.elapsed();
    let state = if answers { by_age(took, SLOW, HALF_AN_HOUR) } else { HealthState::Bad };
    HealthRow { took_ms: millis(took), ..row(HealthPart::Database, state) }
}

fn courier(shared: &Shared) -> HealthRow {
    let state = if shared.platform.bus.is_up() { HealthState::Good } else { HealthState::Bad };
    row(HealthPart::Courier, state)
}

async fn outbox(shared: &Shared, now: Instant) -> Result<HealthRow> {
    let (head, unnumbered) = (shared.db.head().await?, shared.db.unnumbered_events().await?);
    let waiting = head.last.seq.saturating_sub(head.sent).saturating_add(unnumbered);
    let age = shared.db.waiting_since().await?.map_or(Duration::ZERO, |since| now.since(since));
    Ok(HealthRow {
        waiting: u64::try_from(waiting).ok(),
        took_ms: millis(age),
        ..row(HealthPart::Outbox, by_age(age, MINUTE, HALF_AN_HOUR))
    })
}

/// A publisher that does not say where it stands is not known to be ahead; it answers for itself.
async fn consumer(shared: &Arc<Shared>, publisher: &str) -> HealthRow {
    let here = inbox::position(shared.db.reader(), publisher).await.ok().flatten();
    let asking = consuming::ask::<_, StandsAt>(shared, publisher, POSITION, &WhereAreYou { at: None });
    let there = tokio::time::timeout(PATIENCE, asking).await.ok().and_then(Result::ok);
    let lag = there.map(|there| {
        let here = here.filter(|here| here.epoch == there.last.epoch).map_or(0, |here| here.seq);
        u64::try_from(there.last.seq.saturating_sub(here)).unwrap_or(0)
    });
    let state = if lag.is_some_and(|lag| lag <= BEHIND) { HealthState::Good } else { HealthState::Late };
    HealthRow { of: Some(publisher.to_owned()), waiting: lag, ..row(HealthPart::Consumer, state) }
}

async fn dead_letters(shared: &Shared) -> Result<Vec<HealthRow>> {
    let parked = shared.db.parked_by_publisher().await?;
    if parked.is_empty() {
        return Ok(vec![HealthRow { waiting: Some(0), ..row(HealthPart::DeadLetters, HealthState::Good) }]);
    }
    let late = |(publisher, waiting)| HealthRow {
        of: Some(publisher),
        waiting: Some(waiting),
        ..row(HealthPart::DeadLetters, HealthState::Late)
    };
    Ok(parked.into_iter().map(late).collect())
}

async fn waiting(shared: &Shared, now: Instant) -> Result<[HealthRow; 3]> {
    let found = shared.db.standing(now).await?;
    let age = |since: Option<Instant>| since.map_or(Duration::ZERO, |since| now.since(since));
    let (jobs, seal) = (age(found.jobs_due_since), age(found.unsealed_since));
    let parked = if found.jobs_parked == 0 { HealthState::Good } else { HealthState::Late };
    Ok([
        HealthRow {
            waiting: Some(found.jobs_due),
            took_ms: millis(jobs),
            ..row(HealthPart::Jobs, by_age(jobs, FIVE_MINUTES, HALF_AN_HOUR))
        },
        HealthRow { waiting: Some(found.jobs_parked), ..row(HealthPart::ParkedJobs, parked) },
        HealthRow {
            waiting: Some(found.unsealed),
            took_ms: millis(seal),
            ..row(HealthPart::Seal, by_age(seal, MINUTE, FIVE_MINUTES))
        },
    ])
}

/// The disks of files and database. A disk that hangs must not hold up the tasks that share this thread.
async fn rooms(shared: &Shared) -> Vec<HealthRow> {
    let disks = [("files", Some(shared.platform.blobs.root().to_owned())), ("database", shared.db.path())];
    let look = move || disks.into_iter().filter_map(|(of, path)| Some((of, path?))).filter_map(room).collect();
    tokio::task::spawn_blocking(look).await.unwrap_or_default()
}

fn room((of, path): (&str, PathBuf)) -> Option<HealthRow> {
    let Room { free, limit } = Room::around(&path).ok()?;
    let state = match free.saturating_mul(100) {
        free if free < limit.saturating_mul(5) => HealthState::Bad,
        free if free < limit.saturating_mul(15) => HealthState::Late,
        _ => HealthState::Good,
    };
    Some(HealthRow { of: Some(of.to_owned()), free_bytes: Some(free), ..row(HealthPart::Room, state) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_long_is_late_and_then_bad() {
        let after = |seconds| by_age(Duration::from_secs(seconds), MINUTE, HALF_AN_HOUR);
        assert_eq!(
            [60, 61, 1_800, 1_801].map(after),
            [HealthState::Good, HealthState::Late, HealthState::Late, HealthState::Bad]
        );
    }
}
