//! Asking the index for what may be meant: titles in which the words that were typed go on, and papers like one.

use std::collections::BTreeMap;

use anyhow::Result;
use tantivy::{
    Searcher, Term,
    collector::TopDocs,
    query::{BooleanQuery, Occur, RangeQuery},
};
use uuid::Uuid;
use wire::{Day, id::OfficeId};

use super::{
    fields::{UNDATED, day_number},
    held::{Index, ids},
    query::{Asked, any, silent},
};
use crate::domain::{access::Access, likeness::Weights, words::Word};

/// How many words an unfinished one may become.
const ENDINGS: usize = 128;
/// How many nouns are looked at for suggestions.
const LOOKED_AT: usize = 60;
/// How many particular words of a paper are looked for in others.
const PARTICULAR: usize = 12;
/// How many others are compared with it.
const COMPARED: usize = 40;

impl Index {
    /// The nouns that may be read in which words go on, the last one perhaps unfinished.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn going_on(&self, words: &[Word], access: &Access, office: Option<OfficeId>) -> Result<Vec<Uuid>> {
        let Some((last, whole)) = words.split_last() else { return Ok(Vec::new()) };
        let (searcher, fields) = (self.searcher(), self.fields());
        let endings = self.endings(&searcher, &last.folded)?;
        let last = any(endings.iter().map(|word| fields.term(fields.folded, word)).collect());
        let mut parts: Vec<(Occur, Asked)> = vec![(Occur::Must, fields.access(access, None, office))];
        parts.extend(whole.iter().map(|word| (Occur::Must, fields.term(fields.folded, &word.folded))));
        parts.push((Occur::Must, last));
        let found = searcher.search(&BooleanQuery::new(parts), &TopDocs::with_limit(LOOKED_AT).order_by_score())?;
        ids(&searcher, &found.into_iter().map(|(_, place)| place).collect::<Vec<_>>())
    }

    /// The words that begin so, the frequent ones when there are many.
    fn endings(&self, searcher: &Searcher, beginning: &str) -> Result<Vec<String>> {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        let after = format!("{beginning}\u{10FFFF}");
        for segment in searcher.segment_readers() {
            let words = segment.inverted_index(self.fields().folded)?;
            let mut stream = words.terms().range().ge(beginning.as_bytes()).lt(after.as_bytes()).into_stream()?;
            while let Some((word, info)) = stream.next() {
                if let Ok(word) = std::str::from_utf8(word) {
                    *found.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_by_key(|(_, frequent)| std::cmp::Reverse(*frequent));
        Ok(found.into_iter().take(ENDINGS).map(|(word, _)| word).collect())
    }

    /// How particular words are, by how few nouns bear them.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn weights<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Result<Weights> {
        let searcher = self.searcher();
        let field = self.fields().folded;
        let count = |word: &'a str| Ok((word.to_owned(), searcher.doc_freq(&Term::from_field_text(field, word))?));
        Ok(Weights::of(searcher.num_docs(), words.into_iter().map(count).collect::<Result<_>>()?))
    }

    /// The nouns that may be read, of a day before, which share the most particular words; not itself.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn like(&self, weights: &Weights, access: &Access, before: Option<Day>, itself: Uuid) -> Result<Vec<Uuid>> {
        let (searcher, fields) = (self.searcher(), self.fields());
        let words = weights.most_particular(PARTICULAR);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let shared: Vec<(Occur, Asked)> =
            words.iter().map(|word| (Occur::Should, fields.term(fields.folded, word))).collect();
        let least = shared.len().div_ceil(3);
        let latest = std::ops::Bound::Included(before.map_or(UNDATED - 1, day_number));
        let latest = latest.map(|day| Term::from_field_i64(fields.day, day));
        let earlier: Asked = Box::new(RangeQuery::new(std::ops::Bound::Unbounded, latest));
        let parts: Vec<(Occur, Asked)> = vec![
            (Occur::Must, fields.access(access, None, None)),
            (Occur::Must, silent(earlier)),
            (Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(shared, least))),
        ];
        let top = TopDocs::with_limit(COMPARED).order_by_score();
        let found = searcher.search(&BooleanQuery::new(parts), &top)?;
        let mut like = ids(&searcher, &found.into_iter().map(|(_, place)| place).collect::<Vec<_>>())?;
        like.retain(|id| *id != itself);
        Ok(like)
    }
}
