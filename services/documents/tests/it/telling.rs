//! What documents tells, and what it makes of what others tell.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use schema_documents::{
    AddDraft, CitizenLetterChanged, DisposeIncoming, Disposition, DocumentAct, DocumentActor, IncomingChanged,
    IncomingDocument, IncomingRegistered, ListIncomingHistory, OutgoingChanged, OutgoingIssued, RegisterCitizenLetter,
};
use schema_programme::AssignmentChanged;
use serde_json::json;
use service::Service;
use testbed::process::until;
use wire::{
    Contract, Event,
    id::{IncomingId, OfficeId},
};

use crate::{house::House, outgoing::issue};

#[tokio::test]
async fn every_change_is_told_with_the_whole_noun() {
    let house = House::plain().await;
    let document = house.registered(1).await;
    let order = DisposeIncoming { id: document.id, disposition: Disposition::ToKnow, due: None, note: None };
    let disposed = house.clerk.call(&order).await.unwrap();
    let draft = house.drafted().await;
    house.clerk.call(&AddDraft { id: draft.id, text: "hai".into(), note: None }).await.unwrap();
    let issued = house.clerk.call(&issue(draft.id)).await.unwrap();

    let told = house.bench.events("documents").await.unwrap();
    let kinds: Vec<&str> = told.iter().map(|event| event.kind.as_str()).collect();
    let expected = [
        IncomingRegistered::KIND,
        IncomingChanged::KIND,
        OutgoingChanged::KIND,
        OutgoingChanged::KIND,
        OutgoingIssued::KIND,
    ];
    assert_eq!(kinds, expected);
    let position = house.clerk.authority().unwrap().grants[0].position;
    let by = Some(DocumentActor { person: house.clerk.id(), position, on_behalf_of: None });
    assert_eq!(told[0].body, serde_json::to_value(IncomingRegistered { document, by }).unwrap());
    assert_eq!(told[1].body, serde_json::to_value(IncomingChanged { document: disposed, by }).unwrap());
    assert_eq!(told[4].body, serde_json::to_value(OutgoingIssued { document: issued, by }).unwrap());
    house.close().await;
}

/// The id of the assignment that is told of.
pub(crate) const WORK: &str = "01938a2c-0000-7000-8000-000000000042";

/// An assignment as programme tells of it.
pub(crate) fn assignment(office: OfficeId, document: IncomingId, version: i64, state: &str) -> AssignmentChanged {
    let id = WORK;
    let person = "01938a2c-0000-7000-8000-000000000043";
    serde_json::from_value(json!({ "assignment": {
        "id": id, "office": office, "version": version,
        "source": { "kind": "incoming_document", "id": document, "label": "01-CV/VPTU" },
        "title": "Tham mưu báo cáo", "expected_product": "Dự thảo báo cáo", "lead_unit": id, "coordinators": [],
        "urgency": "normal", "assigned_by": { "person": person, "position": person },
        "assigned_at": "2026-11-20T02:00:00Z", "due": "2026-12-01", "original_due": "2026-12-01",
        "due_reason": { "basis": "day", "vi": "theo chỉ đạo", "en": "as ordered" }, "state": state,
    }}))
    .unwrap()
}

#[tokio::test]
async fn work_on_a_document_stands_in_its_history_once_for_each_version() {
    let mut house = House::plain().await;
    let IncomingDocument { id, office, .. } = house.registered(1).await;
    // A reader begins at a snapshot, and a played publisher offers none: the first telling only makes it begin.
    let strange = runtime::fresh_id().into();
    house.bench.publish(&assignment(office, strange, 1, "assigned")).await.unwrap();
    house.bench.settled().await;
    for (version, state) in [(1, "assigned"), (1, "assigned"), (2, "accepted")] {
        house.bench.publish(&assignment(office, id, version, state)).await.unwrap();
    }
    let elsewhere = house.bench.office();
    house.bench.publish(&assignment(elsewhere, id, 3, "done")).await.unwrap();
    house.bench.settled().await;
    let history = house.clerk.call(&ListIncomingHistory { id, limit: None, cursor: None }).await.unwrap().items;
    let assigned: Vec<_> = history.iter().filter(|entry| entry.act == DocumentAct::Assigned).collect();
    let states: Vec<&str> = assigned.iter().map(|entry| entry.values["state"].as_str()).collect();
    assert_eq!(states, ["assigned", "accepted"]);
    assert_eq!(assigned[0].values["due"], "2026-12-01");
    house.close().await;
}

