//! A portal before services whose answers a test gives, for states that are long to bring about: a refusal in the middle of
//! a form, a list of a kind. What the real services say stands in `world`.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use bus::{Answer, Bus, Endpoint, Request, ServiceInfo, Serving};
use portal::{Open, Settings};
use reqwest::{Client, Method, Response, redirect::Policy};
use runtime::{Clock, Life};
use serde_json::{Value, json};
use wire::{Fault, Kind, call_subject};

pub(crate) const OFFICE: &str = "01938a2c-0000-7000-8000-000000000001";
pub(crate) const PAPER: &str = "01938a2c-0000-7000-8000-0000000000aa";
pub(crate) const REGISTER: &str = "01938a2c-0000-7000-8000-0000000000bb";
pub(crate) const WORK: &str = "01938a2c-0000-7000-8000-0000000000cc";
/// What browsers write before the path.
pub(crate) const ORIGIN: &str = "https://vanphong.example";
/// What the played identity takes for a good secret.
const SECRET: &str = "good-secret";

/// A call as it was asked, with its idempotency key.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) name: String,
    pub(crate) key: Option<String>,
    pub(crate) body: Value,
}

type Log = Arc<Mutex<Vec<Asked>>>;
type Answers = Arc<Mutex<BTreeMap<String, Result<Value, Fault>>>>;

/// Everything there is.
pub(crate) struct World {
    /// Where the played services tell what has changed.
    pub(crate) bus: Bus,
    open: Open,
    life: Life,
    http: Client,
    log: Log,
    answers: Answers,
    _serving: Vec<Serving>,
}

impl World {
    /// A portal for a clerk who may do everything there is.
    pub(crate) async fn start() -> Self {
        Self::of(&[
            "documents.incoming.read",
            "documents.incoming.register",
            "documents.incoming.dispose",
            "documents.incoming.void",
            "documents.registers.read",
            "programme.assignments.assign",
            "programme.assignments.work",
        ])
        .await
    }

    /// A portal for somebody with these permissions.
    pub(crate) async fn of(permissions: &[&str]) -> Self {
        crate::world::crypto();
        let (bus, log, life) = (Bus::local(), Log::default(), Life::new());
        let answers = Answers::new(Mutex::new(answers(permissions)));
        let mut serving = Vec::new();
        let contracts = [
            schema_identity::contract(),
            schema_documents::contract(),
            schema_programme::contract(),
            schema_notices::contract(),
        ];
        for contract in contracts {
            let endpoint = |row: &wire::CallRow| played(&contract.service, &row.name, &log, &answers);
            let info = ServiceInfo {
                name: contract.service.clone(),
                version: "1.0.0".to_owned(),
                description: "played by a test".to_owned(),
                instance: runtime::fresh_id(),
                started: Clock::system().now(),
            };
            serving.push(bus.serve(&info, contract.calls.iter().map(endpoint).collect()).await.unwrap());
        }
        let settings = Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            name: "Văn phòng Ví Dụ".to_owned(),
            gallery: true,
            ..Settings::default()
        };
        let open = portal::start(bus.clone(), Clock::system(), &life, settings).await.unwrap();
        let http = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Self { bus, open, life, http, log, answers, _serving: serving }
    }

    /// What a call is answered with from now on.
    pub(crate) fn answer(&self, name: &str, answer: Result<Value, Fault>) {
        self.answers.lock().unwrap().insert(name.to_owned(), answer);
    }

    /// Every time a call was asked.
    pub(crate) fn asked(&self, name: &str) -> Vec<Asked> {
        self.log.lock().unwrap().iter().filter(|asked| asked.name == name).cloned().collect()
    }

    /// A page, seen by somebody who is signed in.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, Some(SECRET), None, &[]).await
    }

    /// A page, seen by somebody who is signed in and has chosen how pages look.
    pub(crate) async fn get_looking(&self, path: &str, look: &str) -> Response {
        let secret = format!("{SECRET}; vanphong-look={look}");
        self.send(Method::GET, path, Some(&secret), None, &[]).await
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
        self.send(Method::POST, path, Some(SECRET), Some(ORIGIN), &[&own, fields].concat()).await
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

    /// Shuts the portal and looks whether every task has ended.
    pub(crate) async fn finish(self) {
        self.open.stop().await;
        let late = self.life.stop_and_wait(std::time::Duration::from_secs(20)).await;
        assert!(late.is_empty(), "{late:?} did not end");
    }
}

/// A fault as a service says it.
pub(crate) fn fault(kind: Kind, code: &str, detail: Value) -> Fault {
    let mut fault = Fault::new(kind, code, "it cannot be", "không được");
    fault.detail = Some(detail);
    fault
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

fn played(service: &str, name: &str, log: &Log, answers: &Answers) -> Endpoint {
    let (log, answers, called) = (Arc::clone(log), Arc::clone(answers), name.to_owned());
    let handler = move |request: Request| -> futures_util::future::BoxFuture<'static, Answer> {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let Request { meta, .. } = request;
        let secret = body["secret"].as_str().map(str::to_owned);
        log.lock().unwrap().push(Asked { name: called.clone(), key: meta.key, body });
        let answer = match answers.lock().unwrap().get(&called) {
            _ if secret.is_some_and(|secret| secret != SECRET) => Err(ended()),
            Some(answer) => answer.clone(),
            None => Ok(json!({ "items": [] })),
        };
        let answer = match answer {
            Ok(value) => Answer::ok(value.to_string()),
            Err(fault) => Answer::fault(&fault),
        };
        Box::pin(async move { answer })
    };
    Endpoint { name: name.to_owned(), subject: call_subject(service, name), handler: Arc::new(handler) }
}

