//! G5: one incoming document: what it says, by when and why that day, where it lies, what happened, what can be done.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{
    DisposeIncoming, Disposition, GetIncoming, IncomingDocument, IncomingState, ListIncomingHistory, ListPassages,
    ListReadMarks, MarkIncomingRead, ReadMark, VoidIncoming,
};
use schema_identity::{FindUnits, ListPeople};
use schema_search::SearchKind;
use wire::{
    Fault, Kind,
    id::{FileId, IncomingId},
};

use super::{
    calendar::found::{self, Line},
    deciding::{
        assigning,
        decided::{self, Decided, Known, Proposal},
        receiving::{self, Receivers},
        templates,
    },
    dossiers::card::{self as filed_card, Filed},
    incoming::summary,
    intake::files::Viewer,
    papers::signatures::{self, Looked},
    registering::word,
    relating::card::{self, Related},
    sending::limits::{self, Limited},
};
use crate::{
    asking::Part,
    format,
    hand_in::{self, Kept},
    kit::{
        chip::Chip,
        problems::Problems,
        timeline::{self, Names, Step},
        typed::Typed,
        wording,
    },
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// A document as both the queue and its own page show it.
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) chips: Vec<Chip>,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) due: Option<(String, String)>,
    pub(crate) files: Vec<(String, String, String)>,
    pub(crate) void_reason: Option<String>,
    /// Only its line is kept here, so that nothing goes on from it.
    pub(crate) masked: bool,
    pub(crate) may_dispose: bool,
    pub(crate) may_void: bool,
    pub(crate) may_assign: bool,
    pub(crate) may_propose: bool,
    pub(crate) may_instruct: bool,
    pub(crate) may_pass: bool,
    pub(crate) may_reply: bool,
    /// Whether the paper lies at a desk.
    pub(crate) away: bool,
    pub(crate) may_attach: bool,
    /// The file that stands beside the words.
    pub(crate) viewer: Option<Viewer>,
}

#[derive(Template)]
#[template(path = "record.html")]
struct Record {
    p: Page,
    d: Shown,
    decided: Decided,
    history: Part<Vec<Step>>,
    places: Part<Vec<Step>>,
    units: Receivers,
    /// Who has read it, where its paper can be called back from a desk.
    readers: Option<Part<Vec<String>>>,
    /// Digital signatures in its PDFs.
    signed: Option<Part<Vec<Looked>>>,
    related: Option<Part<Related>>,
    /// In which dossiers it lies.
    filed: Option<Part<Filed>>,
    /// How far it may go.
    limited: Option<Part<Limited>>,
    /// Earlier cases like it, for whoever decides.
    earlier: Option<Vec<Line>>,
    problems: Problems,
    typed: Typed,
    /// Files that wait for the form; here they are chosen anew.
    held: Vec<Kept>,
}

impl Record {
    /// Whether the one who reads has a proposal to answer.
    fn answers(&self) -> bool {
        let waits = |one: &Option<Proposal>| one.as_ref().is_some_and(|one| one.returned.is_none());
        self.d.may_instruct && self.decided.proposal.here().is_some_and(waits)
    }

    /// Whether an instruction is in force, so that nothing else decides.
    fn instructed(&self) -> bool {
        self.decided.routing.is_some()
    }
}

