//! V6 and L3: what waits for an instruction, and handwriting that nobody has confirmed yet.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::{OptionFuture, join_all};
use schema_documents::{
    GetIncoming, IncomingDocument, IncomingProposal, Instruction, ListUnconfirmedInstructions, ListWaitingProposals,
};
use wire::id::IncomingId;

use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        wording,
    },
    page::{Page, Place},
    screens::{incoming::summary, outgoing::drafting::label, work::Case},
    visit::Inside,
};

/// How many of each are shown: each is a document to be asked for.
const ROWS: u16 = 25;

#[derive(Template)]
#[template(path = "deciding/pending.html")]
struct Pending {
    p: Page,
    /// For those who instruct.
    waiting: Option<Part<Vec<Case>>>,
    /// For those who decide upon documents.
    unconfirmed: Option<Part<Vec<Case>>>,
}

/// Both lists, the oldest first.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (who, office, w) = (&inside.who, inside.who.office(), inside.visit.words);
    let of_waiting = ListWaitingProposals { office, limit: Some(ROWS), cursor: None };
    let of_unconfirmed = ListUnconfirmedInstructions { office, limit: Some(ROWS), cursor: None };
    let (instructs, decides) = (who.may("documents.incoming.instruct"), who.may("documents.incoming.dispose"));
    let (waiting, unconfirmed) = futures_util::join!(
        OptionFuture::from(instructs.then(|| inside.part(&of_waiting))),
        OptionFuture::from(decides.then(|| inside.part(&of_unconfirmed))),
    );
    let proposed = waiting.as_ref().and_then(Part::here).into_iter().flat_map(|page| &page.items);
    let written = unconfirmed.as_ref().and_then(Part::here).into_iter().flat_map(|page| &page.items);
    let papers = papers(&inside, proposed.map(|one| one.document).chain(written.map(|one| one.document))).await;
    let of_proposal = |one: &IncomingProposal| {
        let asked = Chip::new(Tone::Info, "up", format::short_day(one.at.day(), inside.visit.today()));
        case(one.document, &papers, vec![asked], &inside)
    };
    let of_instruction = |one: &Instruction| {
        let owed = Chip::new(Tone::Soon, "waiting", w.t("outgoing-unconfirmed"));
        case(one.document, &papers, vec![owed], &inside)
    };
    let view = Pending {
        p: Page::inside(&inside, &w.t("outgoing-pending"), Place::Pending),
        waiting: waiting.map(|part| part.map(|page| page.items.iter().map(of_proposal).collect())),
        unconfirmed: unconfirmed.map(|part| part.map(|page| page.items.iter().map(of_instruction).collect())),
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// The documents of both lists, each asked for once.
async fn papers(inside: &Inside, ids: impl Iterator<Item = IncomingId>) -> BTreeMap<IncomingId, IncomingDocument> {
    let mut ids: Vec<IncomingId> = ids.collect();
    ids.sort();
    ids.dedup();
    let calls: Vec<GetIncoming> = ids.into_iter().map(|id| GetIncoming { id }).collect();
    let found = join_all(calls.iter().map(|call| inside.part(call))).await;
    found.iter().filter_map(Part::here).map(|paper| (paper.id, paper.clone())).collect()
}

/// A document as a line; one that did not come in time is named as such and can be opened.
fn case(
    id: IncomingId,
    papers: &BTreeMap<IncomingId, IncomingDocument>,
    mut chips: Vec<Chip>,
    inside: &Inside,
) -> Case {
    let w = inside.visit.words;
    let path = format!("/van-ban/den/{id}");
    let Some(paper) = papers.get(&id) else {
        return Case { path, title: w.t("kind-incoming"), source: String::new(), chips, waiting: None };
    };
    chips.extend(wording::urgency(paper.urgency, w));
    Case { path, title: summary(paper, inside), source: label(paper, inside), chips, waiting: None }
}
