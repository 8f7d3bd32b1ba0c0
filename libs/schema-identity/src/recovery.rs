//! Recovery of an account whose owner has lost their factors: asked for by one administrator, confirmed by another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Instant,
    id::{AccountId, OfficeId, PersonId, RecoveryId},
};

/// Asks that an account be recovered. It waits for another administrator, of the same office or of one above.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RequestRecovery {
    /// The account; not the caller's own.
    pub account: AccountId,
    /// Why, and how the person was recognised: 1 to 200 characters.
    pub reason: String,
}

/// A recovery that waits for its second administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recovery {
    /// Its id.
    pub id: RecoveryId,
    /// The account.
    pub account: AccountId,
    /// The office of the account.
    pub office: OfficeId,
    /// Who asked for it.
    pub requested_by: PersonId,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub at: Instant,
    /// When it lapses.
    pub expires: Instant,
}

/// Lists the recoveries that wait in an office.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListRecoveries {
    /// The office.
    pub office: OfficeId,
}

/// Recoveries that wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recoveries {
    /// Oldest first.
    pub recoveries: Vec<Recovery>,
}

/// Confirms a recovery that another administrator asked for: password, second factors, recovery codes and sessions of the
/// account are gone, and a one-time code takes it into use again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConfirmRecovery {
    /// The recovery.
    pub id: RecoveryId,
    /// Why the second administrator is sure: 1 to 200 characters.
    pub reason: String,
}

/// Takes a recovery back, or turns it down.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RefuseRecovery {
    /// The recovery.
    pub id: RecoveryId,
}
