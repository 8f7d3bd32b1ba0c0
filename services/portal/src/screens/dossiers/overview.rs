//! C7: the dossiers of an office, and how much of a year's finished work is kept in them, by unit.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{Dossier, DossierShares, DossierState, GetDossierShares, ListDossiers, ListUnfiledWork};
use schema_identity::{FindUnits, Unit};
use wire::{Cursor, Page as Paged};

use super::words;
use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, problems::Problems, typed::Typed},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 25;

/// A dossier as a line.
struct Row {
    path: String,
    title: String,
    meta: String,
    papers: String,
    chips: Vec<Chip>,
}

/// What a unit finished and keeps.
struct Share {
    unit: String,
    said: String,
    percent: u32,
    path: String,
}

/// Finished work that lies in no dossier.
struct Unfiled {
    path: String,
    name: String,
    title: String,
}

#[derive(Template)]
#[template(path = "dossiers/overview.html")]
struct Overview {
    p: Page,
    year: u16,
    closed: bool,
    rows: Part<Vec<Row>>,
    next: Option<String>,
    shares: Part<Vec<Share>>,
    unfiled: Option<Part<Vec<Unfiled>>>,
    units: Vec<Unit>,
    keeps: bool,
    problems: Problems,
    typed: Typed,
}

/// The year that the address names, or this one.
pub(super) fn year(inside: &Inside) -> u16 {
    let this = u16::try_from(inside.visit.today().year()).unwrap_or_default();
    inside.visit.query.get("nam").parse().unwrap_or(this)
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, Problems::default(), Typed::default()).await
}

/// The page with what is wrong with the form.
pub(super) async fn page(inside: &Inside, status: StatusCode, problems: Problems, typed: Typed) -> Response<Body> {
    let (w, office, query) = (inside.visit.words, inside.who.office(), &inside.visit.query);
    let (year, closed) = (year(inside), query.get("loc") == "ket-thuc");
    let state = Some(if closed { DossierState::Closed } else { DossierState::Open });
    let cursor = query.some("tiep").map(Cursor);
    let of_dossiers = ListDossiers { office, year: None, state, keeper: None, limit: Some(ROWS), cursor };
    let of_shares = GetDossierShares { office, year };
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let unit = query.get("don-vi").parse().ok();
    let of_unfiled = ListUnfiledWork { office, year, unit, limit: Some(ROWS), cursor: None };
    let wanted = (query.get("chua-luu") == "1").then(|| inside.part(&of_unfiled));
    let (found, shares, units, unfiled) = futures_util::join!(
        inside.part(&of_dossiers),
        inside.part(&of_shares),
        inside.part(&of_units),
        futures_util::future::OptionFuture::from(wanted),
    );
    let view = Overview {
        p: Page::inside(inside, &w.t("dossier-title"), Place::Dossiers),
        year,
        closed,
        next: found.here().and_then(|page| next(page, closed)),
        rows: found.map(|page| page.items.iter().map(|one| row(one, w)).collect()),
        shares: shares.map(|shares| self::shares(&shares, w)),
        unfiled: unfiled.map(|part| {
            part.map(|page| {
                page.items
                    .into_iter()
                    .map(|one| Unfiled {
                        path: format!("/van-ban/den/{}", one.incoming),
                        name: one.symbol.unwrap_or_else(|| format::number(one.number, w.0)),
                        title: one.summary.unwrap_or_default(),
                    })
                    .collect()
            })
        }),
        units: units.here().map(|page| page.items.clone()).unwrap_or_default(),
        keeps: inside.who.may("documents.dossiers.file"),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn next(page: &Paged<Dossier>, closed: bool) -> Option<String> {
    let Cursor(cursor) = page.next.as_ref()?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    if closed {
        query.append_pair("loc", "ket-thuc");
    }
    Some(format!("/ho-so?{}", query.append_pair("tiep", cursor).finish()))
}

fn row(one: &Dossier, w: Words) -> Row {
    let code = one.code.as_ref().map(|code| format!("{code}/{}", one.year));
    let parts = [code, Some(one.keeper_name.clone()), Some(words::term(one.retention, w))];
    Row {
        path: format!("/ho-so/{}", one.id),
        title: one.title.clone(),
        meta: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        papers: format::number(one.papers.into(), w.0),
        chips: words::chips(one, w),
    }
}

fn shares(shares: &DossierShares, w: Words) -> Vec<Share> {
    let share = |one: &schema_documents::DossierShare| {
        let (kept, finished) = (one.kept.to_string(), one.finished.to_string());
        Share {
            unit: one.name.clone().unwrap_or_else(|| w.t("dossier-unit-gone")),
            said: w.with("dossier-share", &[("kept", &kept), ("finished", &finished)]),
            percent: one.kept.saturating_mul(100).checked_div(one.finished).unwrap_or_default(),
            path: format!("/ho-so?nam={}&chua-luu=1&don-vi={}", shares.year, one.unit),
        }
    };
    shares.units.iter().map(share).collect()
}
