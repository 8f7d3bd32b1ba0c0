//! Outgoing documents: drafts, what was issued and to whom it goes (V8), what was voided.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{Genre, ListGenres, ListOutgoing, OutgoingDocument, OutgoingState};
use wire::{Cursor, Page as Paged};

use super::showing;
use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        sorting::{self, SortHead},
    },
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 25;

/// Which of the documents are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Drafts,
    Issued,
    Voided,
    All,
}

/// A tab as the page shows it.
struct TabLine {
    text: String,
    path: String,
    here: bool,
}

/// A line of the list.
struct Row {
    path: String,
    name: String,
    day: String,
    title: String,
    kind: String,
    recipients: String,
    copies: String,
    signatory: String,
    chips: Vec<Chip>,
}

#[derive(Template)]
#[template(path = "outgoing/list.html")]
struct List {
    p: Page,
    tabs: Vec<TabLine>,
    tab: &'static str,
    issued: bool,
    rows: Part<Vec<Row>>,
    /// The head of the names, by which the list can be sorted.
    sort: SortHead,
    genres: Vec<(String, String, bool)>,
    filtered: bool,
    empty: String,
    next: Option<String>,
    may_draft: bool,
    may_issue: bool,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Drafts, Self::Issued, Self::Voided, Self::All];

    fn word(self) -> &'static str {
        match self {
            Self::Drafts => "du-thao",
            Self::Issued => "da-phat-hanh",
            Self::Voided => "da-huy",
            Self::All => "tat-ca",
        }
    }

    fn read(word: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.word() == word).unwrap_or(Self::Drafts)
    }

    fn state(self) -> Option<OutgoingState> {
        match self {
            Self::Drafts => Some(OutgoingState::Draft),
            Self::Issued => Some(OutgoingState::Issued),
            Self::Voided => Some(OutgoingState::Voided),
            Self::All => None,
        }
    }

    fn text(self, w: Words) -> String {
        match self {
            Self::Drafts => w.t("outgoing-tab-drafts"),
            Self::Issued => w.t("outgoing-tab-issued"),
            Self::Voided => w.t("outgoing-tab-voided"),
            Self::All => w.t("outgoing-tab-all"),
        }
    }

    fn empty(self, w: Words) -> String {
        match self {
            Self::Drafts => w.t("outgoing-empty-drafts"),
            Self::Issued => w.t("outgoing-empty-issued"),
            Self::Voided => w.t("outgoing-empty-voided"),
            Self::All => w.t("outgoing-empty-all"),
        }
    }
}

/// The address of the list in a state.
fn path(tab: Tab, genre: &str, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if tab != Tab::Drafts {
        query.append_pair("loc", tab.word());
    }
    if !genre.is_empty() {
        query.append_pair("loai", genre);
    }
    query.extend_pairs(more);
    let query = query.finish();
    if query.is_empty() { "/van-ban/di".to_owned() } else { format!("/van-ban/di?{query}") }
}

/// The list.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (visit, who, w) = (&inside.visit, &inside.who, inside.visit.words);
    let (tab, genre) = (Tab::read(visit.query.get("loc")), visit.query.get("loai").to_owned());
    let order = sorting::read(visit.query.get(sorting::NAME));
    let of_documents = ListOutgoing {
        office: who.office(),
        state: tab.state(),
        genre: visit.query.some("loai"),
        replies_to: None,
        from: None,
        to: None,
        q: None,
        order,
        limit: Some(ROWS),
        cursor: visit.query.some("tiep").map(Cursor),
    };
    let of_genres = ListGenres { day: None, limit: Some(200), cursor: None };
    let (found, genres) = futures_util::join!(inside.part(&of_documents), inside.part(&of_genres));
    let next = found.here().and_then(|page| page.next.as_ref());
    let next = next.map(|Cursor(next)| path(tab, &genre, &[&sorting::said(order)[..], &[("tiep", next)]].concat()));
    let line = |one: Tab| TabLine { text: one.text(w), path: path(one, &genre, &[]), here: one == tab };
    let view = List {
        p: Page::inside(&inside, &w.t("outgoing-menu"), Place::Outgoing),
        tabs: Tab::ALL.into_iter().map(line).collect(),
        tab: tab.word(),
        issued: tab == Tab::Issued,
        rows: found.map(|page| page.items.iter().map(|document| row(document, w)).collect()),
        sort: sorting::head(w.t("fact-symbol"), order, |order| path(tab, &genre, &sorting::said(order)), w),
        genres: choices(genres.here(), &genre),
        filtered: !genre.is_empty(),
        empty: if genre.is_empty() { tab.empty(w) } else { w.t("outgoing-empty-filter") },
        next,
        may_draft: who.may("documents.outgoing.draft"),
        may_issue: who.may("documents.outgoing.issue"),
    };
    visit.html(StatusCode::OK, &view)
}

fn choices(genres: Option<&Paged<Genre>>, chosen: &str) -> Vec<(String, String, bool)> {
    let items = genres.into_iter().flat_map(|page| &page.items);
    items.map(|genre| (genre.key.clone(), genre.name.clone(), genre.key == chosen)).collect()
}

fn row(document: &OutgoingDocument, w: Words) -> Row {
    let mut chips = showing::chips(document, w);
    if document.state == OutgoingState::Issued && document.files.is_empty() {
        chips.push(Chip::new(Tone::Soon, "paper", w.t("outgoing-no-file")));
    }
    Row {
        path: format!("/van-ban/di/{}", document.id),
        name: showing::name(document, w),
        day: document.dated.map(format::day).unwrap_or_default(),
        title: showing::title(document, w),
        kind: showing::kind(document),
        recipients: showing::recipients(document),
        copies: document.copies.map(|copies| copies.to_string()).unwrap_or_default(),
        signatory: document.signatory.clone().unwrap_or_default(),
        chips,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_the_list_stands_in_its_address() {
        assert_eq!(path(Tab::Drafts, "", &[]), "/van-ban/di");
        assert_eq!(path(Tab::Issued, "bao_cao", &[("tiep", "9")]), "/van-ban/di?loc=da-phat-hanh&loai=bao_cao&tiep=9");
        assert!(Tab::ALL.into_iter().all(|tab| Tab::read(tab.word()) == tab));
        assert_eq!(Tab::read("khác"), Tab::Drafts);
    }
}
