//! A gateway on a bus of its own, with a played identity and a played desk, and people to ask it.

use std::{
    collections::BTreeMap,
    future::Future,
    sync::{Arc, Mutex, Once},
    time::Duration,
};

use auth::{GATEWAY_ISSUER, IDENTITY_ISSUER, PersonCaller, Signer};
use bus::{Answer, Bus, ServiceInfo, Serving};
use gateway::{Door, Settings};
use reqwest::{Client, RequestBuilder, Response};
use runtime::{Clock, Health, Life};
use schema_identity::{GetAuthority, GetKeys, Keys as PublicKeys};
use serde_json::Value;
use service::{Keys, Platform};
use tempfile::TempDir;
use wire::{
    Authority, Call as _, Fault, Grant, Kind,
    id::{AccountId, OfficeId},
};

use crate::desk::{self, Desk, OFFICE, endpoint};

const PATIENCE: Duration = Duration::from_secs(20);
const GATEWAY_SEED: [u8; 32] = [7; 32];

type Offices = Arc<Mutex<BTreeMap<AccountId, Vec<OfficeId>>>>;

/// Everything there is.
pub(crate) struct World {
    pub(crate) platform: Platform,
    pub(crate) desk: Arc<Desk>,
    pub(crate) folder: TempDir,
    pub(crate) http: Client,
    identity: Signer,
    offices: Offices,
    door: Option<Door>,
    serving: Vec<Serving>,
    served_desk: Option<Serving>,
}

/// A signed-in person.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) caller: PersonCaller,
    pub(crate) token: String,
}

impl World {
    /// A door with the usual settings.
    pub(crate) async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// A door with settings of one's own.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut world = Self::shut().await;
        world.serve_desk(desk::contract()).await;
        world.open(change).await;
        world
    }

    /// Everything but the desk and the door.
    pub(crate) async fn shut() -> Self {
        static CRYPTO: Once = Once::new();
        CRYPTO.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
        let folder = testbed::dir::temp().unwrap();
        let bus = Bus::local();
        let gateway = Signer::from_seed(GATEWAY_ISSUER, GATEWAY_SEED);
        let platform = Platform {
            bus: bus.clone(),
            clock: Clock::system(),
            life: Life::new(),
            health: Health::new(),
            blobs: blob::Store::folder(folder.path().join("blobs")).unwrap(),
            keys: Arc::new(Keys::new([(GATEWAY_ISSUER.to_owned(), gateway.public())])),
            key_folder: folder.path().join("keys"),
            restored: false,
        };
        let identity = Signer::from_seed(IDENTITY_ISSUER, [9; 32]);
        let offices = Offices::default();
        let serving = vec![play_identity(&bus, &identity, &offices).await];
        let (desk, http) = (Arc::new(Desk::default()), Client::builder().no_proxy().build().unwrap());
        Self { platform, desk, folder, http, identity, offices, door: None, serving, served_desk: None }
    }

    /// One replica of the desk, instead of those before.
    pub(crate) async fn serve_desk(&mut self, contract: wire::Contract) {
        let fresh = self.desk.serve(&self.platform.bus, contract, "1.0.0").await;
        if let Some(old) = self.served_desk.replace(fresh) {
            old.stop().await;
        }
    }

    /// One more replica, of this version.
    pub(crate) async fn serve_also(&mut self, contract: wire::Contract, version: &str) {
        let serving = self.desk.serve(&self.platform.bus, contract, version).await;
        self.serving.push(serving);
    }

    /// The desk goes away.
    pub(crate) async fn close_desk(&mut self) {
        self.served_desk.take().unwrap().stop().await;
    }

    /// Opens the door.
    pub(crate) async fn open(&mut self, change: impl FnOnce(&mut Settings)) {
        let routes = self.folder.path().join("routes.toml");
        std::fs::write(&routes, "desk = [\"notes\", \"knocks\"]\nidentity = [\"sign-in\", \"me\"]").unwrap();
        let mut settings = Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            routes_file: Some(routes),
            folder: self.folder.path().to_owned(),
            ..Settings::default()
        };
        change(&mut settings);
        let signer = Signer::from_seed(GATEWAY_ISSUER, GATEWAY_SEED);
        self.door = Some(gateway::start(&self.platform, signer, settings).await.unwrap());
    }

    /// Shuts the door.
    pub(crate) async fn close(&mut self) {
        self.door.take().unwrap().stop().await;
    }

    pub(crate) fn door(&self) -> &Door {
        self.door.as_ref().unwrap()
    }

    /// The door, to be shut by the test itself.
    pub(crate) fn take_door(&mut self) -> Door {
        self.door.take().unwrap()
    }

    /// Shuts what is open, and looks whether every task has ended.
    pub(crate) async fn finish(mut self) {
        if let Some(door) = self.door.take() {
            door.stop().await;
        }
        let late = self.platform.life.stop_and_wait(PATIENCE).await;
        assert!(late.is_empty(), "{late:?} did not end");
        assert_eq!(self.platform.life.failure(), None);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.door().address())
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.url(path)).header("idempotency-key", runtime::fresh_id().to_string())
    }

    /// A signed-in person whose authority is in the usual office.
    pub(crate) fn person(&self) -> Person {
        self.person_in(&[OFFICE.parse().unwrap()])
    }

    /// A signed-in person whose authority is in these offices.
    pub(crate) fn person_in(&self, offices: &[OfficeId]) -> Person {
        let now = self.platform.clock.now();
        let caller = PersonCaller {
            account: runtime::fresh_id().into(),
            person: runtime::fresh_id().into(),
            session: runtime::fresh_id().into(),
            authenticated_at: now,
        };
        self.set_offices(&caller, offices);
        let token = self.identity.sign_person(&caller, now, Duration::from_secs(300));
        Person { caller, token }
    }

    pub(crate) fn set_offices(&self, caller: &PersonCaller, offices: &[OfficeId]) {
        self.offices.lock().unwrap().insert(caller.account, offices.to_vec());
    }

    /// Ends a person's session.
    pub(crate) fn sign_out(&self, caller: &PersonCaller) {
        self.offices.lock().unwrap().remove(&caller.account);
    }

    /// A token that was good once.
    pub(crate) fn expired(&self, person: &Person) -> String {
        let long_ago = self.platform.clock.now().minus(Duration::from_secs(3600));
        self.identity.sign_person(&person.caller, long_ago, Duration::from_secs(60))
    }
}

