//! Public keys: Ed25519, travelling as JSON Web Keys (RFC 8037) and named by their thumbprint (RFC 7638).

use std::{borrow::Cow, fmt};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A public key. Its id is its thumbprint, so that one id never names two keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "wire::PublicKey", into = "wire::PublicKey")]
pub struct PublicKey {
    id: String,
    key: VerifyingKey,
}

/// Bytes or a JSON Web Key that are no Ed25519 public key we would trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadKey;

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected a JSON Web Key with `kty` OKP, `crv` Ed25519, `alg` EdDSA, `use` sig and, in `kid`, its RFC 7638 \
             thumbprint",
        )
    }
}

impl std::error::Error for BadKey {}

impl PublicKey {
    /// The key with these 32 bytes.
    ///
    /// # Errors
    /// [`BadKey`] when they are no point of the curve, or one of the few under which anything verifies.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BadKey> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| BadKey)?;
        if key.is_weak() { Err(BadKey) } else { Ok(Self::of(key)) }
    }

    pub(crate) fn of(key: VerifyingKey) -> Self {
        let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
        let thumbprint = Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
        Self { id: URL_SAFE_NO_PAD.encode(thumbprint), key }
    }

    /// The key id: base64url of the RFC 7638 thumbprint.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The 32 bytes of the key.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Whether a signature over these bytes was made with the private half of this key.
    #[must_use]
    pub fn verify_bytes(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(bytes, &Signature::from_bytes(signature)).is_ok()
    }
}

impl From<PublicKey> for wire::PublicKey {
    fn from(key: PublicKey) -> Self {
        Self {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            x: URL_SAFE_NO_PAD.encode(key.as_bytes()),
            kid: key.id,
            alg: "EdDSA".to_owned(),
            purpose: "sig".to_owned(),
        }
    }
}

impl TryFrom<wire::PublicKey> for PublicKey {
    type Error = BadKey;

    fn try_from(jwk: wire::PublicKey) -> Result<Self, BadKey> {
        let bytes = URL_SAFE_NO_PAD.decode(&jwk.x).map_err(|_| BadKey)?;
        let key = Self::from_bytes(&bytes.try_into().map_err(|_| BadKey)?)?;
        if jwk == wire::PublicKey::from(key.clone()) { Ok(key) } else { Err(BadKey) }
    }
}

impl JsonSchema for PublicKey {
    fn schema_name() -> Cow<'static, str> {
        "PublicKey".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        wire::PublicKey::json_schema(generator)
    }
}
