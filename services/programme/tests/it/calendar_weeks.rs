//! The week: who sees what of it, approved as a whole, adjusted, printed; and approvals at the same moment.

use futures_util::{TryStreamExt as _, future::join_all};
use schema_programme::{
    ApproveCalendarEntry, ApproveCalendarWeek, CalendarEntry, CalendarState, CancelCalendarEntry, GetCalendarEntry,
    GetCalendarWeek, ListCalendarWeek, PrintCalendarWeek, ProposeCalendarEntry,
};
use sea_orm::ConnectionTrait as _;
use testbed::{Pair, Person};
use wire::id::CalendarEntryId;

use crate::{
    calendar_desk::{Calendar, DEPUTY, SECRETARY, monday, seen},
    desk::refused,
};

const DAY: u64 = 1440;

fn week(calendar: &Calendar) -> ListCalendarWeek {
    let office = calendar.desk.office;
    ListCalendarWeek { office, week: monday(), leader: None, resource: None, limit: None, cursor: None }
}

async fn listed(person: &Person, call: &ListCalendarWeek) -> Vec<CalendarEntryId> {
    person.call(call).await.unwrap().items.into_iter().map(|entry| entry.id).collect()
}

#[tokio::test]
async fn a_week_lists_what_one_may_see_by_beginning() {
    let calendar = Calendar::plain().await;
    let friday = calendar.approved(4 * DAY + 480, 4 * DAY + 600).await.id;
    let deputy = ProposeCalendarEntry {
        leaders: vec![DEPUTY],
        resources: vec![calendar.room.id],
        ..calendar.meeting(2 * DAY, 9 * DAY)
    };
    let days = calendar.clerk.call(&deputy).await.unwrap().id;
    calendar.approved(7 * DAY, 7 * DAY + 60).await;
    let theirs = calendar.neighbour.call(&calendar.meeting(DAY, DAY + 60)).await.unwrap().id;
    let call = week(&calendar);
    assert_eq!(listed(&calendar.chief, &call).await, [theirs, days, friday]);
    assert_eq!(listed(&calendar.clerk, &call).await, [days, friday]);
    assert_eq!(listed(&calendar.neighbour, &call).await, [theirs, friday]);
    let sunday = monday().plus(6).unwrap();
    let of = |leader, resource| ListCalendarWeek { week: sunday, leader, resource, ..call.clone() };
    assert_eq!(listed(&calendar.chief, &of(Some(SECRETARY), None)).await, [theirs, friday]);
    assert_eq!(listed(&calendar.chief, &of(None, Some(calendar.room.id))).await, [days]);
    assert_eq!(listed(&calendar.chief, &of(Some(SECRETARY), Some(calendar.room.id))).await, []);
    let next = ListCalendarWeek { week: monday().plus(7).unwrap(), leader: Some(DEPUTY), ..call.clone() };
    assert_eq!(listed(&calendar.chief, &next).await, [days], "it goes on in the next week");
    let first = calendar.chief.call(&ListCalendarWeek { limit: Some(2), ..call.clone() }).await.unwrap();
    let rest = ListCalendarWeek { cursor: first.next.clone(), ..call };
    assert_eq!((first.items.len(), listed(&calendar.chief, &rest).await), (2, vec![friday]));
    calendar.desk.bench.finish().await;
}

async fn issue(calendar: &Calendar, weeks: i64) -> Option<u32> {
    let call = GetCalendarWeek { office: calendar.desk.office, week: monday().plus(7 * weeks + 3).unwrap() };
    let week = calendar.clerk.call(&call).await.unwrap();
    week.published_at.map(|_| week.adjustment)
}

