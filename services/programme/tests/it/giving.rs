//! Giving work: by whom, from what, to whom, until when.

use std::collections::BTreeMap;

use schema_documents::{Disposition, GetIncoming, IncomingDocument};
use schema_identity::UnitSpan;
use schema_programme::{
    Assign, AssignmentDueBasis, AssignmentSource, AssignmentSourceKind, AssignmentState, AssignmentTerm,
    AssignmentTermUnit, GetAssignment, ListAssignmentHistory, ListAssignments, WithdrawAssignment,
};
use serde_json::json;
use service::{Read, Service};
use testbed::Pair;
use uuid::Uuid;
use wire::{Call, Version, id::OfficeId};

use crate::desk::{ASSIGN, Desk, OTHER_UNIT, READ, UNIT, refused, unit_changed};

pub(crate) const TO_PROCESS: Uuid = Uuid::from_u128(71);
const TO_KNOW: Uuid = Uuid::from_u128(72);
const ELSEWHERE: Uuid = Uuid::from_u128(73);
const MASKED: Uuid = Uuid::from_u128(74);
const OVERDUE: Uuid = Uuid::from_u128(75);

/// A document with what programme needs to know of one.
pub(crate) fn incoming(id: Uuid, office: OfficeId) -> IncomingDocument {
    let disposition = if id == TO_KNOW { Disposition::ToKnow } else { Disposition::ToProcess };
    let mut document = json!({
        "id": id, "office": office, "version": 1, "register": Uuid::from_u128(8), "number": 118,
        "arrived": "2026-11-20", "registered_at": "2026-11-20T02:00:00Z", "state": "registered", "secrecy": "open",
        "urgency": "normal", "masked": id == MASKED, "author_body": "Tỉnh ủy", "symbol": "12-CV/TU",
        "document_day": "2026-11-20", "genre_name": "Công văn", "disposition": disposition,
    });
    if id == OVERDUE {
        document["due"] = json!("2025-07-15");
    }
    serde_json::from_value(document).unwrap()
}

/// Documents, played: five documents of whatever office asks, one of them of another.
pub(crate) fn documents() -> Service {
    let mut contract = schema_documents::contract();
    contract.calls.retain(|row| row.name == GetIncoming::NAME);
    contract.events.clear();
    Service::new::<schema_documents::Refusal>(contract).read(|cx: Read, call: GetIncoming| async move {
        let office = cx.scope().offices().and_then(|mut offices| offices.next()).unwrap();
        let elsewhere = OfficeId(Uuid::from_u128(99));
        let known = BTreeMap::from(
            [(TO_PROCESS, office), (TO_KNOW, office), (ELSEWHERE, elsewhere), (MASKED, office), (OVERDUE, office)]
                .map(|(id, office)| (id, incoming(id, office))),
        );
        let missing = schema_documents::Refusal::IncomingMissing { id: call.id };
        Ok(known.get(&call.id.0).cloned().ok_or(missing)?)
    })
}

pub(crate) fn from_document(desk: &Desk, id: Uuid) -> Assign {
    let kind = AssignmentSourceKind::IncomingDocument;
    Assign { source: AssignmentSource { kind, id: Some(id), label: String::new() }, due: None, ..desk.order() }
}

#[tokio::test]
async fn a_document_to_be_processed_gives_work_and_no_other_does() {
    let desk = Desk::open(Pair::LocalSqlite, vec![documents()]).await;
    let given = desk.chief.call(&from_document(&desk, TO_PROCESS)).await.unwrap();
    assert_eq!(given.source.label, "Công văn số 12-CV/TU ngày 20/11/2026");
    assert_eq!(given.due_reason.basis, AssignmentDueBasis::Practice);
    assert!(given.due_reason.vi.contains("không phải quy định"), "{}", given.due_reason.vi);
    let table = [
        (TO_KNOW, "programme.source_not_to_process"),
        (ELSEWHERE, "programme.source_missing"),
        (MASKED, "programme.source_masked"),
        (Uuid::from_u128(404), "programme.source_missing"),
    ];
    for (id, code) in table {
        assert_eq!(refused(&desk.chief, &from_document(&desk, id)).await, code);
    }
    let blind = desk.bench.person(&[(desk.office, &[ASSIGN])]);
    let code = refused(&blind, &from_document(&desk, TO_PROCESS)).await;
    assert_eq!(code, "programme.source_missing", "one cannot give work from what one may not read");
    desk.bench.finish().await;
}

#[tokio::test]
async fn work_from_an_overdue_document_is_overdue_from_the_start() {
    let desk = Desk::open(Pair::LocalSqlite, vec![documents()]).await;
    let order = from_document(&desk, OVERDUE);
    let later = Assign { due: Some(desk.day(10)), ..order.clone() };
    assert_eq!(refused(&desk.chief, &later).await, "programme.due_after_source");
    let given = desk.chief.call(&order).await.unwrap();
    assert_eq!((given.due, given.due_reason.basis), ("2025-07-15".parse().unwrap(), AssignmentDueBasis::Source));
    assert!(given.due < desk.today());
    desk.bench.finish().await;
}

