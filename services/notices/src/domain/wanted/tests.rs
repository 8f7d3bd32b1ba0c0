//! The table of whom a matter needs, line by line.

use schema_notices::{NoticeSource, NoticeSourceKind};
use uuid::Uuid;
use wire::{
    Version,
    id::{AppointmentId, OfficeId, PositionId, UnitId},
};

use super::*;
use crate::domain::{
    deputising::Deputising,
    matter::Desk,
    seats::{Hold, Seat, Span},
};

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(1));
const UNIT: UnitId = UnitId(Uuid::from_u128(2));
const CHIEF: PersonId = PersonId(Uuid::from_u128(11));
const HEAD: PersonId = PersonId(Uuid::from_u128(12));
const CLERK: PersonId = PersonId(Uuid::from_u128(13));
const DEPUTY: PersonId = PersonId(Uuid::from_u128(14));
const CHIEFS: PositionId = PositionId(Uuid::from_u128(21));
const HEADS: PositionId = PositionId(Uuid::from_u128(22));
const CLERKS: PositionId = PositionId(Uuid::from_u128(23));

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn look() -> Look {
    Look { today: day("2026-11-23"), window: 3, daily: false }
}

fn seats_on(today: Day, holds: &[(PositionId, PersonId, &str, Option<&str>)]) -> Seats {
    let always = Span { from: day("2025-07-01"), to: None };
    let seat = |id, unit, head| Seat { id, office: OFFICE, unit, head, span: always, version: Version::FIRST };
    let seats = [seat(CHIEFS, UnitId(Uuid::from_u128(3)), true), seat(HEADS, UNIT, true), seat(CLERKS, UNIT, false)];
    let hold = |(position, person, from, to): &(PositionId, PersonId, &str, Option<&str>)| Hold {
        id: AppointmentId(person.0),
        office: OFFICE,
        person: *person,
        position: *position,
        span: Span { from: day(from), to: to.map(day) },
        version: Version::FIRST,
    };
    Seats::on(today, &seats, &holds.iter().map(hold).collect::<Vec<_>>(), &[])
}

/// The seats with the clerk's powers lent to somebody outside.
fn lent(kind: &str, permissions: &[&str], from: &str, revoked: bool) -> Seats {
    let mut delegation = serde_json::json!({
        "id": Uuid::from_u128(61), "office": OFFICE, "kind": kind, "position": CLERKS, "grantor": CLERK,
        "deputy": DEPUTY, "deputy_position": Uuid::from_u128(62), "deputy_appointment": Uuid::from_u128(63),
        "permissions": permissions, "from": from, "reason": "nghỉ phép", "may_pass_on": false, "made_by": CLERK,
        "made_at": "2026-11-20T02:00:00Z", "version": 1,
    });
    if revoked {
        delegation["revoked"] = serde_json::json!({ "at": "2026-11-21T02:00:00Z", "by": CLERK, "reason": "về sớm" });
    }
    let deputising = Deputising::of(serde_json::from_value(delegation).unwrap());
    let always = Span { from: day("2025-07-01"), to: None };
    let seat = Seat { id: CLERKS, office: OFFICE, unit: UNIT, head: false, span: always, version: Version::FIRST };
    let (id, version) = (AppointmentId(CLERK.0), Version::FIRST);
    let hold = Hold { id, office: OFFICE, person: CLERK, position: CLERKS, span: always, version };
    Seats::on(look().today, &[seat], &[hold], &[deputising])
}

#[test]
fn what_waits_for_the_absent_is_told_to_whoever_stands_in_as_far_as_powers_are_lent() {
    let desk = Desk { unit: UNIT, position: Some(CLERKS) };
    let (work, read): (&[&str], &[&str]) = (&[WORK], &[READ]);
    let (today, tomorrow) = ("2026-11-23", "2026-11-24");
    let table = [
        ("absence", work, today, false, true),
        ("acting", work, today, false, true),
        ("deputy", work, today, false, false),
        ("absence", read, today, false, false),
        ("absence", work, tomorrow, false, false),
        ("absence", work, today, true, false),
    ];
    for (kind, permissions, from, revoked, told) in table {
        let (people, by_position) = lent(kind, permissions, from, revoked).at(desk, WORK);
        assert_eq!(people.contains(&DEPUTY), told, "{kind} {permissions:?} from {from}");
        assert!(by_position && people.contains(&CLERK), "the holder is told as before");
    }
}

fn seats() -> Seats {
    let from = "2025-07-01";
    let all = [(CHIEFS, CHIEF, from, None), (HEADS, HEAD, from, None), (CLERKS, CLERK, from, None)];
    seats_on(look().today, &all)
}

fn work(state: AssignmentState) -> Work {
    let handler = (state != AssignmentState::Assigned).then_some(CLERK);
    Work {
        state,
        lead: Desk { unit: UNIT, position: None },
        handler,
        giver: CHIEF,
        giver_position: CHIEFS,
        due: day("2026-12-31"),
        asked: None,
        reminded: None,
        decided: None,
    }
}

fn matter(facts: Facts) -> Matter {
    let source = NoticeSource { kind: NoticeSourceKind::Assignment, id: Uuid::from_u128(9) };
    Matter { source, office: OFFICE, version: Version::FIRST, facts }
}

fn needs(work: &Work, before: Option<&Work>, look: Look) -> Vec<(PersonId, NoticeKind, Standing)> {
    let known = before.map(|before| matter(Facts::Work(before.clone())));
    let wants = wanted(&matter(Facts::Work(work.clone())), known.as_ref(), &seats(), look);
    wants.into_iter().map(|want| (want.person, want.kind, want.standing)).collect()
}

