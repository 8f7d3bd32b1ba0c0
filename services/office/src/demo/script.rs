//! The script of the demo as its files tell it: who there is, and what happens in which office on which day.

use anyhow::{Context as _, Result};
use schema_documents::{Disposition, RegisterKind};
use serde::Deserialize;
use wire::{Secrecy, Urgency};

/// The office of the provincial committee of Thanh Hóa.
pub(crate) const PROVINCE: &str = "38";
/// The centre.
pub(crate) const CENTRE: &str = "TW";

/// Everyone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cast {
    pub(crate) office: Vec<Troupe>,
}

/// The people of one office.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Troupe {
    /// The official code of the office.
    pub(crate) code: String,
    /// What the names to sign in with begin with.
    pub(crate) prefix: String,
    /// The unit of those who name none.
    pub(crate) unit: String,
    pub(crate) person: Vec<Player>,
}

/// One invented person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Player {
    /// By what the script names them, within their office.
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) unit: Option<String>,
    pub(crate) roles: Vec<String>,
    #[serde(default)]
    pub(crate) head: bool,
    /// Whether their position looks below its office.
    #[serde(default)]
    pub(crate) below: bool,
}

/// A week of one office.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Week {
    pub(crate) register: Vec<Book>,
    #[serde(default)]
    pub(crate) template: Vec<Template>,
    #[serde(default)]
    pub(crate) letter: Vec<Letter>,
    #[serde(default)]
    pub(crate) masked: Vec<Masked>,
    pub(crate) incoming: Vec<Incoming>,
    pub(crate) outgoing: Vec<Outgoing>,
    #[serde(default)]
    pub(crate) body: Vec<Body>,
    #[serde(default)]
    pub(crate) copy: Vec<Copied>,
}

/// A body of the office with its seal.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) seal: String,
}

/// A full copy of what arrived, for those who are named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Copied {
    pub(crate) day: usize,
    pub(crate) by: String,
    /// The symbol of what is copied.
    pub(crate) of: String,
    pub(crate) body: String,
    pub(crate) recipients: Vec<String>,
    pub(crate) signatory: String,
    pub(crate) copies: u32,
}

/// A register that the office has already begun on paper.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Book {
    pub(crate) kind: RegisterKind,
    pub(crate) body: Option<String>,
    pub(crate) genres: Option<Vec<String>>,
    pub(crate) opening: i64,
}

/// A routing that the office keeps to use again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) lead: String,
    #[serde(default)]
    pub(crate) to_know: Vec<String>,
}

/// The signed act that opens an office's books in mid-term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    pub(crate) instrument: String,
    pub(crate) signatory: String,
    /// How many days the register on paper had been in use.
    pub(crate) began: i64,
    pub(crate) paper: Vec<OpenPaper>,
}

/// A paper of the paper books that is open still.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenPaper {
    pub(crate) number: i64,
    /// How many days ago it arrived.
    pub(crate) back: i64,
    pub(crate) author: String,
    pub(crate) symbol: String,
    pub(crate) summary: String,
    /// Calendar days from today.
    pub(crate) due: Option<i64>,
}

/// A citizen's letter in the post.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Letter {
    pub(crate) day: usize,
    pub(crate) sheets: u32,
    #[serde(default)]
    pub(crate) envelopes: u32,
}

/// A document above the secrecy ceiling.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Masked {
    pub(crate) day: usize,
    pub(crate) secrecy: Secrecy,
    pub(crate) pages: u32,
}

/// A document that arrives, and what becomes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Incoming {
    pub(crate) day: usize,
    pub(crate) author: String,
    pub(crate) symbol: String,
    /// How many days before its arrival it is dated.
    pub(crate) back: i64,
    pub(crate) genre: String,
    pub(crate) summary: String,
    pub(crate) pages: u32,
    #[serde(default)]
    pub(crate) urgency: Urgency,
    pub(crate) file: Option<Files>,
    /// The invented person who signed it digitally, by a certificate of an authority for trials.
    pub(crate) signed: Option<String>,
    pub(crate) disposition: Option<Disposition>,
    /// Calendar days from today.
    pub(crate) due: Option<i64>,
    /// Who decides what happens with it and gives the work; the chief of the office when nobody is named.
    pub(crate) disposed_by: Option<String>,
    /// The unit to whose desk the paper goes.
    pub(crate) desk: Option<String>,
    /// What the desk said when the paper came back.
    pub(crate) returned: Option<String>,
    #[serde(default)]
    pub(crate) read_by: Vec<String>,
    /// Why its line was voided.
    pub(crate) void: Option<String>,
    pub(crate) work: Option<Work>,
}

/// Which files come with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Files {
    Pdf,
    Text,
    Both,
}

/// Work that a document gives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Work {
    pub(crate) title: String,
    pub(crate) product: String,
    pub(crate) lead: String,
    #[serde(default)]
    pub(crate) coordinators: Vec<String>,
    /// Who takes it on.
    pub(crate) handler: Option<String>,
    /// Calendar days from today.
    pub(crate) due: i64,
    #[serde(default)]
    pub(crate) acts: Vec<Act>,
}

/// One step of the work, on its day.
#[derive(Debug, Deserialize)]
pub(crate) struct Act {
    pub(crate) day: usize,
    #[serde(flatten)]
    pub(crate) deed: Deed,
}

/// What is done.
#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(crate) enum Deed {
    Accept,
    Progress { note: String, percent: u8 },
    Wait { on: String },
    Extension { until: i64, reason: String },
    Complete { note: String },
    Close,
}

