//! People, always within a scope.

use schema_identity::Person;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{OfficeId, PersonId},
};

use super::{appointments, names};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub full_name: String,
        pub folded: String,
        pub contact: Option<String>,
        pub active: bool,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// People by name whose names hold the folded words, after a folded name and id; only those who hold a position in an
/// office on a day, when these are given.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    words: &[String],
    holding: Option<(OfficeId, Day)>,
    after: Option<(String, Uuid)>,
    limit: u64,
) -> Result<Vec<Person>, DbErr> {
    let mut query = row::Entity::find()
        .in_scope(scope, row::Column::OfficeId)
        .filter(names::hold(row::Column::Folded, words))
        .order_by_asc(row::Column::Folded)
        .order_by_asc(row::Column::Id)
        .limit(limit);
    if let Some((office, day)) = holding {
        query = query.filter(row::Column::Id.in_subquery(appointments::holders(office, day)));
    }
    if let Some((name, id)) = after {
        let later = Condition::all().add(row::Column::Folded.eq(name.as_str())).add(row::Column::Id.gt(id));
        query = query.filter(Condition::any().add(row::Column::Folded.gt(name.as_str())).add(later));
    }
    Ok(query.all(db).await?.into_iter().map(noun).collect())
}

/// One person.
pub(crate) async fn get(db: &impl ConnectionTrait, scope: &Scope, id: PersonId) -> Result<Option<Person>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    Ok(query.one(db).await?.map(noun))
}

/// One person, locked until the transaction ends.
pub(crate) async fn lock(tx: &DatabaseTransaction, scope: &Scope, id: PersonId) -> Result<Option<Person>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    Ok(service::lock(query).one(tx).await?.map(noun))
}

/// The person of an account, which they may always see.
pub(crate) async fn own(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>, DbErr> {
    Ok(row::Entity::find_by_id(Uuid::from(id)).one(db).await?.map(noun))
}

/// People after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<Person>, DbErr> {
    let mut query = row::Entity::find()
        .in_scope(scope, row::Column::OfficeId)
        .order_by_asc(row::Column::Id)
        .limit(u64::from(limit));
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    Ok(query.all(db).await?.into_iter().map(noun).collect())
}

/// Writes a new person down.
pub(crate) async fn insert(tx: &DatabaseTransaction, person: &Person) -> Result<(), DbErr> {
    row::Entity::insert(model(person)).exec_without_returning(tx).await.map(|_| ())
}

/// Writes a changed person down.
pub(crate) async fn save(tx: &DatabaseTransaction, person: &Person) -> Result<(), DbErr> {
    row::Entity::update(model(person)).exec(tx).await.map(|_| ())
}

fn noun(row: row::Model) -> Person {
    let row::Model { id, office_id, full_name, folded: _, contact, active, version } = row;
    Person { id: id.into(), office: office_id.into(), full_name, contact, active, version: Version(version) }
}

fn model(person: &Person) -> row::ActiveModel {
    let Person { id, office, full_name, contact, active, version } = person;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        full_name: Set(full_name.clone()),
        folded: Set(text::fold(full_name)),
        contact: Set(contact.clone()),
        active: Set(*active),
        version: Set(version.0),
    }
}
