//! Citizens' letters: the masked line, and no column for anything else.

use schema_documents::CitizenLetter;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day, Instant, Version,
    id::{IncomingId, OfficeId, RegisterId},
};

use super::word;

/// A citizen's letter.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    register_id: Uuid,
    number: i64,
    arrived: TimeDate,
    registered_at: i64,
    sheets: i64,
    envelopes: i64,
    state: String,
    void_reason: Option<String>,
}

/// Letters are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&CitizenLetter> for Model {
    fn from(noun: &CitizenLetter) -> Self {
        let CitizenLetter { id, office, version, register, number, arrived, registered_at, .. } = noun.clone();
        let CitizenLetter { sheets, envelopes, state, void_reason, .. } = noun.clone();
        Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            register_id: register.into(),
            number,
            arrived: arrived.0,
            registered_at: registered_at.micros(),
            sheets: sheets.into(),
            envelopes: envelopes.into(),
            state: word::of(state),
            void_reason: void_reason.map(word::of),
        }
    }
}

impl Model {
    fn noun(self) -> Result<CitizenLetter, DbErr> {
        let Self { id, office_id, version, register_id, number, arrived, registered_at, .. } = self;
        let Self { sheets, envelopes, state, void_reason, .. } = self;
        Ok(CitizenLetter {
            id: IncomingId(id),
            office: OfficeId(office_id),
            version: Version(version),
            register: RegisterId(register_id),
            number,
            arrived: Day(arrived),
            registered_at: Instant::from_micros(registered_at),
            sheets: word::count(sheets)?,
            envelopes: word::count(envelopes)?,
            state: word::read(state)?,
            void_reason: void_reason.map(word::read).transpose()?,
        })
    }
}

/// Keeps a new letter.
pub(crate) async fn insert(conn: &impl ConnectionTrait, letter: &CitizenLetter) -> Result<(), DbErr> {
    let row = Model::from(letter).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed letter.
pub(crate) async fn update(conn: &impl ConnectionTrait, letter: &CitizenLetter) -> Result<(), DbErr> {
    let row = Model::from(letter).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One letter in scope.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: IncomingId,
) -> Result<Option<CitizenLetter>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    row.map(Model::noun).transpose()
}

/// One letter in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: IncomingId,
) -> Result<Option<CitizenLetter>, DbErr> {
    let query = service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId));
    query.one(conn).await?.map(Model::noun).transpose()
}

/// Letters in scope by id, in no particular order.
pub(crate) async fn by_ids(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: impl IntoIterator<Item = IncomingId>,
) -> Result<Vec<CitizenLetter>, DbErr> {
    let ids: Vec<Uuid> = ids.into_iter().map(Uuid::from).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::Id.is_in(ids)).all(conn).await?;
    rows.into_iter().map(Model::noun).collect()
}

/// Letters by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<CitizenLetter>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let query = after.into_iter().fold(query, |query, after| query.filter(Column::Id.gt(after)));
    query.all(conn).await?.into_iter().map(Model::noun).collect()
}
