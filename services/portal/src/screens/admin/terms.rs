//! Q5: terms and what they rest on; a box that tries one on any day, with what another length would have changed; the office's own
//! term for what arrives without a day.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{
    HandlingTerm, ListHandlingTerms, SetHandlingTerm, TermPurpose, TermTrial, TermUnit, TryHandlingTerm,
};
use wire::Kind;

use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        problems::Problems,
        typed::Typed,
    },
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// The purposes, as the form has them.
const PURPOSES: [(&str, TermPurpose, &str); 4] = [
    ("handle_incoming", TermPurpose::HandleIncoming, "terms-handle-incoming"),
    ("accept_complaint", TermPurpose::AcceptComplaint, "terms-accept-complaint"),
    ("first_handling_of_denunciation", TermPurpose::FirstHandlingOfDenunciation, "terms-denunciation"),
    (
        "first_handling_of_denunciation_in_several_places",
        TermPurpose::FirstHandlingOfDenunciationInSeveralPlaces,
        "terms-denunciation-several",
    ),
];

/// A term.
struct Row {
    purpose: String,
    length: String,
    instrument: String,
    span: String,
    chip: Chip,
}

/// What a trial found.
struct Trial {
    due: String,
    reason: String,
    provisional: bool,
    effect: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/terms.html")]
struct Terms {
    p: Page,
    rows: Part<Vec<Row>>,
    purposes: Vec<(&'static str, String)>,
    trial: Option<Part<Trial>>,
    may_set: bool,
    /// What stands in the box.
    tried: Typed,
    problems: Problems,
    typed: Typed,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let tomorrow = inside.visit.today().plus(1).map(format::day).unwrap_or_default();
    page(&inside, StatusCode::OK, Problems::default(), Typed::proposing(&[("from", tomorrow)])).await
}

async fn page(inside: &Inside, status: StatusCode, problems: Problems, typed: Typed) -> Response<Body> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let office = inside.who.office();
    let of_rows = ListHandlingTerms { office, limit: Some(200), cursor: None };
    let start = format::read_day(query.get("ngay"));
    let (rows, trial) = futures_util::join!(inside.part(&of_rows), async {
        let call = TryHandlingTerm {
            office,
            purpose: purpose(query.get("viec")),
            start: start?,
            days: query.get("so-ngay").parse().ok(),
            unit: unit(query.get("tinh")),
        };
        Some(inside.part(&call).await.map(|trial| found(&trial, w)))
    });
    let mut page = Page::inside(inside, &w.t("terms-title"), Place::Terms);
    page.done = (query.get("xong") == "dat").then(|| w.t("terms-done"));
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &page.title)]);
    }
    let day = start.unwrap_or_else(|| inside.visit.today());
    let shown = ["viec", "so-ngay", "tinh"].map(|name| (name, query.get(name).to_owned()));
    let box_ = shown.into_iter().chain([("ngay", format::day(day))]).collect::<Vec<_>>();
    let view = Terms {
        p: page,
        rows: rows.map(|page| page.items.iter().map(|one| row(one, w)).collect()),
        purposes: PURPOSES.iter().map(|(value, _, key)| (*value, w.t(key))).collect(),
        trial,
        may_set: inside.who.may("documents.registers.change"),
        tried: Typed::proposing(&box_),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn purpose(word: &str) -> TermPurpose {
    PURPOSES.iter().find(|(known, ..)| *known == word).map_or(TermPurpose::HandleIncoming, |(_, purpose, _)| *purpose)
}

fn unit(word: &str) -> Option<TermUnit> {
    match word {
        "working" => Some(TermUnit::Working),
        "calendar" => Some(TermUnit::Calendar),
        _ => None,
    }
}

fn row(one: &HandlingTerm, w: Words) -> Row {
    let key = PURPOSES.iter().find(|(_, purpose, _)| *purpose == one.purpose).map_or("terms-other", |(.., key)| key);
    let unit = if one.unit == TermUnit::Working { "terms-working" } else { "terms-calendar" };
    let to = one.valid_to.map_or_else(|| w.t("terms-still"), format::day);
    let chip = match (one.own.is_some(), one.verified) {
        (true, _) => Chip::new(Tone::Info, "check", w.t("terms-own")),
        (false, true) => Chip::new(Tone::Good, "ok", w.t("terms-verified")),
        (false, false) => Chip::new(Tone::Soon, "warning", w.t("terms-unverified")),
    };
    Row {
        purpose: w.t(key),
        length: w.with(unit, &[("days", &one.days.to_string())]),
        instrument: one.instrument.clone(),
        span: format!("{} – {to}", format::day(one.valid_from)),
        chip,
    }
}

fn found(trial: &TermTrial, w: Words) -> Trial {
    let effect = trial.effect.map(|effect| {
        let counts = [effect.looked_at, effect.changed, effect.earlier, effect.later].map(|count| count.to_string());
        let [looked_at, changed, earlier, later] = &counts;
        let values = [("all", looked_at.as_str()), ("changed", changed), ("earlier", earlier), ("later", later)];
        w.with("terms-effect", &values)
    });
    Trial { due: format::day(trial.due), reason: trial.reason.clone(), provisional: trial.provisional, effect }
}

/// Sets the office's own term.
pub(crate) async fn set(posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    let (days, unit, from) =
        (typed.get("days").parse().ok(), unit(typed.get("unit")), format::read_day(typed.get("from")));
    if days.is_none() {
        problems.add("days", w.t("terms-days-missing"));
    }
    if from.is_none() {
        problems.add("from", w.t("day-unreadable"));
    }
    let (Some(days), Some(from)) = (days, from) else {
        return page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, problems, Typed::of(typed)).await;
    };
    let (office, decision) = (posted.inside.who.office(), typed.get("decision").to_owned());
    let call = SetHandlingTerm { office, days, unit: unit.unwrap_or(TermUnit::Working), from, decision };
    match posted.act(&call).await {
        Ok(_) => go("/quan-tri/han?xong=dat"),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict) => {
            page(&posted.inside, no::status(fault.kind), Problems::of(&fault, w), Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
