//! The versions of the text of outgoing documents.

use schema_documents::{Draft, DraftText};
use sea_orm::{QueryOrder, QuerySelect, Set, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{DraftId, OfficeId, OutgoingId, PersonId},
};

use super::word;

/// A version with its text.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    outgoing_id: Uuid,
    ordinal: i64,
    by_person: Uuid,
    at: i64,
    note: Option<String>,
    body: String,
}

/// Versions are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a new version.
pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    draft: &Draft,
    text: &str,
) -> Result<(), DbErr> {
    let Draft { id, document, ordinal, by, at, note } = draft.clone();
    let row = ActiveModel {
        id: Set(id.into()),
        office_id: Set(office.into()),
        outgoing_id: Set(document.into()),
        ordinal: Set(ordinal.into()),
        by_person: Set(by.into()),
        at: Set(at.micros()),
        note: Set(note),
        body: Set(text.to_owned()),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// One version with its text.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: OutgoingId,
    id: DraftId,
) -> Result<Option<DraftText>, DbErr> {
    let query = Entity::find_by_id(id).in_scope(scope, Column::OfficeId);
    let row = query.filter(Column::OutgoingId.eq(Uuid::from(document))).one(conn).await?;
    row.map(|mut row| {
        let text = std::mem::take(&mut row.body);
        Ok(DraftText { draft: row.draft()?, text })
    })
    .transpose()
}

/// The versions of a document after one, without their texts.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: OutgoingId,
    after: i64,
    limit: u64,
) -> Result<Vec<Draft>, DbErr> {
    let columns = [Column::Id, Column::OutgoingId, Column::Ordinal, Column::ByPerson, Column::At, Column::Note];
    let rows: Vec<(Uuid, Uuid, i64, Uuid, i64, Option<String>)> = Entity::find()
        .select_only()
        .columns(columns)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OutgoingId.eq(Uuid::from(document)))
        .filter(Column::Ordinal.gt(after))
        .order_by_asc(Column::Ordinal)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?;
    rows.into_iter().map(|(id, outgoing, ordinal, by, at, note)| draft(id, outgoing, ordinal, by, at, note)).collect()
}

impl Model {
    fn draft(self) -> Result<Draft, DbErr> {
        let Self { id, office_id: _, outgoing_id, ordinal, by_person, at, note, body: _ } = self;
        draft(id, outgoing_id, ordinal, by_person, at, note)
    }
}

fn draft(id: Uuid, outgoing: Uuid, ordinal: i64, by: Uuid, at: i64, note: Option<String>) -> Result<Draft, DbErr> {
    Ok(Draft {
        id: DraftId(id),
        document: OutgoingId(outgoing),
        ordinal: word::count(ordinal)?,
        by: PersonId(by),
        at: Instant::from_micros(at),
        note,
    })
}
