//! The clerk's queue: bringing files in, marking them, setting them aside, entering them.

use anyhow::Result;
use edxml::StatusCode;
use schema_documents::{
    BringInIntake, CitizenLetter, DiscardIntake, IntakeBatch, IntakeChanged, IntakeItem, IntakeNote, IntakeSource,
    IntakeState, MarkIntakeCitizenLetter, MarkIntakeOfficial, Refusal, RegisterCitizenLetter, SetIntakeAside,
};
use service::{Claimed, Read, Scope, SealedUpload, Write};
use wire::{
    FileRef, Version,
    id::{IncomingId, IntakeItemId, OfficeId},
};

use super::{
    files, intake_lists,
    intake_parts::{self, TakenOut},
    intake_secrets::{self, DropUploads},
    letters, mail_telling,
    sweep::SAFETY_AGE,
    telling,
};
use crate::{
    domain::{
        attachment,
        intake::{self as rule, Secret},
    },
    store::{
        self,
        files::Owner,
        intake::{self, Kept},
        intake_batches, loose,
    },
};

/// What stands in the place of a name while the content is sealed.
pub(super) const SEALED: &str = "niêm phong";

/// Seals the uploads, once the order has proved sound.
pub(crate) async fn bring_facts(cx: Read, call: BringInIntake) -> Result<Vec<SealedUpload>> {
    let scope = cx.office_for_new(call.office)?;
    if let Some(id) = call.batch {
        intake_batches::get(cx.db(), &scope, id).await?.ok_or(Refusal::IntakeBatchMissing { id })?;
    }
    intake_secrets::seal_all(&cx, &call).await
}

/// Keeps an item of each upload; the uploads themselves are removed right after the commit.
pub(crate) async fn bring_in(cx: Write, call: BringInIntake, sealed: Vec<SealedUpload>) -> Result<IntakeBatch> {
    let scope = cx.office_for_new(call.office)?;
    let batch = match call.batch {
        Some(id) => intake_batches::get(cx.tx(), &scope, id).await?.ok_or(Refusal::IntakeBatchMissing { id })?,
        None => {
            let batch = (cx.fresh(), call.office, cx.now);
            intake_batches::insert(cx.tx(), batch).await?;
            batch
        }
    };
    let by = telling::acting(&cx, call.office, None)?;
    let uploads = sealed.iter().map(|one| one.upload.sha256.clone()).collect();
    let mut told = Vec::with_capacity(sealed.len());
    for SealedUpload { sha256, size, upload, key } in sealed {
        let id: IntakeItemId = cx.fresh();
        let item = IntakeItem {
            id,
            office: call.office,
            version: Version::FIRST,
            batch: batch.0,
            state: IntakeState::Waiting,
            source: IntakeSource::Upload,
            brought_in_at: cx.now,
            by,
            name: None,
            media_type: Some(upload.media_type),
            size: Some(upload.size),
            file: None,
            parts: Vec::new(),
            mail: None,
            incoming: None,
            letter: None,
            reason: None,
            handled_at: None,
        };
        let name = attachment::name(&upload.name);
        let secret = Secret { key: *key.bytes(), sha256: upload.sha256, name };
        let kept = Kept { sealed: Some(cx.seal(id.into(), &secret.bytes())?), content: None, item };
        intake::insert(cx.tx(), &kept).await?;
        let media_type = "application/octet-stream".to_owned();
        let content = FileRef { id: cx.fresh(), name: SEALED.to_owned(), media_type, size, sha256 };
        store::files::attach(cx.tx(), call.office, Owner::Intake(id), &[content], cx.now).await?;
        told.push(IntakeChanged { item: note(&kept.item) });
    }
    let items = [("items", Some(told.len().to_string()))];
    cx.emit_all(&told).await?;
    cx.enqueue(&DropUploads { uploads }, cx.now).await?;
    telling::audit(&cx, "intake_batch", batch.0.into(), call.office, &items).await?;
    intake_lists::counted(cx.tx(), &scope, batch).await
}

