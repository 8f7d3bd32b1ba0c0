//! The year's list of dossiers: its entries by heading, and what is done with a draft and with one in force.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{DossierEntry, DossierList, GetDossierList, ListDossierEntries};
use schema_identity::{FindUnits, Unit};
use wire::Cursor;

use super::{overview, words};
use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, typed::Typed},
    page::{Page, Place},
    screens::account::standing::every,
    visit::Inside,
    words::Words,
};

/// An entry as a line.
struct Row {
    id: String,
    heading: String,
    code: String,
    title: String,
    term: String,
    keeper: String,
    dossier: Option<String>,
}

#[derive(Template)]
#[template(path = "dossiers/year_list.html")]
struct YearList {
    p: Page,
    year: u16,
    list: Option<String>,
    said: String,
    is_draft: bool,
    rows: Part<Vec<Row>>,
    units: Vec<Unit>,
    plans: bool,
    approves: bool,
    keeps: bool,
    problems: Problems,
    typed: Typed,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let year = overview::year(&inside);
    page(&inside, (StatusCode::OK, year), Problems::default(), Typed::default()).await
}

/// The page with what is wrong with a form.
pub(super) async fn page(
    inside: &Inside,
    (status, year): (StatusCode, u16),
    problems: Problems,
    typed: Typed,
) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let of_list = GetDossierList { office, year };
    let (list, units) = futures_util::join!(inside.part(&of_list), inside.part(&of_units));
    let list = list.here().cloned();
    let rows = match &list {
        Some(list) => {
            let call = ListDossierEntries { list: list.id, limit: Some(200), cursor: None };
            let found = every(inside, call, |call: &mut ListDossierEntries, next: Cursor| call.cursor = Some(next));
            found.await.map(|all| all.into_iter().map(|one| row(one, w)).collect())
        }
        None => Part::Here(Vec::new()),
    };
    let may = |permission| inside.who.may(permission);
    let view = YearList {
        p: Page::inside(inside, &w.with("dossier-list-title", &[("year", &year.to_string())]), Place::Dossiers),
        year,
        said: said(list.as_ref(), w),
        is_draft: list.as_ref().is_some_and(|list| list.approved_on.is_none()),
        list: list.map(|list| list.id.to_string()),
        rows,
        units: units.here().map(|page| page.items.clone()).unwrap_or_default(),
        plans: may("documents.dossiers.plan"),
        approves: may("documents.dossiers.approve"),
        keeps: may("documents.dossiers.file"),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn said(list: Option<&DossierList>, w: Words) -> String {
    match list.map(|list| (list.approved_on, list.instrument.clone())) {
        None => w.t("dossier-list-none"),
        Some((None, _)) => w.t("dossier-list-draft"),
        Some((Some(day), instrument)) => {
            let told = w.with("dossier-list-approved", &[("day", &format::day(day))]);
            [Some(told), instrument].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    }
}

fn row(one: DossierEntry, w: Words) -> Row {
    Row {
        id: one.id.to_string(),
        term: words::term(one.retention, w),
        heading: one.heading,
        code: one.code,
        title: one.title,
        keeper: one.keeper_name,
        dossier: one.dossier.map(|id| format!("/ho-so/{id}")),
    }
}
