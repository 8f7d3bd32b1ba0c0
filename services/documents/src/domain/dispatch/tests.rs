//! What can be sent, to whom, and what becomes of it.

use super::*;
use crate::domain::sample;
use wire::FileRef;

fn office(number: u128, name: &str) -> Office {
    serde_json::from_value(serde_json::json!({ "id": sample::id::<OfficeId>(number), "code": "1", "name": name,
        "kind": "commune", "from": "2025-07-01", "version": 1 }))
    .unwrap()
}

fn issued() -> OutgoingDocument {
    let file = FileRef {
        id: sample::id(40),
        name: "05-CV-ĐU.pdf".into(),
        media_type: "application/pdf".into(),
        size: 1,
        sha256: "aa".into(),
    };
    OutgoingDocument {
        state: OutgoingState::Issued,
        symbol: Some("05-CV/ĐU".into()),
        dated: Some(sample::day("2026-11-20")),
        files: vec![file],
        ..sample::outgoing()
    }
}

fn today() -> Day {
    "2026-11-20".parse().unwrap()
}

fn sending(circulation: Option<&str>) -> DispatchOutgoing {
    let (offices, tiers, circulation) = (Vec::new(), Vec::new(), circulation.map(str::to_owned));
    DispatchOutgoing { id: sample::id(7), offices, tiers, circulation, limit: None, return_by: None, no_paper: true }
}

fn delivery() -> Delivery {
    let sender = office(1, "Đảng ủy xã Ngọc Sơn");
    let sent = sent(&issued(), &sender, &sending(Some("Xem xong trả lại")), today()).unwrap();
    deliver((sample::id(71), Instant::from_micros(1)), sample::id(72), office(2, "Đảng ủy xã Tân Lập"), &sent)
}

#[test]
fn what_has_its_final_form_can_be_sent() {
    let sender = office(1, "Đảng ủy xã Ngọc Sơn");
    let told =
        |document: &OutgoingDocument| sent(document, &sender, &sending(None), today()).err().map(|fault| fault.code);
    let not_yet = Some("documents.dispatch_not_ready".to_owned());
    let with = |execution| OutgoingDocument { execution, ..issued() };
    let table = [
        (with(None), None),
        (with(Some(ExecutionState::Complete)), None),
        (with(Some(ExecutionState::ByHand)), None),
        (with(Some(ExecutionState::ToSeal)), not_yet.clone()),
        (OutgoingDocument { files: Vec::new(), ..issued() }, not_yet.clone()),
        (OutgoingDocument { state: OutgoingState::Voided, ..issued() }, not_yet.clone()),
        (OutgoingDocument { state: OutgoingState::Draft, symbol: None, ..issued() }, not_yet),
        (OutgoingDocument { masked: true, ..issued() }, Some("documents.dispatch_masked".to_owned())),
    ];
    for (document, expected) in table {
        assert_eq!(told(&document), expected, "{:?} {:?}", document.state, document.execution);
    }
}

#[test]
fn everybody_is_addressed_once_and_never_the_sender() {
    let [one, two, three] = [1, 2, 3].map(|number| office(number, "Đảng ủy xã Ví Dụ"));
    let own = one.id;
    let all = vec![one.clone(), two.clone(), three.clone()];
    let ids = |found: Vec<Office>| found.into_iter().map(|office| office.id).collect::<Vec<_>>();
    let found = addressed(own, &[two.id], vec![two.clone()], all).unwrap();
    assert_eq!(ids(found), [two.id, three.id]);
    assert_eq!(addressed(own, &[own], vec![one], Vec::new()), Err(DispatchRefusal::NobodyToSendTo));
    let unknown = addressed(own, &[three.id], vec![two], Vec::new());
    assert_eq!(unknown, Err(DispatchRefusal::OfficeUnknown { id: three.id }));
}

#[test]
fn a_delivery_is_settled_once() {
    let (fresh, at) = (delivery(), Instant::from_micros(2));
    let read = opened(&fresh, at).unwrap();
    assert_eq!((read.state, read.opened_at, opened(&read, at)), (DeliveryState::Opened, Some(at), None));
    for before in [&fresh, &read] {
        let ends = [
            received(before, sample::id(3), at),
            returned(before, " gửi nhầm ", at).unwrap(),
            recalled(before, "nhầm bản", at),
        ];
        for end in ends {
            assert!(open(&end).is_err() && opened(&end, at).is_none() && end.settled_at == Some(at));
            assert_eq!(end.version, before.version.next());
            assert_eq!(seen_by_sender(end).incoming, None);
        }
    }
    assert_eq!(returned(&fresh, " ", at).unwrap_err().code, "documents.field_missing");
    let order = order(&read, &ReceiveArrival { id: read.id, note: None, duplicate_of: None });
    assert_eq!((order.symbol.as_deref(), order.note.as_deref()), (Some("05-CV/ĐU"), Some("Xem xong trả lại")));
}
