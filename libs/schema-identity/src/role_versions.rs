//! What an installation withholds from roles (rút quyền của vai trò), version by version. A version never gives a role more
//! than the release of the program does.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Day, Instant, Version, id::PersonId};

/// What is withheld from one role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WithheldRights {
    /// The name of the role, such as `document_clerk`.
    pub role: String,
    /// The permissions of the release that it does not give.
    pub permissions: Vec<String>,
}

/// A version of the roles of an installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleVersion {
    /// Which one it is, from 1 on.
    pub version: Version,
    /// All that is withheld; nothing when the roles are those of the release.
    pub withheld: Vec<WithheldRights>,
    /// Why.
    pub reason: String,
    /// The number and symbol of the decision.
    pub instrument: String,
    /// The day that the decision bears.
    pub instrument_day: Day,
    /// From when on it holds.
    pub at: Instant,
    /// Who saved it.
    pub by: PersonId,
}

/// Lists the versions of the roles, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListRoleVersions {}

/// The newest 50 versions, newest first; empty while the roles are those of the release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleVersions {
    /// The versions.
    pub versions: Vec<RoleVersion>,
}

/// Saves the next version: all that is withheld from now on, in every office of the installation. For administrators of the
/// centre.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SaveRoleVersion {
    /// The version that this one replaces; 0 for the first.
    pub replaces: Version,
    /// All that is withheld. What is not named is given as the release gives it.
    pub withheld: Vec<WithheldRights>,
    /// Why: 1 to 200 characters.
    pub reason: String,
    /// The number and symbol of the decision: 1 to 200 characters.
    pub instrument: String,
    /// The day that the decision bears, today at the latest.
    pub instrument_day: Day,
    /// That the caller knows they take a right from a role of their own.
    #[serde(default)]
    pub own_right_confirmed: bool,
}
