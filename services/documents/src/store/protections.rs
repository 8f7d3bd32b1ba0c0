//! How long state secrets are protected; nothing of what they are about.

use schema_documents::Protection;
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day,
    id::{IncomingId, OfficeId, OutgoingId},
};

use super::word;

/// The protection of a document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "protection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    document_id: Uuid,
    office_id: Uuid,
    issued: bool,
    number: i64,
    secrecy: String,
    set_on: TimeDate,
    until: TimeDate,
    instrument: String,
    extensions: i64,
    decision: Option<String>,
    ended_on: Option<TimeDate>,
    decide_by: TimeDate,
}

/// Protections are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Protection> for Model {
    fn from(noun: &Protection) -> Self {
        let Protection { outgoing, incoming, office, number, secrecy, set_on, until, .. } = noun.clone();
        let Protection { instrument, extensions, decision, ended_on, decide_by, .. } = noun.clone();
        Self {
            document_id: outgoing.map(Uuid::from).or(incoming.map(Uuid::from)).unwrap_or_default(),
            office_id: office.into(),
            issued: outgoing.is_some(),
            number,
            secrecy: word::of(secrecy),
            set_on: set_on.0,
            until: until.0,
            instrument,
            extensions: extensions.into(),
            decision,
            ended_on: ended_on.map(|day| day.0),
            decide_by: decide_by.0,
        }
    }
}

impl Model {
    fn noun(self) -> Result<Protection, DbErr> {
        Ok(Protection {
            outgoing: self.issued.then_some(OutgoingId(self.document_id)),
            incoming: (!self.issued).then_some(IncomingId(self.document_id)),
            office: OfficeId(self.office_id),
            number: self.number,
            secrecy: word::read(self.secrecy)?,
            set_on: Day(self.set_on),
            until: Day(self.until),
            instrument: self.instrument,
            extensions: word::count(self.extensions)?,
            decision: self.decision,
            ended_on: self.ended_on.map(Day),
            decide_by: Day(self.decide_by),
        })
    }
}

/// Keeps a protection that is new, or took a step.
pub(crate) async fn keep(conn: &impl ConnectionTrait, protection: &Protection, is_new: bool) -> Result<(), DbErr> {
    let row = Model::from(protection).into_active_model().reset_all();
    if is_new {
        return Entity::insert(row).exec_without_returning(conn).await.map(|_| ());
    }
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// The protection of a document, for changing.
pub(crate) async fn hold(conn: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Protection>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    query.one(conn).await?.map(Model::noun).transpose()
}

/// Protections that nobody ended, the earliest end first; those alone that are to be decided upon by a day, when one is given.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    due: Option<Day>,
    after: Option<(Day, Uuid)>,
    limit: u64,
) -> Result<Vec<Protection>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::EndedOn.is_null());
    if let Some(today) = due {
        // What has run out is over; there is nothing to be decided any more.
        query = query.filter(Column::DecideBy.lte(today.0)).filter(Column::Until.gte(today.0));
    }
    if let Some((until, id)) = after {
        let further = Condition::all().add(Column::Until.eq(until.0)).add(Column::DocumentId.gt(id));
        query = query.filter(Condition::any().add(Column::Until.gt(until.0)).add(further));
    }
    let rows = query.order_by_asc(Column::Until).order_by_asc(Column::DocumentId).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}
