//! V9: the register as the book has it, the latest numbers first, and the print of one day or several on paper.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
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
    visit::{Inside, go},
    words::Words,
};

/// How many numbers a page of the book shows.
const ROWS: u16 = 50;
/// How many numbers are read at once for a print.
const READ: u16 = 200;
/// How many times a print reads at most: twenty thousand numbers, more than the busiest year has.
const READS: usize = 100;

/// A register to choose.
pub(crate) struct Choice {
    path: String,
    name: String,
    here: bool,
    open: bool,
}

/// A line of the book.
pub(crate) struct Line {
    number: String,
    day: String,
    author: String,
    symbol: String,
    document_day: String,
    summary: String,
    destinations: String,
    pages: String,
    note: String,
    chips: Vec<Chip>,
    path: Option<String>,
}

#[derive(Template)]
#[template(path = "book.html")]
struct Book {
    p: Page,
    choices: Vec<Choice>,
    id: String,
    name: String,
    said: String,
    incoming: bool,
    lines: Part<Vec<Line>>,
    earlier: Option<String>,
    later: Option<String>,
    today: String,
}

#[derive(Template)]
#[template(path = "book_none.html")]
struct NoBook {
    p: Page,
}

#[derive(Template)]
#[template(path = "book_print.html")]
struct Print {
    p: Page,
    committee: String,
    incoming: bool,
    year: i32,
    day: String,
    span: String,
    lines: Vec<Line>,
    reader: String,
    now: String,
}

/// The register of this year's arrivals, or the first there is.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let books = match inside.need(&all(&inside)).await {
        Ok(books) => books.items,
        Err(response) => return response,
    };
    let arrivals = books.iter().find(|book| book.kind == RegisterKind::Incoming && book.state == RegisterState::Open);
    match arrivals.or_else(|| books.first()) {
        Some(book) => go(&format!("/van-ban/so/{}", book.id)),
        None => {
            let page = Page::inside(&inside, &inside.visit.words.t("menu-book"), Place::Book);
            inside.visit.html(StatusCode::OK, &NoBook { p: page })
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
    let found = inside.part(&call).await;
    let base = format!("/van-ban/so/{id}");
    let choice = |one: &NumberRegister| Choice {
        path: format!("/van-ban/so/{}", one.id),
        name: name(one, w),
        here: one.id == id,
        open: one.state == RegisterState::Open,
    };
    let mut choices: Vec<&NumberRegister> = books.here().map(|books| books.items.iter().collect()).unwrap_or_default();
    choices.sort_by_key(|one| one.kind != RegisterKind::Incoming);
    let choices = choices.into_iter().map(choice).collect();
    let values = [("first", format::number(book.opening, w.0)), ("last", format::number(book.last, w.0))];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let said = if book.last < book.opening { w.t("book-empty") } else { w.with("book-said", &values) };
    let view = Book {
        p: Page::inside(&inside, &w.t("menu-book"), Place::Book),
        choices,
        name: name(&book, w),
        said,
        incoming: book.kind == RegisterKind::Incoming,
        lines: found.map(|page| page.items.iter().rev().map(|entry| line(entry, today, w)).collect()),
        earlier: (after > floor).then(|| format!("{base}?sau={}", (after - rows).max(floor))),
        later: (after + rows < book.last).then(|| format!("{base}?sau={}", after + rows)),
        today: format::day(today),
        id: id.to_string(),
    };
    inside.visit.html(StatusCode::OK, &view)
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

fn line(entry: &RegisterEntry, today: Day, w: Words) -> Line {
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

/// The lines of one day or of a span of days, as they stand on paper. A span typed the wrong way round is turned.
pub(crate) async fn print(Path(id): Path<RegisterId>, inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let today = inside.visit.today();
    let day = format::read_day(inside.visit.query.get("ngay")).unwrap_or(today);
    let until = format::read_day(inside.visit.query.get("den")).unwrap_or(day);
    let (day, until) = (day.min(until), day.max(until));
    let days = if day == until {
        format::day(day)
    } else {
        w.with("print-days", &[("from", &format::day(day)), ("to", &format::day(until))])
    };
    let book = match inside.need(&GetRegister { id }).await {
        Ok(book) => book,
        Err(response) => return response,
    };
    let entries = match of_days(&inside, &book, (day, until)).await {
        Ok(entries) => entries,
        Err(response) => return response,
    };
    let span = match (entries.first(), entries.last()) {
        (Some(first), Some(last)) => {
            let values = [
                ("first", format::number(first.number, w.0)),
                ("last", format::number(last.number, w.0)),
                ("count", entries.len().to_string()),
            ];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            w.with("print-span", &values)
        }
        _ => w.t("print-nothing"),
    };
    let view = Print {
        p: Page::inside(&inside, &w.with("print-title", &[("day", &days)]), Place::Book),
        committee: inside.who.office_name().to_uppercase(),
        incoming: book.kind == RegisterKind::Incoming,
        year: book.first_day.year(),
        day: days,
        span,
        lines: entries.iter().map(|entry| line(entry, day, w)).collect(),
        reader: inside.who.me.person.full_name.clone(),
        now: format::moment(inside.visit.now),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// The entries of a span of days, lowest number first. They are looked for from the latest number back, since numbers grow with
/// the days; a late entry of an earlier day among them ends nothing.
async fn of_days(
    inside: &Inside,
    book: &NumberRegister,
    (from, to): (Day, Day),
) -> Result<Vec<RegisterEntry>, Response<Body>> {
    let (floor, step) = (book.opening - 1, i64::from(READ));
    let mut found = Vec::new();
    let mut upper = book.last;
    for _ in 0..READS {
        if upper <= floor {
            break;
        }
        let after = (upper - step).max(floor);
        let call = ListRegisterEntries { id: book.id, after: Some(after), limit: Some(READ), cursor: None };
        let read = inside.need(&call).await?.items;
        let past = read.iter().all(|entry| entry.day < from);
        let mut of_days: Vec<RegisterEntry> =
            read.into_iter().filter(|entry| (from..=to).contains(&entry.day) && entry.number <= upper).collect();
        of_days.append(&mut found);
        found = of_days;
        upper = after;
        if past {
            break;
        }
    }
    Ok(found)
}
