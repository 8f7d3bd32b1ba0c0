//! What is asked of the index. The access filter is a clause of every query, so that nothing is counted, suggested or
//! compared that the caller may not read.

use std::ops::Bound;

use schema_search::SearchKind;
use tantivy::{
    Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
        RangeQuery, TermQuery, TermSetQuery,
    },
    schema::{Field, IndexRecordOption},
};
use uuid::Uuid;
use wire::{Day, id::OfficeId};

use super::fields::{Fields, UNDATED, access_word, day_number};
use crate::domain::{
    access::Access,
    wanted::{Clause, Wanted},
    words::Word,
};

/// A query in a box, as the index takes it.
pub(crate) type Asked = Box<dyn Query>;
type Parts = Vec<(Occur, Asked)>;

/// What the accents of a word count beside its letters.
const EXACT: f32 = 1.5;
/// What it counts that words stand side by side.
const NEAR: f32 = 2.0;
/// What it counts that a noun is of the caller's own office: more than any number of words.
const OWN: f32 = 1_000.0;
/// From how many offices on they are looked up as a set.
const SET: usize = 16;
/// From how many letters on a word may be one letter off.
const FUZZY: usize = 5;

/// How exactly the words must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closeness {
    /// All of them, as they were typed.
    Whole,
    /// Most of them, a letter more or less.
    Nearest,
}

impl Fields {
    /// What was wanted, within what may be read; of one kind or of all.
    pub(crate) fn wanted(&self, wanted: &Wanted, access: &Access, kind: Option<SearchKind>, how: Closeness) -> Asked {
        let mut parts: Parts = vec![(Occur::Must, self.access(access, kind, wanted.office))];
        match how {
            Closeness::Whole => self.whole(wanted, &mut parts),
            Closeness::Nearest => parts.push((Occur::Must, self.nearest(&wanted.clauses))),
        }
        parts.extend(wanted.without.iter().map(|word| (Occur::MustNot, self.term(self.folded, &word.folded))));
        parts.extend(wanted.body.iter().map(|word| (Occur::Must, self.term(self.body, &word.folded))));
        parts.extend(wanted.symbol.iter().map(|key| (Occur::Must, silent(self.term(self.symbol, key)))));
        parts.extend(wanted.genre.iter().map(|genre| (Occur::Must, silent(self.term(self.genre, genre)))));
        if wanted.from.is_some() || wanted.to.is_some() {
            parts.push((Occur::Must, silent(self.days(wanted.from, wanted.to))));
        }
        if !wanted.latest {
            let own = access.own.iter().map(|office| self.term(self.office, &Uuid::from(*office).simple().to_string()));
            parts
                .extend(own.map(|own| -> (Occur, Asked) { (Occur::Should, Box::new(ConstScoreQuery::new(own, OWN))) }));
        }
        Box::new(BooleanQuery::new(parts))
    }

    fn whole(&self, wanted: &Wanted, parts: &mut Parts) {
        let mut run: Vec<&Word> = Vec::new();
        for clause in &wanted.clauses {
            match clause {
                Clause::Word(word, meant) => {
                    run.push(word);
                    parts.push((Occur::Must, self.word(word, meant.as_deref())));
                    if word.accented {
                        let exact = self.term(self.exact, &word.exact);
                        parts.push((Occur::Should, Box::new(BoostQuery::new(exact, EXACT))));
                    }
                }
                Clause::Phrase(words) => parts.push((Occur::Must, self.phrase(words, 0))),
                Clause::Symbol(key, words) => parts.push((Occur::Must, self.symbol(key, words))),
            }
        }
        if run.len() > 1 {
            let run = run.iter().map(|word| Term::from_field_text(self.folded, &word.folded));
            let mut near = PhraseQuery::new(run.collect());
            near.set_slop(2);
            parts.push((Occur::Should, Box::new(BoostQuery::new(Box::new(near), NEAR))));
        }
    }

