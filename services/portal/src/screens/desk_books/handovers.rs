//! V13: the hand-over book: papers handed over to units by their arrival numbers, and the list of a day that receivers sign.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{
    HandOverPapers, ListPaperHandovers, ListRegisters, NumberRegister, PaperHandover, RegisterKind, RegisterState,
};
use schema_identity::{FindUnits, Unit};
use wire::{Cursor, Day, Kind};

use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, typed::Typed},
    no,
    page::{Page, Place},
    screens::account::standing::every,
    visit::{Inside, Posted, go},
};

/// A paper that went.
struct Line {
    at: String,
    path: String,
    number: String,
    symbol: String,
    title: String,
    note: String,
}

/// What went to one unit.
struct Bundle {
    unit: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "desk_books/handovers.html")]
struct Handovers {
    p: Page,
    day: String,
    bundles: Part<Vec<Bundle>>,
    /// The form, for whoever hands over.
    registers: Vec<(String, String)>,
    units: Vec<Unit>,
    hands_over: bool,
    /// Whether the form was refused because an instruction names other units.
    to_confirm: bool,
    problems: Problems,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "desk_books/handovers_print.html")]
struct Print {
    p: Page,
    committee: String,
    day: String,
    bundles: Vec<Bundle>,
    reader: String,
    now: String,
}

/// The book of a day.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, (Problems::default(), false), Typed::default()).await
}

async fn page(
    inside: &Inside,
    status: StatusCode,
    (problems, to_confirm): (Problems, bool),
    typed: Typed,
) -> Response<Body> {
    let (w, office, day) = (inside.visit.words, inside.who.office(), day(inside));
    let hands_over = inside.who.may("documents.incoming.register");
    let (kind, state) = (Some(RegisterKind::Incoming), Some(RegisterState::Open));
    let of_registers = ListRegisters { office, kind, state, limit: Some(50), cursor: None };
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let (bundles, registers, units) =
        futures_util::join!(bundles(inside, day), inside.part(&of_registers), inside.part(&of_units));
    let named =
        |one: &NumberRegister| (one.id.to_string(), w.with("books-register", &[("from", &format::day(one.first_day))]));
    let mut page = Page::inside(inside, &w.t("books-handovers"), Place::Handovers);
    let count = inside.visit.query.get("xong");
    page.done = (!count.is_empty()).then(|| w.with("books-done", &[("count", count)]));
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &page.title)]);
    }
    let view = Handovers {
        p: page,
        day: format::day(day),
        bundles,
        registers: registers.here().map(|page| page.items.iter().map(named).collect()).unwrap_or_default(),
        units: units.here().map(|page| page.items.clone()).unwrap_or_default(),
        hands_over,
        to_confirm,
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

/// The list of a day on paper, which receivers sign.
pub(crate) async fn print(inside: Inside) -> Response<Body> {
    let day = day(&inside);
    let Part::Here(bundles) = bundles(&inside, day).await else { return show(inside).await };
    let view = Print {
        p: Page::inside(&inside, &inside.visit.words.t("books-handovers"), Place::Handovers),
        committee: inside.who.office_name().to_uppercase(),
        day: format::day(day),
        bundles,
        reader: inside.who.me.person.full_name.clone(),
        now: format::moment(inside.visit.now),
    };
    inside.visit.html(StatusCode::OK, &view)
}

fn day(inside: &Inside) -> Day {
    format::read_day(inside.visit.query.get("ngay")).unwrap_or_else(|| inside.visit.today())
}

/// What went to each unit on a day, units by name.
async fn bundles(inside: &Inside, day: Day) -> Part<Vec<Bundle>> {
    let call = ListPaperHandovers { office: inside.who.office(), day, limit: Some(200), cursor: None };
    let found = every(inside, call, |call: &mut ListPaperHandovers, next: Cursor| call.cursor = Some(next)).await;
    found.map(|all| {
        let mut by_unit: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        for one in all {
            by_unit.entry(one.unit_name.clone()).or_default().push(line(one, inside));
        }
        by_unit.into_iter().map(|(unit, lines)| Bundle { unit, lines }).collect()
    })
}

fn line(one: PaperHandover, inside: &Inside) -> Line {
    Line {
        at: format::clock(one.at),
        path: format!("/van-ban/den/{}", one.document),
        number: format::number(one.number, inside.visit.words.0),
        symbol: one.symbol.unwrap_or_default(),
        title: one.summary.unwrap_or_default(),
        note: one.note.unwrap_or_default(),
    }
}

/// Hands papers over.
pub(crate) async fn hand_over(posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    let (register, unit) = (typed.get("register").parse(), typed.get("unit").parse());
    if unit.is_err() {
        problems.add("unit", w.t("books-unit-missing"));
    }
    if register.is_err() {
        problems.add("register", w.t("books-register-missing"));
    }
    // A scanner writes one number after another; people write commas, and dots between thousands.
    let words = typed.get("numbers").split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';'));
    let words = words.filter(|word| !word.is_empty());
    let numbers: Result<Vec<i64>, _> = words.map(|word| word.replace('.', "").parse()).collect();
    if numbers.is_err() {
        problems.add("numbers", w.t("books-numbers-unreadable"));
    }
    let (Ok(register), Ok(unit), Ok(numbers)) = (register, unit, numbers) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&posted.inside, status, (problems, false), Typed::of(typed)).await;
    };
    let confirmed = typed.get("confirmed") == "1";
    let call = HandOverPapers { register, unit, numbers, confirmed, note: typed.some("note") };
    match posted.act(&call).await {
        Ok(handed) => go(&format!("/van-ban/giao-nhan?xong={}", handed.items.len())),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict) => {
            let to_confirm = fault.code == "documents.wrong_unit";
            let problems = Problems::of(&fault, w);
            page(&posted.inside, no::status(fault.kind), (problems, to_confirm), Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
