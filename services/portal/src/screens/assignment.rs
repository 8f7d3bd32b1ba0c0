//! C1, C2, C8: one piece of work: what is wanted, by when and why, how far it is, and what can be done with it.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{FindUnits, ListPeople};
use schema_programme::{
    AcceptAssignment, AskExtension, Assignment, AssignmentEvidence, AssignmentEvidenceKind, AssignmentSourceKind,
    AssignmentState, CloseAssignment, CompleteAssignment, DecideExtension, GetAssignment, ListAssignmentHistory,
    RemindAssignment, ReportProgress, ReturnAssignment,
};
use wire::{
    Fault, Kind, Lang,
    id::{AssignmentId, IncomingId},
};

use super::working::{
    extension,
    paper::{self, Paper},
};

use crate::{
    asking::Part,
    fields::Fields,
    format,
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
};

/// Which acts are offered. What may really be done the service decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offered {
    accept: bool,
    progress: bool,
    complete: bool,
    extension: bool,
    decide: bool,
    close: bool,
    remind: bool,
}

#[derive(Template)]
#[template(path = "assignment.html")]
struct Show {
    p: Page,
    id: String,
    title: String,
    product: String,
    chips: Vec<Chip>,
    facts: Vec<(String, String)>,
    source: (String, Option<String>),
    due: (String, String),
    progress: Option<(String, Option<u8>)>,
    asked: Option<(String, String)>,
    waiting: Option<String>,
    reason: Option<String>,
    evidence: Vec<String>,
    offered: Offered,
    paper: Option<Part<Paper>>,
    extensions: Vec<(String, String, String)>,
    /// Who decides about a later day.
    deciders: Vec<String>,
    history: Part<Vec<Step>>,
    problems: Problems,
    typed: Typed,
}

impl Show {
    /// The document that the work comes from, if it is here.
    fn source_paper(&self) -> Option<&Paper> {
        self.paper.as_ref().and_then(|part| part.here())
    }

    /// Who has to look at the day of that document again before the work can go beyond it.
    fn beyond(&self) -> String {
        let w = self.p.w;
        let instruction = self.source_paper().and_then(|paper| paper.instruction.here()?.as_ref());
        match instruction.map(|one| one.author.as_str()).filter(|author| !author.is_empty()) {
            Some(author) => w.with("deciding-extension-beyond", &[("name", author)]),
            None => w.t("outgoing-extension-beyond"),
        }
    }
}

impl Offered {
    fn of(assignment: &Assignment, inside: &Inside) -> Self {
        let who = &inside.who;
        let (works, assigns) = (who.may("programme.assignments.work"), who.may("programme.assignments.assign"));
        let state = assignment.state;
        let moving = matches!(state, AssignmentState::Accepted | AssignmentState::InProgress);
        let own = assignment.handler.is_none_or(|handler| handler == who.me.person.id);
        Self {
            accept: works && state == AssignmentState::Assigned,
            progress: works && own && (moving || state == AssignmentState::Returned),
            complete: works && own && moving,
            extension: works && own && state.owed() && assignment.asked_extension().is_none(),
            decide: who.may("programme.assignments.extend") && assignment.asked_extension().is_some(),
            close: assigns && state == AssignmentState::Done,
            remind: assigns && state.owed() && assignment.handler != Some(who.me.person.id),
        }
    }
}

/// The page of a piece of work.
pub(crate) async fn show(Path(id): Path<AssignmentId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, Problems::default(), Typed::default()).await
}

async fn page(
    inside: &Inside,
    id: AssignmentId,
    status: StatusCode,
    problems: Problems,
    typed: Typed,
) -> Response<Body> {
    let w = inside.visit.words;
    let of_history = ListAssignmentHistory { id, limit: Some(100), cursor: None };
    let of_people = ListPeople { office: inside.who.office(), q: None, as_of: None, limit: Some(200), cursor: None };
    let of_one = GetAssignment { id };
    let of_units = FindUnits { office: Some(inside.who.office()), limit: Some(200), ..FindUnits::default() };
    let (found, history, people, units) = futures_util::join!(
        inside.need(&of_one),
        inside.part(&of_history),
        inside.part(&of_people),
        inside.part(&of_units),
    );
    let found = match found {
        Ok(found) => found,
        Err(response) => return response,
    };
    let names = Names::of(people.here());
    let units = units.here().map(|page| page.items.clone()).unwrap_or_default();
    let paper = match source(&found, inside) {
        Some(id) => Some(paper::ask(inside, id, (&units, &names)).await),
        None => None,
    };
    let mut page = Page::inside(inside, &found.title, Place::Work);
    page.done = match inside.visit.query.get("xong") {
        "nhan" => Some(w.t("done-accepted")),
        "tien-do" => Some(w.t("done-progress")),
        "hoan-thanh" => Some(w.t("done-completed")),
        "gia-han" => Some(w.t("done-extension")),
        "quyet-dinh" => Some(w.t("done-decided")),
        "tra-lai" => Some(w.t("done-returned")),
        "ket-thuc" => Some(w.t("done-closed")),
        "don-doc" => Some(w.with("calendar-reminded", &[("count", "1")])),
        _ => None,
    };
    let history = history.map(|entries| timeline::of_assignment(&entries.items, &names, w));
    let deciders =
        if Offered::of(&found, inside).extension { extension::deciders(inside, &names).await } else { Vec::new() };
    let view = Show { paper, problems, typed, deciders, ..view(page, found, inside, (names, history)) };
    inside.visit.html(status, &view)
}

