//! The administrative units of before 1 July 2025, and the offices that succeed them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Cursor, Day, id::OfficeId};

use crate::Share;

/// The tier of a former administrative unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormerKind {
    /// Xã, phường, thị trấn.
    Commune,
    /// Quận, huyện, thị xã, thành phố thuộc tỉnh; the tier ended with that day.
    District,
    /// Tỉnh, thành phố trực thuộc Trung ương.
    Province,
}

/// Finds administrative units of before 1 July 2025 (the 10,035 communes, 696 districts and 63 provinces of the last day)
/// and the offices that succeed them. Those whose own name holds the words come before those whose district or province
/// does; otherwise they stand in order of name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListFormerUnits {
    /// The code as it was then; the same digits may mean another unit today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Words of the name, or of the names of district and province, or their beginnings, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only units of this tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FormerKind>,
    /// Only units of which anything went to the unit of this code on the day after their last one (sáp nhập từ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heir: Option<String>,
    /// The day whose successors count; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// An administrative unit of before 1 July 2025.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormerUnit {
    /// Its tier.
    pub kind: FormerKind,
    /// Its code then, leading zeros kept.
    pub code: String,
    /// Its name with its kind, such as `Huyện Côn Đảo`.
    pub name: String,
    /// The first day on which it was no more, and on which its code may mean another.
    pub until: Day,
    /// The district of a commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<FormerPlace>,
    /// The province of a commune or district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<FormerPlace>,
    /// The act that ended it.
    pub instrument: String,
    /// Whether that act was found in a public source; from memory otherwise.
    pub verified: bool,
    /// Who stands in its place on the day, the main one first; nobody before it ended. A district that was divided has
    /// no main one: no act named an heir of the tier.
    pub successors: Vec<FormerSuccessor>,
}

/// A former unit by code and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormerPlace {
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
}

/// Who stands in the place of a former unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormerSuccessor {
    /// The official code of today's unit.
    pub code: String,
    /// Its office; absent when this installation has not loaded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// The name of its committee on the day; absent likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How much of the former unit went to it, through all acts.
    pub share: Share,
}
