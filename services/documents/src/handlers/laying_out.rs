//! The job that lays out what is to be signed digitally. It goes on until the paper is there, the number is voided, or the
//! document is taken to be signed by hand; what hinders it is shown.

use std::time::Duration;

use anyhow::{Context as _, Result};
use schema_documents::{ExecutionState, ExecutionStep, OutgoingDocument, OutgoingState, Refusal};
use schema_forms::{Paper, Rendered};
use serde::{Deserialize, Serialize};
use service::{Claimed, Job, Next, Read, Write};
use wire::{
    Fault, Kind,
    id::{OfficeId, OutgoingId},
};

use super::{
    executions, files,
    writing::{self, Offices},
};
use crate::{
    domain::{execution, printing},
    store::{self, drafts, files::Owner},
};

/// The longest pause between two attempts.
const LONGEST: Duration = Duration::from_secs(600);

/// Lays a document out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LayOut {
    /// The document.
    pub(crate) id: OutgoingId,
    /// Its office.
    pub(crate) office: OfficeId,
    /// Who issues, as it stood on the day of the document: whoever gave the number could ask, a job cannot.
    pub(crate) offices: Offices,
    /// How often it was tried.
    pub(crate) tries: u32,
}

impl Job for LayOut {
    const KIND: &'static str = "lay_out";
}

/// What became of an attempt.
pub(crate) enum Attempt {
    /// Nobody waits for it any more.
    Unwanted,
    /// The paper lies in our area.
    Paper(Claimed, u32),
    /// It cannot be laid out as it is written; a person has to look.
    Refused(String),
    /// Who lays out is away or busy.
    Away(String),
}

/// Has the document laid out, outside the transaction.
pub(crate) async fn attempt(cx: Read, job: LayOut) -> Result<Attempt> {
    let scope = cx.office(job.office)?;
    let document = store::outgoing::get(cx.db(), &scope, job.id).await?;
    let Some(document) = document.filter(awaited) else { return Ok(Attempt::Unwanted) };
    let draft = document.draft.context("a document that is signed digitally has a text")?;
    let text = drafts::get(cx.db(), &scope, job.id, draft).await?.context("the version that was issued is kept")?.text;
    match paper(&cx, &document, &text, &job.offices).await {
        Ok(Rendered { sha256, size, pages, .. }) => {
            cx.blobs().area("documents", &job.office.to_string())?.claim(&sha256, size).await?;
            let name = printing::file_name(&document, None);
            let media_type = "application/pdf".to_owned();
            Ok(Attempt::Paper(Claimed { sha256, size, media_type, name }, pages))
        }
        Err(error) => {
            let told = error.downcast_ref::<Refusal>().map(wire::Refusal::fault);
            let fault = told.or_else(|| error.downcast_ref::<Fault>().cloned()).ok_or(error)?;
            let mendable = matches!(fault.kind, Kind::Invalid | Kind::TooLarge | Kind::Conflict | Kind::Missing);
            Ok(if mendable { Attempt::Refused(fault.code) } else { Attempt::Away(fault.code) })
        }
    }
}

async fn paper(cx: &Read, document: &OutgoingDocument, text: &str, offices: &Offices) -> Result<Rendered> {
    let mut paper = writing::paper(cx, document, (text, None), offices).await?;
    let body = paper.head.bodies.join(", ");
    if let Some(first) = paper.signatures.first_mut() {
        first.mark = execution::mark(first.name.as_deref().unwrap_or(&first.position), &body);
    }
    writing::laid_out(cx, Paper::Document(paper), printing::day(document, cx.now.day())).await
}

fn awaited(document: &OutgoingDocument) -> bool {
    document.state == OutgoingState::Issued && document.execution == Some(ExecutionState::LayingOut)
}

/// Keeps what became of an attempt, and tries again later where that may help.
pub(crate) async fn keep(cx: Write, job: LayOut, attempt: Attempt) -> Result<Next<LayOut>> {
    let scope = cx.office(job.office)?;
    let document = store::outgoing::hold(cx.tx(), &scope, job.id).await?;
    let way = store::executions::hold(cx.tx(), &scope, job.id).await?;
    let (Some(document), Some(way)) = (document.filter(awaited), way) else { return Ok(Next::Done) };
    match attempt {
        Attempt::Unwanted => Ok(Next::Done),
        Attempt::Paper(claimed, pages) => {
            let Some(file) = files::take_up(&cx, job.office, vec![claimed]).await?.pop() else { return Ok(Next::Done) };
            let Some(next) = execution::laid_out(&way, &file, pages) else { return Ok(Next::Done) };
            store::files::attach(cx.tx(), job.office, Owner::Outgoing(job.id), std::slice::from_ref(&file), cx.now)
                .await?;
            let mut document = document;
            document.files.push(file);
            let pages = [("pages", Some(pages.to_string()))];
            executions::changed(&cx, document, next, ExecutionStep::LaidOut, &pages).await?;
            Ok(Next::Done)
        }
        Attempt::Refused(code) => {
            executions::hindered(&cx, document, &way, &code).await?;
            Ok(Next::Done)
        }
        Attempt::Away(code) => {
            executions::hindered(&cx, document, &way, &code).await?;
            let pause = Duration::from_secs(5).saturating_mul(2_u32.saturating_pow(job.tries.min(10))).min(LONGEST);
            Ok(Next::Again(LayOut { tries: job.tries.saturating_add(1), ..job }, cx.now.plus(pause)))
        }
    }
}
