//! Sign-in, fresh tokens, sign-out, one's own password.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::Instant;

use crate::Hidden;

/// Signs in with a password, and begins a session.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignIn {
    /// The name of the account; case and accents do not matter.
    pub username: String,
    /// The password.
    pub password: Hidden,
}

/// An access token of minutes, and the refresh token that is traded for the next pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tokens {
    /// Says who is calling, to every service.
    pub access_token: Hidden,
    /// How to send it: `Bearer`.
    pub token_type: String,
    /// Seconds until the access token runs out.
    pub expires_in: u32,
    /// Good for one trade.
    pub refresh_token: Hidden,
}

/// Trades a refresh token for a fresh pair. A token that was traded before ends the session, except that the same
/// network gets a fresh pair within 30 seconds, in case the first answer was lost.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RefreshTokens {
    /// The refresh token.
    pub refresh_token: Hidden,
}

/// Ends the session that this call is made with.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SignOut {}

/// Ends every session of the caller's account.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SignOutEverywhere {}

/// The session is over, for every service within five seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignedOut {
    /// When it ended.
    pub at: Instant,
}

/// Changes the caller's own password, and ends their other sessions. A wrong current password counts as a failed
/// sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeOwnPassword {
    /// The password that the account has.
    pub current_password: Hidden,
    /// The new one: at least 15 characters and at most 1024 bytes.
    pub new_password: Hidden,
}

/// The new password holds; other sessions are over, for every service within five seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PasswordChanged {
    /// Since when.
    pub at: Instant,
}
