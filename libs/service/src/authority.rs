//! Authority: fetched from identity, believed for seconds. That is also how a revocation reaches every service.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use auth::{PersonCaller, Signer};
use bus::Bus;
use schema_identity::GetAuthority;
use tokio::time::Instant as Tick;
use wire::{
    Authority, Fault, Instant, Kind, Meta,
    id::{AccountId, SessionId},
};

use crate::{caller::service_meta, error::busy};

/// How long an answer is believed. Together with the time a call takes it must stay below the five seconds within which
/// a disabled person is refused everywhere.
const BELIEVED_FOR: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(2);

/// More sessions than this at once are not remembered, only asked for again.
const REMEMBERED: usize = 20_000;

type Known = HashMap<(AccountId, SessionId), (Tick, Arc<Authority>)>;

/// What identity has answered lately.
#[derive(Default)]
pub(crate) struct Authorities(Mutex<Known>);

impl Authorities {
    /// What the person behind a session may do now. Fails closed: when identity does not answer, nobody may do anything.
    pub(crate) async fn of(
        &self,
        person: &PersonCaller,
        now: Instant,
        bus: &Bus,
        own: &Signer,
    ) -> Result<Arc<Authority>, Fault> {
        let key = (person.account, person.session);
        let asked = Tick::now();
        if let Some(known) = self.remembered(key, asked) {
            return Ok(known);
        }
        self.asked(person, now, bus, own).await
    }

    /// The same, asked now whatever was believed: a proof given a moment ago counts at once.
    pub(crate) async fn asked(
        &self,
        person: &PersonCaller,
        now: Instant,
        bus: &Bus,
        own: &Signer,
    ) -> Result<Arc<Authority>, Fault> {
        let key = (person.account, person.session);
        let asked = Tick::now();
        let call = GetAuthority { account: person.account, session: person.session };
        let meta = Meta { trace: runtime::trace::current(), ..service_meta(own, now) };
        let answer = bus.ask(&meta, &call, PATIENCE).await.map_err(|fault| match fault.kind {
            Kind::Unauthenticated => fault,
            _ => busy(),
        })?;
        let authority = Arc::new(answer);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, (at, _)| asked.duration_since(*at) < BELIEVED_FOR);
        }
        known.insert(key, (asked, Arc::clone(&authority)));
        Ok(authority)
    }

    fn remembered(&self, key: (AccountId, SessionId), now: Tick) -> Option<Arc<Authority>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, authority) = known.get(&key)?;
        (now.duration_since(*at) < BELIEVED_FOR).then(|| Arc::clone(authority))
    }
}
