//! V1 and V2: one item of the queue. Sealed, it is marked from its envelope or first page; marked official, it stands beside
//! the form that enters it.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    DiscardIntake, GetIntake, GetIntakeProposal, IntakeItem, IntakeReason, IntakeState, ListIntake,
    MarkIntakeCitizenLetter, MarkIntakeOfficial, SetIntakeAside,
};
use wire::{
    Fault, FileRef, Kind,
    id::{FileId, IntakeItemId},
};

use super::{files::Viewer, queue};
use crate::{
    format, hand_in,
    kit::{chip::Chip, problems::Problems},
    no,
    page::{Page, Place},
    screens::{
        incoming,
        mail::card::{self, Card},
        registering::{Conflict, Form, Typed, word},
    },
    visit::{Inside, Posted, go},
};

/// How many items are looked at to find one's place among them.
const AROUND: u16 = 200;

#[derive(Template)]
#[template(path = "intake/item.html")]
struct Item {
    p: Page,
    id: String,
    name: String,
    chips: Vec<Chip>,
    facts: Vec<(String, String)>,
    viewer: Option<Viewer>,
    state: IntakeState,
    /// Which of how many.
    place: Option<String>,
    next: Option<String>,
    form: Form,
    form_path: &'static str,
    problems: Problems,
    late: bool,
    reasons: Vec<(String, String)>,
    mail: Option<Card>,
    /// What was taken out of a letter: where it is, its name, its size.
    parts: Vec<(String, String, String)>,
}

impl Item {
    fn is_sealed(&self) -> bool {
        self.state == IntakeState::Waiting
    }

    fn is_official(&self) -> bool {
        self.state == IntakeState::Official
    }

    fn is_aside(&self) -> bool {
        self.state == IntakeState::SetAside
    }
}

/// The page of an item.
pub(crate) async fn show(Path(id): Path<IntakeItemId>, inside: Inside) -> Response<Body> {
    let typed = Typed { intake: id.to_string(), ..Typed::fresh(&inside) };
    let typed = match inside.part(&GetIntakeProposal { id }).await.here() {
        Some(proposal) => typed.with(proposal, inside.visit.words),
        None => typed,
    };
    let form = Form::new(&inside, typed, Problems::default());
    page(&inside, id, StatusCode::OK, form, (Problems::default(), false)).await
}

/// The page with a form as it was sent, or with what is wrong with another act.
pub(crate) async fn page(
    inside: &Inside,
    id: IntakeItemId,
    status: StatusCode,
    mut form: Form,
    (problems, late): (Problems, bool),
) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let (of_item, of_books) = (GetIntake { id }, incoming::books(inside));
    let of_queue = ListIntake { office, state: None, batch: None, limit: Some(AROUND), cursor: None };
    let (item, queue, books, done) = futures_util::join!(
        inside.need(&of_item),
        inside.part(&of_queue),
        inside.part(&of_books),
        queue::done(inside),
    );
    let item = match item {
        Ok(item) => item,
        Err(response) => return response,
    };
    let book = books.here().and_then(|books| incoming::current(books, inside.visit.today()));
    form.next_number = book.map(|book| format::number(book.last + 1, w.0));
    let others = queue.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let at = others.iter().position(|one| one.id == id);
    let next = at.and_then(|at| others.get(at + 1)).map(|one| format!("/van-ban/cho/{}", one.id));
    let place = at.map(|at| {
        let (at, of) = ((at + 1).to_string(), others.len().to_string());
        w.with("intake-place", &[("at", &at), ("of", &of)])
    });
    let name = queue::name(&item, w);
    let mut page = Page::inside(inside, &name, Place::Intake);
    page.done = done;
    let mail = card::of(inside, &item).await;
    let view = Item {
        p: page,
        mail,
        parts: item.parts.iter().map(|part| (saved(id, part), part.name.clone(), format::size(part.size))).collect(),
        id: id.to_string(),
        viewer: viewer(id, &item),
        chips: vec![queue::chip(item.state, w)],
        facts: facts(&item, inside),
        state: item.state,
        name,
        place,
        next,
        form,
        form_path: "/van-ban/den",
        problems,
        late,
        reasons: REASONS.iter().map(|word| ((*word).to_owned(), reason_text(word, inside))).collect(),
    };
    inside.visit.html(status, &view)
}

/// The file itself where browsers draw it, or the first thing taken out of it that they draw.
fn viewer(id: IntakeItemId, item: &IntakeItem) -> Option<Viewer> {
    let whole = item.file.as_ref().and_then(|file| Viewer::at(format!("/van-ban/cho/{id}/tep"), file));
    whole.or_else(|| item.parts.iter().find_map(|part| Viewer::at(saved(id, part), part)))
}

