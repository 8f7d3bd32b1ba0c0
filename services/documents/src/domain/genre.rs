//! The genres of Party documents, as data with instrument and validity (Quy định 66-QĐ/TW, then 399-QĐ/TW; codes by
//! 36-HD/VPTW).

use std::sync::LazyLock;

use schema_documents::{Genre, Refusal};
use serde::Deserialize;
use wire::{Day, Fault};

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

/// The genre of this key on a day; who refuses names the instrument of that day.
pub(crate) fn of(key: &str, day: Day) -> Result<&'static Genre, Fault> {
    in_force(day).find(|genre| genre.key == key).ok_or_else(|| {
        let instrument = in_force(day).next().map(|genre| format!("Quy định {}", genre.instrument));
        Fault { instrument, ..Refusal::GenreUnknown { genre: key.to_owned(), day }.into() }
    })
}

/// The genres that bear a code on a day, by key: one code has one series.
pub(crate) fn sharing(code: &str, day: Day) -> Vec<String> {
    let mut keys: Vec<String> =
        in_force(day).filter(|genre| genre.code.as_deref() == Some(code)).map(|genre| genre.key.clone()).collect();
    keys.sort();
    keys
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
        let now: Vec<_> = genres.iter().filter(|genre| genre.instrument == "399-QĐ/TW").collect();
        assert_eq!(now.iter().filter(|genre| genre.administrative).count(), 8);
        assert_eq!(now.len(), 25 + 8 + 1);
        assert_eq!(genres.len(), now.len() + 19);
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

    /// The day, the key, and the code and instrument, or of the refusal the instrument alone.
    #[test]
    fn the_day_of_the_act_decides() {
        let (old, new) = ("66-QĐ/TW", "399-QĐ/TW");
        let table = [
            ("2017-02-05", "notice", None, None),
            ("2017-02-06", "notice", Some("TB"), Some(old)),
            ("2019-02-18", "regulation", Some("QĐ"), Some(old)),
            ("2025-11-23", "conclusion", Some("KL"), Some(old)),
            ("2026-01-08", "official_letter", Some("CV"), Some(old)),
            ("2026-01-08", "invitation", None, Some("Quy định 66-QĐ/TW")),
            ("2026-01-09", "official_letter", Some("CV"), Some(new)),
            ("2026-01-09", "invitation", Some("GM"), Some(new)),
            ("2026-11-20", "novel", None, Some("Quy định 399-QĐ/TW")),
        ];
        for (on, key, code, instrument) in table {
            let told = match of(key, day(on)) {
                Ok(genre) => (genre.code.clone(), Some(genre.instrument.clone())),
                Err(fault) => {
                    assert_eq!(fault.code, "documents.genre_unknown");
                    (None, fault.instrument)
                }
            };
            assert_eq!((told.0.as_deref(), told.1.as_deref()), (code, instrument), "{key} on {on}");
        }
    }

    #[test]
    fn on_every_day_one_instrument_holds_and_a_key_stands_once() {
        for on in ["2017-02-06", "2026-01-08", "2026-01-09", "2030-01-01"] {
            let genres: Vec<_> = in_force(day(on)).collect();
            let instruments: BTreeSet<_> = genres.iter().map(|genre| &genre.instrument).collect();
            let keys: BTreeSet<_> = genres.iter().map(|genre| &genre.key).collect();
            assert_eq!((instruments.len(), keys.len()), (1, genres.len()), "{on}");
        }
    }

    #[test]
    fn genres_that_share_a_code_are_found_and_one_without_is_not_numbered() {
        assert_eq!(sharing("QĐ", day("2026-11-20")), ["decision", "regulation"]);
        assert_eq!(sharing("CV", day("2026-11-20")), ["official_letter"]);
        let charter = of("party_charter", day("2026-01-09")).unwrap();
        assert_eq!(code_of(charter), Err(Refusal::GenreUncoded { genre: "party_charter".into() }));
    }
}
