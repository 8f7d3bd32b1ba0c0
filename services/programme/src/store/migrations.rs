//! The tables of programme, oldest change first. A migration that has run is never edited; the next one adds.

use sea_orm_migration::MigrationTrait;

use crate::store::{
    m0001_assignments::Assignments, m0002_positions::Positions, m0003_calendar::Calendar, m0004_deputies::Deputies,
    m0005_closures::Closures,
};

/// Every migration, oldest first.
pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Assignments), Box::new(Positions), Box::new(Calendar), Box::new(Deputies), Box::new(Closures)]
}
