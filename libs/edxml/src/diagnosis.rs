//! What is wrong with a file, where, and how to mend it; and the list that grows while a file is looked at.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    Basis, Place,
    place::{Lines, Spot},
    rule::{Rule, Severity},
    tree::Element,
};

/// The most characters of the file that a sentence repeats.
const QUOTED: usize = 80;
/// The most diagnoses that are told, and again as many errors; a file with more is not helped by more.
const MOST: usize = 200;

/// A sentence and its remedy in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

/// Something that is wrong with a file, or worth knowing of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// The code that stays the same whatever is said to people.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// Tiếng Việt.
    pub vi: Said,
    /// English.
    pub en: Said,
    /// What the rule rests on, and how sure we are.
    pub basis: Basis,
}

/// The diagnoses of a file while it is looked at.
#[derive(Debug, Default)]
pub(crate) struct Docket {
    entries: Vec<(Spot, Diagnosis)>,
    is_refused: bool,
    /// Names of elements that stand in a wrong place: they are not missing too.
    misplaced: BTreeSet<String>,
}

impl Docket {
    /// Notes something.
    pub(crate) fn say(&mut self, rule: &'static Rule, spot: Spot, found: &str, wanted: &str) {
        // Remarks do not crowd errors out.
        let most = if rule.severity == Severity::Error { 2 * MOST } else { MOST };
        if self.entries.len() >= most {
            return;
        }
        let (found, wanted) = (quoted(found), quoted(wanted));
        let filled = |text: &str| text.replace("{found}", &found).replace("{wanted}", &wanted);
        let diagnosis = Diagnosis {
            code: rule.code,
            severity: rule.severity,
            place: Place { line: 1, column: 1, length: 1, path: String::new() },
            vi: Said { what: filled(rule.what.vi), mend: filled(rule.mend.vi) },
            en: Said { what: filled(rule.what.en), mend: filled(rule.mend.en) },
            basis: rule.basis,
        };
        self.entries.push((spot, diagnosis));
    }

    /// Notes something because of which the message cannot be taken at all.
    pub(crate) fn refuse(&mut self, rule: &'static Rule, spot: Spot, found: &str, wanted: &str) {
        self.is_refused = true;
        self.say(rule, spot, found, wanted);
    }

    /// Notes something of an element's tag.
    pub(crate) fn tag(&mut self, rule: &'static Rule, element: &Element<'_>, found: &str, wanted: &str) {
        self.say(rule, element.tag(), found, wanted);
    }

    /// Notes something of an element's text.
    pub(crate) fn text(&mut self, rule: &'static Rule, element: &Element<'_>, wanted: &str) {
        self.say(rule, element.words_spot(), &element.words(), wanted);
    }

    /// The message cannot be taken, for a reason that has been told.
    pub(crate) fn set_refused(&mut self) {
        self.is_refused = true;
    }

    /// Whether a rule has been told.
    pub(crate) fn has(&self, rule: &Rule) -> bool {
        self.entries.iter().any(|(_, told)| told.code == rule.code)
    }

    /// An element stands in a wrong place.
    pub(crate) fn misplace(&mut self, name: &str) {
        self.misplaced.insert(name.to_owned());
    }

    /// Whether an element of one of these names stands in a wrong place.
    pub(crate) fn is_misplaced(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.misplaced.contains(*name))
    }

    /// Whether the message cannot be taken.
    pub(crate) fn is_refused(&self) -> bool {
        self.is_refused
    }

    /// All of them in the order of the file, with lines counted.
    pub(crate) fn told(mut self, text: &str) -> Vec<Diagnosis> {
        self.entries.sort_by_key(|(spot, _)| spot.at);
        let mut lines = Lines::of(text);
        let placed = self.entries.into_iter().map(|(spot, told)| Diagnosis { place: lines.place(spot), ..told });
        placed.collect()
    }
}

/// Words of the file, fit to stand in a sentence: bounded and without controls.
fn quoted(text: &str) -> String {
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    let short: String = text.chars().take(QUOTED).map(clean).collect();
    if text.chars().nth(QUOTED).is_some() { format!("{short}…") } else { short }
}
