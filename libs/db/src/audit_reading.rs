//! Acts as readers ask for them: an office at a time, newest first. An office's acts lie together in an index, so that a
//! reader neither waits for those of other offices nor learns from the waiting how many there are.

use sea_orm::{DbErr, Value};
use uuid::Uuid;
use wire::Instant;

use crate::{Backend, Db, sql};

/// Which acts of an office.
#[derive(Clone, Debug)]
pub struct Asked {
    /// From this moment on.
    pub from: Instant,
    /// Before this moment.
    pub until: Instant,
    /// Only those older than this one: its moment and leaf.
    pub before: Option<(Instant, String)>,
    /// Only those whose record has these values, as text, under these names.
    pub having: Vec<(&'static str, String)>,
    /// At most so many.
    pub limit: u16,
}

/// An act as it stands in the book.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// When.
    pub at: Instant,
    /// Its leaf hash, hex: with the moment, its place in the order of readers.
    pub leaf: String,
    /// The record, JSON.
    pub record: String,
    /// Whether it has a place in the signed log.
    pub sealed: bool,
}

/// The newest signed head of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// When it was signed.
    pub at: Instant,
    /// The signed note.
    pub note: String,
}

impl Db {
    /// Acts of an office, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn acts_of(&self, office: Uuid, asked: &Asked) -> Result<Vec<Kept>, DbErr> {
        let mut values: Vec<Value> =
            vec![office.to_string().into(), asked.from.micros().into(), asked.until.micros().into()];
        let mut place = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let mut query = format!(
            "SELECT at, leaf, record, place FROM audit WHERE {} = $1 AND at >= $2 AND at < $3",
            self.of_record("office")
        );
        if let Some((at, leaf)) = &asked.before {
            let (at, leaf) = (place(at.micros().into()), place(leaf.as_str().into()));
            query += &format!(" AND at <= {at} AND (at < {at} OR leaf < {leaf})");
        }
        for (name, value) in &asked.having {
            let value = place(value.as_str().into());
            query += &format!(" AND {} = {value}", self.of_record(name));
        }
        let limit = place(i64::from(asked.limit).into());
        query += &format!(" ORDER BY at DESC, leaf DESC LIMIT {limit}");
        let rows = sql::rows(self.reader(), &query, values).await?;
        let kept = |row: &crate::Row| {
            Ok(Kept {
                at: Instant::from_micros(row.get("at")?),
                leaf: row.get("leaf")?,
                record: row.get("record")?,
                sealed: row.get::<Option<i64>>("place")?.is_some(),
            })
        };
        rows.iter().map(kept).collect()
    }

    /// Whether people act in offices other than these. What services do by themselves, such as loading the directory,
    /// tells of nobody. It goes from office to office through the index, never over the acts themselves.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn others_act(&self, offices: &[Uuid]) -> Result<bool, DbErr> {
        let (office, by) = (self.of_record("office"), self.of_record("by"));
        let next = |after: &str| {
            format!("SELECT {office} AS office FROM audit WHERE {office} > {after} ORDER BY {office} LIMIT 1")
        };
        let ours: Vec<String> = (1..=offices.len()).map(|place| format!("${place}")).collect();
        let query = format!(
            "WITH RECURSIVE known(office) AS (SELECT office FROM ({}) AS lowest
                UNION ALL SELECT ({}) FROM known WHERE known.office IS NOT NULL)
            SELECT office FROM known WHERE office IS NOT NULL AND office NOT IN ({})
                AND EXISTS (SELECT 1 FROM audit WHERE {office} = known.office AND {by} NOT LIKE 'service:%') LIMIT 1",
            next("''"),
            next("known.office"),
            ours.join(", "),
        );
        let values = offices.iter().map(|office| Value::from(office.to_string()));
        Ok(sql::row(self.reader(), &query, values).await?.is_some())
    }

    /// The newest signed head of the log, when there is one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn last_checkpoint(&self) -> Result<Option<Signed>, DbErr> {
        let query = "SELECT at, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1";
        let row = sql::row(self.reader(), query, []).await?;
        row.map(|row| Ok(Signed { at: Instant::from_micros(row.get("at")?), note: row.get("note")? })).transpose()
    }

    /// How many events of each publisher were put aside.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn parked_by_publisher(&self) -> Result<Vec<(String, u64)>, DbErr> {
        let query = "SELECT publisher, COUNT(*) AS n FROM dead_letter GROUP BY publisher ORDER BY publisher";
        let rows = sql::rows(self.reader(), query, []).await?;
        let count = |row: &crate::Row| Ok((row.get("publisher")?, u64::try_from(row.get::<i64>("n")?).unwrap_or(0)));
        rows.iter().map(count).collect()
    }

    /// A value of the record, as the index has it.
    fn of_record(&self, name: &str) -> String {
        match self.backend() {
            Backend::Sqlite => format!("json_extract(record, '$.{name}')"),
            Backend::Postgres => format!("((record::jsonb) ->> '{name}')"),
        }
    }
}
