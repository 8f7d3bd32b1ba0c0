//! What documents do to others: one row for the document that does it.

use schema_documents::RelationKind;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::id::{IncomingId, OfficeId, OutgoingId};

use super::word;

/// What one document does.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "relation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    document_id: Uuid,
    office_id: Uuid,
    kind: String,
    outgoing_id: Option<Uuid>,
    incoming_id: Option<Uuid>,
}

/// Relations are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The document to which something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Outgoing(OutgoingId),
    Incoming(IncomingId),
}

/// What a document does, and to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deed {
    pub(crate) document: OutgoingId,
    pub(crate) kind: RelationKind,
    pub(crate) to: End,
}

impl Model {
    fn deed(self) -> Result<Deed, DbErr> {
        let to = match (self.outgoing_id, self.incoming_id) {
            (Some(id), None) => End::Outgoing(OutgoingId(id)),
            (None, Some(id)) => End::Incoming(IncomingId(id)),
            _ => return Err(DbErr::Type(format!("`relation` {} leads to no document", self.document_id))),
        };
        Ok(Deed { document: OutgoingId(self.document_id), kind: word::read(self.kind)?, to })
    }
}

/// Keeps what a new document does.
pub(crate) async fn insert(conn: &impl ConnectionTrait, office: OfficeId, deed: Deed) -> Result<(), DbErr> {
    let (outgoing_id, incoming_id) = match deed.to {
        End::Outgoing(id) => (Some(id.into()), None),
        End::Incoming(id) => (None, Some(id.into())),
    };
    let document_id = deed.document.into();
    let row = Model { document_id, office_id: office.into(), kind: word::of(deed.kind), outgoing_id, incoming_id };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(conn).await.map(|_| ())
}

/// What a document does.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: OutgoingId,
) -> Result<Option<Deed>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(document)).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::deed).transpose()
}

/// What others do to a document, the latest first.
pub(crate) async fn upon(conn: &impl ConnectionTrait, scope: &Scope, end: End, limit: u64) -> Result<Vec<Deed>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId);
    let query = match end {
        End::Outgoing(id) => query.filter(Column::OutgoingId.eq(Uuid::from(id))),
        End::Incoming(id) => query.filter(Column::IncomingId.eq(Uuid::from(id))),
    };
    let rows = query.order_by_desc(Column::DocumentId).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::deed).collect()
}
