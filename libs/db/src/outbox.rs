//! The publisher's book of events. A row is written in the transaction that made its fact true; its number `(epoch,
//! seq)` is dense per publisher.
//!
//! SQLite has one writer, so the number is taken in that same transaction. PostgreSQL has many: there the relay numbers
//! the committed rows that have none, in the order in which they were emitted. That keeps cause before effect: whoever
//! emits for an aggregate holds its lock, so an earlier event of it was committed before the later one was emitted, and
//! every snapshot that shows the later one shows the earlier one too. A row that commits late is numbered late, and
//! never skipped.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Value};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;
use wire::{Envelope, Instant, Position};

use crate::{Db, Row, sql};

/// The most rows one reading returns.
pub const READ_LIMIT: u32 = 1_000;
/// The most rows that are numbered at once: a fraction of a second's work.
pub const NUMBER_LIMIT: u64 = 5_000;

/// An event about to be written down.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// Its own id.
    pub id: Uuid,
    /// Name and version.
    pub kind: &'static str,
    /// The noun it is about.
    pub aggregate: Uuid,
    /// The office whose row changed.
    pub office: Uuid,
    /// When.
    pub at: Instant,
    /// W3C trace context.
    pub trace: Option<String>,
    /// The fact.
    pub body: serde_json::Value,
}

/// A numbered event, ready to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The event's own id.
    pub id: Uuid,
    /// Name and version.
    pub kind: String,
    /// Its place.
    pub position: Position,
    /// W3C trace context.
    pub trace: Option<String>,
    /// The whole [`Envelope`] as JSON. The fact is in it as it was written down: nobody reads it on its way.
    pub text: String,
}

/// Where a publisher stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last number given.
    pub last: Position,
    /// The last number that the courier has taken over.
    pub sent: i64,
    /// The oldest number still kept in this epoch; what is older is had from snapshots.
    pub kept_from: i64,
}

/// Writes events down in the transaction of their changes, in this order.
///
/// # Errors
/// When the database refuses.
pub async fn emit(tx: &DatabaseTransaction, events: Vec<Fresh>) -> Result<(), DbErr> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let first = match tx.get_database_backend() {
        DatabaseBackend::Postgres => None,
        _ => {
            let taken = "UPDATE publisher SET next_seq = next_seq + $1 RETURNING epoch, next_seq - $1 AS seq";
            let row = sql::row(tx, taken, [count.into()]).await?.ok_or_else(missing_publisher)?;
            Some((row.get::<i64>("epoch")?, row.get::<i64>("seq")?))
        }
    };
    let mut numbered =
        (0_i64..).zip(events).map(|(place, event)| (first.map(|(epoch, seq)| (epoch, seq + place)), event));
    loop {
        let rows: Vec<_> = numbered.by_ref().take(ROWS_AT_ONCE).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let places = (0..rows.len()).map(placeholders).collect::<Vec<_>>().join(", ");
        let insert =
            format!("INSERT INTO outbox (event, epoch, seq, kind, aggregate, office, at, trace, body) VALUES {places}");
        sql::run(tx, &insert, rows.into_iter().flat_map(|(number, event)| values(number, event))).await?;
    }
}

/// How many rows one statement inserts; each takes nine parameters.
const ROWS_AT_ONCE: usize = 100;

fn placeholders(row: usize) -> String {
    let numbers = (1..=9).map(|column| format!("${}", row * 9 + column)).collect::<Vec<_>>();
    format!("({})", numbers.join(", "))
}

fn values(number: Option<(i64, i64)>, event: Fresh) -> [Value; 9] {
    [
        event.id.into(),
        number.map(|(epoch, _)| epoch).into(),
        number.map(|(_, seq)| seq).into(),
        event.kind.into(),
        event.aggregate.into(),
        event.office.into(),
        event.at.micros().into(),
        event.trace.into(),
        event.body.to_string().into(),
    ]
}

fn missing_publisher() -> DbErr {
    DbErr::RecordNotFound("publisher row".to_owned())
}

