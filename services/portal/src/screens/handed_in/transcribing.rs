//! L3: an instruction written by hand on the paper (bút phê trên bản giấy): whose hand it is, what it says, and the scan of
//! it, beside the paper. It works at once, and its author or the chief of office confirms it.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    GetIncoming, IncomingProposal, IncomingRouting, IncomingState, ListIncomingProposals, ProposalState,
    TranscribeInstruction,
};
use schema_identity::{FindUnits, ListPeople};
use wire::{
    Day, Fault, Kind,
    id::{IncomingId, PersonId, PositionId},
};

use super::{file_field::FileField, hands};
use crate::{
    asking::Part,
    format,
    hand_in::{Files, Kept},
    kit::{problems::Problems, timeline::Names, typed::Typed},
    no,
    page::{Page, Place},
    screens::{
        deciding::{
            receiving::{self, Receivers},
            routing, templates,
        },
        record::Shown,
    },
    visit::{Inside, Posted, go},
    words::Words,
};

/// The field with the scan.
const SCAN: &str = "scan";
/// Where the form has what the call names otherwise.
const NAMES: [(&str, &str); 3] =
    [("author_position", "author"), ("ticket", SCAN), ("disposition", "routing_disposition")];

#[derive(Template)]
#[template(path = "handed_in/transcribing.html")]
struct Transcribing {
    p: Page,
    d: Shown,
    /// Whose hand it may be: person and position as one value, with the words for them.
    hands: Part<Vec<(String, String)>>,
    /// The proposal that waits, and when it was made.
    proposal: Option<(String, String)>,
    units: Receivers,
    file: FileField,
    problems: Problems,
    typed: Typed,
}

/// What the form says, all of which can be read.
struct Said {
    author: PersonId,
    author_position: PositionId,
    written: Day,
    routing: IncomingRouting,
}

/// The form.
pub(crate) async fn show(Path(id): Path<IncomingId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, (Problems::default(), Typed::default(), Vec::new())).await
}

async fn page(
    inside: &Inside,
    id: IncomingId,
    status: StatusCode,
    (problems, typed, held): (Problems, Typed, Vec<Kept>),
) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let (of_document, of_proposals) = (GetIncoming { id }, ListIncomingProposals { id, limit: Some(1), cursor: None });
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let (document, proposals, units, people, hands) = futures_util::join!(
        inside.need(&of_document),
        inside.part(&of_proposals),
        inside.part(&of_units),
        inside.part(&of_people),
        hands::of(inside),
    );
    let document = match document {
        Ok(document) => document,
        Err(response) => return response,
    };
    if document.masked || document.state != IncomingState::Registered {
        return go(&format!("/van-ban/den/{id}"));
    }
    let units = units.here().map_or(&[][..], |page| &page.items);
    let units = receiving::of(inside, &document, units, &Names::of(people.here())).await;
    let waits = |one: &&IncomingProposal| one.state == ProposalState::Waiting;
    let proposal = proposals.here().and_then(|page| page.items.iter().find(waits));
    let title = w.t("handed-transcribe-title");
    let mut page = Page::inside(inside, &title, Place::Incoming);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &title)]);
    }
    let view = Transcribing {
        p: page,
        d: Shown::new(&document, inside),
        hands,
        typed: if typed.is_empty() {
            templates::chosen(&units.kept, inside).or(proposed(proposal, inside))
        } else {
            typed
        },
        proposal: proposal.map(|one| (one.id.to_string(), format::moment(one.at))),
        units,
        file: FileField::scan(SCAN, w.t("handed-scan"), w.t("handed-scan-said")).holding(held),
        problems,
    };
    inside.visit.html(status, &view)
}

/// What the form shows before anybody has typed: today, and what was proposed.
fn proposed(proposal: Option<&IncomingProposal>, inside: &Inside) -> Typed {
    let mut pairs = vec![("written", format::day(inside.visit.today()))];
    if let Some(proposal) = proposal {
        pairs.push(("proposal", proposal.id.to_string()));
        pairs.extend(routing::proposed(&proposal.routing));
    }
    Typed::proposing(&pairs)
}

/// Writes down what the handwriting says.
pub(crate) async fn transcribe(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let (fields, w) = (&posted.fields, posted.inside.visit.words);
    let files = Files::read(fields, SCAN).last();
    let mut problems = Problems::default();
    files.say(SCAN, w, &mut problems);
    if files.kept.is_empty() && !problems.any() {
        problems.add(SCAN, w.t("handed-scan-missing"));
    }
    let said = said(&posted, &mut problems, w);
    let (Some(said), Some(scan), false) = (said, files.ticket(), problems.any()) else {
        return again(&posted, id, StatusCode::UNPROCESSABLE_ENTITY, problems, files.kept).await;
    };
    let Said { author, author_position, written, routing } = said;
    let proposal = fields.get("proposal").parse().ok();
    let call = TranscribeInstruction { id, author, author_position, written, routing, proposal, scan };
    match posted.act(&call).await {
        Ok(_) => go(&format!("/van-ban/den/{id}?xong=chep-but-phe")),
        Err(fault) => refused(&posted, id, fault, files.kept).await,
    }
}

fn said(posted: &Posted, problems: &mut Problems, w: Words) -> Option<Said> {
    let fields = &posted.fields;
    let hand = fields.get("author").split_once('.');
    let hand = hand.and_then(|(person, position)| Some((person.parse().ok()?, position.parse().ok()?)));
    if hand.is_none() {
        problems.add("author", w.t("handed-author-missing"));
    }
    let written = format::read_day(fields.get("written"));
    if written.is_none() {
        problems.add("written", w.t("day-unreadable"));
    }
    let routing = routing::read(fields, problems, w);
    let (author, author_position) = hand?;
    Some(Said { author, author_position, written: written?, routing: routing? })
}

async fn refused(posted: &Posted, id: IncomingId, fault: Fault, held: Vec<Kept>) -> Response<Body> {
    if !matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) {
        return no::fault(&posted.inside, &fault);
    }
    let problems = Problems::of(&fault, posted.inside.visit.words).renamed(&routing::NAMES).renamed(&NAMES);
    again(posted, id, no::status(fault.kind), problems, held).await
}

async fn again(
    posted: &Posted,
    id: IncomingId,
    status: StatusCode,
    problems: Problems,
    held: Vec<Kept>,
) -> Response<Body> {
    page(&posted.inside, id, status, (problems, Typed::of(&posted.fields), held)).await
}
