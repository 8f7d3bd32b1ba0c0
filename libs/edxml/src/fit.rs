//! Holding a tree against the table of elements: what is missing, repeated, misspelt, misplaced or in a wrong namespace.
//!
//! One fault is told once: a misspelt or misplaced element is not missing too, and a namespace is told at its first element.

use std::collections::BTreeSet;

use crate::{
    diagnosis::Docket,
    part::{Need, Part, Value},
    place::Spot,
    rule::{attachment, structure, xml},
    tree::{DSIG, Element, NAMESPACE, Space},
    value,
};

/// Names that are written as English has them.
const ALIASES: [(&str, &str); 5] = [
    ("Business", "Bussiness"),
    ("BusinessDocType", "BussinessDocType"),
    ("BusinessDocReason", "BussinessDocReason"),
    ("BusinessDocumentInfo", "BussinessDocumentInfo"),
    ("TypeNotation", "TyperNotation"),
];

/// Where a gateway in use puts its files, in a form that nobody else reads.
const FOREIGN: &str = "edXMLAttachments";

/// Elements that hold files: a message that has lost one of them is not taken, lest a file be lost without a word.
pub(crate) const FILES: [&str; 7] = [
    "edXMLEnvelope",
    "edXMLBody",
    "edXMLManifest",
    "AttachmentEncoded",
    "Attachment",
    "ContentId",
    "ContentTransferEncoded",
];

/// An element that is missing, unless it turns up where it does not belong.
struct Missing {
    spot: Spot,
    parent: String,
    part: &'static Part,
}

struct Fitting<'d> {
    root: &'static Part,
    docket: &'d mut Docket,
    spaces: BTreeSet<String>,
    missing: Vec<Missing>,
}

/// Fits a tree to a table. Names are put right on the way, so that what reads it later finds them.
pub(crate) fn fit(element: &mut Element<'_>, root: &'static Part, docket: &mut Docket) {
    let mut fitting = Fitting { root, docket, spaces: BTreeSet::new(), missing: Vec::new() };
    fitting.space(element);
    fitting.element(element, root);
    fitting.close();
}

impl Fitting<'_> {
    fn element(&mut self, element: &mut Element<'_>, part: &'static Part) {
        if part.value != Value::Children {
            if let Some(child) = element.children.first().filter(|_| part.value != Value::Opaque) {
                self.docket.tag(&structure::MISPLACED, child, &child.name, "AttachmentEncoded");
            }
            value::check(element, part, self.docket);
            return;
        }
        if element.has_words() {
            let spot = element.words_spot();
            self.docket.say(&structure::STRAY_TEXT, spot, &element.words(), "");
        }
        let present: BTreeSet<String> = element.children.iter().map(|one| one.name.clone()).collect();
        let mut seen = BTreeSet::new();
        for child in &mut element.children {
            let Some(inner) = self.part_of(child, part, &present) else { continue };
            self.space(child);
            if !seen.insert(inner.name) && !inner.repeats {
                self.docket.tag(&structure::REPEATED, child, inner.name, "");
                if FILES.contains(&inner.name) {
                    self.docket.set_refused();
                }
                continue;
            }
            self.element(child, inner);
        }
        for wanted in part.parts.iter().filter(|one| !seen.contains(one.name) && one.need != Need::May) {
            self.missing.push(Missing { spot: element.tag(), parent: element.name.clone(), part: wanted });
        }
    }

    /// Which part an element is; nothing when it has been told that it is none.
    fn part_of(
        &mut self,
        child: &mut Element<'_>,
        parent: &'static Part,
        present: &BTreeSet<String>,
    ) -> Option<&'static Part> {
        if let Some(exact) = parent.parts.iter().find(|one| one.name == child.name) {
            return Some(exact);
        }
        let near = |one: &&Part| !present.contains(one.name) && is_near(&child.name, one.name);
        // A name that belongs elsewhere is misplaced rather than misspelt.
        if let Some(home) = self.root.home_of(&child.name) {
            self.docket.misplace(&child.name);
            self.docket.tag(&structure::MISPLACED, child, &child.name, home);
            if FILES.contains(&child.name.as_str()) {
                self.docket.set_refused();
            }
            return None;
        }
        if let Some(meant) = parent.parts.iter().find(near) {
            self.docket.tag(&structure::MISSPELT, child, &child.name, meant.name);
            child.name = meant.name.to_owned();
            return Some(meant);
        }
        if child.name == FOREIGN {
            self.docket.refuse(&attachment::FOREIGN_FORM, child.tag(), FOREIGN, "");
            return None;
        }
        // An element whose prefix nobody declared is known to be wrong already.
        if !self.docket.has(&xml::UNDECLARED_PREFIX) {
            self.docket.tag(&structure::UNKNOWN_ELEMENT, child, &child.name, "");
        }
        None
    }

    fn space(&mut self, element: &Element<'_>) {
        let (key, rule, found) = match &element.space {
            Space::Ours => return,
            Space::Signature if element.name == "Signature" => return,
            Space::Signature => (DSIG.to_owned(), &structure::WRONG_NAMESPACE, DSIG),
            Space::None => (String::new(), &structure::NO_NAMESPACE, element.name.as_str()),
            Space::Other(uri) => (uri.clone(), &structure::WRONG_NAMESPACE, uri.as_str()),
        };
        if !self.spaces.insert(key) {
            return;
        }
        if element.space == Space::None {
            self.docket.say(rule, element.tag(), found, NAMESPACE);
        } else {
            self.docket.refuse(rule, element.tag(), found, NAMESPACE);
        }
    }

    fn close(self) {
        for Missing { spot, parent, part } in self.missing {
            if self.docket.is_misplaced(&[part.name]) {
                // Told as misplaced; without it there is still nothing to read.
                if part.need == Need::Vital {
                    self.docket.set_refused();
                }
                continue;
            }
            match part.need {
                Need::Vital => self.docket.refuse(&structure::MISSING, spot, &parent, part.name),
                Need::Must => self.docket.say(&structure::MISSING, spot, &parent, part.name),
                Need::Should | Need::May => self.docket.say(&structure::ADVISABLE, spot, &parent, part.name),
            }
        }
    }
}

/// Whether a name is a slip of the pen of another.
fn is_near(written: &str, meant: &str) -> bool {
    let alias = ALIASES.iter().any(|(from, to)| *from == written && *to == meant);
    let slips = if meant.len() < 5 { 0 } else { 1 + usize::from(meant.len() >= 9) };
    alias || written.eq_ignore_ascii_case(meant) || distance(written, meant) <= slips
}

/// How many letters have to be put in, taken out or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (down, letter) in one.chars().enumerate() {
        let mut next = vec![down + 1];
        for ((left, above), against) in row.iter().zip(row.iter().skip(1)).zip(&other) {
            let before = next.last().copied().unwrap_or_default();
            next.push((left + usize::from(letter != *against)).min(above + 1).min(before + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_words() {
        for (written, meant) in [
            ("OrganID", "OrganId"),
            ("Business", "Bussiness"),
            ("Subjct", "Subject"),
            ("PromulgationDay", "PromulgationDate"),
            ("to", "To"),
        ] {
            assert!(is_near(written, meant), "{written}");
        }
        for (written, meant) in [("OrganAdd", "OrganId"), ("Email", "Mobile"), ("Too", "To"), ("Staff", "StaffInfo")] {
            assert!(!is_near(written, meant), "{written}");
        }
    }
}
