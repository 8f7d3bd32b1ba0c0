//! Units and their spans. Everyone signed in may find them: they are the directory of addressees.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{Unit, UnitHistory, UnitSpan};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{OfficeId, UnitId},
};

use super::{days, names, words};

/// How many rows one statement inserts.
const ROWS: usize = 500;

mod unit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod span {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
        pub office_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub name: String,
        pub folded: String,
        pub body: Option<String>,
        pub parent_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which units a search finds.
#[derive(Clone)]
pub(crate) struct Filter {
    /// Folded words of the name.
    pub(crate) words: Vec<String>,
    /// Whether the name must begin with those words just so, or must not; either when absent.
    pub(crate) begins: Option<bool>,
    /// Only units of this office.
    pub(crate) office: Option<OfficeId>,
    /// Only these units.
    pub(crate) among: Option<BTreeSet<UnitId>>,
    /// The day whose names count.
    pub(crate) day: Day,
    /// Only those after this folded name and id.
    pub(crate) after: Option<(String, Uuid)>,
    /// At most this many.
    pub(crate) limit: u64,
}

/// Units by name, as they stand on a day.
pub(crate) async fn find(db: &impl ConnectionTrait, filter: Filter) -> Result<Vec<Unit>, DbErr> {
    let mut query = span::Entity::find()
        .filter(days::in_force(span::Column::FromDay, span::Column::ToDay, filter.day))
        .filter(names::hold(span::Column::Folded, &filter.words))
        .order_by_asc(span::Column::Folded)
        .order_by_asc(span::Column::UnitId)
        .limit(filter.limit);
    let phrase = filter.words.join(" ");
    let like = format!("{phrase}%");
    match filter.begins {
        // Names in their order begin to begin with the phrase where it would stand itself.
        Some(true) => query = query.filter(span::Column::Folded.like(like)).filter(span::Column::Folded.gte(phrase)),
        Some(false) => query = query.filter(span::Column::Folded.not_like(like)),
        None => {}
    }
    if filter.office.is_none()
        && let Some(units) = words::rarest(db, &filter.words).await?
    {
        query = query.filter(span::Column::UnitId.in_subquery(units));
    }
    if let Some(office) = filter.office {
        query = query.filter(span::Column::OfficeId.eq(Uuid::from(office)));
    }
    if let Some(among) = filter.among {
        query = query.filter(span::Column::UnitId.is_in(among.into_iter().map(Uuid::from)));
    }
    if let Some((name, id)) = filter.after {
        let later = Condition::all().add(span::Column::Folded.eq(name.as_str())).add(span::Column::UnitId.gt(id));
        query = query.filter(Condition::any().add(span::Column::Folded.gt(name.as_str())).add(later));
    }
    let spans = query.all(db).await?;
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(spans.iter().map(|span| span.unit_id)));
    let versions: BTreeMap<Uuid, i64> = units.all(db).await?.into_iter().map(|unit| (unit.id, unit.version)).collect();
    let unit = |span: span::Model| {
        let (id, office, version) = (span.unit_id, span.office_id, versions.get(&span.unit_id).copied());
        let UnitSpan { from, to, name, body, parent } = part(span);
        let version = Version(version.unwrap_or_default());
        Unit { id: id.into(), office: office.into(), name, body, parent, from, to, version }
    };
    Ok(spans.into_iter().map(unit).collect())
}

/// One unit through time, whoever asks.
pub(crate) async fn get(db: &impl ConnectionTrait, id: UnitId) -> Result<Option<UnitHistory>, DbErr> {
    let units = unit::Entity::find_by_id(Uuid::from(id)).all(db).await?;
    Ok(histories(db, units).await?.pop())
}

/// These units through time, whoever asks.
pub(crate) async fn of_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = UnitId>,
) -> Result<Vec<UnitHistory>, DbErr> {
    let query = unit::Entity::find().filter(unit::Column::Id.is_in(ids.into_iter().map(Uuid::from)));
    let units = query.all(db).await?;
    histories(db, units).await
}

