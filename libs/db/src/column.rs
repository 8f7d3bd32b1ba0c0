//! Columns and tables that mean the same on both databases. Every column is NOT NULL unless it says `.null()`.

use sea_orm_migration::prelude::{Alias, ColumnDef, Table, TableCreateStatement};

/// A new table; add columns with `.col(…)`.
#[must_use]
pub fn table(name: &str) -> TableCreateStatement {
    Table::create().table(Alias::new(name)).take()
}

fn column(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).not_null().take()
}

/// The primary key: a typed id.
#[must_use]
pub fn id(name: &str) -> ColumnDef {
    column(name).uuid().primary_key().take()
}

/// A reference or another id.
#[must_use]
pub fn uuid(name: &str) -> ColumnDef {
    column(name).uuid().take()
}

/// A moment: microseconds since 1970, UTC. Databases disagree about the precision and order of their own time types.
#[must_use]
pub fn moment(name: &str) -> ColumnDef {
    column(name).big_integer().take()
}

/// A legal day.
#[must_use]
pub fn day(name: &str) -> ColumnDef {
    column(name).date().take()
}

/// A short word: a code, a state, a name of a role.
#[must_use]
pub fn short(name: &str) -> ColumnDef {
    column(name).string_len(200).take()
}

/// Text of any length.
#[must_use]
pub fn text(name: &str) -> ColumnDef {
    column(name).text().take()
}

/// A whole number.
#[must_use]
pub fn number(name: &str) -> ColumnDef {
    column(name).big_integer().take()
}

/// Yes or no.
#[must_use]
pub fn flag(name: &str) -> ColumnDef {
    column(name).boolean().take()
}

/// A small structure that is only ever read whole.
#[must_use]
pub fn json(name: &str) -> ColumnDef {
    column(name).json().take()
}
