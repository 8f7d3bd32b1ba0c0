//! Delegations, absences and hand-overs. What was lent is never deleted, and only taking it back changes it; a hand-over
//! that both have signed stays as it is.

use db::{
    column::{day, flag, id, json, moment, number, short, table, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::{index, office_stays};

const SQLITE_GUARDS: &str = "
CREATE TRIGGER delegation_stays BEFORE DELETE ON delegation BEGIN SELECT RAISE(ABORT, 'delegations are history'); END;
CREATE TRIGGER delegation_fixed BEFORE UPDATE ON delegation
WHEN old.revoked_at IS NOT NULL OR old.position_id <> new.position_id OR old.deputy_id <> new.deputy_id
  OR old.permissions <> new.permissions OR old.from_day <> new.from_day OR old.to_day IS NOT new.to_day
BEGIN SELECT RAISE(ABORT, 'delegations are history'); END;
CREATE TRIGGER handover_stays BEFORE DELETE ON handover BEGIN SELECT RAISE(ABORT, 'hand-overs are history'); END;
CREATE TRIGGER handover_fixed BEFORE UPDATE ON handover
WHEN old.items <> new.items OR old.outgoing_id <> new.outgoing_id OR old.incoming_id <> new.incoming_id
  OR (old.outgoing_signed_at IS NOT NULL AND old.incoming_signed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'hand-overs are history'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION delegation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR old.revoked_at IS NOT NULL OR old.position_id <> new.position_id
       OR old.deputy_id <> new.deputy_id OR old.permissions::text <> new.permissions::text
       OR old.from_day <> new.from_day OR old.to_day IS DISTINCT FROM new.to_day THEN
        RAISE EXCEPTION 'delegations are history';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER delegation_fixed BEFORE UPDATE OR DELETE ON delegation
FOR EACH ROW EXECUTE FUNCTION delegation_guard();
CREATE FUNCTION handover_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR old.items::text <> new.items::text OR old.outgoing_id <> new.outgoing_id
       OR old.incoming_id <> new.incoming_id
       OR (old.outgoing_signed_at IS NOT NULL AND old.incoming_signed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'hand-overs are history';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER handover_fixed BEFORE UPDATE OR DELETE ON handover
FOR EACH ROW EXECUTE FUNCTION handover_guard();";

/// Who stands in for whom, who is away, and what was handed over.
pub(super) struct Deputies;

impl MigrationName for Deputies {
    fn name(&self) -> &'static str {
        "m007_deputies"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Deputies {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        delegations(manager).await?;
        let mut absence = table("absence");
        absence
            .col(id("id"))
            .col(uuid("office_id"))
            .col(uuid("person_id"))
            .col(uuid("position_id"))
            .col(day("from_day"))
            .col(day("to_day"))
            .col(short("kind"))
            .col(uuid("cover_id").null())
            .col(uuid("covered_by_id").null())
            .col(number("version"));
        manager.create_table(absence).await?;
        index(manager, "absence_office", "absence", &["office_id", "id"]).await?;
        let mut handover = table("handover");
        handover
            .col(id("id"))
            .col(uuid("office_id"))
            .col(uuid("position_id"))
            .col(uuid("outgoing_id"))
            .col(uuid("incoming_id"))
            .col(json("items"))
            .col(short("instrument").null())
            .col(uuid("drawn_by_id"))
            .col(moment("drawn_at"))
            .col(moment("outgoing_signed_at").null())
            .col(moment("incoming_signed_at").null())
            .col(number("version"));
        manager.create_table(handover).await?;
        index(manager, "handover_office", "handover", &["office_id", "id"]).await?;
        for of in ["delegation", "absence", "handover"] {
            office_stays(manager, of).await?;
        }
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

async fn delegations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut delegation = table("delegation");
    delegation
        .col(id("id"))
        .col(uuid("office_id"))
        .col(short("kind"))
        .col(uuid("position_id"))
        .col(uuid("grantor_id").null())
        .col(uuid("grantor_appointment_id").null())
        .col(uuid("deputy_id"))
        .col(uuid("deputy_position_id"))
        .col(uuid("deputy_appointment_id"))
        .col(json("permissions"))
        .col(json("genres"))
        .col(number("highest").null())
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(short("reason"))
        .col(short("instrument").null())
        .col(flag("may_pass_on"))
        .col(uuid("passed_on_from_id").null())
        .col(uuid("made_by_id"))
        .col(moment("made_at"))
        .col(moment("revoked_at").null())
        .col(uuid("revoked_by_id").null())
        .col(short("revoked_reason").null())
        .col(number("version"));
    manager.create_table(delegation).await?;
    index(manager, "delegation_office", "delegation", &["office_id", "id"]).await?;
    index(manager, "delegation_deputy", "delegation", &["deputy_id", "from_day"]).await?;
    index(manager, "delegation_position", "delegation", &["position_id"]).await
}
