//! Comparing the copies in the book with what their services say now: the first half of a rebuild.

use anyhow::Result;
use schema_documents::{IncomingChanged, OutgoingChanged};
use schema_programme::AssignmentChanged;
use schema_search::SearchKind;
use service::{Beside, Nouns, Read, Write};
use uuid::Uuid;
use wire::Event;

use crate::{
    domain::paper::Noun,
    store::{ledger, papers},
};

/// How many ids of copies are looked through at once.
const HELD: u64 = 1_000;

/// How far the comparison has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Healing {
    /// Which kind, by its place among all.
    kind: usize,
    /// The last noun that was compared.
    after: Option<Uuid>,
}

/// A page of a publisher's nouns.
struct Page {
    nouns: Vec<Noun>,
    offered: bool,
    more: bool,
}

impl Healing {
    /// Compares the next page; gives where to go on, or nothing when everything was compared.
    pub(crate) async fn step(self, beside: &Beside) -> Result<Option<Self>> {
        let Some(kind) = SearchKind::ALL.get(self.kind).copied() else { return Ok(None) };
        // What is told of after this moment is not in the page, and is not given up for that.
        let seen = ledger::read(beside.read()?.db()).await?.change;
        let page = match kind {
            SearchKind::IncomingDocument => {
                page(beside.snapshot(self.after).await?, |event: IncomingChanged| Noun::of_incoming(event.document))
            }
            SearchKind::OutgoingDocument => {
                page(beside.snapshot(self.after).await?, |event: OutgoingChanged| Noun::of_outgoing(event.document))
            }
            SearchKind::Assignment => page(beside.snapshot(self.after).await?, |event: AssignmentChanged| {
                Noun::of_assignment(event.assignment)
            }),
        };
        let last = page.nouns.last().map(|noun| noun.key.id).filter(|_| page.more);
        let gone = if page.offered { self.gone(beside.read()?, kind, &page.nouns, last).await? } else { Vec::new() };
        let nouns = page.nouns;
        beside.write(async |cx: Write| keep(&cx, &nouns, &gone, seen).await).await?;
        Ok(match last {
            Some(last) => Some(Self { after: Some(last), ..self }),
            None => Some(Self { kind: self.kind + 1, after: None }).filter(|next| next.kind < SearchKind::ALL.len()),
        })
    }

    /// The copies between the last page and this one's end that this one does not name.
    async fn gone(&self, cx: Read, kind: SearchKind, named: &[Noun], last: Option<Uuid>) -> Result<Vec<Uuid>> {
        let (mut gone, mut from) = (Vec::new(), self.after);
        loop {
            let held = papers::held(cx.db(), kind, from, HELD).await?;
            let within = |id: &&Uuid| last.is_none_or(|last| **id <= last);
            let unnamed = |id: &&Uuid| named.binary_search_by_key(*id, |noun| noun.key.id).is_err();
            gone.extend(held.iter().filter(within).filter(unnamed));
            match held.last() {
                Some(end) if last.is_none_or(|last| *end < last) => from = Some(*end),
                _ => return Ok(gone),
            }
        }
    }
}

fn page<E: Event>(told: Nouns<E>, noun: impl Fn(E) -> Noun) -> Page {
    let mut nouns: Vec<Noun> = told.nouns.into_iter().map(noun).collect();
    nouns.sort_by_key(|noun| noun.key.id);
    Page { nouns, offered: told.offered, more: told.more }
}

async fn keep(cx: &Write, nouns: &[Noun], gone: &[Uuid], seen: i64) -> Result<()> {
    for noun in nouns {
        papers::keep(cx.tx(), noun, false).await?;
    }
    for id in gone {
        papers::give_up(cx.tx(), *id, seen).await?;
    }
    Ok(())
}
