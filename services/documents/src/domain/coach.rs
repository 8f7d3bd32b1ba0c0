//! The format coach (soi thể thức): what a clerk would find missing or misplaced in a draft, by the rules of its day. It
//! says what it finds about a text; it hinders nothing and says nothing about people.

use schema_documents::{DraftFinding, FindingPlace, FindingSeverity, GenreMark, OutgoingDocument};
use wire::Day;

use super::writing::{self, Written};

/// Whether the body issues documents of the genre.
mod authority;
/// Clarity: long sentences, citations, closing marks, letters of old encodings.
mod clarity;
/// Numbers in order.
mod order;
/// Parts that a document must have.
mod parts;
/// The rules as data.
mod rules;
/// By whom it is signed.
mod signing;

#[cfg(test)]
mod tests;

/// The most findings that are told.
const MOST: usize = 100;
/// How many characters of a line are repeated.
const BEGINS: usize = 80;

/// What is checked.
pub(crate) struct Given<'a> {
    pub(crate) document: &'a OutgoingDocument,
    /// The text; empty when there is none yet.
    pub(crate) text: &'a str,
    /// Its reading.
    pub(crate) written: &'a Written,
}

/// Something found, before its rule is looked up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    rule: &'static str,
    at: At,
    values: Vec<(&'static str, String)>,
}

/// Where something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Field(&'static str),
    Line(u32),
}

impl Found {
    fn new(rule: &'static str, at: At) -> Self {
        Self { rule, at, values: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

/// What the rules of a day find in a document and a version of its text, the gravest first; and how many were left out.
pub(crate) fn check(document: &OutgoingDocument, text: &str, day: Day) -> (Vec<DraftFinding>, u32) {
    let written = writing::read(text);
    let given = Given { document, text, written: &written };
    let checks = [parts::check, signing::check, order::check, authority::check, clarity::check];
    let found = checks.iter().flat_map(|check| check(&given));
    let mut findings: Vec<DraftFinding> = found.filter_map(|found| rules::told(&found, text, day)).collect();
    findings.sort_by_key(|finding| (finding.severity, line_of(&finding.place)));
    let left_out = findings.len().saturating_sub(MOST);
    findings.truncate(MOST);
    (findings, u32::try_from(left_out).unwrap_or(u32::MAX))
}

/// What is told of a text that is longer than the office wants papers of its genre; how long they may be is no rule of form.
pub(crate) fn too_long(pages: u32, most: u32) -> Option<DraftFinding> {
    (pages > most).then(|| DraftFinding {
        rule: "too_long".to_owned(),
        severity: FindingSeverity::Should,
        place: FindingPlace::Field { name: "text".to_owned() },
        vi: format!("Văn bản dài {pages} trang, cơ quan giới hạn {most} trang: hãy rút gọn hoặc chuyển phần chi tiết sang phụ lục."),
        en: format!("The paper has {pages} pages, the office wants {most} at most: shorten it, or move details to an annex."),
        instrument: "Giới hạn số trang của cơ quan (Biểu mẫu)".to_owned(),
        mark: GenreMark::Verified,
    })
}

fn line_of(place: &FindingPlace) -> u32 {
    match place {
        FindingPlace::Field { .. } => 0,
        FindingPlace::Line { line, .. } => *line,
    }
}

/// Where a finding is, with the beginning of its line.
fn place(at: At, text: &str) -> FindingPlace {
    match at {
        At::Field(name) => FindingPlace::Field { name: name.to_owned() },
        At::Line(line) => {
            let nth = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
            let words = text.split('\n').nth(nth).unwrap_or_default().trim();
            FindingPlace::Line { line, begins: words.chars().take(BEGINS).collect() }
        }
    }
}
