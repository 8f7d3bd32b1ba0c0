//! C6: two versions of a text side by side, with what differs, who made them and why.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{CheckDraft, Draft, DraftCheck, GetDraft, GetOutgoing, ListDrafts};
use schema_identity::ListPeople;
use wire::id::OutgoingId;

use super::{
    coaching,
    difference::{self, Change, Row},
    showing,
};
use crate::{
    asking::Part,
    format,
    kit::{chip::Chip, timeline::Names},
    page::{Page, Place},
    visit::Inside,
    words::Words,
};

/// One of the two versions.
struct Side {
    nth: u32,
    said: String,
    note: String,
    /// What the rules of form say of it, in a word.
    form: Option<Chip>,
}

/// Both, with what differs.
struct Both {
    old: Side,
    new: Side,
    rows: Vec<Row>,
    summary: String,
}

#[derive(Template)]
#[template(path = "outgoing/comparing.html")]
struct Comparing {
    p: Page,
    id: String,
    title: String,
    name: String,
    versions: Vec<u32>,
    both: Option<Part<Both>>,
}

/// The two versions that the address names, else the last two.
pub(crate) async fn show(Path(id): Path<OutgoingId>, inside: Inside) -> Response<Body> {
    let (visit, w) = (&inside.visit, inside.visit.words);
    let of_document = GetOutgoing { id };
    let of_versions = ListDrafts { id, limit: Some(200), cursor: None };
    let of_people = ListPeople { office: inside.who.office(), q: None, as_of: None, limit: Some(200), cursor: None };
    let (document, versions, people) =
        futures_util::join!(inside.need(&of_document), inside.need(&of_versions), inside.part(&of_people));
    let (document, versions) = match (document, versions) {
        (Ok(document), Ok(versions)) => (document, versions.items),
        (Err(response), _) | (_, Err(response)) => return response,
    };
    let nth = |name: &str| visit.query.get(name).parse::<u32>().ok();
    let of = |wanted: Option<u32>| versions.iter().find(|one| Some(one.ordinal) == wanted);
    let new = of(nth("moi")).or(versions.last());
    let old = of(nth("cu")).or_else(|| of(new.map(|new| new.ordinal.saturating_sub(1))));
    let names = Names::of(people.here());
    let both = match (old, new) {
        (Some(old), Some(new)) if versions.len() > 1 => Some(both(&inside, id, (old, new), &names).await),
        _ => None,
    };
    let view = Comparing {
        p: Page::inside(&inside, &w.t("outgoing-compare"), Place::Outgoing),
        id: id.to_string(),
        title: showing::title(&document, w),
        name: showing::name(&document, w),
        versions: versions.iter().map(|one| one.ordinal).collect(),
        both,
    };
    visit.html(StatusCode::OK, &view)
}

async fn both(inside: &Inside, id: OutgoingId, (old, new): (&Draft, &Draft), names: &Names) -> Part<Both> {
    let (of_old, of_new) = (GetDraft { id, draft: old.id }, GetDraft { id, draft: new.id });
    let check = |draft: &Draft| CheckDraft { id, draft: Some(draft.id) };
    let (check_old, check_new) = (check(old), check(new));
    let (before, after, old_form, new_form) = futures_util::join!(
        inside.part(&of_old),
        inside.part(&of_new),
        inside.part(&check_old),
        inside.part(&check_new)
    );
    let (before, after) = match (before, after) {
        (Part::Here(before), Part::Here(after)) => (before, after),
        (Part::Silent(silence), _) | (_, Part::Silent(silence)) => return Part::Silent(silence),
    };
    let rows = difference::compare(&before.text, &after.text);
    let w = inside.visit.words;
    let (old, new) = (side(old, old_form.here(), (names, w)), side(new, new_form.here(), (names, w)));
    Part::Here(Both { old, new, summary: summary(&rows, w), rows })
}

fn side(draft: &Draft, check: Option<&DraftCheck>, (names, w): (&Names, Words)) -> Side {
    let by = Some(names.get(draft.by)).filter(|name| !name.is_empty());
    let at = format::moment(draft.at);
    Side {
        nth: draft.ordinal,
        said: [by, Some(at.as_str())].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        note: draft.note.clone().unwrap_or_else(|| w.t("outgoing-no-note")),
        form: check.map(|check| coaching::chip(check, w)),
    }
}

fn summary(rows: &[Row], w: Words) -> String {
    let count = |change| rows.iter().filter(|row| row.change == change).count().to_string();
    let (changed, added, removed) = (count(Change::Changed), count(Change::Added), count(Change::Removed));
    if rows.iter().all(|row| row.change == Change::Same) {
        return w.t("outgoing-compare-same");
    }
    w.with("outgoing-compare-summary", &[("changed", &changed), ("added", &added), ("removed", &removed)])
}