impl Db {
    /// Gives numbers to committed rows that have none yet, at most [`NUMBER_LIMIT`]; returns how many. Does nothing on
    /// SQLite.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn number_events(&self) -> Result<u64, DbErr> {
        if self.writer().get_database_backend() != DatabaseBackend::Postgres {
            return Ok(0);
        }
        let waiting = "SELECT 1 AS v FROM outbox WHERE seq IS NULL LIMIT 1";
        if sql::row(self.reader(), waiting, []).await?.is_none() {
            return Ok(0);
        }
        let tx = self.begin().await?;
        sql::rows(&tx, "SELECT one FROM publisher FOR UPDATE", []).await?;
        // By its place (`ctid`), which costs less than by its id: whoever may move a row that waits holds this lock.
        let number = format!(
            "WITH ready AS (
                SELECT tid, row_number() OVER (ORDER BY id) AS place FROM (
                    SELECT ctid AS tid, id FROM outbox WHERE seq IS NULL ORDER BY id LIMIT {NUMBER_LIMIT}) AS oldest)
            UPDATE outbox SET epoch = publisher.epoch, seq = publisher.next_seq + ready.place - 1
            FROM ready, publisher WHERE outbox.ctid = ready.tid"
        );
        let numbered = sql::run(&tx, &number, []).await?;
        let taken = i64::try_from(numbered).unwrap_or(i64::MAX);
        sql::run(&tx, "UPDATE publisher SET next_seq = next_seq + $1", [taken.into()]).await?;
        tx.commit().await?;
        Ok(numbered)
    }

    /// How many committed events have no number yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unnumbered_events(&self) -> Result<i64, DbErr> {
        let row = sql::row(self.reader(), "SELECT COUNT(*) AS n FROM outbox WHERE seq IS NULL", []).await?;
        row.map_or(Ok(0), |row| row.get("n"))
    }

    /// Where this publisher stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn head(&self) -> Result<Head, DbErr> {
        let query = "SELECT epoch, next_seq, sent_seq, kept_from FROM publisher";
        let row = sql::row(self.reader(), query, []).await?.ok_or_else(missing_publisher)?;
        let epoch = i32::try_from(row.get::<i64>("epoch")?).unwrap_or(i32::MAX);
        Ok(Head {
            last: Position { epoch, seq: row.get::<i64>("next_seq")? - 1 },
            sent: row.get("sent_seq")?,
            kept_from: row.get("kept_from")?,
        })
    }

    /// Numbered events after a place of the present epoch, lowest first, at most `limit`.
    ///
    /// # Errors
    /// When the database refuses or a row cannot be read.
    pub async fn events_after(&self, seq: i64, limit: u32) -> Result<Vec<Envelope>, DbErr> {
        self.rows_after(seq, limit).await?.iter().map(envelope).collect()
    }

    /// As [`Db::events_after`], for handing over.
    ///
    /// # Errors
    /// As [`Db::events_after`].
    pub async fn lines_after(&self, seq: i64, limit: u32) -> Result<Vec<Line>, DbErr> {
        self.rows_after(seq, limit).await?.iter().map(line).collect()
    }

    async fn rows_after(&self, seq: i64, limit: u32) -> Result<Vec<Row>, DbErr> {
        // The epoch is asked for by itself: joined, PostgreSQL sorts everything that waits for each page of it.
        let query =
            "SELECT * FROM outbox WHERE epoch = (SELECT epoch FROM publisher) AND seq > $1 ORDER BY seq LIMIT $2";
        let limit = i64::from(limit.min(READ_LIMIT));
        sql::rows(self.reader(), query, [seq.into(), limit.into()]).await
    }

    /// The event at a place, when it is kept. The last one that every consumer has passed always is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn event_at(&self, place: Position) -> Result<Option<Uuid>, DbErr> {
        let query = "SELECT event FROM outbox WHERE epoch = $1 AND seq = $2";
        let row = sql::row(self.reader(), query, [i64::from(place.epoch).into(), place.seq.into()]).await?;
        row.map(|row| row.get("event")).transpose()
    }

    /// When the oldest event was made that the courier has not taken, as far as the book knows; nothing when all are.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn waiting_since(&self) -> Result<Option<Instant>, DbErr> {
        let numbered = "SELECT at FROM outbox WHERE epoch = (SELECT epoch FROM publisher)
            AND seq > (SELECT sent_seq FROM publisher) ORDER BY seq LIMIT 1";
        let unnumbered = "SELECT at FROM outbox WHERE seq IS NULL ORDER BY id LIMIT 1";
        for query in [numbered, unnumbered] {
            if let Some(row) = sql::row(self.reader(), query, []).await? {
                return Ok(Some(Instant::from_micros(row.get("at")?)));
            }
        }
        Ok(None)
    }

    /// Notes that the courier has everything up to a number.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mark_sent(&self, position: Position) -> Result<(), DbErr> {
        let tx = self.begin().await?;
        let update = "UPDATE publisher SET sent_seq = $1 WHERE epoch = $2 AND sent_seq < $1";
        sql::run(&tx, update, [position.seq.into(), i64::from(position.epoch).into()]).await?;
        tx.commit().await
    }

    /// Notes how far a consumer has come, so that nothing it still needs is dropped.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_subscriber(&self, consumer: &str, position: Position, now: Instant) -> Result<(), DbErr> {
        let tx = self.begin().await?;
        let upsert = "INSERT INTO subscriber (consumer, epoch, seq, seen_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (consumer) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, seen_at = excluded.seen_at";
        let values = [consumer.into(), i64::from(position.epoch).into(), position.seq.into(), now.micros().into()];
        sql::run(&tx, upsert, values).await?;
        tx.commit().await
    }

    /// Drops events older than `before` that every known consumer has passed, but not the last of them: by it the
    /// slowest consumer and this publisher tell that they speak of the same events. A consumer that was not heard of
    /// since `heard` does not count: should it come back, it begins from a snapshot. Returns how many went.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn prune_events(&self, before: Instant, heard: Instant) -> Result<u64, DbErr> {
        let tx = self.begin().await?;
        let passed = "SELECT publisher.epoch AS epoch, MIN(publisher.sent_seq, COALESCE(
                (SELECT MIN(seq) FROM subscriber WHERE subscriber.epoch = publisher.epoch AND seen_at >= $1),
                publisher.sent_seq)) AS seq
            FROM publisher";
        let passed = match self.backend() {
            crate::Backend::Sqlite => passed.to_owned(),
            crate::Backend::Postgres => passed.replace("AS epoch, MIN(", "AS epoch, LEAST("),
        };
        let row = sql::row(&tx, &passed, [heard.micros().into()]).await?.ok_or_else(missing_publisher)?;
        let (epoch, seq) = (row.get::<i64>("epoch")?, row.get::<i64>("seq")?);
        let delete = "DELETE FROM outbox WHERE id IN (
            SELECT id FROM outbox WHERE at < $1 AND (epoch < $2 OR (epoch = $2 AND seq < $3)) ORDER BY id LIMIT 1000)";
        let gone = sql::run(&tx, delete, [before.micros().into(), epoch.into(), seq.into()]).await?;
        if gone > 0 {
            let keep = "UPDATE publisher SET kept_from =
                COALESCE((SELECT MIN(seq) FROM outbox WHERE epoch = publisher.epoch), next_seq)";
            sql::run(&tx, keep, []).await?;
        }
        tx.commit().await?;
        Ok(gone)
    }

    /// Begins a new epoch: numbers given before mean nothing any more, because this database is an older copy.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin_epoch(&self, after: i32) -> Result<Position, DbErr> {
        let tx = self.begin().await?;
        let update = "UPDATE publisher SET epoch = $1, next_seq = 1, sent_seq = 0, kept_from = 1 WHERE epoch <= $2";
        sql::run(&tx, update, [i64::from(after.saturating_add(1)).into(), i64::from(after).into()]).await?;
        tx.commit().await?;
        Ok(self.head().await?.last)
    }
}

