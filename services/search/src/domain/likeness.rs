//! How alike two titles are: how much of what is particular in one stands in the other.

use std::collections::{BTreeMap, BTreeSet};

use super::words::words;

/// From how many hundredths on an earlier case is called one. Below it nothing is guessed.
pub(crate) const ALIKE: u8 = 45;

/// How particular words are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights(BTreeMap<String, f64>);

impl Weights {
    /// By how many of all nouns bear each word.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a weight needs no more digits than a float has")]
    pub fn of(nouns: u64, counts: Vec<(String, u64)>) -> Self {
        let weight = |count: u64| (1.0 + (nouns as f64 + 0.5) / (count as f64 + 0.5)).ln();
        Self(counts.into_iter().map(|(word, count)| (word, weight(count))).collect())
    }

    /// The most particular words, the most particular one first.
    #[must_use]
    pub fn most_particular(&self, most: usize) -> Vec<&str> {
        let mut words: Vec<(&str, f64)> = self.0.iter().map(|(word, weight)| (word.as_str(), *weight)).collect();
        words.sort_by(|one, other| other.1.total_cmp(&one.1));
        words.into_iter().take(most).map(|(word, _)| word).collect()
    }

    /// How much of these words' weight another title bears, in hundredths. What the other bears beside it counts against
    /// it by half, so that a long list of everything is like nothing.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 100")]
    pub fn alike_percent(&self, other: &str) -> u8 {
        let other = particular_words(other);
        let usual = self.0.values().sum::<f64>() / self.0.len().max(1) as f64;
        let shared: f64 = self.0.iter().filter(|(word, _)| other.contains(*word)).map(|(_, weight)| weight).sum();
        let beside = other.iter().filter(|word| !self.0.contains_key(*word)).count() as f64 * usual;
        let all = self.0.values().sum::<f64>() + beside / 2.0;
        if all > 0.0 { (100.0 * shared / all).round().clamp(0.0, 100.0) as u8 } else { 0 }
    }
}

/// The folded words of a title, without those that stand in every title.
#[must_use]
pub(crate) fn particular_words(title: &str) -> BTreeSet<String> {
    let folded = words(title).into_iter().map(|word| word.folded);
    folded.filter(|word| !EVERYWHERE.contains(&word.as_str()) && word.len() > 1).collect()
}

/// Words that say nothing of what a paper is about.
const EVERYWHERE: [&str; 14] =
    ["ve", "viec", "va", "cua", "cho", "cac", "tai", "theo", "tren", "trong", "den", "voi", "vv", "de"];

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(title: &str, other: &str) -> u8 {
        let counts = particular_words(title).into_iter().map(|word| (word, 10)).collect();
        Weights::of(1_000, counts).alike_percent(other)
    }

    #[test]
    fn what_is_alike_is_told_from_what_is_not() {
        let title = "V/v giải phóng mặt bằng dự án đường ven sông Mã";
        assert_eq!(alike(title, "Về việc giải phóng mặt bằng dự án đường ven sông Mã"), 100);
        assert!(alike(title, "Báo cáo giải phóng mặt bằng đường ven sông Mã") >= ALIKE);
        assert!(alike(title, "Kế hoạch tổ chức Tết Trung thu cho thiếu nhi") < ALIKE);
        assert!(alike(title, "Về việc của các") == 0 && alike("", title) == 0);
    }

    #[test]
    fn rare_words_weigh_more() {
        let weights = Weights::of(1_000, vec![("bao".into(), 900), ("ma".into(), 3)]);
        assert_eq!(weights.most_particular(1), ["ma"]);
        assert!(weights.alike_percent("sông Mã") > weights.alike_percent("báo cáo"));
    }
}
