//! Q6: the working days of a year: holidays and swaps with their instruments and what is not certain, the days on which
//! the office is shut by decision, and a warning while the next year is not announced.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{
    CalendarDoubt, CancelOfficeClosure, GetWorkingYear, OfficeClosure, RecordOfficeClosure, SpecialDay, SpecialDayKind,
    SpecialDayMark, WorkingYear,
};
use wire::{Day, Lang};

use super::{
    acting::{After, Refusal, after, chosen, day},
    form::{Again, Form, Input},
    sheet::{Cell, Content, Section, Sheet, Table},
};
use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    no,
    page::Place,
    visit::{Inside, Posted},
    words::Words,
};

const PATH: &str = "/quan-tri/lich-lam-viec";
/// What can be done.
const ACTS: [&str; 2] = ["dong-cua", "huy-dong-cua"];

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let year = inside.visit.query.get("nam").parse().unwrap_or_else(|_| inside.visit.today().year());
    page(&inside, year, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, year: i32, status: StatusCode, again: &Again) -> Response<Body> {
    let w = inside.visit.words;
    let seen = match inside.need(&GetWorkingYear { office: inside.who.office(), year }).await {
        Ok(seen) => seen,
        Err(response) => return response,
    };
    let heading = w.with("admin-workdays-of", &[("year", &year.to_string())]);
    let mut sheet = Sheet::new(inside, Place::Workdays, &heading, again, &ACTS);
    sheet.said = w.t("admin-workdays-said");
    sheet.search = Some(Form::search(PATH, w).field("nam", "three", Input::Number, &year.to_string()));
    sheet.sections = sections(&seen, w);
    if inside.who.may("identity.units.change") {
        sheet.forms = forms(&seen, w, again);
    }
    sheet.answer(inside, status)
}

fn sections(seen: &WorkingYear, w: Words) -> Vec<Section> {
    let mut all = Vec::new();
    if let Some(next) = seen.not_announced {
        let text = w.with("admin-not-announced", &[("year", &next.to_string())]);
        all.push(Section::new("announced", w, Content::Verdict(false, text)));
    }
    if !seen.known {
        let text = w.with("admin-year-unknown", &[("year", &seen.year.to_string())]);
        all.push(Section::new("unknown-year", w, Content::Verdict(false, text)));
    }
    if !seen.doubts.is_empty() {
        all.push(Section::table("doubts", w, Part::Here(doubts(&seen.doubts, w))));
    }
    let closures = Section::table("closures", w, Part::Here(closures(&seen.closures, w)));
    all.push(closures.noted(w.t("admin-closures-said")));
    all.push(Section::table("special-days", w, Part::Here(days(&seen.days, w))));
    all
}

