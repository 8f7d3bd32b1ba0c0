//! The text of a document: checked by the rules of form, and printed.

use anyhow::Result;
use schema_documents::{
    CheckDraft, DownloadDraftWord, DownloadOutgoingPrint, DraftCheck, DraftFinding, OutgoingDocument, OutgoingState,
    Refusal,
};
use schema_forms::{DocumentPaper, FormContent, Paper, RenderForm, Rendered, StagedPaper};
use schema_identity::{GetOffice, Office, OfficeKind};
use serde::{Deserialize, Serialize};
use service::Read;
use wire::{
    Day, Download, Fault, Kind,
    id::{DraftId, OfficeId, OutgoingId},
};

use super::outgoing::seen;
use crate::{
    domain::{
        coach, genre, issuing,
        phrases::{in_force, said},
        printing::{self, Issuer},
        writing,
    },
    store::{bodies, drafts, phrases},
};

/// As many templates as are looked at for one paper.
const TEMPLATES: u64 = 500;
/// The type of a DOCX.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// A paper of more bytes is staged, since a message carries no more than some.
const MESSAGE: usize = 200 * 1024;
/// No text comes near this many bytes as data.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Checks a version of the text by the rules of form of its day.
pub(crate) async fn check(cx: Read, call: CheckDraft) -> Result<DraftCheck> {
    let document = standing(&cx, call.id).await?;
    let version = call.draft.or(document.draft);
    let text = match version {
        Some(draft) => text(&cx, &document, draft).await?.1,
        None => String::new(),
    };
    let day = printing::day(&document, cx.now.day());
    let (mut findings, left_out) = coach::check(&document, &text, day);
    if let Some(found) = length(&cx, &document, &text, day).await? {
        findings.insert(findings.iter().take_while(|one| one.severity < found.severity).count(), found);
    }
    Ok(DraftCheck { document: document.id, draft: version, day, findings, left_out })
}

/// Whether a text is longer than the office wants papers of its genre. Without a limit nothing is laid out, and while nobody lays
/// papers out nothing is known.
async fn length(cx: &Read, document: &OutgoingDocument, text: &str, day: Day) -> Result<Option<DraftFinding>> {
    let templates = phrases::until(cx.db(), &cx.office(document.office)?, day, TEMPLATES).await?;
    let most = in_force(&templates, &document.genre, day).and_then(|says| says.most_pages);
    let Some(most) = most.filter(|_| !text.is_empty()) else { return Ok(None) };
    let offices = offices(cx, document.office, day).await?;
    let paper = paper(cx, document, (text, None), &offices).await?;
    Ok(laid_out(cx, Paper::Document(paper), day).await.ok().and_then(|printed| coach::too_long(printed.pages, most)))
}

/// Has a document laid out by the rules of its day. The file is made from the text on each request; it lies in this
/// service's area until the sweep takes it, as no row names it.
pub(crate) async fn print(cx: Read, call: DownloadOutgoingPrint) -> Result<Download> {
    let Written { document, draft, paper, day } = written(&cx, call.id, call.draft).await?;
    let Rendered { sha256, size, .. } = laid_out(&cx, Paper::Document(paper), day).await?;
    handed_out(&cx, document.office, (sha256, size), printing::file_name(&document, draft)).await
}

/// The same as a DOCX, to be written on.
pub(crate) async fn word(cx: Read, call: DownloadDraftWord) -> Result<Download> {
    let Written { document, draft, paper, day } = written(&cx, call.id, call.draft).await?;
    let Rendered { sha256, size, .. } = rendered(&cx, Paper::Document(paper), day, true).await?;
    let name = printing::file_name(&document, draft).replace(".pdf", ".docx");
    let download = handed_out(&cx, document.office, (sha256, size), name).await?;
    Ok(Download { media_type: WORD.to_owned(), ..download })
}

/// A document with the paper that its text makes.
struct Written {
    document: OutgoingDocument,
    /// Which version a draft is.
    draft: Option<u32>,
    paper: DocumentPaper,
    day: Day,
}

async fn written(cx: &Read, id: OutgoingId, wanted: Option<DraftId>) -> Result<Written> {
    let document = standing(cx, id).await?;
    let issued = document.state == OutgoingState::Issued;
    // What was issued has one text.
    let version = wanted.filter(|_| !issued).or(document.draft).ok_or(Refusal::TextNotThere)?;
    let (ordinal, text) = text(cx, &document, version).await?;
    let draft = (!issued).then_some(ordinal);
    let day = printing::day(&document, cx.now.day());
    let offices = offices(cx, document.office, day).await?;
    let paper = paper(cx, &document, (&text, draft), &offices).await?;
    Ok(Written { document, draft, paper, day })
}

