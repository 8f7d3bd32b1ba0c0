//! Which keys each issuer may use, and the verification of tokens and tickets against them.

use std::{collections::BTreeMap, time::Duration};

use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::{Instant, Ticket};

use crate::{
    CALLER_LIFE, Caller, GATEWAY_ISSUER, IDENTITY_ISSUER, LEEWAY, PublicKey, TICKET_LIFE, TicketClaims, TokenFault,
    jwt,
    token::{Bearer, CALLER_AUDIENCE, TICKET_AUDIENCE, service_of},
};

/// Which keys each issuer may use. An issuer has several while its keys are being changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyRing {
    keys: BTreeMap<String, Vec<PublicKey>>,
}

impl KeyRing {
    /// Lets an issuer use one more key.
    pub fn add(&mut self, issuer: &str, key: PublicKey) {
        let keys = self.keys.entry(issuer.to_owned()).or_default();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }

    /// Lets an issuer use these keys and no others.
    pub fn replace(&mut self, issuer: &str, keys: Vec<PublicKey>) {
        self.keys.insert(issuer.to_owned(), keys);
    }

    /// Whether some issuer may use the key with this id.
    #[must_use]
    pub fn knows_kid(&self, kid: &str) -> bool {
        self.key(kid).is_some()
    }

    /// Who bears this token.
    ///
    /// # Errors
    /// [`TokenFault`] says why it is not believed.
    pub fn verify(&self, token: &str, now: Instant) -> Result<Caller, TokenFault> {
        let (issuer, bearer) = self.open(token, CALLER_AUDIENCE, CALLER_LIFE, now)?;
        match bearer {
            Bearer::Person(person) if issuer == IDENTITY_ISSUER => Ok(Caller::Person(person)),
            Bearer::Service => {
                service_of(&issuer).map(|name| Caller::Service(name.to_owned())).ok_or(TokenFault::Issuer)
            }
            Bearer::Person(_) => Err(TokenFault::Issuer),
        }
    }

    /// What a ticket promises.
    ///
    /// # Errors
    /// [`TokenFault`] says why it is not believed.
    pub fn verify_ticket(&self, ticket: &Ticket, now: Instant) -> Result<TicketClaims, TokenFault> {
        let (issuer, claims) = self.open(&ticket.0, TICKET_AUDIENCE, TICKET_LIFE, now)?;
        if issuer == GATEWAY_ISSUER { Ok(claims) } else { Err(TokenFault::Issuer) }
    }

    fn key(&self, kid: &str) -> Option<&PublicKey> {
        self.keys.values().flatten().find(|key| key.id() == kid)
    }

    /// Checks everything that all tokens have in common; answers the issuer and what the token says.
    fn open<T: DeserializeOwned>(
        &self,
        token: &str,
        audience: &str,
        longest: Duration,
        now: Instant,
    ) -> Result<(String, T), TokenFault> {
        let key = self.key(&jwt::claimed_kid(token)?).ok_or(TokenFault::UnknownKey)?;
        let claims = jwt::signed_claims(token, key, audience)?;
        if !self.keys.get(&claims.iss).is_some_and(|keys| keys.contains(key)) {
            return Err(TokenFault::Issuer);
        }
        in_time(claims.iat, claims.exp, longest, now)?;
        let says = serde_json::from_value(Value::Object(claims.says)).map_err(|_| TokenFault::Malformed)?;
        Ok((claims.iss, says))
    }
}

fn in_time(iat: i64, exp: i64, longest: Duration, now: Instant) -> Result<(), TokenFault> {
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    let (now, leeway) = (now.unix_seconds(), seconds(LEEWAY));
    if !(0..=seconds(longest)).contains(&exp.saturating_sub(iat)) {
        Err(TokenFault::Lifetime)
    } else if iat > now.saturating_add(leeway) {
        Err(TokenFault::Early)
    } else if now >= exp.saturating_add(leeway) {
        Err(TokenFault::Expired)
    } else {
        Ok(())
    }
}
