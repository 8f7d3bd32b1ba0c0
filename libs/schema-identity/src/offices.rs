//! The offices of party committees (văn phòng cấp ủy), from the centre to the communes, and how they are loaded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Cursor, Day, Version, id::OfficeId};

/// The tier at which an office stands. Districts ended on 30 June 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    /// Trung ương.
    Centre,
    /// Tỉnh, thành phố trực thuộc Trung ương.
    Province,
    /// Xã, phường, đặc khu.
    Commune,
}

/// The office of a party committee as it stands on a day: every row of every service belongs to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Office {
    /// Its id; it never changes, and is never used again.
    pub id: OfficeId,
    /// The official code of the administrative unit, leading zeros kept; `TW` for the centre.
    pub code: String,
    /// The name of its committee, such as `Đảng ủy xã Ngọc Sơn`.
    pub name: String,
    /// Its tier.
    pub kind: OfficeKind,
    /// The office above; absent for the centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OfficeId>,
    /// The first day on which name, tier and office above are these.
    pub from: Day,
    /// The first day on which they are no more; absent while they go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// How often it was changed.
    pub version: Version,
}

/// An office through time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeHistory {
    /// Its id; it never changes, and is never used again.
    pub id: OfficeId,
    /// The official code of the administrative unit.
    pub code: String,
    /// Its spans, oldest first; each begins where the one before ends.
    pub spans: Vec<OfficeSpan>,
    /// The act that ended it, or will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    /// How often it was changed.
    pub version: Version,
}

/// What held of an office from one day until before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeSpan {
    /// The first day.
    pub from: Day,
    /// The first day on which it no longer held; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The name of its committee.
    pub name: String,
    /// Its tier.
    pub kind: OfficeKind,
    /// The office above; absent for the centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OfficeId>,
    /// The act that made it so; absent for what was loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
}

impl OfficeHistory {
    /// What held on a day, if the office existed then.
    #[must_use]
    pub fn at(&self, day: Day) -> Option<&OfficeSpan> {
        self.spans.iter().find(|span| span.from <= day && span.to.is_none_or(|to| day < to))
    }

    /// The office as it stood on a day, if it existed then.
    #[must_use]
    pub fn office(&self, day: Day) -> Option<Office> {
        self.at(day).map(|span| self.with(span))
    }

    /// The office as it stood on a day, or on the nearest day of its existence: as it began before that, as it ended
    /// after. Nothing only when it has no span at all.
    #[must_use]
    pub fn nearest(&self, day: Day) -> Option<Office> {
        let ended = || self.spans.last().filter(|last| last.from <= day);
        self.at(day).or_else(ended).or_else(|| self.spans.first()).map(|span| self.with(span))
    }

    fn with(&self, span: &OfficeSpan) -> Office {
        let OfficeSpan { from, to, name, kind, parent, instrument: _ } = span.clone();
        Office { id: self.id, code: self.code.clone(), name, kind, parent, from, to, version: self.version }
    }
}

/// Lists offices by code, as they stand on a day: the directory is open to everyone signed in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListOffices {
    /// Only the offices directly below this one on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OfficeId>,
    /// Only offices of this tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OfficeKind>,
    /// Words of the name or their beginnings, in any order, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// The day whose offices, names and tree count; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One office as it stands on a day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetOffice {
    /// The office.
    pub id: OfficeId,
    /// The day, on which it must exist. When absent: today, or the last day of an office that has ended, or the first
    /// of one that is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// One office through time, with the acts that changed it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetOfficeHistory {
    /// The office.
    pub id: OfficeId,
}

/// Gives an office another name, tier or office above from a day on, by an act. What held before that day stays as it
/// was; what was planned for after it is replaced. Whoever administers the office above does it, and a new office above
/// must be theirs as well.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeOffice {
    /// The office.
    pub id: OfficeId,
    /// The first day on which the change holds.
    pub from: Day,
    /// The new name of its committee, at most 200 characters; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new tier; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OfficeKind>,
    /// The new office above; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OfficeId>,
    /// The act, such as `1668/NQ-UBTVQH15`, at most 200 characters.
    pub instrument: String,
}

/// Ends an office on a day by an act, and its units with it, once no office stands below it and no position in it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndOffice {
    /// The office.
    pub id: OfficeId,
    /// The first day on which it is no more.
    pub to: Day,
    /// The act, at most 200 characters.
    pub instrument: String,
}

/// Loads offices with the units of their template. What is loaded already stays as it is; when one row is wrong,
/// none of the call is kept. A row's parent must be loaded, or stand earlier in the same call.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportUnits {
    /// The day on which the offices begin; it chooses the template of their bodies.
    pub from: Day,
    /// At most 200 rows of the official list of administrative units.
    pub rows: Vec<UnitRow>,
}

/// One row of the official list of administrative units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitRow {
    /// Its line in the file, for messages.
    pub line: u32,
    /// The official code, leading zeros kept.
    pub code: String,
    /// The name with its kind, such as `Xã Ngọc Sơn`.
    pub name: String,
    /// `province`, `municipality`, `commune`, `ward` or `special_zone`.
    pub kind: String,
    /// The code of the province; empty for a province.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parent_code: String,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportReport {
    /// Offices made.
    pub offices: u32,
    /// Units made in them.
    pub units: u32,
    /// Rows whose office was loaded before.
    pub unchanged: u32,
}

/// Why a row of an import was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowError {
    /// The line in the file.
    pub line: u32,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

/// An office was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeChanged {
    /// The office after the change, as it stood on the day on which this was told.
    pub office: Office,
    /// All of its spans, so that a reader knows it on every day; absent in what was told before there were any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<OfficeSpan>,
}
