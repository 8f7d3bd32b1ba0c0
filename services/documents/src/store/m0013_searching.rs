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
