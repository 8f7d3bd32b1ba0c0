//! V9: the register as the book has it, year by year, the latest numbers first; and whether a number is missing.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{
    EntryKind, EntryState, GetRegister, ListRegisterEntries, ListRegisters, NumberRegister, PeriodKind, RegisterEntry,
    RegisterKind, RegisterState,
};
use wire::{Day, Secrecy, id::RegisterId};

use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, wording},
    page::{Page, Place},
    screens::{admin::proof::Proof, gaps},
    visit::{Inside, go},
    words::Words,
};

/// How many numbers a page of the book shows.
const ROWS: u16 = 50;
/// How many numbers of a book are looked through for gaps without being asked to: one reading.
const AT_ONCE: i64 = 200;

/// A register to choose.
pub(crate) struct Choice {
    path: String,
    name: String,
    here: bool,
    open: bool,
}

/// A line of the book.
pub(crate) struct Line {
    pub(crate) number: String,
    pub(crate) day: String,
    pub(crate) author: String,
    pub(crate) symbol: String,
    pub(crate) document_day: String,
    pub(crate) summary: String,
    pub(crate) destinations: String,
    pub(crate) pages: String,
    pub(crate) note: String,
    pub(crate) chips: Vec<Chip>,
    pub(crate) path: Option<String>,
}

/// What was found when the numbers were looked through one by one.
struct Checked {
    holds: bool,
    said: String,
    /// Numbers that no document bears, each with its day and the reason.
    unused: Vec<Line>,
}

#[derive(Template)]
#[template(path = "book.html")]
struct Book {
    p: Page,
    years: Vec<Choice>,
    choices: Vec<Choice>,
    id: String,
    name: String,
    said: String,
    /// What is said where there is no line.
    empty: String,
    incoming: bool,
    /// Whether a number is missing, where the whole book was looked through.
    checked: Option<Part<Checked>>,
    /// The same of the numbers of this page alone.
    gap: String,
    lines: Part<Vec<Line>>,
    earlier: Option<String>,
    later: Option<String>,
    today: String,
}

#[derive(Template)]
#[template(path = "book_none.html")]
struct NoBook {
    p: Page,
    said: String,
}

/// The register of this year's arrivals, or the first there is; with `?nam=` among those of that year.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let mut books = match inside.need(&all(&inside)).await {
        Ok(books) => books.items,
        Err(response) => return response,
    };
    let year = inside.visit.query.get("nam").parse::<i32>().ok();
    books.retain(|book| year.is_none_or(|year| book.first_day.year() == year));
    let arrivals = books.iter().find(|book| book.kind == RegisterKind::Incoming && book.state == RegisterState::Open);
    match arrivals.or_else(|| books.first()) {
        Some(book) => go(&format!("/van-ban/so/{}", book.id)),
        None => {
            let said = match year {
                Some(year) => w.with("book-none-of-year", &[("year", &year.to_string())]),
                None => w.t("book-none"),
            };
            let page = Page::inside(&inside, &w.t("menu-book"), Place::Book);
            inside.visit.html(StatusCode::OK, &NoBook { p: page, said })
        }
    }
}

fn all(inside: &Inside) -> ListRegisters {
    ListRegisters { office: inside.who.office(), kind: None, state: None, limit: Some(50), cursor: None }
}

