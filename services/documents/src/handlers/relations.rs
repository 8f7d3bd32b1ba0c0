//! What documents do to others: beginning one that does, looking, and the last look before the number.

use anyhow::Result;
use schema_documents::{
    DocumentRelation, DocumentRelations, DraftOutgoing, DraftRelated, ListIncomingRelations, ListRelations,
    OutgoingDocument, OutgoingState, Refusal, RelationKind, RelationRefusal,
};
use sea_orm::ConnectionTrait;
use service::{Read, Scope, Write};
use wire::{
    FileRef,
    id::{IncomingId, OfficeId, OutgoingId},
};

use super::{
    circulations,
    outgoing::{self, Facts},
};
use crate::{
    domain::relation::{self, Target},
    store::{
        self, loose,
        relations::{self, Deed, End},
    },
};

/// As many as one document is shown with.
const MOST: u64 = 200;
/// Who copies what arrived may read it.
const READS: &str = "documents.incoming.read";

/// Looks at the other document, and up what a new one needs.
pub(crate) async fn facts(cx: Read, call: DraftRelated) -> Result<(DraftOutgoing, Facts)> {
    let scope = cx.office_for_new(call.office)?;
    let end = end(&call)?;
    if matches!(end, End::Incoming(_)) && !reads(&cx, call.office)? {
        return Err(missing(end).into());
    }
    let target = target(cx.db(), &scope, end).await?;
    if let End::Incoming(id) = end {
        circulations::refuse_copies(cx.db(), &scope, id).await?;
    }
    let order = relation::order(&call, &target)?;
    let facts = outgoing::draft_facts(cx, order.clone()).await?;
    Ok((order, facts))
}

/// Begins it.
pub(crate) async fn draft(
    cx: Write,
    call: DraftRelated,
    (order, facts): (DraftOutgoing, Facts),
) -> Result<OutgoingDocument> {
    let scope = cx.office_for_new(call.office)?;
    let end = end(&call)?;
    let target = target(cx.tx(), &scope, end).await?;
    if let End::Incoming(id) = end {
        circulations::refuse_copies(cx.tx(), &scope, id).await?;
    }
    refuse(cx.tx(), &scope, call.kind, (end, &target), None).await?;
    let enclosed = if relation::encloses(call.kind) { again(&cx, call.office, &target).await? } else { Vec::new() };
    let document = outgoing::begin(&cx, order, facts, enclosed).await?;
    relations::insert(cx.tx(), call.office, Deed { document: document.id, kind: call.kind, to: end }).await?;
    Ok(document)
}

/// What a document does and suffers.
pub(crate) async fn list(cx: Read, call: ListRelations) -> Result<DocumentRelations> {
    let document = outgoing::seen(&cx, call.id).await?;
    let scope = cx.office(document.office)?;
    let does = match relations::of(cx.db(), &scope, call.id).await? {
        Some(deed) => Some(other_end(&cx, &scope, deed, document.state).await?),
        None => None,
    };
    Ok(DocumentRelations { does, suffers: suffered(&cx, &scope, End::Outgoing(call.id)).await? })
}

/// The copies of a document that arrived.
pub(crate) async fn list_incoming(cx: Read, call: ListIncomingRelations) -> Result<DocumentRelations> {
    let document = super::incoming::seen(&cx, call.id).await?;
    let scope = cx.office(document.office)?;
    Ok(DocumentRelations { does: None, suffers: suffered(&cx, &scope, End::Incoming(call.id)).await? })
}

/// Refuses a number to a document that cannot do any more what it was begun for.
pub(super) async fn refuse_undoable(cx: &Write, document: &OutgoingDocument) -> Result<()> {
    let scope = cx.office(document.office)?;
    let Some(Deed { kind, to, .. }) = relations::of(cx.tx(), &scope, document.id).await? else { return Ok(()) };
    // Two that replace the same one wait for each other here.
    if let End::Outgoing(id) = to {
        store::outgoing::hold(cx.tx(), &scope, id).await?;
    }
    let target = target(cx.tx(), &scope, to).await?;
    refuse(cx.tx(), &scope, kind, (to, &target), Some(document.id)).await
}

