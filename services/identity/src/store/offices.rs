//! Offices and their spans. Everyone signed in may read them: they are the directory of addressees.

use std::collections::BTreeMap;

use schema_identity::{Office, OfficeHistory, OfficeKind, OfficeSpan};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;
use wire::{Day, Version, id::OfficeId};

use super::{days, names};
use crate::domain::load::CENTRE;

/// What a program of before these spans reads stands in the row as well: the newest span.
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
        pub ended_by: Option<String>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod span {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub office_id: Uuid,
        pub code: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub name: String,
        pub folded: String,
        pub kind: String,
        pub parent_id: Option<Uuid>,
        pub instrument: Option<String>,
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
    /// The day whose names and tree count.
    pub(crate) day: Day,
    /// Only those whose code comes after this one.
    pub(crate) after: Option<String>,
    /// At most this many.
    pub(crate) limit: u64,
}

/// One office through time.
pub(crate) async fn get(db: &impl ConnectionTrait, id: OfficeId) -> Result<Option<OfficeHistory>, DbErr> {
    Ok(of_ids(db, [id]).await?.pop())
}

/// These offices through time.
pub(crate) async fn of_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = OfficeId>,
) -> Result<Vec<OfficeHistory>, DbErr> {
    let query = row::Entity::find().filter(row::Column::Id.is_in(ids.into_iter().map(Uuid::from)));
    let offices = query.all(db).await?;
    histories(db, offices).await
}

/// The offices with these codes, through time.
pub(crate) async fn of_codes(
    db: &impl ConnectionTrait,
    codes: impl IntoIterator<Item = String>,
) -> Result<Vec<OfficeHistory>, DbErr> {
    let offices = row::Entity::find().filter(row::Column::Code.is_in(codes)).all(db).await?;
    histories(db, offices).await
}

/// The offices that stand directly below this one on some day.
pub(crate) async fn ever_below(db: &impl ConnectionTrait, id: OfficeId) -> Result<Vec<OfficeHistory>, DbErr> {
    let query = span::Entity::find().filter(span::Column::ParentId.eq(Uuid::from(id)));
    let spans = query.all(db).await?;
    of_ids(db, spans.into_iter().map(|span| span.office_id.into())).await
}

/// An office, locked until the transaction ends: who changes its tree of units goes one at a time.
pub(crate) async fn lock(tx: &DatabaseTransaction, id: OfficeId) -> Result<Option<OfficeId>, DbErr> {
    Ok(service::lock(row::Entity::find_by_id(Uuid::from(id))).one(tx).await?.map(|office| office.id.into()))
}

/// The office of the centre.
pub(crate) async fn centre(db: &impl ConnectionTrait) -> Result<Option<OfficeId>, DbErr> {
    let found = row::Entity::find().filter(row::Column::Code.eq(CENTRE)).one(db).await?;
    Ok(found.map(|office| office.id.into()))
}

/// Locks the row of the centre until the transaction ends: who changes the tree of offices, or who reports to whom, goes
/// one at a time. It is locked before any other row.
pub(crate) async fn lock_tree(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    service::lock(row::Entity::find().filter(row::Column::Code.eq(CENTRE))).one(tx).await.map(|_| ())
}