fn envelope(row: &Row) -> Result<Envelope, DbErr> {
    serde_json::from_str(&line(row)?.text).map_err(|error| DbErr::Json(error.to_string()))
}

/// [`Envelope`] with its fact as it was written down.
#[derive(Serialize)]
struct Written<'a> {
    id: Uuid,
    #[serde(rename = "type")]
    kind: &'a str,
    epoch: i32,
    seq: i64,
    aggregate: Uuid,
    office: Uuid,
    at: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<&'a str>,
    body: Box<RawValue>,
}

fn line(row: &Row) -> Result<Line, DbErr> {
    let json = |error: serde_json::Error| DbErr::Json(error.to_string());
    let (id, kind): (Uuid, String) = (row.get("event")?, row.get("kind")?);
    let position =
        Position { epoch: i32::try_from(row.get::<i64>("epoch")?).unwrap_or(i32::MAX), seq: row.get("seq")? };
    let trace: Option<String> = row.get("trace")?;
    let written = Written {
        id,
        kind: &kind,
        epoch: position.epoch,
        seq: position.seq,
        aggregate: row.get("aggregate")?,
        office: row.get("office")?,
        at: Instant::from_micros(row.get("at")?),
        trace: trace.as_deref(),
        body: RawValue::from_string(row.get("body")?).map_err(json)?,
    };
    let text = serde_json::to_string(&written).map_err(json)?;
    Ok(Line { id, kind, position, trace, text })
}
