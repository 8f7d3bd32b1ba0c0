//! Words by which outgoing documents are found; what came back, by the day on which it did.

use db::{column::text, migration::in_transaction};
use sea_orm::{
    ConnectionTrait, ExprTrait,
    prelude::Uuid,
    sea_query::{Expr, Query},
};
use sea_orm_migration::prelude::*;

use super::{
    migrations::{Guard, guard, index, unguard},
    outgoing_row::{Recipients, found_by},
};

/// Words of outgoing documents; two indexes.
#[derive(DeriveMigrationName)]
pub(crate) struct Searching;

#[async_trait::async_trait]
impl MigrationTrait for Searching {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let words = Table::alter().table(Alias::new("outgoing")).add_column(text("search").default("")).take();
        manager.alter_table(words).await?;
        // What was issued does not change; the words by which it is found are written once, here.
        unguard(manager, &[OUTGOING_FIXED]).await?;
        fill(manager).await?;
        guard(manager, &[OUTGOING_FIXED, OUTGOING_MASKED_NEW, OUTGOING_MASKED]).await?;
        manager.create_index(index("outgoing_dated", "outgoing", &["office_id", "dated", "id"])).await?;
        manager.create_index(index("history_act", "history", &["office_id", "act", "at", "id"])).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// Folds the words of the documents that are there.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = ["id", "symbol", "summary", "recipients"].map(Alias::new);
    let open = Expr::col(Alias::new("masked")).eq(false);
    let all = Query::select().columns(columns).from(Alias::new("outgoing")).and_where(open).take();
    for row in manager.get_connection().query_all(&all).await? {
        let (id, symbol): (Uuid, Option<String>) = (row.try_get("", "id")?, row.try_get("", "symbol")?);
        let (summary, Recipients(recipients)): (Option<String>, Recipients) =
            (row.try_get("", "summary")?, row.try_get("", "recipients")?);
        let search = found_by(false, symbol.as_deref(), summary.as_deref(), &recipients);
        let kept = Query::update()
            .table(Alias::new("outgoing"))
            .value(Alias::new("search"), search)
            .and_where(Expr::col(Alias::new("id")).eq(id))
            .take();
        manager.get_connection().execute(&kept).await?;
    }
    Ok(())
}

const OUTGOING_FIXED: Guard = Guard {
    name: "outgoing_fixed",
    table: "outgoing",
    event: "UPDATE",
    when: "new.id <> old.id OR new.office_id <> old.office_id OR new.version <> old.version + 1
            OR new.masked IS DISTINCT FROM old.masked OR old.state = 'voided'
            OR (old.state = 'issued' AND (new.state NOT IN ('issued', 'voided')
                OR new.number IS DISTINCT FROM old.number OR new.symbol IS DISTINCT FROM old.symbol
                OR new.register_id IS DISTINCT FROM old.register_id OR new.draft_id IS DISTINCT FROM old.draft_id
                OR new.draft_ordinal <> old.draft_ordinal OR new.genre <> old.genre OR new.genre_name <> old.genre_name
                OR new.body_code <> old.body_code OR new.summary IS DISTINCT FROM old.summary
                OR new.issuing_unit IS DISTINCT FROM old.issuing_unit
                OR new.issuing_unit_name IS DISTINCT FROM old.issuing_unit_name
                OR new.secrecy <> old.secrecy OR new.urgency <> old.urgency
                OR CAST(new.recipients AS TEXT) <> CAST(old.recipients AS TEXT)
                OR new.dated IS DISTINCT FROM old.dated OR new.signatory IS DISTINCT FROM old.signatory
                OR new.copies IS DISTINCT FROM old.copies OR new.issued_at IS DISTINCT FROM old.issued_at
                OR new.search <> old.search))",
    says: "an issued document does not change",
};

/// A masked document is found by no word.
const OUTGOING_MASKED_NEW: Guard = Guard {
    name: "outgoing_masked_new",
    table: "outgoing",
    event: "INSERT",
    when: "new.masked AND new.search <> ''",
    says: "a masked document has no words",
};

