//! The page of the administrator: where one is, a search, what there is in cards, and what can be done beside it.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use wire::Day;

use super::form::{Again, Form, Input};
use crate::{
    asking::{Part, Silence},
    format,
    kit::{chip::Chip, problems::Problems},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// A cell of a table.
#[derive(Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) path: Option<String>,
    pub(crate) meta: String,
    pub(crate) chips: Vec<Chip>,
    pub(crate) number: bool,
}

/// A table, and what stands there when it is empty.
pub(crate) struct Table {
    pub(crate) heads: Vec<(String, bool)>,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) empty: String,
    /// The next page of it.
    pub(crate) next: Option<String>,
    /// Whether it is so wide that it scrolls within its card.
    pub(crate) wide: bool,
}

/// What a card holds.
pub(crate) enum Content {
    Facts(Vec<(String, Cell)>),
    Table(Table),
    /// A sentence; `true` when it is good news, `false` when it is not.
    Verdict(bool, String),
    Silent(Silence),
}

/// A card.
pub(crate) struct Section {
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) content: Content,
}

#[derive(Template)]
#[template(path = "admin/sheet.html")]
pub(crate) struct Sheet {
    pub(crate) p: Page,
    /// The way up from here.
    pub(crate) up: Vec<(String, String)>,
    pub(crate) heading: String,
    pub(crate) said: String,
    pub(crate) chips: Vec<Chip>,
    /// Fields that choose what is shown.
    pub(crate) search: Option<Form>,
    /// A code that is shown this once, with what to do with it.
    pub(crate) code: Option<(String, String)>,
    pub(crate) problems: Problems,
    pub(crate) sections: Vec<Section>,
    pub(crate) forms: Vec<Form>,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(crate) fn number(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: true, ..Self::default() }
    }

    pub(crate) fn link(text: impl Into<String>, path: impl Into<String>) -> Self {
        Self { text: text.into(), path: Some(path.into()), ..Self::default() }
    }

    pub(crate) fn chips(chips: Vec<Chip>) -> Self {
        Self { chips, ..Self::default() }
    }

    /// The same with a smaller line below.
    pub(crate) fn meta(mut self, meta: impl Into<String>) -> Self {
        self.meta = meta.into();
        self
    }

    /// The same with chips beside it.
    pub(crate) fn marked(mut self, chips: Vec<Chip>) -> Self {
        self.chips = chips;
        self
    }
}

impl Table {
    /// A table with these heads; the words under `empty` stand there when it has no rows. A head that begins with `#` is
    /// one of numbers.
    pub(crate) fn new(w: Words, heads: &[&str], empty: &str, rows: Vec<Vec<Cell>>) -> Self {
        let head = |key: &&str| {
            let name = key.trim_start_matches('#');
            (w.t(&format!("admin-col-{name}")), name.len() < key.len())
        };
        Self { heads: heads.iter().map(head).collect(), rows, empty: w.t(empty), next: None, wide: false }
    }
}

impl Section {
    /// A card whose heading stands under `admin-` and its id.
    pub(crate) fn new(id: &'static str, w: Words, content: Content) -> Self {
        Self { id, title: w.t(&format!("admin-{id}")), note: String::new(), content }
    }

    /// A card with a table, or with why it is not there.
    pub(crate) fn table(id: &'static str, w: Words, table: Part<Table>) -> Self {
        let content = match table {
            Part::Here(table) => Content::Table(table),
            Part::Silent(silence) => Content::Silent(silence),
        };
        Self::new(id, w, content)
    }

    /// The same with a word at the side of the heading.
    pub(crate) fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

impl Sheet {
    /// A page without cards yet. `done` are the acts after which it is shown again.
    pub(crate) fn new(inside: &Inside, place: Place, heading: &str, again: &Again, done: &[&str]) -> Self {
        let w = inside.visit.words;
        let mut page = Page::inside(inside, heading, place);
        if again.problems.any() {
            page.title = w.with("problem-title", &[("title", heading)]);
        }
        let act = inside.visit.query.get("xong");
        page.done = done.contains(&act).then(|| w.t(&format!("admin-done-{act}")));
        Self {
            p: page,
            up: Vec::new(),
            heading: heading.to_owned(),
            said: String::new(),
            chips: Vec::new(),
            search: None,
            code: None,
            problems: again.problems.clone(),
            sections: Vec::new(),
            forms: Vec::new(),
        }
    }

    /// The page as an answer.
    pub(crate) fn answer(&self, inside: &Inside, status: StatusCode) -> Response<Body> {
        inside.visit.html(status, self)
    }
}

/// From when to when, where the end is the first day on which it is no more.
pub(crate) fn span(from: Day, to: Option<Day>, w: Words) -> String {
    let from = format::day(from);
    match to.and_then(|to| to.plus(-1)) {
        Some(last) => w.with("admin-span", &[("from", &from), ("to", &format::day(last))]),
        None => w.with("admin-since", &[("from", &from)]),
    }
}

/// The address with these pairs behind it, those without a value left out.
pub(crate) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_span_ends_on_its_last_day_and_an_address_has_what_was_chosen() {
        let on = |month, day| Day::new(2026, month, day).unwrap();
        assert_eq!(span(on(1, 1), Some(on(7, 1)), Words(Lang::Vi)), "01/01/2026 – 30/06/2026");
        assert!(span(on(1, 1), None, Words(Lang::Vi)).contains("01/01/2026"));
        assert_eq!(address("/x", &[("q", ""), ("ngay", "1/7/2025")]), "/x?ngay=1%2F7%2F2025");
        assert_eq!(address("/x", &[]), "/x");
    }
}
