//! Idempotency: a write first claims its key, so that a concurrent twin waits for it and then gets the first answer.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use wire::Instant;

use crate::{Db, sql};

/// What identifies one attempt: the same key of the same principal on the same subject is the same attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The subject of the call.
    pub subject: String,
    /// Who asks, so that guessing a key does not read another's answer.
    pub principal: String,
    /// The key the client chose.
    pub key: String,
    /// SHA-256 of the body without its sealed fields, hex.
    pub body_hash: String,
}

/// What became of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It is ours: do the work.
    Fresh,
    /// It was done before: this was the answer.
    Answered(String),
    /// The key was used with another body.
    OtherBody,
}

/// Claims a key, waiting for a concurrent twin to end.
///
/// # Errors
/// When the database refuses.
pub async fn claim(tx: &DatabaseTransaction, key: &Key, now: Instant) -> Result<Claimed, DbErr> {
    let insert = "INSERT INTO claim (subject, principal, idempotency_key, body_hash, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING";
    let values = [
        key.subject.as_str().into(),
        key.principal.as_str().into(),
        key.key.as_str().into(),
        key.body_hash.as_str().into(),
        now.micros().into(),
    ];
    if sql::run(tx, insert, values).await? == 1 {
        return Ok(Claimed::Fresh);
    }
    // A row without a reply cannot be seen here: the claim and its reply are committed together.
    Ok(seen(tx, key).await?.unwrap_or(Claimed::OtherBody))
}

/// What is known of a key, if it was used.
///
/// # Errors
/// When the database refuses.
pub async fn seen<C: ConnectionTrait>(conn: &C, key: &Key) -> Result<Option<Claimed>, DbErr> {
    let query = "SELECT body_hash, reply FROM claim WHERE subject = $1 AND principal = $2 AND idempotency_key = $3";
    let values = [key.subject.as_str().into(), key.principal.as_str().into(), key.key.as_str().into()];
    let Some(row) = sql::row(conn, query, values).await? else { return Ok(None) };
    if row.get::<String>("body_hash")? != key.body_hash {
        return Ok(Some(Claimed::OtherBody));
    }
    Ok(row.get::<Option<String>>("reply")?.map(Claimed::Answered))
}

/// Keeps the answer, in the transaction of the work.
///
/// # Errors
/// When the database refuses.
pub async fn store_reply(tx: &DatabaseTransaction, key: &Key, reply: &str) -> Result<(), DbErr> {
    let update = "UPDATE claim SET reply = $4 WHERE subject = $1 AND principal = $2 AND idempotency_key = $3";
    let values = [key.subject.as_str().into(), key.principal.as_str().into(), key.key.as_str().into(), reply.into()];
    sql::run(tx, update, values).await.map(|_| ())
}

impl Db {
    /// Forgets answers older than `before`, a bounded number at a time; returns how many went.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn prune_claims(&self, before: Instant) -> Result<u64, DbErr> {
        let tx = self.begin().await?;
        let delete = "DELETE FROM claim WHERE (subject, principal, idempotency_key) IN (
            SELECT subject, principal, idempotency_key FROM claim WHERE at < $1 ORDER BY at LIMIT 1000)";
        let gone = sql::run(&tx, delete, [before.micros().into()]).await?;
        tx.commit().await?;
        Ok(gone)
    }
}

/// Gives a claimed key back, in the transaction that claimed it.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &DatabaseTransaction, key: &Key) -> Result<(), DbErr> {
    let delete = "DELETE FROM claim WHERE subject = $1 AND principal = $2 AND idempotency_key = $3";
    let values = [key.subject.as_str().into(), key.principal.as_str().into(), key.key.as_str().into()];
    sql::run(tx, delete, values).await.map(|_| ())
}
