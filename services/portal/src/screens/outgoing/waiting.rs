//! V7: drafts that wait for a number, with the register and the number that comes next, and the form that gives it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::{OptionFuture, join_all};
use schema_documents::{
    CheckDraft, DraftCheck, GetDraft, GetOutgoing, ListOrder, ListOutgoing, ListRegisters, NumberRegister,
    OutgoingDocument, OutgoingState, RegisterKind, RegisterState,
};
use wire::{Cursor, Page as Paged, id::OutgoingId};

use super::{
    coaching::{self, Coached},
    series, showing,
};
use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, problems::Problems, typed::Typed},
    page::{Page, Place},
    screens::{book, signing::signers},
    visit::Inside,
};

/// How many drafts are looked at.
const ROWS: u16 = 100;
/// How many of those that are ready are checked by the rules of form: as many as somebody reads at once.
const CHECKED: usize = 30;

/// What the form that gives a number shows beside its fields.
pub(crate) struct Issuing {
    pub(crate) id: String,
    /// The version that was read.
    pub(crate) draft: Option<String>,
    /// The register and the number that comes next, where a register is open.
    pub(crate) forecast: Option<(String, String)>,
    pub(crate) masked: bool,
    /// Who can be named to sign digitally.
    pub(crate) signers: Vec<(String, String)>,
    /// Why the day has to be confirmed.
    pub(crate) late: Option<String>,
    /// Whether the reader comes from the queue and goes back to it.
    pub(crate) from_queue: bool,
}

/// A draft in the queue.
struct Row {
    path: String,
    title: String,
    kind: String,
    number: String,
    /// What the rules of form say of it, in a word.
    form: Option<Chip>,
    chips: Vec<Chip>,
    here: bool,
}

/// The queue: what can get its number, and what still lacks something.
struct Queue {
    ready: Vec<Row>,
    lacking: Vec<Row>,
    next: Option<String>,
}

/// The draft that was chosen.
struct Chosen {
    path: String,
    title: String,
    name: String,
    kind: String,
    recipients: String,
    chips: Vec<Chip>,
    text: Option<Part<Vec<String>>>,
    ready: bool,
}

#[derive(Template)]
#[template(path = "outgoing/waiting.html")]
struct Waiting {
    p: Page,
    queue: Part<Queue>,
    chosen: Option<Part<Chosen>>,
    check: Option<Part<Coached>>,
    issuing: Option<Issuing>,
    problems: Problems,
    typed: Typed,
}

impl Issuing {
    /// The form for a draft.
    pub(crate) fn new(document: &OutgoingDocument, books: Option<&Paged<NumberRegister>>, inside: &Inside) -> Self {
        let (w, today) = (inside.visit.words, inside.visit.today());
        let book = books.and_then(|books| series::of(&books.items, document, today));
        Self {
            id: document.id.to_string(),
            draft: document.draft.map(|draft| draft.to_string()),
            forecast: book.map(|book| (book::name(book, w), format::number(book.last + 1, w.0))),
            masked: document.masked,
            signers: Vec::new(),
            late: None,
            from_queue: false,
        }
    }

    /// What its fields propose.
    pub(crate) fn proposed(inside: &Inside) -> Typed {
        Typed::proposing(&[("dated", format::day(inside.visit.today()))])
    }
}

/// The registers that number what is issued; asked of those who may see them.
pub(crate) fn books(inside: &Inside) -> Option<ListRegisters> {
    inside.who.may("documents.registers.read").then(|| ListRegisters {
        office: inside.who.office(),
        kind: Some(RegisterKind::Outgoing),
        state: Some(RegisterState::Open),
        limit: Some(200),
        cursor: None,
    })
}