async fn refuse(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    kind: RelationKind,
    (end, target): (End, &Target),
    but: Option<OutgoingId>,
) -> Result<()> {
    let before = relations::upon(conn, scope, end, MOST).await?;
    let ending = before.iter().filter(|deed| relation::ends(deed.kind) && Some(deed.document) != but);
    let by = store::outgoing::by_ids(conn, scope, ending.map(|deed| deed.document)).await?;
    let by = by.iter().find(|one| one.state == OutgoingState::Issued).and_then(|one| one.symbol.as_deref());
    Ok(relation::possible(kind, target, by)?)
}

fn end(call: &DraftRelated) -> Result<End> {
    match (call.outgoing, call.incoming) {
        (Some(id), None) => Ok(End::Outgoing(id)),
        (None, Some(id)) => Ok(End::Incoming(id)),
        _ => Err(RelationRefusal::RelationTarget.into()),
    }
}

fn reads(cx: &Read, office: OfficeId) -> Result<bool> {
    let grants = &cx.authority()?.grants;
    Ok(grants.iter().any(|grant| grant.permissions.contains(READS) && grant.offices().any(|one| one == office)))
}

fn missing(end: End) -> Refusal {
    match end {
        End::Outgoing(id) => Refusal::OutgoingMissing { id },
        End::Incoming(id) => Refusal::IncomingMissing { id },
    }
}

async fn target(conn: &impl ConnectionTrait, scope: &Scope, end: End) -> Result<Target> {
    let found = match end {
        End::Outgoing(id) => store::outgoing::get(conn, scope, id).await?.map(Target::Outgoing),
        End::Incoming(id) => store::incoming::get(conn, scope, id).await?.map(Target::Incoming),
    };
    Ok(found.ok_or_else(|| missing(end))?)
}

/// The same contents once more, as files of a new document.
async fn again(cx: &Write, office: OfficeId, target: &Target) -> Result<Vec<FileRef>> {
    let mut files = Vec::with_capacity(target.files().len());
    for file in target.files() {
        if let Some(until) = loose::take_up(cx.tx(), office, &file.sha256, cx.now).await? {
            return Err(Refusal::FileCleared { until }.into());
        }
        files.push(FileRef { id: cx.fresh(), ..file.clone() });
    }
    Ok(files)
}

async fn other_end(cx: &Read, scope: &Scope, deed: Deed, state: OutgoingState) -> Result<DocumentRelation> {
    let (kind, nothing) = (deed.kind, (None, None, None));
    let (outgoing, incoming, (symbol, dated, summary)) = match deed.to {
        End::Outgoing(id) => {
            let found = store::outgoing::get(cx.db(), scope, id).await?.filter(|one| !one.masked);
            (Some(id), None, found.map_or(nothing, |one| (one.symbol, one.dated, one.summary)))
        }
        End::Incoming(id) => (None, Some(id), named(cx, scope, id).await?.unwrap_or(nothing)),
    };
    Ok(DocumentRelation { kind, outgoing, incoming, state, symbol, dated, summary })
}

/// How a document that arrived is called, to whoever may read it.
async fn named(
    cx: &Read,
    scope: &Scope,
    id: IncomingId,
) -> Result<Option<(Option<String>, Option<wire::Day>, Option<String>)>> {
    let found = store::incoming::get(cx.db(), scope, id).await?;
    let Some(one) = found.filter(|one| !one.masked) else { return Ok(None) };
    Ok(reads(cx, one.office)?.then_some((one.symbol, one.document_day, one.summary)))
}

async fn suffered(cx: &Read, scope: &Scope, end: End) -> Result<Vec<DocumentRelation>> {
    let deeds = relations::upon(cx.db(), scope, end, MOST).await?;
    let found = store::outgoing::by_ids(cx.db(), scope, deeds.iter().map(|deed| deed.document)).await?;
    let shown = deeds.into_iter().filter_map(|Deed { document, kind, .. }| {
        let one = found.iter().find(|one| one.id == document && one.state != OutgoingState::Voided && !one.masked)?;
        let (symbol, dated, summary) = (one.symbol.clone(), one.dated, one.summary.clone());
        let (outgoing, incoming, state) = (Some(document), None, one.state);
        Some(DocumentRelation { kind, outgoing, incoming, state, symbol, dated, summary })
    });
    Ok(shown.collect())
}
