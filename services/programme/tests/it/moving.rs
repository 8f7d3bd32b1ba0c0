//! An assignment on its way, on every pair of bus and database.

use schema_programme::*;
use testbed::Pair;
use wire::{Version, id::AssignmentId};

use crate::desk::{Desk, OTHER_UNIT, UNIT, position, proof, refused};

/// From being given to being closed, with everything that can come in between.
async fn whole_life(pair: Pair) {
    let desk = Desk::open(pair, Vec::new()).await;
    let id = desk.assigned().await.id;
    let handed =
        HandOverAssignment {
            id, lead_unit: OTHER_UNIT, lead_position: None, reason: "đúng chức năng hơn".into()
        };
    desk.chief.call(&handed).await.unwrap();
    let back = HandOverAssignment { lead_unit: UNIT, reason: "giao nhầm".into(), ..handed };
    let at_home = desk.chief.call(&back).await.unwrap();
    assert_eq!(at_home.earlier_leads, [UNIT, OTHER_UNIT]);
    let accepted = desk.clerk.call(&AcceptAssignment { id }).await.unwrap();
    assert_eq!((accepted.state, accepted.handler), (AssignmentState::Accepted, Some(desk.clerk.id())));
    assert_eq!(accepted.handler_position, Some(position(&desk.clerk)));
    desk.head.call(&ReportProgress { id, note: "đã có 7/9 thôn".into(), percent: Some(70) }).await.unwrap();
    let wait = BeginWait { id, on_unit: Some(OTHER_UNIT), on: String::new() };
    let blocked = desk.clerk.call(&wait).await.unwrap();
    assert_eq!(blocked.waiting().unwrap().on, "Bộ phận Hành chính");
    assert_eq!((blocked.state, blocked.due), (AssignmentState::InProgress, accepted.due), "a mark beside the state");
    desk.clerk.call(&EndWait { id }).await.unwrap();
    let beyond = EscalateAssignment { id, to: "Ban Thường vụ".into(), reason: "kinh phí".into() };
    assert!(desk.head.call(&beyond).await.unwrap().escalation.is_some());
    desk.clerk.call(&ReportProgress { id, note: "đã có chủ trương".into(), percent: None }).await.unwrap();
    desk.clerk.call(&AskExtension { id, until: desk.day(30), reason: "chờ số liệu".into() }).await.unwrap();
    let decided = desk.chief.call(&DecideExtension { id, approve: true, answer: None }).await.unwrap();
    assert_eq!((decided.due, decided.original_due), (desk.day(30), accepted.due));
    desk.clerk.call(&CompleteAssignment { id, evidence: vec![proof()] }).await.unwrap();
    desk.chief.call(&ReturnAssignment { id, reason: "thiếu thôn Đông".into() }).await.unwrap();
    desk.clerk.call(&ReportProgress { id, note: "đã bổ sung".into(), percent: Some(100) }).await.unwrap();
    desk.clerk.call(&CompleteAssignment { id, evidence: vec![proof()] }).await.unwrap();
    let closed = desk.chief.call(&CloseAssignment { id }).await.unwrap();
    assert_eq!((closed.state, closed.evidence.len()), (AssignmentState::Closed, 2));
    assert_eq!(desk.chief.call(&GetAssignment { id }).await.unwrap(), closed, "what is answered is what is stored");
    told_in_full(&desk, id, &closed).await;
    desk.bench.finish().await;
}

/// The history has an entry, and the stream an event, for every version.
async fn told_in_full(desk: &Desk, id: AssignmentId, last: &Assignment) {
    let history = ListAssignmentHistory { id, limit: Some(4), cursor: None };
    let mut entries = Vec::new();
    let mut page = desk.chief.call(&history).await.unwrap();
    loop {
        entries.append(&mut page.items);
        let Some(cursor) = page.next else { break };
        page = desk.chief.call(&ListAssignmentHistory { cursor: Some(cursor), ..history.clone() }).await.unwrap();
    }
    let versions: Vec<_> = entries.iter().map(|entry| entry.version.0).collect();
    assert_eq!(versions, (1..=last.version.0).collect::<Vec<_>>());
    assert_eq!(entries.last().map(|entry| (entry.act, entry.state)), Some((AssignmentAct::Close, last.state)));
    let events = desk.bench.events("programme").await.unwrap();
    let told: Vec<AssignmentChanged> =
        events.iter().map(|envelope| serde_json::from_value(envelope.body.clone()).unwrap()).collect();
    assert_eq!(told.iter().map(|event| event.assignment.version.0).collect::<Vec<_>>(), versions);
    assert_eq!(&told.last().unwrap().assignment, last);
}

#[tokio::test]
async fn a_whole_life_on_sqlite() {
    whole_life(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_whole_life_on_nats_and_postgresql() {
    whole_life(Pair::NatsPostgres).await;
}

#[tokio::test]
async fn whoever_saw_an_older_version_is_told_so() {
    let desk = Desk::plain().await;
    let given = desk.assigned().await;
    let accept = AcceptAssignment { id: given.id };
    desk.clerk.expecting(given.version).call(&accept).await.unwrap();
    let late = ReportProgress { id: given.id, note: "x".into(), percent: None };
    assert_eq!(refused(&desk.head.expecting(Version::FIRST), &late).await, "wire.stale");
    desk.bench.finish().await;
}

async fn one_handler(pair: Pair) {
    let desk = Desk::open(pair, Vec::new()).await;
    let accept = AcceptAssignment { id: desk.assigned().await.id };
    let (one, other) = tokio::join!(desk.clerk.call(&accept), desk.head.call(&accept));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(one.and(other).unwrap_err().code, "programme.not_now");
    desk.bench.finish().await;
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_becomes_the_handler() {
    one_handler(Pair::LocalSqlite).await;
    one_handler(Pair::LocalPostgres).await;
}

#[tokio::test]
async fn work_addressed_to_a_position_is_accepted_there() {
    let desk = Desk::plain().await;
    let order = Assign { lead_position: Some(position(&desk.clerk)), ..desk.order() };
    let id = desk.chief.call(&order).await.unwrap().id;
    let colleague = desk.bench.person(&[(desk.office, &[crate::desk::WORK])]);
    colleague.change(|authority| authority.grants[0].unit = UNIT);
    assert_eq!(refused(&colleague, &AcceptAssignment { id }).await, "programme.not_addressed");
    desk.clerk.call(&AcceptAssignment { id }).await.unwrap();
    desk.bench.finish().await;
}
