//! Party organisations and their spans.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{PartyOrganisation, PartyOrganisationHistory, PartyOrganisationSpan, PartySuccessor};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait as _,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{OfficeId, PartyOrganisationId},
};

use super::{
    days,
    delegations::{read, word},
    lineage::{self, Noun},
    names,
};
use crate::domain::lineage::Step;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "party_organisation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub ended_by: Option<Json>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod span {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "party_organisation_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation_id: Uuid,
        pub office_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub name: String,
        pub folded: String,
        pub kind: String,
        pub code: Option<String>,
        pub parent_id: Option<Uuid>,
        pub instrument: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which organisations a list shows.
pub(crate) struct Filter {
    /// Only those directly below this one.
    pub(crate) parent: Option<PartyOrganisationId>,
    /// Folded words of the name.
    pub(crate) words: Vec<String>,
    /// The day whose names and tree count.
    pub(crate) day: Day,
    /// Only those after this folded name and id.
    pub(crate) after: Option<(String, Uuid)>,
    /// At most this many.
    pub(crate) limit: u64,
}

/// Organisations by name, as they stand on a day.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: Filter,
) -> Result<Vec<PartyOrganisation>, DbErr> {
    let Filter { parent, words, day, after, limit } = filter;
    let later = |(name, id): (String, Uuid)| {
        let same =
            Condition::all().add(span::Column::Folded.eq(name.as_str())).add(span::Column::OrganisationId.gt(id));
        Condition::any().add(span::Column::Folded.gt(name.as_str())).add(same)
    };
    let condition = Condition::all()
        .add(days::in_force(span::Column::FromDay, span::Column::ToDay, day))
        .add(names::hold(span::Column::Folded, &words))
        .add_option(parent.map(|parent| span::Column::ParentId.eq(Uuid::from(parent))))
        .add_option(after.map(later));
    let query = span::Entity::find().in_scope(scope, span::Column::OfficeId).filter(condition);
    let query = query.order_by_asc(span::Column::Folded).order_by_asc(span::Column::OrganisationId).limit(limit);
    let spans = query.all(db).await?;
    let rows = row::Entity::find().filter(row::Column::Id.is_in(spans.iter().map(|span| span.organisation_id)));
    let versions: BTreeMap<Uuid, i64> = rows.all(db).await?.into_iter().map(|row| (row.id, row.version)).collect();
    let noun = |found: span::Model| {
        let (id, office) = (found.organisation_id.into(), found.office_id.into());
        let version = Version(versions.get(&found.organisation_id).copied().unwrap_or_default());
        let PartyOrganisationSpan { from, to, name, kind, code, parent, instrument: _ } = part(found)?;
        Ok(PartyOrganisation { id, office, name, kind, code, parent, from, to, version })
    };
    spans.into_iter().map(noun).collect()
}

/// One organisation through time, when it lies in scope.
pub(crate) async fn get_in(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: PartyOrganisationId,
) -> Result<Option<PartyOrganisationHistory>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    Ok(histories(db, query.all(db).await?).await?.pop())
}

/// One organisation in scope, locked until the transaction ends.
pub(crate) async fn lock_in(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: PartyOrganisationId,
) -> Result<Option<PartyOrganisationHistory>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    Ok(histories(tx, service::lock(query).all(tx).await?).await?.pop())
}

/// These organisations through time, whoever asks.
pub(crate) async fn of_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PartyOrganisationId>,
) -> Result<Vec<PartyOrganisationHistory>, DbErr> {
    let query = row::Entity::find().filter(row::Column::Id.is_in(ids.into_iter().map(Uuid::from)));
    histories(db, query.all(db).await?).await
}

/// Those of an office that have none above on some day.
pub(crate) async fn leading(
    db: &impl ConnectionTrait,
    office: OfficeId,
) -> Result<Vec<PartyOrganisationHistory>, DbErr> {
    let spans = span::Entity::find()
        .select_only()
        .column(span::Column::OrganisationId)
        .filter(span::Column::OfficeId.eq(Uuid::from(office)))
        .filter(span::Column::ParentId.is_null())
        .into_query();
    let query = row::Entity::find().filter(row::Column::Id.in_subquery(spans));
    histories(db, query.all(db).await?).await
}

/// Those that stand directly below one on some day.
pub(crate) async fn ever_below(
    db: &impl ConnectionTrait,
    id: PartyOrganisationId,
) -> Result<Vec<PartyOrganisationHistory>, DbErr> {
    let spans = span::Entity::find()
        .select_only()
        .column(span::Column::OrganisationId)
        .filter(span::Column::ParentId.eq(Uuid::from(id)))
        .into_query();
    let query = row::Entity::find().filter(row::Column::Id.in_subquery(spans));
    histories(db, query.all(db).await?).await
}

