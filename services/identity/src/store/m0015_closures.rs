//! Days on which offices are shut by decision. Nothing of them is deleted; only cancelling changes one, once.

use db::{
    column::{day, id, number, short, table, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::{index, office_stays};

const SQLITE_GUARDS: &str = "
CREATE TRIGGER office_closure_stays BEFORE DELETE ON office_closure
BEGIN SELECT RAISE(ABORT, 'closures are history'); END;
CREATE TRIGGER office_closure_fixed BEFORE UPDATE ON office_closure
WHEN old.cancelled_on IS NOT NULL OR old.first_day <> new.first_day OR old.last_day <> new.last_day
  OR old.reason <> new.reason OR old.instrument <> new.instrument OR old.known_on <> new.known_on
BEGIN SELECT RAISE(ABORT, 'closures are history'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION office_closure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR old.cancelled_on IS NOT NULL OR old.first_day <> new.first_day
       OR old.last_day <> new.last_day OR old.reason <> new.reason OR old.instrument <> new.instrument
       OR old.known_on <> new.known_on THEN
        RAISE EXCEPTION 'closures are history';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER office_closure_fixed BEFORE UPDATE OR DELETE ON office_closure
FOR EACH ROW EXECUTE FUNCTION office_closure_guard();";

/// When offices are shut.
pub(super) struct Closures;

impl MigrationName for Closures {
    fn name(&self) -> &'static str {
        "m015_closures"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Closures {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut closure = table("office_closure");
        closure
            .col(id("id"))
            .col(uuid("office_id"))
            .col(day("first_day"))
            .col(day("last_day"))
            .col(short("reason"))
            .col(short("instrument"))
            .col(day("known_on"))
            .col(day("cancelled_on").null())
            .col(short("cancelled_by").null())
            .col(number("version"));
        manager.create_table(closure).await?;
        index(manager, "office_closure_days", "office_closure", &["office_id", "first_day"]).await?;
        office_stays(manager, "office_closure").await?;
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