/// One unit through time, when it lies in scope.
pub(crate) async fn get_in(db: &impl ConnectionTrait, scope: &Scope, id: UnitId) -> Result<Option<UnitHistory>, DbErr> {
    let units = unit::Entity::find_by_id(Uuid::from(id)).in_scope(scope, unit::Column::OfficeId).all(db).await?;
    Ok(histories(db, units).await?.pop())
}

/// All units of an office through time.
pub(crate) async fn of_office(db: &impl ConnectionTrait, office: OfficeId) -> Result<Vec<UnitHistory>, DbErr> {
    let units = unit::Entity::find().filter(unit::Column::OfficeId.eq(Uuid::from(office))).all(db).await?;
    histories(db, units).await
}

/// Units after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<UnitHistory>, DbErr> {
    let mut query = unit::Entity::find().order_by_asc(unit::Column::Id).limit(u64::from(limit));
    if let Some(after) = after {
        query = query.filter(unit::Column::Id.gt(after));
    }
    let units = query.all(db).await?;
    histories(db, units).await
}

/// Writes new units down.
pub(crate) async fn insert(tx: &DatabaseTransaction, units: &[UnitHistory]) -> Result<(), DbErr> {
    for some in units.chunks(ROWS) {
        let rows = some.iter().map(|unit| unit::ActiveModel {
            id: Set(unit.id.into()),
            office_id: Set(unit.office.into()),
            version: Set(unit.version.0),
        });
        unit::Entity::insert_many(rows).exec_without_returning(tx).await?;
        let spans = some.iter().flat_map(|unit| unit.spans.iter().map(|span| model(unit, span)));
        span::Entity::insert_many(spans).exec_without_returning(tx).await?;
        words::insert(tx, some).await?;
    }
    Ok(())
}

/// Writes a changed unit down: its spans are replaced by those it has now.
pub(crate) async fn save(tx: &DatabaseTransaction, unit: &UnitHistory) -> Result<(), DbErr> {
    let row = unit::ActiveModel { id: Set(unit.id.into()), version: Set(unit.version.0), ..Default::default() };
    unit::Entity::update(row).exec(tx).await?;
    span::Entity::delete_many().filter(span::Column::UnitId.eq(Uuid::from(unit.id))).exec(tx).await?;
    let spans = unit.spans.iter().map(|span| model(unit, span));
    span::Entity::insert_many(spans).exec_without_returning(tx).await?;
    words::insert(tx, std::slice::from_ref(unit)).await
}

/// The units with their spans, in the order given.
async fn histories(db: &impl ConnectionTrait, units: Vec<unit::Model>) -> Result<Vec<UnitHistory>, DbErr> {
    let ids = units.iter().map(|unit| unit.id);
    let found = span::Entity::find()
        .filter(span::Column::UnitId.is_in(ids))
        .order_by_asc(span::Column::FromDay)
        .all(db)
        .await?;
    let mut spans: BTreeMap<Uuid, Vec<UnitSpan>> = BTreeMap::new();
    for span in found {
        spans.entry(span.unit_id).or_default().push(part(span));
    }
    let history = |unit: unit::Model| UnitHistory {
        id: unit.id.into(),
        office: unit.office_id.into(),
        spans: spans.remove(&unit.id).unwrap_or_default(),
        version: Version(unit.version),
    };
    Ok(units.into_iter().map(history).collect())
}

fn part(row: span::Model) -> UnitSpan {
    let span::Model { unit_id: _, office_id: _, from_day, to_day, name, folded: _, body, parent_id } = row;
    UnitSpan { from: Day(from_day), to: days::day(to_day), name, body, parent: parent_id.map(Into::into) }
}

fn model(unit: &UnitHistory, span: &UnitSpan) -> span::ActiveModel {
    let UnitSpan { from, to, name, body, parent } = span;
    span::ActiveModel {
        unit_id: Set(unit.id.into()),
        office_id: Set(unit.office.into()),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        name: Set(name.clone()),
        folded: Set(text::fold(name)),
        body: Set(body.clone()),
        parent_id: Set(parent.map(Into::into)),
    }
}
