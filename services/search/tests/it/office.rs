//! An office whose papers others tell of, and an index in a folder of its own.

use std::{path::PathBuf, time::Duration};

use db::Db;
use runtime::life::Life;
use schema_documents::{IncomingChanged, IncomingDocument, IncomingRegistered, OutgoingChanged};
use schema_programme::AssignmentChanged;
use schema_search::{GetIndexStatus, IndexStatus, Search, SearchFound, SearchKind};
use serde_json::{Value, json};
use service::{Platform, Running, Service, ServiceKeys};
use testbed::{Bench, Pair, Person, process::until};
use uuid::Uuid;
use wire::{Event, Fault, id::OfficeId};

pub(crate) const ALL: [&str; 4] =
    ["documents.incoming.read", "documents.outgoing.read", "programme.assignments.read", "health.read"];
const PATIENCE: Duration = Duration::from_secs(60);

/// An office at work.
pub(crate) struct Office {
    pub(crate) bench: Bench,
    pub(crate) office: OfficeId,
    /// Reads everything here, and looks at the index.
    pub(crate) reader: Person,
    running: Option<(Running, Platform)>,
}

impl Office {
    pub(crate) async fn open(pair: Pair) -> Self {
        Self::open_beside(pair, Vec::new()).await
    }

    /// An office in which others are at work, too.
    pub(crate) async fn open_beside(pair: Pair, others: Vec<Service>) -> Self {
        let mut bench = Bench::start(pair, vec![search::service()]).await;
        // The bench gave it a place on the bus; from here on it runs with settings of its own.
        bench.stop().await.unwrap();
        bench.platform.life = Life::new();
        for other in others {
            bench.run(other).await.unwrap();
        }
        let office = bench.office();
        let reader = bench.person(&[(office, &ALL)]);
        let mut this = Self { bench, office, reader, running: None };
        this.start().await;
        // A reader begins at a snapshot, and played publishers offer none: these first tellings only make it begin.
        this.tell(&incoming(&this, 404, json!({ "state": "voided" }))).await;
        this.tell(&assignment(&this, 405, json!({ "state": "withdrawn" }))).await;
        this.settled().await;
        this
    }

    /// The folder of the index.
    pub(crate) fn folder(&self) -> PathBuf {
        self.bench.platform.key_folder.parent().unwrap().join("index")
    }

    pub(crate) async fn start(&mut self) {
        let platform = Platform { life: Life::new(), ..self.bench.platform.clone() };
        let keys = ServiceKeys::in_folder(platform.key_folder.clone());
        let db = Db::open(&self.bench.database("search").await.unwrap()).await.unwrap();
        let section = json!({ "folder": self.folder(), "memory_mb": 15 });
        let running = service::start(search::service(), &platform, &keys, db, Some(section));
        self.running = Some((running.await.unwrap(), platform));
    }

    pub(crate) async fn stop(&mut self) {
        let (running, platform) = self.running.take().unwrap();
        running.stop().await;
        let late = platform.life.stop_and_wait(Duration::from_secs(20)).await;
        assert!(late.is_empty(), "{late:?}");
    }

    /// Ends a test: nothing parked, everything stopped.
    pub(crate) async fn finish(mut self) {
        self.settled().await;
        assert!(self.db().dead_letters(None, 5).await.unwrap().is_empty());
        self.stop().await;
        self.bench.finish().await;
    }

    pub(crate) fn db(&self) -> &Db {
        self.running.as_ref().unwrap().0.db()
    }

    pub(crate) async fn tell<E: Event>(&mut self, event: &E) {
        self.bench.publish(event).await.unwrap();
    }

    /// Waits until everything told is in the book, and everything in the book in the index.
    pub(crate) async fn settled(&self) {
        for publisher in ["documents", "programme"] {
            let told = self.bench.service(publisher).db();
            until("everything to be heard", PATIENCE, || async {
                told.number_events().await.ok()?;
                let head = told.head().await.ok()?.last;
                let at = db::inbox::position(self.db().reader(), publisher).await.ok()??;
                (told.unnumbered_events().await.ok()? == 0 && at == head).then_some(())
            })
            .await
            .unwrap();
        }
        until("the index to follow", PATIENCE, || async {
            self.status().await.ok().filter(|status| status.waiting == 0 && !status.rebuilding)
        })
        .await
        .unwrap();
    }

    pub(crate) async fn status(&self) -> Result<IndexStatus, Fault> {
        self.reader.call(&GetIndexStatus {}).await
    }

    pub(crate) async fn find(&self, who: &Person, q: &str) -> SearchFound {
        who.call(&Search { q: Some(q.to_owned()), ..Search::default() }).await.unwrap()
    }

    /// The ids, as short numbers, that the reader finds.
    pub(crate) async fn ids(&self, q: &str) -> Vec<u128> {
        self.find(&self.reader, q).await.items.iter().map(|hit| hit.id.as_u128()).collect()
    }
}

/// A paper that arrived.
pub(crate) fn incoming(office: &Office, id: u128, change: Value) -> IncomingRegistered {
    IncomingRegistered { document: incoming_document(office.office, id, change), by: None }
}

/// The same after a change.
pub(crate) fn changed(office: &Office, id: u128, change: Value) -> IncomingChanged {
    IncomingChanged { document: incoming_document(office.office, id, change), by: None }
}

pub(crate) fn incoming_document(office: OfficeId, id: u128, change: Value) -> IncomingDocument {
    let sample = include_str!("../../../../libs/schema-documents/samples/incoming_registered.v1.json");
    let noun = serde_json::from_str::<Value>(sample).unwrap()["document"].take();
    serde_json::from_value(with(noun, office, id, change)).unwrap()
}

/// A paper of the office.
pub(crate) fn outgoing(office: OfficeId, id: u128, change: Value) -> OutgoingChanged {
    let sample = include_str!("../../../../libs/schema-documents/samples/outgoing_changed.v1.json");
    let noun = serde_json::from_str::<Value>(sample).unwrap()["document"].take();
    OutgoingChanged { document: serde_json::from_value(with(noun, office, id, change)).unwrap(), by: None }
}

/// A piece of work.
pub(crate) fn work(office: OfficeId, id: u128, change: Value) -> AssignmentChanged {
    let sample = include_str!("../../../../libs/schema-programme/samples/assignment_changed.v1.json");
    let noun = serde_json::from_str::<Value>(sample).unwrap()["assignment"].take();
    AssignmentChanged { assignment: serde_json::from_value(with(noun, office, id, change)).unwrap(), by: None }
}

fn assignment(office: &Office, id: u128, change: Value) -> AssignmentChanged {
    work(office.office, id, change)
}

fn with(mut noun: Value, office: OfficeId, id: u128, change: Value) -> Value {
    noun["office"] = json!(office);
    noun["id"] = json!(Uuid::from_u128(id));
    for (name, value) in change.as_object().unwrap() {
        noun[name] = value.clone();
    }
    noun
}

/// Which kinds there are in a page.
pub(crate) fn kinds(found: &SearchFound) -> Vec<SearchKind> {
    found.items.iter().map(|hit| hit.kind).collect()
}
