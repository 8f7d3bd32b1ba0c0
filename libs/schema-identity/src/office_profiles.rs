//! What an office says of itself (thông tin cơ quan): where it is, how it is reached, when it works, and its emblem.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Instant, Ticket, Version,
    id::{OfficeId, PersonId},
};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkDay {
    /// Thứ Hai.
    Monday,
    /// Thứ Ba.
    Tuesday,
    /// Thứ Tư.
    Wednesday,
    /// Thứ Năm.
    Thursday,
    /// Thứ Sáu.
    Friday,
    /// Thứ Bảy.
    Saturday,
    /// Chủ nhật.
    Sunday,
}

/// From one time of a day to another, such as `07:30` to `11:30`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HoursSpan {
    /// When it begins: hours and minutes, from `00:00` to `23:59`.
    pub from: String,
    /// When it ends, later than that.
    pub to: String,
}

/// When an office works on a day of the week (giờ làm việc).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DayHours {
    /// The day.
    pub day: WorkDay,
    /// In the morning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub morning: Option<HoursSpan>,
    /// In the afternoon, not before the morning ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub afternoon: Option<HoursSpan>,
}

/// What an office says of itself, as of one of its versions. Every version is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeProfile {
    /// The office.
    pub id: OfficeId,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it works, from Monday on; days without work are not named.
    pub hours: Vec<DayHours>,
    /// SHA-256 of its emblem, hex; absent while it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emblem: Option<String>,
    /// Which version this is; 0 while nothing was said.
    pub version: Version,
    /// When this version was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Instant>,
    /// Who wrote it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

/// What an office says of itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetOfficeProfile {
    /// The office.
    pub id: OfficeId,
}

/// The versions of what an office said of itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListOfficeProfileVersions {
    /// The office.
    pub id: OfficeId,
}

/// The newest 50 versions, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeProfileVersions {
    /// The versions.
    pub versions: Vec<OfficeProfile>,
}

/// Says anew what an office says of itself, the emblem aside: what is left out is said no more.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetOfficeProfile {
    /// The office.
    pub id: OfficeId,
    /// Where it is: at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its telephone: digits, spaces and `+ - . ( )`, at most 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it works, each day once.
    #[serde(default)]
    pub hours: Vec<DayHours>,
}

/// Gives an office another emblem, or none. The picture is drawn anew, so that nothing else in the file is kept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetOfficeEmblem {
    /// The office.
    pub id: OfficeId,
    /// The upload, for the purpose `office_emblem`: a PNG of at most 64 KiB and 512 by 512 pixels. Absent takes the emblem
    /// away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
}

/// The emblem of an office.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetOfficeEmblem {
    /// The office.
    pub id: OfficeId,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeEmblem {
    /// SHA-256 of the picture, hex.
    pub sha256: String,
    /// The PNG in base64.
    pub png: String,
}
