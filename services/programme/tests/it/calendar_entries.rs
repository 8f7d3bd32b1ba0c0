//! Entries of the calendar: proposed by units, approved by the chief, conflicts shown.

use schema_programme::{
    ApproveCalendarEntry, CalendarAct, CalendarState, CancelCalendarEntry, ChangeCalendarEntry, EndCalendarResource,
    GetCalendarEntry, ListCalendarRecords, ListCalendarResources, ListCalendarWeek, ProposeCalendarEntry,
    ReturnCalendarEntry,
};
use testbed::Pair;
use uuid::Uuid;
use wire::{
    Version,
    id::{CalendarEntryId, IncomingId},
};

use crate::{
    calendar_desk::{Calendar, DEPUTY, SECRETARY, minute, monday, position_changed, seen},
    desk::{UNIT, refused},
    giving::{TO_PROCESS, documents, incoming},
};

/// A change that makes an entry say what a proposal says.
pub(crate) fn change(id: CalendarEntryId, as_in: ProposeCalendarEntry) -> ChangeCalendarEntry {
    ChangeCalendarEntry {
        id,
        title: as_in.title,
        place: as_in.place,
        starts: as_in.starts,
        ends: as_in.ends,
        leaders: as_in.leaders,
        resources: as_in.resources,
        attendees: as_in.attendees,
        preparation: as_in.preparation,
        confirmed: vec![],
    }
}

#[tokio::test]
async fn an_entry_is_proposed_returned_changed_approved_and_cancelled() {
    let calendar = Calendar::plain().await;
    let proposed = calendar.proposed(480, 600).await;
    assert_eq!((proposed.unit, proposed.unit_name.as_deref()), (UNIT, Some("Bộ phận Tổng hợp")));
    assert_eq!(proposed.leaders[0].title.as_deref(), Some("Bí thư"));
    let id = proposed.id;
    let give_back = ReturnCalendarEntry { id, reason: "Đề nghị lùi sang chiều".into() };
    assert_eq!(refused(&calendar.clerk, &give_back).await, "wire.denied");
    assert_eq!(calendar.chief.call(&give_back).await.unwrap().state, CalendarState::Returned);
    let later = change(id, calendar.meeting(840, 900));
    assert_eq!(refused(&calendar.neighbour, &later).await, "programme.calendar_entry_missing", "not theirs to see");
    assert_eq!(calendar.clerk.call(&later).await.unwrap().state, CalendarState::Proposed);
    let approve = ApproveCalendarEntry { id, confirmed: vec![] };
    assert_eq!(calendar.chief.call(&approve).await.unwrap().state, CalendarState::Approved);
    assert_eq!(refused(&calendar.chief, &approve).await, "programme.calendar_not_now");
    assert_eq!(refused(&calendar.clerk, &later).await, "programme.calendar_not_approver");
    let cancel = CancelCalendarEntry { id, reason: "Hoãn".into() };
    assert_eq!(refused(&calendar.clerk, &cancel).await, "programme.calendar_not_approver");
    calendar.chief.call(&cancel).await.unwrap();
    let history = ListCalendarRecords { id, limit: None, cursor: None };
    let acts: Vec<_> = calendar
        .clerk
        .call(&history)
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|record| (record.act, record.note))
        .collect();
    let expected = [
        (CalendarAct::Propose, None),
        (CalendarAct::Return, Some("Đề nghị lùi sang chiều".into())),
        (CalendarAct::Change, None),
        (CalendarAct::Approve, None),
        (CalendarAct::Cancel, Some("Hoãn".into())),
    ];
    assert_eq!(acts, expected);
    let told = calendar.desk.bench.events("programme").await.unwrap();
    assert_eq!(told.len(), 5);
    calendar.desk.bench.finish().await;
}

#[tokio::test]
async fn a_conflict_is_shown_and_approved_only_in_spite_of_it() {
    let calendar = Calendar::plain().await;
    let first = calendar.proposed(480, 600).await;
    assert!(first.conflicts.is_empty());
    let visit = ProposeCalendarEntry {
        title: "Đi cơ sở".into(),
        resources: vec![calendar.car.id],
        ..calendar.meeting(540, 720)
    };
    let second = calendar.neighbour.call(&visit).await.unwrap();
    let shown = &second.conflicts[0];
    assert_eq!((shown.entry, shown.leaders.as_slice(), shown.unit), (first.id, [SECRETARY].as_slice(), UNIT));
    assert_eq!(shown.title, None, "a proposal of another unit is not told");
    let both = calendar.chief.call(&GetCalendarEntry { id: first.id }).await.unwrap().conflicts;
    assert_eq!((both[0].entry, both[0].title.as_deref()), (second.id, Some("Đi cơ sở")));

    let approve = |confirmed| ApproveCalendarEntry { id: first.id, confirmed };
    assert_eq!(refused(&calendar.chief, &approve(vec![])).await, "programme.calendar_conflict");
    let moved = change(second.id, ProposeCalendarEntry { starts: minute(550), ..visit.clone() });
    calendar.neighbour.call(&moved).await.unwrap();
    assert_eq!(
        refused(&calendar.chief, &approve(seen(&both))).await,
        "programme.calendar_conflict",
        "it changed since"
    );
    let now = calendar.chief.call(&GetCalendarEntry { id: first.id }).await.unwrap().conflicts;
    calendar.chief.call(&approve(seen(&now))).await.unwrap();
    let records = ListCalendarRecords { id: first.id, limit: None, cursor: None };
    let last = calendar.chief.call(&records).await.unwrap().items.pop().unwrap();
    assert_eq!(last.confirmed, seen(&now), "the history tells in spite of what");

    let away = ProposeCalendarEntry { leaders: vec![DEPUTY], ..visit };
    let freed = calendar.neighbour.call(&change(second.id, away.clone())).await.unwrap();
    assert!(freed.conflicts.is_empty(), "somebody else goes");
    let id = second.id;
    calendar.chief.call(&ApproveCalendarEntry { id, confirmed: vec![] }).await.unwrap();
    let back = change(id, ProposeCalendarEntry { leaders: vec![SECRETARY], ..away });
    assert_eq!(refused(&calendar.chief, &back).await, "programme.calendar_conflict", "what is approved stays judged");
    calendar.desk.bench.finish().await;
}