impl Shown {
    pub(crate) fn new(document: &IncomingDocument, inside: &Inside) -> Self {
        let (w, today) = (inside.visit.words, inside.visit.today());
        let who = &inside.who;
        let stands = document.state == IncomingState::Registered;
        let id = document.id.to_string();
        let desk = document.desk.as_ref().map_or_else(|| w.t("desk-clerk"), |desk| desk.unit_name.clone());
        let facts = [
            ("fact-author", document.author_body.clone()),
            ("fact-symbol", document.symbol.clone()),
            ("fact-document-day", document.document_day.map(format::day)),
            ("fact-genre", document.genre_name.clone()),
            ("fact-arrived", Some(format::day(document.arrived))),
            ("fact-pages", document.pages.map(|pages| pages.to_string())),
            ("fact-desk", Some(desk).filter(|_| stands)),
            ("fact-note", document.note.clone()),
        ];
        let facts = facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect();
        let due = document.due.map(|due| (format::day(due), document.due_reason.clone().unwrap_or_default()));
        let files = document
            .files
            .iter()
            .map(|file| (format!("/van-ban/den/{id}/tep/{}", file.id), file.name.clone(), format::size(file.size)));
        let open = stands && !document.masked;
        let processed = document.disposition == Some(Disposition::ToProcess);
        Self {
            number: format::number(document.number, w.0),
            title: summary(document, inside),
            chips: wording::document(document, today, w),
            facts,
            due,
            files: files.collect(),
            void_reason: document.void_reason.clone(),
            may_attach: stands && !document.masked && who.may("documents.incoming.register"),
            viewer: Viewer::of(&id, &document.files, inside.visit.query.get("tep")),
            masked: stands && document.masked,
            may_dispose: stands && who.may("documents.incoming.dispose"),
            may_void: stands && !document.masked && who.may("documents.incoming.void"),
            may_assign: stands && processed && who.may("programme.assignments.assign"),
            may_propose: open && who.may("documents.incoming.propose"),
            may_instruct: open && who.may("documents.incoming.instruct"),
            may_pass: stands && who.may("documents.incoming.register"),
            may_reply: open && who.may("documents.outgoing.draft"),
            away: document.desk.is_some(),
            id,
        }
    }

    /// Whether there is a form that sends it to somebody.
    fn goes_on(&self) -> bool {
        self.may_propose || self.may_instruct || self.may_assign || self.may_pass
    }
}

/// The page of a document.
pub(crate) async fn show(Path(id): Path<IncomingId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, Problems::default(), Typed::default()).await
}

/// The page, with what was refused.
pub(crate) async fn page(
    inside: &Inside,
    id: IncomingId,
    status: StatusCode,
    problems: Problems,
    typed: Typed,
) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let (of_document, of_history) = (GetIncoming { id }, ListIncomingHistory { id, limit: Some(100), cursor: None });
    let of_places = ListPassages { id, limit: Some(50), cursor: None };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let (document, history, places, people, units, asked) = futures_util::join!(
        inside.need(&of_document),
        inside.part(&of_history),
        inside.part(&of_places),
        inside.part(&of_people),
        inside.part(&of_units),
        decided::ask(inside, id),
    );
    let document = match document {
        Ok(document) => document,
        Err(response) => return response,
    };
    let names = Names::of(people.here());
    let units = units.here().map(|page| page.items.clone()).unwrap_or_default();
    let decided = asked.told(&Known { units: &units, names: &names, inside });
    let d = Shown::new(&document, inside);
    let of_readers = ListReadMarks { id, limit: Some(50), cursor: None };
    let decides = d.may_dispose || d.may_instruct || d.may_propose;
    let cases = (decides && !document.masked).then(|| found::earlier(inside, SearchKind::IncomingDocument, id.0));
    let (receivers, readers, signed, related, filed, limited, earlier) = futures_util::join!(
        OptionFuture::from(d.goes_on().then(|| receiving::of(inside, &document, &units, &names))),
        OptionFuture::from((d.away && d.may_pass).then(|| inside.part(&of_readers))),
        signatures::of(inside, &document),
        card::of_incoming(inside, &document, &units),
        filed_card::of_arrived(inside, &document),
        limits::of(inside, &document),
        OptionFuture::from(cases),
    );
    let units = receivers.unwrap_or_default();
    let read_by = |marks: wire::Page<ReadMark>| {
        let named = marks.items.iter().map(|mark| names.get(mark.person).to_owned());
        named.filter(|name| !name.is_empty()).collect()
    };
    let mut page = Page::inside(inside, &w.with("record-title", &[("number", &d.number)]), Place::Incoming);
    page.done = done(inside.visit.query.get("xong"), w);
    let view = Record {
        p: page,
        history: history.map(|entries| timeline::of_document(&entries.items, &names, w)),
        places: places.map(|places| places.items.into_iter().map(place).collect()),
        typed: typed
            .or(templates::chosen(&units.kept, inside))
            .or(assigning::proposed(&d.title, decided.routing.as_ref())),
        decided,
        readers: readers.map(|part| part.map(read_by)),
        signed,
        related,
        filed,
        limited,
        earlier: earlier.flatten(),
        units,
        d,
        problems,
        held: Vec::new(),
    };
    inside.visit.html(status, &view)
}