/// Offices by code, as they stand on a day.
pub(crate) async fn list(db: &impl ConnectionTrait, filter: Filter) -> Result<Vec<Office>, DbErr> {
    let mut query = span::Entity::find()
        .filter(days::in_force(span::Column::FromDay, span::Column::ToDay, filter.day))
        .filter(names::hold(span::Column::Folded, &filter.words))
        .order_by_asc(span::Column::Code)
        .limit(filter.limit);
    if let Some(parent) = filter.parent {
        query = query.filter(span::Column::ParentId.eq(Uuid::from(parent)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(span::Column::Kind.eq(word(kind)));
    }
    if let Some(after) = filter.after {
        query = query.filter(span::Column::Code.gt(after));
    }
    let spans = query.all(db).await?;
    let offices = row::Entity::find().filter(row::Column::Id.is_in(spans.iter().map(|span| span.office_id)));
    let versions: BTreeMap<Uuid, i64> =
        offices.all(db).await?.into_iter().map(|office| (office.id, office.version)).collect();
    let office = |span: span::Model| {
        let (id, code) = (span.office_id, span.code.clone());
        let OfficeSpan { from, to, name, kind, parent, instrument: _ } = part(span)?;
        let version = Version(versions.get(&id).copied().unwrap_or_default());
        Ok(Office { id: id.into(), code, name, kind, parent, from, to, version })
    };
    spans.into_iter().map(office).collect()
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
    let found: Vec<(Uuid, Uuid)> = span::Entity::find()
        .select_only()
        .columns([span::Column::ParentId, span::Column::OfficeId])
        .filter(span::Column::ParentId.is_in(parents))
        .filter(days::in_force(span::Column::FromDay, span::Column::ToDay, day))
        .order_by_asc(span::Column::Code)
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
pub(crate) async fn insert(tx: &DatabaseTransaction, offices: &[OfficeHistory]) -> Result<(), DbErr> {
    if offices.is_empty() {
        return Ok(());
    }
    let rows: Vec<row::ActiveModel> = offices.iter().map(model).collect::<Result<_, _>>()?;
    row::Entity::insert_many(rows).exec_without_returning(tx).await?;
    insert_spans(tx, offices).await
}

/// Writes a changed office down: its spans are replaced by those it has now.
pub(crate) async fn save(tx: &DatabaseTransaction, office: &OfficeHistory) -> Result<(), DbErr> {
    row::Entity::update(model(office)?).exec(tx).await?;
    span::Entity::delete_many().filter(span::Column::OfficeId.eq(Uuid::from(office.id))).exec(tx).await?;
    insert_spans(tx, std::slice::from_ref(office)).await
}

async fn insert_spans(tx: &DatabaseTransaction, offices: &[OfficeHistory]) -> Result<(), DbErr> {
    let spans = offices.iter().flat_map(|office| office.spans.iter().map(|span| span_model(office, span)));
    span::Entity::insert_many(spans).exec_without_returning(tx).await.map(|_| ())
}

/// Offices after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<OfficeHistory>, DbErr> {
    let mut query = row::Entity::find().order_by_asc(row::Column::Id).limit(u64::from(limit));
    if let Some(after) = after {
        query = query.filter(row::Column::Id.gt(after));
    }
    let offices = query.all(db).await?;
    histories(db, offices).await
}

/// The offices with their spans, in the order given.
async fn histories(db: &impl ConnectionTrait, offices: Vec<row::Model>) -> Result<Vec<OfficeHistory>, DbErr> {
    let found = span::Entity::find()
        .filter(span::Column::OfficeId.is_in(offices.iter().map(|office| office.id)))
        .order_by_asc(span::Column::FromDay)
        .all(db)
        .await?;
    let mut spans: BTreeMap<Uuid, Vec<OfficeSpan>> = BTreeMap::new();
    for span in found {
        spans.entry(span.office_id).or_default().push(part(span)?);
    }
    let history = |office: row::Model| OfficeHistory {
        id: office.id.into(),
        code: office.code,
        spans: spans.remove(&office.id).unwrap_or_default(),
        ended_by: office.ended_by,
        version: Version(office.version),
    };
    Ok(offices.into_iter().map(history).collect())
}

fn word(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::Centre => "centre",
        OfficeKind::Province => "province",
        OfficeKind::Commune => "commune",
    }
}

fn part(row: span::Model) -> Result<OfficeSpan, DbErr> {
    let span::Model { office_id, code: _, from_day, to_day, name, folded: _, kind, parent_id, instrument } = row;
    let kind = match kind.as_str() {
        "centre" => OfficeKind::Centre,
        "province" => OfficeKind::Province,
        "commune" => OfficeKind::Commune,
        other => return Err(DbErr::Type(format!("office {office_id} has the unknown kind `{other}`"))),
    };
    let (from, to) = (Day(from_day), days::day(to_day));
    Ok(OfficeSpan { from, to, name, kind, parent: parent_id.map(Into::into), instrument })
}

fn span_model(office: &OfficeHistory, span: &OfficeSpan) -> span::ActiveModel {
    let OfficeSpan { from, to, name, kind, parent, instrument } = span;
    span::ActiveModel {
        office_id: Set(office.id.into()),
        code: Set(office.code.clone()),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        name: Set(name.clone()),
        folded: Set(text::fold(name)),
        kind: Set(word(*kind).to_owned()),
        parent_id: Set(parent.map(Into::into)),
        instrument: Set(instrument.clone()),
    }
}

fn model(office: &OfficeHistory) -> Result<row::ActiveModel, DbErr> {
    let OfficeHistory { id, code, spans, ended_by, version } = office;
    let (Some(first), Some(newest)) = (spans.first(), spans.last()) else {
        return Err(DbErr::Custom(format!("office {id} has no day")));
    };
    Ok(row::ActiveModel {
        id: Set((*id).into()),
        code: Set(code.clone()),
        name: Set(newest.name.clone()),
        folded: Set(text::fold(&newest.name)),
        kind: Set(word(newest.kind).to_owned()),
        parent_id: Set(newest.parent.map(Into::into)),
        from_day: Set(first.from.0),
        to_day: Set(days::column(newest.to)),
        ended_by: Set(ended_by.clone()),
        version: Set(version.0),
    })
}
