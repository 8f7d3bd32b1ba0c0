//! An office that has ended: its successor finishes the work that is open there, and gives none anew.

use schema_programme::{
    AddCalendarResource, CalendarResourceKind, CloseAssignment, GetAssignment, ProposeCalendarEntry, WithdrawAssignment,
};
use serde_json::json;
use testbed::Pair;

use crate::desk::{ASSIGN, Desk, OVERSEE, READ, refused};

async fn nothing_new_begins(pair: Pair) {
    let desk = Desk::open(pair, Vec::new()).await;
    let (done, open) = (desk.done().await, desk.assigned().await);
    let own = desk.bench.office();
    let heir = desk
        .bench
        .person(&[(own, &[READ, ASSIGN, OVERSEE, "programme.calendar.propose", "programme.calendar.approve"])]);
    heir.change(|authority| authority.grants[0].offices_inherited = vec![desk.office]);
    assert_eq!(refused(&heir, &desk.order()).await, "wire.office_ended");
    let entry = json!({ "office": desk.office, "title": "Họp", "place": "Hội trường",
        "starts": "2035-11-19T01:00:00Z", "ends": "2035-11-19T03:00:00Z" });
    let entry: ProposeCalendarEntry = serde_json::from_value(entry).unwrap();
    assert_eq!(refused(&heir, &entry).await, "wire.office_ended");
    let (kind, name) = (CalendarResourceKind::Room, "Phòng họp 9".to_owned());
    let room = AddCalendarResource { office: desk.office, kind, name, seats: None, from: None };
    assert_eq!(refused(&heir, &room).await, "wire.office_ended");
    heir.call(&GetAssignment { id: open.id }).await.unwrap();
    heir.call(&WithdrawAssignment { id: open.id, reason: "cơ quan đã hợp nhất".into() }).await.unwrap();
    heir.call(&CloseAssignment { id: done.id }).await.unwrap();
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_successor_finishes_and_begins_nothing_on_sqlite() {
    nothing_new_begins(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_successor_finishes_and_begins_nothing_on_postgresql() {
    nothing_new_begins(Pair::LocalPostgres).await;
}
