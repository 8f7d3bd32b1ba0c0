//! Papers as offices write them, by the thousand and always the same: words are drawn by Zipf's law from lists of office
//! prose, so that few stand nearly everywhere and most are rare, as in real registers.

use serde::Deserialize;

/// The words.
const LISTS: &str = include_str!("../data/prose.toml");

/// A source of papers. The same seed gives the same ones.
pub struct Prose {
    lists: Lists,
    dice: u64,
}

#[derive(Deserialize)]
struct Lists {
    genres: Vec<(String, String)>,
    bodies: Vec<(String, String)>,
    openings: Vec<String>,
    actions: Vec<String>,
    objects: Vec<String>,
    times: Vec<String>,
    tiers: Vec<String>,
    syllables: Vec<String>,
    notes: Vec<String>,
}

/// A paper that was made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeUp {
    /// What it is about.
    pub title: String,
    /// Who wrote it.
    pub body: String,
    /// Its symbol.
    pub symbol: String,
    /// The name of its genre.
    pub genre_name: String,
    /// To whom it goes.
    pub recipients: Vec<String>,
    /// What a clerk noted.
    pub note: String,
    /// On which day of the last five years, counted back from the newest.
    pub days_ago: u32,
}

impl Prose {
    /// A source.
    ///
    /// # Panics
    /// When the lists in the program cannot be read.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { lists: toml::from_str(LISTS).expect("the lists of words"), dice: seed }
    }

    /// The next paper.
    pub fn paper(&mut self) -> MadeUp {
        let genre = self.rank(self.lists.genres.len());
        let body = self.rank(self.lists.bodies.len());
        let ((genre_name, code), (body, sign)) = (self.lists.genres[genre].clone(), self.lists.bodies[body].clone());
        let number = 1 + self.below(3_000);
        let recipients = (0..1 + self.below(3)).map(|_| self.recipient()).collect();
        MadeUp {
            title: self.title(),
            body,
            symbol: format!("{number:02}-{code}/{sign}"),
            genre_name,
            recipients,
            note: self.pick(|lists| &lists.notes),
            days_ago: u32::try_from(self.below(5 * 365)).unwrap_or(0),
        }
    }

    fn title(&mut self) -> String {
        let mut title = vec![self.pick(|lists| &lists.openings), self.pick(|lists| &lists.actions)];
        title.push(self.pick(|lists| &lists.objects));
        if self.below(3) == 0 {
            title.push(format!("gắn với {}", self.pick(|lists| &lists.objects)));
        }
        if self.below(2) == 0 {
            title.push(format!("trên địa bàn {}", self.place()));
        }
        if self.below(2) == 0 {
            title.push(self.pick(|lists| &lists.times));
        }
        if self.below(4) == 0 {
            title.push(format!("theo Công văn số {}-CV/TU", 1 + self.below(4_000)));
        }
        title.join(" ")
    }

    fn recipient(&mut self) -> String {
        if self.below(2) == 0 {
            return format!("Đảng ủy {}", self.place());
        }
        let body = self.rank(self.lists.bodies.len());
        self.lists.bodies[body].0.clone()
    }

    fn place(&mut self) -> String {
        let tier = self.pick(|lists| &lists.tiers);
        let name: Vec<String> = (0..2).map(|_| self.pick(|lists| &lists.syllables)).collect();
        format!("{tier} {}", name.join(" "))
    }

    fn pick(&mut self, list: impl Fn(&Lists) -> &Vec<String>) -> String {
        let place = self.rank(list(&self.lists).len());
        list(&self.lists)[place].clone()
    }

    /// A place of a list by Zipf's law: the second comes up half as often as the first.
    fn rank(&mut self, length: usize) -> usize {
        let sum: f64 = (1..=length).map(|place| 1.0 / place as f64).sum();
        let mut left = sum * (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        for place in 0..length {
            left -= 1.0 / (place + 1) as f64;
            if left <= 0.0 {
                return place;
            }
        }
        length - 1
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    /// Splitmix64.
    fn next(&mut self) -> u64 {
        self.dice = self.dice.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.dice ^ (self.dice >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// What somebody may type who looks for such papers: words of a title side by side, at every third turn without accents
    /// (`fold` takes them away), at every fifth a phrase, at every seventh a symbol.
    pub fn query(&mut self, turn: usize, fold: impl Fn(&str) -> String) -> String {
        let paper = self.paper();
        if turn % 7 == 6 {
            return paper.symbol;
        }
        let words: Vec<&str> = paper.title.split(' ').collect();
        let from = self.below(words.len().saturating_sub(3).max(1));
        let most = 2 + self.below(3);
        let words = words[from..(from + most).min(words.len())].join(" ");
        match (turn % 3, turn % 5) {
            (0, _) => fold(&words),
            (_, 0) => format!("\"{}\"", words.replace('"', "")),
            _ => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_seed_gives_the_same_papers_and_words_follow_zipf() {
        let papers = |seed| {
            let mut prose = Prose::seeded(seed);
            (0..3_000).map(|_| prose.paper()).collect::<Vec<_>>()
        };
        let (one, other) = (papers(1), papers(2));
        assert!(one == papers(1) && one != other);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in one.iter().flat_map(|paper| paper.title.split(' ')) {
            *counts.entry(word).or_default() += 1;
        }
        let mut counts: Vec<usize> = counts.into_values().collect();
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let all: usize = counts.iter().sum();
        let frequent: usize = counts.iter().take(20).sum();
        assert!(frequent * 100 / all > 25 && counts.iter().filter(|count| **count < 10).count() > 50, "{counts:?}");
    }
}
