//! A portal before a house with all its services, and a browser that keeps a cookie.
//!
//! `World::start()` is the office that most tests want: one letter in the register, work from it, and somebody who may do
//! all that a clerk and a chief of office may. What else a page is to show is prepared through [`World::call`], as the
//! reader ([`World::me`]) or as the administrator (`world.house.admin`), with the calls that the API has:
//!
//! ```text
//! let world = World::start().await;
//! let unit = world.call(&world.house.admin, &CreateUnit { … }).await.unwrap();
//! let draft = world.call(&world.me, &DraftOutgoing { … }).await.unwrap();
//! let page = text(world.get(&format!("/van-ban/di/{}", draft.id)).await, 200).await;
//! ```
//!
//! A service goes away by [`World::silence`]; its answers are late by [`World::lose`]. What it refuses, it refuses because
//! the house is in a state in which it must.

use std::{collections::BTreeMap, sync::Once, time::Duration};

use portal::{Open, Settings};
use reqwest::{Client, Method, Response, redirect::Policy};
use runtime::{
    Clock, Life,
    settings::{Loaded, Origin},
};
use schema_documents::IncomingDocument;
use schema_programme::Assignment;
use serde_json::Value;
use wire::{Call, Fault, SettingRow};

use crate::{
    house::{House, Someone},
    tap::{Asked, Tap},
};

/// What browsers write before the path.
pub(crate) const ORIGIN: &str = "https://vanphong.example";
/// A browser that nobody mends any more.
const OLD: &str = "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36";
/// How long a part of a page may take here: what a test wants late, it says so.
const PART_MS: u64 = 20_000;

/// Everything there is.
pub(crate) struct World {
    pub(crate) house: House,
    /// Who looks at the pages.
    pub(crate) me: Someone,
    /// A letter that somebody else registered.
    pub(crate) paper: IncomingDocument,
    /// The work from it, which nobody has accepted yet.
    pub(crate) work: Assignment,
    open: Open,
    life: Life,
    http: Client,
    tap: Tap,
}

impl World {
    /// A portal for somebody who does all the work of a small office.
    pub(crate) async fn start() -> Self {
        Self::of(&["chief_of_office", "document_clerk"]).await
    }

    /// A portal for somebody with these roles.
    pub(crate) async fn of(roles: &[&str]) -> Self {
        Self::by(Clock::system(), roles).await
    }

    /// The same by a clock that the test moves, which stands at the present moment.
    pub(crate) async fn by_hand(roles: &[&str]) -> Self {
        Self::by(Clock::fixed(Clock::system().now()), roles).await
    }