/// Organisations with all that ever stood above them: one query for each generation.
pub(crate) async fn with_above(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PartyOrganisationId>,
) -> Result<BTreeMap<PartyOrganisationId, PartyOrganisationHistory>, DbErr> {
    let mut waiting: BTreeSet<PartyOrganisationId> = ids.into_iter().collect();
    let mut known = BTreeMap::new();
    while !waiting.is_empty() {
        for found in of_ids(db, std::mem::take(&mut waiting)).await? {
            waiting.extend(found.spans.iter().filter_map(|span| span.parent));
            known.insert(found.id, found);
        }
        waiting.retain(|id| !known.contains_key(id));
    }
    Ok(known)
}

/// Organisations after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<PartyOrganisationHistory>, DbErr> {
    let condition = Condition::all().add_option(after.map(|after| row::Column::Id.gt(after)));
    let query = row::Entity::find().filter(condition).order_by_asc(row::Column::Id).limit(u64::from(limit));
    histories(db, query.all(db).await?).await
}

/// Writes a new organisation down.
pub(crate) async fn insert(tx: &DatabaseTransaction, organisation: &PartyOrganisationHistory) -> Result<(), DbErr> {
    row::Entity::insert(model(organisation)).exec_without_returning(tx).await?;
    insert_spans(tx, organisation).await
}

/// Writes a changed organisation down: its spans are replaced by those it has now.
pub(crate) async fn save(tx: &DatabaseTransaction, organisation: &PartyOrganisationHistory) -> Result<(), DbErr> {
    row::Entity::update(model(organisation)).exec(tx).await?;
    let old = span::Column::OrganisationId.eq(Uuid::from(organisation.id));
    span::Entity::delete_many().filter(old).exec(tx).await?;
    insert_spans(tx, organisation).await
}

async fn insert_spans(tx: &DatabaseTransaction, organisation: &PartyOrganisationHistory) -> Result<(), DbErr> {
    let spans = organisation.spans.iter().map(|span| span_model(organisation, span)).collect::<Result<Vec<_>, _>>()?;
    span::Entity::insert_many(spans).exec_without_returning(tx).await.map(|_| ())
}

async fn histories(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<Vec<PartyOrganisationHistory>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = || rows.iter().map(|row| row.id);
    let query = span::Entity::find().filter(span::Column::OrganisationId.is_in(ids()));
    let mut spans: BTreeMap<Uuid, Vec<PartyOrganisationSpan>> = BTreeMap::new();
    for found in query.order_by_asc(span::Column::FromDay).all(db).await? {
        spans.entry(found.organisation_id).or_default().push(part(found)?);
    }
    let mut successors: BTreeMap<Uuid, Vec<PartySuccessor>> = BTreeMap::new();
    for step in lineage::from::<Uuid>(db, Noun::PartyOrganisation, ids()).await? {
        let Step { predecessor, successor, day, share, instrument: _ } = step;
        let to = PartySuccessor { organisation: successor.into(), day, share };
        successors.entry(predecessor).or_default().push(to);
    }
    let history = |row: row::Model| {
        let mut successors = successors.remove(&row.id).unwrap_or_default();
        successors.sort_by_key(|to: &PartySuccessor| (to.share, to.organisation));
        Ok(PartyOrganisationHistory {
            id: row.id.into(),
            office: row.office_id.into(),
            spans: spans.remove(&row.id).unwrap_or_default(),
            ended_by: row.ended_by.map(|by| read(by, row.id)).transpose()?,
            successors,
            version: Version(row.version),
        })
    };
    rows.into_iter().map(history).collect()
}

fn part(row: span::Model) -> Result<PartyOrganisationSpan, DbErr> {
    Ok(PartyOrganisationSpan {
        from: Day(row.from_day),
        to: days::day(row.to_day),
        name: row.name,
        kind: read(serde_json::Value::String(row.kind), row.organisation_id)?,
        code: row.code,
        parent: row.parent_id.map(Into::into),
        instrument: read(row.instrument, row.organisation_id)?,
    })
}

fn model(organisation: &PartyOrganisationHistory) -> row::ActiveModel {
    let PartyOrganisationHistory { id, office, spans: _, ended_by, successors: _, version } = organisation;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        ended_by: Set(ended_by.as_ref().map(|by| serde_json::json!(by))),
        version: Set(version.0),
    }
}

fn span_model(
    organisation: &PartyOrganisationHistory,
    span: &PartyOrganisationSpan,
) -> Result<span::ActiveModel, DbErr> {
    let PartyOrganisationSpan { from, to, name, kind, code, parent, instrument } = span;
    Ok(span::ActiveModel {
        organisation_id: Set(organisation.id.into()),
        office_id: Set(organisation.office.into()),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        name: Set(name.clone()),
        folded: Set(text::fold(name)),
        kind: Set(word(kind)?),
        code: Set(code.clone()),
        parent_id: Set(parent.map(Into::into)),
        instrument: Set(serde_json::json!(instrument)),
    })
}
