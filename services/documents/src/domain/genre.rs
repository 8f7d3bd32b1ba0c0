//! The genres of Party documents, as data with instrument and validity (Quy định 399-QĐ/TW; codes by 36-HD/VPTW).

use std::sync::LazyLock;

use schema_documents::{Genre, Refusal};
use serde::Deserialize;
use wire::Day;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    genre: Vec<Genre>,
}

const FILE: &str = include_str!("../../data/genres.toml");

/// A test keeps the file readable; were it not, no genre would be known.
static GENRES: LazyLock<Vec<Genre>> = LazyLock::new(|| parse().unwrap_or_default());

fn parse() -> Result<Vec<Genre>, toml::de::Error> {
    toml::from_str(FILE).map(|File { genre }| genre)
}

/// The genres in force on a day, in the order of the instrument.
pub(crate) fn in_force(day: Day) -> impl Iterator<Item = &'static Genre> {
    GENRES.iter().filter(move |genre| genre.valid_from <= day && genre.valid_to.is_none_or(|to| day < to))
}

/// The genre of this key on a day.
pub(crate) fn of(key: &str, day: Day) -> Result<&'static Genre, Refusal> {
    let unknown = || Refusal::GenreUnknown { genre: key.to_owned(), day };
    in_force(day).find(|genre| genre.key == key).ok_or_else(unknown)
}

/// The code of a genre in a symbol.
pub(crate) fn code_of(genre: &Genre) -> Result<&str, Refusal> {
    genre.code.as_deref().ok_or_else(|| Refusal::GenreUncoded { genre: genre.key.clone() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_file_is_readable_and_consistent() {
        let genres = parse().unwrap();
        assert_eq!(genres.iter().filter(|genre| genre.administrative).count(), 8);
        assert_eq!(genres.len(), 25 + 8 + 1);
        let keys: BTreeSet<_> = genres.iter().map(|genre| (&genre.key, genre.valid_from)).collect();
        assert_eq!(keys.len(), genres.len(), "a key stands twice");
        for genre in &genres {
            assert!(genre.valid_to.is_none_or(|to| genre.valid_from < to), "{genre:?}");
            if let Some(code) = &genre.code {
                assert!(text::symbol::party_symbol(1, code, "TU").is_ok(), "{genre:?}");
            }
        }
    }

    #[test]
    fn a_code_does_not_tell_the_genre() {
        let on = day("2026-11-20");
        let (decision, regulation) = (of("decision", on).unwrap(), of("regulation", on).unwrap());
        assert_eq!(decision.code, regulation.code);
        assert_ne!(decision.name, regulation.name);
    }

    #[test]
    fn the_day_of_the_act_and_the_code_decide() {
        assert_eq!(
            of("notice", day("2026-01-08")).unwrap_err(),
            Refusal::GenreUnknown { genre: "notice".into(), day: day("2026-01-08") }
        );
        let charter = of("party_charter", day("2026-01-09")).unwrap();
        assert_eq!(code_of(charter), Err(Refusal::GenreUncoded { genre: "party_charter".into() }));
    }
}
