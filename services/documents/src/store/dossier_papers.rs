//! What lies in which dossier.

use std::collections::BTreeMap;

use sea_orm::{IntoActiveModel, PaginatorTrait, QueryOrder, QuerySelect, Set, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{DossierId, DossierPaperId, IncomingId, OfficeId, OutgoingId},
};

use super::word;
use crate::{domain::dossier::Placed, store::relations::End};

/// A document in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossier_paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    dossier_id: Uuid,
    kind: String,
    document_id: Uuid,
    filed_at: i64,
    by_rule: bool,
    ordinal: Option<i64>,
    first_page: Option<i64>,
    last_page: Option<i64>,
}

/// Papers are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The word of documents that arrived.
pub(crate) const INCOMING: &str = "incoming";
/// The word of documents that were issued.
pub(crate) const OUTGOING: &str = "outgoing";

/// A document in a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) id: DossierPaperId,
    pub(crate) office: OfficeId,
    pub(crate) dossier: DossierId,
    pub(crate) document: End,
    pub(crate) filed_at: Instant,
    pub(crate) by_rule: bool,
    pub(crate) ordinal: Option<u32>,
    pub(crate) pages: Option<(u32, u32)>,
}

/// The word and the id of a document.
fn place(document: End) -> (&'static str, Uuid) {
    match document {
        End::Incoming(id) => (INCOMING, id.into()),
        End::Outgoing(id) => (OUTGOING, id.into()),
    }
}

impl Model {
    fn paper(self) -> Result<Paper, DbErr> {
        let document = match self.kind.as_str() {
            INCOMING => End::Incoming(IncomingId(self.document_id)),
            _ => End::Outgoing(OutgoingId(self.document_id)),
        };
        let (first, last) =
            (self.first_page.map(word::count).transpose()?, self.last_page.map(word::count).transpose()?);
        Ok(Paper {
            id: DossierPaperId(self.id),
            office: OfficeId(self.office_id),
            dossier: DossierId(self.dossier_id),
            document,
            filed_at: Instant::from_micros(self.filed_at),
            by_rule: self.by_rule,
            ordinal: self.ordinal.map(word::count).transpose()?,
            pages: first.zip(last),
        })
    }
}

/// Files a document.
pub(crate) async fn insert(conn: &impl ConnectionTrait, paper: Paper) -> Result<(), DbErr> {
    let (kind, document_id) = place(paper.document);
    let row = Model {
        id: paper.id.into(),
        office_id: paper.office.into(),
        dossier_id: paper.dossier.into(),
        kind: kind.to_owned(),
        document_id,
        filed_at: paper.filed_at.micros(),
        by_rule: paper.by_rule,
        ordinal: None,
        first_page: None,
        last_page: None,
    };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(conn).await.map(|_| ())
}

/// A line in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: DossierPaperId,
) -> Result<Option<Paper>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::paper).transpose()
}

/// Takes a document out.
pub(crate) async fn remove(conn: &impl ConnectionTrait, scope: &Scope, id: DossierPaperId) -> Result<(), DbErr> {
    let ours = Entity::delete_many().in_scope(scope, Column::OfficeId).filter(Column::Id.eq(Uuid::from(id)));
    ours.exec(conn).await.map(|_| ())
}

/// Where a document lies.
pub(crate) async fn of_document(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: End,
    limit: u64,
) -> Result<Vec<Paper>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::DocumentId.eq(place(document).1));
    query.order_by_asc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::paper).collect()
}

/// What of these kinds lies in a dossier, as it was filed, after a line.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (dossier, kinds): (DossierId, &[&str]),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Paper>, DbErr> {
    let query = within(scope, dossier).filter(Column::Kind.is_in(kinds.iter().copied()));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.order_by_asc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::paper).collect()
}

/// How much of these kinds lies in each of some dossiers.
pub(crate) async fn counts(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (dossiers, kinds): (Vec<Uuid>, &[&str]),
) -> Result<BTreeMap<DossierId, u32>, DbErr> {
    if dossiers.is_empty() {
        return Ok(BTreeMap::new());
    }
    let query = Entity::find()
        .select_only()
        .column(Column::DossierId)
        .column_as(Column::Id.count(), "papers")
        .in_scope(scope, Column::OfficeId)
        .filter(Column::DossierId.is_in(dossiers))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .group_by(Column::DossierId);
    let rows: Vec<(Uuid, i64)> = query.into_tuple().all(conn).await?;
    rows.into_iter().map(|(dossier, papers)| Ok((DossierId(dossier), word::count(papers)?))).collect()
}

/// How much lies in a dossier.
pub(crate) async fn count(conn: &impl ConnectionTrait, scope: &Scope, dossier: DossierId) -> Result<u64, DbErr> {
    within(scope, dossier).count(conn).await
}

/// Gives documents their places in the list; those that are not named have none any more.
pub(crate) async fn put(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    dossier: DossierId,
    placed: &[Placed],
) -> Result<(), DbErr> {
    for one in placed {
        let row = ActiveModel {
            id: Set(one.paper.into()),
            ordinal: Set(Some(one.ordinal.into())),
            first_page: Set(one.pages.map(|(first, _)| first.into())),
            last_page: Set(one.pages.map(|(_, last)| last.into())),
            ..Default::default()
        };
        let ours = Entity::update_many().in_scope(scope, Column::OfficeId);
        let ours = ours.filter(Column::DossierId.eq(Uuid::from(dossier))).filter(Column::Id.eq(Uuid::from(one.paper)));
        ours.set(row).exec(conn).await?;
    }
    Ok(())
}

fn within(scope: &Scope, dossier: DossierId) -> Select<Entity> {
    Entity::find().in_scope(scope, Column::OfficeId).filter(Column::DossierId.eq(Uuid::from(dossier)))
}
