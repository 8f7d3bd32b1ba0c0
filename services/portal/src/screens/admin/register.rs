//! Q8: one register: its next number, the proof that no number is missing, what was voided and why, the numbers held back on
//! paper; reserving numbers, voiding the unused rest of a sheet, closing the book.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    CloseRegister, EntryState, GetRegister, ListNumberBlocks, NumberBlock, NumberRegister, RegisterEntry,
    RegisterState, ReserveNumbers, VoidReservedNumbers,
};
use wire::id::{PersonId, RegisterId};

use super::{
    acting::{After, Refusal, after, chosen, day, look},
    form::{Again, Form, Input},
    kinds, reach, registers,
    sheet::{Cell, Content, Section, Sheet, Table, span},
};
use crate::{
    asking::Part,
    format, no,
    page::Place,
    screens::gaps,
    visit::{Inside, Posted},
    words::Words,
};

/// How many blocks are shown.
const BLOCKS: u16 = 50;
/// How many voided numbers are shown.
const VOIDED: usize = 100;
/// What can be done.
const ACTS: [&str; 3] = ["giu-so", "huy-so-giu", "khoa-so"];

/// The page of a register.
pub(crate) async fn show(Path(id): Path<RegisterId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, id: RegisterId, status: StatusCode, again: &Again) -> Response<Body> {
    let w = inside.visit.words;
    let book = match inside.need(&GetRegister { id }).await {
        Ok(book) => book,
        Err(response) => return response,
    };
    let of_blocks =
        ListNumberBlocks { office: book.office, register: Some(id), overdue: false, limit: Some(BLOCKS), cursor: None };
    let (proof, blocks) = futures_util::join!(gaps::prove(inside, &book), inside.part(&of_blocks));
    let mut sheet = Sheet::new(inside, Place::Registers, &kinds::register(&book, w), again, &ACTS);
    sheet.up = vec![("/quan-tri/so".to_owned(), w.t("admin-registers"))];
    sheet.chips = vec![kinds::register_state(book.state, w)];
    sheet.sections.push(Section::new("facts", w, Content::Facts(facts(&book, w))));
    match proof {
        Part::Here((proof, unused)) => {
            sheet.sections.push(Section::new("proof", w, Content::Verdict(proof.holds(), proof.said(w))));
            sheet.sections.push(Section::table("voided", w, Part::Here(voided(&unused, w))));
        }
        Part::Silent(silence) => sheet.sections.push(Section::new("proof", w, Content::Silent(silence))),
    }
    let held = blocks.here().map(|page| page.items.clone()).unwrap_or_default();
    sheet.sections.push(Section::table("blocks", w, registers::of_register(blocks, &book, inside)));
    if inside.who.may("documents.registers.change") && book.state == RegisterState::Open {
        sheet.forms = forms(inside, &book, &held, again).await;
    }
    sheet.answer(inside, status)
}

fn facts(book: &NumberRegister, w: Words) -> Vec<(String, Cell)> {
    let until = book.last_day.and_then(|last| last.plus(1));
    vec![
        (w.t("admin-col-next"), Cell::text(kinds::next_number(book, w)).meta(w.t("admin-next-said"))),
        (w.t("admin-col-opening"), Cell::text(format::number(book.opening, w.0))),
        (w.t("admin-col-time"), Cell::text(span(book.first_day, until, w))),
        (w.t("admin-latest-day"), Cell::text(book.latest_day.map_or_else(|| "–".to_owned(), format::day))),
        (w.t("admin-lines"), Cell::link(w.t("admin-lines-open"), format!("/van-ban/so/{}", book.id))),
    ]
}

fn voided(entries: &[RegisterEntry], w: Words) -> Table {
    let row = |entry: &RegisterEntry| {
        vec![
            Cell::number(format::number(entry.number, w.0)),
            Cell::text(format::day(entry.day)),
            Cell::text(entry.note.clone().unwrap_or_default()),
        ]
    };
    let voided = entries.iter().rev().filter(|entry| entry.state == EntryState::Voided);
    let rows = voided.take(VOIDED).map(row).collect();
    Table::new(w, &["#number", "day", "reason"], "admin-voided-none", rows)
}

async fn forms(inside: &Inside, book: &NumberRegister, held: &[NumberBlock], again: &Again) -> Vec<Form> {
    let w = inside.visit.words;
    let to = format!("/quan-tri/so-dang-ky/{}", book.id);
    let people = reach::people(inside, book.office).await;
    let people = people.here().map_or(&[][..], |(all, _)| all.as_slice());
    let people = people.iter().filter(|person| person.active);
    let people: Vec<_> = people.map(|person| (person.id.to_string(), person.full_name.clone())).collect();
    let sheets = held.iter().filter(|block| !block.held.is_empty());
    let sheets: Vec<_> = sheets.map(|block| (block.id.to_string(), block.sheet.clone())).collect();
    let reserve = Form::new("giu-so", &to, w, again)
        .field("numbers", "three", Input::Number, "10")
        .day("expires", "")
        .text("sheet", "")
        .choice("holder", people);
    let close = Form::new("khoa-so", &to, w, again).ending().day("last_day", "");
    let mut forms = vec![reserve, close];
    if !sheets.is_empty() {
        let void = Form::new("huy-so-giu", &to, w, again).ending();
        forms.insert(1, void.choice("block", sheets).text("reason", ""));
    }
    forms
}

/// Does what a form of the page is for.
pub(crate) async fn act(Path((id, act)): Path<(RegisterId, String)>, posted: Posted) -> Response<Body> {
    if !ACTS.contains(&act.as_str()) {
        return no::nowhere(posted.inside.visit).await;
    }
    let done = acted(&posted, id, &act).await;
    match after(&posted, &act, &format!("/quan-tri/so-dang-ky/{id}"), done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, id, status, &again).await,
    }
}

async fn acted(posted: &Posted, id: RegisterId, act: &str) -> Result<(), Refusal> {
    let typed = &posted.fields;
    match act {
        "giu-so" => {
            let holder: PersonId = chosen(posted, "holder")?;
            let numbers = typed.get("numbers").parse();
            let call = ReserveNumbers {
                register: id,
                numbers: numbers.map_err(|_| Refusal::Field("numbers", "admin-number-unreadable"))?,
                sheet: typed.get("sheet").to_owned(),
                holder,
                holder_name: look(posted, &schema_identity::GetPerson { id: holder, as_of: None }).await?.full_name,
                expires: day(posted, "expires")?,
            };
            posted.act(&call).await?;
        }
        "huy-so-giu" => {
            let reason = typed.get("reason").to_owned();
            posted.act(&VoidReservedNumbers { id: chosen(posted, "block")?, reason }).await?;
        }
        _ => {
            let last_day = day(posted, "last_day")?;
            posted.act(&CloseRegister { id, last_day }).await?;
        }
    }
    Ok(())
}
