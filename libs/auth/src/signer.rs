//! Making tokens, tickets and signatures with an issuer's private key.

use std::{fmt, path::Path, time::Duration};

use ed25519_dalek::{Signer as _, SigningKey};
use jsonwebtoken::EncodingKey;
use serde::Serialize;
use wire::{Instant, Ticket};

use crate::{
    CALLER_LIFE, PersonCaller, PublicKey, TICKET_LIFE, TicketClaims, jwt, key_file,
    token::{Bearer, CALLER_AUDIENCE, Claims, TICKET_AUDIENCE},
};

/// An Ed25519 key, its id, and the issuer that signs with it: `identity`, or `service:<name>`.
pub struct Signer {
    issuer: String,
    key: SigningKey,
    /// The same key in the form the token library wants.
    encoding: EncodingKey,
    public: PublicKey,
}

impl Signer {
    /// The signer of an issuer with a key made from 32 random bytes.
    #[must_use]
    pub fn from_seed(issuer: &str, seed: [u8; 32]) -> Self {
        Self::of(issuer, SigningKey::from_bytes(&seed))
    }

    /// The signer of an issuer with the key that stands at `path`. When nothing stands there yet, a key is made from
    /// 32 random bytes and written as PEM of PKCS#8 with mode 600.
    ///
    /// # Errors
    /// When the file can be used by its group or the world, holds no such key, or cannot be read or written.
    pub fn load_or_create(path: &Path, issuer: &str, seed: [u8; 32]) -> anyhow::Result<Self> {
        let fresh = Self::from_seed(issuer, seed);
        Ok(Self::of(issuer, key_file::load_or_create(path, fresh.key, fresh.public.id())?))
    }

    fn of(issuer: &str, key: SigningKey) -> Self {
        let encoding = jwt::encoding_key(key.as_bytes());
        Self { issuer: issuer.to_owned(), public: PublicKey::of(key.verifying_key()), encoding, key }
    }

    /// The issuer that signs.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The public half, for the rings of those who verify.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.public.clone()
    }

    /// A token that says who a signed-in person is; believed from `identity` only. A life beyond
    /// [`CALLER_LIFE`] is cut to it.
    #[must_use]
    pub fn sign_person(&self, person: &PersonCaller, now: Instant, life: Duration) -> String {
        self.sign(CALLER_AUDIENCE, Bearer::Person(person.clone()), now, life.min(CALLER_LIFE))
    }

    /// A token with which a service speaks for itself; believed from `service:<name>` only. A life beyond
    /// [`CALLER_LIFE`] is cut to it.
    #[must_use]
    pub fn sign_service(&self, now: Instant, life: Duration) -> String {
        self.sign(CALLER_AUDIENCE, Bearer::Service, now, life.min(CALLER_LIFE))
    }

    /// A ticket for a staged upload; believed from the gateway only. A life beyond [`TICKET_LIFE`] is cut to it.
    #[must_use]
    pub fn sign_ticket(&self, ticket: &TicketClaims, now: Instant, life: Duration) -> Ticket {
        Ticket(self.sign(TICKET_AUDIENCE, ticket, now, life.min(TICKET_LIFE)))
    }

    /// An Ed25519 signature over bytes, such as a checkpoint of the audit log. The bytes must begin with words that
    /// say what they are and hold a line break, which no token does: so a signature for one is never one for the other.
    #[must_use]
    pub fn sign_bytes(&self, bytes: &[u8]) -> [u8; 64] {
        self.key.sign(bytes).to_bytes()
    }

    fn sign(&self, audience: &str, says: impl Serialize, now: Instant, life: Duration) -> String {
        let iat = now.unix_seconds();
        let exp = iat.saturating_add(i64::try_from(life.as_secs()).unwrap_or(i64::MAX));
        let claims = Claims { iss: self.issuer.clone(), aud: audience.to_owned(), iat, exp, says };
        jwt::sign(&claims, &self.encoding, self.public.id())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({} {})", self.issuer, self.public.id())
    }
}
