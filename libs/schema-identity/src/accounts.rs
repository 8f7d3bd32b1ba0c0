//! Accounts, the one-time codes that take them into use, and the first administrator of an installation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Instant, Version,
    id::{AccountId, AppointmentId, EnrolmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::{Hidden, Reach};

/// Whether an account can be signed in to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// It has a password that opens it.
    Active,
    /// Shut by an administrator.
    Disabled,
    /// Without a password: new, or its password was taken back. A one-time code opens it.
    Locked,
}

/// The account of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The office of the person.
    pub office: OfficeId,
    /// Whose it is.
    pub person: PersonId,
    /// The name to sign in with; absent until the account is taken into use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Whether it can be signed in to.
    pub state: AccountState,
    /// How often it was changed.
    pub version: Version,
}

/// Lists the accounts of an office, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListAccounts {
    /// The office.
    pub office: OfficeId,
    /// Only the account of this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Opens an account for a person; it stays locked until a one-time code is used.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OpenAccount {
    /// The office of the person.
    pub office: OfficeId,
    /// Whose it will be; a person has one account.
    pub person: PersonId,
}

/// Shuts an account and ends its sessions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DisableAccount {
    /// The account.
    pub id: AccountId,
}

/// Lets a shut account be signed in to again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EnableAccount {
    /// The account.
    pub id: AccountId,
}

/// Ends every session of an account, as when a device was left behind. The account itself stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndAccountSessions {
    /// The account.
    pub id: AccountId,
}

/// Makes a one-time code with which the person chooses a password. A password that there was, earlier codes and all
/// sessions end with it, so that nobody can use the account beside its owner.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IssueEnrolment {
    /// The account.
    pub id: AccountId,
}

/// A one-time code. It is shown this once; only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Enrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// The account it opens.
    pub account: AccountId,
    /// The code, to be handed to the person.
    pub code: Hidden,
    /// When it stops working.
    pub expires: Instant,
}

/// Uses a one-time code: the account gets its name and password.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Enrol {
    /// The code; case, spaces and hyphens do not matter.
    pub code: Hidden,
    /// The name to sign in with: 3 to 64 letters, digits, `.`, `-`, `_`, `@`; case and accents do not matter.
    pub username: String,
    /// The password: at least 15 characters and at most 1024 bytes.
    pub password: Hidden,
}

/// The account is ready to be signed in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Enrolled {
    /// The name to sign in with, as it is kept.
    pub username: String,
}

/// Makes the first administrator, while no account exists.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Bootstrap {
    /// The code of the office, as [`Office::code`](crate::Office::code).
    pub office: String,
    /// Họ và tên of the administrator.
    pub full_name: String,
    /// How far the administrator looks.
    #[serde(default)]
    pub reach: Reach,
}

/// What the bootstrap made, and the code with which the administrator chooses name and password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bootstrapped {
    /// The office.
    pub office: OfficeId,
    /// The unit in which the position stands.
    pub unit: UnitId,
    /// The administrator.
    pub person: PersonId,
    /// Their position.
    pub position: PositionId,
    /// Their appointment to it.
    pub appointment: AppointmentId,
    /// Their account's one-time code.
    pub enrolment: Enrolment,
}
