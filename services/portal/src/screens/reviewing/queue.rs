//! L2: what waits for the reader's own word, one after the other, each with its text and its printed page.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{GetDraft, ListMyReviews, ListReviews, Review, ReviewKind, ReviewState};
use schema_identity::ListPeople;
use wire::{Cursor, id::ReviewId};

use super::card::kind;
use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, timeline::Names, typed::Typed},
    page::{Page, Place},
    screens::outgoing::waiting::paragraphs,
    visit::Inside,
};

/// How many lines a page shows.
const ROWS: u16 = 50;

/// One that waits.
struct Row {
    path: String,
    title: String,
    said: String,
    here: bool,
}

/// The one that is read.
struct Chosen {
    id: String,
    title: String,
    kind: String,
    record: String,
    print: String,
    facts: Vec<(String, String)>,
    /// What others said before.
    others: Vec<(String, String)>,
    text: Part<Vec<String>>,
    approval: bool,
}

#[derive(Template)]
#[template(path = "reviewing/queue.html")]
struct Queue {
    p: Page,
    rows: Part<Vec<Row>>,
    next: Option<String>,
    chosen: Option<Chosen>,
    problems: Problems,
    typed: Typed,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, None, Problems::default(), Typed::default()).await
}

/// The page, with what was refused.
pub(crate) async fn page(
    inside: &Inside,
    status: StatusCode,
    named: Option<ReviewId>,
    problems: Problems,
    typed: Typed,
) -> Response<Body> {
    let (w, query, office) = (inside.visit.words, &inside.visit.query, inside.who.office());
    let call = ListMyReviews { office, limit: Some(ROWS), cursor: query.some("tiep").map(Cursor) };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let (found, people) = futures_util::join!(inside.part(&call), inside.part(&of_people));
    let names = Names::of(people.here());
    let items = found.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let asked = named.or_else(|| query.get("xem").parse().ok());
    let one = items.iter().find(|one| Some(one.id) == asked).or(items.first());
    let chosen = match one {
        Some(one) => Some(chosen(inside, one, &names).await),
        None => None,
    };
    let next = found.here().and_then(|page| page.next.clone()).map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", &next).finish();
        format!("/duyet?{query}")
    });
    let here = one.map(|one| one.id);
    let mut page = Page::inside(inside, &w.t("reviewing-queue"), Place::Reviewing);
    page.done = match query.get("xong") {
        "duyet" => Some(w.t("reviewing-done-approved")),
        "tra" => Some(w.t("reviewing-done-returned")),
        "y-kien" => Some(w.t("reviewing-done-answered")),
        _ => None,
    };
    let row = |one: &Review| Row {
        path: format!("/duyet?xem={}", one.id),
        title: one.summary.clone().unwrap_or_else(|| w.t("no-summary")),
        said: [Some(w.t(kind(one.kind))), one.due.map(format::day)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        here: here == Some(one.id),
    };
    let view =
        Queue { p: page, rows: found.map(|page| page.items.iter().map(row).collect()), next, chosen, problems, typed };
    inside.visit.html(status, &view)
}

async fn chosen(inside: &Inside, one: &Review, names: &Names) -> Chosen {
    let w = inside.visit.words;
    let of_text = GetDraft { id: one.document, draft: one.draft };
    let of_others = ListReviews { id: one.document, limit: Some(100), cursor: None };
    let (text, others) = futures_util::join!(inside.part(&of_text), inside.part(&of_others));
    let spoke =
        |other: &&Review| other.id != one.id && !matches!(other.state, ReviewState::Waiting | ReviewState::Withdrawn);
    let said = |other: &Review| {
        let word = other.words.clone().unwrap_or_else(|| w.t("reviewing-agreed"));
        (format!("{} – {}", names.get(other.of.person), w.t(kind(other.kind))), word)
    };
    let facts = [
        ("reviewing-asked-by", Some(names.get(one.by).to_owned()).filter(|name| !name.is_empty())),
        ("reviewing-due", one.due.map(format::day)),
        ("reviewing-question", one.question.clone()),
    ];
    Chosen {
        id: one.id.to_string(),
        title: one.summary.clone().unwrap_or_else(|| w.t("no-summary")),
        kind: w.t(kind(one.kind)),
        record: format!("/van-ban/di/{}", one.document),
        print: format!("/van-ban/di/{}/ban-in?ban={}&xem=1", one.document, one.draft),
        facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        others: others.here().map(|page| page.items.iter().filter(spoke).map(said).collect()).unwrap_or_default(),
        text: text.map(|version| paragraphs(&version.text)),
        approval: one.kind == ReviewKind::Approval,
    }
}