/// Opens the content of an item that may be marked official, and takes out what it holds; nothing when it is open already.
pub(crate) async fn official_facts(cx: Read, call: MarkIntakeOfficial) -> Result<Option<(Claimed, TakenOut)>> {
    let found = intake::get(cx.db(), cx.scope(), call.id).await?.ok_or(Refusal::IntakeMissing { id: call.id })?;
    rule::markable(&found.item)?;
    let Some(clear) = intake_secrets::unseal(&cx, &found).await? else { return Ok(None) };
    let taken = intake_parts::take_out(&cx, found.item.office, &clear).await?;
    Ok(Some((clear, taken)))
}

/// Marks an item official: its content rests in the clear from now on, and its key is not needed any more.
pub(crate) async fn mark_official(
    cx: Write,
    call: MarkIntakeOfficial,
    opened: Option<(Claimed, TakenOut)>,
) -> Result<IntakeItem> {
    let before = held(&cx, call.id).await?;
    rule::markable(&before.item)?;
    let mut item = rule::official(&before.item, cx.now);
    let mut content = before.content;
    if before.sealed.is_some() {
        let owner = Owner::Intake(item.id);
        if let Some(sealed) = &content {
            files::let_go(&cx, item.office, owner, sealed).await?;
        }
        let (opened, taken) = opened.ok_or(Refusal::IntakeUnchanged)?;
        let claimed = std::iter::once(opened).chain(taken.parts).collect();
        let mut clear = files::take_up(&cx, item.office, claimed).await?;
        store::files::attach(cx.tx(), item.office, owner, &clear, cx.now).await?;
        item.parts = clear.split_off(1);
        content = clear.pop();
        item.mail = mail_telling::opened(&cx, &item, taken.opened).await?;
    }
    item.name = content.as_ref().map(|file| file.name.clone());
    item.file.clone_from(&content);
    keep(&cx, Kept { item, sealed: None, content }).await
}

/// What may be left of an item that is about to be marked a citizen's letter.
pub(crate) async fn letter_facts(cx: Read, call: MarkIntakeCitizenLetter) -> Result<Vec<String>> {
    left(&cx, call.id).await
}

/// What may be left of an item that is about to be destroyed.
pub(crate) async fn discard_facts(cx: Read, call: DiscardIntake) -> Result<Vec<String>> {
    left(&cx, call.id).await
}

async fn left(cx: &Read, id: IntakeItemId) -> Result<Vec<String>> {
    let found = intake::get(cx.db(), cx.scope(), id).await?.ok_or(Refusal::IntakeMissing { id })?;
    rule::open(&found.item)?;
    intake_parts::left(cx, &found).await
}

/// Marks an item as a citizen's letter: its key goes, its masked line comes.
pub(crate) async fn mark_letter(cx: Write, call: MarkIntakeCitizenLetter, left: Vec<String>) -> Result<CitizenLetter> {
    let MarkIntakeCitizenLetter { id, arrived, late, sheets, envelopes } = call;
    let before = held(&cx, id).await?;
    rule::open(&before.item)?;
    let order = RegisterCitizenLetter { office: before.item.office, arrived, late, sheets, envelopes };
    abandon(&cx, &before, left).await?;
    let letter = letters::register(cx.clone(), order).await?;
    let item = rule::letter(&before.item, letter.id, cx.now);
    mail_telling::settled(&cx, &item, StatusCode::Accepted).await?;
    keep(&cx, Kept { item, sealed: None, content: None }).await?;
    Ok(letter)
}

/// Sets an item aside; a sealed one stays sealed.
pub(crate) async fn set_aside(cx: Write, call: SetIntakeAside) -> Result<IntakeItem> {
    let before = held(&cx, call.id).await?;
    let mut item = rule::set_aside(&before.item, call.reason, cx.now)?;
    item = keep(&cx, Kept { item, ..before }).await?;
    Ok(IntakeItem { file: None, parts: Vec::new(), ..item })
}