    /// Most of the words: two of three, and each may be one letter off. A symbol counts as a word.
    fn nearest(&self, clauses: &[Clause]) -> Asked {
        let mut parts: Parts = Vec::new();
        for clause in clauses {
            match clause {
                Clause::Word(word, meant) => parts.push((Occur::Should, self.near(word, meant.as_deref()))),
                Clause::Phrase(words) => parts.extend(words.iter().map(|word| (Occur::Should, self.near(word, None)))),
                Clause::Symbol(key, words) => parts.push((Occur::Should, self.symbol(key, words))),
            }
        }
        if parts.is_empty() {
            return Box::new(AllQuery);
        }
        let least = (parts.len() * 2).div_ceil(3);
        Box::new(BooleanQuery::with_minimum_required_clauses(parts, least))
    }

    fn near(&self, word: &Word, meant: Option<&str>) -> Asked {
        let mut ways = vec![self.word(word, meant)];
        if word.folded.len() >= FUZZY {
            let term = Term::from_field_text(self.folded, &word.folded);
            let fuzzy: Asked = Box::new(FuzzyTermQuery::new(term, 1, true));
            ways.push(Box::new(BoostQuery::new(fuzzy, 0.5)));
        }
        any(ways)
    }

    fn word(&self, word: &Word, meant: Option<&str>) -> Asked {
        let folded = self.term(self.folded, &word.folded);
        match meant {
            None => folded,
            Some(meant) => any(vec![folded, self.term(self.folded, meant)]),
        }
    }

    fn symbol(&self, key: &str, words: &[Word]) -> Asked {
        let mut ways = vec![self.term(self.symbol, key)];
        if words.len() > 1 {
            ways.push(self.side_by_side(self.folded, words.iter().map(|word| word.folded.as_str()), 0));
        } else {
            ways.extend(words.iter().map(|word| self.term(self.folded, &word.folded)));
        }
        any(ways)
    }

    fn phrase(&self, words: &[Word], slop: u32) -> Asked {
        if words.iter().any(|word| word.accented) {
            self.side_by_side(self.exact, words.iter().map(|word| word.exact.as_str()), slop)
        } else {
            self.side_by_side(self.folded, words.iter().map(|word| word.folded.as_str()), slop)
        }
    }

    fn side_by_side<'a>(&self, field: Field, words: impl Iterator<Item = &'a str>, slop: u32) -> Asked {
        let mut phrase = PhraseQuery::new(words.map(|word| Term::from_field_text(field, word)).collect());
        phrase.set_slop(slop);
        Box::new(phrase)
    }

    /// Only what may be read.
    pub(crate) fn access(&self, access: &Access, kind: Option<SearchKind>, office: Option<OfficeId>) -> Asked {
        let kinds = SearchKind::ALL.into_iter().filter(|of| kind.is_none_or(|kind| kind == *of));
        let words: Vec<String> = kinds
            .flat_map(|kind| access.offices(kind, office).into_iter().map(move |office| access_word(kind, office)))
            .collect();
        if words.len() > SET {
            let terms = words.iter().map(|word| Term::from_field_text(self.access, word));
            return silent(Box::new(TermSetQuery::new(terms)));
        }
        silent(any(words.iter().map(|word| self.term(self.access, word)).collect()))
    }

    /// Only of some days, both ends included. What bears no day is of none.
    pub(crate) fn days(&self, from: Option<Day>, to: Option<Day>) -> Asked {
        let bound = |day: Day| Bound::Included(Term::from_field_i64(self.day, day_number(day)));
        let undated = Bound::Excluded(Term::from_field_i64(self.day, UNDATED));
        Box::new(RangeQuery::new(from.map_or(Bound::Unbounded, bound), to.map_or(undated, bound)))
    }

    /// One word of a field.
    pub(crate) fn term(&self, field: Field, word: &str) -> Asked {
        let record = if field == self.folded || field == self.exact {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        Box::new(TermQuery::new(Term::from_field_text(field, word), record))
    }
}

/// Any of these; nothing at all when there are none.
pub(crate) fn any(mut ways: Vec<Asked>) -> Asked {
    match (ways.pop(), ways.is_empty()) {
        (None, _) => Box::new(EmptyQuery),
        (Some(only), true) => only,
        (Some(last), false) => {
            ways.push(last);
            Box::new(BooleanQuery::union(ways))
        }
    }
}

/// A filter: it lets through and counts nothing.
pub(crate) fn silent(filter: Asked) -> Asked {
    Box::new(ConstScoreQuery::new(filter, 0.0))
}
