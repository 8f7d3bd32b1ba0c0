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

/// The office of a party committee: every row of every service belongs to one.
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
    /// The first day of its existence.
    pub from: Day,
    /// The first day on which it is no more; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// How often it was changed.
    pub version: Version,
}

/// Lists offices by code: the directory is open to everyone signed in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListOffices {
    /// Only the offices directly below this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OfficeId>,
    /// Only offices of this tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OfficeKind>,
    /// Words of the name or their beginnings, in any order, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// The day on which the offices exist; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One office, whatever the day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetOffice {
    /// The office.
    pub id: OfficeId,
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
    /// The office after the change.
    pub office: Office,
}