/// A stay of the paper at a desk.
fn place(one: schema_documents::Passage) -> Step {
    Step {
        when: format::moment(one.passed_at),
        what: one.unit_name,
        by: String::new(),
        detail: one.note.unwrap_or_default(),
    }
}

/// What was just done.
fn done(word: &str, w: Words) -> Option<String> {
    let said = match word {
        "" => return None,
        "giao" => w.t("done-assigned"),
        "huy" => w.t("done-voided"),
        "da-doc" => w.t("done-read"),
        "trinh" => w.t("outgoing-done-proposed"),
        "but-phe" => w.t("outgoing-done-instructed"),
        "tra-trinh" => w.t("outgoing-done-returned"),
        "xac-nhan" => w.t("outgoing-done-confirmed"),
        "khong-dung" => w.t("outgoing-done-objected"),
        "chuyen" => w.t("outgoing-done-passed"),
        "nhan-lai" => w.t("outgoing-done-back"),
        "tep" => w.t("intake-attached"),
        "go-tep" => w.t("handed-done-detached"),
        "chep-but-phe" => w.t("handed-done-transcribed"),
        "gioi-han" => w.t("limits-done-set"),
        "tra-lai" => w.t("limits-done-back"),
        "luu-mau" => w.t("templates-saved"),
        "chua-huy" => w.t("intake-not-voided"),
        _ => w.t("done-disposed"),
    };
    Some(said)
}

/// A file of a document. The door asks the service for it and streams it; the page only says with which token.
pub(crate) async fn file(Path((id, file)): Path<(IncomingId, FileId)>, inside: Inside) -> Response<Body> {
    let path = format!("/api/v1/incoming-documents/{id}/files/{file}");
    hand_in::out(&path, &inside.who.token, inside.visit.query.get("xem") == "1")
}

/// Goes on, or shows the page again with what was refused; `names` says where a form has what the call names otherwise.
pub(crate) async fn after<T>(
    posted: &Posted,
    id: IncomingId,
    done: &str,
    acted: Result<T, Fault>,
    names: &[(&str, &str)],
) -> Response<Body> {
    match acted {
        Ok(_) => go(&format!("/van-ban/den/{id}?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            let problems = Problems::of(&fault, posted.inside.visit.words).renamed(names);
            page_with(posted, id, no::status(fault.kind), problems).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// The page with what is wrong, and with what was typed.
pub(crate) async fn page_with(
    posted: &Posted,
    id: IncomingId,
    status: StatusCode,
    problems: Problems,
) -> Response<Body> {
    page(&posted.inside, id, status, problems, Typed::of(&posted.fields)).await
}

/// Decides what is to happen.
pub(crate) async fn dispose(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let Some(disposition) = word::<Disposition>(posted.fields.get("disposition")) else {
        return incomplete(&posted, id, "disposition", "disposition-missing").await;
    };
    let due = posted.fields.get("due");
    if !due.is_empty() && format::read_day(due).is_none() {
        return incomplete(&posted, id, "due", "day-unreadable").await;
    }
    let note = posted.fields.some("note");
    let call = DisposeIncoming { id, disposition, due: format::read_day(due), note };
    let acted = posted.act(&call).await;
    after(&posted, id, "xu-ly", acted, &[]).await
}

/// Voids a line that was entered wrongly; its number stays in the register with the reason.
pub(crate) async fn void(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let reason = posted.fields.get("reason").to_owned();
    let call = VoidIncoming { id, reason, masked_reason: None, citizen_letter: false };
    let acted = posted.act(&call).await;
    after(&posted, id, "huy", acted, &[]).await
}

/// Notes that one has read it.
pub(crate) async fn mark_read(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&MarkIncomingRead { id }).await;
    after(&posted, id, "da-doc", acted, &[]).await
}

/// The page, for a form in which something is missing or unreadable.
pub(crate) async fn incomplete(posted: &Posted, id: IncomingId, field: &str, key: &str) -> Response<Body> {
    let mut problems = Problems::default();
    problems.add(field, posted.inside.visit.words.t(key));
    page_with(posted, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await
}
