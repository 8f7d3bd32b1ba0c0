//! The seal book.

use schema_documents::{ListSealImprints, SealImprint};
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{OfficeId, OutgoingId, PersonId, SealImprintId},
};

use super::word;

/// One use of a seal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seal_imprint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    document_id: Uuid,
    symbol: String,
    dated: TimeDate,
    summary: Option<String>,
    body_name: String,
    seal: String,
    copies: i64,
    digital: bool,
    by_person: Uuid,
    at: i64,
    note: Option<String>,
}

/// Lines are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&SealImprint> for Model {
    fn from(noun: &SealImprint) -> Self {
        let SealImprint { id, office, document, symbol, dated, summary, body_name, seal, .. } = noun.clone();
        let SealImprint { copies, digital, by, at, note, .. } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            document_id: document.into(),
            symbol,
            dated: dated.0,
            summary,
            body_name,
            seal,
            copies: copies.into(),
            digital,
            by_person: by.into(),
            at: at.micros(),
            note,
        }
    }
}

impl Model {
    fn noun(self) -> Result<SealImprint, DbErr> {
        Ok(SealImprint {
            id: SealImprintId(self.id),
            office: OfficeId(self.office_id),
            document: OutgoingId(self.document_id),
            symbol: self.symbol,
            dated: Day(self.dated),
            summary: self.summary,
            body_name: self.body_name,
            seal: self.seal,
            copies: word::count(self.copies)?,
            digital: self.digital,
            by: PersonId(self.by_person),
            at: Instant::from_micros(self.at),
            note: self.note,
        })
    }
}

/// Enters a line.
pub(crate) async fn insert(conn: &impl ConnectionTrait, line: &SealImprint) -> Result<(), DbErr> {
    let row = Model::from(line).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Lines of an office, the latest first; `before` is the place of the last one of the page before.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListSealImprints,
    before: Option<(Instant, Uuid)>,
    limit: u64,
) -> Result<Vec<SealImprint>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId);
    if let Some(from) = call.from {
        query = query.filter(Column::At.gte(from.start().micros()));
    }
    if let Some(after) = call.to.and_then(|to| to.plus(1)) {
        query = query.filter(Column::At.lt(after.start().micros()));
    }
    if let Some((at, id)) = before {
        let further = Condition::any().add(Column::At.lt(at.micros())).add(Column::Id.lt(id));
        query = query.filter(Column::At.lte(at.micros())).filter(further);
    }
    let rows = query.order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}