/// The words of a record in the reader's language: both stand in it.
fn pick<'a>(w: Words, vi: &'a str, en: &'a str) -> &'a str {
    match w.0 {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// A run of days; one day stands alone.
fn run(first: Day, last: Day, w: Words) -> String {
    if first == last {
        return format::weekday(first, w.0);
    }
    w.with("admin-span", &[("from", &format::day(first)), ("to", &format::day(last))])
}

fn doubts(items: &[CalendarDoubt], w: Words) -> Table {
    let row = |doubt: &CalendarDoubt| {
        vec![
            Cell::text(run(doubt.first, doubt.last, w)),
            Cell::text(pick(w, &doubt.vi, &doubt.en)),
            Cell::text(format::day(doubt.known_on)),
        ]
    };
    Table::new(w, &["days", "not-certain", "known-since"], "admin-none", items.iter().map(row).collect())
}

fn days(items: &[SpecialDay], w: Words) -> Table {
    let row = |one: &SpecialDay| {
        let kind = match one.kind {
            SpecialDayKind::Holiday => Chip::new(Tone::Stamp, "calendar", w.t("admin-day-holiday")),
            SpecialDayKind::Compensatory => Chip::new(Tone::Info, "calendar", w.t("admin-day-compensatory")),
            SpecialDayKind::SwappedOff => Chip::new(Tone::Info, "back", w.t("admin-day-swapped-off")),
            SpecialDayKind::SwappedWork => Chip::new(Tone::Soon, "work", w.t("admin-day-swapped-work")),
        };
        let mark = match one.mark {
            SpecialDayMark::Verified => Chip::new(Tone::Good, "ok", w.t("admin-mark-verified")),
            SpecialDayMark::Computed => Chip::new(Tone::Info, "info", w.t("admin-mark-computed")),
            SpecialDayMark::Uncertain => Chip::new(Tone::Soon, "waiting", w.t("admin-mark-uncertain")),
        };
        let pair = one.pair.map(|pair| w.with("admin-day-pair", &[("day", &format::weekday(pair, w.0))]));
        let since = w.with("admin-since", &[("from", &format::day(one.known_on))]);
        vec![
            Cell::text(format::weekday(one.day, w.0)),
            Cell::chips(vec![kind]),
            Cell::text(pick(w, &one.vi, &one.en)).meta(pair.unwrap_or_default()),
            Cell::text(one.instrument.clone()).meta(since),
            Cell::chips(vec![mark]),
        ]
    };
    let heads = ["day", "day-kind", "occasion", "instrument", "mark"];
    Table::new(w, &heads, "admin-special-days-none", items.iter().map(row).collect())
}

fn closures(items: &[OfficeClosure], w: Words) -> Table {
    let row = |closure: &OfficeClosure| {
        let (chip, by) = match closure.cancelled_on {
            None => (Chip::new(Tone::Good, "ok", w.t("admin-closure-stands")), String::new()),
            Some(day) => {
                let by = closure.cancelled_by.clone().unwrap_or_default();
                (Chip::new(Tone::Plain, "void", w.t("admin-closure-cancelled")), format!("{by} · {}", format::day(day)))
            }
        };
        vec![
            Cell::text(run(closure.first, closure.last, w)),
            Cell::text(closure.reason.clone()),
            Cell::text(closure.instrument.clone())
                .meta(w.with("admin-since", &[("from", &format::day(closure.known_on))])),
            Cell::chips(vec![chip]).meta(by),
        ]
    };
    let heads = ["days", "reason", "decision", "state"];
    Table::new(w, &heads, "admin-closures-none", items.iter().map(row).collect())
}

fn forms(seen: &WorkingYear, w: Words, again: &Again) -> Vec<Form> {
    let year = seen.year.to_string();
    let form = |act| Form::new(act, PATH, w, again).field("nam", "six", Input::Kept, &year);
    let mut forms = vec![form("dong-cua").day("first", "").day("last", "").text("reason", "").text("instrument", "")];
    let standing = seen.closures.iter().filter(|closure| closure.cancelled_on.is_none());
    let standing: Vec<_> = standing
        .map(|one| (one.id.to_string(), format!("{} · {}", run(one.first, one.last, w), one.instrument)))
        .collect();
    if !standing.is_empty() {
        forms.push(form("huy-dong-cua").ending().choice("closure", standing).text("instrument", ""));
    }
    forms
}

/// Does what a form of the page is for.
pub(crate) async fn act(Path(act): Path<String>, posted: Posted) -> Response<Body> {
    if !ACTS.contains(&act.as_str()) {
        return no::nowhere(posted.inside.visit).await;
    }
    let year = posted.fields.get("nam").parse().unwrap_or_else(|_| posted.inside.visit.today().year());
    let done = acted(&posted, &act).await;
    match after(&posted, &act, &format!("{PATH}?nam={year}"), done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, year, status, &again).await,
    }
}

async fn acted(posted: &Posted, act: &str) -> Result<(), Refusal> {
    let instrument = posted.fields.get("instrument").to_owned();
    if act == "huy-dong-cua" {
        let id = chosen(posted, "closure")?;
        posted.act(&CancelOfficeClosure { id, instrument }).await?;
        return Ok(());
    }
    let call = RecordOfficeClosure {
        office: posted.inside.who.office(),
        first: day(posted, "first")?,
        last: day(posted, "last")?,
        reason: posted.fields.get("reason").to_owned(),
        instrument,
    };
    posted.act(&call).await?;
    Ok(())
}
