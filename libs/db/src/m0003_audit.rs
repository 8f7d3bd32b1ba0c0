//! Reading the audit log: the acts of one office by time. What is asked by is read from the record itself, whose bytes
//! the log proves, so that no second account of an act could be changed in its place.

use sea_orm_migration::prelude::*;

use crate::migration::{in_transaction, raw};

/// The fourth migration of every service.
pub(crate) struct AuditOffices;

impl MigrationName for AuditOffices {
    fn name(&self) -> &'static str {
        "m0003_platform_audit_offices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AuditOffices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = "CREATE INDEX audit_office ON audit (json_extract(record, '$.office'), at)";
        let postgres = "CREATE INDEX audit_office ON audit (((record::jsonb) ->> 'office'), at)";
        raw(manager, sqlite, postgres).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
