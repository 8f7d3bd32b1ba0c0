//! What is protected as a state secret: until when, and what is to be decided by now; and blank books to be kept by pen. Nothing of
//! what the documents are about is here.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{ListProtections, Protection, ProtectionStep, RecordProtection};
use wire::{
    Cursor, Day, Kind, Secrecy,
    id::{IncomingId, OutgoingId},
};

use crate::{
    asking::Part,
    format, hand_in,
    kit::{
        chip::{Chip, Tone},
        problems::Problems,
        typed::Typed,
        wording,
    },
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// How many lines a page shows.
const ROWS: u16 = 100;

/// What is written down, as the form has it.
const STEPS: [(&str, ProtectionStep, &str); 3] = [
    ("set", ProtectionStep::Set, "secrets-set"),
    ("extended", ProtectionStep::Extended, "secrets-extended"),
    ("ended", ProtectionStep::Ended, "secrets-ended"),
];

/// A protection.
struct Row {
    path: String,
    choose: String,
    number: String,
    degree: Chip,
    set_on: String,
    until: String,
    chip: Option<Chip>,
    said: String,
}

/// The document that the form is about, as the field and its value.
struct Chosen {
    field: &'static str,
    id: String,
}

#[derive(Template)]
#[template(path = "papers/secrets.html")]
struct Secrets {
    p: Page,
    rows: Part<Vec<Row>>,
    next: Option<String>,
    chosen: Option<Chosen>,
    steps: Vec<(&'static str, String)>,
    year: i32,
    problems: Problems,
    typed: Typed,
}

/// How many are to be decided upon by now, for whoever decides or keeps the books.
pub(crate) async fn due(inside: &Inside) -> Option<usize> {
    if !inside.who.may("documents.outgoing.issue") {
        return None;
    }
    let call = ListProtections { office: inside.who.office(), due: true, limit: Some(ROWS), cursor: None };
    inside.part(&call).await.here().map(|page| page.items.len()).filter(|count| *count > 0)
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, Problems::default(), Typed::default()).await
}

async fn page(inside: &Inside, status: StatusCode, problems: Problems, typed: Typed) -> Response<Body> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let cursor = query.some("tiep").map(Cursor);
    let call = ListProtections { office: inside.who.office(), due: false, limit: Some(ROWS), cursor };
    let found = inside.part(&call).await;
    let next = found.here().and_then(|page| page.next.clone()).map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", &next).finish();
        format!("/van-ban/mat?{query}")
    });
    let of = |field: &'static str, name: &str| {
        let id = if typed.get(field).is_empty() { query.get(name) } else { typed.get(field) };
        (!id.is_empty()).then(|| Chosen { field, id: id.to_owned() })
    };
    let mut page = Page::inside(inside, &w.t("secrets-title"), Place::Secrets);
    page.done = (query.get("xong") == "ghi").then(|| w.t("secrets-done"));
    let view = Secrets {
        p: page,
        rows: found.map(|page| page.items.iter().map(|one| row(one, inside)).collect()),
        next,
        chosen: of("outgoing", "di").or_else(|| of("incoming", "den")),
        steps: STEPS.iter().map(|(value, _, key)| (*value, w.t(key))).collect(),
        year: inside.visit.today().year(),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn row(one: &Protection, inside: &Inside) -> Row {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let (kind, id) = match (one.outgoing, one.incoming) {
        (Some(id), _) => ("di", id.to_string()),
        (None, Some(id)) => ("den", id.to_string()),
        (None, None) => ("di", String::new()),
    };
    let number = format::number(one.number, w.0);
    let key = if kind == "di" { "secrets-issued" } else { "secrets-arrived" };
    Row {
        path: format!("/van-ban/{kind}/{id}"),
        choose: format!("/van-ban/mat?{kind}={id}#ghi"),
        number: w.with(key, &[("number", &number)]),
        degree: degree(one.secrecy, w),
        set_on: format::day(one.set_on),
        until: format::day(one.until),
        chip: chip(one, today, w),
        said: w.with("secrets-law", &[("law", &one.instrument)]),
    }
}

fn degree(secrecy: Secrecy, w: Words) -> Chip {
    wording::secrecy(secrecy, w).unwrap_or_else(|| Chip::new(Tone::Plain, "secret", String::new()))
}

/// Whether it is time to decide, or too late.
fn chip(one: &Protection, today: Day, w: Words) -> Option<Chip> {
    if one.until < today {
        return Some(Chip::new(Tone::Plain, "ok", w.t("secrets-over")));
    }
    let decide = one.decide_by <= today;
    decide.then(|| Chip::new(Tone::Soon, "due", w.with("secrets-decide", &[("day", &format::day(one.until))])))
}

/// Writes down a step.
pub(crate) async fn record(posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    let step = STEPS.iter().find(|(known, ..)| *known == typed.get("step")).map(|(_, step, _)| *step);
    let day = |field: &str| format::read_day(typed.get(field));
    if step.is_none() {
        problems.add("step", w.t("secrets-step-missing"));
    }
    if day("on").is_none() {
        problems.add("on", w.t("day-unreadable"));
    }
    if !typed.get("until").is_empty() && day("until").is_none() {
        problems.add("until", w.t("day-unreadable"));
    }
    let (Some(step), Some(on), false) = (step, day("on"), problems.any()) else {
        return page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, problems, Typed::of(typed)).await;
    };
    let call = RecordProtection {
        office: posted.inside.who.office(),
        outgoing: typed.get("outgoing").parse::<OutgoingId>().ok(),
        incoming: typed.get("incoming").parse::<IncomingId>().ok(),
        step,
        on,
        until: day("until"),
        decision: typed.some("decision"),
    };
    match posted.act(&call).await {
        Ok(_) => go("/van-ban/mat?xong=ghi"),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict) => {
            page(&posted.inside, no::status(fault.kind), Problems::of(&fault, w), Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// A blank book.
pub(crate) async fn book(inside: Inside) -> Response<Body> {
    let book = match inside.visit.query.get("so") {
        "di" => "outgoing",
        "sao" => "copies",
        _ => "incoming",
    };
    let pages = inside.visit.query.get("trang").parse::<u32>().unwrap_or(20);
    let year = inside.visit.query.get("nam").parse::<u16>().map(|year| format!("&year={year}")).unwrap_or_default();
    let office = inside.who.office();
    let path = format!("/api/v1/blank-secret-books?office={office}&book={book}&pages={pages}{year}");
    hand_in::out(&path, &inside.who.token, true)
}
