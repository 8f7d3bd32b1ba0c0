//! The consumer's side: how far it has come with each publisher, and what it could not apply.
//!
//! A position moves in the transaction of the effect, so an event has its effect exactly once. An event that cannot be
//! applied parks its aggregate: it and what follows for the same noun wait in the dead-letter table, and the rest goes on.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr};
use uuid::Uuid;
use wire::{Envelope, Instant, Position};

use crate::{Db, Row, sql};

/// An event that could not be applied, or that waits behind one.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// Who published it.
    pub publisher: String,
    /// The event.
    pub envelope: Envelope,
    /// Why it was parked.
    pub error: String,
    /// When.
    pub at: Instant,
}

/// How far a consumer has come, and which event it found there. A publisher that names another event at the same place
/// was put back from an older copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The place.
    pub position: Position,
    /// The event at that place, when it is known.
    pub event: Option<Uuid>,
}

/// Where this consumer stands with a publisher; nothing when it never began.
///
/// # Errors
/// When the database refuses.
pub async fn stand<C: ConnectionTrait>(conn: &C, publisher: &str) -> Result<Option<Stand>, DbErr> {
    let query = "SELECT epoch, seq, event, event_epoch, event_seq FROM consumed WHERE publisher = $1";
    let Some(row) = sql::row(conn, query, [publisher.into()]).await? else { return Ok(None) };
    let (epoch, seq) = (row.get::<i64>("epoch")?, row.get::<i64>("seq")?);
    let known =
        row.get::<Option<i64>>("event_epoch")? == Some(epoch) && row.get::<Option<i64>>("event_seq")? == Some(seq);
    let event = if known { row.get("event")? } else { None };
    Ok(Some(Stand { position: Position { epoch: i32::try_from(epoch).unwrap_or(i32::MAX), seq }, event }))
}

/// How far this consumer has come with a publisher; nothing when it never began.
///
/// # Errors
/// When the database refuses.
pub async fn position<C: ConnectionTrait>(conn: &C, publisher: &str) -> Result<Option<Position>, DbErr> {
    Ok(stand(conn, publisher).await?.map(|stand| stand.position))
}

/// [`position`], locked until the transaction ends, so that two processes of one consumer take turns.
///
/// # Errors
/// When the database refuses.
pub async fn locked_position(tx: &DatabaseTransaction, publisher: &str) -> Result<Option<Position>, DbErr> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        sql::rows(tx, "SELECT seq FROM consumed WHERE publisher = $1 FOR UPDATE", [publisher.into()]).await?;
    }
    position(tx, publisher).await
}

/// Moves the position, in the transaction of the effect.
///
/// # Errors
/// When the database refuses.
pub async fn advance(tx: &DatabaseTransaction, publisher: &str, to: Stand) -> Result<(), DbErr> {
    let upsert = "INSERT INTO consumed (publisher, epoch, seq, event, event_epoch, event_seq)
        VALUES ($1, $2, $3, $4, $2, $3)
        ON CONFLICT (publisher) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
            event = excluded.event, event_epoch = excluded.event_epoch, event_seq = excluded.event_seq";
    let Stand { position: Position { epoch, seq }, event } = to;
    sql::run(tx, upsert, [publisher.into(), i64::from(epoch).into(), seq.into(), event.into()]).await.map(|_| ())
}

/// Whether an aggregate of a publisher is parked.
///
/// # Errors
/// When the database refuses.
pub async fn is_parked<C: ConnectionTrait>(conn: &C, publisher: &str, aggregate: Uuid) -> Result<bool, DbErr> {
    let query = "SELECT 1 AS v FROM dead_letter WHERE publisher = $1 AND aggregate = $2 LIMIT 1";
    Ok(sql::row(conn, query, [publisher.into(), aggregate.into()]).await?.is_some())
}

/// Parks an event.
///
/// # Errors
/// When the database refuses.
pub async fn park(
    tx: &DatabaseTransaction,
    publisher: &str,
    event: &Envelope,
    error: &str,
    now: Instant,
) -> Result<(), DbErr> {
    let insert = "INSERT INTO dead_letter (event, publisher, aggregate, epoch, seq, kind, envelope, error, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (event) DO UPDATE SET error = excluded.error";
    let text = serde_json::to_string(event).map_err(|error| DbErr::Json(error.to_string()))?;
    let values = [
        event.id.into(),
        publisher.into(),
        event.aggregate.into(),
        i64::from(event.position.epoch).into(),
        event.position.seq.into(),
        event.kind.as_str().into(),
        text.into(),
        error.into(),
        now.micros().into(),
    ];
    sql::run(tx, insert, values).await.map(|_| ())
}

/// Takes an event out of the dead-letter table, in the transaction in which it is applied after all. False when it was
/// not there: then it must not be applied.
///
/// # Errors
/// When the database refuses.
pub async fn unpark(tx: &DatabaseTransaction, event: Uuid) -> Result<bool, DbErr> {
    Ok(sql::run(tx, "DELETE FROM dead_letter WHERE event = $1", [event.into()]).await? == 1)
}

/// Forgets what is parked from the epochs of a publisher before this one: the snapshot that is read instead says what
/// became of those nouns.
///
/// # Errors
/// When the database refuses.
pub async fn forget_parked(tx: &DatabaseTransaction, publisher: &str, before: i32) -> Result<u64, DbErr> {
    let delete = "DELETE FROM dead_letter WHERE publisher = $1 AND epoch < $2";
    sql::run(tx, delete, [publisher.into(), i64::from(before).into()]).await
}

impl Db {
    /// Parked events, first of each aggregate first; of one aggregate when named.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn dead_letters(&self, aggregate: Option<Uuid>, limit: u32) -> Result<Vec<DeadLetter>, DbErr> {
        let order = "ORDER BY publisher, epoch, seq LIMIT";
        let limit = i64::from(limit).into();
        let rows = match aggregate {
            None => sql::rows(self.reader(), &format!("SELECT * FROM dead_letter {order} $1"), [limit]).await?,
            Some(aggregate) => {
                let query = format!("SELECT * FROM dead_letter WHERE aggregate = $1 {order} $2");
                sql::rows(self.reader(), &query, [aggregate.into(), limit]).await?
            }
        };
        rows.iter().map(dead_letter).collect()
    }
}

fn dead_letter(row: &Row) -> Result<DeadLetter, DbErr> {
    let envelope: String = row.get("envelope")?;
    Ok(DeadLetter {
        publisher: row.get("publisher")?,
        envelope: serde_json::from_str(&envelope).map_err(|error| DbErr::Json(error.to_string()))?,
        error: row.get("error")?,
        at: Instant::from_micros(row.get("at")?),
    })
}
