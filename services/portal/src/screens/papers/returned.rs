//! V10: what came back, from whom and why, with the one act that goes on.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{ListSentBack, SentBack, SentBackHow};
use schema_identity::ListPeople;
use wire::{Cursor, id::PersonId};

use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        timeline::Names,
    },
    page::{Page, Place},
    screens::{incoming::summary, outgoing::drafting::label},
    visit::Inside,
    words::Words,
};

/// How many lines a page shows.
const ROWS: u16 = 25;

/// One that came back.
struct Row {
    path: String,
    title: String,
    source: String,
    chip: Chip,
    from: String,
    at: String,
    reason: String,
    act: String,
}

#[derive(Template)]
#[template(path = "papers/returned.html")]
struct Returned {
    p: Page,
    rows: Part<Vec<Row>>,
    next: Option<String>,
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (visit, w) = (&inside.visit, inside.visit.words);
    let call =
        ListSentBack { office: inside.who.office(), limit: Some(ROWS), cursor: visit.query.some("tiep").map(Cursor) };
    let of_people = ListPeople { office: inside.who.office(), q: None, as_of: None, limit: Some(200), cursor: None };
    let (found, people) = futures_util::join!(
        inside.part(&call),
        OptionFuture::from(inside.who.may("identity.people.read").then(|| inside.part(&of_people))),
    );
    let names = Names::of(people.as_ref().and_then(Part::here));
    let next = found.here().and_then(|page| page.next.clone()).map(|Cursor(next)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", &next).finish();
        format!("/van-ban/bi-tra?{query}")
    });
    let view = Returned {
        p: Page::inside(&inside, &w.t("papers-returned"), Place::Returned),
        rows: found.map(|page| page.items.iter().map(|one| row(one, &names, &inside)).collect()),
        next,
    };
    visit.html(StatusCode::OK, &view)
}

fn row(one: &SentBack, names: &Names, inside: &Inside) -> Row {
    let (w, document) = (inside.visit.words, &one.document);
    let name = |id: Option<PersonId>| id.map(|id| names.get(id).to_owned()).filter(|name| !name.is_empty());
    let person = match (name(one.by), name(one.on_behalf_of)) {
        (Some(by), Some(of)) => Some(w.with("papers-by-for", &[("by", &by), ("of", &of)])),
        (by, _) => by,
    };
    let from = [one.unit_name.clone(), person];
    let (chip, act, anchor) = said(one.how, w);
    Row {
        path: format!("/van-ban/den/{}#{anchor}", document.id),
        title: summary(document, inside),
        source: label(document, inside),
        chip,
        from: from.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        at: format::moment(one.at),
        reason: one.reason.clone().unwrap_or_else(|| w.t("papers-no-reason")),
        act,
    }
}

/// What came back, what goes on, and where on the page of the document that is.
fn said(how: SentBackHow, w: Words) -> (Chip, String, &'static str) {
    match how {
        SentBackHow::Paper => {
            (Chip::new(Tone::Info, "paper", w.t("papers-how-paper")), w.t("papers-act-paper"), "pass-title")
        }
        SentBackHow::Proposal => {
            (Chip::new(Tone::Soon, "up", w.t("papers-how-proposal")), w.t("papers-act-proposal"), "propose-title")
        }
        SentBackHow::Instruction => (
            Chip::new(Tone::Late, "pen", w.t("papers-how-instruction")),
            w.t("papers-act-instruction"),
            "propose-title",
        ),
    }
}
