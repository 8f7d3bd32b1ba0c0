//! G5: one incoming document: what it says, by when and why that day, where it lies, what happened, what can be done.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderName, HeaderValue, Response, StatusCode},
};
use schema_documents::{
    DisposeIncoming, Disposition, GetIncoming, IncomingDocument, IncomingState, ListIncomingHistory, ListPassages,
    MarkIncomingRead, VoidIncoming,
};
use schema_identity::{FindUnits, ListPeople, Unit};
use schema_programme::{Assign, AssignmentSource, AssignmentSourceKind};
use wire::{
    Fault, Kind,
    id::{FileId, IncomingId},
};

use super::{incoming::summary, registering::word};
use crate::{
    asking::Part,
    format,
    kit::{
        chip::Chip,
        problems::Problems,
        timeline::{self, Names, Step},
        wording,
    },
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
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
    pub(crate) may_dispose: bool,
    pub(crate) may_void: bool,
    pub(crate) may_assign: bool,
}

#[derive(Template)]
#[template(path = "record.html")]
struct Record {
    p: Page,
    d: Shown,
    history: Part<Vec<Step>>,
    places: Part<Vec<Step>>,
    units: Vec<Unit>,
    problems: Problems,
    typed: Vec<(String, String)>,
}

impl Record {
    /// What was typed into a field of a form that was refused.
    fn kept(&self, field: &str) -> &str {
        self.typed.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
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
        let processed = document.disposition == Some(Disposition::ToProcess);
        Self {
            number: format::number(document.number, w.0),
            title: summary(document, inside),
            chips: wording::document(document, today, w),
            facts,
            due,
            files: files.collect(),
            void_reason: document.void_reason.clone(),
            may_dispose: stands && who.may("documents.incoming.dispose"),
            may_void: stands && !document.masked && who.may("documents.incoming.void"),
            may_assign: stands && processed && who.may("programme.assignments.assign"),
            id,
        }
    }
}

/// The page of a document.
pub(crate) async fn show(Path(id): Path<IncomingId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, Problems::default(), Vec::new()).await
}

async fn page(
    inside: &Inside,
    id: IncomingId,
    status: StatusCode,
    problems: Problems,
    typed: Vec<(String, String)>,
) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let (of_document, of_history) = (GetIncoming { id }, ListIncomingHistory { id, limit: Some(100), cursor: None });
    let of_places = ListPassages { id, limit: Some(50), cursor: None };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let (document, history, places, people, units) = futures_util::join!(
        inside.need(&of_document),
        inside.part(&of_history),
        inside.part(&of_places),
        inside.part(&of_people),
        inside.part(&of_units),
    );
    let document = match document {
        Ok(document) => document,
        Err(response) => return response,
    };
    let names = Names::of(people.here());
    let place = |one: schema_documents::Passage| Step {
        when: format::moment(one.passed_at),
        what: one.unit_name,
        by: String::new(),
        detail: one.note.unwrap_or_default(),
    };
    let d = Shown::new(&document, inside);
    // Work from a paper is mostly what the paper is about; whoever assigns changes the words.
    let proposed = || vec![("title".to_owned(), d.title.clone())];
    let typed = if typed.is_empty() && d.may_assign { proposed() } else { typed };
    let mut page = Page::inside(inside, &w.with("record-title", &[("number", &d.number)]), Place::Incoming);
    page.done = match inside.visit.query.get("xong") {
        "" => None,
        "giao" => Some(w.t("done-assigned")),
        "huy" => Some(w.t("done-voided")),
        "da-doc" => Some(w.t("done-read")),
        _ => Some(w.t("done-disposed")),
    };
    let view = Record {
        p: page,
        history: history.map(|entries| timeline::of_document(&entries.items, &names, w)),
        places: places.map(|places| places.items.into_iter().map(place).collect()),
        units: units.here().map(|page| page.items.clone()).unwrap_or_default(),
        d,
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

/// A file of a document. The door asks the service for it and streams it; the page only says with which token.
pub(crate) async fn file(Path((id, file)): Path<(IncomingId, FileId)>, inside: Inside) -> Response<Body> {
    let mut response = go("/");
    *response.status_mut() = StatusCode::OK;
    let path = format!("/api/v1/incoming-documents/{id}/files/{file}");
    for (name, value) in [("x-hand-out", path), ("x-hand-out-token", inside.who.token.clone())] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// Shows the page again with what was refused, or goes on.
async fn after<T>(posted: &Posted, id: IncomingId, done: &str, acted: Result<T, Fault>) -> Response<Body> {
    match acted {
        Ok(_) => go(&format!("/van-ban/den/{id}?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            let typed = posted.fields.typed().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            page(&posted.inside, id, no::status(fault.kind), problems, typed).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
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
    after(&posted, id, "xu-ly", acted).await
}

/// Voids a line that was entered wrongly; its number stays in the register with the reason.
pub(crate) async fn void(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let reason = posted.fields.get("reason").to_owned();
    let call = VoidIncoming { id, reason, masked_reason: None, citizen_letter: false };
    let acted = posted.act(&call).await;
    after(&posted, id, "huy", acted).await
}

/// Notes that one has read it.
pub(crate) async fn mark_read(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&MarkIncomingRead { id }).await;
    after(&posted, id, "da-doc", acted).await
}

/// L3: gives the work that a document asks for to the one unit that leads.
pub(crate) async fn assign(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let Ok(lead_unit) = typed.get("lead_unit").parse() else {
        return incomplete(&posted, id, "lead_unit", "lead-missing").await;
    };
    let due = typed.get("assign_due");
    if !due.is_empty() && format::read_day(due).is_none() {
        return incomplete(&posted, id, "assign_due", "day-unreadable").await;
    }
    let source =
        AssignmentSource { kind: AssignmentSourceKind::IncomingDocument, id: Some(id.into()), label: String::new() };
    let call = Assign {
        office: posted.inside.who.office(),
        source,
        title: typed.get("title").to_owned(),
        expected_product: typed.get("expected_product").to_owned(),
        lead_unit,
        lead_position: None,
        coordinators: typed.all("coordinators").into_iter().filter_map(|unit| unit.parse().ok()).collect(),
        urgency: word(typed.get("urgency")).unwrap_or_default(),
        due: format::read_day(due),
        term: None,
        parent: None,
    };
    let acted = posted.act(&call).await;
    after(&posted, id, "giao", acted).await
}

async fn incomplete(posted: &Posted, id: IncomingId, field: &str, key: &str) -> Response<Body> {
    let mut problems = Problems::default();
    problems.add(field, posted.inside.visit.words.t(key));
    let typed = posted.fields.typed().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    page(&posted.inside, id, StatusCode::UNPROCESSABLE_ENTITY, problems, typed).await
}