#[tokio::test]
async fn a_week_is_approved_as_a_whole_and_adjusted_afterwards() {
    let calendar = Calendar::plain().await;
    let approve = |confirmed| ApproveCalendarWeek { office: calendar.desk.office, week: monday(), confirmed };
    assert_eq!(refused(&calendar.chief, &approve(vec![])).await, "programme.calendar_week_empty");
    let one = calendar.proposed(480, 600).await;
    let other = calendar.neighbour.call(&calendar.meeting(540, 660)).await.unwrap();
    assert_eq!(refused(&calendar.clerk, &approve(vec![])).await, "wire.denied");
    assert_eq!(refused(&calendar.chief, &approve(vec![])).await, "programme.calendar_conflict");
    assert_eq!(
        refused(&calendar.chief, &approve(seen(&other.conflicts))).await,
        "programme.calendar_conflict",
        "one side of two"
    );
    assert_eq!(issue(&calendar, 0).await, None);
    let both =
        [seen(&other.conflicts), vec![schema_programme::SeenConflict { entry: other.id, version: other.version }]];
    let published = calendar.chief.call(&approve(both.concat())).await.unwrap();
    assert_eq!((published.week, published.adjustment, published.version.0), (monday(), 0, 1));
    let state = calendar.neighbour.call(&GetCalendarEntry { id: one.id }).await.unwrap().state;
    assert_eq!(state, CalendarState::Approved);
    assert_eq!(refused(&calendar.chief, &approve(vec![])).await, "programme.calendar_week_empty");

    calendar.proposed(6 * DAY, 8 * DAY).await;
    assert_eq!(issue(&calendar, 0).await, Some(0), "a proposal adjusts nothing");
    calendar.chief.call(&approve(vec![])).await.unwrap();
    assert_eq!((issue(&calendar, 0).await, issue(&calendar, 1).await), (Some(1), None));
    calendar.chief.call(&CancelCalendarEntry { id: one.id, reason: "Hoãn".into() }).await.unwrap();
    assert_eq!(issue(&calendar, 0).await, Some(2));
    calendar.approved(5 * DAY, 5 * DAY + 60).await;
    assert_eq!(issue(&calendar, 0).await, Some(3));
    let proposed = calendar.proposed(5 * DAY + 60, 5 * DAY + 70).await;
    calendar.clerk.call(&CancelCalendarEntry { id: proposed.id, reason: "Hoãn".into() }).await.unwrap();
    assert_eq!(issue(&calendar, 0).await, Some(3), "nobody else knew of it");
    calendar.desk.bench.finish().await;
}

#[tokio::test]
async fn a_week_is_printed_with_what_was_approved() {
    let calendar = Calendar::plain().await;
    let id = calendar.approved(480, 600).await.id;
    calendar.approved(840, 900).await;
    let hidden = ProposeCalendarEntry { title: "Chưa duyệt".into(), ..calendar.meeting(1000, 1100) };
    calendar.clerk.call(&hidden).await.unwrap();
    calendar.chief.call(&CancelCalendarEntry { id, reason: "Hoãn".into() }).await.unwrap();
    let office = calendar.desk.office;
    let sheet = calendar.clerk.call(&PrintCalendarWeek { office, week: monday() }).await.unwrap();
    assert_eq!(sheet.name, "lich-cong-tac-tuan-2035-11-19.csv");
    let area = calendar.desk.bench.platform.blobs.area("programme", &office.to_string()).unwrap();
    let chunks: Vec<_> = area.open(&sheet.sha256, None).await.unwrap().bytes.try_collect().await.unwrap();
    let text = String::from_utf8(chunks.concat()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "Chưa ban hành");
    assert!(lines[4].contains("Thứ Hai, 19/11/2035\",Sáng,08:00 - 10:00,Họp giao ban,Bí thư,"), "{}", lines[4]);
    assert!(lines[4].ends_with(",Hủy"), "{}", lines[4]);
    assert!(lines[5].contains("\",Chiều,14:00 - 15:00,Họp giao ban,Bí thư,"), "{}", lines[5]);
    assert!(!text.contains("Chưa duyệt") && lines.len() == 12, "{text}");
    calendar.desk.bench.finish().await;
}