#[test]
fn every_state_needs_whose_turn_it_is() {
    use AssignmentState as State;
    use NoticeKind as Kind;
    let given = |person, kind| vec![(person, kind, Standing::Given)];
    let table = [
        (State::Assigned, given(HEAD, Kind::WorkGivenToUnit)),
        (State::Accepted, vec![]),
        (State::InProgress, vec![]),
        (State::Done, given(CHIEF, Kind::WorkDone)),
        (State::Returned, given(CLERK, Kind::WorkReturned)),
        (State::Closed, vec![]),
        (State::Withdrawn, vec![(CLERK, Kind::WorkWithdrawn, Standing::Anew)]),
    ];
    for (state, expected) in table {
        assert_eq!(needs(&work(state), Some(&work(State::InProgress)), look()), expected, "{state:?}");
    }
}

#[test]
fn work_for_a_position_needs_its_holder_and_where_nobody_holds_it_the_head() {
    let mut addressed = work(AssignmentState::Assigned);
    addressed.lead.position = Some(CLERKS);
    let given = |person, kind| vec![(person, kind, Standing::Given)];
    assert_eq!(needs(&addressed, None, look()), given(CLERK, NoticeKind::WorkGivenToYou));
    addressed.lead.position = Some(PositionId(Uuid::from_u128(404)));
    assert_eq!(needs(&addressed, None, look()), given(HEAD, NoticeKind::WorkGivenToUnit));
}

#[test]
fn nobody_judges_their_own_and_a_successor_takes_over() {
    let mut asked = work(AssignmentState::InProgress);
    asked.asked = Some(CLERK);
    let given = |person, kind| vec![(person, kind, Standing::Given)];
    assert_eq!(needs(&asked, None, look()), given(CHIEF, NoticeKind::ExtensionAsked));
    // The chief gave it and handles it: the head of the unit looks at it.
    let mut own = work(AssignmentState::Done);
    own.handler = Some(CHIEF);
    assert_eq!(needs(&own, None, look()), given(HEAD, NoticeKind::WorkDone));
    // The chief's position passed to the clerk, who handles nothing here.
    let from = "2025-07-01";
    let changed = [(CHIEFS, CHIEF, from, Some("2026-11-23")), (CHIEFS, CLERK, "2026-11-23", None)];
    let mut done = work(AssignmentState::Done);
    done.handler = Some(HEAD);
    let wants = wanted(&matter(Facts::Work(done)), None, &seats_on(look().today, &changed), look());
    assert_eq!(wants.iter().map(|want| want.person).collect::<Vec<_>>(), [CLERK]);
}

#[test]
fn a_reminder_is_news_to_the_handler_and_the_head_and_once_more_when_it_comes_again() {
    let before = work(AssignmentState::InProgress);
    let reminded = |at: &str| Work { reminded: Some(at.parse().unwrap()), ..before.clone() };
    let told = |standing| vec![(CLERK, NoticeKind::WorkReminded, standing), (HEAD, NoticeKind::WorkReminded, standing)];
    let (first, second) = (reminded("2026-11-23T02:00:00Z"), reminded("2026-11-24T02:00:00Z"));
    assert_eq!(needs(&first, Some(&before), look()), told(Standing::Anew));
    assert_eq!(needs(&first, Some(&first), look()), told(Standing::Stays));
    assert_eq!(needs(&second, Some(&first), look()), told(Standing::Anew));
    let closed = Work { state: AssignmentState::Closed, ..first.clone() };
    assert_eq!(needs(&closed, Some(&first), look()), [], "what is not owed any more needs nobody");
}

#[test]
fn a_decision_is_news_once_and_only_to_who_still_handles_the_work() {
    let before = work(AssignmentState::InProgress);
    let after = Work { decided: Some((1, CLERK)), ..before.clone() };
    let told = |standing| vec![(CLERK, NoticeKind::ExtensionDecided, standing)];
    assert_eq!(needs(&after, Some(&before), look()), told(Standing::Anew));
    assert_eq!(needs(&after, Some(&after), look()), told(Standing::Stays));
    assert_eq!(needs(&after, None, look()), told(Standing::Stays), "a state that is told late is no news");
    assert_eq!(needs(&Work { handler: Some(HEAD), ..after }, Some(&before), look()), []);
}

#[test]
fn due_days_are_told_at_the_daily_look_and_only_of_what_is_owed() {
    use NoticeKind::{DueSoon, Overdue};
    let table = [
        ("2026-11-27", vec![]),
        ("2026-11-26", vec![(CLERK, DueSoon)]),
        ("2026-11-23", vec![(CLERK, DueSoon)]),
        ("2026-11-22", vec![(CLERK, Overdue), (HEAD, Overdue)]),
    ];
    for (due, expected) in table {
        let owed = Work { due: day(due), ..work(AssignmentState::InProgress) };
        for (daily, standing) in [(true, Standing::Given), (false, Standing::Stays)] {
            let found = needs(&owed, None, Look { daily, ..look() });
            assert_eq!(found, expected.iter().map(|(who, kind)| (*who, *kind, standing)).collect::<Vec<_>>(), "{due}");
        }
        let done = Work { due: day(due), ..work(AssignmentState::Closed) };
        assert_eq!(needs(&done, None, Look { daily: true, ..look() }), [], "closed");
    }
}

#[test]
fn a_paper_needs_whoever_has_it_on_the_desk() {
    let desk = |position| matter(Facts::Paper(Some(Desk { unit: UNIT, position })));
    let whom =
        |matter: &Matter| wanted(matter, None, &seats(), look()).iter().map(|want| want.person).collect::<Vec<_>>();
    assert_eq!(whom(&desk(Some(CLERKS))), [CLERK]);
    assert_eq!(whom(&desk(None)), [HEAD]);
    assert_eq!(whom(&matter(Facts::Paper(None))), []);
}