/// Destroys an item that was not entered.
pub(crate) async fn discard(cx: Write, call: DiscardIntake, left: Vec<String>) -> Result<IntakeItem> {
    let before = held(&cx, call.id).await?;
    rule::open(&before.item)?;
    abandon(&cx, &before, left).await?;
    let item = rule::discarded(&before.item, call.reason, cx.now);
    mail_telling::settled(&cx, &item, StatusCode::Refused).await?;
    keep(&cx, Kept { item, sealed: None, content: None }).await
}

/// The item that a document is about to be made of, which nobody else changes before the transaction ends, and its files.
pub(crate) async fn to_enter(
    cx: &Write,
    scope: &Scope,
    office: OfficeId,
    id: IntakeItemId,
) -> Result<(IntakeItem, Vec<FileRef>)> {
    let missing = || Refusal::IntakeMissing { id }.at("intake");
    let found = intake::hold(cx.tx(), scope, id).await?.ok_or_else(missing)?;
    if found.item.office != office {
        return Err(missing().into());
    }
    rule::readable(&found.item).map_err(|refusal| refusal.at("intake"))?;
    let file = found.content.ok_or_else(missing)?;
    // What was taken out of a letter is read; the letter itself stands behind it.
    let files = found.item.parts.iter().cloned().chain([file]).collect();
    Ok((found.item, files))
}

/// Closes an item whose files a document bears from now on.
pub(crate) async fn entered(cx: &Write, item: &IntakeItem, document: IncomingId) -> Result<()> {
    for file in item.file.iter().chain(&item.parts) {
        store::files::detach(cx.tx(), cx.scope(), Owner::Intake(item.id), file.id).await?;
    }
    let item = rule::registered(item, document, cx.now);
    mail_telling::settled(cx, &item, StatusCode::Accepted).await?;
    keep(cx, Kept { item, sealed: None, content: None }).await.map(drop)
}

/// An item in scope, for changing: nobody else changes it before the transaction ends.
async fn held(cx: &Write, id: IntakeItemId) -> Result<Kept> {
    let found = intake::hold(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::IntakeMissing { id })?;
    cx.expect(found.item.version)?;
    Ok(found)
}

/// Lets the content of an item go; the next sweep condemns it, and with it the clear content, which a mark that was cut
/// off or came too late may have left in the store.
async fn abandon(cx: &Write, kept: &Kept, left: Vec<String>) -> Result<()> {
    for clear in intake_secrets::clear_hash(cx, kept)?.into_iter().chain(left) {
        loose::let_go(cx.tx(), kept.item.office, clear, cx.now.minus(SAFETY_AGE)).await?;
    }
    for file in kept.content.iter().chain(&kept.item.parts) {
        files::let_go(cx, kept.item.office, Owner::Intake(kept.item.id), file).await?;
    }
    Ok(())
}

/// Keeps a changed item and tells of it, without a word of its content.
async fn keep(cx: &Write, kept: Kept) -> Result<IntakeItem> {
    intake::update(cx.tx(), &kept).await?;
    let item = kept.item;
    cx.emit(&IntakeChanged { item: note(&item) }).await?;
    let values = [
        ("state", Some(format!("{:?}", item.state))),
        ("incoming", item.incoming.map(|id| id.to_string())),
        ("letter", item.letter.map(|id| id.to_string())),
        ("reason", item.reason.map(|reason| format!("{reason:?}"))),
    ];
    telling::audit(cx, "intake_item", item.id.into(), item.office, &values).await?;
    Ok(item)
}

/// What is told of an item.
pub(crate) fn note(item: &IntakeItem) -> IntakeNote {
    IntakeNote { id: item.id, office: item.office, version: item.version, batch: item.batch, state: item.state }
}
