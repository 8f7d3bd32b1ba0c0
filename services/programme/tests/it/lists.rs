//! Lists: in a stable order, page by page, and by person only for whom they are.

use schema_programme::{
    AcceptAssignment, Assign, AssignmentState, BeginWait, CloseAssignment, DueCase, HandOverAssignment,
    ListAssignments, ListDueAssignments, ListMyAssignments, ListUnclosedAssignments, ListWaitCircles,
};
use testbed::Person;
use wire::Page;

use crate::desk::{ASSIGN, Desk, OTHER_UNIT, OVERSEE, READ, UNIT, WORK, position, refused};

fn all(desk: &Desk) -> ListAssignments {
    ListAssignments {
        office: desk.office,
        lead_unit: None,
        state: None,
        due_before: None,
        mine: false,
        source: None,
        q: None,
        limit: None,
        cursor: None,
    }
}

fn owed(desk: &Desk) -> ListDueAssignments {
    ListDueAssignments {
        office: desk.office,
        unit: None,
        handler: None,
        as_of: None,
        window: Some(100),
        limit: None,
        cursor: None,
    }
}

async fn titles(person: &Person, call: &ListAssignments) -> Vec<String> {
    person.call(call).await.unwrap().items.into_iter().map(|work| work.title).collect()
}

fn shown(page: &Page<DueCase>) -> Vec<(&str, i64)> {
    page.items.iter().map(|case| (case.title.as_str(), case.days_left)).collect()
}

async fn given(desk: &Desk, title: &str, days: i64, unit: wire::id::UnitId) -> schema_programme::Assignment {
    let order = Assign { title: title.into(), due: Some(desk.day(days)), lead_unit: unit, ..desk.order() };
    desk.chief.call(&order).await.unwrap()
}

#[tokio::test]
async fn a_list_filters_and_goes_on_where_it_stopped() {
    let desk = Desk::plain().await;
    for (title, days, unit) in
        [("Đón đoàn công tác", 5, UNIT), ("Họp giao ban", 3, UNIT), ("Soạn báo cáo quý", 4, OTHER_UNIT)]
    {
        given(&desk, title, days, unit).await;
    }
    assert_eq!(titles(&desk.chief, &all(&desk)).await, ["Họp giao ban", "Soạn báo cáo quý", "Đón đoàn công tác"]);
    let filters = [
        (ListAssignments { q: Some("bao cao".into()), ..all(&desk) }, vec!["Soạn báo cáo quý"]),
        (ListAssignments { q: Some("ĐOÀN".into()), ..all(&desk) }, vec!["Đón đoàn công tác"]),
        (ListAssignments { lead_unit: Some(OTHER_UNIT), ..all(&desk) }, vec!["Soạn báo cáo quý"]),
        (ListAssignments { due_before: Some(desk.day(4)), ..all(&desk) }, vec!["Họp giao ban"]),
        (ListAssignments { state: Some(AssignmentState::Done), ..all(&desk) }, vec![]),
    ];
    for (call, wanted) in filters {
        assert_eq!(titles(&desk.chief, &call).await, wanted);
    }
    let first = desk.chief.call(&ListAssignments { limit: Some(2), ..all(&desk) }).await.unwrap();
    let rest = ListAssignments { limit: Some(2), cursor: first.next, ..all(&desk) };
    assert_eq!(titles(&desk.chief, &rest).await, ["Đón đoàn công tác"]);
    assert_eq!(desk.chief.call(&rest).await.unwrap().next, None);
    desk.bench.finish().await;
}

