//! Terms pass over the days on which their office is shut, from the day on which that is known.

use schema_identity::{OfficeClosure, OfficeClosureChanged};
use schema_programme::{Assign, Assignment, AssignmentTerm, AssignmentTermUnit};
use testbed::Pair;
use uuid::Uuid;
use wire::{Version, id::OfficeId};

use crate::desk::Desk;

/// A closure of the days from tomorrow on, as identity tells of it.
fn closure(desk: &Desk, office: OfficeId, cancelled: bool) -> OfficeClosureChanged {
    let closure = OfficeClosure {
        id: Uuid::from_u128(if office == desk.office { 91 } else { 92 }).into(),
        office,
        first: desk.day(1),
        last: desk.day(7),
        reason: "bão số 9".into(),
        instrument: "45-TB/ĐU".into(),
        known_on: desk.today(),
        cancelled_on: cancelled.then(|| desk.today()),
        cancelled_by: cancelled.then(|| "46-TB/ĐU".into()),
        version: if cancelled { Version::FIRST.next() } else { Version::FIRST },
    };
    OfficeClosureChanged { closure }
}

async fn given(desk: &Desk) -> Assignment {
    let term = Some(AssignmentTerm { days: 1, unit: AssignmentTermUnit::WorkingDays });
    desk.chief.call(&Assign { due: None, term, ..desk.order() }).await.unwrap()
}

async fn passed_over(pair: Pair) {
    let mut desk = Desk::open(pair, Vec::new()).await;
    let usual = given(&desk).await;
    let elsewhere = closure(&desk, OfficeId(Uuid::from_u128(99)), false);
    desk.bench.publish(&elsewhere).await.unwrap();
    desk.bench.settled().await;
    assert_eq!(given(&desk).await.due, usual.due, "another office is shut");
    let told = closure(&desk, desk.office, false);
    desk.bench.publish(&told).await.unwrap();
    desk.bench.settled().await;
    let late = given(&desk).await;
    assert!(late.due > desk.day(7), "{late:?}");
    assert!(late.due_reason.vi.contains("bão số 9, 45-TB/ĐU"), "{}", late.due_reason.vi);
    let off = closure(&desk, desk.office, true);
    desk.bench.publish(&off).await.unwrap();
    // An older telling changes nothing.
    desk.bench.publish(&told).await.unwrap();
    desk.bench.settled().await;
    assert_eq!(given(&desk).await.due, usual.due);
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_term_passes_over_the_days_on_which_its_office_is_shut_on_sqlite() {
    passed_over(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_term_passes_over_the_days_on_which_its_office_is_shut_on_postgres() {
    passed_over(Pair::LocalPostgres).await;
}