/// A page of one register.
pub(crate) async fn show_one(Path(id): Path<RegisterId>, inside: Inside) -> Response<Body> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let (of_all, of_one) = (all(&inside), GetRegister { id });
    let (books, book) = futures_util::join!(inside.part(&of_all), inside.need(&of_one));
    let book = match book {
        Ok(book) => book,
        Err(response) => return response,
    };
    let rows = i64::from(ROWS);
    let floor = book.opening - 1;
    let after =
        inside.visit.query.get("sau").parse::<i64>().unwrap_or(book.last - rows).clamp(floor, book.last.max(floor));
    let call = ListRegisterEntries { id, after: Some(after), limit: Some(ROWS), cursor: None };
    let whole = inside.visit.query.get("kiem") == "1" || (1..=AT_ONCE).contains(&(book.last - floor));
    let of_gaps = OptionFuture::from(whole.then(|| gaps::prove(&inside, &book)));
    let (found, checked) = futures_util::join!(inside.part(&call), of_gaps);
    let (years, choices) = to_choose(books.here().map_or(&[][..], |page| &page.items), &book, w);
    let base = format!("/van-ban/so/{id}");
    let empty = w.with("book-empty", &[("year", &book.first_day.year().to_string())]);
    let values = [("first", format::number(book.opening, w.0)), ("last", format::number(book.last, w.0))];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let said = if book.last < book.opening { empty.clone() } else { w.with("book-said", &values) };
    let view = Book {
        p: Page::inside(&inside, &w.t("menu-book"), Place::Book),
        years,
        choices,
        name: name(&book, w),
        said,
        empty,
        incoming: book.kind == RegisterKind::Incoming,
        checked: checked.map(|part| part.map(|found| told(found, today, w))),
        gap: found.here().map(|page| of_page(after, &book, &page.items, w)).unwrap_or_default(),
        lines: found.map(|page| page.items.iter().rev().map(|entry| line(entry, today, w)).collect()),
        earlier: (after > floor).then(|| format!("{base}?sau={}", (after - rows).max(floor))),
        later: (after + rows < book.last).then(|| format!("{base}?sau={}", after + rows)),
        today: format::day(today),
        id: id.to_string(),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// The years that have books, latest first, and the books of this one's year.
fn to_choose(books: &[NumberRegister], here: &NumberRegister, w: Words) -> (Vec<Choice>, Vec<Choice>) {
    let year = here.first_day.year();
    let years: BTreeSet<i32> = books.iter().map(|one| one.first_day.year()).collect();
    let of_year = |one: i32| Choice {
        path: format!("/van-ban/so?nam={one}"),
        name: one.to_string(),
        here: one == year,
        open: true,
    };
    let choice = |one: &NumberRegister| Choice {
        path: format!("/van-ban/so/{}", one.id),
        name: name(one, w),
        here: one.id == here.id,
        open: one.state == RegisterState::Open,
    };
    let mut choices: Vec<&NumberRegister> = books.iter().filter(|one| one.first_day.year() == year).collect();
    choices.sort_by_key(|one| one.kind != RegisterKind::Incoming);
    (years.into_iter().rev().map(of_year).collect(), choices.into_iter().map(choice).collect())
}

fn told((proof, unused): (Proof, Vec<RegisterEntry>), today: Day, w: Words) -> Checked {
    let unused = unused.iter().rev().map(|entry| line(entry, today, w)).collect();
    Checked { holds: proof.holds(), said: proof.said(w), unused }
}

/// Whether a number is missing among those of a page.
fn of_page(after: i64, book: &NumberRegister, entries: &[RegisterEntry], w: Words) -> String {
    let last = book.last.min(after + i64::from(ROWS));
    let mut proof = Proof::of(after + 1, last);
    proof.take(entries.iter().map(|entry| (entry.number, entry.state)));
    proof.nothing_after(entries.last().map_or(after, |entry| entry.number));
    proof.said(w)
}

/// What a register is called.
pub(crate) fn name(book: &NumberRegister, w: Words) -> String {
    let period = match book.period {
        PeriodKind::Year => book.first_day.year().to_string(),
        PeriodKind::Term => w.with("book-term", &[("year", &book.first_day.year().to_string())]),
    };
    match book.kind {
        RegisterKind::Incoming => w.with("book-incoming", &[("period", &period)]),
        RegisterKind::Outgoing => {
            let code = book.body_code.clone().unwrap_or_default();
            w.with("book-outgoing", &[("code", &code), ("period", &period)])
        }
    }
}

/// A line as screen and paper show it.
pub(crate) fn line(entry: &RegisterEntry, today: Day, w: Words) -> Line {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let summary = match (entry.kind, entry.state) {
        (EntryKind::CitizenLetter, _) => w.t("citizen-letter"),
        (_, EntryState::Reserved) => String::new(),
        _ if entry.summary.is_none() && entry.secrecy != Secrecy::Open => w.t("masked"),
        _ => [entry.genre_name.clone(), entry.summary.clone()].into_iter().flatten().collect::<Vec<_>>().join(". "),
    };
    let shown = !summary.is_empty();
    let incoming = entry.incoming.filter(|_| entry.kind == EntryKind::Incoming && shown);
    let outgoing = entry.outgoing.filter(|_| entry.kind == EntryKind::Outgoing && shown);
    let path = incoming.map(|id| format!("/van-ban/den/{id}"));
    Line {
        number: format::number(entry.number, w.0),
        day: format::short_day(entry.day, today),
        author: text(&entry.author_body),
        symbol: text(&entry.symbol),
        document_day: entry.document_day.map(format::day).unwrap_or_default(),
        summary,
        destinations: entry.destinations.join("; "),
        pages: entry.pages.map(|pages| pages.to_string()).unwrap_or_default(),
        note: text(&entry.note),
        chips: [wording::secrecy(entry.secrecy, w), wording::entry(entry.state, w)].into_iter().flatten().collect(),
        path: path.or_else(|| outgoing.map(|id| format!("/van-ban/di/{id}"))),
    }
}
