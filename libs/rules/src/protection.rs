//! How long state secrets are protected (thời hạn bảo vệ bí mật nhà nước; `data/protection.toml`), chosen by the day on which the
//! level is set.

use std::sync::LazyLock;

use serde::Deserialize;
use wire::{Day, Secrecy};

use crate::{counting, mark::Mark, validity::holds};

/// The terms of one law.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protecting {
    /// The law.
    pub instrument: String,
    valid_from: Day,
    valid_to: Option<Day>,
    /// How sure we are.
    pub mark: Mark,
    secret: u32,
    highly_secret: u32,
    top_secret: u32,
}

/// When an extension is decided at the latest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extending {
    /// So many days before the end.
    pub days: u16,
    /// The law.
    pub instrument: String,
    /// How sure we are.
    pub mark: Mark,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    term: Vec<Protecting>,
    extension: Extending,
}

/// A test keeps the file readable; were it not, no term would be known.
static FILE: LazyLock<Option<File>> = LazyLock::new(|| parse().ok());

fn parse() -> Result<File, toml::de::Error> {
    toml::from_str(include_str!("../data/protection.toml"))
}

/// The law of a day on which a level is set.
#[must_use]
pub fn in_force(day: Day) -> Option<&'static Protecting> {
    FILE.as_ref()?.term.iter().find(|term| holds(term.valid_from, term.valid_to, day))
}

/// When an extension is decided at the latest.
#[must_use]
pub fn extending() -> Option<&'static Extending> {
    FILE.as_ref().map(|file| &file.extension)
}

impl Protecting {
    /// The last day of the protection that begins on `from`; of an extension, that of the term before it.
    #[must_use]
    pub fn until(&self, secrecy: Secrecy, from: Day) -> Option<Day> {
        let years = match secrecy {
            Secrecy::Open => return None,
            Secrecy::Secret => self.secret,
            Secrecy::HighlySecret => self.highly_secret,
            Secrecy::TopSecret => self.top_secret,
        };
        counting::add_months(from, years * 12).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validity::{is_forward, overlap};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn one_law_holds_on_each_day_and_its_terms_grow_with_the_level() {
        let terms = parse().unwrap().term;
        for (at, one) in terms.iter().enumerate() {
            assert!(is_forward(one.valid_from, one.valid_to));
            assert!(one.secret < one.highly_secret && one.highly_secret < one.top_secret);
            let spans =
                |other: &Protecting| overlap((one.valid_from, one.valid_to), (other.valid_from, other.valid_to));
            assert!(!terms[at + 1..].iter().any(spans), "{one:?}");
        }
        assert!(in_force(day("2020-06-30")).is_none());
        let law = in_force(day("2026-03-01")).unwrap();
        assert_eq!(law.instrument, "117/2025/QH15");
        let ends = |secrecy| law.until(secrecy, day("2028-02-29")).map(|end| end.to_string());
        assert_eq!(ends(Secrecy::Secret).as_deref(), Some("2038-02-28"));
        assert_eq!(ends(Secrecy::TopSecret).as_deref(), Some("2058-02-28"));
        assert_eq!(ends(Secrecy::Open), None);
        assert_eq!(extending().map(|rule| (rule.days, rule.mark.is_verified())), Some((60, false)));
    }
}
