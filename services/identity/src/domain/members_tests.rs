//! Moving between cells, leaving the roll, and who sees a member, case by case. Random histories are in `party_model`.

use schema_identity::PartyLeavingWay::{self, Died, TransferredOut};
use uuid::Uuid;
use wire::{Version, id::PartyMemberId};

use super::*;

const TODAY: i64 = 100;

fn day(offset: i64) -> Day {
    Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
}

fn cell(number: u128) -> Cell {
    Cell { organisation: Uuid::from_u128(number).into(), office: Uuid::from_u128(number / 10).into() }
}

fn act() -> PartyInstrument {
    PartyInstrument { number: "12-QĐ/ĐU".into(), day: day(0), body: "Ban Thường vụ".into() }
}

fn fresh(member: &PartyMember) -> PartyMembershipId {
    Uuid::from_u128(member.memberships.len() as u128 + 1).into()
}

/// Admitted on the first day into the first cell.
fn member() -> PartyMember {
    let office = cell(11).office;
    let member = PartyMember {
        id: PartyMemberId(Uuid::from_u128(5)),
        office,
        person: None,
        full_name: "Lê Thị Hoa".into(),
        admitted: day(0),
        official: Some(day(365)),
        introduced: None,
        memberships: Vec::new(),
        version: Version::FIRST,
    };
    transfer(member, PartyMembershipId(Uuid::from_u128(1)), cell(11), (day(0), day(TODAY)), None).unwrap()
}

fn to(member: PartyMember, number: u128, from: i64) -> Result<PartyMember, Refusal> {
    let id = fresh(&member);
    transfer(member, id, cell(number), (day(from), day(TODAY)), Some(act()))
}

fn lent(member: PartyMember, number: u128, from: i64, to: Option<i64>) -> Result<PartyMember, Refusal> {
    let id = fresh(&member);
    lend(member, id, cell(number), Interval { from: day(from), to: to.map(day) }, act())
}

fn gone(member: PartyMember, to: i64, way: PartyLeavingWay) -> Result<PartyMember, Refusal> {
    leave(member, day(to), PartyLeaving { way, instrument: None })
}

/// The cells of days, `0` where there is none.
fn cells(member: &PartyMember, days: impl IntoIterator<Item = i64>) -> Vec<u128> {
    let number = |offset| member.cell(day(offset)).map_or(0, |found| Uuid::from(found).as_u128());
    days.into_iter().map(number).collect()
}

#[test]
fn a_move_ends_one_membership_and_begins_the_other_on_the_same_day() {
    let moved = to(member(), 12, 10).unwrap();
    assert_eq!(cells(&moved, [0, 9, 10, 500]), [11, 11, 12, 12]);
    let back = to(moved.clone(), 11, 20).unwrap();
    assert_eq!(cells(&back, [9, 10, 19, 20]), [11, 12, 12, 11]);
    assert_eq!(back.memberships.len(), 3);
    assert_eq!(to(moved.clone(), 12, 15), Err(Refusal::PartySameCell));
    assert_eq!(to(moved.clone(), 13, 5), Err(Refusal::PartyMembershipLater { from: day(10) }));
    assert_eq!(to(moved.clone(), 13, -1), Err(Refusal::PartyMembershipLater { from: day(0) }));
    // What was entered wrongly for a day is put right on the same day, and leaves a row without a day.
    let right = to(moved, 13, 10).unwrap();
    assert_eq!(cells(&right, [9, 10]), [11, 13]);
    assert_eq!(right.memberships.iter().filter(|held| days(held).is_empty()).count(), 1);
}

#[test]
fn what_is_planned_is_replaced_and_what_has_begun_is_not() {
    let planned = to(member(), 12, TODAY + 10).unwrap();
    let replaced = to(planned.clone(), 13, TODAY + 5).unwrap();
    assert_eq!(cells(&replaced, [TODAY + 4, TODAY + 5, TODAY + 10, TODAY + 99]), [11, 13, 13, 13]);
    let left = gone(planned.clone(), 50, Died).unwrap();
    assert_eq!(cells(&left, [49, 50, TODAY + 10]), [11, 0, 0]);
    // A leaving that was written down holds of whatever cell it comes to be.
    let leaves = gone(planned, TODAY + 30, TransferredOut).unwrap();
    let moved = to(leaves, 13, 60).unwrap();
    assert_eq!(cells(&moved, [59, 60, TODAY + 29, TODAY + 30]), [11, 13, 13, 0]);
    assert_eq!(moved.memberships.iter().filter(|held| held.left.is_some()).count(), 1);
}

