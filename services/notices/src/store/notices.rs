//! The notices of people.

use std::collections::BTreeMap;

use schema_notices::{ListNotices, Notice, NoticeKind, NoticeSource, NoticeSourceKind};
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, DatabaseTransaction, IntoActiveModel as _, QueryOrder as _,
    QuerySelect as _, UpdateMany, entity::prelude::*, sea_query::Expr,
};
use service::{InScope as _, Scope};
use wire::{
    Day, Instant,
    id::{NoticeId, OfficeId, PersonId},
};

use crate::domain::{compare::Open, matter::Matter};

/// A notice, whose it is, and of which version of the noun it tells.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    person_id: Uuid,
    kind: String,
    source_kind: String,
    source_id: Uuid,
    source_version: i64,
    due: Option<TimeDate>,
    at: i64,
    read_at: Option<i64>,
    settled_at: Option<i64>,
    /// Neither read nor settled.
    unread: bool,
    /// Waits for the next mail.
    to_mail: bool,
}

/// Notices are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Notice {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let kind = NoticeSourceKind::of(&row.source_kind);
        Ok(Self {
            id: NoticeId(row.id),
            office: OfficeId(row.office_id),
            kind: kind_of(&row.kind)?,
            source: NoticeSource { kind, id: row.source_id },
            due: row.due.map(Day),
            at: Instant::from_micros(row.at),
            read_at: row.read_at.map(Instant::from_micros),
            settled_at: row.settled_at.map(Instant::from_micros),
        })
    }
}

fn kind_of(word: &str) -> Result<NoticeKind, DbErr> {
    let kind = NoticeKind::ALL.into_iter().find(|kind| kind.word() == word);
    kind.ok_or_else(|| DbErr::Type(format!("`{word}` is no kind of notice")))
}

/// Where a page begins: after this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct After {
    /// Whether it is unread.
    pub(crate) unread: bool,
    /// Since when it is there.
    pub(crate) at: Instant,
    /// Its id.
    pub(crate) id: NoticeId,
}

/// A person's own notices, the unread first, then the newest; one more than `limit` when more follow.
pub(crate) async fn own(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    person: PersonId,
    call: &ListNotices,
    after: Option<After>,
    limit: u16,
) -> Result<Vec<Notice>, DbErr> {
    let wanted = Condition::all()
        .add_option(call.unread.then(|| Column::Unread.eq(true)))
        .add_option((!call.settled).then(|| Column::SettledAt.is_null()))
        .add_option(after.map(|after| {
            let (at, id) = (after.at.micros(), Uuid::from(after.id));
            let same = Condition::all().add(Column::At.eq(at)).add(Column::Id.lt(id));
            let older = Condition::any().add(Column::At.lt(at)).add(same);
            let alike = Condition::all().add(Column::Unread.eq(after.unread)).add(older);
            // Behind the last unread one comes everything that is read.
            Condition::any().add(alike).add_option(after.unread.then(|| Column::Unread.eq(false)))
        }));
    let rows = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::PersonId.eq(Uuid::from(person)))
        .filter(wanted)
        .order_by_desc(Column::Unread)
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(u64::from(limit) + 1)
        .all(conn)
        .await?;
    rows.into_iter().map(Notice::try_from).collect()
}

/// One of a person's own notices, locked until the transaction ends.
pub(crate) async fn locked(
    tx: &DatabaseTransaction,
    scope: &Scope,
    person: PersonId,
    id: NoticeId,
) -> Result<Option<Notice>, DbErr> {
    let own = Entity::find_by_id(id).in_scope(scope, Column::OfficeId);
    let row = service::lock(own.filter(Column::PersonId.eq(Uuid::from(person)))).one(tx).await?;
    row.map(Notice::try_from).transpose()
}

/// Marks one notice as read.
pub(crate) async fn read_one(tx: &DatabaseTransaction, id: NoticeId, now: Instant) -> Result<(), DbErr> {
    put_by(Column::ReadAt, now).filter(Column::Id.eq(Uuid::from(id))).exec(tx).await.map(|_| ())
}

/// Marks a person's unread notices up to a moment as read.
pub(crate) async fn read_until(
    tx: &DatabaseTransaction,
    scope: &Scope,
    person: PersonId,
    until: Instant,
    now: Instant,
) -> Result<(), DbErr> {
    put_by(Column::ReadAt, now)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::PersonId.eq(Uuid::from(person)))
        .filter(Column::Unread.eq(true))
        .filter(Column::At.lte(until.micros()))
        .exec(tx)
        .await
        .map(|_| ())
}

