//! C10: one dossier: what lies in it, what is missing, what became of it, and what may be done with it.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    CheckDossier, DossierGap, DossierPaper, DossierState, DossierStep, GetDossier, ListDossierPapers, ListDossierSteps,
};
use schema_identity::{FindUnits, Unit};
use wire::{Cursor, id::DossierId};

use super::words;
use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, problems::Problems, typed::Typed},
    page::{Page, Place},
    screens::account::standing::every,
    visit::Inside,
    words::Words,
};

/// A document as a line.
struct Line {
    id: String,
    path: String,
    name: String,
    title: String,
    meta: String,
    first: String,
    last: String,
}

/// A step of the story.
struct Told {
    at: String,
    said: String,
}

/// Something that is missing, and where.
struct Gap {
    said: String,
    path: Option<String>,
}

#[derive(Template)]
#[template(path = "dossiers/dossier.html")]
struct Shown {
    p: Page,
    id: String,
    version: i64,
    chips: Vec<Chip>,
    facts: Vec<(String, String)>,
    is_open: bool,
    is_offered: bool,
    keeps: bool,
    lines: Part<Vec<Line>>,
    missing: Part<Vec<Gap>>,
    story: Part<Vec<Told>>,
    units: Vec<Unit>,
    problems: Problems,
    typed: Typed,
}

/// The page.
pub(crate) async fn show(Path(id): Path<DossierId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, Problems::default(), Typed::default()).await
}

/// The page with what is wrong with a form.
pub(super) async fn page(
    inside: &Inside,
    id: DossierId,
    status: StatusCode,
    problems: Problems,
    typed: Typed,
) -> Response<Body> {
    let w = inside.visit.words;
    let dossier = match inside.need(&GetDossier { id }).await {
        Ok(dossier) => dossier,
        Err(response) => return response,
    };
    let limit = Some(200);
    let of_papers = ListDossierPapers { dossier: Some(id), incoming: None, outgoing: None, limit, cursor: None };
    let of_steps = ListDossierSteps { id, limit, cursor: None };
    let of_units = FindUnits { office: Some(dossier.office), limit, ..FindUnits::default() };
    let of_check = CheckDossier { id };
    let (papers, steps, check, units) = futures_util::join!(
        every(inside, of_papers, |call: &mut ListDossierPapers, next: Cursor| call.cursor = Some(next)),
        every(inside, of_steps, |call: &mut ListDossierSteps, next: Cursor| call.cursor = Some(next)),
        inside.part(&of_check),
        inside.part(&of_units),
    );
    let filed = papers.here().cloned().unwrap_or_default();
    let code = dossier.code.as_ref().map(|code| format!("{code}/{}", dossier.year));
    let facts = [
        ("dossier-code", code),
        ("dossier-keeper", Some(dossier.keeper_name.clone())),
        ("dossier-term", Some(words::term(dossier.retention, w))),
        ("dossier-opened-at", Some(format::moment(dossier.opened_at))),
        ("dossier-closed-at", dossier.closed_at.map(format::moment)),
        ("dossier-reason", dossier.reason.clone()),
    ];
    let view = Shown {
        p: Page::inside(inside, &dossier.title, Place::Dossiers),
        id: id.to_string(),
        version: dossier.version.0,
        chips: words::chips(&dossier, w),
        facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        is_open: dossier.state == DossierState::Open,
        is_offered: dossier.offered.is_some(),
        keeps: inside.who.may("documents.dossiers.file"),
        lines: papers.map(|all| ordered(all).iter().map(|one| line(one, w)).collect()),
        missing: check.map(|check| check.missing.iter().map(|one| gap(one, w)).collect()),
        story: steps.map(|all| story(&all, &filed, w)),
        units: units.here().map(|page| page.items.clone()).unwrap_or_default(),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

/// By their places in a closed dossier, else by their days.
fn ordered(mut all: Vec<DossierPaper>) -> Vec<DossierPaper> {
    all.sort_by_key(|one| (one.ordinal, one.dated, one.id));
    all
}

fn place(one: &DossierPaper) -> String {
    match (one.incoming, one.outgoing) {
        (Some(id), _) => format!("/van-ban/den/{id}"),
        (None, Some(id)) => format!("/van-ban/di/{id}"),
        (None, None) => "/ho-so".to_owned(),
    }
}

fn name(one: &DossierPaper, w: Words) -> String {
    one.symbol.clone().unwrap_or_else(|| w.t("dossier-paper-unnamed"))
}

fn line(one: &DossierPaper, w: Words) -> Line {
    let page = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let parts = [
        one.dated.map(format::day),
        one.author.clone(),
        one.by_rule.then(|| w.t("dossier-by-rule")),
        one.is_void.then(|| w.t("dossier-void")),
    ];
    Line {
        id: one.id.to_string(),
        path: place(one),
        name: name(one, w),
        title: one.summary.clone().unwrap_or_default(),
        meta: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        first: page(one.first_page),
        last: page(one.last_page),
    }
}

fn gap(one: &DossierGap, w: Words) -> Gap {
    let symbol = one.symbol.clone().unwrap_or_default();
    let path = one.incoming.map(|id| format!("/van-ban/den/{id}"));
    let path = path.or(one.outgoing.map(|id| format!("/van-ban/di/{id}")));
    Gap { said: w.with(words::gap(one.kind), &[("symbol", &symbol)]), path }
}

/// What was done and what was filed, in the order of time.
fn story(steps: &[DossierStep], filed: &[DossierPaper], w: Words) -> Vec<Told> {
    let done = steps.iter().map(|step| {
        let said = [Some(w.t(words::act(step.act))), step.said.clone()];
        (step.at, said.into_iter().flatten().collect::<Vec<_>>().join(": "))
    });
    let papers = filed.iter().map(|one| {
        let key = match (one.incoming, one.by_rule) {
            (Some(_), _) => "dossier-told-incoming",
            (None, true) => "dossier-told-answer",
            (None, false) => "dossier-told-outgoing",
        };
        (one.filed_at, w.with(key, &[("symbol", &name(one, w))]))
    });
    let mut all: Vec<_> = done.chain(papers).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(at, said)| Told { at: format::moment(at), said }).collect()
}
