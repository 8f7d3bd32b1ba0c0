//! V1: what arrived, urgent and undecided first to see, with the form (V2) or the chosen document beside it.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{
    GetIncoming, IncomingDocument, IncomingState, ListIncoming, ListOrder, ListRegisters, NumberRegister, RegisterKind,
    RegisterState,
};
use wire::{Cursor, Day, Fault, Page as Paged, id::OfficeId};

use super::{
    record::Shown,
    registering::{Conflict, Form, Typed},
};
use crate::{
    asking::Part,
    format,
    kit::{
        chip::Chip,
        problems::Problems,
        sorting::{self, SortHead},
        wording,
    },
    page::{Page, Place},
    visit::Inside,
};

/// How many rows a page shows.
const ROWS: u16 = 25;

/// Which of the documents are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    All,
    Today,
    Unassigned,
    Overdue,
    Voided,
}

/// A tab as the page shows it.
pub(crate) struct TabLine {
    text: String,
    path: String,
    here: bool,
}

/// A line of the queue.
pub(crate) struct Row {
    path: String,
    summary: String,
    source: String,
    number: String,
    arrived: String,
    chips: Vec<Chip>,
    here: bool,
}

/// The queue.
pub(crate) struct Queue {
    rows: Vec<Row>,
    /// The head of the numbers, where the list can be sorted by them.
    sort: Option<SortHead>,
    /// In which order the list stands.
    order: String,
    next: Option<String>,
    /// What stands in the place of rows when there are none.
    empty: String,
}

/// What stands beside the queue.
pub(crate) enum Beside {
    Form(Box<Form>),
    Record(Box<Shown>),
    Nothing,
}

#[derive(Template)]
#[template(path = "incoming.html")]
struct Incoming {
    p: Page,
    tabs: Vec<TabLine>,
    q: String,
    queue: Part<Queue>,
    register: Option<String>,
    may_register: bool,
    beside: Beside,
    form_path: String,
}

impl Tab {
    const ALL: [Self; 5] = [Self::All, Self::Today, Self::Unassigned, Self::Overdue, Self::Voided];

    fn word(self) -> &'static str {
        match self {
            Self::All => "tat-ca",
            Self::Today => "hom-nay",
            Self::Unassigned => "chua-giao",
            Self::Overdue => "qua-han",
            Self::Voided => "da-huy",
        }
    }

    fn read(word: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.word() == word).unwrap_or(Self::All)
    }

    /// Whether its list stands by the day of arrival, and not by when each is due.
    fn by_arrival(self) -> bool {
        !matches!(self, Self::Unassigned | Self::Overdue)
    }

    fn ask(self, office: OfficeId, today: Day) -> ListIncoming {
        let all = ListIncoming {
            office,
            register: None,
            from: None,
            to: None,
            state: None,
            disposition: None,
            due_before: None,
            unassigned: false,
            unit: None,
            q: None,
            order: ListOrder::LatestFirst,
            limit: Some(ROWS),
            cursor: None,
        };
        match self {
            Self::All => ListIncoming { state: Some(IncomingState::Registered), ..all },
            Self::Today => ListIncoming { from: Some(today), to: Some(today), ..all },
            Self::Unassigned => ListIncoming { unassigned: true, ..all },
            Self::Overdue => ListIncoming { due_before: Some(today), ..all },
            Self::Voided => ListIncoming { state: Some(IncomingState::Voided), ..all },
        }
    }
}

/// The address of the list in a state.
fn path(tab: Tab, q: &str, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if tab != Tab::All {
        query.append_pair("loc", tab.word());
    }
    if !q.is_empty() {
        query.append_pair("q", q);
    }
    query.extend_pairs(more);
    let query = query.finish();
    if query.is_empty() { "/van-ban/den".to_owned() } else { format!("/van-ban/den?{query}") }
}

/// The page as its address says.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let form = Form::new(&inside, Typed::fresh(&inside), Problems::default());
    page(&inside, StatusCode::OK, form).await
}

