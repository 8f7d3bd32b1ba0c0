//! The dated tree of units inside an office: committee, office, boards, divisions (đơn vị).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{OfficeId, UnitId},
};

/// A unit as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// Its id, the same through all renamings.
    pub id: UnitId,
    /// The office it belongs to, for ever.
    pub office: OfficeId,
    /// The name, such as `Văn phòng Đảng ủy xã Ngọc Sơn`.
    pub name: String,
    /// The body code that stands in symbols, such as `VPĐU`; absent for units that issue nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The unit above, in the same office; absent for the committee itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// The first day on which name, code and parent are these.
    pub from: Day,
    /// The first day on which they are no more; absent while they go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// How often the unit was changed.
    pub version: Version,
}

/// A unit through time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitHistory {
    /// Its id.
    pub id: UnitId,
    /// The office it belongs to, for ever.
    pub office: OfficeId,
    /// Its spans, oldest first; they never overlap.
    pub spans: Vec<UnitSpan>,
    /// How often the unit was changed.
    pub version: Version,
}

/// What held of a unit from one day until before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitSpan {
    /// The first day.
    pub from: Day,
    /// The first day on which it no longer held; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The name.
    pub name: String,
    /// The body code that stands in symbols.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The unit above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
}

impl UnitHistory {
    /// What held on a day, if the unit existed then.
    #[must_use]
    pub fn at(&self, day: Day) -> Option<&UnitSpan> {
        self.spans.iter().find(|span| span.from <= day && span.to.is_none_or(|to| day < to))
    }

    /// The unit as it stood on a day, if it existed then.
    #[must_use]
    pub fn unit(&self, day: Day) -> Option<Unit> {
        let UnitSpan { from, to, name, body, parent } = self.at(day)?.clone();
        Some(Unit { id: self.id, office: self.office, name, body, parent, from, to, version: self.version })
    }
}

/// Finds units by words of their names: addressees are open to everyone signed in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct FindUnits {
    /// Words of the name or their beginnings, in any order, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only units of this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// Only this unit and those below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<UnitId>,
    /// The day whose names and tree count; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One unit as it stands on a day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetUnit {
    /// The unit.
    pub id: UnitId,
    /// The day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// One unit through time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetUnitHistory {
    /// The unit.
    pub id: UnitId,
}

/// Makes a unit below another of the same office.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateUnit {
    /// The office.
    pub office: OfficeId,
    /// The unit above.
    pub parent: UnitId,
    /// The name, at most 200 characters.
    pub name: String,
    /// The body code, when the unit issues documents of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The first day of its existence.
    pub from: Day,
}

/// Gives a unit another name or another place from a day on. What held before that day stays as it was; what was
/// planned for after it is replaced.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeUnit {
    /// The unit.
    pub id: UnitId,
    /// The first day on which the change holds.
    pub from: Day,
    /// The new name; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new unit above; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// The act, such as `12-QĐ/ĐU`, at most 200 characters; absent for a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
}

/// Ends a unit on a day, once nothing stands in it any more.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndUnit {
    /// The unit.
    pub id: UnitId,
    /// The first day on which it is no more.
    pub to: Day,
    /// The act, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
}

/// A unit was made or changed: all of its spans, so that a reader knows its name on every day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitChanged {
    /// The unit after the change.
    pub unit: UnitHistory,
}