fn ended() -> Fault {
    Fault::new(Kind::Unauthenticated, "identity.session_ended", "the session has ended", "phiên đã kết thúc")
}

/// A paper of the played register, whose abstract somebody made up to break pages.
pub(crate) fn paper() -> Value {
    json!({
        "id": PAPER, "office": OFFICE, "version": 1, "register": REGISTER, "number": 2418, "arrived": "2026-11-20",
        "registered_at": "2026-11-20T01:02:00Z", "state": "registered", "secrecy": "open", "urgency": "express",
        "masked": false, "author_body": "Sở Ví Dụ", "symbol": "7/SVD-VP", "document_day": "2026-11-19",
        "summary": "Về việc <script>alert(1)</script> & thử nghiệm", "disposition": "to_process", "due": "2026-11-27",
        "due_reason": "5 ngày làm việc kể từ 20/11/2026",
        "files": [{ "id": PAPER, "name": "công văn.pdf", "media_type": "application/pdf", "size": 1500, "sha256": "00" }],
    })
}

fn answers(permissions: &[&str]) -> BTreeMap<String, Result<Value, Fault>> {
    let person = json!({ "id": OFFICE, "office": OFFICE, "full_name": "Trần Thị Ví Dụ", "active": true, "version": 1 });
    let account = json!({ "id": OFFICE, "office": OFFICE, "person": OFFICE, "username": "th.vanthu", "state": "active", "version": 1 });
    let post = json!({
        "appointment": OFFICE, "office": OFFICE, "office_name": "Tỉnh ủy Ví Dụ", "unit": OFFICE, "unit_name": "Văn phòng",
        "position": OFFICE, "title": "Văn thư", "head": false, "permissions": permissions, "from": "2026-01-01",
    });
    let tokens = json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 300, "refresh_token": "r" });
    let book = json!({
        "id": REGISTER, "office": OFFICE, "version": 1, "kind": "incoming", "period": "year", "first_day": "2026-01-01",
        "opening": 2400, "last": 2418, "state": "open",
    });
    let work = json!({
        "id": WORK, "office": OFFICE, "version": 1, "source": { "kind": "spoken_order", "label": "Chỉ đạo trực tiếp" },
        "title": "Rà soát danh sách", "expected_product": "Danh sách", "lead_unit": OFFICE, "coordinators": [],
        "urgency": "normal", "assigned_by": { "person": OFFICE, "position": OFFICE },
        "assigned_at": "2026-11-19T01:00:00Z", "due": "2026-11-27", "original_due": "2026-11-27",
        "due_reason": { "basis": "day", "vi": "ngày do người giao đặt", "en": "the day that was named" },
        "state": "assigned",
    });
    let case = json!({
        "assignment": WORK, "office": OFFICE, "lead_unit": OFFICE, "lead_unit_name": "Ban Ví Dụ", "title": "Rà soát danh sách",
        "source": "Chỉ đạo trực tiếp", "urgency": "normal", "state": "in_progress", "due": "2026-11-01", "days_left": -19,
        "waits": [], "process_hours": 4,
    });
    let entry = json!({
        "number": 2418, "state": "registered", "kind": "incoming", "day": "2026-11-20", "incoming": PAPER,
        "author_body": "Sở Ví Dụ", "symbol": "7/SVD-VP", "summary": "Về việc thử nghiệm", "destinations": ["Phòng Ví Dụ"],
    });
    let page = |items: Vec<Value>| json!({ "items": items });
    [
        ("sign_in.v1", tokens),
        ("open_portal_session.v1", json!({ "secret": SECRET, "ends": "2026-12-20T01:00:00Z" })),
        ("exchange_session.v1", json!({ "access_token": "minute", "expires_in": 60 })),
        ("sign_out.v1", json!({ "at": "2026-11-20T01:00:00Z" })),
        ("get_me.v1", json!({ "person": person, "account": account, "posts": [post] })),
        ("list_people.v1", page(vec![person])),
        ("list_incoming.v1", page(vec![paper()])),
        ("get_incoming.v1", paper()),
        ("register_incoming.v1", paper()),
        ("list_registers.v1", page(vec![book.clone()])),
        ("get_register.v1", book),
        ("list_register_entries.v1", page(vec![entry])),
        ("list_my_assignments.v1", page(vec![case.clone()])),
        ("list_due_assignments.v1", page(vec![case])),
        ("get_assignment.v1", work.clone()),
        ("accept_assignment.v1", work),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), Ok(value)))
    .collect()
}