#[tokio::test]
async fn the_due_list_goes_by_unit_and_day_and_waiting_does_not_soften_it() {
    let desk = Desk::plain().await;
    given(&desk, "sau", 5, UNIT).await;
    let blocked = given(&desk, "trước", 2, UNIT).await;
    given(&desk, "bên kia", 1, OTHER_UNIT).await;
    given(&desk, "còn xa", 200, UNIT).await;
    desk.clerk.call(&BeginWait { id: blocked.id, on_unit: None, on: "bưu điện".into() }).await.unwrap();
    let call = ListDueAssignments { as_of: Some(desk.day(4)), window: Some(3), ..owed(&desk) };
    let page = desk.chief.call(&call).await.unwrap();
    assert_eq!(shown(&page), [("trước", -2), ("sau", 1), ("bên kia", -3)]);
    assert_eq!(page.items[0].waits[0].on, "bưu điện");
    assert_eq!(page.items[0].lead_unit_name.as_deref(), Some("Bộ phận Tổng hợp"));
    let mut one_by_one = Vec::new();
    let mut cursor = None;
    loop {
        let page = desk.chief.call(&ListDueAssignments { limit: Some(1), cursor, ..call.clone() }).await.unwrap();
        one_by_one.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let ids = |items: &[DueCase]| items.iter().map(|case| case.assignment).collect::<Vec<_>>();
    assert_eq!(ids(&one_by_one), ids(&page.items));
    let of_unit = desk.chief.call(&ListDueAssignments { unit: Some(OTHER_UNIT), ..call.clone() }).await.unwrap();
    assert_eq!(shown(&of_unit), [("bên kia", -3)]);
    let today = desk.chief.call(&ListDueAssignments { window: None, ..owed(&desk) }).await.unwrap();
    assert_eq!(shown(&today), [("trước", 2), ("bên kia", 1)], "three days ahead unless the office sets otherwise");
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_list_by_person_is_for_that_person_and_the_direct_head() {
    let desk = Desk::plain().await;
    desk.accepted().await;
    let elsewhere = given(&desk, "ở đơn vị khác", 3, OTHER_UNIT).await;
    desk.neighbour.call(&AcceptAssignment { id: elsewhere.id }).await.unwrap();
    let of = |person: &Person| ListDueAssignments { handler: Some(person.id()), ..owed(&desk) };
    assert_eq!(desk.clerk.call(&of(&desk.clerk)).await.unwrap().items.len(), 1, "one's own");
    assert_eq!(desk.head.call(&of(&desk.clerk)).await.unwrap().items.len(), 1, "the direct head");
    assert!(desk.head.call(&of(&desk.neighbour)).await.unwrap().items.is_empty(), "nobody under another");
    let beside = desk.bench.person(&[(desk.office, &[READ])]);
    let under = position(&desk.clerk);
    beside.change(|authority| authority.grants[0].direct_reports = vec![under]);
    assert_eq!(beside.call(&of(&desk.clerk)).await.unwrap().items.len(), 1, "a direct head in another unit");
    let fresh = desk.bench.person(&[(desk.office, &[READ])]);
    fresh.change(|authority| {
        authority.grants[0].unit = UNIT;
        authority.grants[0].head = true;
    });
    assert!(fresh.call(&of(&desk.clerk)).await.unwrap().items.is_empty(), "a head of the unit who is not theirs");
    assert_eq!(refused(&desk.clerk, &of(&desk.head)).await, "programme.own_or_direct_head");
    assert_eq!(refused(&desk.chief, &of(&desk.clerk)).await, "programme.own_or_direct_head");
    desk.bench.finish().await;
}

#[tokio::test]
async fn ones_own_is_what_one_handles_and_what_waits_for_one() {
    let desk = Desk::plain().await;
    let mine = ListMyAssignments { limit: None, cursor: None };
    desk.assigned().await;
    let accepted = desk.accepted().await;
    let done = desk.done().await;
    assert_eq!(desk.clerk.call(&mine).await.unwrap().items.len(), 1, "what is done is not owed");
    assert_eq!(desk.clerk.call(&mine).await.unwrap().items[0].assignment, accepted.id);
    assert_eq!(desk.head.call(&mine).await.unwrap().items.len(), 1, "not accepted yet, for the unit they head");
    let both = titles(&desk.clerk, &ListAssignments { mine: true, ..all(&desk) }).await;
    assert_eq!(both.len(), 2, "done work stays one's own");
    let gave = desk.chief.call(&ListAssignments { mine: true, ..all(&desk) }).await.unwrap().items;
    assert_eq!(gave.iter().map(|work| work.id).collect::<Vec<_>>(), [done.id], "what one gave and has to close");
    let successor = desk.bench.person(&[(desk.office, &[WORK])]);
    let held = position(&desk.clerk);
    successor.change(|authority| authority.grants[0].position = held);
    let left = successor.call(&mine).await.unwrap().items;
    assert_eq!(left.iter().map(|case| case.assignment).collect::<Vec<_>>(), [accepted.id], "of one's predecessor");
    let away = HandOverAssignment {
        id: accepted.id,
        lead_unit: OTHER_UNIT,
        lead_position: None,
        reason: "đúng chức năng".into(),
    };
    desk.chief.call(&away).await.unwrap();
    for person in [&desk.clerk, &successor] {
        assert!(person.call(&mine).await.unwrap().items.is_empty(), "handed over");
    }
    desk.bench.finish().await;
}

#[tokio::test]
async fn what_waits_to_be_closed_is_shown_to_its_giver_and_whoever_oversees() {
    let desk = Desk::plain().await;
    let (one, other) = (desk.done().await, desk.done().await);
    desk.accepted().await;
    let call = ListUnclosedAssignments { office: desk.office, limit: Some(1), cursor: None };
    assert_eq!(refused(&desk.chief, &call).await, "wire.denied");
    let overseer = desk.bench.person(&[(desk.office, &[OVERSEE, ASSIGN])]);
    let first = overseer.call(&call).await.unwrap();
    let rest = ListUnclosedAssignments { cursor: first.next, ..call.clone() };
    let rest = overseer.call(&rest).await.unwrap();
    let seen: Vec<_> = first.items.iter().chain(&rest.items).map(|case| case.assignment).collect();
    assert_eq!((seen, rest.next), (vec![one.id, other.id], None), "in a stable order");
    overseer.call(&CloseAssignment { id: one.id }).await.unwrap();
    assert_eq!(overseer.call(&call).await.unwrap().items[0].assignment, other.id);
    let giver = desk.bench.person(&[(desk.office, &[WORK])]);
    let held = position(&desk.chief);
    giver.change(|authority| authority.grants[0].position = held);
    let mine = giver.call(&ListMyAssignments { limit: None, cursor: None }).await.unwrap().items;
    assert_eq!(mine.iter().map(|case| case.assignment).collect::<Vec<_>>(), [other.id], "in the giver's position");
    desk.bench.finish().await;
}

#[tokio::test]
async fn units_that_wait_for_each_other_are_shown_in_a_circle() {
    let desk = Desk::plain().await;
    let ask = ListWaitCircles { office: desk.office };
    let one = given(&desk, "một", 3, UNIT).await;
    let other = given(&desk, "hai", 3, OTHER_UNIT).await;
    desk.clerk.call(&BeginWait { id: one.id, on_unit: Some(OTHER_UNIT), on: String::new() }).await.unwrap();
    assert_eq!(desk.chief.call(&ask).await.unwrap().circles, []);
    desk.neighbour.call(&BeginWait { id: other.id, on_unit: Some(UNIT), on: "số liệu".into() }).await.unwrap();
    let circles = desk.chief.call(&ask).await.unwrap().circles;
    assert_eq!(circles.len(), 1);
    let links: Vec<_> = circles[0].links.iter().map(|link| (link.title.as_str(), link.on_name.as_deref())).collect();
    assert_eq!(links, [("một", Some("Bộ phận Hành chính")), ("hai", Some("Bộ phận Tổng hợp"))]);
    let stranger = desk.bench.person(&[(desk.bench.office(), &[WORK])]);
    assert_eq!(refused(&stranger, &ask).await, "wire.denied");
    desk.bench.finish().await;
}
