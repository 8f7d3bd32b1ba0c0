//! Every refusal of the calendar, provoked through the bus and recognised by its code.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use schema_programme::*;
use testbed::{Pair, Person};
use uuid::Uuid;
use wire::{
    Call, Instant, Refusal as _,
    id::{CalendarEntryId, CalendarResourceId, IncomingId, PositionId},
};

use crate::{
    calendar_desk::{Calendar, SECRETARY, minute, monday},
    calendar_entries::change,
    desk::{OTHER_UNIT, UNIT, refused},
    giving::documents,
    refusals::CALENDAR,
};

/// What was provoked.
#[derive(Default)]
struct Provoked(BTreeSet<String>);

impl Provoked {
    async fn by<C: Call>(&mut self, person: &Person, call: &C, code: &str) {
        assert_eq!(refused(person, call).await, code);
        self.0.insert(code.to_owned());
    }
}

#[tokio::test]
async fn every_refusal_of_the_calendar_has_its_occasion() {
    let calendar = Calendar::open(Pair::LocalSqlite, vec![documents()]).await;
    let mut provoked = Provoked::default();
    proposals(&calendar, &mut provoked).await;
    acts(&calendar, &mut provoked).await;
    things(&calendar, &mut provoked).await;
    weeks(&calendar, &mut provoked).await;
    let codes = Refusal::catalogue().into_iter().map(|row| row.code).filter(|code| code.starts_with(CALENDAR));
    let never: Vec<_> = codes.filter(|code| !provoked.0.contains(code)).collect();
    assert_eq!(never, Vec::<String>::new(), "never provoked");
    calendar.desk.bench.finish().await;
}

/// Proposals that are not clear.
async fn proposals(calendar: &Calendar, provoked: &mut Provoked) {
    let plain = || calendar.meeting(480, 600);
    let position = PositionId(Uuid::from_u128(999));
    let resource = CalendarResourceId(Uuid::from_u128(999));
    let past: [Instant; 2] = ["2020-01-01T00:00:00Z".parse().unwrap(), "2020-01-02T00:00:00Z".parse().unwrap()];
    let invited = |id| ProposeCalendarEntry { invitation: Some(IncomingId(Uuid::from_u128(id))), ..plain() };
    let table = [
        (ProposeCalendarEntry { title: " ".into(), ..plain() }, "programme.calendar_title_missing"),
        (ProposeCalendarEntry { place: None, ..plain() }, "programme.calendar_place_missing"),
        (ProposeCalendarEntry { ends: minute(480), ..plain() }, "programme.calendar_times_unclear"),
        (calendar.meeting(480, 480 + 61 * 1440), "programme.calendar_times_unclear"),
        (ProposeCalendarEntry { leaders: vec![position], ..plain() }, "programme.calendar_position_unknown"),
        (ProposeCalendarEntry { leaders: vec![SECRETARY; 2], ..plain() }, "programme.calendar_leaders_unclear"),
        (ProposeCalendarEntry { resources: vec![resource], ..plain() }, "programme.calendar_resource_unknown"),
        (ProposeCalendarEntry { resources: vec![resource; 2], ..plain() }, "programme.calendar_resources_unclear"),
        (ProposeCalendarEntry { unit: Some(OTHER_UNIT), ..plain() }, "programme.calendar_not_member"),
        (ProposeCalendarEntry { starts: past[0], ends: past[1], ..plain() }, "programme.calendar_past"),
        (invited(73), "programme.calendar_invitation_missing"),
        (invited(74), "programme.calendar_invitation_secret"),
    ];
    for (call, code) in table {
        provoked.by(&calendar.clerk, &call, code).await;
    }
}

/// Acts that are not the caller's, or not now.
async fn acts(calendar: &Calendar, provoked: &mut Provoked) {
    let first = calendar.proposed(480, 600).await;
    let (id, reason) = (first.id, "Hoãn".to_owned());
    let nothing = GetCalendarEntry { id: CalendarEntryId(Uuid::from_u128(404)) };
    provoked.by(&calendar.clerk, &nothing, "programme.calendar_entry_missing").await;
    let colleague = calendar.desk.bench.person(&[(calendar.desk.office, &["programme.calendar.propose"])]);
    colleague.change(|authority| authority.grants[0].unit = UNIT);
    let cancel = CancelCalendarEntry { id, reason };
    provoked.by(&colleague, &cancel, "programme.calendar_not_yours").await;
    calendar.proposed(540, 560).await;
    let approve = ApproveCalendarEntry { id, confirmed: vec![] };
    provoked.by(&calendar.chief, &approve, "programme.calendar_conflict").await;
    let seen = SeenConflict { entry: id, version: first.version };
    let much = ApproveCalendarEntry { id, confirmed: vec![seen; 501] };
    provoked.by(&calendar.chief, &much, "programme.calendar_confirmed_too_much").await;
    let done = calendar.approved(700, 720).await.id;
    provoked
        .by(&calendar.chief, &ApproveCalendarEntry { id: done, confirmed: vec![] }, "programme.calendar_not_now")
        .await;
    let moved = change(done, calendar.meeting(720, 730));
    provoked.by(&calendar.clerk, &moved, "programme.calendar_not_approver").await;
}

/// Rooms and cars.
async fn things(calendar: &Calendar, provoked: &mut Provoked) {
    let Calendar { chief, clerk, room, .. } = calendar;
    let (office, kind, seats, from) = (calendar.desk.office, room.kind, None, None);
    let named = |name: &str| AddCalendarResource { office, kind, name: name.into(), seats, from };
    provoked.by(chief, &named(" "), "programme.calendar_resource_unnamed").await;
    provoked.by(chief, &named(&room.name), "programme.calendar_resource_name_taken").await;
    let held = ProposeCalendarEntry { resources: vec![room.id], leaders: vec![], ..calendar.meeting(480, 600) };
    clerk.call(&held).await.unwrap();
    let end = |id, to| EndCalendarResource { id, to };
    provoked.by(chief, &end(room.id, monday()), "programme.calendar_resource_booked").await;
    provoked.by(chief, &end(room.id, room.from), "programme.calendar_resource_ended").await;
    let nothing = CalendarResourceId(Uuid::from_u128(404));
    provoked.by(chief, &end(nothing, monday()), "programme.calendar_resource_missing").await;
}

/// Weeks with nothing in them, and with too much.
async fn weeks(calendar: &Calendar, provoked: &mut Provoked) {
    let week = monday().plus(7).unwrap();
    let approve = ApproveCalendarWeek { office: calendar.desk.office, week, confirmed: vec![] };
    provoked.by(&calendar.chief, &approve, "programme.calendar_week_empty").await;
    let calls: Vec<_> = (0..101).map(|n| calendar.meeting(7 * 1440 + n, 7 * 1440 + n + 1)).collect();
    for answer in join_all(calls.iter().map(|call| calendar.clerk.call(call))).await {
        answer.unwrap();
    }
    provoked.by(&calendar.chief, &approve, "programme.calendar_week_too_full").await;
}