/// The queue, with the chosen draft beside it.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (visit, w) = (&inside.visit, inside.visit.words);
    let of_drafts = ListOutgoing {
        office: inside.who.office(),
        state: Some(OutgoingState::Draft),
        genre: None,
        replies_to: None,
        from: None,
        to: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(ROWS),
        cursor: visit.query.some("tiep").map(Cursor),
    };
    let of_books = books(&inside);
    let of_chosen = visit.query.get("xem").parse().ok().map(|id| GetOutgoing { id });
    let of_done = visit.query.get("da-cap").parse().ok().map(|id| GetOutgoing { id });
    let (found, books, chosen, done) = futures_util::join!(
        inside.part(&of_drafts),
        OptionFuture::from(of_books.as_ref().map(|call| inside.part(call))),
        OptionFuture::from(of_chosen.as_ref().map(|call| inside.part(call))),
        OptionFuture::from(of_done.as_ref().map(|call| inside.part(call))),
    );
    let books = books.as_ref().and_then(Part::here);
    let draft = chosen.as_ref().and_then(|part| part.here()).filter(|one| one.state == OutgoingState::Draft);
    let may_issue = inside.who.may("documents.outgoing.issue");
    let ready = draft.filter(|one| may_issue && showing::lacking(one).is_empty());
    let signers = signers::of(&inside, ready).await;
    let issuing = ready.map(|one| Issuing { from_queue: true, signers, ..Issuing::new(one, books, &inside) });
    let checks = match found.here() {
        Some(found) => checks(found, draft, &inside).await,
        None => Checks::default(),
    };
    let text = match draft.and_then(|one| Some(GetDraft { id: one.id, draft: one.draft? })) {
        Some(call) => Some(inside.part(&call).await.map(|version| paragraphs(&version.text))),
        None => None,
    };
    let mut page = Page::inside(&inside, &w.t("outgoing-waiting"), Place::Numbering);
    let numbered = done.as_ref().and_then(|done| done.here()).filter(|one| one.state == OutgoingState::Issued);
    page.done = numbered.map(|one| w.with("outgoing-done-issued", &[("symbol", &showing::name(one, w))]));
    let here = visit.query.get("xem").to_owned();
    let check = draft.and_then(|one| {
        let coached = |check: &DraftCheck| coaching::of(check, &format!("/van-ban/di/{}", one.id), w);
        Some(match checks.get(&one.id)? {
            Part::Here(check) => Part::Here(coached(check)),
            Part::Silent(silence) => Part::Silent(silence.clone()),
        })
    });
    let view = Waiting {
        p: page,
        queue: found.map(|found| queue(&found, (books, &here), &checks, &inside)),
        chosen: chosen.map(|part| part.map(|document| of(&document, text, &inside))),
        check,
        issuing,
        problems: Problems::default(),
        typed: Issuing::proposed(&inside),
    };
    visit.html(StatusCode::OK, &view)
}

/// What the rules of form find in the drafts, by document.
type Checks = BTreeMap<OutgoingId, Part<DraftCheck>>;

/// Checks the chosen draft and those that wait longest.
async fn checks(found: &Paged<OutgoingDocument>, chosen: Option<&OutgoingDocument>, inside: &Inside) -> Checks {
    let ready = found.items.iter().rev().filter(|one| showing::lacking(one).is_empty());
    let wanted = chosen.into_iter().chain(ready.take(CHECKED)).filter(|one| coaching::checkable(one));
    let ids: BTreeMap<OutgoingId, CheckDraft> =
        wanted.map(|one| (one.id, CheckDraft { id: one.id, draft: one.draft })).collect();
    let found = join_all(ids.values().map(|call| inside.part(call))).await;
    ids.keys().copied().zip(found).collect()
}

fn queue(
    found: &Paged<OutgoingDocument>,
    (books, here): (Option<&Paged<NumberRegister>>, &str),
    checks: &Checks,
    inside: &Inside,
) -> Queue {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let row = |document: &&OutgoingDocument| {
        let book = books.and_then(|books| series::of(&books.items, document, today));
        let id = document.id.to_string();
        Row {
            path: format!("/van-ban/di/cho-cap-so?xem={id}"),
            title: showing::title(document, w),
            kind: showing::kind(document),
            number: book.map(|book| format::number(book.last + 1, w.0)).unwrap_or_default(),
            form: checks.get(&document.id).and_then(Part::here).map(|check| coaching::chip(check, w)),
            chips: showing::chips(document, w),
            here: id == here,
        }
    };
    let (ready, lacking): (Vec<_>, Vec<_>) = found.items.iter().partition(|one| showing::lacking(one).is_empty());
    let next = found.next.as_ref().map(|Cursor(next)| {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", next).finish();
        format!("/van-ban/di/cho-cap-so?{query}")
    });
    // What was begun first waits longest.
    Queue { ready: ready.iter().rev().map(row).collect(), lacking: lacking.iter().rev().map(row).collect(), next }
}

fn of(document: &OutgoingDocument, text: Option<Part<Vec<String>>>, inside: &Inside) -> Chosen {
    let w = inside.visit.words;
    Chosen {
        path: format!("/van-ban/di/{}", document.id),
        title: showing::title(document, w),
        name: showing::name(document, w),
        kind: showing::kind(document),
        recipients: showing::recipients(document),
        chips: showing::chips(document, w),
        text,
        ready: showing::lacking(document).is_empty(),
    }
}

/// The paragraphs of a text.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}