/// The office that issues and the one above it, as they stood on a day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Offices {
    own: Office,
    above: Option<String>,
}

/// Asks who issues, in the name of whoever asks.
pub(super) async fn offices(cx: &Read, id: OfficeId, day: Day) -> Result<Offices> {
    let own = cx.ask(&GetOffice { id, as_of: Some(day) }).await?;
    let above = above(cx, &own, day).await.map(|above| above.name);
    Ok(Offices { own, above })
}

impl Offices {
    /// The tier of the office that issues.
    pub(super) fn kind(&self) -> OfficeKind {
        self.own.kind
    }
}

/// A document with this text as it is to stand on paper, with what the papers of the office say on its day.
pub(super) async fn paper(
    cx: &Read,
    document: &OutgoingDocument,
    text: (&str, Option<u32>),
    offices: &Offices,
) -> Result<DocumentPaper> {
    let paper = bare(cx, document, text, offices).await?;
    let day = printing::day(document, cx.now.day());
    let templates = phrases::until(cx.db(), &cx.office(document.office)?, day, TEMPLATES).await?;
    Ok(match in_force(&templates, &document.genre, day) {
        Some(says) => said(paper, says),
        None => paper,
    })
}

/// The same by the rules of form alone.
pub(super) async fn bare(
    cx: &Read,
    document: &OutgoingDocument,
    (text, draft): (&str, Option<u32>),
    offices: &Offices,
) -> Result<DocumentPaper> {
    let day = printing::day(document, cx.now.day());
    let states = bodies::of_code(cx.db(), &cx.office(document.office)?, &document.body_code).await?;
    let body = document.seal.clone().or_else(|| issuing::seal(&states, day)).map(|seal| seal.body_name);
    let code = genre::of(&document.genre, day).ok().and_then(|genre| genre.code.clone());
    let issuer = Issuer {
        office: &offices.own,
        above: offices.above.as_deref(),
        body: body.as_deref(),
        genre_code: code.as_deref(),
    };
    Ok(printing::paper(document, writing::read(text), &issuer, draft))
}

/// A document in scope of which more than a masked line is kept, and whose number is not voided.
async fn standing(cx: &Read, id: OutgoingId) -> Result<OutgoingDocument> {
    let document = seen(cx, id).await?;
    match document.state {
        _ if document.masked => Err(Refusal::Masked.into()),
        OutgoingState::Voided => Err(Refusal::AlreadyVoided.into()),
        OutgoingState::Draft | OutgoingState::Issued => Ok(document),
    }
}

async fn text(cx: &Read, document: &OutgoingDocument, draft: DraftId) -> Result<(u32, String)> {
    let found = drafts::get(cx.db(), cx.scope(), document.id, draft).await?;
    let found = found.ok_or(Refusal::DraftMissing { id: draft })?;
    Ok((found.draft.ordinal, found.text))
}

/// The office above; a head without it is better than no page.
async fn above(cx: &Read, office: &Office, day: Day) -> Option<Office> {
    let id = office.parent?;
    cx.ask(&GetOffice { id, as_of: Some(day) }).await.ok()
}

/// Has a paper laid out; who lays papers out may be away or busy.
pub(super) async fn laid_out(cx: &Read, paper: Paper, day: Day) -> Result<Rendered> {
    rendered(cx, paper, day, false).await
}

/// The same, as a DOCX when it is wanted so.
pub(super) async fn rendered(cx: &Read, paper: Paper, day: Day, as_word: bool) -> Result<Rendered> {
    let bytes = serde_json::to_vec(&paper)?;
    let content = if bytes.len() <= MESSAGE {
        FormContent::Here { paper: Box::new(paper) }
    } else {
        let mut file = cx.blobs().stage(LARGEST).await?;
        file.write(bytes.into()).await?;
        let staged = file.finish().await?;
        FormContent::Staged { file: StagedPaper { sha256: staged.hash, size: staged.size } }
    };
    cx.ask_as_service(&RenderForm { dated: day, content, as_word }).await.map_err(|error| {
        let kind = error.downcast_ref::<Fault>().map(|fault| fault.kind);
        if matches!(kind, Some(Kind::Busy | Kind::OutOfTime)) { Refusal::PressAway.into() } else { error }
    })
}

/// Takes a page over that was laid out, and directs to it.
pub(super) async fn handed_out(
    cx: &Read,
    office: OfficeId,
    (sha256, size): (String, u64),
    name: String,
) -> Result<Download> {
    cx.blobs().area("documents", &office.to_string())?.claim(&sha256, size).await?;
    let media_type = "application/pdf".to_owned();
    Ok(Download { service: "documents".to_owned(), office, sha256, size, media_type, name, bare: false })
}
