//! The secrets that browsers keep in a cookie, as hashes.

use db::{
    column::{moment, short, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// What browsers keep.
pub(super) struct PortalSessions;

impl MigrationName for PortalSessions {
    fn name(&self) -> &'static str {
        "m013_portal_sessions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PortalSessions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut opened = table("portal_session");
        opened.col(short("hash").primary_key()).col(uuid("session_id")).col(moment("expires"));
        manager.create_table(opened).await?;
        index(manager, "portal_session_expires", "portal_session", &["expires"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
