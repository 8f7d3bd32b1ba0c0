//! What offices say of themselves, version by version, and their emblems. Nothing of it is changed or deleted.

use db::{
    column::{json, moment, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

const SQLITE_GUARDS: &str = "
CREATE TRIGGER office_profile_stays BEFORE DELETE ON office_profile
BEGIN SELECT RAISE(ABORT, 'profiles are history'); END;
CREATE TRIGGER office_profile_fixed BEFORE UPDATE ON office_profile
BEGIN SELECT RAISE(ABORT, 'profiles are history'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION office_profile_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'profiles are history'; END $$;
CREATE TRIGGER office_profile_fixed BEFORE UPDATE OR DELETE ON office_profile
FOR EACH ROW EXECUTE FUNCTION office_profile_guard();";

/// A row for each version, and the pictures by their hash.
pub(super) struct Profiles;

impl MigrationName for Profiles {
    fn name(&self) -> &'static str {
        "m016_profiles"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Profiles {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut profile = table("office_profile");
        profile
            .col(uuid("office_id"))
            .col(number("version"))
            .col(short("address").null())
            .col(short("telephone").null())
            .col(short("email").null())
            .col(json("hours"))
            .col(short("emblem").null())
            .col(moment("at"))
            .col(uuid("by_person").null())
            .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("version")));
        manager.create_table(profile).await?;
        let mut emblem = table("office_emblem");
        emblem
            .col(uuid("office_id"))
            .col(short("sha256"))
            .col(text("png"))
            .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("sha256")));
        manager.create_table(emblem).await?;
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
