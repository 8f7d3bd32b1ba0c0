//! What came back, and nobody has gone on with.

use std::{collections::BTreeMap, time::Duration};

use anyhow::Result;
use schema_documents::{
    DocumentAct, DocumentHistoryEntry, IncomingDocument, IncomingState, InstructionStep, ListSentBack, SentBack,
    SentBackHow,
};
use service::Read;
use wire::{Page, id::IncomingId};

use super::paging;
use crate::{
    domain::masked,
    store::{self, history},
};

/// How far back it looks: what nobody took up in a quarter of a year is found by searching.
const REACH: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// What came back, the latest first.
pub(crate) async fn list(cx: Read, call: ListSentBack) -> Result<Page<SentBack>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<SentBack>::limit(call.limit);
    let before = paging::moment_and_id(call.cursor.as_ref())?;
    let lines = history::sent_back(cx.db(), &scope, cx.now.minus(REACH), before, paging::rows(limit)).await?;
    let ids = lines.iter().map(|(_, document, _)| IncomingId(*document));
    let found = store::incoming::by_ids(cx.db(), &scope, ids).await?;
    let documents: BTreeMap<IncomingId, IncomingDocument> =
        found.into_iter().map(|document| (document.id, document)).collect();
    let page = paging::page(lines, limit, |(id, _, entry)| format!("{}.{id}", entry.at.micros()))?;
    let next = page.next;
    let of = |(_, id, entry)| documents.get(&IncomingId(id)).cloned().map(|document| shown(document, entry));
    Ok(Page { items: page.items.into_iter().filter_map(of).collect(), next })
}

fn shown(document: IncomingDocument, entry: DocumentHistoryEntry) -> SentBack {
    let DocumentHistoryEntry { at, by, on_behalf_of, act, step, execution: _, mut values } = entry;
    let how = match (act, step) {
        (DocumentAct::Disposed, Some(InstructionStep::Objected)) => SentBackHow::Instruction,
        (DocumentAct::Disposed, _) => SentBackHow::Proposal,
        _ => SentBackHow::Paper,
    };
    let standing = document.state == IncomingState::Registered && !document.masked;
    let mut told = |name: &str| values.remove(name).filter(|_| standing);
    let (unit_name, reason) = (told("unit"), told("reason").or_else(|| told("note")));
    SentBack { document: masked::incoming(document), how, at, by, on_behalf_of, unit_name, reason }
}
