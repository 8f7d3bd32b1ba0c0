//! JSON Web Tokens (RFC 7519) as this house makes and reads them: EdDSA, a key id, and nothing else.

use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, crypto::rust_crypto, dangerous, decode, decode_header,
    errors::ErrorKind,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{PublicKey, TOKEN_LIMIT, TokenFault, token::Claims};

/// What stands before the 32 seed bytes of an Ed25519 key in PKCS#8 (RFC 8410, section 7).
const PKCS8_PREFIX: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// The form of a private key that the library wants.
pub(crate) fn encoding_key(seed: &[u8; 32]) -> EncodingKey {
    EncodingKey::from_ed_der(&[PKCS8_PREFIX.as_slice(), seed].concat())
}

/// A signed token.
pub(crate) fn sign(claims: &Claims<impl Serialize>, key: &EncodingKey, kid: &str) -> String {
    install_crypto();
    let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::EdDSA) };
    // These claims encode and such a key signs; were it otherwise, an empty token is one that nobody believes.
    jsonwebtoken::encode(&header, claims, key).unwrap_or_default()
}

/// The id of the key with which a token claims to be signed.
pub(crate) fn claimed_kid(token: &str) -> Result<String, TokenFault> {
    if token.len() > TOKEN_LIMIT {
        return Err(TokenFault::TooLong);
    }
    let header = decode_header(token).map_err(|_| TokenFault::Malformed)?;
    if header.alg != Algorithm::EdDSA {
        return Err(TokenFault::Algorithm);
    }
    // RFC 7515, section 4.1.11: whoever does not understand a critical extension must refuse.
    if header.crit.is_some() {
        return Err(TokenFault::Malformed);
    }
    header.kid.ok_or(TokenFault::UnknownKey)
}

/// The claims of a token that this key has signed for this audience. Issuer and times are still to be judged.
pub(crate) fn signed_claims(
    token: &str,
    key: &PublicKey,
    audience: &str,
) -> Result<Claims<Map<String, Value>>, TokenFault> {
    install_crypto();
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_required_spec_claims(&["aud", "exp", "iss"]);
    validation.set_audience(&[audience]);
    // The library would ask the system's clock; the key ring asks its caller's.
    validation.validate_exp = false;
    match decode(token, &DecodingKey::from_ed_der(key.as_bytes()), &validation) {
        Ok(data) => Ok(data.claims),
        Err(error) => Err(match error.kind() {
            ErrorKind::InvalidSignature => TokenFault::Signature,
            ErrorKind::InvalidAudience => TokenFault::Audience,
            _ => TokenFault::Malformed,
        }),
    }
}

/// What a text says that has the form of a token for this audience. Nothing of it is verified.
pub(crate) fn said_for<T: DeserializeOwned>(text: &str, audience: &str) -> Option<T> {
    if text.len() > TOKEN_LIMIT {
        return None;
    }
    let claims: Claims<T> = dangerous::insecure_decode_claims(text).ok()?;
    (claims.aud == audience).then_some(claims.says)
}

/// Chooses the library's cryptography before every use, so that nobody has to remember it at start: without this, a
/// dependency that turned on the library's other backend would make the first use panic.
fn install_crypto() {
    // An error says only that it has been chosen already.
    let _ = rust_crypto::DEFAULT_PROVIDER.install_default();
}
