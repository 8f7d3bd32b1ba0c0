//! The tables of notices, oldest change first. A migration that has run is never edited; the next one adds.

use sea_orm_migration::MigrationTrait;

use crate::store::{m0001_notices::Notices, m0002_deputising::Deputising};

/// Every migration, oldest first.
pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Notices), Box::new(Deputising)]
}
