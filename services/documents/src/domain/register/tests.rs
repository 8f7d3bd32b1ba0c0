//! Tables and properties of series.

use proptest::prelude::*;

use super::*;
use crate::domain::sample::{self, day};

fn order(genres: Option<&[&str]>, from: &str, to: Option<&str>) -> OpenRegister {
    OpenRegister {
        office: sample::office(),
        kind: RegisterKind::Outgoing,
        body_code: Some("ĐU".into()),
        genres: genres.map(|keys| keys.iter().map(|key| (*key).to_owned()).collect()),
        period: PeriodKind::Term,
        first_day: day(from),
        last_day: to.map(day),
        opening: None,
    }
}

fn today() -> Day {
    day("2026-11-20")
}

fn id(n: u128) -> RegisterId {
    sample::id(n)
}

fn made(order: OpenRegister) -> NumberRegister {
    open(order, id(1), &[], today()).unwrap()
}

fn code(order: OpenRegister) -> String {
    open(order, id(1), &[], today()).unwrap_err().code
}

#[test]
fn a_series_belongs_to_body_genre_and_term() {
    let letters = made(order(Some(&["official_letter"]), "2026-01-23", None));
    let registers = [letters];
    let wanted = |body_code, genre| Wanted::Issue { body_code, genre };
    let on = day("2026-11-20");
    assert!(choose(&registers, wanted("ĐU", "official_letter"), on).is_ok());
    for (body, genre, on) in [
        ("VPĐU", "official_letter", "2026-11-20"),
        ("ĐU", "resolution", "2026-11-20"),
        ("ĐU", "official_letter", "2026-01-22"),
    ] {
        assert!(matches!(choose(&registers, wanted(body, genre), day(on)), Err(Refusal::NoSeries { .. })));
    }
    assert_eq!(choose(&registers, Wanted::Arrival, on), Err(Refusal::NoArrivalRegister { day: on }));
}

#[test]
fn genres_with_one_code_may_share_a_series_and_a_congress_has_one_for_all() {
    let shared = made(order(Some(&["regulation", "decision", "decision"]), "2026-01-23", None));
    assert_eq!(shared.genres.as_deref(), Some(&["decision".to_owned(), "regulation".to_owned()][..]));
    let congress =
        made(OpenRegister { body_code: Some("ĐH".into()), ..order(None, "2026-01-10", Some("2026-01-22")) });
    for genre in ["resolution", "report", "minutes"] {
        let wanted = Wanted::Issue { body_code: "ĐH", genre };
        assert!(choose(std::slice::from_ref(&congress), wanted, day("2026-01-22")).is_ok());
    }
}

#[test]
fn what_cannot_be_opened() {
    let plain = || order(Some(&["notice"]), "2026-01-23", None);
    assert_eq!(code(OpenRegister { body_code: None, ..plain() }), "documents.scope_unfit");
    assert_eq!(code(OpenRegister { kind: RegisterKind::Incoming, ..plain() }), "documents.scope_unfit");
    assert_eq!(code(OpenRegister { body_code: Some("Đ U".into()), ..plain() }), "documents.body_code_unfit");
    assert_eq!(code(OpenRegister { genres: Some(vec![]), ..plain() }), "documents.field_missing");
    assert_eq!(code(order(Some(&["novel"]), "2026-01-23", None)), "documents.genre_unknown");
    assert_eq!(code(order(Some(&["party_charter"]), "2026-01-23", None)), "documents.genre_uncoded");
    assert_eq!(code(order(None, "2026-01-23", Some("2026-01-22"))), "documents.period_unfit");
    let years = OpenRegister { period: PeriodKind::Year, ..order(None, "2026-07-01", Some("2027-06-30")) };
    assert_eq!(code(years), "documents.period_unfit");
    assert_eq!(code(OpenRegister { opening: Some(0), ..plain() }), "documents.field_out_of_range");
}

#[test]
fn a_register_opened_after_a_paper_book_goes_on_from_it() {
    let book = OpenRegister { opening: Some(1201), ..order(Some(&["notice"]), "2025-07-20", None) };
    let register = made(book);
    assert_eq!((register.opening, register.last), (1201, 1200));
}