/// Sixteen proposals for the same hour, approved at the same moment by a chief who confirms for each what is proposed
/// beside it: the first approval makes every other confirmation old.
async fn one_of_sixteen_gets_through(pair: Pair) {
    let calendar = Calendar::open(pair, Vec::new()).await;
    let mut proposed: Vec<CalendarEntry> = Vec::new();
    for number in 0..16 {
        let title = format!("Mục {number}");
        let call = ProposeCalendarEntry { title, ..calendar.meeting(480 + number, 540 + number) };
        proposed.push(calendar.clerk.call(&call).await.unwrap());
    }
    let approve = async |entry: &CalendarEntry| {
        let shown = calendar.chief.call(&GetCalendarEntry { id: entry.id }).await.unwrap();
        assert_eq!(shown.conflicts.len(), 15);
        ApproveCalendarEntry { id: entry.id, confirmed: seen(&shown.conflicts) }
    };
    let calls = join_all(proposed.iter().map(approve)).await;
    let answers = join_all(calls.iter().map(|call| calendar.chief.call(call))).await;
    let done = answers.iter().filter(|answer| answer.is_ok()).count();
    let codes: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).map(|fault| &fault.code).collect();
    assert_eq!(done, 1, "{codes:?}");
    assert!(codes.iter().all(|code| *code == "programme.calendar_conflict"), "{codes:?}");
    calendar.desk.bench.finish().await;
}

#[tokio::test]
async fn of_sixteen_approvals_at_once_one_gets_through() {
    one_of_sixteen_gets_through(Pair::LocalSqlite).await;
    one_of_sixteen_gets_through(Pair::LocalPostgres).await;
}

async fn the_calendar_stands(pair: Pair) {
    let calendar = Calendar::open(pair, Vec::new()).await;
    calendar.approved(480, 600).await;
    let week = ApproveCalendarWeek { office: calendar.desk.office, week: monday(), confirmed: vec![] };
    calendar.chief.call(&week).await.unwrap();
    let proposed = calendar.proposed(700, 720).await;
    assert_eq!(proposed.version.0, 1);
    let table = [
        ("UPDATE calendar_entry SET starts = 0", "never changes"),
        ("UPDATE calendar_entry SET starts = 0, version = version + 1", "history does not tell"),
        ("UPDATE calendar_entry SET announced = false, version = version + 1", "never changes"),
        (
            "UPDATE calendar_entry SET state = 'approved', announced = true, version = version + 1",
            "history does not tell",
        ),
        ("DELETE FROM calendar_entry", "not deleted"),
        (
            "INSERT INTO calendar_record SELECT entry_id, 2, office_id, 'change', by_person_id, by_position_id, at, NULL, \
             'approved', starts, ends, confirmed, NULL FROM calendar_record WHERE entry_id NOT IN \
             (SELECT entry_id FROM calendar_record WHERE version = 2); \
             UPDATE calendar_entry SET state = 'approved', announced = true, version = 2 WHERE state = 'proposed'",
            "history does not tell",
        ),
        ("UPDATE calendar_record SET note = 'x'", "only added to"),
        ("DELETE FROM calendar_record", "only added to"),
        ("UPDATE calendar_week SET adjustment = 7", "only adjusted"),
        ("DELETE FROM calendar_week", "stays"),
    ];
    for (statement, why) in table {
        let tx = calendar.desk.bench.service("programme").db().begin().await.unwrap();
        let failed = tx.execute_unprepared(statement).await.err().map(|error| error.to_string());
        tx.rollback().await.unwrap();
        let failed = failed.unwrap_or_else(|| panic!("the book took `{statement}`"));
        assert!(failed.contains(why), "`{statement}`: {failed}");
    }
    calendar.desk.bench.finish().await;
}

#[tokio::test]
async fn both_databases_keep_the_calendar() {
    the_calendar_stands(Pair::LocalSqlite).await;
    the_calendar_stands(Pair::LocalPostgres).await;
}