/// The notices about a matter that are not settled.
pub(crate) async fn open(conn: &impl ConnectionTrait, matter: &Matter) -> Result<Vec<Open>, DbErr> {
    let about = Entity::find().filter(Column::OfficeId.eq(Uuid::from(matter.office)));
    let about = about.filter(Column::SourceId.eq(matter.source.id)).filter(Column::SettledAt.is_null());
    let rows = about.order_by_asc(Column::Id).all(conn).await?;
    let open = |row: Model| {
        let (id, person, due) = (NoticeId(row.id), PersonId(row.person_id), row.due.map(Day));
        Ok(Open { id, person, kind: kind_of(&row.kind)?, due })
    };
    rows.into_iter().map(open).collect()
}

/// Settles notices: they need nobody any more and are not mailed.
pub(crate) async fn settle(tx: &DatabaseTransaction, ids: &[NoticeId], now: Instant) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids = ids.iter().copied().map(Uuid::from);
    put_by(Column::SettledAt, now).filter(Column::Id.is_in(ids)).exec(tx).await.map(|_| ())
}

/// Gives a notice about a version of a matter. When the person was told of that very version for that reason before, and
/// it was settled meanwhile, that notice stands again.
pub(crate) async fn give(
    tx: &DatabaseTransaction,
    person: PersonId,
    matter: &Matter,
    notice: Notice,
    to_mail: bool,
) -> Result<Notice, DbErr> {
    let before = Entity::find()
        .filter(Column::OfficeId.eq(Uuid::from(matter.office)))
        .filter(Column::SourceId.eq(matter.source.id))
        .filter(Column::PersonId.eq(Uuid::from(person)))
        .filter(Column::Kind.eq(notice.kind.word()))
        .filter(Column::SourceVersion.eq(matter.version.0))
        .one(tx)
        .await?;
    if let Some(before) = before {
        let unread = before.read_at.is_none();
        let mut again = before.into_active_model();
        again.settled_at = Set(None);
        again.due = Set(notice.due.map(|due| due.0));
        again.unread = Set(unread);
        return again.update(tx).await?.try_into();
    }
    let Notice { id, office, kind, source, due, at, read_at, settled_at } = notice.clone();
    let row = Model {
        id: id.into(),
        office_id: office.into(),
        person_id: person.into(),
        kind: kind.word().to_owned(),
        source_kind: source.kind.word().to_owned(),
        source_id: source.id,
        source_version: matter.version.0,
        due: due.map(|due| due.0),
        at: at.micros(),
        read_at: read_at.map(Instant::micros),
        settled_at: settled_at.map(Instant::micros),
        unread: true,
        to_mail,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(notice)
}

/// How many notices of which kind wait for a person's next mail.
pub(crate) async fn waiting(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    person: PersonId,
) -> Result<BTreeMap<NoticeKind, u32>, DbErr> {
    let kinds: Vec<String> =
        to_mail(Entity::find(), office, person).select_only().column(Column::Kind).into_tuple().all(conn).await?;
    let mut counts = BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind_of(&kind)?).or_insert(0) += 1;
    }
    Ok(counts)
}

/// Takes a person's waiting notices off: they are in a mail, or are not to be mailed any more.
pub(crate) async fn mailed(tx: &DatabaseTransaction, office: OfficeId, person: PersonId) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::ToMail, Expr::value(false));
    to_mail(update, office, person).exec(tx).await.map(|_| ())
}

/// Forgets notices that were settled before a moment, and withdrawals that were read before it; at most `limit` of each.
pub(crate) async fn forget(tx: &DatabaseTransaction, before: Instant, limit: u64) -> Result<(), DbErr> {
    let settled = Condition::all().add(Column::SettledAt.lt(before.micros()));
    let withdrawn = NoticeKind::WorkWithdrawn.word();
    let read = Condition::all().add(Column::Kind.eq(withdrawn)).add(Column::ReadAt.lt(before.micros()));
    for gone in [settled, read] {
        let ids: Vec<Uuid> =
            Entity::find().select_only().column(Column::Id).filter(gone).limit(limit).into_tuple().all(tx).await?;
        if !ids.is_empty() {
            Entity::delete_many().filter(Column::Id.is_in(ids)).exec(tx).await?;
        }
    }
    Ok(())
}

/// The notices after an id that still need somebody, by id: for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: Option<Uuid>,
    limit: u16,
) -> Result<Vec<Notice>, DbErr> {
    let wanted = Condition::all().add(Column::SettledAt.is_null()).add_option(id.map(|id| Column::Id.gt(id)));
    let rows = Entity::find().in_scope(scope, Column::OfficeId).filter(wanted).order_by_asc(Column::Id);
    rows.limit(u64::from(limit)).all(conn).await?.into_iter().map(Notice::try_from).collect()
}

fn put_by(column: Column, now: Instant) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(column, Expr::value(now.micros()))
        .col_expr(Column::Unread, Expr::value(false))
        .col_expr(Column::ToMail, Expr::value(false))
}

fn to_mail<Q: QueryFilter>(query: Q, office: OfficeId, person: PersonId) -> Q {
    query
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::PersonId.eq(Uuid::from(person)))
        .filter(Column::ToMail.eq(true))
}
