//! A team's day beside a running office: its service is stopped, started, changed, and upgraded under load; nobody
//! touches the gateway.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use testbed::process::until;
use tests::{
    client::{Answer, Client},
    installation::{Installation, Profile, Wish},
    staff::{enrol, hire, office_of},
};
use tokio::task::JoinSet;

use crate::guest::{self, Guest};

const SOON: Duration = Duration::from_secs(60);

/// Somebody who may read and write in two services, and the office.
async fn clerk(installation: &Installation) -> (Client, String) {
    installation.load_few_units().await.unwrap();
    let admin = enrol(&installation.door(), &installation.first_code("TW").await.unwrap(), "quan-tri").await;
    let office = office_of(&admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap();
    let roles = ["chief_of_office", "document_clerk"];
    (hire(&admin, &office, unit, "Trần Văn Chánh", &roles, true).await, office)
}

#[track_caller]
fn assert_away(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    let again: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&again), "{answer:?}");
}

async fn until_there(client: &Client, path: &str) -> Value {
    let there = || async {
        let answer = client.get(path).await;
        answer.status.is_success().then_some(answer.body)
    };
    until(path, SOON, there).await.unwrap()
}

/// Waits until the OpenAPI document of the door has something at a place.
async fn until_documented(door: &Client, place: &str) {
    let there = || async { door.get("/api/openapi.json").await.ok().pointer(place).map(drop) };
    until(place, SOON, there).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_stopped_takes_its_own_paths_along_and_no_others() {
    let mut installation = Installation::start(Profile::Services).await.unwrap();
    let (clerk, office) = clerk(&installation).await;
    let of_documents = [
        "/api/v1/genres".to_owned(),
        format!("/api/v1/registers?office={office}"),
        format!("/api/v1/incoming-documents?office={office}"),
    ];
    let of_others = [
        "/api/v1/me".to_owned(),
        "/api/v1/my-assignments".to_owned(),
        format!("/api/v1/units?office={office}&limit=1"),
    ];
    for path in of_documents.iter().chain(&of_others) {
        clerk.get(path).await.ok();
    }

    assert!(installation.stop("documents").await.unwrap().success());
    for path in &of_documents {
        assert_away(&clerk.get(path).await);
    }
    for path in &of_others {
        clerk.get(path).await.ok();
    }
    // A path that nobody has is still that, and not one of a service that may come back.
    assert_eq!(clerk.get("/api/v1/nothing-of-the-kind").await.status, 404);

    installation.run("documents", "documents").await.unwrap();
    for path in &of_documents {
        until_there(&clerk, path).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_endpoint_is_at_the_door_without_touching_the_door() {
    let wish = Wish { guests: BTreeMap::from([(guest::NAME, guest::SEGMENT)]), ..Wish::default() };
    let installation = Installation::start_with(Profile::Services, wish).await.unwrap();
    let door = installation.door();
    assert!(!door.get("/api/v1/greetings").await.status.is_success());

    let desk = Guest::start(&installation, guest::first()).await;
    assert_eq!(until_there(&door, "/api/v1/greetings").await, json!({ "words": "xin chào" }));
    until_documented(&door, "/paths/~1api~1v1~1greetings/get").await;
    assert_eq!(door.get("/api/v1/greetings/farewell").await.status, 404);

    // Stopped it is known and away; started again with a changed contract, the change is there.
    desk.stop().await;
    assert_away(&door.get("/api/v1/greetings").await);
    let desk = Guest::start(&installation, guest::second()).await;
    assert_eq!(until_there(&door, "/api/v1/greetings/farewell").await["warmth"], 9);
    assert_eq!(until_there(&door, "/api/v1/greetings").await["warmth"], 7);
    until_documented(&door, "/paths/~1api~1v1~1greetings~1farewell/get").await;
    until_documented(&door, "/components/schemas/WarmGreeting/properties/warmth").await;
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_versions_of_a_contract_answer_side_by_side() {
    let wish = Wish { guests: BTreeMap::from([(guest::NAME, guest::SEGMENT)]), ..Wish::default() };
    let installation = Installation::start_with(Profile::Services, wish).await.unwrap();
    let door = installation.door();
    let old = Guest::start(&installation, guest::first()).await;
    until_there(&door, "/api/v1/greetings").await;
    let readers = Readers::begin(&door, "/api/v1/greetings");
    let new = Guest::start(&installation, guest::second()).await;
    // While both answer, what only the new one has can be called, and it alone is asked.
    until_there(&door, "/api/v1/greetings/farewell").await;
    readers.progress(200).await;
    old.stop().await;
    readers.progress(200).await;
    assert!(door.get("/api/v1/greetings").await.ok()["warmth"] == 7);
    readers.end().await;
    new.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgrade_with_two_processes_side_by_side_goes_unnoticed() {
    let mut installation = Installation::start(Profile::Services).await.unwrap();
    let (clerk, office) = clerk(&installation).await;
    let readers = Readers::begin(&clerk, "/api/v1/genres");
    let over = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn(register(clerk.clone(), office.clone(), Arc::clone(&over)));
    for (fresh, old) in [("documents-2", "documents"), ("documents", "documents-2")] {
        installation.run("documents", fresh).await.unwrap();
        readers.progress(50).await;
        assert!(installation.stop(old).await.unwrap().success());
        readers.progress(50).await;
    }
    over.store(true, Ordering::SeqCst);
    let registered = writer.await.unwrap();
    readers.end().await;
    assert!(registered > 10, "there was a load: {registered}");
}

/// Registers letters one after another, and tells how many.
async fn register(clerk: Client, office: String, over: Arc<AtomicBool>) -> i64 {
    for number in 1.. {
        let body = json!({ "office": office, "author_body": format!("Cơ quan Ví Dụ {number}"), "symbol": format!("{number:02}-CV/VD"),
            "document_day": "2026-11-18", "genre_name": "Công văn", "summary": "V/v thử", "pages": 1, "disposition": "to_process" });
        let answer = clerk.post("/api/v1/incoming-documents", body).await;
        let letter = answer.ok();
        assert_eq!(letter["number"], number, "{letter}");
        if over.load(Ordering::SeqCst) {
            return number;
        }
    }
    unreachable!("numbers do not end");
}

/// How many clients read at once.
const READERS: u64 = 4;

/// Clients who read without pause and are answered.
struct Readers {
    tasks: JoinSet<()>,
    answered: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
}

impl Readers {
    fn begin(client: &Client, path: &'static str) -> Self {
        let (answered, over) = (Arc::default(), Arc::default());
        let mut tasks = JoinSet::new();
        for _ in 0..READERS {
            let client = client.clone();
            tasks.spawn(read(client, path, Arc::clone(&answered), Arc::clone(&over)));
        }
        Self { tasks, answered, over }
    }

    /// Waits for so many more answers.
    async fn progress(&self, more: u64) {
        let wanted = self.answered.load(Ordering::SeqCst) + more;
        let enough = || async { (self.answered.load(Ordering::SeqCst) >= wanted).then_some(()) };
        until("answers to the readers", SOON, enough).await.unwrap();
    }

    /// Ends. A request that failed, or that nobody answered, fails the test here.
    async fn end(self) {
        self.over.store(true, Ordering::SeqCst);
        self.tasks.join_all().await;
    }
}

async fn read(client: Client, path: &str, answered: Arc<AtomicU64>, over: Arc<AtomicBool>) {
    while !over.load(Ordering::SeqCst) {
        client.get(path).await.ok();
        answered.fetch_add(1, Ordering::SeqCst);
    }
}
