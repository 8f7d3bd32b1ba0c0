//! What is done with lists and dossiers.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::{
    AnswerDossierHandover, ApproveDossierList, CloseDossier, DraftDossierList, FilePaper, HandDossierOver, OpenDossier,
    PaperPages, RemoveDossierEntry, ReopenDossier, Retention, SaveDossierEntry, TakeOutPaper,
};
use wire::{
    Fault, Kind, Version,
    id::{DossierId, DossierPaperId},
};

use super::{card, dossier, overview, words, year_list};
use crate::{
    kit::{problems::Problems, typed::Typed},
    no,
    visit::{Posted, go},
};

/// What may be said at the form; everything else is another page.
fn is_of_form(fault: &Fault) -> bool {
    matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale)
}

/// What is done with the list of a year: `lap`, `muc`, `bo`, `ban-hanh`.
pub(crate) async fn on_list(Path(act): Path<String>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let (year, office): (u16, _) = (typed.get("year").parse().unwrap_or_default(), posted.inside.who.office());
    let done = match act.as_str() {
        "lap" => {
            let copy_from = (typed.get("copy") == "1").then(|| year.saturating_sub(1));
            posted.act(&DraftDossierList { office, year, copy_from }).await.map(drop)
        }
        "muc" => match (typed.get("list").parse(), typed.get("keeper").parse(), words::read_term(typed.get("term"))) {
            (Ok(list), Ok(keeper), Some(retention)) => {
                let text = |name| typed.get(name).to_owned();
                let (heading, code, title) = (text("heading"), text("code"), text("title"));
                let call = SaveDossierEntry { list, entry: None, heading, code, title, retention, keeper };
                posted.act(&call).await.map(drop)
            }
            _ => return unfit(&posted, year).await,
        },
        "bo" => match typed.get("entry").parse() {
            Ok(id) => posted.act(&RemoveDossierEntry { id }).await.map(drop),
            Err(_) => return no::nowhere(posted.inside.visit).await,
        },
        "ban-hanh" => match typed.get("list").parse() {
            Ok(id) => posted.act(&ApproveDossierList { id, instrument: typed.some("instrument") }).await.map(drop),
            Err(_) => return no::nowhere(posted.inside.visit).await,
        },
        _ => return no::nowhere(posted.inside.visit).await,
    };
    match done {
        Ok(()) => go(&format!("/ho-so/danh-muc?nam={year}")),
        Err(fault) if is_of_form(&fault) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            year_list::page(&posted.inside, (no::status(fault.kind), year), problems, Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

async fn unfit(posted: &Posted, year: u16) -> Response<Body> {
    let mut problems = Problems::default();
    problems.add("keeper", posted.inside.visit.words.t("dossier-entry-unfit"));
    let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    year_list::page(&posted.inside, (status, year), problems, Typed::of(&posted.fields)).await
}

/// Opens a dossier, of an entry or beside the list.
pub(crate) async fn open(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let entry = typed.get("entry").parse().ok();
    let retention: Option<Retention> = if entry.is_some() { None } else { words::read_term(typed.get("term")) };
    let call = OpenDossier {
        office: posted.inside.who.office(),
        entry,
        title: typed.some("title"),
        retention,
        keeper: typed.get("keeper").parse().ok(),
        reason: typed.some("reason"),
    };
    match posted.act(&call).await {
        Ok(dossier) => go(&format!("/ho-so/{}", dossier.id)),
        Err(fault) if is_of_form(&fault) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            overview::page(&posted.inside, no::status(fault.kind), problems, Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// What is done with a dossier: `ban-giao`, `nhan`, `tra`, `ket-thuc`, `mo-lai`, `dua-ra`.
pub(crate) async fn act(Path((id, act)): Path<(DossierId, String)>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let seen = Version(typed.get("version").parse().unwrap_or_default());
    let done = match act.as_str() {
        "ban-giao" => match typed.get("unit").parse() {
            Ok(unit) => posted.act_seen(seen, &HandDossierOver { id, unit, note: typed.some("note") }).await.map(drop),
            Err(_) => return missing(&posted, id, "unit", "books-unit-missing").await,
        },
        "nhan" | "tra" => {
            let call = AnswerDossierHandover { id, accept: act == "nhan", reason: typed.some("reason") };
            posted.act_seen(seen, &call).await.map(drop)
        }
        "ket-thuc" => {
            let call = CloseDossier { id, confirmed: typed.get("confirmed") == "1", pages: pages(&posted) };
            posted.act_seen(seen, &call).await.map(drop)
        }
        "mo-lai" => {
            posted.act_seen(seen, &ReopenDossier { id, reason: typed.get("reason").to_owned() }).await.map(drop)
        }
        "dua-ra" => match typed.get("paper").parse() {
            Ok(paper) => {
                let call = TakeOutPaper { id: paper, reason: typed.get("out_reason").to_owned() };
                posted.act(&call).await.map(drop)
            }
            Err(_) => return no::nowhere(posted.inside.visit).await,
        },
        _ => return no::nowhere(posted.inside.visit).await,
    };
    match done {
        Ok(()) => go(&format!("/ho-so/{id}")),
        Err(fault) if is_of_form(&fault) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            dossier::page(&posted.inside, id, no::status(fault.kind), problems, Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

async fn missing(posted: &Posted, id: DossierId, field: &str, key: &str) -> Response<Body> {
    let mut problems = Problems::default();
    problems.add(field, posted.inside.visit.words.t(key));
    let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    dossier::page(&posted.inside, id, status, problems, Typed::of(&posted.fields)).await
}

/// The pages that were typed: of each line `tu-…` and `den-…`.
fn pages(posted: &Posted) -> Vec<PaperPages> {
    let fields = &posted.fields;
    let lines = fields.get("lines").split(' ').filter_map(|id| id.parse::<DossierPaperId>().ok());
    let page = |paper: DossierPaperId| {
        let first = fields.get(&format!("tu-{paper}")).parse().ok()?;
        let last = fields.get(&format!("den-{paper}")).parse().unwrap_or(first);
        Some(PaperPages { paper, first, last })
    };
    lines.filter_map(page).collect()
}

/// Files a document from its own page.
pub(crate) async fn file(posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let (incoming, outgoing) = (typed.get("incoming").parse().ok(), typed.get("outgoing").parse().ok());
    let back = card::back(incoming, outgoing);
    let Ok(id) = typed.get("dossier").parse() else { return go(&back) };
    match posted.act(&FilePaper { id, incoming, outgoing }).await {
        Ok(_) => go(&back),
        Err(fault) if is_of_form(&fault) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            dossier::page(&posted.inside, id, no::status(fault.kind), problems, Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
