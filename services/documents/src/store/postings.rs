//! What went to addressees outside of the installation.

use schema_documents::{ListPostings, Posting};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{OfficeId, OutgoingId, PersonId},
};

use super::word;

/// A sending.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "posting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    document_id: Uuid,
    ordinal: i64,
    recipients: Names,
    way: String,
    sent_on: TimeDate,
    note: Option<String>,
    by_person: Uuid,
    at: i64,
}

/// Addressees by their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Names(Vec<String>);

/// Sendings are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn noun(self) -> Result<(Uuid, Posting), DbErr> {
        let posting = Posting {
            document: OutgoingId(self.document_id),
            ordinal: word::count(self.ordinal)?,
            office: OfficeId(self.office_id),
            recipients: self.recipients.0,
            way: word::read(self.way)?,
            on: Day(self.sent_on),
            note: self.note,
            by: PersonId(self.by_person),
            at: Instant::from_micros(self.at),
        };
        Ok((self.id, posting))
    }
}

/// Keeps a sending.
pub(crate) async fn insert(conn: &impl ConnectionTrait, id: Uuid, posting: &Posting) -> Result<(), DbErr> {
    let Posting { document, ordinal, office, recipients, way, on, note, by, at } = posting.clone();
    let row = Model {
        id,
        office_id: office.into(),
        document_id: document.into(),
        ordinal: ordinal.into(),
        recipients: Names(recipients),
        way: word::of(way),
        sent_on: on.0,
        note,
        by_person: by.into(),
        at: at.micros(),
    };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(conn).await.map(|_| ())
}

/// How often a document was sent.
pub(crate) async fn count(conn: &impl ConnectionTrait, scope: &Scope, id: OutgoingId) -> Result<u32, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::DocumentId.eq(Uuid::from(id)));
    let count = query.count(conn).await?;
    u32::try_from(count).map_err(|_| DbErr::Type(format!("`{count}` is no count")))
}

/// Sendings of an office, the latest first; after a place.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListPostings,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<(Uuid, Posting)>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId);
    if let Some(document) = call.document {
        query = query.filter(Column::DocumentId.eq(Uuid::from(document)));
    }
    if let Some(day) = call.day {
        query = query.filter(Column::SentOn.eq(day.0));
    }
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    let rows = query.order_by_desc(Column::Id).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}
