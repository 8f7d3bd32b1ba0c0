//! C3: a submission (tờ trình) in five boxes: the problem, at least two options, resources, timetable, responsibility. What is
//! missing is named; what is written becomes the first version of an ordinary draft.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{DraftOutgoing, GetIncoming};
use schema_identity::FindUnits;
use wire::{Kind, Secrecy, Urgency, id::IncomingId};

use super::{drafting, showing};
use crate::{
    fields::Fields,
    kit::{problems::Problems, typed::Typed},
    no,
    page::{Page, Place},
    screens::incoming::summary,
    visit::{Inside, Posted, go},
};

/// The boxes in the order of the paper: field, words of its label, heading on the paper.
const BOXES: [(&str, &str, &str); 5] = [
    ("problem", "submission-problem", "SỰ CẦN THIẾT"),
    ("options", "submission-options", "CÁC PHƯƠNG ÁN"),
    ("resources", "submission-resources", "NGUỒN LỰC"),
    ("timetable", "submission-timetable", "LỘ TRÌNH THỰC HIỆN"),
    ("responsibility", "submission-responsibility", "TRÁCH NHIỆM THỰC HIỆN"),
];
/// How headings are numbered.
const NUMBERS: [&str; 5] = ["I", "II", "III", "IV", "V"];
/// The fields of options; two of them are wanted.
const OPTIONS: [&str; 3] = ["option1", "option2", "option3"];

/// A box of the form.
struct Boxed {
    field: &'static str,
    label: String,
    filled: bool,
}

#[derive(Template)]
#[template(path = "outgoing/submission.html")]
struct Submission {
    p: Page,
    boxes: Vec<Boxed>,
    filled: usize,
    answered: Option<(String, String)>,
    /// Whether parts are missing, so that leaving them for later can be ticked.
    incomplete: bool,
    problems: Problems,
    typed: Typed,
}

/// The empty form; with `tra-loi` upon a document that arrived.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let of_units = FindUnits { office: Some(inside.who.office()), limit: Some(200), ..FindUnits::default() };
    let units = inside.part(&of_units).await;
    let units = units.here().map(|page| page.items.as_slice()).unwrap_or_default();
    let body = drafting::own_body(units, &inside).unwrap_or_default();
    let typed = Typed::proposing(&[("body_code", body), ("replies_to", inside.visit.query.get("tra-loi").to_owned())]);
    page(&inside, StatusCode::OK, (Problems::default(), false), typed).await
}

async fn page(
    inside: &Inside,
    status: StatusCode,
    (problems, incomplete): (Problems, bool),
    typed: Typed,
) -> Response<Body> {
    let w = inside.visit.words;
    let answered = match typed.get("replies_to").parse::<IncomingId>() {
        Ok(id) => {
            let found = inside.part(&GetIncoming { id }).await;
            found.here().map(|document| (format!("/van-ban/den/{id}"), summary(document, inside)))
        }
        Err(_) => None,
    };
    let boxes: Vec<Boxed> = BOXES
        .iter()
        .map(|(field, label, _)| Boxed { field, label: w.t(label), filled: is_filled(field, |name| typed.get(name)) })
        .collect();
    let mut page = Page::inside(inside, &w.t("submission-title"), Place::Outgoing);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &page.title)]);
    }
    let filled = boxes.iter().filter(|one| one.filled).count();
    inside.visit.html(status, &Submission { p: page, boxes, filled, answered, incomplete, problems, typed })
}

/// Whether a box says something; options do when there are two.
fn is_filled<'a>(field: &str, said: impl Fn(&str) -> &'a str) -> bool {
    match field {
        "options" => OPTIONS.iter().filter(|option| !said(option).trim().is_empty()).count() >= 2,
        field => !said(field).trim().is_empty(),
    }
}

/// The text of the paper. Boxes without words have no heading.
fn text(fields: &Fields) -> String {
    let mut lines = Vec::new();
    let to = fields.get("to").trim();
    if !to.is_empty() {
        lines.push(format!("Kính gửi: {to}"));
    }
    let parts = BOXES.iter().map(|(field, _, heading)| (heading, part(field, fields)));
    for (number, (heading, words)) in NUMBERS.iter().zip(parts.filter(|(_, words)| !words.is_empty())) {
        lines.push(format!("{number}- {heading}"));
        lines.push(words);
    }
    lines.join("\n")
}

fn part(field: &str, fields: &Fields) -> String {
    if field != "options" {
        return showing::lines(fields.get(field)).trim().to_owned();
    }
    let options = OPTIONS.iter().map(|option| showing::lines(fields.get(option))).filter(|one| !one.trim().is_empty());
    let mut said: Vec<String> =
        options.enumerate().map(|(nth, words)| format!("Phương án {}: {}", nth + 1, words.trim())).collect();
    let chosen = showing::lines(fields.get("chosen"));
    if !chosen.trim().is_empty() {
        said.push(format!("Đề xuất lựa chọn: {}", chosen.trim()));
    }
    said.join("\n")
}

/// Begins the draft; parts that are missing are named first, once.
pub(crate) async fn begin(posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let missing = BOXES.iter().filter(|(field, ..)| !is_filled(field, |name| typed.get(name)));
    let missing: Vec<_> = missing.collect();
    if !missing.is_empty() && typed.get("anyway") != "1" {
        let mut problems = Problems::default();
        for (field, label, _) in missing {
            let at = if *field == "options" { "option2" } else { field };
            problems.add(at, w.with("submission-missing", &[("part", &w.t(label))]));
        }
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&posted.inside, status, (problems, true), Typed::of(typed)).await;
    }
    let text = text(typed);
    let call = DraftOutgoing {
        together_with: Vec::new(),
        office: posted.inside.who.office(),
        genre: "submission".to_owned(),
        body_code: typed.some("body_code"),
        issuing_unit: posted.inside.who.me.posts.first().map(|post| post.unit),
        summary: typed.some("summary"),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        replies_to: typed.get("replies_to").parse().into_iter().collect(),
        text: Some(text).filter(|text| !text.is_empty()),
        recipients: showing::addressed(typed),
    };
    match posted.act(&call).await {
        Ok(document) => go(&format!("/van-ban/di/{}?xong=soan", document.id)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Missing) => {
            let problems = Problems::of(&fault, w);
            page(&posted.inside, no::status(fault.kind), (problems, false), Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
