//! The way of issued documents to their digital signatures: beginning it, looking at it, leaving it.

use anyhow::Result;
use schema_documents::{
    Execution, ExecutionChanged, ExecutionNote, ExecutionRefusal, ExecutionSigner, ExecutionState, ExecutionStep,
    FinishByHand, GetExecution, LayOutAgain, ListToSeal, ListToSign, OutgoingDocument,
};
use schema_identity::GetAuthorityHistory;
use service::{Read, Write};
use wire::{Page, id::OfficeId};

use super::{
    laying_out::LayOut,
    outgoing, paging, telling,
    trusting::{self, Holder},
    writing::{self, Offices},
};
use crate::{
    domain::{
        execution::{self, SIGN},
        field::{self, limit},
        printing,
    },
    settings::Settings,
    store::{self, executions},
};

/// Whether somebody may and can sign for an office today. A device that is away today may be back when it is needed.
pub(crate) async fn check_signer(cx: &Read, office: OfficeId, signer: ExecutionSigner) -> Result<()> {
    let asked = GetAuthorityHistory { person: signer.person, permission: SIGN.to_owned(), day: cx.now.day() };
    // Whether the signer may sign is a fact that does not depend on what the clerk may see of people.
    execution::may_sign(signer, office, &cx.ask_as_service(&asked).await?)?;
    let given = cx.settings::<Settings>().signing.clone();
    let key = tokio::task::spawn_blocking(move || trusting::key(&given, &Holder::Person(signer.person)).map(drop));
    match key.await? {
        Err(error) if matches!(error.downcast_ref(), Some(ExecutionRefusal::KeyAway)) => Ok(()),
        told => told,
    }
}

/// Begins the way of a document that was just numbered.
pub(crate) async fn begin(
    cx: &Write,
    document: &OutgoingDocument,
    signer: ExecutionSigner,
    offices: Offices,
) -> Result<()> {
    let way = execution::begin(document, signer)?;
    executions::insert(cx.tx(), &way).await?;
    cx.emit(&noted(&way)).await?;
    cx.enqueue(&LayOut { id: document.id, office: document.office, offices, tries: 0 }, cx.now).await
}

/// Ends the way of a document whose number is voided.
pub(crate) async fn void(cx: &Write, document: OutgoingDocument) -> Result<OutgoingDocument> {
    let Some(way) = executions::hold(cx.tx(), cx.scope(), document.id).await? else { return Ok(document) };
    let voided = execution::voided(&way);
    executions::update(cx.tx(), &voided).await?;
    cx.emit(&noted(&voided)).await?;
    Ok(OutgoingDocument { execution: Some(ExecutionState::Voided), ..document })
}

/// Keeps where a document stands now, and tells of it.
pub(crate) async fn changed(
    cx: &Write,
    document: OutgoingDocument,
    next: Execution,
    step: ExecutionStep,
    values: telling::Values<'_>,
) -> Result<Execution> {
    executions::update(cx.tx(), &next).await?;
    cx.emit(&noted(&next)).await?;
    let document = OutgoingDocument { execution: Some(next.state), ..document };
    telling::outgoing_executed(cx, document, step, values).await?;
    Ok(next)
}

/// Keeps why a document cannot be laid out.
pub(crate) async fn hindered(cx: &Write, document: OutgoingDocument, way: &Execution, code: &str) -> Result<()> {
    if let Some(next) = execution::troubled(way, code) {
        changed(cx, document, next, ExecutionStep::LaidOut, &[("reason", Some(code.to_owned()))]).await?;
    }
    Ok(())
}

/// How far a document is.
pub(crate) async fn get(cx: Read, call: GetExecution) -> Result<Execution> {
    let document = outgoing::seen(&cx, call.id).await?;
    let way = executions::get(cx.db(), cx.scope(), document.id).await?;
    Ok(way.ok_or(ExecutionRefusal::NotElectronic)?)
}

/// What waits for the caller's own signature.
pub(crate) async fn list_to_sign(cx: Read, call: ListToSign) -> Result<Page<Execution>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Execution>::limit(call.limit);
    let waits = (ExecutionState::ToSign, Some(cx.person()?.person));
    let after = paging::one(call.cursor.as_ref())?;
    let items = executions::waiting(cx.db(), &scope, waits, after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// What waits for the organisation's signature.
pub(crate) async fn list_to_seal(cx: Read, call: ListToSeal) -> Result<Page<Execution>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Execution>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let items =
        executions::waiting(cx.db(), &scope, (ExecutionState::ToSeal, None), after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// Asks who issues the document that is laid out once more.
pub(crate) async fn again_facts(cx: Read, call: LayOutAgain) -> Result<Offices> {
    let document = outgoing::seen(&cx, call.id).await?;
    writing::offices(&cx, document.office, printing::day(&document, cx.now.day())).await
}

/// Lays a document out once more.
pub(crate) async fn lay_out_again(cx: Write, call: LayOutAgain, offices: Offices) -> Result<Execution> {
    let (document, way) = held(&cx, call.id).await?;
    let next = execution::again(&way)?;
    cx.enqueue(&LayOut { id: document.id, office: document.office, offices, tries: 0 }, cx.now).await?;
    changed(&cx, document, next, ExecutionStep::LaidOut, &[]).await
}

/// Takes a document from the digital way.
pub(crate) async fn by_hand(cx: Write, call: FinishByHand) -> Result<Execution> {
    let (document, way) = held(&cx, call.id).await?;
    let reason = field::line("reason", &call.reason, limit::NOTE)?;
    let next = execution::by_hand(&way)?;
    changed(&cx, document, next, ExecutionStep::ByHand, &[("reason", Some(reason))]).await
}

/// What is told of a way.
pub(super) fn noted(way: &Execution) -> ExecutionChanged {
    let Execution { id, office, version, state, signer, .. } = *way;
    ExecutionChanged { execution: ExecutionNote { id, office, version, state, signer } }
}

/// A document and its way, for changing.
pub(super) async fn held(cx: &Write, id: wire::id::OutgoingId) -> Result<(OutgoingDocument, Execution)> {
    let found = store::outgoing::hold(cx.tx(), cx.scope(), id).await?;
    let document = found.ok_or(schema_documents::Refusal::OutgoingMissing { id })?;
    let way = executions::hold(cx.tx(), cx.scope(), id).await?.ok_or(ExecutionRefusal::NotElectronic)?;
    cx.expect(way.version)?;
    Ok((document, way))
}
