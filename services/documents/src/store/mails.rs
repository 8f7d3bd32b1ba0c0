//! Letters and messages that came, and by which files.

use schema_documents::{IntakeMail, ListMail, Mail, MailRemark};
use sea_orm::{
    Condition, FromJsonQueryResult, IntoActiveModel, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*,
};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Instant, Version,
    id::{IncomingId, IntakeItemId, MailId, OfficeId, OutgoingId},
};

use super::word;
use crate::domain::mail::{Answers, KeptMail, Outside};

/// A letter or message.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    at: i64,
    kind: String,
    identity: String,
    sender: Option<String>,
    document: Option<String>,
    answers: Option<Named>,
    affected: Ids,
    remarks: Remarks,
    deliveries: i64,
    progress: Option<String>,
    take_back: Option<String>,
    asks: bool,
    intake_id: Option<Uuid>,
    incoming_id: Option<Uuid>,
    outgoing_id: Option<Uuid>,
}

/// The document as a status names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Named(Answers);

/// Ids of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Ids(Vec<String>);

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Remarks(Vec<MailRemark>);

/// Mail is joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&KeptMail> for Model {
    fn from(kept: &KeptMail) -> Self {
        let Mail { outside, office, version, at, intake, progress, take_back, incoming, outgoing, asks, .. } =
            kept.mail.clone();
        let Outside { document, answers, affected } = kept.outside.clone();
        Self {
            id: outside.id.into(),
            office_id: office.into(),
            version: version.0,
            at: at.micros(),
            kind: word::of(outside.kind),
            identity: kept.identity.clone(),
            sender: outside.from,
            document,
            answers: answers.map(Named),
            affected: Ids(affected),
            remarks: Remarks(outside.remarks),
            deliveries: outside.deliveries.into(),
            progress,
            take_back,
            asks,
            intake_id: intake.map(Uuid::from),
            incoming_id: incoming.map(Uuid::from),
            outgoing_id: outgoing.map(Uuid::from),
        }
    }
}

impl Model {
    fn kept(self) -> Result<KeptMail, DbErr> {
        let outside = IntakeMail {
            id: MailId(self.id),
            kind: word::read(self.kind)?,
            from: self.sender,
            deliveries: word::count(self.deliveries)?,
            remarks: self.remarks.0,
        };
        let mail = Mail {
            outside,
            office: OfficeId(self.office_id),
            version: Version(self.version),
            at: Instant::from_micros(self.at),
            intake: self.intake_id.map(IntakeItemId),
            progress: self.progress,
            take_back: self.take_back,
            incoming: self.incoming_id.map(IncomingId),
            outgoing: self.outgoing_id.map(OutgoingId),
            asks: self.asks,
            told: Vec::new(),
        };
        let outside =
            Outside { document: self.document, answers: self.answers.map(|named| named.0), affected: self.affected.0 };
        Ok(KeptMail { mail, identity: self.identity, outside })
    }
}

fn some(row: Option<Model>) -> Result<Option<KeptMail>, DbErr> {
    row.map(Model::kept).transpose()
}

/// Keeps a new one.
pub(crate) async fn insert(conn: &impl ConnectionTrait, kept: &KeptMail) -> Result<(), DbErr> {
    let row = Model::from(kept).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps a changed one under its next version.
pub(crate) async fn update(conn: &impl ConnectionTrait, kept: &mut KeptMail) -> Result<(), DbErr> {
    kept.mail.version = kept.mail.version.next();
    let row = Model::from(&*kept).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One in scope.
pub(crate) async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: MailId) -> Result<Option<KeptMail>, DbErr> {
    some(Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?)
}

/// One in scope, which nobody else changes before the transaction ends.
pub(crate) async fn hold(conn: &impl ConnectionTrait, scope: &Scope, id: MailId) -> Result<Option<KeptMail>, DbErr> {
    some(service::lock(Entity::find_by_id(id).in_scope(scope, Column::OfficeId)).one(conn).await?)
}

/// The one that an item of the queue was made of, held.
pub(crate) async fn of_item(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    item: IntakeItemId,
) -> Result<Option<KeptMail>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IntakeId.eq(Uuid::from(item)));
    some(service::lock(query).one(conn).await?)
}

/// The outsides of those that items were made of, each under its item.
pub(crate) async fn outsides(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    items: Vec<Uuid>,
) -> Result<Vec<(IntakeItemId, IntakeMail)>, DbErr> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IntakeId.is_in(items));
    let kept = query.all(conn).await?.into_iter().map(Model::kept);
    kept.filter_map(|kept| kept.map(|kept| Some((kept.mail.intake?, kept.mail.outside))).transpose()).collect()
}

/// The messages that an incoming document was made of, held.
pub(crate) async fn of_incoming(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
) -> Result<Vec<KeptMail>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IncomingId.eq(Uuid::from(document)));
    service::lock(query.order_by_asc(Column::Id)).all(conn).await?.into_iter().map(Model::kept).collect()
}

/// The one of this identity.
pub(crate) async fn identical(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    identity: &str,
) -> Result<Option<KeptMail>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::OfficeId.eq(Uuid::from(office)));
    some(query.filter(Column::Identity.eq(identity)).order_by_asc(Column::Id).one(conn).await?)
}

/// The latest message of a sender that brought one of these documents, and was registered.
pub(crate) async fn brought(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    asking: &KeptMail,
) -> Result<Option<KeptMail>, DbErr> {
    let (office, outside) = (asking.mail.office, &asking.mail.outside);
    let query = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Document.is_in(asking.outside.affected.clone()))
        .filter(Column::Sender.eq(outside.from.clone()))
        .filter(Column::IncomingId.is_not_null())
        .filter(Column::Id.ne(Uuid::from(outside.id)));
    some(service::lock(query.order_by_desc(Column::Id).limit(1)).one(conn).await?)
}

/// A page of mail, the latest first.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListMail,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<KeptMail>, DbErr> {
    let office = Condition::all().add(Column::OfficeId.eq(Uuid::from(call.office)));
    let asking = call.asking.then(|| Column::Asks.eq(true));
    let outgoing = call.outgoing.map(|id| Column::OutgoingId.eq(Uuid::from(id)));
    let before = before.map(|before| Column::Id.lt(before));
    let wanted = office.add_option(asking).add_option(outgoing).add_option(before);
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(wanted);
    query.order_by_desc(Column::Id).limit(limit).all(conn).await?.into_iter().map(Model::kept).collect()
}

/// How many ask for something, and when something came last.
pub(crate) async fn standing(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
) -> Result<(u64, Option<Instant>), DbErr> {
    let ours = || Entity::find().in_scope(scope, Column::OfficeId).filter(Column::OfficeId.eq(Uuid::from(office)));
    let asking = ours().filter(Column::Asks.eq(true)).count(conn).await?;
    let last = ours().order_by_desc(Column::Id).limit(1).one(conn).await?;
    Ok((asking, last.map(|row| Instant::from_micros(row.at))))
}
