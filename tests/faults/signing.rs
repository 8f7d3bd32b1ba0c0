//! Kill -9 while a hundred documents get their numbers and both their signatures at once: the numbers follow one another,
//! and every document ends with two signatures that hold, none with three.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use pades::{Subject, TrialAuthority, Trust, Verdict};
use serde_json::{Value, json};
use testbed::stamper::clock;
use tests::{
    client::Client,
    installation::{Installation, Profile},
    staff::{administrator, hire_named, office_of},
};
use tokio::task::JoinSet;

use crate::insisting::Insisting;

const DOCUMENTS: usize = 100;
const KILLS: u32 = 6;
const HANDS: usize = 8;
const ROLES: [&str; 4] = ["chief_of_office", "document_clerk", "specialist", "secretary"];

/// What the hands share.
struct Desk {
    leader: Insisting,
    signer: Value,
    papers: Vec<String>,
    next: AtomicUsize,
    done: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_signings_survive_being_killed() {
    let mut office = Installation::start(Profile::Demo).await.unwrap();
    let admin = administrator(&office).await;
    let at = office_of(&admin).await;
    let units = admin.get(&format!("/api/v1/units?office={at}&limit=1")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap();
    let (person, name) = hire_named(&admin, &at, unit, "Ký Văn Nhiều", &ROLES, false).await;
    let me = person.get("/api/v1/me").await.ok();
    let signer = json!({ "person": me["person"]["id"], "position": me["posts"][0]["position"] });
    let authority =
        keys(&office, &[format!("person-{}", me["person"]["id"].as_str().unwrap()), format!("body-{at}-VPTW")]);
    let mut papers = Vec::with_capacity(DOCUMENTS);
    for _ in 0..DOCUMENTS {
        papers.push(drafted(&person, &at).await);
    }
    let leader = Insisting::new(office.door(), name);
    let desk = Desk { leader, signer, papers, next: AtomicUsize::new(0), done: AtomicUsize::new(0) };
    let desk = Arc::new(desk);
    let mut hands = JoinSet::new();
    for _ in 0..HANDS {
        hands.spawn(work(Arc::clone(&desk)));
    }
    for kill in 1..=KILLS {
        // Each kill falls somewhere within its share of the documents, while others are on every step of their way.
        let share = DOCUMENTS * kill as usize / (KILLS as usize + 1);
        let enough = || async { (desk.done.load(Ordering::SeqCst) >= share).then_some(()) };
        testbed::process::until("some documents to be done", Duration::from_secs(240), enough).await.unwrap();
        office.kill();
        office.start_again().await.unwrap();
    }
    hands.join_all().await;
    every_document_is_whole(&desk, &authority).await;
    println!("{KILLS} kills, answers by status: {:?}", desk.leader.statuses());
}

/// Keys of an authority of the test, which the installation knows nothing of, and the certificate that it signs with.
fn keys(office: &Installation, labels: &[String]) -> TrialAuthority {
    let folder = office.folder().join("data").join("signing-keys");
    let mut authority = TrialAuthority::new("Tổ chức thử nghiệm", clock()).unwrap();
    for label in labels {
        let issued = authority.issue(&Subject::Organisation { name: "Cơ quan Ví Dụ" }, clock()).unwrap();
        std::fs::write(folder.join(format!("{label}.key.pem")), &issued.key).unwrap();
        std::fs::write(folder.join(format!("{label}.pem")), issued.certificate.to_pem()).unwrap();
    }
    authority
}

async fn drafted(person: &Client, office: &str) -> String {
    let body = json!({ "office": office, "genre": "official_letter", "body_code": "VPTW", "summary": "V/v thử ký số",
        "text": "Nội dung thử nghiệm.", "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
    person.post("/api/v1/outgoing-documents", body).await.ok()["id"].as_str().unwrap().to_owned()
}

/// Takes one document after another through number, signature and seal.
async fn work(desk: Arc<Desk>) {
    let mut person = desk.leader.sign_in().await;
    while let Some(id) = desk.papers.get(desk.next.fetch_add(1, Ordering::SeqCst)) {
        let path = format!("/api/v1/outgoing-documents/{id}");
        let order = json!({ "signatory": "CHÁNH VĂN PHÒNG Ký Văn Nhiều", "signer": desk.signer });
        desk.leader.insist(&mut person, &format!("{path}/issue"), &order, &format!("issue {id}")).await;
        let ready = |way: &Value| way["state"] == "to_sign";
        let laid_out = desk.leader.read_until(&mut person, &format!("{path}/execution"), ready).await;
        let read = json!({ "sha256": laid_out["sha256"] });
        let signed = desk.leader.insist(&mut person, &format!("{path}/signature"), &read, &format!("sign {id}")).await;
        let read = json!({ "sha256": signed["sha256"] });
        let sealed = desk.leader.insist(&mut person, &format!("{path}/seal"), &read, &format!("seal {id}")).await;
        assert_eq!(sealed["state"], "complete", "{sealed}");
        desk.done.fetch_add(1, Ordering::SeqCst);
    }
}

async fn every_document_is_whole(desk: &Desk, authority: &TrialAuthority) {
    let person = desk.leader.sign_in().await;
    let trust = Trust { anchors: vec![authority.certificate().clone()], ..Trust::default() };
    let mut numbers = BTreeSet::new();
    for id in &desk.papers {
        let path = format!("/api/v1/outgoing-documents/{id}");
        let document = person.get(&path).await.ok();
        assert_eq!(document["execution"], "complete", "{document}");
        numbers.insert(document["number"].as_i64().unwrap());
        let files = document["files"].as_array().unwrap();
        assert_eq!(files.len(), 1, "one file stands, with all that came before it: {document}");
        let url = person.url(&format!("{path}/files/{}", files[0]["id"].as_str().unwrap()));
        let answer = person.http().get(url).bearer_auth(person.token()).send().await.unwrap();
        let report = pades::verify(&answer.bytes().await.unwrap(), &trust, clock()).unwrap();
        assert_eq!((report.verdict, report.signatures.len()), (Verdict::Valid, 2), "{report:#?}");
    }
    let (first, last) = (*numbers.first().unwrap(), *numbers.last().unwrap());
    let wanted: BTreeSet<i64> = (first..first + DOCUMENTS as i64).collect();
    assert_eq!((numbers, last - first + 1), (wanted, DOCUMENTS as i64), "consecutive, each given once");
}