#[tokio::test]
async fn an_invitation_is_named_and_nothing_of_it_is_copied() {
    let calendar = Calendar::open(Pair::LocalSqlite, vec![documents()]).await;
    let invited = |id| ProposeCalendarEntry { invitation: Some(IncomingId(id)), ..calendar.meeting(480, 600) };
    let entry = calendar.clerk.call(&invited(TO_PROCESS)).await.unwrap();
    assert_eq!(entry.invitation, Some(IncomingId(TO_PROCESS)));
    let symbol = incoming(TO_PROCESS, calendar.desk.office).symbol.unwrap();
    let told = calendar.desk.bench.events("programme").await.unwrap();
    assert!(!serde_json::to_string(&told).unwrap().contains(&symbol));
    let table = [
        (Uuid::from_u128(73), "programme.calendar_invitation_missing", "of another office"),
        (Uuid::from_u128(74), "programme.calendar_invitation_secret", "masked"),
        (Uuid::from_u128(404), "programme.calendar_invitation_missing", "nowhere"),
    ];
    for (id, code, why) in table {
        assert_eq!(refused(&calendar.clerk, &invited(id)).await, code, "{why}");
    }
    assert_eq!(
        refused(&calendar.neighbour, &invited(TO_PROCESS)).await,
        "programme.calendar_invitation_missing",
        "one names only what one may read"
    );
    calendar.desk.bench.finish().await;
}

#[tokio::test]
async fn a_room_is_named_once_and_ends_when_nothing_needs_it() {
    let calendar = Calendar::plain().await;
    let (office, room) = (calendar.desk.office, &calendar.room);
    let again = schema_programme::AddCalendarResource {
        office,
        kind: room.kind,
        name: format!(" {} ", room.name),
        seats: None,
        from: None,
    };
    assert_eq!(refused(&calendar.chief, &again).await, "programme.calendar_resource_name_taken");
    assert_eq!(refused(&calendar.clerk, &again).await, "wire.denied");
    let held = ProposeCalendarEntry { resources: vec![room.id], place: None, ..calendar.meeting(480, 600) };
    let id = calendar.clerk.call(&held).await.unwrap().id;
    let end = EndCalendarResource { id: room.id, to: monday() };
    assert_eq!(refused(&calendar.chief, &end).await, "programme.calendar_resource_booked");
    calendar.clerk.call(&CancelCalendarEntry { id, reason: "Không họp".into() }).await.unwrap();
    calendar.chief.call(&end).await.unwrap();
    assert_eq!(refused(&calendar.chief, &end).await, "programme.calendar_resource_ended");
    assert_eq!(refused(&calendar.clerk, &held).await, "programme.calendar_resource_unknown", "ended");
    let list = |on| ListCalendarResources { office, on, limit: Some(1), cursor: None };
    let cars = calendar.clerk.call(&list(Some(monday()))).await.unwrap();
    assert_eq!((cars.items[0].id, cars.next), (calendar.car.id, None));
    let first = calendar.clerk.call(&list(None)).await.unwrap();
    let rest = calendar.clerk.call(&ListCalendarResources { cursor: first.next, ..list(None) }).await.unwrap();
    assert_eq!((first.items[0].id, rest.items[0].id, rest.next), (calendar.car.id, room.id, None));
    calendar.desk.bench.finish().await;
}

#[tokio::test]
async fn a_leader_is_called_as_identity_told_last() {
    let mut calendar = Calendar::plain().await;
    let id = calendar.approved(480, 600).await.id;
    let office = calendar.desk.office;
    for (title, version) in [("Bí thư Đảng ủy", 3), ("cũ", 2)] {
        let told = position_changed(SECRETARY, office, title, Version(version));
        calendar.desk.bench.publish(&told).await.unwrap();
    }
    calendar.desk.bench.settled().await;
    let entry = calendar.neighbour.call(&GetCalendarEntry { id }).await.unwrap();
    assert_eq!(entry.leaders[0].title.as_deref(), Some("Bí thư Đảng ủy"));
    let elsewhere = calendar.desk.bench.person(&[(calendar.desk.bench.office(), &["programme.calendar.read"])]);
    assert_eq!(refused(&elsewhere, &GetCalendarEntry { id }).await, "programme.calendar_entry_missing");
    let week = ListCalendarWeek { office, week: monday(), leader: None, resource: None, limit: None, cursor: None };
    assert_eq!(refused(&elsewhere, &week).await, "wire.missing");
    calendar.desk.bench.finish().await;
}
