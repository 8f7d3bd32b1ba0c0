//! Durable jobs: what is due later waits in the service's own database, and a lease says who works on it.
//!
//! A job's work and its end are one transaction. A worker that lost its lease finds its token changed and commits nothing.

use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;
use wire::Instant;

use crate::{Backend, Db, sql};

/// A job taken on lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    /// Its id.
    pub id: Uuid,
    /// What kind of work it is.
    pub kind: String,
    /// What it needs to know, as JSON.
    pub payload: String,
    /// How often it was begun, this time included.
    pub attempts: i64,
    /// The token that must still stand when the work commits.
    pub lease: i64,
}

/// Puts work in the book, in the transaction that wants it done. A `name` makes it the only one of that name.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(
    tx: &DatabaseTransaction,
    id: Uuid,
    kind: &str,
    name: Option<&str>,
    payload: &str,
    due: Instant,
) -> Result<(), DbErr> {
    let insert = "INSERT INTO job (id, kind, name, payload, due, attempts) VALUES ($1, $2, $3, $4, $5, 0)
        ON CONFLICT (name) DO NOTHING";
    let values = [id.into(), kind.into(), name.into(), payload.into(), due.micros().into()];
    sql::run(tx, insert, values).await.map(|_| ())
}

/// Ends a job, in the transaction of its work. False when the lease was lost: the caller must roll back.
///
/// # Errors
/// When the database refuses.
pub async fn finish(tx: &DatabaseTransaction, job: &Leased) -> Result<bool, DbErr> {
    let delete = "DELETE FROM job WHERE id = $1 AND lease = $2";
    Ok(sql::run(tx, delete, [job.id.into(), job.lease.into()]).await? == 1)
}

/// Puts a job off to a later moment with what it then needs to know, in the transaction of its work. False when the
/// lease was lost.
///
/// # Errors
/// When the database refuses.
pub async fn again(tx: &DatabaseTransaction, job: &Leased, payload: &str, due: Instant) -> Result<bool, DbErr> {
    let update = "UPDATE job SET payload = $3, due = $4, lease = NULL, attempts = 0, error = NULL
        WHERE id = $1 AND lease = $2";
    let values = [job.id.into(), job.lease.into(), payload.into(), due.micros().into()];
    Ok(sql::run(tx, update, values).await? == 1)
}

impl Db {
    /// Takes the job that has been due longest, for as long as `until`. Nothing when none is due.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lease_job(&self, now: Instant, until: Instant) -> Result<Option<Leased>, DbErr> {
        let due = "SELECT id FROM job WHERE parked IS NULL AND due <= $1 AND (lease IS NULL OR lease < $1)
            ORDER BY due, id LIMIT 1";
        if sql::row(self.reader(), due, [now.micros().into()]).await?.is_none() {
            return Ok(None);
        }
        let skip = if self.backend() == Backend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
        let take = format!(
            "UPDATE job SET lease = $2, attempts = attempts + 1 WHERE id = ({due} {skip}) RETURNING id, kind, payload, attempts"
        );
        let tx = self.begin().await?;
        let row = sql::row(&tx, &take, [now.micros().into(), until.micros().into()]).await?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Leased {
            id: row.get("id")?,
            kind: row.get("kind")?,
            payload: row.get("payload")?,
            attempts: row.get("attempts")?,
            lease: until.micros(),
        }))
    }

    /// Gives a failed job back: to be tried again at `retry`, or parked when that is nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn fail_job(&self, job: &Leased, error: &str, retry: Option<Instant>, now: Instant) -> Result<(), DbErr> {
        let tx = self.begin().await?;
        let update = "UPDATE job SET lease = NULL, error = $3, due = COALESCE($4, due), parked = $5
            WHERE id = $1 AND lease = $2";
        let values = [
            job.id.into(),
            job.lease.into(),
            error.into(),
            retry.map(Instant::micros).into(),
            retry.is_none().then(|| now.micros()).into(),
        ];
        sql::run(&tx, update, values).await?;
        tx.commit().await
    }

    /// When the next job is due, if any waits.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn next_due(&self) -> Result<Option<Instant>, DbErr> {
        let query = "SELECT MIN(CASE WHEN lease IS NULL OR lease < due THEN due ELSE lease END) AS due FROM job
            WHERE parked IS NULL";
        let row = sql::row(self.reader(), query, []).await?;
        let due = row.map(|row| row.get::<Option<i64>>("due")).transpose()?.flatten();
        Ok(due.map(Instant::from_micros))
    }

    /// How many jobs are parked because they failed too often.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn parked_jobs(&self) -> Result<i64, DbErr> {
        let row = sql::row(self.reader(), "SELECT COUNT(*) AS n FROM job WHERE parked IS NOT NULL", []).await?;
        row.map_or(Ok(0), |row| row.get("n"))
    }
}
