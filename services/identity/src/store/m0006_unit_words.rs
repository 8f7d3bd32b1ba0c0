//! The words of the names of units, begun with those of the units there are.

use db::{
    column::{short, table, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

/// Words in the order of their bytes on both databases, so that those that begin alike stand together.
pub(super) struct UnitWords;

const FILL_SQLITE: &str = "
    WITH RECURSIVE cut (unit_id, word, rest) AS (
        SELECT unit_id, '', folded || ' ' FROM unit_version
        UNION ALL
        SELECT unit_id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
        FROM cut WHERE rest <> ''
    )
    INSERT INTO unit_word (word, unit_id) SELECT DISTINCT word, unit_id FROM cut WHERE word <> ''";

const FILL_POSTGRES: &str = "
    ALTER TABLE unit_word ALTER COLUMN word TYPE varchar(200) COLLATE \"C\";
    INSERT INTO unit_word (word, unit_id)
    SELECT DISTINCT word, unit_id FROM unit_version, unnest(string_to_array(folded, ' ')) AS word WHERE word <> ''";

impl MigrationName for UnitWords {
    fn name(&self) -> &'static str {
        "m006_unit_words"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for UnitWords {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut word = table("unit_word");
        word.col(short("word"))
            .col(uuid("unit_id"))
            .primary_key(Index::create().col(Alias::new("word")).col(Alias::new("unit_id")));
        manager.create_table(word).await?;
        raw(manager, FILL_SQLITE, FILL_POSTGRES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
