//! Passkeys (WebAuthn level 3). What goes to the browser and comes back is the browser's own JSON, so that a page hands it
//! on as it is: `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` before, `toJSON` after.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Instant, id::PasskeyId};

/// A dictionary that WebAuthn defines, such as `RegistrationResponseJSON`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct WebAuthnJson(pub serde_json::Map<String, serde_json::Value>);

/// Asks for a challenge to add a passkey to the caller's account.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct BeginPasskey {}

/// Asks for a challenge that one of the caller's passkeys answers in a step-up.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct BeginPasskeyStepUp {}

/// What the browser is asked. The challenge in it is good once, for this account, session and purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PasskeyChallenge {
    /// `PublicKeyCredentialCreationOptionsJSON` to add a passkey, `PublicKeyCredentialRequestOptionsJSON` to step up: the
    /// `publicKey` of `navigator.credentials.create` or `get`. User verification is required; attestation is not asked for.
    pub options: WebAuthnJson,
    /// When it stops being good.
    pub expires: Instant,
}

/// Adds a passkey to the caller's account. Other sessions of the account end.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddPasskey {
    /// What to call it: 1 to 200 characters.
    pub name: String,
    /// The browser's answer to the challenge: `RegistrationResponseJSON`, which `PublicKeyCredential.toJSON()` gives.
    pub credential: WebAuthnJson,
}

/// Removes one of the caller's passkeys. Other sessions of the account end.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemovePasskey {
    /// The passkey.
    pub id: PasskeyId,
}