async fn play_identity(bus: &Bus, signer: &Signer, offices: &Offices) -> Serving {
    let info = ServiceInfo {
        name: IDENTITY_ISSUER.to_owned(),
        version: "1.0.0".to_owned(),
        description: "played by a test".to_owned(),
        instance: runtime::fresh_id(),
        started: Clock::system().now(),
    };
    let keys = serde_json::to_vec(&PublicKeys { keys: vec![signer.public().into()] }).unwrap();
    let offices = Arc::clone(offices);
    let authority = move |request: bus::Request| {
        let asked: GetAuthority = serde_json::from_slice(&request.body).unwrap();
        match offices.lock().unwrap().get(&asked.account) {
            Some(offices) => Answer::ok(serde_json::to_vec(&granted(&asked, offices)).unwrap()),
            None => Answer::fault(&Fault::new(Kind::Unauthenticated, "identity.session_ended", "ended", "đã kết thúc")),
        }
    };
    let endpoints = vec![
        endpoint(IDENTITY_ISSUER, GetKeys::NAME, move |_| {
            let answer = Answer::ok(keys.clone());
            Box::pin(async move { answer })
        }),
        endpoint(IDENTITY_ISSUER, GetAuthority::NAME, move |request| {
            let answer = authority(request);
            Box::pin(async move { answer })
        }),
    ];
    bus.serve(&info, endpoints).await.unwrap()
}

fn granted(asked: &GetAuthority, offices: &[OfficeId]) -> Authority {
    let grant = |office: &OfficeId| Grant {
        office: *office,
        offices_below: Vec::new(),
        offices_inherited: Vec::new(),
        unit: runtime::fresh_id().into(),
        position: runtime::fresh_id().into(),
        appointment: runtime::fresh_id().into(),
        permissions: Default::default(),
        head: false,
        direct_reports: Vec::new(),
        on_behalf_of: None,
    };
    Authority {
        account: asked.account,
        person: runtime::fresh_id().into(),
        grants: offices.iter().map(grant).collect(),
        fresh_proof: Default::default(),
    }
}

/// What must come, and soon.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("it should have come by now")
}

/// Looks until it is there.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(what: &str, look: impl FnMut() -> F) -> T {
    testbed::process::until(what, PATIENCE, look).await.unwrap()
}

/// The status and the problem of a response.
pub(crate) async fn problem(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    (status, response.json().await.unwrap())
}

/// A header as text; empty when there is none.
pub(crate) fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
