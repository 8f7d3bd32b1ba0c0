//! Two bodies, one office: series, symbols and seals of each.

use schema_documents::{
    DraftOutgoing, EndIssuingBody, IssuingBody, ListIssuingBodies, OutgoingDocument, RecordIssuingBody,
};
use testbed::Pair;
use wire::{Page, Secrecy};

use crate::{house::House, outgoing::issue};

pub(crate) fn body(house: &House, code: &str, seal: &str) -> RecordIssuingBody {
    RecordIssuingBody {
        office: house.office,
        code: code.to_owned(),
        name: format!("Cơ quan {code}"),
        seal: seal.to_owned(),
        custodian: Some(runtime::fresh_id().into()),
        custodian_title: "Văn thư Văn phòng".to_owned(),
        term: Some("2025-2030".to_owned()),
        from: house.day(-30),
        to: None,
    }
}

async fn issued(house: &House, code: &str) -> OutgoingDocument {
    let draft = DraftOutgoing { body_code: Some(code.to_owned()), ..house.draft() };
    let OutgoingDocument { id, .. } = house.clerk.call(&draft).await.unwrap();
    house.clerk.call(&issue(id)).await.unwrap()
}

#[tokio::test]
async fn an_office_issues_for_two_bodies_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let committee = house.clerk.call(&body(&house, "ĐU", "Con dấu tròn số 01")).await.unwrap();
        house.clerk.call(&body(&house, "VPĐU", "Con dấu tròn số 02")).await.unwrap();
        let (one, other) = (issued(&house, "ĐU").await, issued(&house, "VPĐU").await);
        assert_eq!((one.symbol.as_deref(), other.symbol.as_deref()), (Some("01-CV/ĐU"), Some("01-CV/VPĐU")));
        assert_ne!(one.register, other.register);
        let seal = one.seal.clone().unwrap();
        assert_eq!((seal.body, seal.seal.as_str()), (committee.id, "Con dấu tròn số 01"));
        assert_eq!((seal.custodian, seal.custodian_title.as_str()), (committee.custodian, "Văn thư Văn phòng"));
        assert_eq!(other.seal.unwrap().seal, "Con dấu tròn số 02");
        // The seal stays what it was when the document was issued, whoever keeps it later.
        let early = EndIssuingBody { id: committee.id, to: house.day(-1) };
        assert_eq!(house.refused(&early).await, "documents.body_used_later");
        house.clerk.call(&EndIssuingBody { id: committee.id, to: house.today() }).await.unwrap();
        let read = house.clerk.call(&schema_documents::GetOutgoing { id: one.id }).await.unwrap();
        assert_eq!(read.seal, Some(seal));
        house.close().await;
    }
}

#[tokio::test]
async fn bodies_are_listed_as_of_a_day_and_refused_by_code() {
    let house = House::plain().await;
    let first = house.clerk.call(&body(&house, "BCĐ", "Con dấu số 05")).await.unwrap();
    let refused = [
        (body(&house, "BCĐ", "khác"), "documents.body_overlaps"),
        (body(&house, "TW", "khác"), "documents.body_code_foreign"),
        (body(&house, "Đ/U", "khác"), "documents.body_code_unfit"),
        (RecordIssuingBody { to: Some(house.day(-31)), ..body(&house, "CB", "x") }, "documents.body_period_unfit"),
        (body(&house, "CB", " "), "documents.field_missing"),
    ];
    for (order, code) in refused {
        assert_eq!(house.refused(&order).await, code);
    }
    let end = EndIssuingBody { id: first.id, to: house.day(-1) };
    house.clerk.call(&end).await.unwrap();
    assert_eq!(house.refused(&end).await, "documents.body_ended");
    let missing = EndIssuingBody { id: runtime::fresh_id().into(), to: house.today() };
    assert_eq!(house.refused(&missing).await, "documents.issuing_body_missing");
    let next = RecordIssuingBody { from: house.today(), ..body(&house, "BCĐ", "Con dấu số 06") };
    house.clerk.call(&next).await.unwrap();
    let seals = async |as_of| {
        let list = ListIssuingBodies { office: house.office, as_of, limit: None, cursor: None };
        let Page { items, .. } = house.clerk.call(&list).await.unwrap();
        items.into_iter().map(|IssuingBody { seal, .. }| seal).collect::<Vec<_>>()
    };
    assert_eq!(seals(Some(house.day(-1))).await, ["Con dấu số 05"]);
    assert_eq!(seals(Some(house.today())).await, ["Con dấu số 06"]);
    assert_eq!(seals(None).await.len(), 2);
    // A recorded body stands for its code, which no guide lists; and a masked document tells of no seal.
    assert_eq!(issued(&house, "BCĐ").await.seal.unwrap().seal, "Con dấu số 06");
    let order = DraftOutgoing {
        body_code: Some("BCĐ".into()),
        secrecy: Secrecy::Secret,
        summary: None,
        text: None,
        recipients: Vec::new(),
        ..house.draft()
    };
    let draft = house.clerk.call(&order).await.unwrap();
    let masked = schema_documents::IssueOutgoing { signatory: None, ..issue(draft.id) };
    assert_eq!(house.clerk.call(&masked).await.unwrap().seal, None);
    house.close().await;
}
