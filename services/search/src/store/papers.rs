//! What can be found: one row for each noun that was ever told, numbered by its last change. A noun that may not be found
//! keeps a row without a word, so that an older telling of it never brings it back.

use std::collections::BTreeMap;

use schema_search::SearchKind;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use service::Scope;
use wire::{Version, id::OfficeId};

use super::ledger;
use crate::domain::paper::{Key, Noun, Paper};

/// A noun.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    kind: String,
    office_id: Uuid,
    version: i64,
    change: i64,
    body: Option<String>,
}

/// Papers are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A noun and the number of its last change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// The number.
    pub(crate) number: i64,
    /// The noun.
    pub(crate) noun: Noun,
}

impl TryFrom<Model> for Change {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Model { id, kind, office_id, version, change, body } = row;
        let known = SearchKind::ALL.into_iter().find(|known| known.word() == kind);
        let kind = known.ok_or_else(|| DbErr::Custom(format!("`{kind}` is no kind of noun")))?;
        let paper = body.map(|body| serde_json::from_str::<Paper>(&body)).transpose();
        let paper = paper.map_err(|error| DbErr::Json(error.to_string()))?;
        let key = Key { id, kind, office: OfficeId(office_id), version: Version(version) };
        Ok(Self { number: change, noun: Noun { key, paper } })
    }
}

/// Keeps a noun, unless something later is known already; `reconciling`, whatever is known. What is known as it is
/// changes nothing.
pub(crate) async fn keep(tx: &DatabaseTransaction, noun: &Noun, reconciling: bool) -> Result<(), DbErr> {
    let Noun { key, paper } = noun;
    let body = paper.as_ref().map(serde_json::to_string).transpose();
    let body = body.map_err(|error| DbErr::Json(error.to_string()))?;
    let known = service::lock(Entity::find_by_id(key.id)).one(tx).await?;
    if let Some(known) = known {
        let later = known.version > key.version.0 && !reconciling;
        let same = known.version == key.version.0 && known.body == body && known.office_id == Uuid::from(key.office);
        if later || same {
            return Ok(());
        }
    }
    let row = Model {
        id: key.id,
        kind: key.kind.word().to_owned(),
        office_id: key.office.into(),
        version: key.version.0,
        change: ledger::next_change(tx).await?,
        body,
    };
    let mut changed = OnConflict::column(Column::Id);
    changed.update_columns([Column::Kind, Column::OfficeId, Column::Version, Column::Change, Column::Body]);
    Entity::insert(row.into_active_model()).on_conflict(changed).exec_without_returning(tx).await.map(|_| ())
}

/// Gives a noun up that its service does not know any more, unless it was told of after a change.
pub(crate) async fn give_up(tx: &DatabaseTransaction, id: Uuid, unless_after: i64) -> Result<(), DbErr> {
    let known = service::lock(Entity::find_by_id(id)).one(tx).await?;
    if !known.is_some_and(|known| known.body.is_some() && known.change <= unless_after) {
        return Ok(());
    }
    let change = ledger::next_change(tx).await?;
    let update = Entity::update_many()
        .col_expr(Column::Body, Expr::value(Option::<String>::None))
        .col_expr(Column::Change, Expr::value(change));
    update.filter(Column::Id.eq(id)).exec(tx).await.map(|_| ())
}

/// The changes after a number, in order.
pub(crate) async fn after(conn: &impl ConnectionTrait, change: i64, limit: u64) -> Result<Vec<Change>, DbErr> {
    let query = Entity::find().filter(Column::Change.gt(change)).order_by_asc(Column::Change).limit(limit);
    query.all(conn).await?.into_iter().map(Change::try_from).collect()
}

/// The ids of nouns of a kind after one, by id.
pub(crate) async fn held(
    conn: &impl ConnectionTrait,
    kind: SearchKind,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>, DbErr> {
    let mut query = Entity::find().select_only().column(Column::Id).filter(Column::Kind.eq(kind.word()));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(limit).into_tuple().all(conn).await
}

/// Nouns by id that can be found, of the offices in scope.
pub(crate) async fn by_ids(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Noun>, DbErr> {
    use service::InScope as _;
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Id.is_in(ids.iter().copied()));
    let found = query.filter(Column::Body.is_not_null()).all(conn).await?;
    found.into_iter().map(|row| Change::try_from(row).map(|change| (change.noun.key.id, change.noun))).collect()
}
