//! Kill -9 at random moments under load, twenty times: every acknowledged registration is there, no number is missing or
//! doubled, every event is applied once.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use reqwest::Method;
use serde_json::{Value, json};
use testbed::process::until;
use tests::{
    client::Client,
    installation::{Installation, Profile},
    staff::{PASSWORD, enrol, hire, office_of},
};

use crate::history::{History, Told};

const KILLS: u32 = 20;
const CLERKS: u64 = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_standalone() {
    twenty_kills_lose_nothing(Profile::Standalone).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_as_services() {
    twenty_kills_lose_nothing(Profile::Services).await;
}

/// What every clerk of the drill needs.
struct Load {
    chief: String,
    door: Client,
    office: String,
    unit: String,
    history: History,
    next: AtomicU64,
    over: AtomicBool,
}

async fn twenty_kills_lose_nothing(profile: Profile) {
    let mut installation = Installation::start(profile).await.unwrap();
    installation.load_units().await.unwrap();
    let door = installation.door();
    let admin = enrol(&door, &installation.first_code("TW").await.unwrap(), "quan-tri").await;
    let office = office_of(&admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap().to_owned();
    let chief = hire(&admin, &office, &unit, "Trần Văn Chánh", &["chief_of_office", "document_clerk"], true).await;
    let chief = chief.get("/api/v1/me").await.ok()["account"]["username"].as_str().unwrap().to_owned();

    let folder = testbed::dir::temp().unwrap();
    let history = History::create(&folder.path().join("history.jsonl")).unwrap();
    let load =
        Arc::new(Load { chief, door, office, unit, history, next: AtomicU64::new(1), over: AtomicBool::new(false) });
    let mut clerks = tokio::task::JoinSet::new();
    for _ in 0..CLERKS {
        clerks.spawn(clerk(Arc::clone(&load)));
    }
    for _ in 0..KILLS {
        // The one place where chance is wanted: the moment of the kill.
        tokio::time::sleep(Duration::from_millis(rand_millis())).await;
        installation.kill();
        installation.start_again().await.unwrap();
    }
    load.over.store(true, Ordering::SeqCst);
    clerks.join_all().await;
    check(&installation, &load).await;
}

/// Between half a second and two seconds, from the randomness of an id.
fn rand_millis() -> u64 {
    500 + runtime::fresh_id().as_u128() as u64 % 1_500
}

/// Registers letters one after another; every attempt is repeated with its key until it is answered.
async fn clerk(load: Arc<Load>) {
    let mut person = signed_in(&load).await;
    while !load.over.load(Ordering::SeqCst) {
        let number = load.next.fetch_add(1, Ordering::SeqCst);
        let key = format!("letter {number}");
        let body = json!({ "office": load.office, "author_body": format!("Cơ quan Ví Dụ {number}"), "symbol": format!("{number:02}-CV/VD"),
            "document_day": "2026-11-18", "genre_name": "Công văn", "summary": "V/v thử nghiệm", "pages": 1, "disposition": "to_process" });
        let letter = insist(&load, &mut person, "/api/v1/incoming-documents", &body, &key).await;
        let id = letter["id"].as_str().unwrap().to_owned();
        let assignment = if number.is_multiple_of(3) {
            let body = json!({ "office": load.office, "source": { "kind": "incoming_document", "id": id, "label": "thử" },
                "title": "Tham mưu", "expected_product": "Báo cáo", "lead_unit": load.unit });
            let made = insist(&load, &mut person, "/api/v1/assignments", &body, &format!("work {number}")).await;
            Some(made["id"].as_str().unwrap().to_owned())
        } else {
            None
        };
        let told = Told {
            key,
            id,
            register: letter["register"].as_str().unwrap().to_owned(),
            number: letter["number"].as_i64().unwrap(),
            assignment,
        };
        load.history.note(&told).unwrap();
    }
}

async fn signed_in(load: &Load) -> Client {
    let signed = until("the sign-in", Duration::from_secs(300), || async {
        load.door.sign_in(&load.chief, PASSWORD).await.ok()
    });
    signed.await.unwrap()
}

/// Sends until there is a success; signs in again when the token has run out.
async fn insist(load: &Load, person: &mut Client, path: &str, body: &Value, key: &str) -> Value {
    loop {
        match person.try_send(Method::POST, path, Some(body.clone()), &[("Idempotency-Key", key)]).await {
            Ok(answer) if answer.status.is_success() => return answer.body,
            Ok(answer) if answer.status == 401 => *person = signed_in(load).await,
            Ok(answer) => {
                let again = [404, 408, 429, 500, 502, 503, 504].contains(&answer.status.as_u16());
                assert!(again, "{path} {key}: {} {}", answer.status, answer.body);
            }
            Err(_) => {}
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn check(installation: &Installation, load: &Load) {
    let told = load.history.read().unwrap();
    assert!(told.len() > 60, "the drill had a load: {}", told.len());
    let person = signed_in(load).await;

    let mut numbers: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for line in told.values() {
        let document = person.get(&format!("/api/v1/incoming-documents/{}", line.id)).await.ok();
        assert_eq!(document["number"], line.number, "{line:?}");
        numbers.entry(line.register.as_str()).or_default().push(line.number);
    }
    for (register, mut acknowledged) in numbers {
        acknowledged.sort_unstable();
        let kept = entries(&person, register).await;
        assert_eq!(kept, (1..=kept.len() as i64).collect::<Vec<_>>(), "no number is missing or doubled");
        assert_eq!(acknowledged, kept, "every number was acknowledged, and to one letter");
    }
    for line in told.values().filter(|line| line.assignment.is_some()) {
        let path = format!("/api/v1/incoming-documents/{}/history?limit=200", line.id);
        let assigned = until("the assignment to be told", Duration::from_secs(60), || async {
            let history = person.get(&path).await.ok();
            let assigned = history["items"].as_array()?.iter().filter(|entry| entry["act"] == "assigned").count();
            (assigned > 0).then_some(assigned)
        });
        assert_eq!(assigned.await.unwrap(), 1, "the event of {line:?} was applied once");
    }
    for service in tests::installation::SERVICES {
        let db = installation.database(service).await.unwrap();
        assert!(db.dead_letters(None, 5).await.unwrap().is_empty(), "{service} parked events");
        let events = db.events_after(0, 1_000).await.unwrap();
        let dense = events.windows(2).all(|pair| pair[1].position.seq == pair[0].position.seq + 1);
        assert!(dense, "{service}'s events are dense");
        db.close().await;
    }
    println!("{} registrations acknowledged over {KILLS} kills", told.len());
}

/// Every number of a register, as its pages show them.
async fn entries(person: &Client, register: &str) -> Vec<i64> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("/api/v1/registers/{register}/entries?limit=200{cursor}")).await.ok();
        all.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["number"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    all.sort_unstable();
    all
}
