//! C4: beginning a document: genre, body, abstract, what it answers, to whom it goes, and its first text.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{
    DraftOutgoing, Genre, GetIncoming, IncomingDocument, IssuingBody, ListGenres, ListIssuingBodies,
};
use schema_identity::{FindUnits, Unit};
use wire::{Fault, Kind, id::UnitId};

use super::showing;
use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, typed::Typed},
    no,
    page::{Page, Place},
    screens::{incoming::summary, registering::word},
    visit::{Inside, Posted, go},
};

/// The document that is answered.
struct Answered {
    id: String,
    label: String,
    title: String,
}

#[derive(Template)]
#[template(path = "outgoing/drafting.html")]
struct Drafting {
    p: Page,
    genres: Part<Vec<Genre>>,
    units: Vec<Unit>,
    bodies: Vec<IssuingBody>,
    answered: Option<Answered>,
    urgencies: [(&'static str, String); 4],
    secrecies: [(&'static str, String); 4],
    problems: Problems,
    typed: Typed,
}

impl Drafting {
    /// The genres of one of the two kinds: named genres, or administrative papers.
    fn of_kind<'a>(&self, genres: &'a [Genre], administrative: bool) -> Vec<&'a Genre> {
        genres.iter().filter(|genre| genre.administrative == administrative && genre.code.is_some()).collect()
    }
}

/// The empty form; with `tra-loi` for an answer to a document that arrived.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, Problems::default(), Typed::default()).await
}

async fn page(inside: &Inside, status: StatusCode, problems: Problems, typed: Typed) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let asked = if typed.is_empty() { inside.visit.query.get("tra-loi") } else { typed.get("replies_to") };
    let of_answered = asked.parse().ok().map(|id| GetIncoming { id });
    let of_genres = ListGenres { day: None, limit: Some(200), cursor: None };
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let of_bodies = ListIssuingBodies { office, as_of: Some(inside.visit.today()), limit: Some(100), cursor: None };
    let (genres, units, bodies, answered) = futures_util::join!(
        inside.part(&of_genres),
        inside.part(&of_units),
        inside.part(&of_bodies),
        OptionFuture::from(of_answered.as_ref().map(|call| inside.part(call))),
    );
    let answered = answered.as_ref().and_then(|part| part.here());
    let units = units.here().map(|page| page.items.clone()).unwrap_or_default();
    let typed = if typed.is_empty() { proposed(answered, &units, inside) } else { typed };
    let mut page = Page::inside(inside, &w.t("outgoing-begin"), Place::Outgoing);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &page.title)]);
    }
    let view = Drafting {
        p: page,
        genres: genres.map(|page| page.items),
        units,
        bodies: bodies.here().map(|page| page.items.clone()).unwrap_or_default(),
        answered: answered.map(|document| Answered {
            id: document.id.to_string(),
            label: label(document, inside),
            title: summary(document, inside),
        }),
        urgencies: [
            ("normal", w.t("urgency-normal")),
            ("urgent", w.t("urgency-urgent")),
            ("very_urgent", w.t("urgency-very-urgent")),
            ("express", w.t("urgency-express")),
        ],
        secrecies: [
            ("open", w.t("secrecy-open")),
            ("secret", w.t("secrecy-secret")),
            ("highly_secret", w.t("secrecy-highly-secret")),
            ("top_secret", w.t("secrecy-top-secret")),
        ],
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

/// What the form proposes: one's own unit, in the symbol of the body it belongs to; an answer goes to whoever wrote.
fn proposed(answered: Option<&IncomingDocument>, units: &[Unit], inside: &Inside) -> Typed {
    let unit = inside.who.me.posts.first().map(|post| post.unit);
    let body = own_body(units, inside).unwrap_or_default();
    let mut pairs = vec![("issuing_unit", unit.map(|unit| unit.to_string()).unwrap_or_default()), ("body_code", body)];
    if let Some(document) = answered {
        pairs.push(("replies_to", document.id.to_string()));
        pairs.push(("recipients", document.author_body.clone().unwrap_or_default()));
    }
    Typed::proposing(&pairs)
}

/// The body for which whoever reads writes.
pub(crate) fn own_body(units: &[Unit], inside: &Inside) -> Option<String> {
    inside.who.me.posts.first().and_then(|post| body_above(post.unit, units))
}

/// The body for which a unit writes: its own code, or that of the nearest unit above which has one.
fn body_above(unit: UnitId, units: &[Unit]) -> Option<String> {
    let above = |unit: &&Unit| units.iter().find(|one| Some(one.id) == unit.parent);
    let first = units.iter().find(|one| one.id == unit);
    // As many steps as there are units, whatever the parents say.
    std::iter::successors(first, above).take(units.len()).find_map(|one| one.body.clone())
}

/// How people call a document that arrived.
pub(crate) fn label(document: &IncomingDocument, inside: &Inside) -> String {
    let w = inside.visit.words;
    let number = w.with("record-title", &[("number", &format::number(document.number, w.0))]);
    let parts = [Some(number), document.symbol.clone(), document.author_body.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Begins the document of the form.
pub(crate) async fn begin(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let text = Some(showing::lines(typed.get("text"))).filter(|text| !text.is_empty());
    let call = DraftOutgoing {
        together_with: showing::lines(typed.get("together_with"))
            .lines()
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect(),
        office: posted.inside.who.office(),
        genre: typed.get("genre").to_owned(),
        body_code: typed.some("body_code"),
        issuing_unit: typed.get("issuing_unit").parse().ok(),
        summary: typed.some("summary"),
        secrecy: word(typed.get("secrecy")).unwrap_or_default(),
        urgency: word(typed.get("urgency")).unwrap_or_default(),
        replies_to: typed.get("replies_to").parse().into_iter().collect(),
        text,
        recipients: showing::addressed(typed),
    };
    if call.genre.is_empty() {
        let mut problems = Problems::default();
        problems.add("genre", posted.inside.visit.words.t("outgoing-genre-missing"));
        return page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, problems, Typed::of(typed)).await;
    }
    match posted.act(&call).await {
        Ok(document) => go(&format!("/van-ban/di/{}?xong=soan", document.id)),
        Err(fault) => refused(&posted, &fault).await,
    }
}

async fn refused(posted: &Posted, fault: &Fault) -> Response<Body> {
    if !matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Missing) {
        return no::fault(&posted.inside, fault);
    }
    let problems = Problems::of(fault, posted.inside.visit.words);
    page(&posted.inside, no::status(fault.kind), problems, Typed::of(&posted.fields)).await
}
