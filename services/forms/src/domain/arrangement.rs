//! How a document of a genre is arranged, and what it prints as its title: as data, by the key of the genre.

use std::sync::LazyLock;

use schema_forms::Refusal;
use serde::{Deserialize, Serialize};

const FILE: &str = include_str!("../../data/genres.toml");

/// A test keeps the file readable; were it not, no genre would be known.
static GENRES: LazyLock<Vec<Genre>> = LazyLock::new(|| parse().unwrap_or_default());

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    genre: Vec<Genre>,
}

/// A genre, as far as paper shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Genre {
    /// Its key, as in the list of genres of `documents`.
    pub(crate) key: String,
    /// Its name in capitals.
    pub(crate) title: String,
    /// How its documents are arranged.
    pub(crate) arrangement: Arrangement,
}

/// Where things stand on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Arrangement {
    /// The title and the abstract, centred.
    Titled,
    /// No title; the abstract under the number (công văn).
    Letter,
    /// Titled, with two signatures side by side (biên bản).
    Minutes,
    /// Titled, on A5.
    Slip,
}

impl Arrangement {
    /// Whether the title is printed.
    pub(crate) fn is_titled(self) -> bool {
        self != Self::Letter
    }
}

fn parse() -> Result<Vec<Genre>, toml::de::Error> {
    toml::from_str(FILE).map(|File { genre }| genre)
}

/// The keys of all genres.
#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    GENRES.iter().map(|genre| genre.key.as_str())
}

/// The genre of this key.
pub(crate) fn of(key: &str) -> Result<&'static Genre, Refusal> {
    let found = GENRES.iter().find(|genre| genre.key == key);
    found.ok_or_else(|| Refusal::GenreUnknown { genre: key.to_owned() })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn every_genre_of_documents_has_its_title_here() {
        #[derive(Deserialize)]
        struct Theirs {
            key: String,
            name: String,
        }
        let theirs: BTreeMap<String, Vec<Theirs>> =
            toml::from_str(include_str!("../../../documents/data/genres.toml")).unwrap();
        let theirs: BTreeSet<_> =
            theirs["genre"].iter().map(|one| (one.key.clone(), one.name.to_uppercase())).collect();
        let genres = parse().unwrap();
        let ours: BTreeSet<_> = genres.iter().map(|one| (one.key.clone(), one.title.clone())).collect();
        assert_eq!(ours.len(), genres.len(), "a genre stands twice");
        assert_eq!(ours, theirs);
    }
}
