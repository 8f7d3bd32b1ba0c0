//! Audit rows commit with the change they tell of; a sealer later orders them into an RFC 6962 log and signs its head.
//!
//! Sealing is apart from writing, so that no write waits for the log. A record holds ids, field names and salted hashes
//! of values, never values.

use sea_orm::{DatabaseBackend, DatabaseTransaction, DbErr};
use wire::Instant;

use crate::{
    Db, Row,
    merkle::{Frontier, leaf},
    sql,
};

/// One act as it is written down: the record's bytes are what the log proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The record: versioned JSON with sorted names.
    pub record: String,
    /// The salt of its value hashes, hex; kept beside the record so that a value can be proved later.
    pub salt: String,
    /// When.
    pub at: Instant,
}

/// A signed head of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many records it covers.
    pub size: u64,
    /// The signed note: the body that [`note_body`] makes, an empty line, and a signature line.
    pub note: String,
}

/// What a check of a log found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every record is in the tree that the last checkpoint signs.
    Sound {
        /// How many records the checkpoints cover.
        sealed: u64,
    },
    /// A record differs from the leaf that was sealed, or its place is wrong.
    RecordChanged {
        /// Its place in the log, from 0.
        place: u64,
    },
    /// A record is missing, or two claim one place.
    PlaceMissing {
        /// The place, from 0.
        place: u64,
    },
    /// A checkpoint's root is not the root of the records it covers.
    RootDiffers {
        /// The size of the checkpoint.
        size: u64,
    },
    /// Records have a place that no checkpoint signs: a place and its checkpoint are written in one transaction, so
    /// checkpoints were taken away.
    Unsigned {
        /// The first such place, from 0.
        from: u64,
    },
    /// A checkpoint's signature does not hold.
    SignatureBad {
        /// The size of the checkpoint.
        size: u64,
    },
    /// A checkpoint covers more records than there are: the log was cut or an old copy put back.
    Truncated {
        /// How many records the checkpoint covers.
        signed: u64,
        /// How many there are.
        found: u64,
    },
}

/// Writes an act down in the transaction of its change.
///
/// # Errors
/// When the database refuses.
pub async fn append(tx: &DatabaseTransaction, entry: &Entry) -> Result<(), DbErr> {
    let insert = "INSERT INTO audit (at, record, salt, leaf) VALUES ($1, $2, $3, $4)";
    let leaf = hex::encode(leaf(entry.record.as_bytes()));
    let values = [entry.at.micros().into(), entry.record.as_str().into(), entry.salt.as_str().into(), leaf.into()];
    sql::run(tx, insert, values).await.map(|_| ())
}

/// The text that a checkpoint signs: origin, size and root, one a line, as C2SP checkpoints have it.
#[must_use]
pub fn note_body(origin: &str, size: u64, root: &[u8; 32]) -> String {
    use base64::Engine as _;
    format!("{origin}\n{size}\n{}\n", base64::engine::general_purpose::STANDARD.encode(root))
}