#[test]
fn two_registers_never_number_the_same() {
    let first = made(order(Some(&["notice", "report"]), "2026-01-23", Some("2030-12-31")));
    let refused = |order| open(order, id(2), std::slice::from_ref(&first), today()).is_err();
    assert!(refused(order(Some(&["report"]), "2030-12-31", None)));
    assert!(refused(order(None, "2026-06-01", None)));
    assert!(!refused(order(Some(&["report"]), "2031-01-01", None)));
    assert!(!refused(order(Some(&["plan"]), "2026-06-01", None)));
    assert!(!refused(OpenRegister { body_code: Some("VPĐU".into()), ..order(None, "2026-06-01", None) }));
}

#[test]
fn a_register_closes_once_and_not_before_its_last_number() {
    let register = made(order(None, "2026-01-23", None));
    let (on, later) = (day("2026-11-20"), day("2026-11-21"));
    let used = NumberRegister { latest_day: Some(later), ..register.clone() };
    assert_eq!(close(&used, on, on), Err(Refusal::RegisterUsedLater { last_day: later }));
    assert_eq!(close(&register, day("2026-01-22"), on), Err(Refusal::PeriodUnfit));
    let closed = close(&NumberRegister { latest_day: Some(on), ..register.clone() }, on, on).unwrap();
    assert_eq!(close(&closed, on, on), Err(Refusal::RegisterClosed { id: register.id }));
    let wanted = Wanted::Issue { body_code: "ĐU", genre: "notice" };
    assert!(choose(&[closed], wanted, on).is_err(), "a closed register gives no number");
}

#[test]
fn a_register_whose_end_is_to_come_gives_numbers_until_then() {
    let register = made(order(None, "2026-01-23", None));
    let ending = close(&register, day("2026-12-31"), today()).unwrap();
    assert_eq!((ending.state, ending.last_day), (RegisterState::Open, Some(day("2026-12-31"))));
    let wanted = Wanted::Issue { body_code: "ĐU", genre: "notice" };
    assert!(choose(std::slice::from_ref(&ending), wanted, day("2026-12-31")).is_ok());
    assert!(choose(std::slice::from_ref(&ending), wanted, day("2027-01-01")).is_err());
}

#[test]
fn numbers_follow_the_days_unless_confirmed() {
    let (earlier, later) = (day("2026-11-19"), day("2026-11-20"));
    let used = |latest_day| NumberRegister { latest_day, ..sample::series(RegisterKind::Incoming, "2026-01-01", None) };
    assert!(in_order(&used(Some(earlier)), later, false).is_ok());
    assert!(in_order(&used(Some(later)), later, false).is_ok());
    assert_eq!(in_order(&used(Some(later)), earlier, false), Err(Refusal::LateEntry { last_day: later }));
    assert!(in_order(&used(Some(later)), earlier, true).is_ok());
    assert!(in_order(&used(None), earlier, false).is_ok());
}

proptest! {
    /// However registers are opened, closed and asked, no day and genre ever has two that would number it.
    #[test]
    fn at_most_one_register_numbers_a_document(
        orders in proptest::collection::vec((0i64..60, proptest::option::of(0i64..20), 0usize..4), 1..12),
        asked in 0i64..90,
    ) {
        let keys = ["notice", "report", "plan"];
        let start = day("2026-02-01");
        let mut registers: Vec<NumberRegister> = Vec::new();
        for (n, (from, length, which)) in (1u128..).zip(orders) {
            let genres = keys.get(which).map(|key| vec![(*key).to_owned()]);
            let first_day = start.plus(from).unwrap();
            let last_day = length.and_then(|length| first_day.plus(length));
            let order = OpenRegister { genres, first_day, last_day, ..order(None, "2026-02-01", None) };
            if let Ok(register) = open(order, id(n), &registers, today()) {
                registers.push(register);
            }
        }
        let on = start.plus(asked).unwrap();
        for key in keys {
            let wanted = Wanted::Issue { body_code: "ĐU", genre: key };
            let fits = registers.iter().filter(|register| covers(register, on) && numbers(register, wanted)).count();
            prop_assert!(fits <= 1);
        }
    }
}
