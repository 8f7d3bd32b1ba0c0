//! Terms that an office sets for what arrives without a day. Rows do not change; of those that hold, the one from the latest day
//! counts, and of one day the one that was set last.

use rules::{Mark, Term, TermSubject, Unit};
use schema_documents::{HandlingTerm, TermPurpose, TermUnit};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{HandlingTermId, OfficeId, PersonId},
};

use super::word;

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handling_term")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    days: i64,
    unit: String,
    decision: String,
    valid_from: TimeDate,
    by_person: Uuid,
    at: i64,
}

/// Terms are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn noun(self) -> Result<HandlingTerm, DbErr> {
        Ok(HandlingTerm {
            purpose: TermPurpose::HandleIncoming,
            days: word::count(self.days)?,
            unit: word::read(self.unit)?,
            roll: true,
            instrument: self.decision,
            verified: false,
            valid_from: Day(self.valid_from),
            valid_to: None,
            own: Some(HandlingTermId(self.id)),
        })
    }
}

/// Keeps a term.
pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    term: &HandlingTerm,
    (id, by, at): (HandlingTermId, PersonId, Instant),
) -> Result<(), DbErr> {
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        days: term.days.into(),
        unit: word::of(term.unit),
        decision: term.instrument.clone(),
        valid_from: term.valid_from.0,
        by_person: by.into(),
        at: at.micros(),
    };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(conn).await.map(|_| ())
}

/// Terms of an office, those that hold from the latest day first.
pub(crate) async fn list(conn: &impl ConnectionTrait, scope: &Scope, limit: u64) -> Result<Vec<HandlingTerm>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId);
    let rows = query.order_by_desc(Column::ValidFrom).order_by_desc(Column::Id).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}

/// The office's own term for what arrives on a day.
pub(crate) async fn of_day(conn: &impl ConnectionTrait, office: OfficeId, day: Day) -> Result<Option<Term>, DbErr> {
    let query = Entity::find().filter(Column::OfficeId.eq(Uuid::from(office))).filter(Column::ValidFrom.lte(day.0));
    let row = query.order_by_desc(Column::ValidFrom).order_by_desc(Column::Id).one(conn).await?;
    let Some(row) = row else { return Ok(None) };
    let unit = match word::read(row.unit)? {
        TermUnit::Working => Unit::Working,
        TermUnit::Calendar => Unit::Calendar,
    };
    Ok(Some(Term {
        subject: TermSubject::Own,
        days: word::count(row.days)?,
        unit,
        roll: true,
        instrument: row.decision,
        valid_from: Day(row.valid_from),
        valid_to: None,
        mark: Mark::Practice,
    }))
}
