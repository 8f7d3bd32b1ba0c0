//! Time stamps (RFC 3161): asked for when something is signed, and again later while the authority is away. The signature
//! counts without one; with one nobody can doubt when it was made.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use pades::Signed;
use schema_documents::{Execution, ExecutionStep};
use serde::{Deserialize, Serialize};
use service::{Claimed, Job, Next, Read, Write};
use wire::id::{OfficeId, OutgoingId};

use super::{executions, signing};
use crate::{domain::execution, settings::Settings, store};

/// How long somebody who signs waits for the authority.
const PATIENCE: Duration = Duration::from_secs(4);
/// How often it is asked later: over about two days, with pauses of ten minutes at the end.
const TRIES: u32 = 300;
const LONGEST: Duration = Duration::from_secs(600);
/// The most bytes of an answer.
const LARGEST: usize = 64 << 10;

/// Gives the last signature of a paper its time stamp.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StampPaper {
    /// The document.
    pub(crate) id: OutgoingId,
    /// Its office.
    pub(crate) office: OfficeId,
    /// SHA-256 of the signed file, hex; another one is left alone.
    pub(crate) sha256: String,
    /// How often it was tried.
    pub(crate) tries: u32,
}

impl Job for StampPaper {
    const KIND: &'static str = "stamp_paper";
}

/// What became of an attempt.
pub(crate) enum Attempt {
    /// Another file stands by now, or this one has its stamp.
    Unwanted,
    /// The file with the stamp.
    Stamped(Claimed),
    /// The authority did not answer well.
    Away,
}

/// Whether an authority is named.
pub(super) fn wanted(cx: &Write) -> bool {
    cx.settings::<Settings>().signing.stamps.is_some()
}

/// The file with a stamp, when the authority answers at once. Signing does not depend on it.
pub(super) async fn now(cx: &Read, signed: &Signed) -> Option<Vec<u8>> {
    let address = cx.settings::<Settings>().signing.stamps.clone()?;
    match asked(&address, signed).await {
        Ok(pdf) => Some(pdf),
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "no time stamp now; it is asked for again");
            None
        }
    }
}

async fn asked(address: &str, signed: &Signed) -> Result<Vec<u8>> {
    let nonce = pades::stamp_nonce().context("no random bytes")?;
    // The process has one cryptographic provider; whoever comes second finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build()?;
    let request = client.post(address).header("content-type", "application/timestamp-query");
    let mut answer = request.body(signed.stamp_request(nonce)).send().await?.error_for_status()?;
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LARGEST {
            bail!("the answer of the time-stamp authority is too large");
        }
    }
    Ok(signed.stamped(&bytes, nonce)?)
}

/// Asks the authority, outside the transaction.
pub(crate) async fn attempt(cx: Read, job: StampPaper) -> Result<Attempt> {
    let scope = cx.office(job.office)?;
    let way = store::executions::get(cx.db(), &scope, job.id).await?;
    let document = store::outgoing::get(cx.db(), &scope, job.id).await?;
    let (Some(way), Some(document)) = (way, document) else { return Ok(Attempt::Unwanted) };
    let file = document.files.iter().find(|file| Some(file.id) == way.file && file.sha256 == job.sha256);
    let Some(file) = file else { return Ok(Attempt::Unwanted) };
    let pdf = signing::content(&cx, job.office, &job.sha256).await?;
    let Ok(Some(signed)) = Signed::last_of(&pdf) else { return Ok(Attempt::Unwanted) };
    match now(&cx, &signed).await {
        Some(pdf) => Ok(Attempt::Stamped(signing::kept(&cx, job.office, pdf, file).await?)),
        None => Ok(Attempt::Away),
    }
}

/// Puts the stamped file in the place of the other, or tries again later.
pub(crate) async fn keep(cx: Write, job: StampPaper, attempt: Attempt) -> Result<Next<StampPaper>> {
    let file = match attempt {
        Attempt::Unwanted => return Ok(Next::Done),
        Attempt::Stamped(file) => file,
        Attempt::Away if job.tries >= TRIES => return Ok(Next::Done),
        Attempt::Away => {
            let pause = Duration::from_secs(5).saturating_mul(2_u32.saturating_pow(job.tries.min(10))).min(LONGEST);
            return Ok(Next::Again(StampPaper { tries: job.tries + 1, ..job }, cx.now.plus(pause)));
        }
    };
    let scope = cx.office(job.office)?;
    let document = store::outgoing::hold(cx.tx(), &scope, job.id).await?;
    let way = store::executions::hold(cx.tx(), &scope, job.id).await?;
    let (Some(mut document), Some(way)) = (document, way) else { return Ok(Next::Done) };
    if !stands(&way, &job) {
        return Ok(Next::Done);
    }
    let (file, before) = signing::replaced(&cx, &mut document, &way, file).await?;
    if let Some(next) = execution::stamped(&way, &job.sha256, &file) {
        let way = executions::changed(&cx, document, next, ExecutionStep::Stamped, &[]).await?;
        signing::let_go(&cx, &way, before).await?;
    }
    Ok(Next::Done)
}

fn stands(way: &Execution, job: &StampPaper) -> bool {
    way.sha256.as_deref() == Some(job.sha256.as_str())
}
