//! Who stands in for whom, and which absence it covers.

use db::{
    column::{day, flag, id, json, moment, number, table, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

/// Delegations and absences.
#[derive(DeriveMigrationName)]
pub(crate) struct Deputising;

#[async_trait::async_trait]
impl MigrationTrait for Deputising {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [deputising(), away()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(Alias::new(table));
            for column in columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &str, &[&str]); 4] = [
    ("deputising_by_position", "deputising", &["office_id", "position_id"]),
    ("deputising_by_deputy", "deputising", &["office_id", "deputy_id", "id"]),
    ("deputising_by_holder", "deputising", &["office_id", "holder_id", "id"]),
    ("away_by_cover", "away", &["office_id", "cover_id"]),
];

fn deputising() -> TableCreateStatement {
    table("deputising")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("position_id"))
        .col(uuid("holder_id").null())
        .col(uuid("deputy_id"))
        .col(json("permissions"))
        .col(day("from_day"))
        .col(day("to_day").null())
        .col(flag("moves_work"))
        .col(moment("made_at"))
        .col(moment("ended_at").null())
        .col(number("version"))
        .take()
}

fn away() -> TableCreateStatement {
    table("away")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("cover_id").null())
        .col(day("from_day"))
        .col(day("to_day"))
        .col(number("version"))
        .take()
}
