//! What is highlighted in a text: the words that were looked for, as ranges of characters.

use std::collections::BTreeSet;

use schema_search::{SearchMark, SearchText};

use super::{
    abbreviations,
    wanted::{Clause, Wanted},
    words::{Word, words},
};

/// What to highlight.
#[derive(Clone, Debug, Default)]
pub(crate) struct LookedFor {
    /// Folded words.
    words: BTreeSet<String>,
    /// Words that count only side by side: what a short name stands for.
    runs: Vec<&'static [&'static str]>,
}

impl From<BTreeSet<String>> for LookedFor {
    fn from(words: BTreeSet<String>) -> Self {
        Self { words, runs: Vec::new() }
    }
}

impl LookedFor {
    /// Whether a word of a text shines, and how many after it do with it.
    fn shines(&self, rest: &[Word]) -> usize {
        let runs =
            |run: &[&str]| rest.len() >= run.len() && run.iter().zip(rest).all(|(run, word)| *run == word.folded);
        let run = self.runs.iter().find(|run| runs(run)).map_or(0, |run| run.len());
        let one = rest.first().is_some_and(|word| self.words.contains(&word.folded));
        run.max(usize::from(one))
    }
}

/// What to highlight of what is wanted; a short name lets its long one shine too, and the other way round.
#[must_use]
pub(crate) fn looked_for(wanted: &Wanted) -> LookedFor {
    let mut all = LookedFor::default();
    let mut run: Vec<&str> = Vec::new();
    for clause in &wanted.clauses {
        match clause {
            Clause::Word(word, meant) => {
                all.words.extend(meant.clone());
                run.push(&word.folded);
            }
            Clause::Phrase(words) | Clause::Symbol(_, words) => {
                run.extend(words.iter().map(|word| word.folded.as_str()))
            }
        }
    }
    run.extend(wanted.body.iter().map(|word| word.folded.as_str()));
    for (at, word) in run.iter().enumerate() {
        all.words.insert((*word).to_owned());
        all.runs.extend(abbreviations::stands_for(word));
        let rest = run.iter().skip(at).copied();
        all.words.extend(abbreviations::short_for(rest).map(str::to_owned));
    }
    all
}

/// A text with its marks. Words that are found side by side are marked as one.
#[must_use]
pub(crate) fn marked(text: &str, looked_for: &LookedFor) -> SearchText {
    let found = words(text);
    let mut marks: Vec<SearchMark> = Vec::new();
    let (mut before, mut shining) = (false, 0_usize);
    for (at, word) in found.iter().enumerate() {
        shining = shining.max(looked_for.shines(found.get(at..).unwrap_or_default()));
        let shines = shining > 0;
        if shines {
            let SearchMark { from, to } = place(text, word);
            match marks.last_mut().filter(|_| before) {
                Some(last) => last.to = to,
                None => marks.push(SearchMark { from, to }),
            }
        }
        before = shines;
        shining = shining.saturating_sub(1);
    }
    SearchText { text: text.to_owned(), marks }
}

fn place(text: &str, word: &Word) -> SearchMark {
    let characters = |bytes: usize| {
        let count = text.get(..bytes).map_or(0, |before| before.chars().count());
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    SearchMark { from: characters(word.from), to: characters(word.to) }
}

#[cfg(test)]
mod tests {
    use schema_search::Search;

    use super::*;

    fn shining(q: &str, text: &str) -> Vec<String> {
        let wanted = Wanted::read(Search { q: Some(q.into()), ..Search::default() }).unwrap();
        let marked = marked(text, &looked_for(&wanted));
        let characters: Vec<char> = text.chars().collect();
        let mark = |mark: SearchMark| characters[mark.from as usize..mark.to as usize].iter().collect();
        marked.marks.into_iter().map(mark).collect()
    }

    #[test]
    fn what_was_looked_for_shines() {
        let text = "V/v Ủy ban nhân dân xã báo cáo Tỉnh uỷ";
        assert_eq!(shining("uy ban", text), ["Ủy ban", "uỷ"]);
        assert_eq!(shining("UBND bao", text), ["Ủy ban nhân dân", "báo"]);
        assert_eq!(shining("ủy ban nhân dân", "UBND xã Ngọc Sơn"), ["UBND"]);
        assert_eq!(shining("baos", text), ["báo"]);
        assert_eq!(shining("kế hoạch", text), Vec::<String>::new());
    }

    #[test]
    fn marks_of_neighbours_are_one_and_in_order() {
        let wanted = Wanted::read(Search { q: Some("b a".into()), ..Search::default() }).unwrap();
        let marks = marked("a b – c a", &looked_for(&wanted)).marks;
        assert_eq!(marks, [SearchMark { from: 0, to: 3 }, SearchMark { from: 8, to: 9 }]);
    }
}
