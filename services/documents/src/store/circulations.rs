//! How far documents that arrived may go.

use schema_documents::{Circulation, ListCirculations};
use sea_orm::{
    Condition, IntoActiveModel, Order, QueryOrder, QuerySelect, entity::prelude::*, sea_query::NullOrdering,
};
use service::{InScope, Scope};
use wire::{
    Day, Instant,
    id::{DeliveryId, IncomingId, OfficeId},
};

use super::word;

/// The limit upon a document. `sender_id` is the office that set it, which sees when the document went back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "circulation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    incoming_id: Uuid,
    office_id: Uuid,
    sender_id: Option<Uuid>,
    delivery_id: Option<Uuid>,
    mark: String,
    return_by: Option<TimeDate>,
    given_back_at: Option<i64>,
    note: Option<String>,
    /// Whether it is still to go back.
    owed: bool,
}

/// Limits are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn noun(self) -> Result<Circulation, DbErr> {
        Ok(Circulation {
            document: IncomingId(self.incoming_id),
            office: OfficeId(self.office_id),
            delivery: self.delivery_id.map(DeliveryId),
            mark: word::read(self.mark)?,
            return_by: self.return_by.map(Day),
            given_back_at: self.given_back_at.map(Instant::from_micros),
            note: self.note,
            number: None,
            symbol: None,
            summary: None,
        })
    }
}

/// Keeps a limit that is new, or was changed; who set it stays.
pub(crate) async fn keep(
    conn: &impl ConnectionTrait,
    limit: &Circulation,
    sender: Option<OfficeId>,
    changed: bool,
) -> Result<(), DbErr> {
    let mut row = Model {
        incoming_id: limit.document.into(),
        office_id: limit.office.into(),
        sender_id: sender.map(Uuid::from),
        delivery_id: limit.delivery.map(Uuid::from),
        mark: word::of(limit.mark),
        return_by: limit.return_by.map(|day| day.0),
        given_back_at: limit.given_back_at.map(Instant::micros),
        note: limit.note.clone(),
        owed: limit.mark.owes_return() && limit.given_back_at.is_none(),
    }
    .into_active_model()
    .reset_all();
    if changed {
        row.sender_id = sea_orm::ActiveValue::NotSet;
        return Entity::update(row).exec(conn).await.map(|_| ());
    }
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// The limit upon a document, if there is one.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: IncomingId,
) -> Result<Option<Circulation>, DbErr> {
    let row = Entity::find_by_id(Uuid::from(id)).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// Limits of an office, the earliest day first, those without one last; after a place.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListCirculations,
    after: Option<(Option<Day>, Uuid)>,
    limit: u64,
) -> Result<Vec<Circulation>, DbErr> {
    let mut query = Entity::find().in_scope(scope, Column::OfficeId);
    if call.owed {
        query = query.filter(Column::Owed.eq(true));
    }
    if let Some(document) = call.document {
        query = query.filter(Column::IncomingId.eq(Uuid::from(document)));
    }
    query = match after {
        None => query,
        Some((None, id)) => query.filter(Column::ReturnBy.is_null()).filter(Column::IncomingId.gt(id)),
        Some((Some(day), id)) => query.filter(
            Condition::any()
                .add(Column::ReturnBy.is_null())
                .add(Column::ReturnBy.gt(day.0))
                .add(Condition::all().add(Column::ReturnBy.eq(day.0)).add(Column::IncomingId.gt(id))),
        ),
    };
    let query = query.order_by_with_nulls(Column::ReturnBy, Order::Asc, NullOrdering::Last);
    let rows = query.order_by_asc(Column::IncomingId).limit(limit).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}

/// When what was delivered went back, as its sender sees it.
pub(crate) async fn given_back(
    conn: &impl ConnectionTrait,
    sender: &Scope,
    deliveries: impl Iterator<Item = DeliveryId>,
) -> Result<Vec<(DeliveryId, Instant)>, DbErr> {
    let query = Entity::find().in_scope(sender, Column::SenderId).filter(Column::GivenBackAt.is_not_null());
    let rows = query.filter(Column::DeliveryId.is_in(deliveries.map(Uuid::from))).all(conn).await?;
    let told = |row: Model| Some((DeliveryId(row.delivery_id?), Instant::from_micros(row.given_back_at?)));
    Ok(rows.into_iter().filter_map(told).collect())
}
