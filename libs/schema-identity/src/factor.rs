//! Second factors of the caller's own account, sign-in with them, and step-up. No call here names an account: each acts
//! on the caller alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Instant,
    id::{PasskeyId, PersonId},
};

use crate::{Hidden, WebAuthnJson};

/// A proof of who is there; exactly one of its fields is given.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Proof {
    /// Six digits of the authenticator app; each works once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp: Option<Hidden>,
    /// A passkey's answer to a challenge: `AuthenticationResponseJSON`, which `PublicKeyCredential.toJSON()` gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkey: Option<WebAuthnJson>,
    /// One of the recovery codes, at sign-in only; each works once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_code: Option<Hidden>,
    /// The password, for a step-up of an account without a second factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Hidden>,
}

/// The second step of a sign-in, within minutes of `identity.second_factor_required`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignInSecondFactor {
    /// What that refusal gave; good for one session.
    pub continuation: Hidden,
    /// A code, a recovery code, or a passkey's answer to the options that the refusal gave.
    pub proof: Proof,
}

/// Proves once more who is there. For minutes the session may then make calls that ask for it: with a second factor where
/// the account has one, with the password where it has none.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StepUp {
    /// The proof.
    pub proof: Proof,
}

/// The session is stepped up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SteppedUp {
    /// Until when.
    pub until: Instant,
}

/// Looks at the second factors of the caller's account.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct GetMyFactors {}

/// The second factors of the caller's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyFactors {
    /// Since when codes of an authenticator app are asked for; absent when they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_since: Option<Instant>,
    /// The passkeys, oldest first.
    pub passkeys: Vec<MyPasskey>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
    /// The last recovery of the account by two administrators, so that nobody does it unnoticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovered: Option<Recovered>,
}

/// A passkey of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyPasskey {
    /// Its id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added: Instant,
    /// When it was last used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Instant>,
    /// When its signature counter last went back, which may mean that somebody has a copy; it is refused from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspect: Option<Instant>,
}

/// That two administrators have recovered the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recovered {
    /// When.
    pub at: Instant,
    /// Who asked for it.
    pub requested_by: PersonId,
    /// Who confirmed it.
    pub confirmed_by: PersonId,
}

/// Begins to use an authenticator app: its codes are asked for once one has been confirmed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct BeginTotp {}

/// The secret for the authenticator app (RFC 6238: SHA-1, six digits, 30 seconds). It is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TotpBegun {
    /// The secret, base 32.
    pub secret: Hidden,
    /// The same as `otpauth://` address, for a square code.
    pub otpauth: Hidden,
}

/// Confirms that the authenticator app has the secret. Other sessions of the account end.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConfirmTotp {
    /// Six digits that the app shows now.
    pub code: Hidden,
}

/// The factor is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactorAdded {
    /// Since when.
    pub at: Instant,
    /// Recovery codes, when this is the first factor; each works once. They are shown this once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recovery_codes: Vec<Hidden>,
}

/// Stops using the authenticator app. Other sessions of the account end.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RemoveTotp {}

/// The factor is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactorRemoved {
    /// Since when.
    pub at: Instant,
}

/// Makes new recovery codes; earlier ones stop working.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RenewRecoveryCodes {}

/// Recovery codes, each good once. They are shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryCodes {
    /// The codes.
    pub recovery_codes: Vec<Hidden>,
}