    async fn by(clock: Clock, roles: &[&str]) -> Self {
        crypto();
        let house = House::open(clock.clone()).await;
        let chief =
            house.hire("th.chanhvp", "Lê Văn Ví Dụ", "Chánh Văn phòng", &["chief_of_office", "document_clerk"]).await;
        house.open_register(&chief).await;
        let paper = house.register(&chief, "7/SVD-VP").await;
        let work = house.assign(&chief, &paper).await;
        let me = house.hire("th.vanthu", "Trần Thị Ví Dụ", "Văn thư", roles).await;
        let contracts = vec![
            schema_identity::contract(),
            schema_documents::contract(),
            schema_forms::contract(),
            schema_programme::contract(),
            schema_notices::contract(),
        ];
        let tap = Tap::before(&house.bench.platform.bus, contracts).await;
        let settings = Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            name: "Văn phòng Ví Dụ".to_owned(),
            gallery: true,
            part_ms: PART_MS,
            shown: set_to(),
            ..Settings::default()
        };
        let life = Life::new();
        let open = portal::start(tap.bus.clone(), clock, &life, settings).await.unwrap();
        let http = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Self { house, me, paper, work, open, life, http, tap }
    }

    /// Puts the clock at ten in the morning of the first working day after so many days; whoever looks and the administrator
    /// sign in anew.
    pub(crate) async fn later(&mut self, days: i64) {
        let known = rules::Calendar::national().as_known_on(self.house.today());
        let mut after = (days..).filter_map(|days| self.house.today().plus(days));
        let day = after.find(|day| known.is_working(*day)).unwrap();
        self.house.bench.platform.clock.set(day.start().plus(Duration::from_secs(10 * 3600)));
        self.me = self.me.again(&self.house).await;
        self.house.admin = self.house.admin.again(&self.house).await;
    }

    /// Makes a call as somebody, beside the portal.
    pub(crate) async fn call<C: Call>(&self, who: &Someone, call: &C) -> Result<C::Reply, Fault> {
        self.house.call(who, call).await
    }

    /// Stops a service, as when its process is shut.
    pub(crate) async fn silence(&mut self, service: &str) {
        self.house.bench.halt(service).await;
    }

    /// The answers to a call come too late from now on.
    pub(crate) fn lose(&self, name: &str) {
        self.tap.lose(name);
    }

    /// Forgets what was asked, and every answer comes again: where one part of a test ends and the next begins.
    pub(crate) fn anew(&self) {
        self.tap.anew();
    }

    /// Somebody new looks, so that what a part of a test does to an account is done to nobody else's.
    pub(crate) async fn newcomer(&mut self, username: &str, roles: &[&str]) {
        self.me = self.house.hire(username, "Trần Thị Ví Dụ", "Văn thư", roles).await;
        self.anew();
    }

    /// What the portal asked a call when it last did.
    pub(crate) fn last(&self, name: &str) -> Value {
        self.asked(name).pop().unwrap_or_else(|| panic!("`{name}` was never asked")).body
    }

    /// Every time the portal asked a call.
    pub(crate) fn asked(&self, name: &str) -> Vec<Asked> {
        self.tap.asked(name)
    }

    /// A page, seen by somebody who is signed in.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, Some(&self.me.secret), None, &[]).await
    }

    /// Whoever looks wants pages in this language from now on, `vi` or `en`, and as usual otherwise.
    pub(crate) async fn speak(&self, language: &str) {
        let page = text(self.get("/ca-nhan").await, 200).await;
        let response = self.post("/ca-nhan", &page, &[("language", language), ("size", "100"), ("keys", "1")]).await;
        assert_eq!(response.headers()["location"], "/ca-nhan?da-luu=1");
    }

    /// A page, seen by whoever comes.
    pub(crate) async fn get_outside(&self, path: &str) -> Response {
        self.send(Method::GET, path, None, None, &[]).await
    }

    /// The door's question whether a form may bring files, with what stood before the first one.
    pub(crate) async fn ask_in(&self, path: &str, secret: Option<&str>, fields: &[(&str, &str)]) -> Response {
        let request = self.http.post(format!("http://{}{path}", self.open.address())).header("x-hand-in", "?");
        let mut request = request.header("x-public-origin", ORIGIN).header("origin", ORIGIN);
        if let Some(secret) = secret {
            request = request.header("cookie", format!("__Host-vanphong={secret}"));
        }
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()
    }

    /// A page, seen through a door that speaks TLS with a certificate that ends then.
    pub(crate) async fn get_secured(&self, path: &str, ends: &str) -> Response {
        let request = self.http.get(format!("http://{}{path}", self.open.address())).header("user-agent", OLD);
        let request = request.header("cookie", format!("__Host-vanphong={}", self.me.secret));
        request.header("x-door-certificate-ends", ends).send().await.unwrap()
    }

    /// What a browser says that it kept out of a page.
    pub(crate) async fn report(&self, secret: &str, report: &'static str) -> u16 {
        let request = self.http.post(format!("http://{}/bao-cao-csp", self.open.address())).body(report);
        let request = request.header("content-type", "application/csp-report");
        request.header("cookie", format!("__Host-vanphong={secret}")).send().await.unwrap().status().as_u16()
    }

    /// The stream of an open page, which was cut before when `last` says so.
    pub(crate) async fn stream(&self, secret: Option<&str>, last: bool) -> Response {
        let mut request = self.http.get(format!("http://{}/song-dong", self.open.address()));
        if let Some(secret) = secret {
            request = request.header("cookie", format!("__Host-vanphong={secret}"));
        }
        if last {
            request = request.header("last-event-id", "1");
        }
        request.send().await.unwrap()
    }

    /// A form sent from a page of ours, with the token and the key that its page gave.
    pub(crate) async fn post(&self, path: &str, page: &str, fields: &[(&str, &str)]) -> Response {
        let (csrf, key) = (hidden(page, "_csrf"), hidden(page, "_key"));
        let own = [("_csrf", csrf.as_str()), ("_key", key.as_str())];
        self.send(Method::POST, path, Some(&self.me.secret), Some(ORIGIN), &[&own, fields].concat()).await
    }

    /// Anything.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        secret: Option<&str>,
        origin: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Response {
        let url = format!("http://{}{path}", self.open.address());
        let mut request = self.http.request(method.clone(), url).header("x-public-origin", ORIGIN);
        request = request.header("x-client-network", "192.0.2.7");
        if let Some(secret) = secret {
            request = request.header("cookie", format!("__Host-vanphong={secret}"));
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if method == Method::POST {
            let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        request.send().await.unwrap()
    }

    /// Shuts the portal and the house, and looks whether every task has ended and nothing was left undone.
    pub(crate) async fn finish(self) {
        self.open.stop().await;
        let late = self.life.stop_and_wait(Duration::from_secs(20)).await;
        assert!(late.is_empty(), "{late:?} did not end");
        self.house.bench.finish().await;
    }
}

/// Makes TLS ready, once for the process.
fn crypto() {
    static CRYPTO: Once = Once::new();
    CRYPTO.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
}

/// The value of a hidden field of a page.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let part = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    part.split('"').next().unwrap_or_default().to_owned()
}

/// The text of a page, which must have this status.
pub(crate) async fn text(response: Response, status: u16) -> String {
    let seen = response.status().as_u16();
    let text = response.text().await.unwrap();
    assert_eq!(seen, status, "{text}");
    text
}

/// What the process of the pages was set to, a secret among it.
fn set_to() -> Vec<SettingRow> {
    let mail = BTreeMap::from([("password", "hunter2"), ("url", "smtp://mot:hunter2@mail"), ("from", "")]);
    let value = BTreeMap::from([("mail", mail)]);
    let origins = BTreeMap::from([
        ("mail.password".to_owned(), Origin::Environment),
        ("mail.url".to_owned(), Origin::File("/etc/vanphong/caidat.toml".into())),
    ]);
    runtime::settings::shown(&Loaded { value, origins })
}