/// A document that the office writes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outgoing {
    pub(crate) day: usize,
    pub(crate) genre: String,
    /// The body that issues it.
    pub(crate) unit: String,
    pub(crate) by: String,
    pub(crate) summary: String,
    pub(crate) text: String,
    /// The second version of the text.
    pub(crate) redraft: Option<String>,
    /// The symbol of the incoming document it answers.
    pub(crate) answers: Option<String>,
    pub(crate) recipients: Vec<String>,
    /// Whose opinion is asked.
    #[serde(default)]
    pub(crate) asked: Vec<Asked>,
    pub(crate) issue: Option<Issue>,
}

/// An opinion that is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) of: String,
    pub(crate) question: String,
    /// What was answered, when it was.
    pub(crate) words: Option<String>,
}

/// How it was issued.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Issue {
    pub(crate) day: usize,
    pub(crate) signatory: String,
    pub(crate) copies: u32,
    /// Whether the signed copy is attached.
    #[serde(default)]
    pub(crate) file: bool,
    /// Who signs it digitally.
    pub(crate) signer: Option<String>,
    /// Whether it is sent to all communes below.
    #[serde(default)]
    pub(crate) sent: bool,
    /// Whether it stays as it is after the number, or after the signature; sealed otherwise.
    pub(crate) stays: Option<Stays>,
}

/// How far the signatures are when the week ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stays {
    /// Nobody has signed.
    ToSign,
    /// The clerk has not sealed.
    ToSeal,
}

/// Reads the cast.
pub(crate) fn cast() -> Result<Cast> {
    toml::from_str(include_str!("../../data/demo/people.toml")).context("the cast of the demo cannot be read")
}

/// Reads the week of the province.
pub(crate) fn province() -> Result<Week> {
    toml::from_str(include_str!("../../data/demo/province.toml")).context("the province's week cannot be read")
}

/// Reads the week of each commune.
pub(crate) fn commune() -> Result<Week> {
    toml::from_str(include_str!("../../data/demo/commune.toml")).context("the communes' week cannot be read")
}

/// Reads the opening act of the office that comes over from paper.
pub(crate) fn opening() -> Result<Opening> {
    toml::from_str(include_str!("../../data/demo/opening.toml")).context("the opening act of the demo cannot be read")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_cast_is_as_large_as_promised_and_nobody_appears_twice() {
        let cast = cast().unwrap();
        let sizes: Vec<_> = cast.office.iter().map(|troupe| (troupe.code.as_str(), troupe.person.len())).collect();
        assert_eq!(sizes, [("TW", 4), ("38", 12), ("14797", 15), ("14869", 5), ("14845", 5)]);
        let names: BTreeSet<&str> = cast.office.iter().flat_map(|t| t.person.iter().map(|p| p.name.as_str())).collect();
        assert_eq!(names.len(), 41);
        for troupe in &cast.office {
            let keepers = troupe.person.iter().filter(|player| player.roles.iter().any(|role| role == "administrator"));
            assert_eq!(keepers.count(), 1, "{} needs somebody who keeps its accounts", troupe.code);
        }
    }

    #[test]
    fn everyone_whom_a_week_names_is_in_the_cast() {
        let cast = cast().unwrap();
        for (code, week) in [("38", province().unwrap()), ("14797", commune().unwrap())] {
            let troupe = cast.office.iter().find(|troupe| troupe.code == code).unwrap();
            let works = || week.incoming.iter().filter_map(|incoming| incoming.work.as_ref());
            let named = week.incoming.iter().flat_map(|incoming| incoming.disposed_by.iter().chain(&incoming.read_by));
            let named = named.chain(works().filter_map(|work| work.handler.as_ref()));
            for role in named.chain(week.outgoing.iter().map(|outgoing| &outgoing.by)) {
                assert!(troupe.person.iter().any(|player| player.role == *role), "{code}: nobody is `{role}`");
            }
            for work in works().filter(|work| !work.acts.is_empty()) {
                assert!(work.handler.is_some(), "`{}` has acts and no handler", work.title);
            }
        }
    }

    #[test]
    fn a_week_has_its_share_of_everything() {
        let week = province().unwrap();
        assert!(week.incoming.len() >= 25, "{}", week.incoming.len());
        assert_eq!(commune().unwrap().incoming.len(), 8);
        assert_eq!(week.outgoing.iter().filter(|outgoing| outgoing.issue.is_some()).count(), 4);
        let stays: Vec<_> = week.outgoing.iter().filter_map(|outgoing| outgoing.issue.as_ref()?.stays).collect();
        assert_eq!(stays, [Stays::ToSeal, Stays::ToSign]);
        assert_eq!((week.letter.len(), week.masked.len()), (2, 1));
        assert_eq!(week.incoming.iter().filter(|incoming| incoming.void.is_some()).count(), 1);
        let works: Vec<_> = week.incoming.iter().filter_map(|incoming| incoming.work.as_ref()).collect();
        assert!(works.iter().any(|work| work.due < 0) && works.iter().any(|work| (0..=3).contains(&work.due)));
        let deeds = || works.iter().flat_map(|work| work.acts.iter().map(|act| &act.deed));
        assert!(deeds().any(|deed| matches!(deed, Deed::Wait { .. })));
        assert!(deeds().any(|deed| matches!(deed, Deed::Close)));
    }
}
