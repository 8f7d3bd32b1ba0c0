//! People for tests: identity is played on the bus, so that a test decides who may do what.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Result;
use auth::{IDENTITY_ISSUER, PersonCaller, Signer};
use bus::{Answer, Bus, Endpoint, Request, ServiceInfo, Serving};
use runtime::{clock::Clock, fresh_id};
use schema_identity::{GetAuthority, GetKeys, Keys};
use wire::{
    Authority, Call, Fault, FreshProof, Grant, Kind, Meta, Version, call_subject,
    id::{AccountId, OfficeId, PersonId},
};

/// How long a call of a test may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
const TOKEN_LIFE: Duration = Duration::from_secs(600);
/// How long a person of the bench may make calls that ask for a fresh proof.
const STEPPED_UP: Duration = Duration::from_secs(3600);

type Authorities = Arc<Mutex<BTreeMap<AccountId, Authority>>>;

/// Identity, played: it answers keys and authority, and knows whom the test made.
pub(crate) struct People {
    signer: Signer,
    known: Authorities,
    bus: Bus,
    clock: Clock,
    /// Identity answers as long as this is held.
    _serving: Serving,
}

impl People {
    /// Plays identity on a bus.
    pub(crate) async fn start(bus: &Bus, clock: &Clock) -> Result<Self> {
        let signer = Signer::from_seed(IDENTITY_ISSUER, rand::random());
        let known = Authorities::default();
        let info = ServiceInfo {
            name: IDENTITY_ISSUER.to_owned(),
            version: "0.0.0".to_owned(),
            description: "identity, played by a test".to_owned(),
            instance: fresh_id(),
            started: clock.now(),
        };
        let keys = serde_json::to_vec(&Keys { keys: vec![signer.public().into()] })?;
        let asked = Arc::clone(&known);
        let endpoints = vec![
            endpoint::<GetKeys>(move |_| Answer::ok(keys.clone())),
            endpoint::<GetAuthority>(move |request| authority(&asked, &request)),
        ];
        let serving = bus.serve(&info, endpoints).await?;
        Ok(Self { signer, known, bus: bus.clone(), clock: clock.clone(), _serving: serving })
    }

    /// Makes a signed-in person who holds permissions in offices.
    pub(crate) fn person(&self, grants: &[(OfficeId, &[&str])]) -> Person {
        let caller = PersonCaller {
            account: fresh_id().into(),
            person: fresh_id().into(),
            session: fresh_id().into(),
            authenticated_at: self.clock.now(),
        };
        let grant = |(office, permissions): &(OfficeId, &[&str])| Grant {
            office: *office,
            offices_below: Vec::new(),
            offices_inherited: Vec::new(),
            unit: fresh_id().into(),
            position: fresh_id().into(),
            appointment: fresh_id().into(),
            permissions: permissions.iter().map(|permission| (*permission).to_owned()).collect(),
            head: false,
            direct_reports: Vec::new(),
            on_behalf_of: None,
        };
        let grants = grants.iter().map(grant).collect();
        // As after a sign-in just now; a test that wants otherwise changes it.
        let fresh_proof = FreshProof { demanded: true, until: Some(self.clock.now().plus(STEPPED_UP)) };
        let authority = Authority { account: caller.account, person: caller.person, grants, fresh_proof };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(caller.account, authority);
        let token = self.signer.sign_person(&caller, self.clock.now(), TOKEN_LIFE);
        Person {
            caller,
            known: Arc::clone(&self.known),
            bus: self.bus.clone(),
            meta: Meta { token: Some(token), ..Meta::default() },
        }
    }
}

fn endpoint<C: Call>(answer: impl Fn(Request) -> Answer + Send + Sync + 'static) -> Endpoint {
    Endpoint {
        name: C::NAME.to_owned(),
        subject: call_subject(C::SERVICE, C::NAME),
        handler: Arc::new(move |request| {
            let answer = answer(request);
            Box::pin(async move { answer })
        }),
    }
}

fn authority(known: &Authorities, request: &Request) -> Answer {
    let asked = serde_json::from_slice::<GetAuthority>(&request.body).ok();
    let known = known.lock().unwrap_or_else(PoisonError::into_inner);
    match asked.and_then(|asked| known.get(&asked.account).cloned()) {
        Some(authority) => Answer::ok(serde_json::to_vec(&authority).unwrap_or_default()),
        None => {
            Answer::fault(&Fault::new(Kind::Unauthenticated, "identity.session_ended", "signed out", "đã đăng xuất"))
        }
    }
}

/// A signed-in person of a test.
#[derive(Clone)]
pub struct Person {
    caller: PersonCaller,
    known: Authorities,
    bus: Bus,
    meta: Meta,
}

impl Person {
    /// Who it is.
    #[must_use]
    pub fn id(&self) -> PersonId {
        self.caller.person
    }

    /// What the person holds, to be changed as a test needs; everyone has heard of it within seconds.
    pub fn change(&self, change: impl FnOnce(&mut Authority)) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(authority) = known.get_mut(&self.caller.account) {
            change(authority);
        }
    }

    /// What the person holds now.
    #[must_use]
    pub fn authority(&self) -> Option<Authority> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&self.caller.account).cloned()
    }

    /// Ends the session and with it every authority.
    pub fn sign_out(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.caller.account);
    }

    /// The access token.
    #[must_use]
    pub fn token(&self) -> &str {
        self.meta.token.as_deref().unwrap_or_default()
    }

    /// The same person repeating an attempt: calls bear this idempotency key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Self {
        Self { meta: Meta { key: Some(key.to_owned()), ..self.meta.clone() }, ..self.clone() }
    }

    /// The same person naming the version they have seen.
    #[must_use]
    pub fn expecting(&self, version: Version) -> Self {
        Self { meta: Meta { expect: Some(version), ..self.meta.clone() }, ..self.clone() }
    }

    /// Makes a call, with a fresh idempotency key unless one was set.
    ///
    /// # Errors
    /// The fault that was answered.
    pub async fn call<C: Call>(&self, call: &C) -> Result<C::Reply, Fault> {
        let mut meta = self.meta.clone();
        meta.key.get_or_insert_with(|| fresh_id().to_string());
        meta.trace = runtime::trace::current();
        self.bus.ask(&meta, call, PATIENCE).await
    }
}
