//! Which instrument governs a subject on a given day (`data/rulebook.toml`).
//!
//! An act is judged by what was in force on its own day: many instruments of 2025 were replaced in 2026.

use std::sync::LazyLock;

use serde::Deserialize;
use wire::Day;

use crate::{mark::Mark, validity::holds};

/// What an instrument governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Genres of Party documents, authority and form (thể loại, thẩm quyền ban hành).
    PartyGenres,
    /// The technical format of Party documents (thể thức, kỹ thuật trình bày).
    PartyDocumentFormat,
    /// Electronic transactions of Party bodies.
    PartyElectronicTransactions,
    /// Sending and receiving electronic documents.
    ElectronicDocuments,
    /// The Party's digital architecture.
    PartyDigitalArchitecture,
    /// Party administrative procedures online.
    PartyProceduresOnline,
    /// The electronic handbook of Party members (Sổ tay đảng viên điện tử).
    MemberHandbook,
    /// The plan that carries the handbook out.
    MemberHandbookPlan,
    /// Sharing of data within the Party.
    PartyDataSharing,
    /// The scheme of digital transformation.
    DigitalTransformationScheme,
    /// State secrets: the law.
    StateSecrets,
    /// State secrets: the decree that details the law.
    StateSecretsDecree,
    /// Complaints (khiếu nại).
    Complaints,
    /// Denunciations (tố cáo).
    Denunciations,
    /// Reception of citizens (tiếp công dân).
    CitizenReception,
    /// Reception of citizens by heads of Party committees.
    CommitteeHeadsReceiveCitizens,
    /// Party dues (đảng phí).
    PartyDues,
    /// Public assets at Party bodies.
    PartyAssets,
    /// Archives: the State's law.
    Archives,
    /// The Party's fonds (Phông lưu trữ Đảng).
    PartyArchives,
    /// Carrying out the Party's charter (thi hành Điều lệ Đảng).
    CharterImplementation,
    /// What members must not do (những điều đảng viên không được làm).
    WhatMembersMustNotDo,
    /// Inspection, supervision and discipline in the Party.
    InspectionAndDiscipline,
    /// Elections within the Party.
    PartyElections,
    /// Identifiers of organisations in document exchange.
    OrganisationIdentifiers,
    /// Public holidays.
    PublicHolidays,
}

/// One instrument in the time it holds for a subject.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it governs.
    pub subject: Subject,
    /// Its number and symbol, with what amended it.
    pub instrument: String,
    /// The day it was signed or passed, where known.
    pub issued: Option<Day>,
    /// The first day on which it holds.
    pub valid_from: Day,
    /// The first day on which it no longer holds.
    pub valid_to: Option<Day>,
    /// The instrument in whose place it stands.
    pub replaces: Option<String>,
    /// How sure we are of the row as a whole.
    pub mark: Mark,
}

/// The rule that governed a subject on a day; nothing where none is known.
#[must_use]
pub fn in_force(subject: Subject, day: Day) -> Option<&'static Rule> {
    of(subject).find(|rule| holds(rule.valid_from, rule.valid_to, day))
}

/// Every rule of a subject, in the order of time.
pub fn of(subject: Subject) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.subject == subject)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

const FILE: &str = include_str!("../data/rulebook.toml");

/// A test keeps the file readable; were it not, no rule would be known.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| parse().unwrap_or_default());

fn parse() -> Result<Vec<Rule>, toml::de::Error> {
    toml::from_str(FILE).map(|File { rule }| rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// Rows of a subject follow each other in time: each holds from the day on which the one it replaces ends.
    #[test]
    fn the_file_is_consistent() {
        let rules = parse().unwrap();
        assert_eq!(rules.len(), 49);
        for rule in &rules {
            assert!(rule.valid_to.is_none_or(|to| rule.valid_from < to), "{rule:?}");
            let rest: Vec<_> = rules.iter().filter(|other| other.subject == rule.subject).collect();
            let place = rest.iter().position(|other| *other == rule).unwrap();
            match rest.get(place.wrapping_sub(1)) {
                Some(before) => {
                    assert_eq!(rule.replaces.as_ref(), Some(&before.instrument), "{rule:?}");
                    assert_eq!(before.valid_to, Some(rule.valid_from), "{rule:?}");
                }
                None => assert_eq!(rule.replaces, None, "{rule:?}"),
            }
            assert_eq!(rule.valid_to.is_none(), place + 1 == rest.len(), "{rule:?}");
        }
    }

    #[test]
    fn the_day_of_the_act_chooses_the_rule() {
        let table = [
            (Subject::PartyGenres, "2025-09-01", "66-QĐ/TW"),
            (Subject::PartyGenres, "2026-01-08", "66-QĐ/TW"),
            (Subject::PartyGenres, "2026-01-09", "399-QĐ/TW"),
            (Subject::PartyDocumentFormat, "2026-05-26", "36-HD/VPTW"),
            (Subject::PartyDocumentFormat, "2026-05-27", "05-HD/VPTW"),
            (Subject::PartyDues, "2026-01-31", "342-QĐ/TW"),
            (Subject::PartyDues, "2026-02-01", "01-QĐ/TW"),
            (Subject::CharterImplementation, "2025-06-01", "294-QĐ/TW"),
            (Subject::CharterImplementation, "2026-11-22", "208-QĐ/TW"),
            (Subject::Complaints, "2026-06-30", "02/2011/QH13"),
            (Subject::Complaints, "2026-07-01", "02/2011/QH13, sửa đổi bởi 136/2025/QH15"),
            (Subject::StateSecrets, "2026-02-28", "29/2018/QH14"),
            (Subject::Archives, "2025-07-01", "33/2024/QH15"),
        ];
        for (subject, on, instrument) in table {
            assert_eq!(in_force(subject, day(on)).unwrap().instrument, instrument, "{subject:?} {on}");
        }
        assert_eq!(in_force(Subject::PartyDataSharing, day("2025-11-18")), None);
    }

    #[test]
    fn what_is_not_verified_says_so() {
        assert!(in_force(Subject::PartyGenres, day("2026-11-22")).unwrap().mark.is_verified());
        assert_eq!(in_force(Subject::PartyAssets, day("2026-11-22")).unwrap().mark, Mark::Uncertain);
        assert_eq!(in_force(Subject::WhatMembersMustNotDo, day("2025-11-22")).unwrap().mark, Mark::Memory);
    }
}
