//! Sessions of browsers: an opaque secret in a cookie, which the portal trades for tokens of a minute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::Instant;

use crate::Hidden;

/// Gives the session of this call a secret, which a browser keeps in a cookie. The portal asks for it right after the
/// sign-in, in the name of whoever signed in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct OpenPortalSession {}

/// What a browser keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PortalSession {
    /// Opens the session until it ends. It says nothing about who it is.
    pub secret: Hidden,
    /// When the session ends by itself.
    pub ends: Instant,
}

/// Trades the secret of a browser for an access token. It may be traded as often as one likes, until its session ends.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExchangeSession {
    /// What the browser showed.
    pub secret: Hidden,
}

/// An access token for the pages of the next minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SessionToken {
    /// Says who is calling, to every service.
    pub access_token: Hidden,
    /// Seconds until it runs out.
    pub expires_in: u32,
}
