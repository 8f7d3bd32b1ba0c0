//! Who has read which document.

use schema_documents::ReadMark;
use sea_orm::{Condition, QueryOrder, QuerySelect, Set, entity::prelude::*, sea_query::OnConflict};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{IncomingId, OfficeId, PersonId},
};

/// A read mark.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "read_mark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    incoming_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    office_id: Uuid,
    at: i64,
}

/// Read marks are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Sets a mark unless it is there; false when it was.
pub(crate) async fn set(conn: &impl ConnectionTrait, office: OfficeId, mark: &ReadMark) -> Result<bool, DbErr> {
    let row = ActiveModel {
        incoming_id: Set(mark.document.into()),
        person_id: Set(mark.person.into()),
        office_id: Set(office.into()),
        at: Set(mark.at.micros()),
    };
    let there = OnConflict::columns([Column::IncomingId, Column::PersonId]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(there).exec_without_returning(conn).await? == 1)
}

/// The mark of a person on a document.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
    person: PersonId,
) -> Result<Option<ReadMark>, DbErr> {
    let key = (Uuid::from(document), Uuid::from(person));
    let row = Entity::find_by_id(key).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(row.map(Model::noun))
}

/// The marks on a document after one, in order of time.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
    after: Option<(Instant, Uuid)>,
    limit: u64,
) -> Result<Vec<ReadMark>, DbErr> {
    let mut query = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::IncomingId.eq(Uuid::from(document)))
        .order_by_asc(Column::At)
        .order_by_asc(Column::PersonId)
        .limit(limit);
    if let Some((at, person)) = after {
        let later = Condition::any().add(Column::At.gt(at.micros())).add(Column::PersonId.gt(person));
        query = query.filter(Column::At.gte(at.micros())).filter(later);
    }
    Ok(query.all(conn).await?.into_iter().map(Model::noun).collect())
}

impl Model {
    fn noun(self) -> ReadMark {
        let Self { incoming_id, person_id, office_id: _, at } = self;
        ReadMark { document: IncomingId(incoming_id), person: PersonId(person_id), at: Instant::from_micros(at) }
    }
}
