//! The rules of form as dated data (`data/form_rules.toml`): what gives them, how grave they are, what is said.

use std::sync::LazyLock;

use schema_documents::{DraftFinding, FindingSeverity, GenreMark};
use serde::Deserialize;
use wire::Day;

use super::{Found, place};

const FILE: &str = include_str!("../../../data/form_rules.toml");

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    basis: Vec<Basis>,
    rule: Vec<Rule>,
    pub(super) part: Vec<Part>,
    pub(super) issuer: Vec<Issuer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Basis {
    key: String,
    instrument: String,
    from: Day,
    to: Option<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    key: String,
    basis: String,
    severity: FindingSeverity,
    mark: GenreMark,
    vi: String,
    en: String,
}

/// Something of which texts of some genres are expected to speak.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    pub(super) genres: Vec<String>,
    pub(super) vi: String,
    pub(super) en: String,
    /// Words of which one stands in the text, folded.
    pub(super) words: Vec<String>,
}

/// A body and the genres it does not issue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Issuer {
    pub(super) name: String,
    pub(super) codes: Vec<String>,
    /// Words of its line of authority, folded.
    pub(super) signs: Vec<String>,
    pub(super) may_not: Vec<String>,
}

/// A test keeps the file readable; were it not, nothing would be found.
static RULES: LazyLock<Rules> = LazyLock::new(|| parse().unwrap_or_default());

fn parse() -> Result<Rules, toml::de::Error> {
    toml::from_str(FILE)
}

/// The rules.
pub(super) fn all() -> &'static Rules {
    &RULES
}

/// What is told of something found; nothing when no rule of the day says it.
pub(super) fn told(found: &Found, text: &str, day: Day) -> Option<DraftFinding> {
    let rule = RULES.rule.iter().find(|rule| rule.key == found.rule)?;
    let holds = |basis: &&Basis| basis.key == rule.basis && basis.from <= day && basis.to.is_none_or(|to| day < to);
    let basis = RULES.basis.iter().find(holds)?;
    let fill = |words: &str, lang: &str| {
        found.values.iter().fold(words.to_owned(), |words, (name, value)| {
            // A value that differs by language is named with it.
            let name = name.strip_suffix(lang).unwrap_or(name);
            words.replace(&format!("{{{name}}}"), value)
        })
    };
    Some(DraftFinding {
        rule: rule.key.clone(),
        severity: rule.severity,
        place: place(found.at, text),
        vi: capital(&fill(&rule.vi, "_vi")),
        en: capital(&fill(&rule.en, "_en")),
        instrument: basis.instrument.clone(),
        mark: rule.mark,
    })
}

/// The first letter in capitals: a sentence may begin with what was found.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_is_readable_and_what_is_not_verified_is_a_hint() {
        let rules = parse().unwrap();
        let keys: BTreeSet<_> = rules.rule.iter().map(|rule| &rule.key).collect();
        assert_eq!(keys.len(), rules.rule.len(), "a key stands twice");
        for rule in &rules.rule {
            assert!(rules.basis.iter().any(|basis| basis.key == rule.basis), "{rule:?}");
            assert!(rule.mark == GenreMark::Verified || rule.severity == FindingSeverity::Hint, "{rule:?}");
        }
        for basis in &rules.basis {
            assert!(basis.to.is_none_or(|to| basis.from < to), "{basis:?}");
            let after = |other: &&Basis| other.key == basis.key && other.from >= basis.from;
            let next = rules.basis.iter().filter(after).nth(1).map(|next| next.from);
            assert_eq!(basis.to, next, "{basis:?}");
        }
        let known = |genre: &String| crate::domain::genre::of(genre, "2026-11-20".parse().unwrap()).is_ok();
        assert!(rules.part.iter().flat_map(|part| &part.genres).all(known));
        assert!(rules.issuer.iter().flat_map(|issuer| &issuer.may_not).all(known));
        let words =
            rules.part.iter().flat_map(|part| &part.words).chain(rules.issuer.iter().flat_map(|one| &one.signs));
        for word in words {
            assert_eq!(&text::fold(word), word);
        }
    }
}
