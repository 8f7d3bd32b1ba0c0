//! Terms and seats, case by case, and that no two secretaries ever sit at once.

use proptest::prelude::*;
use schema_identity::PartySeatManner;
use uuid::Uuid;
use wire::Version;

use super::*;

fn day(offset: i64) -> Day {
    Day::new(2025, 7, 1).unwrap().plus(offset).unwrap()
}

fn act() -> PartyInstrument {
    PartyInstrument { number: "12-QĐ/ĐU".into(), day: day(0), body: "Ban Thường vụ".into() }
}

fn committee(number: u128, from: i64, to: Option<i64>) -> PartyCommittee {
    PartyCommittee {
        id: Uuid::from_u128(number).into(),
        office: Uuid::from_u128(1).into(),
        organisation: Uuid::from_u128(2).into(),
        congress: "Đại hội lần thứ I".into(),
        from: day(from),
        to: to.map(day),
        instrument: act(),
        version: Version::FIRST,
    }
}

fn new(number: usize, member: u128, post: PartyPost, from: i64) -> PartySeat {
    PartySeat {
        id: Uuid::from_u128(number as u128).into(),
        office: Uuid::from_u128(1).into(),
        committee: Uuid::from_u128(3).into(),
        member: Uuid::from_u128(member).into(),
        full_name: format!("Người {member}"),
        post,
        manner: PartySeatManner::Elected,
        from: day(from),
        to: None,
        instrument: act(),
        ended_by: None,
        version: Version::FIRST,
    }
}

fn term_days() -> Interval {
    Interval { from: day(0), to: Some(day(100)) }
}

#[test]
fn a_new_term_ends_the_one_before() {
    let terms = [committee(1, 0, Some(10)), committee(2, 10, None)];
    assert_eq!(before(&terms, day(20)), Ok(Some(terms[1].id)));
    assert_eq!(before(&terms[..1], day(10)), Ok(None));
    assert_eq!(before(&terms[..1], day(5)), Ok(Some(terms[0].id)));
    for from in [5, 10] {
        assert_eq!(before(&terms, day(from)), Err(Refusal::PartyTermOverlaps { from: day(10) }));
    }
}

#[test]
fn a_post_lies_within_the_term_and_a_new_one_ends_the_old() {
    let seats = seat(Vec::new(), new(1, 7, PartyPost::CommitteeMember, 0), term_days()).unwrap();
    assert_eq!(seats[0].to, Some(day(100)));
    let risen = seat(seats.clone(), new(2, 7, PartyPost::DeputySecretary, 30), term_days()).unwrap();
    assert_eq!((risen[0].to, risen[0].version, risen[1].to), (Some(day(30)), Version(2), Some(day(100))));
    let again = new(3, 7, PartyPost::DeputySecretary, 40);
    assert_eq!(seat(risen.clone(), again, term_days()), Err(Refusal::PartySeatHeld));
    let earlier = new(3, 7, PartyPost::Secretary, 20);
    assert_eq!(seat(risen, earlier, term_days()), Err(Refusal::PartySeatHeld));
    let outside = seat(seats.clone(), new(3, 8, PartyPost::CommitteeMember, -1), term_days());
    assert!(matches!(outside, Err(Refusal::IntervalOutside { .. })));
    let over = seat(seats, new(3, 8, PartyPost::CommitteeMember, 100), term_days());
    assert!(over.is_err());
}

#[test]
fn closing_ends_what_reaches_the_day_and_nothing_else() {
    let mut seats = seat(Vec::new(), new(1, 7, PartyPost::Secretary, 0), term_days()).unwrap();
    seats = seat(seats, new(2, 8, PartyPost::CommitteeMember, 60), term_days()).unwrap();
    let of = |member: u128| close(seats.clone(), Some(Uuid::from_u128(member).into()), day(50), Some(&act()));
    assert_eq!(of(7)[0].to, Some(day(50)));
    assert_eq!(of(8)[0].to, Some(day(60)), "what was to begin later has no day");
    assert!(of(9).is_empty());
    assert_eq!(close(seats.clone(), None, day(50), None).len(), 2);
    assert!(close(seats, None, day(100), None).is_empty());
}

#[test]
fn lists_stand_in_the_order_of_posts_and_then_of_names() {
    let named = |number, name: &str, post| PartySeat { full_name: name.into(), ..new(number, number as u128, post, 0) };
    let seats = in_order(vec![
        named(1, "Đỗ An", PartyPost::CommitteeMember),
        named(2, "Vũ Bình", PartyPost::Secretary),
        named(3, "Bùi Cúc", PartyPost::CommitteeMember),
        named(4, "An Dương", PartyPost::DeputySecretary),
        named(5, "Lê Em", PartyPost::StandingDeputySecretary),
    ]);
    let names: Vec<&str> = seats.iter().map(|seat| seat.full_name.as_str()).collect();
    assert_eq!(names, ["Vũ Bình", "Lê Em", "An Dương", "Bùi Cúc", "Đỗ An"]);
}

proptest! {
    #[test]
    fn nobody_holds_two_posts_and_no_two_secretaries_sit_at_once(
        steps in proptest::collection::vec((0..4u128, 0..3usize, 0..110i64, any::<bool>()), 1..20)
    ) {
        let posts = [PartyPost::Secretary, PartyPost::DeputySecretary, PartyPost::CommitteeMember];
        let mut seats: Vec<PartySeat> = Vec::new();
        for (number, (member, post, from, ends)) in steps.into_iter().enumerate() {
            if ends {
                let closed = close(seats.clone(), Some(Uuid::from_u128(member).into()), day(from), Some(&act()));
                seats.retain(|seat| closed.iter().all(|new| new.id != seat.id));
                seats.extend(closed);
            } else if let Ok(after) = seat(seats.clone(), new(number, member, posts[post], from), term_days()) {
                seats = after;
            }
            for day in (0..110).map(day) {
                let sitting: Vec<&PartySeat> = seats.iter().filter(|seat| days(seat).contains(day)).collect();
                prop_assert!(sitting.iter().filter(|seat| seat.post == PartyPost::Secretary).count() <= 1);
                for member in 0..4u128 {
                    let held = sitting.iter().filter(|seat| seat.member == Uuid::from_u128(member).into());
                    prop_assert!(held.count() <= 1);
                }
                prop_assert!(sitting.is_empty() || term_days().contains(day));
            }
        }
    }
}
