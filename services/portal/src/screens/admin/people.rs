//! Q2: the people whom an office keeps, by name, or who held a position in it on a day; and entering one more.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{CreatePerson, ListPeople, Person};
use wire::{Cursor, Page as Paged, id::OfficeId};

use super::{
    acting::{After, Refusal, after},
    directory::stands,
    form::{Again, Form, Input},
    reach, recovery,
    sheet::{Cell, Section, Sheet, Table, address},
};
use crate::{
    format,
    kit::chip::{Chip, Tone},
    no,
    page::Place,
    visit::{Inside, Posted, go},
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 50;

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let office = reach::office(&inside);
    page(&inside, office, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, office: OfficeId, status: StatusCode, again: &Again) -> Response<Body> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let as_of = format::read_day(query.get("ngay"));
    let cursor = query.some("tiep").map(Cursor);
    let of_people = ListPeople { office, q: query.some("q"), as_of, limit: Some(ROWS), cursor };
    let found = inside.part(&of_people).await;
    let mut sheet = Sheet::new(inside, Place::People, &w.t("admin-people"), again, &[]);
    let other = reach::said(inside, office);
    sheet.up = vec![(address("/quan-tri/to-chuc", &[("co-quan", &other)]), w.t("admin-tree"))];
    sheet.up.push((address("/quan-tri/chuc-danh", &[("co-quan", &other)]), w.t("admin-posts")));
    sheet.search = Some(
        Form::search("/quan-tri/nguoi", w)
            .field("co-quan", "six", Input::Kept, &other)
            .text("q", query.get("q"))
            .day("ngay", query.get("ngay")),
    );
    let link = |cursor: &Cursor| {
        let pairs = [("co-quan", other.as_str()), ("q", query.get("q")), ("ngay", query.get("ngay"))];
        address("/quan-tri/nguoi", &[&pairs[..], &[("tiep", cursor.0.as_str())]].concat())
    };
    let may = found.here().is_some() && inside.who.may("identity.people.change");
    let people = found.map(|page| Table { next: page.next.as_ref().map(link), ..people(&page, w) });
    let note = as_of.map_or_else(|| w.t("admin-people-kept"), |day| stands(Some(day), w));
    if inside.who.may("identity.accounts.manage") {
        sheet.sections.extend(recovery::waiting(inside, office).await);
    }
    sheet.sections.push(Section::table("people", w, people).noted(note));
    if may {
        let to = format!("/quan-tri/them-nguoi/{office}");
        sheet.forms.push(Form::new("them-nguoi", &to, w, again).text("full_name", "").text("contact", ""));
    }
    sheet.answer(inside, status)
}

fn people(page: &Paged<Person>, w: Words) -> Table {
    let row = |person: &Person| {
        let state = (!person.active).then(|| Chip::new(Tone::Late, "stop", w.t("admin-person-disabled")));
        vec![
            Cell::link(person.full_name.clone(), format!("/quan-tri/nguoi/{}", person.id))
                .marked(state.into_iter().collect()),
            Cell::text(person.contact.clone().unwrap_or_default()),
        ]
    };
    Table::new(w, &["full-name", "contact"], "admin-people-none", page.items.iter().map(row).collect())
}

/// Enters a person, and shows their page.
pub(crate) async fn act(Path((office, act)): Path<(OfficeId, String)>, posted: Posted) -> Response<Body> {
    if act != "them-nguoi" {
        return no::nowhere(posted.inside.visit).await;
    }
    let (full_name, contact) = (posted.fields.get("full_name").to_owned(), posted.fields.some("contact"));
    let done = match posted.act(&CreatePerson { office, full_name, contact }).await {
        Ok(person) => return go(&format!("/quan-tri/nguoi/{}?xong=them-nguoi", person.id)),
        Err(fault) => Err(Refusal::from(fault)),
    };
    let back = address("/quan-tri/nguoi", &[("co-quan", &reach::said(&posted.inside, office))]);
    match after(&posted, &act, &back, done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, office, status, &again).await,
    }
}
