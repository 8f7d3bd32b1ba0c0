//! Offices. Everyone signed in may read them: they are the directory of addressees.

use std::collections::BTreeMap;

use schema_identity::{Office, OfficeKind};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;
use wire::{Day, Version, id::OfficeId};

use super::{days, names};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "office")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub code: String,
        pub name: String,
        pub folded: String,
        pub kind: String,
        pub parent_id: Option<Uuid>,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which offices a list shows.
pub(crate) struct Filter {
    /// Only those directly below this one.
    pub(crate) parent: Option<OfficeId>,
    /// Only those of this tier.
    pub(crate) kind: Option<OfficeKind>,
    /// Folded words of the name.
    pub(crate) words: Vec<String>,
    /// Only those in force on this day.
    pub(crate) day: Day,
    /// Only those whose code comes after this one.
    pub(crate) after: Option<String>,
    /// At most this many.
    pub(crate) limit: u64,
}

/// One office.
pub(crate) async fn get(db: &impl ConnectionTrait, id: OfficeId) -> Result<Option<Office>, DbErr> {
    row::Entity::find_by_id(Uuid::from(id)).one(db).await?.map(noun).transpose()
}

/// One office, locked until the transaction ends: who changes its tree of units goes one at a time.
pub(crate) async fn lock(tx: &DatabaseTransaction, id: OfficeId) -> Result<Option<Office>, DbErr> {
    service::lock(row::Entity::find_by_id(Uuid::from(id))).one(tx).await?.map(noun).transpose()
}

/// Offices by code.
pub(crate) async fn list(db: &impl ConnectionTrait, filter: Filter) -> Result<Vec<Office>, DbErr> {
    let mut query = row::Entity::find()
        .filter(days::in_force(row::Column::FromDay, row::Column::ToDay, filter.day))
        .filter(names::hold(row::Column::Folded, &filter.words))
        .order_by_asc(row::Column::Code)
        .limit(filter.limit);
    if let Some(parent) = filter.parent {
        query = query.filter(row::Column::ParentId.eq(Uuid::from(parent)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(row::Column::Kind.eq(word(kind)));
    }
    if let Some(after) = filter.after {
        query = query.filter(row::Column::Code.gt(after));
    }
    query.all(db).await?.into_iter().map(noun).collect()
}

/// The offices with these codes.
pub(crate) async fn of_codes(
    db: &impl ConnectionTrait,
    codes: impl IntoIterator<Item = String>,
) -> Result<Vec<Office>, DbErr> {
    row::Entity::find().filter(row::Column::Code.is_in(codes)).all(db).await?.into_iter().map(noun).collect()
}

/// The offices directly below each of these on a day.
pub(crate) async fn below(
    db: &impl ConnectionTrait,
    offices: impl IntoIterator<Item = OfficeId>,
    day: Day,
) -> Result<BTreeMap<OfficeId, Vec<OfficeId>>, DbErr> {
    let parents: Vec<Uuid> = offices.into_iter().map(Uuid::from).collect();
    if parents.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found: Vec<(Uuid, Uuid)> = row::Entity::find()
        .select_only()
        .columns([row::Column::ParentId, row::Column::Id])
        .filter(row::Column::ParentId.is_in(parents))
        .filter(days::in_force(row::Column::FromDay, row::Column::ToDay, day))
        .order_by_asc(row::Column::Code)
        .into_tuple()
        .all(db)
        .await?;
    let mut below: BTreeMap<OfficeId, Vec<OfficeId>> = BTreeMap::new();
    for (parent, office) in found {
        below.entry(parent.into()).or_default().push(office.into());
    }
    Ok(below)
}

/// Writes new offices down.
pub(crate) async fn insert(tx: &DatabaseTransaction, offices: &[Office]) -> Result<(), DbErr> {
    if !offices.is_empty() {
        row::Entity::insert_many(offices.iter().map(model)).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Offices after an id, for snapshots.
pub(crate) async fn after(db: &impl ConnectionTrait, after: Option<Uuid>, limit: u16) -> Result<Vec<Office>, DbErr> {
    let mut query = row::Entity::find().order_by_asc(row::Column::Id).limit(u64::from(limit));
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    query.all(db).await?.into_iter().map(noun).collect()
}

fn word(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::Centre => "centre",
        OfficeKind::Province => "province",
        OfficeKind::Commune => "commune",
    }
}

fn noun(row: row::Model) -> Result<Office, DbErr> {
    let row::Model { id, code, name, folded: _, kind, parent_id, from_day, to_day, version } = row;
    let kind = match kind.as_str() {
        "centre" => OfficeKind::Centre,
        "province" => OfficeKind::Province,
        "commune" => OfficeKind::Commune,
        other => return Err(DbErr::Type(format!("office {id} has the unknown kind `{other}`"))),
    };
    Ok(Office {
        id: id.into(),
        code,
        name,
        kind,
        parent: parent_id.map(Into::into),
        from: Day(from_day),
        to: days::day(to_day),
        version: Version(version),
    })
}

fn model(office: &Office) -> row::ActiveModel {
    let Office { id, code, name, kind, parent, from, to, version } = office;
    row::ActiveModel {
        id: Set((*id).into()),
        code: Set(code.clone()),
        name: Set(name.clone()),
        folded: Set(text::fold(name)),
        kind: Set(word(*kind).to_owned()),
        parent_id: Set(parent.map(Into::into)),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        version: Set(version.0),
    }
}
