//! Instructions upon incoming documents. Their scans stand among the files.

use schema_documents::{Instruction, InstructionState, InstructionTranscription, TranscriptionState};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use service::{InScope, Scope};
use wire::{
    Day, FileRef, Instant, Version,
    id::{IncomingId, InstructionId, OfficeId, ProposalId},
};

use super::{
    files,
    proposals::{Actor, Routing},
    word,
};

/// An instruction; what follows `transcription` is there with it only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instruction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    version: i64,
    incoming_id: Uuid,
    routing: Routing,
    by_actor: Actor,
    at: i64,
    proposal_id: Option<Uuid>,
    as_proposed: bool,
    state: String,
    transcription: Option<String>,
    written: Option<TimeDate>,
    transcribed_by: Option<Actor>,
    answered_by: Option<Actor>,
    answered_at: Option<i64>,
    reason: Option<String>,
}

/// Instructions are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Instruction> for Model {
    fn from(noun: &Instruction) -> Self {
        let Instruction { id, office, version, document, routing, by, at, proposal, .. } = noun.clone();
        let Instruction { as_proposed, state, transcription, .. } = noun.clone();
        let mut row = Self {
            id: id.into(),
            office_id: office.into(),
            version: version.0,
            incoming_id: document.into(),
            routing: Routing(routing),
            by_actor: Actor(by),
            at: at.micros(),
            proposal_id: proposal.map(Uuid::from),
            as_proposed,
            state: word::of(state),
            transcription: None,
            written: None,
            transcribed_by: None,
            answered_by: None,
            answered_at: None,
            reason: None,
        };
        if let Some(transcription) = transcription {
            let InstructionTranscription { written, by, scan: _, state, answered_by, answered_at, reason } =
                transcription;
            row.transcription = Some(word::of(state));
            row.written = Some(written.0);
            row.transcribed_by = Some(Actor(by));
            row.answered_by = answered_by.map(Actor);
            row.answered_at = answered_at.map(Instant::micros);
            row.reason = reason;
        }
        row
    }
}

impl Model {
    fn noun(self, scan: Option<FileRef>) -> Result<Instruction, DbErr> {
        let transcription = match (self.transcription, self.written, self.transcribed_by) {
            (Some(state), Some(written), Some(by)) => Some(InstructionTranscription {
                written: Day(written),
                by: by.0,
                scan,
                state: word::read(state)?,
                answered_by: self.answered_by.map(|actor| actor.0),
                answered_at: self.answered_at.map(Instant::from_micros),
                reason: self.reason,
            }),
            _ => None,
        };
        Ok(Instruction {
            id: InstructionId(self.id),
            office: OfficeId(self.office_id),
            version: Version(self.version),
            document: IncomingId(self.incoming_id),
            routing: self.routing.0,
            by: self.by_actor.0,
            at: Instant::from_micros(self.at),
            proposal: self.proposal_id.map(ProposalId),
            as_proposed: self.as_proposed,
            state: word::read(self.state)?,
            transcription,
        })
    }
}

/// Keeps a new instruction; its scan is kept by [`files::attach`].
pub(crate) async fn insert(conn: &impl ConnectionTrait, instruction: &Instruction) -> Result<(), DbErr> {
    let row = Model::from(instruction).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Keeps what is known of an instruction by now.
pub(crate) async fn update(conn: &impl ConnectionTrait, instruction: &Instruction) -> Result<(), DbErr> {
    let row = Model::from(instruction).into_active_model().reset_all();
    Entity::update(row).exec(conn).await.map(|_| ())
}

/// One instruction in scope. Whoever changes it holds its document.
pub(crate) async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: InstructionId,
) -> Result<Option<Instruction>, DbErr> {
    let row = Entity::find_by_id(id).in_scope(scope, Column::OfficeId).one(conn).await?;
    Ok(nouns(conn, scope, row.into_iter().collect()).await?.pop())
}

/// A page of a document's instructions, the latest first.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    document: IncomingId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Instruction>, DbErr> {
    let of = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::IncomingId.eq(Uuid::from(document)));
    let of = before.into_iter().fold(of, |of, before| of.filter(Column::Id.lt(before)));
    let rows = of.order_by_desc(Column::Id).limit(limit).all(conn).await?;
    nouns(conn, scope, rows).await
}

/// A page of the transcriptions in force that nobody has confirmed, the oldest first.
pub(crate) async fn unconfirmed(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Instruction>, DbErr> {
    let owed = Entity::find()
        .in_scope(scope, Column::OfficeId)
        .filter(Column::State.eq(word::of(InstructionState::InForce)))
        .filter(Column::Transcription.eq(word::of(TranscriptionState::Unconfirmed)));
    let owed = after.into_iter().fold(owed, |owed, after| owed.filter(Column::Id.gt(after)));
    let rows = owed.order_by_asc(Column::Id).limit(limit).all(conn).await?;
    nouns(conn, scope, rows).await
}

/// Instructions by id after one, for snapshots.
pub(crate) async fn after(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Instruction>, DbErr> {
    let all = Entity::find().in_scope(scope, Column::OfficeId).order_by_asc(Column::Id).limit(limit);
    let all = after.into_iter().fold(all, |all, after| all.filter(Column::Id.gt(after)));
    let rows = all.all(conn).await?;
    nouns(conn, scope, rows).await
}

async fn nouns(conn: &impl ConnectionTrait, scope: &Scope, rows: Vec<Model>) -> Result<Vec<Instruction>, DbErr> {
    let mut held = files::of(conn, scope, rows.iter().map(|row| row.id)).await?;
    rows.into_iter()
        .map(|row| {
            let scan = held.remove(&row.id).unwrap_or_default().pop();
            row.noun(scan)
        })
        .collect()
}
