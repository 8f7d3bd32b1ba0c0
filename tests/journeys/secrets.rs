//! Nothing that a client sends stands in what the office tells of itself: secrets are put through every door of an
//! office at its most talkative, and then looked for in its logs, its exported spans and measures, and `/metrics`.

use std::{cell::RefCell, collections::BTreeSet, fs};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tests::{
    client::Client,
    installation::{Installation, Profile, SERVICES, Wish},
    staff::{PASSWORD, enrol, hire_named, office_of},
};

use crate::collector::Collector;

/// What the processes write besides the fields of the allow-list.
const FRAME: [&str; 4] = ["time", "level", "target", "message"];
/// The allow-list itself.
const FIELDS: &str = include_str!("../../libs/runtime/src/telemetry/fields.rs");

/// Words that occur nowhere but in what a client sends.
#[derive(Default)]
struct Secrets(RefCell<Vec<String>>);

impl Secrets {
    /// A fresh word; the name of the door is in it, so that a find says which.
    fn word(&self, door: &str) -> String {
        let word = format!("kanari{door}{}", runtime::fresh_id().simple());
        self.keep(&word)
    }

    /// Something that exists already and must not be told.
    fn keep(&self, secret: &str) -> String {
        self.0.borrow_mut().push(secret.to_owned());
        secret.to_owned()
    }

