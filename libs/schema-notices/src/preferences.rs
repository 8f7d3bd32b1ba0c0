//! How a person wants to be told: by e-mail or not, how often at most, and of what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Version, id::OfficeId};

use crate::NoticeKind;

/// How the caller wants to be told of what needs them in an office. Without an address nothing is mailed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeSettings {
    /// The office.
    pub office: OfficeId,
    /// How often they were changed.
    pub version: Version,
    /// The e-mail address that notices go to; confirmed by a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// A new address that waits to be confirmed; nothing but the code goes there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unconfirmed_address: Option<String>,
    /// At most one mail in so many minutes, 15 to 1440.
    pub bundle_minutes: u16,
    /// What is mailed; the list of notices has everything.
    pub kinds: Vec<NoticeKind>,
    /// Whether this installation sends e-mail at all.
    pub mail_configured: bool,
}

/// Looks at the caller's own settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetNoticeSettings {
    /// The office.
    pub office: OfficeId,
}

/// Sets the caller's own settings. A new address gets a code, and nothing else until it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PutNoticeSettings {
    /// The office.
    pub office: OfficeId,
    /// The e-mail address; absent for no e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// At most one mail in so many minutes, 15 to 1440.
    pub bundle_minutes: u16,
    /// What is mailed.
    pub kinds: Vec<NoticeKind>,
}

/// Confirms a new address with the code that was mailed to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConfirmNoticeAddress {
    /// The office.
    pub office: OfficeId,
    /// The code, eight digits.
    pub code: String,
}
