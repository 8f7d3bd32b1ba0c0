//! Searching, suggesting, and earlier cases. What is shown comes from the book at that moment: the index only says where.

use std::sync::Arc;

use schema_search::{
    EarlierCase, EarlierCases, EarlierCasesFound, Refusal, Search, SearchFound, SearchHit, SearchText, Suggest,
    Suggestions,
};
use service::{Read, Result};
use uuid::Uuid;

use crate::{
    domain::{
        access::Access,
        likeness::{ALIKE, particular_words},
        marks::{self, LookedFor},
        paper::{Noun, Paper},
        suggesting,
        wanted::{LONGEST_FIELD, Wanted, cursor, short},
        words::words,
    },
    following::blocking,
    index::{held::Index, shelf::Shelf},
    store::{ledger, papers},
};

/// How many earlier cases are given.
const CASES: usize = 5;

/// Looks for nouns.
pub(crate) async fn search(cx: Read, call: Search, shelf: Shelf) -> Result<SearchFound> {
    let wanted = Arc::new(Wanted::read(call)?);
    let access = Arc::new(access(&cx)?);
    let index = serving(&shelf)?;
    let behind = ledger::read(cx.db()).await?.change > index.stand().change;
    let (asked, may) = (Arc::clone(&wanted), Arc::clone(&access));
    let mut page = blocking(move || index.find(&asked, &may)).await?;
    let more = page.ids.len() > wanted.limit;
    page.ids.truncate(wanted.limit);
    let looked_for = marks::looked_for(&wanted);
    let nouns = readable(&cx, &access, &page.ids).await?;
    let items = nouns.into_iter().map(|noun| hit(noun, &looked_for)).collect();
    let next = if more { cursor(wanted.skip + wanted.limit) } else { None };
    Ok(SearchFound { items, next, counts: page.counts, nearest: page.nearest, behind })
}

/// How what was typed may go on.
pub(crate) async fn suggest(cx: Read, call: Suggest, shelf: Shelf) -> Result<Suggestions> {
    short("q", Some(&call.q), LONGEST_FIELD)?;
    let access = Arc::new(access(&cx)?);
    let typed = words(&text::nfc(&call.q));
    if typed.is_empty() {
        return Ok(Suggestions { items: Vec::new() });
    }
    let index = serving(&shelf)?;
    let (asked, may) = (typed.clone(), Arc::clone(&access));
    let ids = blocking(move || index.going_on(&asked, &may, call.office)).await?;
    let nouns = readable(&cx, &access, &ids).await?;
    let papers = nouns.iter().map(|(_, paper)| paper);
    let texts = papers.flat_map(|paper| [&paper.title, &paper.body].into_iter().filter_map(|text| text.as_deref()));
    Ok(Suggestions { items: suggesting::going_on(&typed, texts) })
}

/// The nearest earlier cases of a noun.
pub(crate) async fn earlier_cases(cx: Read, call: EarlierCases, shelf: Shelf) -> Result<EarlierCasesFound> {
    let access = Arc::new(access(&cx)?);
    let found = readable(&cx, &access, &[call.id]).await?.into_iter().find(|(noun, _)| noun.key.kind == call.kind);
    let (_, paper) = found.ok_or(Refusal::NounMissing)?;
    let title = particular_words(paper.title.as_deref().unwrap_or_default());
    if title.is_empty() {
        return Ok(EarlierCasesFound { items: Vec::new() });
    }
    let index = serving(&shelf)?;
    let shown = LookedFor::from(title.clone());
    let (may, shared, day) = (Arc::clone(&access), title, paper.day);
    let (weights, ids) = blocking(move || {
        let weights = index.weights(shared.iter().map(String::as_str))?;
        let ids = index.like(&weights, &may, day, call.id)?;
        Ok((weights, ids))
    })
    .await?;
    let alike = |(noun, paper): (Noun, Paper)| {
        let alike_percent = weights.alike_percent(paper.title.as_deref().unwrap_or_default());
        EarlierCase { hit: hit((noun, paper), &shown), alike_percent }
    };
    let mut items: Vec<EarlierCase> = readable(&cx, &access, &ids).await?.into_iter().map(alike).collect();
    items.retain(|case| case.alike_percent >= ALIKE);
    items.sort_by_key(|case| std::cmp::Reverse((case.alike_percent, case.hit.day)));
    items.truncate(CASES);
    Ok(EarlierCasesFound { items })
}

/// What the caller may find.
fn access(cx: &Read) -> Result<Access> {
    Ok(Access::of(cx.caller(), Some(cx.authority()?))?)
}

fn serving(shelf: &Shelf) -> Result<Arc<Index>> {
    Ok(shelf.serving().ok_or(Refusal::NotReady)?)
}

/// Nouns by id, in this order, as the book has them now. One that was masked, voided or moved out of sight since the index
/// was asked is left out.
async fn readable(cx: &Read, access: &Access, ids: &[Uuid]) -> Result<Vec<(Noun, Paper)>> {
    let mut nouns = papers::by_ids(cx.db(), cx.scope(), ids).await?;
    let seen = |id: &Uuid| {
        let mut noun = nouns.remove(id)?;
        let paper = noun.paper.take()?;
        access.allows(noun.key.kind, noun.key.office).then_some((noun, paper))
    };
    Ok(ids.iter().filter_map(seen).collect())
}

fn hit((noun, paper): (Noun, Paper), looked_for: &LookedFor) -> SearchHit {
    let marked = |text: Option<String>| -> Option<SearchText> { text.map(|text| marks::marked(&text, looked_for)) };
    SearchHit {
        kind: noun.key.kind,
        id: noun.key.id,
        office: noun.key.office,
        title: marked(paper.title),
        symbol: marked(paper.symbol),
        body: marked(paper.body),
        genre_name: paper.genre_name,
        number: paper.number,
        day: paper.day,
    }
}
