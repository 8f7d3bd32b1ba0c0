//! Offices and direct heads get their dates: spans in tables of their own, begun with what the rows say so far.

use db::{
    column::{day, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// What every office was called so far, and below what it stood.
const SPANS: &str = "INSERT INTO office_version (office_id, code, from_day, to_day, name, folded, kind, parent_id)
    SELECT id, code, from_day, to_day, name, folded, kind, parent_id FROM office";

/// Who was the direct head so far: as long as both positions exist.
const HEADS: &str = "INSERT INTO reporting (position_id, office_id, from_day, to_day, head_id)
    SELECT p.id, p.office_id, p.from_day,
        CASE WHEN p.to_day IS NULL OR h.to_day < p.to_day THEN h.to_day ELSE p.to_day END,
        p.reports_to
    FROM position p JOIN position h ON h.id = p.reports_to
    WHERE h.from_day <= p.from_day AND (h.to_day IS NULL OR h.to_day > p.from_day)";

/// Spans of offices and of direct heads. The columns that held them stay for a program of before; of an office they
/// hold the newest span.
pub(super) struct Dated;

impl MigrationName for Dated {
    fn name(&self) -> &'static str {
        "m004_dated"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Dated {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut span = table("office_version");
        span.col(uuid("office_id"))
            .col(short("code"))
            .col(day("from_day"))
            .col(day("to_day").null())
            .col(short("name"))
            .col(text("folded"))
            .col(short("kind"))
            .col(uuid("parent_id").null())
            .col(short("instrument").null())
            .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("from_day")));
        manager.create_table(span).await?;
        index(manager, "office_version_parent", "office_version", &["parent_id", "code"]).await?;
        index(manager, "office_version_code", "office_version", &["code"]).await?;
        let mut office = Table::alter().table(Alias::new("office")).take();
        manager.alter_table(office.add_column(short("ended_by").null()).take()).await?;
        raw(manager, SPANS, SPANS).await?;
        let mut reporting = table("reporting");
        reporting
            .col(uuid("position_id"))
            .col(uuid("office_id"))
            .col(day("from_day"))
            .col(day("to_day").null())
            .col(uuid("head_id"))
            .primary_key(Index::create().col(Alias::new("position_id")).col(Alias::new("from_day")));
        manager.create_table(reporting).await?;
        index(manager, "reporting_head", "reporting", &["head_id", "position_id"]).await?;
        raw(manager, HEADS, HEADS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
