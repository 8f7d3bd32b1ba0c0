//! The usual term of a document passes over the days on which its office is shut, and says so.

use schema_documents::{DisposeIncoming, Disposition, IncomingDocument};
use schema_identity::{OfficeClosure, OfficeClosureChanged};
use sea_orm::prelude::Uuid;
use testbed::Pair;
use wire::Version;

use crate::house::House;

/// A closure of the second week from today, as identity tells of it; of no office when it only makes a reader begin.
fn closure(house: &House, own: bool, cancelled: bool) -> OfficeClosureChanged {
    let closure = OfficeClosure {
        id: Uuid::from_u128(if own { 91 } else { 92 }).into(),
        office: if own { house.office } else { Uuid::from_u128(99).into() },
        first: house.day(8),
        last: house.day(18),
        reason: "bão số 9".into(),
        instrument: "45-TB/ĐU".into(),
        known_on: house.today(),
        cancelled_on: cancelled.then(|| house.today()),
        cancelled_by: cancelled.then(|| "46-TB/ĐU".into()),
        version: if cancelled { Version::FIRST.next() } else { Version::FIRST },
    };
    OfficeClosureChanged { closure }
}

async fn to_process(house: &House, number: u32) -> IncomingDocument {
    let id = house.registered(number).await.id;
    let order = DisposeIncoming { id, disposition: Disposition::ToProcess, due: None, note: None };
    house.clerk.call(&order).await.unwrap()
}

async fn passed_over(pair: Pair) {
    let mut house = House::open(pair).await;
    house.bench.publish(&closure(&house, false, false)).await.unwrap();
    house.bench.settled().await;
    let usual = to_process(&house, 1).await.due;
    house.bench.publish(&closure(&house, true, false)).await.unwrap();
    house.bench.settled().await;
    let late = to_process(&house, 2).await;
    assert!(late.due > Some(house.day(18)), "{late:?}");
    assert!(late.due_reason.unwrap().contains("bão số 9, 45-TB/ĐU"));
    house.bench.publish(&closure(&house, true, true)).await.unwrap();
    house.bench.settled().await;
    assert_eq!(to_process(&house, 3).await.due, usual);
    house.close().await;
}

#[tokio::test]
async fn a_document_is_not_due_while_its_office_is_shut_on_sqlite() {
    passed_over(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_document_is_not_due_while_its_office_is_shut_on_postgres() {
    passed_over(Pair::LocalPostgres).await;
}