/// The same when it changes.
const OUTGOING_MASKED: Guard = Guard { name: "outgoing_masked", event: "UPDATE", ..OUTGOING_MASKED_NEW };

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Statement};
    use testbed::{Bench, Pair};

    use crate::store::migrations;

    /// The tables as they were before, with an issued document, a voided one and a masked one.
    const BEFORE: &str = concat!(
        "DROP INDEX outgoing_dated; DROP INDEX history_act;",
        "ALTER TABLE outgoing DROP COLUMN search;", // contract step: only here, to go back
        "INSERT INTO outgoing (id, office_id, version, state, genre, genre_name, body_code, secrecy, urgency, masked,
            draft_ordinal, recipients, summary, register_id, number, symbol) VALUES
        ({a}, {o}, 1, 'issued', 'g', 'g', 'ĐU', 'open', 'normal', FALSE, 1, '[{\"name\":\"Huyện ủy\"}]', 'Kế hoạch',
            {o}, 1, '01-CV/ĐU'),
        ({b}, {o}, 1, 'voided', 'g', 'g', 'ĐU', 'open', 'normal', FALSE, 1, '[]', 'Bỏ', NULL, NULL, NULL),
        ({c}, {o}, 1, 'issued', 'g', 'g', 'ĐU', 'secret', 'normal', TRUE, 1, '[]', NULL, {o}, 2, '02-CV/ĐU');
        DELETE FROM seaql_migrations WHERE version = 'm0013_searching';",
    );

    async fn filled(pair: Pair, [drop, forbid, quote]: [&str; 3]) {
        let bench = Bench::start(pair, vec![crate::service()]).await;
        let db = bench.service("documents").db();
        let id = |digit: &str| quote.replace("{}", &digit.repeat(32));
        let before = BEFORE.replace("{a}", &id("a")).replace("{b}", &id("b")).replace("{c}", &id("c"));
        let tx = db.begin().await.unwrap();
        for name in ["outgoing_fixed", "outgoing_masked_new", "outgoing_masked"] {
            tx.execute_unprepared(&drop.replace("{}", name)).await.unwrap();
        }
        tx.execute_unprepared(&before.replace("{o}", &id("0"))).await.unwrap();
        tx.execute_unprepared(forbid).await.unwrap();
        tx.commit().await.unwrap();

        db.migrate(migrations::all).await.unwrap();
        let asked = "SELECT search FROM outgoing ORDER BY number NULLS LAST".to_owned();
        let rows = db.reader().query_all_raw(Statement::from_string(db.reader().get_database_backend(), asked)).await;
        let found: Vec<String> = rows.unwrap().iter().map(|row| row.try_get("", "search").unwrap()).collect();
        assert_eq!(found, ["01 cv du ke hoach huyen uy", "", "bo"]);
        let tx = db.begin().await.unwrap();
        let changed = "UPDATE outgoing SET search = 'x', version = version + 1";
        let refused = tx.execute_unprepared(changed).await.unwrap_err().to_string();
        assert!(refused.contains("does not change") || refused.contains("has no words"), "{refused}");
        tx.rollback().await.unwrap();
        bench.finish().await;
    }

    #[tokio::test]
    async fn documents_that_are_there_are_found_afterwards_on_sqlite() {
        let forbid = "CREATE TRIGGER outgoing_fixed BEFORE UPDATE ON outgoing BEGIN SELECT RAISE(ABORT, 'no'); END;";
        filled(Pair::LocalSqlite, ["DROP TRIGGER {};", forbid, "x'{}'"]).await;
    }

    #[tokio::test]
    async fn documents_that_are_there_are_found_afterwards_on_postgres() {
        let forbid = "CREATE FUNCTION outgoing_fixed() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER outgoing_fixed BEFORE UPDATE ON outgoing FOR EACH ROW EXECUTE FUNCTION outgoing_fixed();";
        filled(Pair::LocalPostgres, ["DROP TRIGGER {} ON outgoing; DROP FUNCTION {}();", forbid, "'{}'"]).await;
    }
}
