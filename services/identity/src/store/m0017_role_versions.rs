//! What the installation withholds from roles, version by version. Nothing of it is changed or deleted.

use db::{
    column::{day, json, moment, number, short, table, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

const SQLITE_GUARDS: &str = "
CREATE TRIGGER role_version_stays BEFORE DELETE ON role_version
BEGIN SELECT RAISE(ABORT, 'versions of roles are history'); END;
CREATE TRIGGER role_version_fixed BEFORE UPDATE ON role_version
BEGIN SELECT RAISE(ABORT, 'versions of roles are history'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION role_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'versions of roles are history'; END $$;
CREATE TRIGGER role_version_fixed BEFORE UPDATE OR DELETE ON role_version
FOR EACH ROW EXECUTE FUNCTION role_version_guard();";

/// A row for each version.
pub(super) struct RoleVersions;

impl MigrationName for RoleVersions {
    fn name(&self) -> &'static str {
        "m017_role_versions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RoleVersions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut version = table("role_version");
        version
            .col(number("version").primary_key())
            .col(json("withheld"))
            .col(short("reason"))
            .col(short("instrument"))
            .col(day("instrument_day"))
            .col(moment("at"))
            .col(uuid("by_person"));
        manager.create_table(version).await?;
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
