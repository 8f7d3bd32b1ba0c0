//! The tables of search, oldest change first. A migration that has run is never edited; the next one adds.

use sea_orm_migration::MigrationTrait;

use crate::store::m0001_papers::Papers;

/// Every migration, oldest first.
pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Papers)]
}
