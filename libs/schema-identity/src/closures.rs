//! Days on which one office is shut by decision (đóng cửa cục bộ): storm, flood. They are no working days there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day, Version,
    id::{OfficeClosureId, OfficeId},
};

/// Days on which an office is shut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeClosure {
    /// Its id.
    pub id: OfficeClosureId,
    /// The office.
    pub office: OfficeId,
    /// The first day.
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    /// What for.
    pub reason: String,
    /// The decision: number, day, body.
    pub instrument: String,
    /// The day on which it was entered here: terms counted before it do not know of it.
    pub known_on: Day,
    /// The day on which it was cancelled; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_on: Option<Day>,
    /// The decision that cancelled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<String>,
    /// How often it was changed.
    pub version: Version,
}

/// Enters days on which an office is shut. Terms of the office that are counted from now on pass over them and name the
/// decision; what was counted before stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordOfficeClosure {
    /// The office.
    pub office: OfficeId,
    /// The first day.
    pub first: Day,
    /// The last day, included; at most 31 days.
    pub last: Day,
    /// What for: 1 to 200 characters.
    pub reason: String,
    /// The decision: number, day, body; 1 to 200 characters.
    pub instrument: String,
}

/// Cancels a closure by a decision: terms counted from now on do not know of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CancelOfficeClosure {
    /// The closure.
    pub id: OfficeClosureId,
    /// The decision that cancels it: 1 to 200 characters.
    pub instrument: String,
}

/// A closure was entered or cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeClosureChanged {
    /// The closure after the change.
    pub closure: OfficeClosure,
}