#[tokio::test]
async fn no_word_finds_work_from_a_petition_and_none_is_told() {
    let desk = Desk::plain().await;
    let (kind, id) = (AssignmentSourceKind::Petition, Some(Uuid::from_u128(76)));
    let source = AssignmentSource { kind, id, label: "Đơn của ông Phạm Ví Dụ".into() };
    let title = "Việc của ông Phạm Ví Dụ".into();
    let given = desk.chief.call(&Assign { source, title, ..desk.order() }).await.unwrap();
    assert_eq!(given.source.label, "Đơn thư");
    let reason = "ông Phạm Ví Dụ đã rút đơn".into();
    desk.chief.call(&WithdrawAssignment { id: given.id, reason }).await.unwrap();
    let history = ListAssignmentHistory { id: given.id, limit: None, cursor: None };
    let history = desk.chief.call(&history).await.unwrap().items;
    assert_eq!(history.len(), 2);
    let told = desk.bench.events("programme").await.unwrap();
    let left = serde_json::to_string(&history).unwrap() + &serde_json::to_string(&told).unwrap();
    assert!(!left.contains("Ví Dụ"), "{left}");
    let spoken = desk.assigned().await;
    let q = Some(spoken.title.clone());
    let found = ListAssignments {
        office: desk.office,
        lead_unit: None,
        state: None,
        due_before: None,
        mine: false,
        source: None,
        q,
        limit: None,
        cursor: None,
    };
    let found: Vec<_> = desk.chief.call(&found).await.unwrap().items.into_iter().map(|work| work.id).collect();
    assert_eq!((found, given.title.as_str()), (vec![spoken.id], "Giải quyết đơn thư"));
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_document_service_that_is_away_is_said_to_be_away() {
    let desk = Desk::plain().await;
    let fault = desk.chief.call(&from_document(&desk, TO_PROCESS)).await.unwrap_err();
    assert_eq!(fault.kind, wire::Kind::Busy, "{fault}");
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer_and_another_order_under_its_key_none() {
    let desk = Desk::plain().await;
    let chief = desk.chief.with_key("one");
    let first = chief.call(&desk.order()).await.unwrap();
    assert_eq!(chief.call(&desk.order()).await.unwrap(), first);
    let other = Assign { title: "Việc khác".into(), ..desk.order() };
    assert_eq!(refused(&chief, &other).await, "wire.key_reused");
    assert_eq!(desk.bench.events("programme").await.unwrap().len(), 1, "told once");
    desk.bench.finish().await;
}

#[tokio::test]
async fn work_is_given_by_those_who_may_and_in_their_office() {
    let desk = Desk::plain().await;
    assert_eq!(refused(&desk.clerk, &desk.order()).await, "wire.denied");
    let elsewhere = desk.bench.person(&[(desk.bench.office(), &[READ, ASSIGN])]);
    assert_eq!(refused(&elsewhere, &desk.order()).await, "wire.missing");
    let id = desk.assigned().await.id;
    assert_eq!(refused(&elsewhere, &GetAssignment { id }).await, "programme.assignment_missing");
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_term_is_counted_and_explained() {
    let desk = Desk::plain().await;
    let term = Some(AssignmentTerm { days: 5, unit: AssignmentTermUnit::WorkingDays });
    let given = desk.chief.call(&Assign { due: None, term, ..desk.order() }).await.unwrap();
    assert!(given.due >= desk.day(5) && given.due == given.original_due);
    assert_eq!((given.due_reason.basis, given.state), (AssignmentDueBasis::Term, AssignmentState::Assigned));
    assert!(given.due_reason.vi.contains("5 ngày làm việc"), "{}", given.due_reason.vi);
    assert!(given.due_reason.en.contains("5 working days"), "{}", given.due_reason.en);
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_unit_is_known_by_what_identity_told_last() {
    let mut desk = Desk::plain().await;
    let given = desk.assigned().await;
    assert_eq!(given.lead_unit_name.as_deref(), Some("Bộ phận Tổng hợp"));
    let renamed = unit_changed(UNIT, desk.office, "Tổ Tổng hợp", Version(3));
    desk.bench.publish(&renamed).await.unwrap();
    desk.bench.publish(&unit_changed(UNIT, desk.office, "tên cũ", Version(2))).await.unwrap();
    let mut ended = unit_changed(OTHER_UNIT, desk.office, "Bộ phận Hành chính", Version(2));
    let to = Some(desk.today());
    ended.unit.spans = ended.unit.spans.into_iter().map(|span| UnitSpan { to, ..span }).collect();
    desk.bench.publish(&ended).await.unwrap();
    desk.bench.settled().await;
    let named = desk.chief.call(&GetAssignment { id: given.id }).await.unwrap();
    assert_eq!(named.lead_unit_name.as_deref(), Some("Tổ Tổng hợp"), "an older telling changes nothing");
    assert_eq!(named.version, given.version);
    let to_ended = Assign { lead_unit: OTHER_UNIT, ..desk.order() };
    assert_eq!(refused(&desk.chief, &to_ended).await, "programme.unit_unknown");
    desk.bench.finish().await;
}
