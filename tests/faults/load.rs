//! The load of the drills: clerks who register letters through the door, and repeat every attempt until it is answered.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::json;
use testbed::process::until;
use tests::{
    client::Client,
    installation::Installation,
    staff::{enrol, hire_named, office_of},
};
use tokio::task::JoinSet;

use crate::{
    history::{History, Told},
    insisting::Insisting,
};

const CLERKS: u64 = 6;

/// What every clerk of a drill needs.
pub(crate) struct Load {
    chief: Insisting,
    office: String,
    unit: String,
    pub(crate) history: History,
    next: AtomicU64,
    over: AtomicBool,
}

/// Clerks at work.
pub(crate) struct Clerks(JoinSet<()>);

impl Load {
    /// Opens an office with somebody who may register and assign; the history is kept in `folder`.
    pub(crate) async fn prepare(installation: &Installation, folder: &Path) -> Arc<Self> {
        let door = installation.door();
        let admin = enrol(&door, &installation.first_code("TW").await.unwrap(), "quan-tri").await;
        let office = office_of(&admin).await;
        let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
        let unit = units["items"][0]["id"].as_str().unwrap().to_owned();
        let roles = ["chief_of_office", "document_clerk"];
        let (_, chief) = hire_named(&admin, &office, &unit, "Trần Văn Chánh", &roles, true).await;
        let history = History::create(&folder.join("history.jsonl")).unwrap();
        let (next, over) = (AtomicU64::new(1), AtomicBool::new(false));
        Arc::new(Self { chief: Insisting::new(door, chief), office, unit, history, next, over })
    }

    /// Sets the clerks to work.
    pub(crate) fn begin(self: &Arc<Self>) -> Clerks {
        let mut clerks = JoinSet::new();
        for _ in 0..CLERKS {
            clerks.spawn(clerk(Arc::clone(self)));
        }
        Clerks(clerks)
    }

    /// Lets every clerk finish what is begun.
    pub(crate) async fn end(&self, clerks: Clerks) {
        self.over.store(true, Ordering::SeqCst);
        clerks.0.join_all().await;
    }

    /// Somebody who may read what was registered.
    pub(crate) async fn sign_in(&self) -> Client {
        self.chief.sign_in().await
    }

    /// Waits until so many more registrations are acknowledged.
    pub(crate) async fn progress(&self, more: usize, within: Duration) {
        let wanted = self.history.read().unwrap().len() + more;
        let enough = || async { (self.history.read().ok()?.len() >= wanted).then_some(()) };
        until("more acknowledged registrations", within, enough).await.unwrap();
    }

    /// How the attempts ended so far.
    pub(crate) fn statuses(&self) -> BTreeMap<u16, u64> {
        self.chief.statuses()
    }
}

/// Registers letters one after another.
async fn clerk(load: Arc<Load>) {
    let mut person = load.sign_in().await;
    while !load.over.load(Ordering::SeqCst) {
        let number = load.next.fetch_add(1, Ordering::SeqCst);
        let key = format!("letter {number}");
        let body = json!({ "office": load.office, "author_body": format!("Cơ quan Ví Dụ {number}"), "symbol": format!("{number:02}-CV/VD"),
            "document_day": "2026-11-18", "genre_name": "Công văn", "summary": "V/v thử nghiệm", "pages": 1, "disposition": "to_process" });
        let letter = load.chief.insist(&mut person, "/api/v1/incoming-documents", &body, &key).await;
        let id = letter["id"].as_str().unwrap().to_owned();
        let assignment = if number.is_multiple_of(3) {
            let body = json!({ "office": load.office, "source": { "kind": "incoming_document", "id": id, "label": "thử" },
                "title": "Tham mưu", "expected_product": "Báo cáo", "lead_unit": load.unit });
            let made = load.chief.insist(&mut person, "/api/v1/assignments", &body, &format!("work {number}")).await;
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