#[test]
fn who_left_returns_and_who_died_does_not() {
    let left = gone(member(), 10, TransferredOut).unwrap();
    assert_eq!(gone(left.clone(), 10, Died), Err(Refusal::AlreadyEnded { to: day(10) }));
    let again = to(left, 12, 20).unwrap();
    assert_eq!(cells(&again, [9, 10, 19, 20]), [11, 0, 0, 12]);
    assert_eq!(to(again.clone(), 13, 15), Err(Refusal::PartyMembershipLater { from: day(20) }));
    let died = gone(again, 30, Died).unwrap();
    assert_eq!(to(died, 13, 40), Err(Refusal::PartyMemberDied));
    assert_eq!(gone(member(), -1, Died), Err(Refusal::IntervalEmpty));
}

#[test]
fn a_temporary_membership_stands_beside_a_regular_one_elsewhere() {
    let away = lent(member(), 12, 10, Some(20)).unwrap();
    assert_eq!(cells(&away, [10, 20]), [11, 11]);
    for (number, from, end) in [(12, 10, None), (11, 30, Some(40)), (13, 15, Some(25)), (13, -5, Some(5))] {
        assert_eq!(lent(away.clone(), number, from, end), Err(Refusal::PartyTemporaryBad), "{number} {from}");
    }
    assert_eq!(lent(away.clone(), 13, 30, Some(30)), Err(Refusal::IntervalEmpty));
    // Across a move it goes on; in the cell itself, or off the roll, it does not.
    let end = |member: &PartyMember| member.memberships.iter().find(|held| !is_regular(held)).unwrap().to;
    assert_eq!(end(&to(away.clone(), 13, 15).unwrap()), Some(day(20)));
    assert_eq!(end(&to(away.clone(), 12, 15).unwrap()), Some(day(15)));
    assert_eq!(end(&gone(away.clone(), 12, Died).unwrap()), Some(day(12)));
    assert_eq!(end(&gone(away, 5, Died).unwrap()), Some(day(10)));
}

#[test]
fn the_members_of_an_ended_cell_go_on_in_its_successor() {
    let away = lent(gone(member(), 50, TransferredOut).unwrap(), 12, 10, Some(40)).unwrap();
    let mut number = 10;
    let mut fresh = || {
        number += 1;
        PartyMembershipId(Uuid::from_u128(number))
    };
    let merged = carry(away.clone(), &mut fresh, cell(11).organisation, cell(13), day(20), &act()).unwrap();
    assert_eq!(cells(&merged, [19, 20, 49, 50]), [11, 13, 13, 0]);
    assert_eq!(merged.memberships.last().unwrap().left.as_ref().unwrap().way, TransferredOut);
    // The regular cell goes to the temporary one: nobody is there twice.
    let same = carry(away.clone(), &mut fresh, cell(11).organisation, cell(12), day(20), &act()).unwrap();
    let twice = |offset: i64| {
        same.memberships.iter().filter(|held| days(held).contains(day(offset))).count() > 1 && offset >= 20
    };
    assert!(!(0..60).any(twice));
    let other = carry(away, &mut fresh, cell(12).organisation, cell(13), day(20), &act()).unwrap();
    assert_eq!(other.memberships.iter().filter(|held| days(held).contains(day(30))).count(), 2);
    let planned = to(member(), 12, TODAY + 10).unwrap();
    let late = carry(planned, &mut fresh, cell(12).organisation, cell(13), day(20), &act());
    assert_eq!(late, Err(Refusal::PartyInUse { to: day(20) }));
}

#[test]
fn admission_comes_before_everything() {
    let early = |official: Option<i64>, admitted: i64| {
        check_dates(&PartyMember { official: official.map(day), admitted: day(admitted), ..member() })
    };
    assert_eq!((early(None, 0), early(Some(0), 0)), (Ok(()), Ok(())));
    assert_eq!(early(Some(-1), 0), Err(Refusal::PartyDatesBad));
    assert_eq!(early(None, 1), Err(Refusal::PartyDatesBad));
}

#[test]
fn a_member_is_seen_whole_by_who_keeps_them_and_in_part_by_who_kept_them() {
    let (one, two) = (cell(11).office, cell(21).office);
    let moved = PartyMember {
        introduced: Some(schema_identity::PartyIntroduction { office: cell(31).office, instrument: act() }),
        ..to(member(), 21, 10).unwrap()
    };
    assert_eq!((keeper(&member()), keeper(&moved)), (Some(one), Some(two)));
    assert_eq!(seen(moved.clone(), |office| office == two), Some(moved.clone()));
    let part = seen(moved.clone(), |office| office == one).unwrap();
    assert_eq!((part.memberships.len(), part.introduced), (1, None));
    assert_eq!(seen(moved.clone(), |office| office == cell(31).office), None);
    // A plan that was replaced keeps nobody.
    let planned = to(to(member(), 21, TODAY + 10).unwrap(), 12, TODAY + 5).unwrap();
    assert_eq!(keeper(&planned), Some(one));
}
