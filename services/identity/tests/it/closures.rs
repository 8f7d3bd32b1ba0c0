//! The working calendar of an office: holidays as the release knows them, and the days on which the office is shut.

use schema_identity::{CancelOfficeClosure, GetWorkingYear, Reach, RecordOfficeClosure, SpecialDayKind, WorkingYear};
use sea_orm::ConnectionTrait as _;
use testbed::Pair;

use crate::world::{Someone, World, code, day};

fn shut(who: &Someone, first: &str, last: &str) -> RecordOfficeClosure {
    RecordOfficeClosure {
        office: who.office(),
        first: day(first),
        last: day(last),
        reason: "bão số 9".into(),
        instrument: "45-TB/ĐU ngày 05/10/2026".into(),
    }
}

async fn seen(world: &World, who: &Someone, year: i32) -> WorkingYear {
    world.call(who, &GetWorkingYear { office: who.office(), year }).await.unwrap()
}

async fn kept(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let clerk = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let year = seen(&world, &clerk, 2026).await;
    let swap = year.days.iter().find(|one| one.day == day("2026-08-22")).unwrap();
    assert_eq!((swap.kind, swap.instrument.as_str()), (SpecialDayKind::SwappedWork, "9441/TB-BNV"));
    assert!(year.known && year.closures.is_empty());
    // Whoever works there sees the calendar; who looks after the office enters closures.
    assert_eq!(code(world.call(&clerk, &shut(&clerk, "2026-10-06", "2026-10-07")).await), "wire.denied");
    let one = world.call(&admin, &shut(&admin, "2026-10-06", "2026-10-07")).await.unwrap();
    assert_eq!((one.known_on, one.cancelled_on), (world.now().day(), None));
    for (first, last, expected) in [
        ("2026-10-07", "2026-10-06", "identity.closure_days"),
        ("2026-10-07", "2026-10-09", "identity.closure_overlaps"),
    ] {
        assert_eq!(code(world.call(&admin, &shut(&admin, first, last)).await), expected);
    }
    let over = world.call(&admin, &shut(&admin, "2026-12-30", "2027-01-04")).await.unwrap();
    assert_eq!(seen(&world, &clerk, 2026).await.closures, [one.clone(), over.clone()]);
    assert_eq!(seen(&world, &clerk, 2027).await.closures, [over]);
    let cancel = CancelOfficeClosure { id: one.id, instrument: "46-TB/ĐU".into() };
    assert_eq!(code(world.call(&clerk, &cancel).await), "wire.denied");
    let off = world.call(&admin, &cancel).await.unwrap();
    assert_eq!((off.cancelled_on, off.cancelled_by.as_deref()), (Some(world.now().day()), Some("46-TB/ĐU")));
    assert_eq!(code(world.call(&admin, &cancel).await), "identity.closure_cancelled");
    world.call(&admin, &shut(&admin, "2026-10-07", "2026-10-07")).await.unwrap();
    assert_eq!(seen(&world, &clerk, 2026).await.closures.len(), 3, "what was cancelled stays to be read");
    // The database itself keeps what was entered.
    let tx = world.bench.service("identity").db().begin().await.unwrap();
    let changed = tx.execute_unprepared("UPDATE office_closure SET last_day = '2026-12-31' WHERE version = 1").await;
    assert!(changed.unwrap_err().to_string().contains("closures are history"));
    tx.rollback().await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closures_are_entered_and_cancelled_by_decision_on_sqlite() {
    kept(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closures_are_entered_and_cancelled_by_decision_on_postgresql() {
    kept(Pair::LocalPostgres).await;
}
