//! Who calls: the keys that are believed, identity's among them, and the verified caller of a request.

use std::{
    sync::{Mutex, PoisonError, RwLock},
    time::Duration,
};

use auth::{Caller, IDENTITY_ISSUER, KeyRing, PublicKey, Signer, TicketClaims, TokenFault};
use bus::Bus;
use schema_identity::GetKeys;
use wire::{Fault, Instant, Meta, Ticket};

use crate::error::busy;

/// How long a service's own token lives.
const SERVICE_TOKEN_LIFE: Duration = Duration::from_secs(60);

/// How long an answer of identity about its keys is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// Identity is asked for its keys at most this often because of tokens with unknown keys, so that garbage cannot make
/// work; and at least this often, so that a withdrawn key goes.
const ASK_AT_MOST_EVERY: Duration = Duration::from_secs(2);
const ASK_AT_LEAST_EVERY: Duration = Duration::from_secs(60);

/// Whose signatures are believed. Service keys are given at the start; identity's are asked for.
#[derive(Debug)]
pub struct Keys {
    ring: RwLock<KeyRing>,
    asked: Mutex<Option<Instant>>,
    /// Held while identity is asked, so that those who come meanwhile wait for the one answer.
    asking: tokio::sync::Mutex<()>,
}

impl Keys {
    /// Starts with the keys of our own services.
    #[must_use]
    pub fn new(services: impl IntoIterator<Item = (String, PublicKey)>) -> Self {
        let mut ring = KeyRing::default();
        services.into_iter().for_each(|(issuer, key)| ring.add(&issuer, key));
        Self { ring: RwLock::new(ring), asked: Mutex::new(None), asking: tokio::sync::Mutex::new(()) }
    }

    /// Who bears this token; nobody known when there is none.
    ///
    /// # Errors
    /// Unauthenticated when the token is not good.
    pub async fn caller(&self, token: Option<&str>, now: Instant, bus: &Bus) -> Result<Caller, Fault> {
        let Some(token) = token else { return Ok(Caller::Anonymous) };
        let known = self.read(|ring| ring.verify(token, now));
        // An unknown key may have become known since it was looked up: whoever meets one looks again, one at a time.
        if !matches!(known, Err(TokenFault::UnknownKey)) && !self.ask_again(&known, now) {
            return known.map_err(TokenFault::fault);
        }
        let _asking = self.asking.lock().await;
        let known = self.read(|ring| ring.verify(token, now));
        if !self.ask_again(&known, now) {
            return known.map_err(TokenFault::fault);
        }
        let heard = self.refresh(now, bus).await;
        match self.read(|ring| ring.verify(token, now)) {
            // The token may be as good as any; only identity could tell.
            Err(TokenFault::UnknownKey) if !heard => Err(busy()),
            known => known.map_err(TokenFault::fault),
        }
    }

    fn ask_again(&self, known: &Result<Caller, TokenFault>, now: Instant) -> bool {
        match known {
            Ok(Caller::Person(_)) => self.due(now, ASK_AT_LEAST_EVERY),
            Err(TokenFault::UnknownKey) => self.due(now, ASK_AT_MOST_EVERY),
            _ => false,
        }
    }

    /// What a ticket promises.
    pub(crate) fn ticket(&self, ticket: &Ticket, now: Instant) -> Result<TicketClaims, Fault> {
        self.read(|ring| ring.verify_ticket(ticket, now)).map_err(TokenFault::fault)
    }

    fn read<T>(&self, look: impl FnOnce(&KeyRing) -> T) -> T {
        look(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn due(&self, now: Instant, every: Duration) -> bool {
        let asked = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.is_none_or(|asked| now.since(asked) >= every || now < asked)
    }

    /// Asks identity for its keys; when it does not answer, the known ones stay, and it is not asked again at once.
    async fn refresh(&self, now: Instant, bus: &Bus) -> bool {
        let answer = bus.ask(&Meta::default(), &GetKeys {}, PATIENCE).await;
        let heard = answer.is_ok();
        if let Ok(keys) = answer {
            let keys = keys.keys.iter().filter_map(|key| PublicKey::try_from(key.clone()).ok()).collect();
            self.ring.write().unwrap_or_else(PoisonError::into_inner).replace(IDENTITY_ISSUER, keys);
        }
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        heard
    }
}

/// What accompanies a call that a service makes for itself.
pub(crate) fn service_meta(own: &Signer, now: Instant) -> Meta {
    Meta { token: Some(own.sign_service(now, SERVICE_TOKEN_LIFE)), ..Meta::default() }
}

/// Reads the public keys of the services of an installation: a JSON object from service name to key.
impl Keys {
    /// Starts with the keys that `vanphong deploy init` wrote down.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn from_file(path: &std::path::Path) -> anyhow::Result<Self> {
        use anyhow::Context as _;
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("reading the public keys of the services from `{}`", path.display()))?;
        let keys: std::collections::BTreeMap<String, PublicKey> = serde_json::from_str(&text)?;
        Ok(Self::new(keys.into_iter().map(|(service, key)| (auth::service_issuer(&service), key))))
    }
}
