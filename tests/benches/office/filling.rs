//! Databases filled with a million documents in minutes: a trigger of the filling connection does for each number what
//! the service does, one after the other, so that every guard of the schema looks at every row.

use std::{str::FromStr as _, time::Duration};

use anyhow::Result;
use db::DbSettings;
use sqlx::{
    AssertSqlSafe, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// Rows of a transaction.
const AT_ONCE: u64 = 10_000;

/// Columns of an incoming document, and what a filled one has there; the others are those of the document that is there.
const INCOMING: [(&str, &str); 32] = [
    ("id", "@id"),
    ("office_id", ""),
    ("version", ""),
    ("register_id", ""),
    ("number", "(SELECT last FROM register WHERE register.id = incoming.register_id)"),
    ("arrived", "@day"),
    ("registered_at", ""),
    ("state", ""),
    ("void_reason", ""),
    ("secrecy", ""),
    ("urgency", ""),
    ("masked", ""),
    ("author_body", ""),
    ("author_unit", ""),
    ("symbol", "new.n || '-CV/VPTU'"),
    ("document_day", "@day"),
    ("genre_name", ""),
    ("summary", ""),
    ("pages", ""),
    ("note", ""),
    ("duplicate_of", ""),
    ("disposition", ""),
    ("due_stated", ""),
    ("due", ""),
    ("due_reason", ""),
    ("desk_unit", ""),
    ("desk_unit_name", ""),
    ("desk_position", ""),
    ("desk_since", ""),
    ("author_key", ""),
    ("symbol_key", "new.n || '-cv/vptu'"),
    ("search", "new.n || ' ' || search"),
];

/// Ids as the service makes them: ordered by time, then by chance. The day: 400 documents on each, the last a year ago.
const ID: &str = "unhex(printf('%012x7000%04x%012x', 1600000000000 + new.n, 32768 + new.n % 16384, new.n))";
const DAY: &str = "date('2018-01-01', '+' || (new.n / 400) || ' days')";

/// Fills the register of the one document that is there up to this many numbers.
pub(crate) async fn documents(settings: &DbSettings, count: u64) -> Result<()> {
    let mut connection = connect(settings).await?;
    let columns = INCOMING.map(|(name, _)| name).join(", ");
    let values = INCOMING.map(|(name, value)| if value.is_empty() { name } else { value }).join(", ");
    let feed = format!(
        "CREATE TEMP TABLE pattern AS SELECT id, register_id FROM incoming LIMIT 1;
         CREATE TEMP VIEW feed AS SELECT 0 AS n;
         CREATE TEMP TRIGGER feed_one INSTEAD OF INSERT ON feed BEGIN
           UPDATE register SET last = last + 1 WHERE id = (SELECT register_id FROM pattern);
           INSERT INTO incoming ({columns}) SELECT {values} FROM incoming WHERE id = (SELECT id FROM pattern);
           INSERT INTO register_entry (register_id, number, office_id, state, kind, day, incoming_id, at)
             SELECT register_id, number, office_id, 'registered', 'incoming', arrived, id, registered_at
             FROM incoming WHERE id = @id;
           INSERT INTO history (id, office_id, document_id, at, by_person, act, particulars)
             SELECT @id, office_id, @id, at + new.n, by_person, act, particulars
             FROM history WHERE document_id = (SELECT id FROM pattern) LIMIT 1;
           INSERT INTO latch (office_id, name) SELECT office_id,
             'paper ' || document_day || ' ' || symbol_key || ' ' || author_key FROM incoming WHERE id = @id;
         END"
    );
    run(&mut connection, &feed.replace("@id", ID).replace("@day", DAY)).await?;
    for from in (1..count).step_by(AT_ONCE as usize) {
        let to = (from + AT_ONCE).min(count);
        run(&mut connection, &numbers(from, to, "INSERT INTO feed (n) SELECT n FROM numbers")).await?;
        if from % (AT_ONCE * 10) == 1 {
            eprintln!("  filling: {to} of {count} documents");
        }
    }
    Ok(connection.close().await?)
}

/// Adds units to the office of a unit, below that unit.
pub(crate) async fn units(settings: &DbSettings, below: &str, count: u64) -> Result<()> {
    let mut connection = connect(settings).await?;
    let below = below.replace('-', "");
    for from in (0..count).step_by(AT_ONCE as usize) {
        let to = (from + AT_ONCE).min(count);
        let insert = format!(
            "INSERT INTO unit (id, office_id, version)
               SELECT @id, office_id, 1 FROM numbers AS new, unit WHERE id = x'{below}'"
        );
        run(&mut connection, &numbers(from, to, &insert.replace("@id", ID))).await?;
        let insert = format!(
            "INSERT INTO unit_version (unit_id, office_id, from_day, name, folded, parent_id)
               SELECT @id, office_id, from_day, 'Bộ phận thử nghiệm số ' || new.n, 'bo phan thu nghiem so ' || new.n,
               unit_id FROM numbers AS new, unit_version WHERE unit_id = x'{below}'"
        );
        run(&mut connection, &numbers(from, to, &insert.replace("@id", ID))).await?;
    }
    Ok(connection.close().await?)
}

/// A statement that works upon the numbers from one to before another.
fn numbers(from: u64, to: u64, statement: &str) -> String {
    format!(
        "WITH RECURSIVE numbers(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {to}) {statement}"
    )
}

/// What is filled need not outlive a power cut: nothing is synced here.
async fn connect(settings: &DbSettings) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::from_str(&settings.url)?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Off)
        .busy_timeout(Duration::from_secs(60))
        .foreign_keys(true)
        .pragma("cache_size", "-200000");
    Ok(SqliteConnection::connect_with(&options).await?)
}

async fn run(connection: &mut SqliteConnection, sql: &str) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await?;
    Ok(())
}