/// The document that it comes from, for those who may read documents.
fn source(found: &Assignment, inside: &Inside) -> Option<IncomingId> {
    let document = found.source.kind == AssignmentSourceKind::IncomingDocument;
    let id = found.source.id.filter(|_| document && inside.who.may("documents.incoming.read"))?;
    Some(IncomingId::from(id))
}

fn view(p: Page, found: Assignment, inside: &Inside, (names, history): (Names, Part<Vec<Step>>)) -> Show {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let name = |person| Some(names.get(person).to_owned()).filter(|name| !name.is_empty());
    let facts = [
        ("fact-lead", found.lead_unit_name.clone()),
        ("fact-handler", found.handler.and_then(name)),
        ("fact-given-by", name(found.assigned_by.person)),
        ("fact-given-at", Some(format::moment(found.assigned_at))),
        ("fact-reminded", found.reminder.map(|reminder| format::moment(reminder.at))),
    ];
    let mut chips: Vec<Chip> = wording::urgency(found.urgency, w).into_iter().collect();
    if found.state.owed() {
        chips.push(wording::due(found.due, today, w));
    }
    chips.push(wording::assignment(found.state, w));
    let why = match w.0 {
        Lang::Vi => found.due_reason.vi.clone(),
        Lang::En => found.due_reason.en.clone(),
    };
    let document = source(&found, inside);
    Show {
        offered: Offered::of(&found, inside),
        id: found.id.to_string(),
        product: found.expected_product.clone(),
        chips,
        facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        source: (found.source.label.clone(), document.map(|id| format!("/van-ban/den/{id}"))),
        due: (format::day(found.due), why),
        progress: found.progress.as_ref().map(|one| (one.note.clone(), one.percent)),
        asked: found.asked_extension().map(|one| (format::day(one.until), one.reason.clone())),
        waiting: found.waiting().map(|wait| {
            let since = format::short_day(wait.from.day(), today);
            w.with("waiting", &[("whom", &wait.on), ("since", &since)])
        }),
        reason: found.reason.clone(),
        evidence: found.evidence.iter().map(|one| one.label.clone()).collect(),
        extensions: extension::asked(&found, w),
        deciders: Vec::new(),
        title: found.title,
        p,
        history,
        paper: None,
        problems: Problems::default(),
        typed: Typed::default(),
    }
}

/// Does what one of the forms is for.
pub(crate) async fn act(Path((id, act)): Path<(AssignmentId, String)>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let text = |field: &str| typed.get(field).to_owned();
    let acted = match act.as_str() {
        "nhan" => posted.act(&AcceptAssignment { id }).await,
        "tien-do" => {
            let percent = typed.get("percent").parse().ok();
            posted.act(&ReportProgress { id, note: text("note"), percent }).await
        }
        "hoan-thanh" => {
            let evidence = evidence(typed);
            if evidence.is_empty() {
                return wrong(&posted, id, "evidence", "outgoing-evidence-missing").await;
            }
            posted.act(&CompleteAssignment { id, evidence }).await
        }
        "gia-han" => match format::read_day(typed.get("until")) {
            Some(until) => posted.act(&AskExtension { id, until, reason: text("extension_reason") }).await,
            None => return wrong(&posted, id, "until", "day-unreadable").await,
        },
        "quyet-dinh" => {
            let approve = typed.get("approve") == "1";
            posted.act(&DecideExtension { id, approve, answer: typed.some("answer") }).await
        }
        "tra-lai" => posted.act(&ReturnAssignment { id, reason: text("return_reason") }).await,
        "ket-thuc" => posted.act(&CloseAssignment { id }).await,
        "don-doc" => posted.act(&RemindAssignment { id, note: typed.some("remind_note") }).await,
        _ => return no::nowhere(posted.inside.visit).await,
    };
    after(&posted, id, &act, acted).await
}

/// Where the forms have what the calls name otherwise.
fn names(act: &str) -> &'static [(&'static str, &'static str)] {
    match act {
        "gia-han" => &[("reason", "extension_reason")],
        "tra-lai" => &[("reason", "return_reason")],
        "tien-do" => &[("note", "progress_note")],
        "don-doc" => &[("note", "remind_note")],
        _ => &[],
    }
}

/// What proves that the work is done: an issued document that was chosen, a sentence, or both.
fn evidence(typed: &Fields) -> Vec<AssignmentEvidence> {
    let document = typed.get("evidence_document").split_once(' ').and_then(|(id, label)| {
        let id = Some(id.parse().ok()?);
        Some(AssignmentEvidence { kind: AssignmentEvidenceKind::OutgoingDocument, id, label: label.to_owned() })
    });
    let note = typed.some("evidence");
    let note = note.map(|label| AssignmentEvidence { kind: AssignmentEvidenceKind::Note, id: None, label });
    document.into_iter().chain(note).collect()
}

async fn after(posted: &Posted, id: AssignmentId, done: &str, acted: Result<Assignment, Fault>) -> Response<Body> {
    match acted {
        Ok(_) => go(&format!("/viec/{id}?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            let problems = Problems::of(&fault, posted.inside.visit.words).renamed(names(done));
            page(&posted.inside, id, no::status(fault.kind), problems, Typed::of(&posted.fields)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

async fn wrong(posted: &Posted, id: AssignmentId, field: &str, key: &str) -> Response<Body> {
    let mut problems = Problems::default();
    problems.add(field, posted.inside.visit.words.t(key));
    page(&posted.inside, id, StatusCode::UNPROCESSABLE_ENTITY, problems, Typed::of(&posted.fields)).await
}
