//! Spreadsheets of units and people: the imports, the rows of a draft, and what was made of each row.

use db::{
    column::{day, id, json, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::{index, office_stays};

/// Imports with their rows. What an import brought stays written down.
pub(super) struct Imports;

impl MigrationName for Imports {
    fn name(&self) -> &'static str {
        "m010_imports"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Imports {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut import = table("directory_import");
        import
            .col(id("id"))
            .col(uuid("office_id"))
            .col(number("version"))
            .col(short("kind"))
            .col(short("state"))
            .col(text("file_name"))
            .col(short("sha256"))
            .col(day("from_day"))
            .col(json("mapping"))
            .col(number("row_count"))
            .col(number("done_count"))
            .col(number("left_count"))
            .col(text("undo_reason").null());
        manager.create_table(import).await?;
        index(manager, "directory_import_office", "directory_import", &["office_id", "id"]).await?;
        let mut sheet = table("directory_import_sheet");
        sheet.col(id("import_id")).col(uuid("office_id")).col(json("cells"));
        manager.create_table(sheet).await?;
        let mut row = table("directory_import_row");
        row.col(uuid("import_id"))
            .col(number("place"))
            .col(uuid("office_id"))
            .col(number("row_number"))
            .col(json("item"))
            .col(short("state"))
            .col(uuid("unit_id").null())
            .col(uuid("person_id").null())
            .col(number("person_version").null())
            .col(uuid("position_id").null())
            .col(uuid("appointment_id").null())
            .col(json("fault").null())
            .primary_key(Index::create().col(Alias::new("import_id")).col(Alias::new("place")));
        manager.create_table(row).await?;
        index(manager, "directory_import_row_state", "directory_import_row", &["import_id", "state", "place"]).await?;
        for made in ["unit_id", "person_id", "appointment_id"] {
            let name = format!("directory_import_row_{made}");
            index(manager, &name, "directory_import_row", &[made]).await?;
        }
        office_stays(manager, "directory_import").await?;
        office_stays(manager, "directory_import_row").await?;
        raw(manager, STAYS_SQLITE, STAYS_POSTGRES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const STAYS_SQLITE: &str = "
    CREATE TRIGGER directory_import_stays BEFORE DELETE ON directory_import
    BEGIN SELECT RAISE(ABORT, 'an import stays written down'); END;
    CREATE TRIGGER directory_import_row_stays BEFORE DELETE ON directory_import_row
    BEGIN SELECT RAISE(ABORT, 'what an import brought stays written down'); END";

const STAYS_POSTGRES: &str = "
    CREATE FUNCTION directory_import_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'what an import brought stays written down'; END $$;
    CREATE TRIGGER directory_import_stays BEFORE DELETE ON directory_import
    FOR EACH ROW EXECUTE FUNCTION directory_import_stays();
    CREATE TRIGGER directory_import_row_stays BEFORE DELETE ON directory_import_row
    FOR EACH ROW EXECUTE FUNCTION directory_import_stays()";
