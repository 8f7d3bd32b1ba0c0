//! Runs the service's jobs when they are due: one at a time, each run one transaction.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use db::jobs::{self, Leased};
use futures_util::FutureExt as _;
use tracing::Instrument as _;

use crate::{Read, Result, Write, consuming::own_frame, measuring, running::Shared, table::JobFn};

/// How long a worker may hold a job; a run is one transaction, and those end within a second.
const LEASE: Duration = Duration::from_secs(60);
/// How often a job is tried before it is parked for an operator.
const ATTEMPTS: i64 = 8;
/// The longest the worker sleeps without looking: other replicas enqueue too.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Puts the recurring jobs in the book, once each.
pub(crate) async fn seed(shared: &Shared) -> Result<()> {
    let tx = shared.db.begin().await?;
    for name in &shared.service.recurring {
        let id = runtime::clock::fresh_id();
        jobs::enqueue(&tx, id, name, Some(name), "null", shared.platform.clock.now()).await?;
    }
    Ok(tx.commit().await?)
}

/// Works until the process stops.
pub(crate) async fn run(shared: Arc<Shared>) {
    let stopping = shared.platform.life.stopping();
    tokio::pin!(stopping);
    loop {
        let worked = work_once(&shared).await;
        if shared.platform.life.is_stopping() {
            return;
        }
        let wait = match worked {
            Ok(true) => continue,
            Ok(false) => until_next(&shared).await,
            Err(error) => {
                tracing::error!(service = shared.name(), error = format!("{error:#}"), "cannot look for jobs");
                LOOK_EVERY
            }
        };
        tokio::select! {
            () = &mut stopping => return,
            () = shared.wake_worker.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn until_next(shared: &Shared) -> Duration {
    let due = shared.db.next_due().await.ok().flatten();
    due.map_or(LOOK_EVERY, |due| due.since(shared.platform.clock.now()).clamp(Duration::from_millis(5), LOOK_EVERY))
}

/// Runs the job that has been due longest; false when none is due.
async fn work_once(shared: &Arc<Shared>) -> Result<bool> {
    let now = shared.platform.clock.now();
    let Some(job) = shared.db.lease_job(now, now.plus(LEASE)).await? else { return Ok(false) };
    let begun = tokio::time::Instant::now();
    let span = tracing::info_span!("job", service = shared.name(), kind = job.kind.as_str());
    let result = match shared.service.jobs.get(&job.kind) {
        Some(handler) => {
            let run = AssertUnwindSafe(run_one(shared, handler, &job).instrument(span)).catch_unwind().await;
            run.unwrap_or_else(|_| Err(anyhow::anyhow!("the job panicked")))
        }
        None => Err(anyhow::anyhow!("no handler for jobs of this kind")),
    };
    let word = if result.is_ok() { "ok" } else { "failed" };
    runtime::metrics::job(shared.name(), &job.kind, word, begun.elapsed().as_secs_f64());
    if let Err(error) = result {
        let why = format!("{error:#}");
        tracing::error!(
            service = shared.name(),
            kind = job.kind.as_str(),
            attempt = job.attempts,
            error = why,
            "a job failed"
        );
        let now = shared.platform.clock.now();
        // A recurring job is never parked: tomorrow's sweep does not depend on today's.
        let recurring = shared.service.recurring.contains(&job.kind);
        let retry = (recurring || job.attempts < ATTEMPTS).then(|| now.plus(pause(job.attempts)));
        shared.db.fail_job(&job, &why, retry, now).await?;
    }
    Ok(true)
}

async fn run_one(shared: &Arc<Shared>, handler: &JobFn, job: &Leased) -> Result<()> {
    let frame = own_frame(shared, &format!("{}.job.{}", shared.name(), job.kind), false)?;
    let now = frame.now;
    let work = handler(Read { now, frame: Arc::clone(&frame) }, job.payload.clone()).await?;
    let tx = Arc::new(shared.db.begin().await?);
    let next = work(Write { now, frame, tx: Arc::clone(&tx) }).await?;
    let tx = Arc::into_inner(tx).ok_or_else(|| anyhow::anyhow!("the job kept its context past its end"))?;
    let ours = match next {
        None => jobs::finish(&tx, job).await?,
        Some((payload, due)) => jobs::again(&tx, job, &payload, due).await?,
    };
    if !ours {
        // Another worker took the job over after our lease ran out; what it does counts.
        tx.rollback().await?;
        return Ok(());
    }
    measuring::commit(shared, tx).await?;
    shared.wake_relay.notify_one();
    Ok(())
}

fn pause(attempts: i64) -> Duration {
    let exponent = u32::try_from(attempts.clamp(1, 10)).unwrap_or(10);
    Duration::from_millis(500) * 2_u32.pow(exponent)
}
