//! Checks of the signatures in files: a row for each PDF of a document that arrived, waiting or with what was found.

use std::collections::BTreeMap;

use schema_documents::{FileSignature, FileSignatures, SignatureCheckState, SignatureVerdict};
use sea_orm::{FromJsonQueryResult, IntoActiveModel, QuerySelect, Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{FileId, OfficeId},
};

use super::word;

/// A check.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signature_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    file_id: Uuid,
    office_id: Uuid,
    state: String,
    checked_at: Option<i64>,
    report: Option<Found>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Found {
    verdict: SignatureVerdict,
    signatures: Vec<FileSignature>,
}

/// Checks are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn noun(self) -> Result<FileSignatures, DbErr> {
        let found = self.report;
        Ok(FileSignatures {
            file: FileId(self.file_id),
            state: word::read(self.state)?,
            checked_at: self.checked_at.map(Instant::from_micros),
            verdict: found.as_ref().map(|found| found.verdict),
            signatures: found.map(|found| found.signatures).unwrap_or_default(),
        })
    }
}

/// Notes that a file has still to be looked at.
pub(crate) async fn wait(conn: &impl ConnectionTrait, office: OfficeId, file: FileId) -> Result<(), DbErr> {
    let row = ActiveModel {
        file_id: Set(file.into()),
        office_id: Set(office.into()),
        state: Set(word::of(SignatureCheckState::Waiting)),
        checked_at: Set(None),
        report: Set(None),
    };
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps what was found in a file that waited; nothing when the file was taken off, or somebody has looked meanwhile.
pub(crate) async fn keep(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    found: FileSignatures,
) -> Result<(), DbErr> {
    let waiting = word::of(SignatureCheckState::Waiting);
    let query = Entity::find_by_id(Uuid::from(found.file)).in_scope(scope, Column::OfficeId);
    let waits = service::lock(query.filter(Column::State.eq(waiting))).one(conn).await?;
    if waits.is_none() {
        return Ok(());
    }
    let FileSignatures { file, state, checked_at, verdict, signatures } = found;
    let row = Model {
        file_id: file.into(),
        office_id: office.into(),
        state: word::of(state),
        checked_at: checked_at.map(Instant::micros),
        report: verdict.map(|verdict| Found { verdict, signatures }),
    };
    Entity::update(row.into_active_model().reset_all()).exec(conn).await.map(|_| ())
}

/// The checks of files.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    files: &[FileId],
) -> Result<BTreeMap<FileId, FileSignatures>, DbErr> {
    let ids: Vec<Uuid> = files.iter().copied().map(Uuid::from).collect();
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::FileId.is_in(ids));
    let rows = query.limit(files.len() as u64).all(conn).await?;
    rows.into_iter().map(|row| row.noun().map(|noun| (noun.file, noun))).collect()
}

/// Forgets the check of a file that is taken off its document: it names people.
pub(super) async fn forget(conn: &impl ConnectionTrait, scope: &Scope, file: FileId) -> Result<(), DbErr> {
    let query = Entity::delete_many().in_scope(scope, Column::OfficeId);
    query.filter(Column::FileId.eq(Uuid::from(file))).exec(conn).await.map(|_| ())
}