#[tokio::test]
async fn a_version_given_again_to_another_fact_is_another_line() {
    let mut house = House::plain().await;
    let IncomingDocument { id, office, .. } = house.registered(1).await;
    house.bench.publish(&assignment(office, runtime::fresh_id().into(), 1, "assigned")).await.unwrap();
    house.bench.settled().await;
    // As after programme was put back from an older copy: version 2 is given anew. A renaming of the unit is no fact.
    let renamed = |mut told: AssignmentChanged| {
        told.assignment.lead_unit_name = Some("Ban Xây dựng Đảng".into());
        told
    };
    let (first, again) = (assignment(office, id, 2, "accepted"), assignment(office, id, 2, "withdrawn"));
    for told in [first.clone(), renamed(first), again] {
        house.bench.publish(&told).await.unwrap();
    }
    house.bench.settled().await;
    let history = house.clerk.call(&ListIncomingHistory { id, limit: None, cursor: None }).await.unwrap().items;
    let assigned = history.iter().filter(|entry| entry.act == DocumentAct::Assigned);
    let states: Vec<&str> = assigned.map(|entry| entry.values["state"].as_str()).collect();
    assert_eq!(states, ["accepted", "withdrawn"]);
    house.close().await;
}

wire::refusals! {
    /// A reader has nothing to refuse.
    pub enum Never {
        /// Never given.
        Never => Conflict, "reader.never", en "never", vi "không bao giờ";
    }
}

#[tokio::test]
async fn a_reader_that_comes_late_begins_with_the_present_state() {
    let mut house = House::plain().await;
    for number in 1..=3 {
        house.registered(number).await;
    }
    let document = house.registered(4).await;
    let order = DisposeIncoming { id: document.id, disposition: Disposition::ToKnow, due: None, note: None };
    house.clerk.call(&order).await.unwrap();
    let draft = house.drafted().await;
    let letter = RegisterCitizenLetter { office: house.office, arrived: None, late: false, sheets: 1, envelopes: 0 };
    let letter = house.clerk.call(&letter).await.unwrap();

    let seen: Arc<Mutex<BTreeMap<i64, i64>>> = Arc::default();
    let (arrived, counted, drafted) = (Arc::clone(&seen), Arc::clone(&seen), Arc::clone(&seen));
    let note = |seen: &Mutex<BTreeMap<i64, i64>>, number: i64, version: i64| {
        seen.lock().unwrap().insert(number, version);
    };
    let reader = Service::new::<Never>(Contract::new("testbed", Vec::new()))
        .on(move |_, IncomingChanged { document, .. }: IncomingChanged| {
            note(&arrived, document.number, document.version.0);
            async { Ok(()) }
        })
        .on(move |_, CitizenLetterChanged { letter, .. }: CitizenLetterChanged| {
            note(&counted, letter.number, letter.version.0);
            async { Ok(()) }
        })
        .on(move |_, OutgoingChanged { document, .. }: OutgoingChanged| {
            note(&drafted, -1, document.version.0);
            async { Ok(()) }
        });
    house.bench.run(reader).await.unwrap();
    let expected = BTreeMap::from([(-1, draft.version.0), (1, 1), (2, 1), (3, 1), (4, 2), (letter.number, 1)]);
    let whole = || async { (*seen.lock().unwrap() == expected).then_some(()) };
    until("the reader to know everything", Duration::from_secs(30), whole).await.unwrap();
    house.close().await;
}
