//! One's own sessions and the devices they run on: seen, named and ended by their owner alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Instant, id::SessionId};

/// Lists the caller's own sessions that go on, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListMySessions {}

/// The caller's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MySessions {
    /// Those that go on, newest first.
    pub sessions: Vec<MySession>,
}

/// How a person has proven who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A password alone: the account has no second factor.
    Password,
    /// A password and a code of an authenticator app.
    Totp,
    /// A password and a recovery code.
    RecoveryCode,
    /// A password and a passkey.
    Passkey,
}

/// One of the caller's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MySession {
    /// Its id.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When it began.
    pub began: Instant,
    /// When it ends by itself.
    pub expires: Instant,
    /// What its owner calls the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// From which network it was last heard of: an IPv4 address, or the first half of an IPv6 address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// When it was last heard of, to within the life of an access token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Instant>,
    /// How it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
}

/// Gives the device of one of the caller's sessions a name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NameMySession {
    /// The session.
    pub id: SessionId,
    /// What to call the device: 1 to 200 characters.
    pub device: String,
}

/// Ends one of the caller's sessions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndMySession {
    /// The session.
    pub id: SessionId,
}

/// Ends all of the caller's sessions but the one that asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct EndMyOtherSessions {}
