//! What was written on the sheets of reserved numbers: when, by whom, and who entered it. Lines are only ever added.

use std::collections::BTreeMap;

use schema_documents::PaperEntry;
use sea_orm::{QueryOrder, Set, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{NumberBlockId, OfficeId, PersonId, RegisterId},
};

/// A line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    register_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    number: i64,
    office_id: Uuid,
    block_id: Uuid,
    written_at: i64,
    written_by: Uuid,
    written_by_name: String,
    entered_by: Uuid,
    entered_at: i64,
}

/// Lines are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a line.
pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    (block, register): (NumberBlockId, RegisterId),
    entry: PaperEntry,
) -> Result<(), DbErr> {
    let PaperEntry { number, written_at, written_by, written_by_name, entered_by, entered_at } = entry;
    let row = ActiveModel {
        register_id: Set(register.into()),
        number: Set(number),
        office_id: Set(office.into()),
        block_id: Set(block.into()),
        written_at: Set(written_at.micros()),
        written_by: Set(written_by.into()),
        written_by_name: Set(written_by_name),
        entered_by: Set(entered_by.into()),
        entered_at: Set(entered_at.micros()),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// The lines of blocks, lowest number first.
pub(super) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    blocks: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Vec<PaperEntry>>, DbErr> {
    let blocks: Vec<Uuid> = blocks.into_iter().collect();
    let mut found: BTreeMap<Uuid, Vec<PaperEntry>> = BTreeMap::new();
    if blocks.is_empty() {
        return Ok(found);
    }
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::BlockId.is_in(blocks));
    for row in query.order_by_asc(Column::Number).all(conn).await? {
        let Model { number, block_id, written_at, written_by, written_by_name, entered_by, entered_at, .. } = row;
        found.entry(block_id).or_default().push(PaperEntry {
            number,
            written_at: Instant::from_micros(written_at),
            written_by: PersonId(written_by),
            written_by_name,
            entered_by: PersonId(entered_by),
            entered_at: Instant::from_micros(entered_at),
        });
    }
    Ok(found)
}
