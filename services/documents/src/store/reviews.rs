//! The word of others upon drafts.

use schema_documents::{Review, ReviewState, Reviewer};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day, Instant, Version,
    id::{DraftId, OfficeId, OutgoingId, PersonId, PositionId, ReviewId},
};

use super::word;

/// The word of one person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    document_id: Uuid,
    summary: Option<String>,
    version: i64,
    kind: String,
    draft_id: Uuid,
    ordinal: i64,
    asked_person: Uuid,
    asked_position: Uuid,
    by_person: Uuid,
    at: i64,
    due: Option<TimeDate>,
    question: Option<String>,
    state: String,
    words: Option<String>,
    answered_at: Option<i64>,
    settlement: Option<String>,
    settled_words: Option<String>,
    settled_at: Option<i64>,
}

/// Words are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Review> for Model {
    fn from(noun: &Review) -> Self {
        let Review { id, office, document, summary, version, kind, draft, ordinal, of, by, at, .. } = noun.clone();
        let Review { due, question, state, words, answered_at, settlement, settled_words, settled_at, .. } =
            noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            document_id: document.into(),
            summary,
            version: version.0,
            kind: word::of(kind),
            draft_id: draft.into(),
            ordinal: ordinal.into(),
            asked_person: of.person.into(),
            asked_position: of.position.into(),
            by_person: by.into(),
            at: at.micros(),
            due: due.map(|day| day.0),
            question,
            state: word::of(state),
            words,
            answered_at: answered_at.map(Instant::micros),
            settlement: settlement.map(word::of),
            settled_words,
            settled_at: settled_at.map(Instant::micros),
        }
    }
}

impl Model {
    fn noun(self) -> Result<Review, DbErr> {
        Ok(Review {
            id: ReviewId(self.id),
            office: OfficeId(self.office_id),
            document: OutgoingId(self.document_id),
            summary: self.summary,
            version: Version(self.version),
            kind: word::read(self.kind)?,
            draft: DraftId(self.draft_id),
            ordinal: word::count(self.ordinal)?,
            of: Reviewer { person: PersonId(self.asked_person), position: PositionId(self.asked_position) },
            by: PersonId(self.by_person),
            at: Instant::from_micros(self.at),
            due: self.due.map(Day),
            question: self.question,
            state: word::read(self.state)?,
            words: self.words,
            answered_at: self.answered_at.map(Instant::from_micros),
            settlement: self.settlement.map(word::read).transpose()?,
            settled_words: self.settled_words,
            settled_at: self.settled_at.map(Instant::from_micros),
        })
    }
}

/// Keeps what was asked.
pub(crate) async fn insert(conn: &impl ConnectionTrait, asked: &[Review]) -> Result<(), DbErr> {
    let rows = asked.iter().map(|one| Model::from(one).into_active_model().reset_all());
    Entity::insert_many(rows).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps what became of it.
pub(crate) async fn update(conn: &impl ConnectionTrait, review: &Review) -> Result<(), DbErr> {
    Entity::update(Model::from(review).into_active_model().reset_all()).exec(conn).await.map(|_| ())
}

/// One in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(conn: &impl ConnectionTrait, scope: &Scope, id: ReviewId) -> Result<Option<Review>, DbErr> {
    let query = service::lock(Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId));
    query.one(conn).await?.map(Model::noun).transpose()
}

/// What was asked upon a document, the latest first.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: OutgoingId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Review>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::DocumentId.eq(Uuid::from(document)));
    let query = before.into_iter().fold(query, |query, before| query.filter(Column::Id.lt(before)));
    query.order_by_desc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::noun).collect()
}

/// What waits for somebody's word, what was asked first at the top.
pub(crate) async fn waiting(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    person: PersonId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Review>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::AskedPerson.eq(Uuid::from(person)));
    let query = query.filter(Column::State.eq(word::of(ReviewState::Waiting)));
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.order_by_asc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::noun).collect()
}

/// By id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Review>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.all(conn).await?.into_iter().map(Model::noun).collect()
}
