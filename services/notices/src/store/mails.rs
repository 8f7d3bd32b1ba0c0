//! Mails that wait to be sent, and those that were.

use std::collections::BTreeMap;

use schema_notices::NoticeKind;
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, DatabaseTransaction, FromJsonQueryResult, IntoActiveModel as _,
    QueryOrder as _, QuerySelect as _, entity::prelude::*,
};
use serde::{Deserialize, Serialize};
use service::{InScope as _, Scope};
use wire::{
    Instant,
    id::{Id, OfficeId, PersonId},
};

/// A mail.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    person_id: Uuid,
    address: String,
    content: Content,
    state: String,
    attempts: i64,
    due: i64,
    /// What the mail server said last, when it did not take the mail.
    error: Option<String>,
}

/// What a mail says: numbers by kind, or that it brings a code. The code itself is made when it is sent, and only its
/// hash is ever stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Content {
    /// How many notices of which kind.
    Bundle(BTreeMap<NoticeKind, u32>),
    /// A code that proves the address.
    Code,
}

/// Mails are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The id of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MailId(Uuid);

impl From<Uuid> for MailId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl From<MailId> for Uuid {
    fn from(id: MailId) -> Self {
        id.0
    }
}

impl Id for MailId {}

/// A bundle waits for working hours; a code is waited for by whoever asked for it.
const READY: &str = "ready";
const CODE_READY: &str = "code_ready";
const SENT: &str = "sent";
const FAILED: &str = "failed";

/// A mail that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    /// Its id; every attempt bears the same `Message-ID`.
    pub(crate) id: MailId,
    /// The office.
    pub(crate) office: OfficeId,
    /// Whose it is.
    pub(crate) person: PersonId,
    /// Where it goes.
    pub(crate) address: String,
    /// What it says.
    pub(crate) content: Content,
    /// How often it was tried.
    pub(crate) attempts: i64,
    /// When it is tried next.
    pub(crate) due: Instant,
}

impl From<Model> for Mail {
    fn from(row: Model) -> Self {
        Self {
            id: MailId(row.id),
            office: OfficeId(row.office_id),
            person: PersonId(row.person_id),
            address: row.address,
            content: row.content,
            attempts: row.attempts,
            due: Instant::from_micros(row.due),
        }
    }
}

/// Puts a mail in the book; it is sent soon after its transaction has committed.
pub(crate) async fn insert(tx: &DatabaseTransaction, mail: Mail) -> Result<(), DbErr> {
    let state = if mail.content == Content::Code { CODE_READY } else { READY };
    let Mail { id, office, person, address, content, attempts, due } = mail;
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        person_id: person.into(),
        address,
        content,
        state: state.to_owned(),
        attempts,
        due: due.micros(),
        error: None,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await.map(|_| ())
}

/// Mails that are to be sent now, the longest waiting first: codes at any time, bundles while people are at work.
pub(crate) async fn due(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    now: Instant,
    at_work: bool,
    limit: u64,
) -> Result<Vec<Mail>, DbErr> {
    let states =
        Condition::any().add(Column::State.eq(CODE_READY)).add_option(at_work.then(|| Column::State.eq(READY)));
    let waiting = Entity::find().in_scope(scope, Column::OfficeId).filter(states).filter(Column::Due.lte(now.micros()));
    let rows = waiting.order_by_asc(Column::Due).order_by_asc(Column::Id).limit(limit).all(conn).await?;
    Ok(rows.into_iter().map(Mail::from).collect())
}

/// Says that the mail server took a mail.
pub(crate) async fn sent(tx: &DatabaseTransaction, id: MailId) -> Result<(), DbErr> {
    let row = ActiveModel { id: Set(id.0), state: Set(SENT.to_owned()), error: Set(None), ..Default::default() };
    row.update(tx).await.map(|_| ())
}

/// Says that the mail server did not take a mail, and when it is tried again; never, when that is nothing.
pub(crate) async fn not_sent(
    tx: &DatabaseTransaction,
    mail: &Mail,
    why: &str,
    again: Option<Instant>,
) -> Result<(), DbErr> {
    let mut row = ActiveModel {
        id: Set(mail.id.0),
        attempts: Set(mail.attempts + 1),
        error: Set(Some(why.to_owned())),
        ..Default::default()
    };
    match again {
        Some(due) => row.due = Set(due.micros()),
        None => row.state = Set(FAILED.to_owned()),
    }
    row.update(tx).await.map(|_| ())
}

/// Forgets mails that were sent or given up and were due before a moment; at most `limit`.
pub(crate) async fn forget(tx: &DatabaseTransaction, before: Instant, limit: u64) -> Result<(), DbErr> {
    let over = Condition::all().add(Column::State.is_in([SENT, FAILED])).add(Column::Due.lt(before.micros()));
    let ids: Vec<Uuid> =
        Entity::find().select_only().column(Column::Id).filter(over).limit(limit).into_tuple().all(tx).await?;
    if ids.is_empty() {
        return Ok(());
    }
    Entity::delete_many().filter(Column::Id.is_in(ids)).exec(tx).await.map(|_| ())
}
