//! Positions of a unit in the order of their ids, so that a page of them, and those that report to the head of a large
//! unit, are found without sorting all of them.

use db::migration::in_transaction;
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// An index of positions by unit and id.
pub(super) struct Reach;

impl MigrationName for Reach {
    fn name(&self) -> &'static str {
        "m011_reach"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Reach {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "position_of_unit", "position", &["office_id", "unit_id", "id"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
