//! Party organisations, members and committees. Where a member was, and who sat in a committee, is history: such a row
//! is never deleted, and what it says about who, where and since when does not change.

use db::{
    column::{day, id, json, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::{index, office_stays};

const SQLITE_GUARDS: &str = "
CREATE TRIGGER party_membership_stays BEFORE DELETE ON party_membership
BEGIN SELECT RAISE(ABORT, 'memberships are history'); END;
CREATE TRIGGER party_membership_fixed BEFORE UPDATE ON party_membership
WHEN old.member_id <> new.member_id OR old.organisation_id <> new.organisation_id OR old.kind <> new.kind
  OR old.from_day <> new.from_day
BEGIN SELECT RAISE(ABORT, 'memberships are history'); END;
CREATE TRIGGER party_seat_stays BEFORE DELETE ON party_seat
BEGIN SELECT RAISE(ABORT, 'posts in committees are history'); END;
CREATE TRIGGER party_seat_fixed BEFORE UPDATE ON party_seat
WHEN old.committee_id <> new.committee_id OR old.member_id <> new.member_id OR old.post <> new.post
  OR old.from_day <> new.from_day
BEGIN SELECT RAISE(ABORT, 'posts in committees are history'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION party_membership_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR old.member_id <> new.member_id OR old.organisation_id <> new.organisation_id
       OR old.kind <> new.kind OR old.from_day <> new.from_day THEN
        RAISE EXCEPTION 'memberships are history';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER party_membership_fixed BEFORE UPDATE OR DELETE ON party_membership
FOR EACH ROW EXECUTE FUNCTION party_membership_guard();
CREATE FUNCTION party_seat_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR old.committee_id <> new.committee_id OR old.member_id <> new.member_id
       OR old.post <> new.post OR old.from_day <> new.from_day THEN
        RAISE EXCEPTION 'posts in committees are history';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER party_seat_fixed BEFORE UPDATE OR DELETE ON party_seat
FOR EACH ROW EXECUTE FUNCTION party_seat_guard();";

/// The tree of organisations, the roll of members, committees and who sits in them.
pub(super) struct Party;

impl MigrationName for Party {
    fn name(&self) -> &'static str {
        "m009_party"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Party {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        organisations(manager).await?;
        members(manager).await?;
        committees(manager).await?;
        for of in ["party_organisation", "party_member", "party_membership", "party_committee", "party_seat"] {
            office_stays(manager, of).await?;
        }
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

async fn organisations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut organisation = table("party_organisation");
    organisation.col(id("id")).col(uuid("office_id")).col(json("ended_by").null()).col(number("version"));
    manager.create_table(organisation).await?;
    let mut span = table("party_organisation_version");
    span.col(uuid("organisation_id"))
        .col(uuid("office_id"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(short("name"))
        .col(text("folded"))
        .col(short("kind"))
        .col(short("code").null())
        .col(uuid("parent_id").null())
        .col(json("instrument"))
        .primary_key(Index::create().col(Alias::new("organisation_id")).col(Alias::new("from_day")));
    manager.create_table(span).await?;
    let of = "party_organisation_version";
    index(manager, "party_organisation_office", of, &["office_id", "folded", "organisation_id"]).await?;
    index(manager, "party_organisation_parent", of, &["parent_id", "folded", "organisation_id"]).await
}

async fn members(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut member = table("party_member");
    member
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("person_id").null().unique_key())
        .col(short("full_name"))
        .col(text("folded"))
        .col(day("admitted"))
        .col(day("official").null())
        .col(uuid("introduced_office_id").null())
        .col(json("introduced_by").null())
        .col(number("version"));
    manager.create_table(member).await?;
    index(manager, "party_member_introduced", "party_member", &["introduced_office_id", "folded", "id"]).await?;
    let mut membership = table("party_membership");
    membership
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("member_id"))
        .col(uuid("organisation_id"))
        .col(text("folded"))
        .col(short("kind"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(json("instrument").null())
        .col(short("leaving").null())
        .col(json("left_by").null());
    manager.create_table(membership).await?;
    index(manager, "party_membership_office", "party_membership", &["office_id", "folded", "id"]).await?;
    index(manager, "party_membership_cell", "party_membership", &["organisation_id", "folded", "id"]).await?;
    index(manager, "party_membership_member", "party_membership", &["member_id"]).await
}

async fn committees(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut committee = table("party_committee");
    committee
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("organisation_id"))
        .col(short("congress"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(json("instrument"))
        .col(number("version"));
    manager.create_table(committee).await?;
    index(manager, "party_committee_organisation", "party_committee", &["organisation_id", "from_day", "id"]).await?;
    let mut seat = table("party_seat");
    seat.col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("committee_id"))
        .col(uuid("member_id"))
        .col(short("post"))
        .col(short("manner"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(json("instrument"))
        .col(json("ended_by").null())
        .col(number("version"));
    manager.create_table(seat).await?;
    index(manager, "party_seat_committee", "party_seat", &["committee_id"]).await?;
    index(manager, "party_seat_member", "party_seat", &["member_id"]).await
}
