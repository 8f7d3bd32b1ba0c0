//! What is due is told at the start of a working day, once, and not before.

use schema_notices::NoticeKind;
use schema_programme::AssignmentState as State;
use serde_json::json;
use testbed::Pair;

use crate::office::{Office, next_day, time, work};

async fn due_days_are_told_when_the_office_opens(pair: Pair) {
    let mut office = Office::open(pair, json!({ "opens": "08:00" })).await;
    let off = next_day(office.clock.now().day(), false);
    let open = next_day(off, true);
    office.at(time(off, 10, 0)).await;
    let handler = office.clerk.id();
    let doing = |due| json!({ "handler": handler, "due": due });
    let (overdue, soon) = (doing(off.plus(-1).unwrap()), doing(open.plus(1).unwrap()));
    let table = [(1, State::InProgress, &overdue), (2, State::Accepted, &soon), (3, State::Closed, &overdue)];
    for (id, state, more) in table {
        let event = work(&office, id, 1, state, more.clone());
        office.tell(&event).await;
    }
    office.settled().await;
    for early in [time(off, 11, 0), time(open, 7, 59)] {
        office.at(early).await;
        assert_eq!(office.needs(&office.clerk).await, [], "{early}");
    }
    office.at(time(open, 8, 0)).await;
    let mut needs = office.needs(&office.clerk).await;
    needs.sort_unstable();
    assert_eq!(needs, [NoticeKind::DueSoon, NoticeKind::Overdue]);
    assert_eq!(office.needs(&office.head).await, [NoticeKind::Overdue], "a case of the head's unit");
    assert_eq!(office.needs(&office.chief).await, []);
    let given = office.given().await;
    office.at(time(next_day(open, true), 8, 0)).await;
    assert_eq!(office.given().await, given, "told once");
    // The day of one was moved, the other was done: no stale alarms.
    office.tell(&work(&office, 1, 2, State::InProgress, doing(open.plus(90).unwrap()))).await;
    office.tell(&work(&office, 2, 2, State::Closed, soon)).await;
    office.settled().await;
    assert_eq!((office.needs(&office.clerk).await, office.needs(&office.head).await), (vec![], vec![]));
    office.finish().await;
}

#[tokio::test]
async fn due_days_on_sqlite() {
    due_days_are_told_when_the_office_opens(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn due_days_on_postgresql() {
    due_days_are_told_when_the_office_opens(Pair::LocalPostgres).await;
}