/// The page with a form as it was sent.
pub(crate) async fn page(inside: &Inside, status: StatusCode, mut form: Form) -> Response<Body> {
    let (visit, who) = (&inside.visit, &inside.who);
    let (query, w, today) = (&visit.query, visit.words, visit.today());
    let (tab, q) = (Tab::read(query.get("loc")), query.get("q").to_owned());
    let order = sorting::read(query.get(sorting::NAME));
    let cursor = query.some("tiep").map(Cursor);
    let list = ListIncoming { q: query.some("q"), order, cursor, ..tab.ask(who.office(), today) };
    let chosen = query.get("xem").parse().ok().map(|id| GetIncoming { id });
    let done = query.get("da-vao").parse().ok().map(|id| GetIncoming { id });
    let books = books(inside);
    let (may_register, sees_books) = (who.may("documents.incoming.register"), who.may("documents.registers.read"));
    let (found, books, record, entered) = futures_util::join!(
        inside.part(&list),
        OptionFuture::from(sees_books.then(|| inside.part(&books))),
        OptionFuture::from(chosen.as_ref().map(|call| inside.part(call))),
        OptionFuture::from(done.as_ref().map(|call| inside.part(call))),
    );
    let book = books.as_ref().and_then(|books| current(books.here()?, today));
    form.next_number = book.map(|book| format::number(book.last + 1, w.0));
    let title = w.t(if may_register { "incoming-title-clerk" } else { "menu-incoming" });
    let mut page = Page::inside(inside, &title, Place::Incoming);
    if form.problems.any() {
        page.title = w.with("problem-title", &[("title", &title)]);
    }
    page.done = entered.as_ref().and_then(|entered| Some(registered(entered.here()?, inside)));
    let here = query.get("xem").to_owned();
    let register = book.map(|book| {
        let values = [("year", book.first_day.year().to_string()), ("number", format::number(book.last, w.0))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        w.with("incoming-register", &values)
    });
    let beside = match record {
        Some(Part::Here(document)) => Beside::Record(Box::new(Shown::new(&document, inside))),
        Some(Part::Silent(_)) | None if may_register => Beside::Form(Box::new(form)),
        _ => Beside::Nothing,
    };
    let view = Incoming {
        p: page,
        tabs: tabs(tab, &q, inside),
        queue: found.map(|found| queue(found, (tab, &q, &here, order), inside)),
        form_path: path(tab, &q, &[]),
        q,
        register,
        may_register,
        beside,
    };
    visit.html(status, &view)
}

fn tabs(here: Tab, q: &str, inside: &Inside) -> Vec<TabLine> {
    let w = inside.visit.words;
    let text = |tab| match tab {
        Tab::All => w.t("tab-all"),
        Tab::Today => w.t("tab-today"),
        Tab::Unassigned => w.t("tab-unassigned"),
        Tab::Overdue => w.t("tab-overdue"),
        Tab::Voided => w.t("tab-voided"),
    };
    Tab::ALL.into_iter().map(|tab| TabLine { text: text(tab), path: path(tab, q, &[]), here: tab == here }).collect()
}

fn queue(
    found: Paged<IncomingDocument>,
    (tab, q, here, order): (Tab, &str, &str, ListOrder),
    inside: &Inside,
) -> Queue {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let row = |document: &IncomingDocument| {
        let id = document.id.to_string();
        let parts = [document.author_body.clone(), document.symbol.clone(), document.document_day.map(format::day)];
        Row {
            path: path(tab, q, &[&sorting::said(order)[..], &[("xem", &id)]].concat()),
            summary: summary(document, inside),
            source: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            number: format::number(document.number, w.0),
            arrived: format::short_day(document.arrived, today),
            chips: wording::document(document, today, w),
            here: id == here,
        }
    };
    let empty = if q.is_empty() {
        w.t(match tab {
            Tab::All => "empty-all",
            Tab::Today => "empty-today",
            Tab::Unassigned => "empty-unassigned",
            Tab::Overdue => "empty-overdue",
            Tab::Voided => "empty-voided",
        })
    } else {
        w.t("empty-filter")
    };
    let next = found.next.as_ref();
    let next = next.map(|Cursor(next)| path(tab, q, &[&sorting::said(order)[..], &[("tiep", next)]].concat()));
    let sorted = |order| path(tab, q, &sorting::said(order));
    let sort = tab.by_arrival().then(|| sorting::head(w.t("column-number"), order, sorted, w));
    let order = w.t(match (tab.by_arrival(), order) {
        (false, _) => "queue-order-due",
        (true, ListOrder::LatestFirst) => "queue-order",
        (true, ListOrder::OldestFirst) => "queue-order-oldest",
    });
    Queue { rows: found.items.iter().map(row).collect(), sort, order, next, empty }
}

/// What a document is about, or that nothing of it is kept here.
pub(crate) fn summary(document: &IncomingDocument, inside: &Inside) -> String {
    match (&document.summary, document.masked) {
        (_, true) => inside.visit.words.t("masked"),
        (Some(summary), _) => summary.clone(),
        (None, _) => document.genre_name.clone().unwrap_or_else(|| inside.visit.words.t("no-summary")),
    }
}

fn registered(document: &IncomingDocument, inside: &Inside) -> String {
    let w = inside.visit.words;
    w.with("incoming-registered", &[("number", &format::number(document.number, w.0))])
}

/// Asks for the registers of incoming documents that are open.
pub(crate) fn books(inside: &Inside) -> ListRegisters {
    ListRegisters {
        office: inside.who.office(),
        kind: Some(RegisterKind::Incoming),
        state: Some(RegisterState::Open),
        limit: Some(5),
        cursor: None,
    }
}

/// The register that gives numbers today.
pub(crate) fn current(books: &Paged<NumberRegister>, today: Day) -> Option<&NumberRegister> {
    let gives = |book: &&NumberRegister| book.first_day <= today && book.last_day.is_none_or(|last| today <= last);
    books.items.iter().find(gives)
}

/// What a service refused about registering, shown at the form.
pub(crate) fn problems(fault: &Fault, inside: &Inside) -> Problems {
    Problems::of(fault, inside.visit.words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_the_list_stands_in_its_address() {
        assert_eq!(path(Tab::All, "", &[]), "/van-ban/den");
        assert_eq!(
            path(Tab::Overdue, "công văn", &[("xem", "1")]),
            "/van-ban/den?loc=qua-han&q=c%C3%B4ng+v%C4%83n&xem=1"
        );
        for tab in Tab::ALL {
            assert_eq!(Tab::read(tab.word()), tab);
        }
        assert_eq!(Tab::read("khác"), Tab::All);
    }
}
