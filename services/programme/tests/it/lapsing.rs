//! Documents that are voided or decided upon anew while somebody owes work because of them.

use schema_documents::{Disposition, IncomingChanged, IncomingDocument, IncomingState};
use schema_programme::{
    AcceptAssignment, AssignmentChanged, AssignmentEntry, AssignmentState, CloseAssignment, CompleteAssignment,
    GetAssignment, ListAssignmentHistory, ReturnAssignment,
};
use testbed::Pair;
use wire::{Version, id::AssignmentId};

use crate::{
    desk::{Desk, proof, refused},
    giving::{TO_PROCESS, documents, from_document, incoming},
};

/// An office with documents played beside it.
async fn desk(pair: Pair) -> Desk {
    Desk::open(pair, vec![documents()]).await
}

/// What documents tells of the document, in a version.
fn told(desk: &Desk, version: i64, change: impl FnOnce(&mut IncomingDocument)) -> IncomingChanged {
    let mut document = incoming(TO_PROCESS, desk.office);
    document.version = Version(version);
    change(&mut document);
    IncomingChanged { document, by: None }
}

fn voided(desk: &Desk, version: i64) -> IncomingChanged {
    told(desk, version, |document| document.state = IncomingState::Voided)
}

async fn publish(desk: &mut Desk, event: &IncomingChanged) {
    desk.bench.publish(event).await.unwrap();
    desk.bench.settled().await;
}

async fn state(desk: &Desk, id: AssignmentId) -> AssignmentState {
    desk.chief.call(&GetAssignment { id }).await.unwrap().state
}

async fn last_entry(desk: &Desk, id: AssignmentId) -> AssignmentEntry {
    let history = ListAssignmentHistory { id, limit: None, cursor: None };
    desk.chief.call(&history).await.unwrap().items.pop().unwrap()
}

async fn nobody_owes_for_a_voided_paper(pair: Pair) {
    let mut desk = desk(pair).await;
    let order = from_document(&desk, TO_PROCESS);
    let open = desk.chief.call(&order).await.unwrap().id;
    let accepted = desk.chief.call(&order).await.unwrap().id;
    desk.clerk.call(&AcceptAssignment { id: accepted }).await.unwrap();
    let done = desk.chief.call(&order).await.unwrap().id;
    desk.clerk.call(&AcceptAssignment { id: done }).await.unwrap();
    desk.clerk.call(&CompleteAssignment { id: done, evidence: vec![proof()] }).await.unwrap();
    let spoken = desk.assigned().await.id;
    let unchanged = told(&desk, 2, |_| ());
    publish(&mut desk, &unchanged).await;
    assert_eq!(state(&desk, open).await, AssignmentState::Assigned, "it still stands");

    let void = voided(&desk, 3);
    publish(&mut desk, &void).await;
    for id in [open, accepted] {
        let entry = last_entry(&desk, id).await;
        assert_eq!((entry.state, entry.by), (AssignmentState::Withdrawn, None));
        assert_eq!(entry.note.as_deref(), Some("Văn bản đã hủy: Công văn số 12-CV/TU ngày 20/11/2026"));
    }
    assert_eq!(state(&desk, done).await, AssignmentState::Done, "what was done stays done");
    assert_eq!(state(&desk, spoken).await, AssignmentState::Assigned, "other work is not concerned");
    let events = desk.bench.events("programme").await.unwrap();
    let last: AssignmentChanged = serde_json::from_value(events.last().unwrap().body.clone()).unwrap();
    assert_eq!(last.assignment.state, AssignmentState::Withdrawn);

    for again in [voided(&desk, 3), told(&desk, 2, |_| ())] {
        publish(&mut desk, &again).await;
    }
    assert_eq!(desk.bench.events("programme").await.unwrap().len(), events.len(), "told once");
    // Documents as it is played has not heard of the void yet: so it is when both happen at the same moment.
    assert_eq!(refused(&desk.chief, &order).await, "programme.source_not_to_process");
    let back = ReturnAssignment { id: done, reason: "thiếu số liệu".into() };
    assert_eq!(refused(&desk.chief, &back).await, "programme.source_gone");
    desk.chief.call(&CloseAssignment { id: done }).await.unwrap();
    desk.bench.finish().await;
}

#[tokio::test]
async fn what_is_owed_for_a_voided_document_is_withdrawn_on_sqlite() {
    nobody_owes_for_a_voided_paper(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn what_is_owed_for_a_voided_document_is_withdrawn_on_nats_and_postgresql() {
    nobody_owes_for_a_voided_paper(Pair::NatsPostgres).await;
}

#[tokio::test]
async fn a_document_decided_upon_anew_takes_its_work_back_and_may_give_some_again() {
    let mut desk = desk(Pair::LocalSqlite).await;
    let order = from_document(&desk, TO_PROCESS);
    let id = desk.chief.call(&order).await.unwrap().id;
    let to_know = told(&desk, 2, |document| document.disposition = Some(Disposition::ToKnow));
    publish(&mut desk, &to_know).await;
    let entry = last_entry(&desk, id).await;
    assert_eq!(entry.state, AssignmentState::Withdrawn);
    assert!(entry.note.unwrap().starts_with("Văn bản không còn hướng xử lý"));
    assert_eq!(refused(&desk.chief, &order).await, "programme.source_not_to_process");
    let again = told(&desk, 3, |_| ());
    publish(&mut desk, &again).await;
    let second = desk.chief.call(&order).await.unwrap().id;
    assert_eq!(state(&desk, id).await, AssignmentState::Withdrawn, "what was withdrawn stays so");
    // The author of a transcribed instruction objects: nobody has decided upon the document any more.
    let undecided = told(&desk, 4, |document| document.disposition = None);
    publish(&mut desk, &undecided).await;
    let entry = last_entry(&desk, second).await;
    assert_eq!((entry.state, entry.by), (AssignmentState::Withdrawn, None));
    assert!(entry.note.unwrap().starts_with("Hướng xử lý văn bản đã bị hủy"));
    desk.bench.finish().await;
}

/// Work is given, and done work returned, while the void is told: whichever comes first, nothing is owed in the end.
async fn nothing_slips_through(pair: Pair) {
    let mut desk = desk(pair).await;
    let order = from_document(&desk, TO_PROCESS);
    let done = desk.chief.call(&order).await.unwrap().id;
    desk.clerk.call(&AcceptAssignment { id: done }).await.unwrap();
    desk.clerk.call(&CompleteAssignment { id: done, evidence: vec![proof()] }).await.unwrap();
    let (void, chief) = (voided(&desk, 2), desk.chief.clone());
    let giving = async {
        let mut given = Vec::new();
        for _ in 0..10 {
            given.extend(chief.call(&order).await.ok().map(|work| work.id));
        }
        given
    };
    let back = ReturnAssignment { id: done, reason: "thiếu số liệu".into() };
    let (given, _, published) = tokio::join!(giving, chief.call(&back), desk.bench.publish(&void));
    published.unwrap();
    desk.bench.settled().await;
    for id in given.into_iter().chain([done]) {
        let state = state(&desk, id).await;
        assert!(!state.owed(), "{state:?}");
    }
    assert_eq!(refused(&desk.chief, &order).await, "programme.source_not_to_process");
    desk.bench.finish().await;
}

#[tokio::test]
async fn work_given_in_the_same_moment_as_the_void_does_not_stay_owed() {
    nothing_slips_through(Pair::LocalSqlite).await;
    nothing_slips_through(Pair::LocalPostgres).await;
}
