//! Bodies under whose names an office issues (cơ quan ban hành): the committee, the office itself, each with its code,
//! its seal and who keeps it, as they stand for a time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{IssuingBodyId, OfficeId, PositionId},
};

/// A body as it stands from one day to another. Another name, seal or custodian is a further state of the same code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IssuingBody {
    /// Its id.
    pub id: IssuingBodyId,
    /// The office that issues for it.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// Its code in symbols, such as `ĐU` or `VPĐU`.
    pub code: String,
    /// Its name as printed.
    pub name: String,
    /// The seal that its documents bear (con dấu), as entered in the book of seals.
    pub seal: String,
    /// The position that keeps the seal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custodian: Option<PositionId>,
    /// That position's title as written in the record of hand-over.
    pub custodian_title: String,
    /// The committee's term, such as `2025-2030`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// First day on which it stands so.
    pub from: Day,
    /// Last day on which it stands so; absent while the end is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// The seal that an issued document bears, as it was kept on the day of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SealUse {
    /// The body whose seal it is.
    pub body: IssuingBodyId,
    /// That body's name on that day.
    pub body_name: String,
    /// The seal.
    pub seal: String,
    /// The position that kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custodian: Option<PositionId>,
    /// That position's title.
    pub custodian_title: String,
}

/// Records a body as it stands from a day on. Its code is then one that documents may be drafted under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordIssuingBody {
    /// The office that issues for it.
    pub office: OfficeId,
    /// Its code in symbols.
    pub code: String,
    /// Its name as printed.
    pub name: String,
    /// The seal that its documents bear.
    pub seal: String,
    /// The position that keeps the seal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custodian: Option<PositionId>,
    /// That position's title.
    pub custodian_title: String,
    /// The committee's term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// First day on which it stands so.
    pub from: Day,
    /// Last day on which it stands so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// Ends a state of a body after its last day: the seal passes to another custodian, a new one is cut, the term is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EndIssuingBody {
    /// The body.
    pub id: IssuingBodyId,
    /// Its last day.
    pub to: Day,
}

/// The bodies of an office, those recorded first first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListIssuingBodies {
    /// The office.
    pub office: OfficeId,
    /// Only those that stand on this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
