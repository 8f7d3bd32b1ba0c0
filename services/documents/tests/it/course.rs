//! The way of a document: dispositions, desks, read marks, and the history that holds every step.

use schema_documents::{
    DisposeIncoming, Disposition, DocumentAct, IncomingDocument, ListIncomingHistory, ListPassages, ListReadMarks,
    MarkIncomingRead, PassIncoming, ReturnIncoming, VoidIncoming,
};
use wire::id::IncomingId;

use crate::house::House;

fn dispose(id: IncomingId, disposition: Disposition) -> DisposeIncoming {
    DisposeIncoming { id, disposition, due: None, note: Some("đồng ý".into()) }
}

async fn acts(house: &House, id: IncomingId) -> Vec<DocumentAct> {
    let history = house.clerk.call(&ListIncomingHistory { id, limit: None, cursor: None }).await.unwrap();
    history.items.into_iter().map(|entry| entry.act).collect()
}

#[tokio::test]
async fn only_a_document_to_be_processed_has_a_due_day() {
    let house = House::plain().await;
    let IncomingDocument { id, .. } = house.registered(1).await;
    let known = house.clerk.call(&dispose(id, Disposition::ToKnow)).await.unwrap();
    assert_eq!(known.due, None);
    let worked = house.clerk.call(&dispose(id, Disposition::ToProcess)).await.unwrap();
    assert!(worked.due >= Some(house.day(10)), "ten days, and further when that is a day off: {:?}", worked.due);
    assert!(worked.due_reason.unwrap().contains("10 ngày"));
    assert_eq!(house.refused(&dispose(id, Disposition::ToProcess)).await, "documents.already_disposed");
    let dated = DisposeIncoming { due: Some(house.day(5)), ..dispose(id, Disposition::ToFile) };
    assert_eq!(house.refused(&dated).await, "documents.due_without_processing");
    let early = DisposeIncoming { due: Some(house.day(-5)), ..dispose(id, Disposition::ToProcess) };
    assert_eq!(house.refused(&early).await, "documents.due_before_arrival");
    let filed = house.clerk.call(&dispose(id, Disposition::ToFile)).await.unwrap();
    assert_eq!((filed.due, filed.due_reason), (None, None));
    let expected = [DocumentAct::Registered, DocumentAct::Disposed, DocumentAct::Disposed, DocumentAct::Disposed];
    assert_eq!(acts(&house, id).await, expected);
    house.close().await;
}

#[tokio::test]
async fn a_paper_waits_at_one_desk_after_another() {
    let house = House::plain().await;
    let (head, board) = (house.unit("Thường trực Đảng ủy", None), house.unit("Ban Xây dựng Đảng", None));
    let IncomingDocument { id, .. } = house.registered(1).await;
    let pass = |unit: &schema_identity::Unit| PassIncoming { id, unit: unit.id, position: None, note: None };
    assert_eq!(house.refused(&ReturnIncoming { id, note: None }).await, "documents.not_at_desk");
    let there = house.clerk.call(&pass(&head)).await.unwrap();
    assert_eq!(there.desk.unwrap().unit_name, "Thường trực Đảng ủy");
    assert_eq!(house.refused(&pass(&head)).await, "documents.at_that_desk");
    house.clerk.call(&pass(&board)).await.unwrap();
    let back = house.clerk.call(&ReturnIncoming { id, note: Some("giao Văn phòng".into()) }).await.unwrap();
    assert_eq!(back.desk, None);

    let stays = house.clerk.call(&ListPassages { id, limit: None, cursor: None }).await.unwrap().items;
    assert_eq!(stays.len(), 2);
    assert_eq!(stays[0].left_at, Some(stays[1].passed_at), "from desk to desk without a gap");
    assert!(stays[1].left_at.is_some());
    let missing = PassIncoming { unit: runtime::fresh_id().into(), ..pass(&head) };
    assert_eq!(house.refused(&missing).await, "documents.unit_unknown");
    house.close().await;
}

#[tokio::test]
async fn a_person_reads_a_document_once() {
    let house = House::plain().await;
    let IncomingDocument { id, .. } = house.registered(1).await;
    let first = house.clerk.call(&MarkIncomingRead { id }).await.unwrap();
    let again = house.clerk.call(&MarkIncomingRead { id }).await.unwrap();
    assert_eq!(first, again);
    let other = house.bench.person(&[(house.office, &["documents.incoming.read"])]);
    other.call(&MarkIncomingRead { id }).await.unwrap();
    let first_page = house.clerk.call(&ListReadMarks { id, limit: Some(1), cursor: None }).await.unwrap();
    let rest = house.clerk.call(&ListReadMarks { id, limit: Some(1), cursor: first_page.next }).await.unwrap();
    assert_eq!((first_page.items[0].person, rest.items[0].person), (house.clerk.id(), other.id()));
    assert_eq!(rest.next, None);
    assert_eq!(acts(&house, id).await, [DocumentAct::Registered, DocumentAct::Read, DocumentAct::Read]);
    house.close().await;
}

#[tokio::test]
async fn a_voided_document_lies_nowhere_and_is_not_worked_on() {
    let house = House::plain().await;
    let desk = house.unit("Thường trực Đảng ủy", None);
    let IncomingDocument { id, .. } = house.registered(1).await;
    house.clerk.call(&PassIncoming { id, unit: desk.id, position: None, note: None }).await.unwrap();
    let voided = house
        .clerk
        .call(&VoidIncoming { id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false })
        .await
        .unwrap();
    assert_eq!(voided.desk, None);
    let stays = house.clerk.call(&ListPassages { id, limit: None, cursor: None }).await.unwrap().items;
    assert!(stays[0].left_at.is_some());
    assert_eq!(house.refused(&dispose(id, Disposition::ToFile)).await, "documents.already_voided");
    assert_eq!(house.refused(&MarkIncomingRead { id }).await, "documents.already_voided");
    house.close().await;
}