    /// Which of them stand in a text.
    fn in_text(&self, text: &str) -> Vec<String> {
        self.0.borrow().iter().filter(|secret| text.contains(secret.as_str())).cloned().collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_leaves_the_office_as_services() {
    no_secret_leaves_the_office(Profile::Services).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_leaves_the_office_standalone() {
    no_secret_leaves_the_office(Profile::Standalone).await;
}

async fn no_secret_leaves_the_office(profile: Profile) {
    let collector = Collector::start().await;
    let settings = vec![
        ("VANPHONG__TELEMETRY__LEVEL", "trace".to_owned()),
        ("VANPHONG__TELEMETRY__FORMAT", "json".to_owned()),
        ("VANPHONG__TELEMETRY__OTLP_ENDPOINT", collector.endpoint()),
        ("VANPHONG__TELEMETRY__EXPORT_INTERVAL_SECONDS", "1".to_owned()),
    ];
    let mut installation = Installation::start_with(profile, Wish { settings, ..Wish::default() }).await.unwrap();
    installation.load_few_units().await.unwrap();
    let (door, secrets) = (installation.door(), Secrets::default());
    let code = installation.first_code("TW").await.unwrap();
    if profile == Profile::Services {
        // `vanphong up` prints this one on purpose.
        secrets.keep(&code);
    }
    let admin = enrol(&door, &code, "quan-tri").await;
    secrets.keep(PASSWORD);
    strangers(&door, &secrets).await;
    staff(&admin, &secrets).await;
    let page = door.http().get(door.url("/metrics")).send().await.unwrap().text().await.unwrap();

    // Stopped in order, they export the last they have.
    let names = if profile == Profile::Services { [&SERVICES[..], &["gateway"]].concat() } else { vec!["vanphong"] };
    for name in names {
        assert!(installation.stop(name).await.unwrap().success());
    }
    let logs = logs(&installation);
    assert_eq!(secrets.in_text(&page), [""; 0], "on /metrics:\n{page}");
    for (what, text) in [("the logs", &logs), ("what was exported", &collector.kept())] {
        let found = secrets.in_text(text);
        let lines: Vec<_> = text.lines().filter(|line| found.iter().any(|secret| line.contains(secret))).collect();
        assert!(found.is_empty(), "in {what}: {found:?}\n{}", lines.join("\n"));
        assert!(text.contains("call") && text.len() > 5_000, "{what} tell something: {} bytes", text.len());
    }
    assert!(logs.contains(r#""level":"DEBUG""#), "the office was at its most talkative");
    only_allowed_fields(&logs, profile);
}

/// Everything that the processes printed.
fn logs(installation: &Installation) -> String {
    let files = fs::read_dir(installation.folder()).unwrap().map(|entry| entry.unwrap().path());
    let logs = files.filter(|path| path.extension().is_some_and(|extension| extension == "log"));
    logs.map(|log| String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned()).collect()
}

/// Every line is one object with fields of the allow-list; `vanphong up` moreover speaks to whoever started it.
fn only_allowed_fields(logs: &str, profile: Profile) {
    let (_, list) = FIELDS.split_once("const ALLOWED").unwrap();
    let (list, _) = list.split_once("];").unwrap();
    let allowed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).chain(FRAME).collect();
    assert!(allowed.contains("trace_id") && allowed.len() > 20, "{allowed:?}");
    let mut lines = 0;
    for line in logs.lines().filter(|line| profile == Profile::Services || line.starts_with('{')) {
        let fields: serde_json::Map<String, Value> =
            serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"));
        let odd: Vec<_> = fields.keys().filter(|name| !allowed.contains(name.as_str())).collect();
        assert!(odd.is_empty(), "{odd:?} in {line}");
        lines += 1;
    }
    assert!(lines > 20, "{lines} lines");
}

async fn answered(request: RequestBuilder) {
    let answer = request.send().await.unwrap();
    assert!(!answer.status().is_success(), "{} {:?}", answer.status(), answer.text().await);
}

/// What somebody sends who is not signed in, or not as they should be.
async fn strangers(door: &Client, secrets: &Secrets) {
    let word = |door: &str| secrets.word(door);
    let post = |path: &str| door.http().post(door.url(path)).header("Idempotency-Key", word("key"));
    let get = |path: &str| door.http().get(door.url(path));
    answered(post("/api/v1/sign-in").json(&json!({ "username": word("username"), "password": word("password") })))
        .await;
    answered(post("/api/v1/sign-in").json(&json!({ "username": word("username"), "password": { word("object"): 1 } })))
        .await;
    answered(post("/api/v1/sign-in").json(&json!({ "password": word("alone"), word("field"): word("value") }))).await;
    answered(post("/api/v1/token-refreshes").json(&json!({ "refresh_token": word("refresh") }))).await;
    let enrolment =
        json!({ "code": word("code"), "username": "an.nguyen", "password": format!("{} dài", word("password")) });
    answered(post("/api/v1/enrolments").json(&enrolment)).await;
    for body in [format!("{{\"password\": \"{}", word("broken")), word("text"), format!("[\"{}\"]", word("list"))] {
        answered(post("/api/v1/sign-in").header("Content-Type", "application/json").body(body)).await;
    }
    answered(post("/api/v1/sign-in").header("Content-Type", format!("text/{}", word("type"))).body(word("body"))).await;

    for bearer in [word("bearer"), format!("{}.{}.{}", word("head"), word("claims"), word("signature"))] {
        answered(get("/api/v1/me").bearer_auth(bearer)).await;
    }
    answered(get("/api/v1/me").header("Authorization", format!("Basic {}", word("basic")))).await;
    answered(get("/api/v1/me").header("Cookie", format!("session={}", word("cookie")))).await;
    answered(get(&format!("/api/v1/me?{}={}", word("parameter"), word("argument")))).await;
    answered(get(&format!("/api/v1/{}/{}", word("path"), word("place")))).await;
    let header = |name: &str| (name.to_owned(), word("header"));
    for (name, value) in [
        "traceparent",
        "tracestate",
        "baggage",
        "User-Agent",
        "Referer",
        "X-Forwarded-For",
        "Accept-Language",
        "If-Match",
        "X-Whatever",
    ]
    .map(header)
    {
        answered(get("/api/v1/me").header(name, value)).await;
    }
    let odd = Method::from_bytes(word("METHOD").to_ascii_uppercase().as_bytes()).unwrap();
    secrets.keep(odd.as_str());
    answered(door.http().request(odd.clone(), door.url("/api/v1/me"))).await;
}

/// What somebody sends who is signed in: much of it is kept, none of it is told.
async fn staff(admin: &Client, secrets: &Secrets) {
    let word = |door: &str| secrets.word(door);
    let office = office_of(admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap().to_owned();
    let name = format!("Nguyễn {}", word("name"));
    let (clerk, username) =
        hire_named(admin, &office, &unit, &name, &["document_clerk", "chief_of_office"], true).await;
    secrets.keep(clerk.token());
    let tokens = clerk.post("/api/v1/sign-in", json!({ "username": username, "password": PASSWORD })).await.ok();
    let refresh = secrets.keep(tokens["refresh_token"].as_str().unwrap());
    secrets.keep(tokens["access_token"].as_str().unwrap());
    clerk.post("/api/v1/token-refreshes", json!({ "refresh_token": refresh })).await.ok();

    let content = format!("{}\n", word("content")).repeat(10).into_bytes();
    let upload = clerk.upload(&office, "incoming_document", &format!("{}.txt", word("file")), content).await;
    let ticket = secrets.keep(upload["ticket"].as_str().unwrap());
    let letter = json!({ "office": office, "author_body": word("author"), "symbol": format!("01-CV/{}", word("symbol")),
        "document_day": "2026-11-18", "genre_name": "Công văn", "summary": word("summary"), "pages": 1, "files": [ticket],
        "disposition": "to_process" });
    let key = word("key");
    let headers = [("Idempotency-Key", key.as_str())];
    let sent = async |body: &Value| {
        clerk.try_send(Method::POST, "/api/v1/incoming-documents", Some(body.clone()), &headers).await.unwrap()
    };
    let kept = sent(&letter).await.ok();
    let mut other = letter.clone();
    other["summary"] = word("other").into();
    assert!(!sent(&other).await.status.is_success(), "one key, two bodies");
    // The same again with another key is a likely duplicate, whose refusal tells of the first one to the clerk alone.
    clerk.post("/api/v1/incoming-documents", letter.clone()).await.code();

    let citizen = json!({ "office": office, "title": word("citizen"), "sender": word("sender"), "envelopes": 1 });
    clerk.post("/api/v1/citizen-letters", citizen).await.code();
    let nul = json!({ "office": office, "full_name": format!("\u{0}{}", word("nul")) });
    admin.post("/api/v1/people", nul).await;
    let long = json!({ "office": office, "full_name": word("long").repeat(3_000) });
    admin.post("/api/v1/people", long).await;
    let source = json!({ "kind": "incoming_document", "id": kept["id"], "label": word("label") });
    let work = json!({ "office": office, "source": source, "title": word("title"), "expected_product": word("product"), "lead_unit": unit });
    clerk.post("/api/v1/assignments", work).await.ok();
    for path in [
        format!("/api/v1/incoming-documents?office={}", word("office")),
        format!("/api/v1/incoming-documents/{}", word("id")),
        format!("/api/v1/incoming-documents?office={office}&cursor={}", word("cursor")),
        format!("/api/v1/people?office={office}&name={}", word("search")),
    ] {
        clerk.get(&path).await.code();
    }
}
