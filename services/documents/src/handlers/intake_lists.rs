//! The clerk's queue: lists, one item, batches with how far they are, the file of an item.

use std::collections::BTreeMap;

use anyhow::Result;
use schema_documents::{
    DownloadIntake, GetIntake, GetIntakeBatch, GetIntakeOpen, GetIntakeProposal, IntakeBatch, IntakeItem, IntakeOpen,
    IntakeProposal, IntakeReading, IntakeState, ListIntake, ListIntakeBatches, Refusal,
};
use sea_orm::{ConnectionTrait, prelude::Uuid};
use service::{Read, Scope};
use wire::{Download, Page, id::IntakeItemId};

use super::{files, intake_secrets, paging};
use crate::{
    domain::intake::{self as rule, ALL, OPEN},
    store::{
        intake::{self, Kept, Wanted},
        intake_batches::{self, Batch},
    },
};

/// What is listed when no state is asked for.
const TO_DO: [IntakeState; 2] = [IntakeState::Waiting, IntakeState::Official];

/// Items of an office's queue, the oldest first.
pub(crate) async fn list(cx: Read, call: ListIntake) -> Result<Page<IntakeItem>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<IntakeItem>::limit(call.limit);
    let one = call.state.map(|state| [state]);
    let states = one.as_ref().map_or(TO_DO.as_slice(), |state| state.as_slice());
    let wanted = Wanted { states, batch: call.batch, after: paging::one(call.cursor.as_ref())? };
    let found = intake::list(cx.db(), &scope, wanted, paging::rows(limit)).await?;
    let items = found.iter().map(|kept| shown(&cx, kept)).collect::<Result<Vec<_>>>()?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// One item.
pub(crate) async fn get(cx: Read, call: GetIntake) -> Result<IntakeItem> {
    let found = seen(&cx, call.id).await?;
    shown(&cx, &found)
}

/// Directs to the file of an item that was marked official.
pub(crate) async fn download(cx: Read, call: DownloadIntake) -> Result<Download> {
    let found = seen(&cx, call.id).await?;
    rule::readable(&found.item)?;
    let file = found.item.file.ok_or(Refusal::IntakeMissing { id: call.id })?;
    let wanted = call.part.unwrap_or(file.id);
    let held = found.item.parts.into_iter().chain([file]).collect();
    files::download(found.item.office, held, wanted)
}

/// What is proposed for the form that enters an item.
pub(crate) async fn proposal(cx: Read, call: GetIntakeProposal) -> Result<IntakeProposal> {
    let found = seen(&cx, call.id).await?;
    let is_readable = rule::readable(&found.item).is_ok();
    let kept = intake_secrets::proposed(&cx, call.id).await?.filter(|_| is_readable);
    let state = if kept.is_some() { IntakeReading::Read } else { IntakeReading::Unread };
    Ok(IntakeProposal { item: call.id, state, fields: kept.unwrap_or_default() })
}

/// How many items of an office's queue are open.
pub(crate) async fn open(cx: Read, call: GetIntakeOpen) -> Result<IntakeOpen> {
    let scope = cx.office(call.office)?;
    let mut counts = BTreeMap::new();
    for (_, state, items) in intake::counts(cx.db(), &scope, &OPEN, None).await? {
        *counts.entry(state).or_default() += items;
    }
    Ok(rule::queue(call.office, &counts))
}

/// One batch, with how far it is.
pub(crate) async fn get_batch(cx: Read, call: GetIntakeBatch) -> Result<IntakeBatch> {
    let id = call.id;
    let found = intake_batches::get(cx.db(), cx.scope(), id).await?.ok_or(Refusal::IntakeBatchMissing { id })?;
    counted(cx.db(), cx.scope(), found).await
}

/// The batches of an office, the latest first.
pub(crate) async fn list_batches(cx: Read, call: ListIntakeBatches) -> Result<Page<IntakeBatch>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<IntakeBatch>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let found = intake_batches::list(cx.db(), &scope, before, paging::rows(limit)).await?;
    let batches = count(cx.db(), &scope, found).await?;
    paging::page(batches, limit, |last| last.id.to_string())
}

/// A batch with its counts.
pub(crate) async fn counted(conn: &impl ConnectionTrait, scope: &Scope, batch: Batch) -> Result<IntakeBatch> {
    let missing = Refusal::IntakeBatchMissing { id: batch.0 };
    Ok(count(conn, scope, vec![batch]).await?.pop().ok_or(missing)?)
}

async fn count(conn: &impl ConnectionTrait, scope: &Scope, batches: Vec<Batch>) -> Result<Vec<IntakeBatch>> {
    let ids = batches.iter().map(|batch| Uuid::from(batch.0)).collect();
    let mut counts: BTreeMap<Uuid, BTreeMap<IntakeState, u32>> = BTreeMap::new();
    for (batch, state, items) in intake::counts(conn, scope, &ALL, Some(ids)).await? {
        counts.entry(batch).or_default().insert(state, items);
    }
    let none = BTreeMap::new();
    let with = |batch: Batch| rule::batch(batch, counts.get(&Uuid::from(batch.0)).unwrap_or(&none));
    Ok(batches.into_iter().map(with).collect())
}

/// The item as the clerk sees it: with the name of its file, and the file itself while it is official.
fn shown(cx: &Read, kept: &Kept) -> Result<IntakeItem> {
    let name = intake_secrets::name(cx, kept)?;
    let is_readable = rule::readable(&kept.item).is_ok();
    let file = kept.item.file.clone().filter(|_| is_readable);
    let parts = kept.item.parts.iter().filter(|_| is_readable).cloned().collect();
    Ok(IntakeItem { name, file, parts, ..kept.item.clone() })
}

/// An item in scope, for looking.
async fn seen(cx: &Read, id: IntakeItemId) -> Result<Kept> {
    Ok(intake::get(cx.db(), cx.scope(), id).await?.ok_or(Refusal::IntakeMissing { id })?)
}
