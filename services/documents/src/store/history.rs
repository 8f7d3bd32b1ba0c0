//! What happened to documents. Lines are only ever added.

use std::collections::BTreeMap;

use schema_documents::{DocumentAct, DocumentHistoryEntry, InstructionStep};
use sea_orm::{
    Condition, ExprTrait, FromJsonQueryResult, QueryOrder, QuerySelect, Set,
    entity::prelude::*,
    sea_query::{Alias, Expr, OnConflict, Query},
};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{Id, OfficeId, PersonId},
};

use super::word;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    document_id: Uuid,
    at: i64,
    by_person: Option<Uuid>,
    for_person: Option<Uuid>,
    act: String,
    step: Option<String>,
    execution: Option<String>,
    particulars: Particulars,
    origin: Option<String>,
}

/// The particulars of a line by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Particulars(BTreeMap<String, String>);

/// Lines are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The id of a line; it orders lines of one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineId(Uuid);

impl From<Uuid> for LineId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl From<LineId> for Uuid {
    fn from(id: LineId) -> Self {
        id.0
    }
}

impl Id for LineId {}

/// A line before it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its id.
    pub(crate) id: LineId,
    /// The office of the document.
    pub(crate) office: OfficeId,
    /// The document.
    pub(crate) document: Uuid,
    /// What happened, when and by whom.
    pub(crate) entry: DocumentHistoryEntry,
    /// The foreign fact it tells of, so that it is told once.
    pub(crate) origin: Option<String>,
}

/// Adds a line; one whose origin was told before is left out.
pub(crate) async fn add(conn: &impl ConnectionTrait, line: Line) -> Result<(), DbErr> {
    let Line { id, office, document, entry, origin } = line;
    let DocumentHistoryEntry { at, by, on_behalf_of, act, step, execution, values } = entry;
    let row = ActiveModel {
        id: Set(id.0),
        office_id: Set(office.into()),
        document_id: Set(document),
        at: Set(at.micros()),
        by_person: Set(by.map(Uuid::from)),
        for_person: Set(on_behalf_of.map(Uuid::from)),
        act: Set(word::of(act)),
        step: Set(step.map(word::of)),
        execution: Set(execution.map(word::of)),
        particulars: Set(Particulars(values)),
        origin: Set(origin),
    };
    let told = OnConflict::columns([Column::OfficeId, Column::Origin]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(told).exec_without_returning(conn).await.map(|_| ())
}

/// The lines of a document after one, in order of time, with their places.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: Uuid,
    after: Option<(Instant, Uuid)>,
    limit: u64,
) -> Result<Vec<(Uuid, DocumentHistoryEntry)>, DbErr> {
    let mut query = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::DocumentId.eq(document))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some((at, id)) = after {
        let later = Condition::any().add(Column::At.gt(at.micros())).add(Column::Id.gt(id));
        query = query.filter(Column::At.gte(at.micros())).filter(later);
    }
    query.all(conn).await?.into_iter().map(Model::entry).collect()
}

/// What came back on documents since a moment and nothing has followed, the latest first; `before` is the place of the
/// last line of the page before.
pub(crate) async fn sent_back(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    since: Instant,
    before: Option<(Instant, Uuid)>,
    limit: u64,
) -> Result<Vec<(Uuid, Uuid, DocumentHistoryEntry)>, DbErr> {
    let later = Alias::new("later");
    let of = |column: Column| Expr::col((later.clone(), column));
    let at_once = Condition::all()
        .add(of(Column::At).equals((Entity, Column::At)))
        .add(of(Column::Id).gt(Expr::col((Entity, Column::Id))));
    let after = Condition::any().add(of(Column::At).gt(Expr::col((Entity, Column::At)))).add(at_once);
    let followed = Query::select()
        .expr(Expr::value(1))
        .from_as(Entity, later.clone())
        .and_where(of(Column::OfficeId).equals((Entity, Column::OfficeId)))
        .and_where(of(Column::DocumentId).equals((Entity, Column::DocumentId)))
        .cond_where(after)
        .and_where(of(Column::Act).is_in(FOLLOWING.map(word::of)))
        .take();
    let steps = [InstructionStep::Returned, InstructionStep::Objected].map(word::of);
    let came = Condition::any().add(Column::Act.eq(word::of(DocumentAct::Returned))).add(Column::Step.is_in(steps));
    let mut query = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::Act.is_in([DocumentAct::Returned, DocumentAct::Disposed].map(word::of)))
        .filter(came)
        .filter(Column::At.gte(since.micros()))
        .filter(Expr::exists(followed).not())
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some((at, id)) = before {
        let earlier = Condition::any().add(Column::At.lt(at.micros())).add(Column::Id.lt(id));
        query = query.filter(Column::At.lte(at.micros())).filter(earlier);
    }
    let rows = query.all(conn).await?;
    let line = |row: Model| {
        let document = row.document_id;
        row.entry().map(|(id, entry)| (id, document, entry))
    };
    rows.into_iter().map(line).collect()
}

/// The acts by which somebody goes on with what came back, or something else comes back.
const FOLLOWING: [DocumentAct; 6] = [
    DocumentAct::Passed,
    DocumentAct::Disposed,
    DocumentAct::Returned,
    DocumentAct::Assigned,
    DocumentAct::Answered,
    DocumentAct::Voided,
];

impl Model {
    fn entry(self) -> Result<(Uuid, DocumentHistoryEntry), DbErr> {
        let Self { id, at, by_person, for_person, act, step, execution, particulars: Particulars(values), .. } = self;
        let (at, act): (Instant, DocumentAct) = (Instant::from_micros(at), word::read(act)?);
        let (by, on_behalf_of) = (by_person.map(PersonId), for_person.map(PersonId));
        let (step, execution) = (step.map(word::read).transpose()?, execution.map(word::read).transpose()?);
        Ok((id, DocumentHistoryEntry { at, by, on_behalf_of, act, step, execution, values }))
    }
}