impl Db {
    /// Seals records that have no place yet, oldest first, and signs the new head. `sign` gets the note's body and gives
    /// the whole note. Returns how many records were sealed.
    ///
    /// # Errors
    /// When the database refuses or the kept tree cannot be read.
    pub async fn seal(
        &self,
        origin: &str,
        now: Instant,
        sign: impl Fn(&str) -> String + Send + Sync,
    ) -> Result<u64, DbErr> {
        let waiting = "SELECT 1 AS v FROM audit WHERE place IS NULL LIMIT 1";
        if sql::row(self.reader(), waiting, []).await?.is_none() {
            return Ok(0);
        }
        let tx = self.begin().await?;
        let postgres = sea_orm::ConnectionTrait::get_database_backend(&tx) == DatabaseBackend::Postgres;
        let lock = if postgres { "FOR UPDATE" } else { "" };
        let state = sql::row(&tx, &format!("SELECT frontier FROM audit_tree {lock}"), []).await?;
        let mut tree = frontier(state)?;
        // One statement both gives the places and tells what it gave them to: rows that commit meanwhile are the next ones.
        let size = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        let place = "WITH ready AS (
                SELECT id AS row_id, row_number() OVER (ORDER BY id) AS nth FROM (
                    SELECT id FROM audit WHERE place IS NULL ORDER BY id LIMIT 1000) AS oldest)
            UPDATE audit SET place = $1 + nth - 1 FROM ready WHERE id = row_id RETURNING place, leaf";
        let mut rows = Vec::new();
        for row in sql::rows(&tx, place, [size.into()]).await? {
            rows.push((row.get::<i64>("place")?, row.get::<String>("leaf")?));
        }
        rows.sort_unstable();
        for (_, leaf) in &rows {
            tree.push(hash(leaf)?);
        }
        if rows.is_empty() {
            tx.rollback().await?;
            return Ok(0);
        }
        let size = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        let kept = serde_json::to_string(&tree).map_err(|error| DbErr::Json(error.to_string()))?;
        sql::run(&tx, "UPDATE audit_tree SET size = $1, frontier = $2", [size.into(), kept.into()]).await?;
        let note = sign(&note_body(origin, tree.size(), &tree.root()));
        let insert = "INSERT INTO audit_checkpoint (size, note, at) VALUES ($1, $2, $3)";
        sql::run(&tx, insert, [size.into(), note.into(), now.micros().into()]).await?;
        tx.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Proves or disproves this copy of the log: every sealed record against its leaf and place, every checkpoint against
    /// the tree and its signature. `signed` tells whether a whole note bears a good signature.
    ///
    /// # Errors
    /// When the copy cannot be read at all.
    pub async fn verify_audit(
        &self,
        origin: &str,
        signed: impl Fn(&str) -> bool + Send + Sync,
    ) -> Result<Verdict, DbErr> {
        let checkpoints = self.checkpoints().await?;
        let mut checkpoints = checkpoints.iter().peekable();
        let mut tree = Frontier::default();
        let mut signed_to = 0;
        loop {
            let page = self.sealed_records(tree.size()).await?;
            for (place, record, kept) in &page {
                if *place != tree.size() {
                    return Ok(Verdict::PlaceMissing { place: tree.size() });
                }
                let fresh = leaf(record.as_bytes());
                if hex::encode(fresh) != *kept {
                    return Ok(Verdict::RecordChanged { place: *place });
                }
                tree.push(fresh);
                while let Some(point) = checkpoints.next_if(|point| point.size == tree.size()) {
                    if !point.note.starts_with(&note_body(origin, point.size, &tree.root())) {
                        return Ok(Verdict::RootDiffers { size: point.size });
                    }
                    if !signed(&point.note) {
                        return Ok(Verdict::SignatureBad { size: point.size });
                    }
                    signed_to = point.size;
                }
            }
            if page.is_empty() {
                break;
            }
        }
        Ok(match checkpoints.next_back() {
            Some(last) => Verdict::Truncated { signed: last.size, found: tree.size() },
            None if signed_to != tree.size() => Verdict::Unsigned { from: signed_to },
            None => Verdict::Sound { sealed: tree.size() },
        })
    }

    /// Every signed head, smallest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, DbErr> {
        let rows = sql::rows(self.reader(), "SELECT size, note FROM audit_checkpoint ORDER BY size", []).await?;
        rows.iter().map(|row| Ok(Checkpoint { size: unsigned(row.get("size")?), note: row.get("note")? })).collect()
    }

    /// When the oldest record was written that no checkpoint covers yet, if there is one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn oldest_unsealed(&self) -> Result<Option<Instant>, DbErr> {
        let row = sql::row(self.reader(), "SELECT MIN(at) AS at FROM audit WHERE place IS NULL", []).await?;
        let at = row.map(|row| row.get::<Option<i64>>("at")).transpose()?.flatten();
        Ok(at.map(Instant::from_micros))
    }

    async fn sealed_records(&self, from: u64) -> Result<Vec<(u64, String, String)>, DbErr> {
        let query = "SELECT place, record, leaf FROM audit WHERE place >= $1 ORDER BY place LIMIT 1000";
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let rows = sql::rows(self.reader(), query, [from.into()]).await?;
        rows.iter().map(|row| Ok((unsigned(row.get("place")?), row.get("record")?, row.get("leaf")?))).collect()
    }
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn frontier(row: Option<Row>) -> Result<Frontier, DbErr> {
    let row = row.ok_or_else(|| DbErr::RecordNotFound("audit tree".to_owned()))?;
    let text: String = row.get("frontier")?;
    if text == "[]" {
        return Ok(Frontier::default());
    }
    serde_json::from_str(&text).map_err(|error| DbErr::Json(error.to_string()))
}

fn hash(text: &str) -> Result<[u8; 32], DbErr> {
    let bytes = hex::decode(text).map_err(|error| DbErr::Type(error.to_string()))?;
    bytes.try_into().map_err(|_| DbErr::Type("a leaf hash has 32 bytes".to_owned()))
}
