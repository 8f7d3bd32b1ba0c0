//! G3: documents and work by their words, whatever the year, as the search service finds them; and earlier cases like a document.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_search::{EarlierCases, Search, SearchCounts, SearchFound, SearchHit, SearchKind, SearchText};
use uuid::Uuid;
use wire::Cursor;

use crate::{
    asking::Part,
    format,
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// How many hits a page shows.
const ROWS: u16 = 25;

/// A stretch of a text.
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Whether it was looked for.
    pub(crate) hit: bool,
}

/// Something that was found.
pub(crate) struct Line {
    pub(crate) path: String,
    pub(crate) title: Vec<Piece>,
    pub(crate) kind: String,
    pub(crate) symbol: Vec<Piece>,
    pub(crate) body: Vec<Piece>,
    pub(crate) rest: String,
}

/// A kind with how many of it there are.
struct Tab {
    path: String,
    text: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "calendar/found.html")]
struct Found {
    p: Page,
    q: String,
    lines: Vec<Line>,
    tabs: Vec<Tab>,
    next: Option<String>,
    nearest: bool,
    behind: bool,
}

/// The kinds, as the address has them.
const KINDS: [(&str, SearchKind, &str); 3] = [
    ("den", SearchKind::IncomingDocument, "menu-incoming"),
    ("di", SearchKind::OutgoingDocument, "outgoing-menu"),
    ("viec", SearchKind::Assignment, "menu-work"),
];

/// The page; nothing while the search service says nothing.
pub(crate) async fn page(inside: &Inside, q: &str) -> Option<Response<Body>> {
    let (visit, w) = (&inside.visit, inside.visit.words);
    let word = visit.query.get("loai").to_owned();
    let kind = KINDS.iter().find(|(known, ..)| *known == word).map(|(_, kind, _)| *kind);
    let cursor = visit.query.some("tiep").map(Cursor);
    let call = Search { q: Some(q.to_owned()), kind, limit: Some(ROWS), cursor, ..Search::default() };
    let Part::Here(found) = inside.part(&call).await else { return None };
    let SearchFound { items, next, counts, nearest, behind } = found;
    let view = Found {
        p: Page::inside(inside, &w.t("calendar-search-title"), Place::Elsewhere),
        lines: items.iter().map(|hit| line(hit, w)).collect(),
        tabs: tabs(q, &word, counts, w),
        next: next.map(|Cursor(next)| path(q, &[("loai", &word), ("tiep", &next)])),
        q: q.to_owned(),
        nearest,
        behind,
    };
    Some(visit.html(StatusCode::OK, &view))
}

fn path(q: &str, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", q);
    for (name, value) in more.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    format!("/tra-cuu?{}", query.finish())
}

fn tabs(q: &str, word: &str, counts: SearchCounts, w: Words) -> Vec<Tab> {
    let SearchCounts { incoming_documents, outgoing_documents, assignments } = counts;
    let of = |name: &str, text: String, count: u64| Tab {
        path: path(q, &[("loai", name)]),
        text: format!("{text} {count}"),
        here: name == word,
    };
    let all = of("", w.t("found-all"), incoming_documents + outgoing_documents + assignments);
    let counts = [incoming_documents, outgoing_documents, assignments];
    let kinds = KINDS.iter().zip(counts).map(|((name, _, key), count)| of(name, w.t(key), count));
    std::iter::once(all).chain(kinds).collect()
}

fn line(hit: &SearchHit, w: Words) -> Line {
    let (path, kind) = match hit.kind {
        SearchKind::IncomingDocument => (format!("/van-ban/den/{}", hit.id), w.t("kind-incoming")),
        SearchKind::OutgoingDocument => (format!("/van-ban/di/{}", hit.id), w.t("found-outgoing")),
        SearchKind::Assignment => (format!("/viec/{}", hit.id), w.t("found-work")),
    };
    let number = hit.number.map(|number| w.with("record-title", &[("number", &format::number(number, w.0))]));
    let number = number.filter(|_| hit.kind == SearchKind::IncomingDocument);
    let rest = [number, hit.genre_name.clone(), hit.day.map(format::day)];
    let title = hit.title.as_ref().map(pieces).unwrap_or_else(|| vec![Piece { text: kind.clone(), hit: false }]);
    Line {
        path,
        title,
        kind,
        symbol: hit.symbol.as_ref().map(pieces).unwrap_or_default(),
        body: hit.body.as_ref().map(pieces).unwrap_or_default(),
        rest: rest.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

/// A text cut where its marks begin and end. Marks count characters; one that points beyond the text is left out.
fn pieces(of: &SearchText) -> Vec<Piece> {
    let letters: Vec<char> = of.text.chars().collect();
    let (mut pieces, mut at) = (Vec::new(), 0);
    let mut cut = |to: usize, hit: bool| {
        if let Some(piece) = letters.get(at..to).filter(|piece| !piece.is_empty()) {
            pieces.push(Piece { text: piece.iter().collect(), hit });
            at = to;
        }
    };
    for mark in &of.marks {
        let (from, to) = (usize::try_from(mark.from).unwrap_or(0), usize::try_from(mark.to).unwrap_or(0));
        cut(from, false);
        cut(to, true);
    }
    cut(letters.len(), false);
    pieces
}

/// Earlier cases like a document; nothing where nobody says.
pub(crate) async fn earlier(inside: &Inside, kind: SearchKind, id: Uuid) -> Option<Vec<Line>> {
    match inside.part(&EarlierCases { kind, id }).await {
        Part::Here(found) => Some(found.items.iter().map(|one| line(&one.hit, inside.visit.words)).collect()),
        Part::Silent(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schema_search::SearchMark;

    #[test]
    fn a_text_is_cut_at_its_marks_by_characters() {
        let cut = |text: &str, marks: &[(u32, u32)]| -> Vec<(String, bool)> {
            let marks = marks.iter().map(|(from, to)| SearchMark { from: *from, to: *to }).collect();
            pieces(&SearchText { text: text.to_owned(), marks }).into_iter().map(|one| (one.text, one.hit)).collect()
        };
        let told =
            |pieces: &[(&str, bool)]| pieces.iter().map(|(text, hit)| ((*text).to_owned(), *hit)).collect::<Vec<_>>();
        assert_eq!(cut("báo cáo tháng", &[(4, 7)]), told(&[("báo ", false), ("cáo", true), (" tháng", false)]));
        assert_eq!(cut("ủy", &[(0, 2)]), told(&[("ủy", true)]));
        assert_eq!(cut("ab", &[(1, 9)]), told(&[("a", false), ("b", false)]));
        assert_eq!(cut("", &[]), told(&[]));
    }

    #[test]
    fn what_is_looked_for_stands_in_the_address() {
        assert_eq!(
            path("công văn & 12", &[("loai", ""), ("tiep", "x")]),
            "/tra-cuu?q=c%C3%B4ng+v%C4%83n+%26+12&tiep=x"
        );
    }
}
