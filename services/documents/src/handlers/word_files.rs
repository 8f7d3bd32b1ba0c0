//! Drafts that come as Word documents.

use anyhow::Result;
use schema_documents::{DocumentAct, ImportDraft, ImportNote, ImportedDraft, WordRefusal};
use service::{Claimed, Read, Write};

use super::{drafts, files, outgoing, signing::content, telling};
use crate::{
    domain::{
        attachment,
        field::{self, limit},
        outgoing::{attachable, drafted},
        word_file,
    },
    store::{self, files::Owner},
};

/// A file that was read.
#[derive(Clone)]
pub(crate) struct Brought {
    file: Claimed,
    text: String,
    notes: Vec<ImportNote>,
}

/// Reads the file, outside the transaction.
pub(crate) async fn read(cx: Read, call: ImportDraft) -> Result<Brought> {
    let document = outgoing::seen(&cx, call.id).await?;
    drafted(&document)?;
    attachable(&document)?;
    let mut claimed = files::claim(&cx, &[call.ticket], files::OUTGOING, document.office).await?;
    let file = claimed.pop().ok_or(WordRefusal::NotWord)?;
    if file.size > u64::try_from(docx::LARGEST)? {
        return Err(WordRefusal::WordTooLarge.into());
    }
    let bytes = content(&cx, document.office, &file.sha256).await?;
    let found = tokio::task::spawn_blocking(move || docx::read(&bytes)).await?;
    let docx::Read { text, notes } = found.map_err(word_file::refusal)?;
    if text.trim().is_empty() {
        return Err(WordRefusal::WordEmpty.into());
    }
    Ok(Brought { file, text, notes: notes.into_iter().map(word_file::note).collect() })
}

/// Makes it the next version, and keeps the file.
pub(crate) async fn import(cx: Write, call: ImportDraft, brought: Brought) -> Result<ImportedDraft> {
    let before = outgoing::held(&cx, call.id).await?;
    drafted(&before)?;
    attachable(&before)?;
    let Brought { file, text, notes } = brought;
    let said = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let said = said.or_else(|| field::optional_line("note", Some(&file.name), limit::NOTE).ok().flatten());
    let (mut document, draft, text) = drafts::version(&cx, &before, &text, said.clone())?;
    store::drafts::insert(cx.tx(), document.office, &draft, &text).await?;
    // The same file may be brought again once its first reading was given up.
    if attachment::fresh(&document.files, &file.sha256).is_ok() {
        let fresh = files::take_up(&cx, document.office, vec![file]).await?;
        store::files::attach(cx.tx(), document.office, Owner::Outgoing(document.id), &fresh, cx.now).await?;
        document.files.extend(fresh);
    }
    let values = [("ordinal", Some(draft.ordinal.to_string())), ("note", said)];
    telling::outgoing_changed(&cx, document, DocumentAct::Redrafted, &values).await?;
    Ok(ImportedDraft { draft, notes })
}
