//! Files: which document names which content. The same content is stored once within an office, however often it is
//! named, and goes when no row names it any more.

use std::collections::{BTreeMap, BTreeSet};

use super::signatures;
use sea_orm::{QueryOrder, QuerySelect, Set, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    FileRef, Instant,
    id::{FileId, IncomingId, InstructionId, IntakeItemId, OfficeId, OldRegisterId, OpeningActId, OutgoingId},
};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    owner_kind: String,
    owner_id: Uuid,
    sha256: String,
    name: String,
    media_type: String,
    size: i64,
    at: i64,
}

/// Files are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The document that names a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// An incoming one.
    Incoming(IncomingId),
    /// An outgoing one.
    Outgoing(OutgoingId),
    /// An opening act.
    Opening(OpeningActId),
    /// An instruction that was written by hand.
    Instruction(InstructionId),
    /// A register of past years.
    OldRegister(OldRegisterId),
    /// An item of the clerk's queue.
    Intake(IntakeItemId),
}

impl Owner {
    fn kind(self) -> &'static str {
        match self {
            Self::Incoming(_) => "incoming",
            Self::Outgoing(_) => "outgoing",
            Self::Opening(_) => "opening",
            Self::Instruction(_) => "instruction",
            Self::OldRegister(_) => "old_register",
            Self::Intake(_) => "intake",
        }
    }

    fn id(self) -> Uuid {
        match self {
            Self::Incoming(id) => id.into(),
            Self::Outgoing(id) => id.into(),
            Self::Opening(id) => id.into(),
            Self::Instruction(id) => id.into(),
            Self::OldRegister(id) => id.into(),
            Self::Intake(id) => id.into(),
        }
    }
}

/// Names contents as files of a document. The contents were claimed before.
pub(crate) async fn attach(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    owner: Owner,
    files: &[FileRef],
    now: Instant,
) -> Result<(), DbErr> {
    for FileRef { id, name, media_type, size, sha256 } in files {
        let row = ActiveModel {
            id: Set((*id).into()),
            office_id: Set(office.into()),
            owner_kind: Set(owner.kind().to_owned()),
            owner_id: Set(owner.id()),
            sha256: Set(sha256.clone()),
            name: Set(name.clone()),
            media_type: Set(media_type.clone()),
            size: Set(i64::try_from(*size).unwrap_or(i64::MAX)),
            at: Set(now.micros()),
        };
        Entity::insert(row).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Takes a file off its document; false when it has no such file.
pub(crate) async fn detach(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    owner: Owner,
    file: FileId,
) -> Result<bool, DbErr> {
    let query = Entity::delete_many().in_scope(scope, Column::OfficeId).filter(Column::Id.eq(Uuid::from(file)));
    let gone = query.filter(Column::OwnerId.eq(owner.id())).exec(conn).await?;
    signatures::forget(conn, scope, file).await?;
    Ok(gone.rows_affected == 1)
}

/// The files of documents, each in the order in which they were attached.
pub(super) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    owners: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Vec<FileRef>>, DbErr> {
    let owners: Vec<Uuid> = owners.into_iter().collect();
    let mut held: BTreeMap<Uuid, Vec<FileRef>> = BTreeMap::new();
    if owners.is_empty() {
        return Ok(held);
    }
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::OwnerId.is_in(owners));
    for row in query.order_by_asc(Column::Id).all(conn).await? {
        held.entry(row.owner_id).or_default().push(row.noun());
    }
    Ok(held)
}

/// The incoming documents that name one of these contents.
pub(super) async fn owners(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    contents: &[String],
) -> Result<Vec<Uuid>, DbErr> {
    if contents.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find()
        .select_only()
        .column(Column::OwnerId)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::Sha256.is_in(contents))
        .filter(Column::OwnerKind.eq("incoming"))
        .limit(100)
        .into_tuple()
        .all(conn)
        .await
}

/// Those of these contents of an office that some row names.
pub(crate) async fn named(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    contents: &[String],
) -> Result<BTreeSet<String>, DbErr> {
    let found: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Sha256)
        .distinct()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Sha256.is_in(contents))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(found.into_iter().collect())
}

impl Model {
    fn noun(self) -> FileRef {
        let Self { id, name, media_type, size, sha256, .. } = self;
        FileRef { id: FileId(id), name, media_type, size: u64::try_from(size).unwrap_or_default(), sha256 }
    }
}
