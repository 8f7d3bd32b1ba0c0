//! What the senders of messages are told, and what of it has been written.

use schema_documents::MailStatus;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect, Set, entity::prelude::*, sea_query::Expr};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{MailId, OfficeId},
};

/// A status.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_status")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    mail_id: Uuid,
    code: String,
    reason: Option<String>,
    at: i64,
    written_at: Option<i64>,
}

/// Statuses are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn noun(self) -> MailStatus {
        let written_at = self.written_at.map(Instant::from_micros);
        MailStatus { code: self.code, reason: self.reason, at: Instant::from_micros(self.at), written_at }
    }
}

/// Keeps one.
pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    (id, mail): (Uuid, MailId),
    status: &MailStatus,
) -> Result<(), DbErr> {
    let MailStatus { code, reason, at, written_at } = status.clone();
    let row = ActiveModel {
        id: Set(id),
        office_id: Set(office.into()),
        mail_id: Set(mail.into()),
        code: Set(code),
        reason: Set(reason),
        at: Set(at.micros()),
        written_at: Set(written_at.map(Instant::micros)),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// What the senders of some messages were told, in order, each under its message.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    mails: Vec<Uuid>,
) -> Result<Vec<(MailId, MailStatus)>, DbErr> {
    if mails.is_empty() {
        return Ok(Vec::new());
    }
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::MailId.is_in(mails));
    let rows = query.order_by_asc(Column::Id).all(conn).await?;
    Ok(rows.into_iter().map(|row| (MailId(row.mail_id), row.noun())).collect())
}

/// What is not written yet, the oldest first.
pub(crate) async fn unwritten(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    limit: u64,
) -> Result<Vec<(Uuid, MailId, MailStatus)>, DbErr> {
    let rows = waiting(scope, office).order_by_asc(Column::Id).limit(limit).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, MailId(row.mail_id), row.noun())).collect())
}

/// How many are not written yet.
pub(crate) async fn backlog(conn: &impl ConnectionTrait, scope: &Scope, office: OfficeId) -> Result<u64, DbErr> {
    waiting(scope, office).count(conn).await
}

fn waiting(scope: &Scope, office: OfficeId) -> Select<Entity> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::OfficeId.eq(Uuid::from(office)));
    query.filter(Column::WrittenAt.is_null())
}

/// Notes that some were written; gives how many of them were not before.
pub(crate) async fn wrote(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: Vec<Uuid>,
    now: Instant,
) -> Result<u64, DbErr> {
    if ids.is_empty() {
        return Ok(0);
    }
    let query = Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::WrittenAt, Expr::value(now.micros()))
        .filter(Column::Id.is_in(ids))
        .filter(Column::WrittenAt.is_null());
    Ok(query.exec(conn).await?.rows_affected)
}