/// Where a part is saved from.
fn saved(id: IntakeItemId, part: &FileRef) -> String {
    format!("/van-ban/cho/{id}/phan/{}", part.id)
}

/// A part of an item that may be read.
pub(crate) async fn part(Path((id, part)): Path<(IntakeItemId, FileId)>, inside: Inside) -> Response<Body> {
    let path = format!("/api/v1/intake-items/{id}/file?part={part}");
    hand_in::out(&path, &inside.who.token, inside.visit.query.get("xem") == "1")
}

/// Reasons, as the contract writes them.
const REASONS: [&str; 6] =
    ["unreadable", "incomplete", "misdirected", "duplicate", "not_for_register", "not_allowed_here"];

fn reason_text(text: &str, inside: &Inside) -> String {
    word::<IntakeReason>(text).map(|reason| inside.visit.words.t(queue::reason_word(reason))).unwrap_or_default()
}

fn facts(item: &IntakeItem, inside: &Inside) -> Vec<(String, String)> {
    let w = inside.visit.words;
    let rows = [
        ("intake-came", Some(format::moment(item.brought_in_at))),
        ("intake-size", item.size.map(format::size)),
        ("intake-kind", item.media_type.clone()),
        ("intake-reason", item.reason.map(|reason| w.t(queue::reason_word(reason)))),
    ];
    rows.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect()
}

/// The file of an item that may be read.
pub(crate) async fn file(Path(id): Path<IntakeItemId>, inside: Inside) -> Response<Body> {
    let path = format!("/api/v1/intake-items/{id}/file");
    hand_in::out(&path, &inside.who.token, inside.visit.query.get("xem") == "1")
}

/// What is done with an item: `cong-vu`, `don-thu`, `de-rieng`, `huy`.
pub(crate) async fn act(Path((id, act)): Path<(IntakeItemId, String)>, posted: Posted) -> Response<Body> {
    let fields = &posted.fields;
    let reason = word::<IntakeReason>(fields.get("reason"));
    let done = match (act.as_str(), reason) {
        ("cong-vu", _) => posted.act(&MarkIntakeOfficial { id }).await.map(drop),
        ("don-thu", _) => {
            let count = |name| fields.get(name).parse().unwrap_or_default();
            let late = fields.get("late") == "1";
            let (sheets, envelopes) = (count("sheets"), count("envelopes"));
            posted.act(&MarkIntakeCitizenLetter { id, arrived: None, late, sheets, envelopes }).await.map(drop)
        }
        ("de-rieng", Some(reason)) => posted.act(&SetIntakeAside { id, reason }).await.map(drop),
        ("huy", Some(reason)) => posted.act(&DiscardIntake { id, reason }).await.map(drop),
        ("de-rieng" | "huy", None) => {
            let mut problems = Problems::default();
            problems.add("reason", posted.inside.visit.words.t("intake-reason-missing"));
            return refused(&posted, id, StatusCode::UNPROCESSABLE_ENTITY, (problems, false)).await;
        }
        _ => return no::nowhere(posted.inside.visit).await,
    };
    match done {
        // What was marked official is entered at once; after all else the queue shows what is next.
        Ok(()) if act == "cong-vu" => go(&format!("/van-ban/cho/{id}?xong=cong-vu")),
        Ok(()) => go(&format!("/van-ban/cho?xong={act}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale) => {
            let late = fault.code == "documents.late_entry";
            let problems = Problems::of(&Fault { field: None, ..fault.clone() }, posted.inside.visit.words);
            refused(&posted, id, no::status(fault.kind), (problems, late)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

async fn refused(posted: &Posted, id: IntakeItemId, status: StatusCode, problems: (Problems, bool)) -> Response<Body> {
    let inside = &posted.inside;
    let typed = Typed { intake: id.to_string(), ..Typed::fresh(inside) };
    page(inside, id, status, Form::new(inside, typed, Problems::default()), problems).await
}

/// Where to go after an item was entered: to the next one that may be read, or to the queue.
pub(crate) async fn onward(posted: &Posted, entered: &str) -> Response<Body> {
    let office = posted.inside.who.office();
    let list = ListIntake { office, state: Some(IntakeState::Official), batch: None, limit: Some(1), cursor: None };
    let next = posted.inside.part(&list).await;
    let next = next.here().and_then(|page| page.items.first()).map(|item| format!("/{}", item.id)).unwrap_or_default();
    go(&format!("/van-ban/cho{next}?da-vao={entered}"))
}
