//! What must hold of authority in every history: it is what the plain model says, whoever lends loses nothing to a
//! deputy who gains by it, and circles of deputies give nothing.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    acts::{APPOINT, Act, DAYS, Given, History, PEOPLE, history},
    book::{Book, at},
    plain::{Asked, Plain, Power, Source},
};

/// The powers of a person by the rows; no grant is told twice.
fn powers(book: &Book, person: usize, asked: Asked) -> BTreeSet<Power> {
    let told = book.powers(person, asked);
    let distinct: BTreeSet<Power> = told.iter().cloned().collect();
    assert_eq!(distinct.len(), told.len(), "{told:?}");
    distinct
}

/// The rows that a history leaves.
fn written(history: &History) -> Book {
    let mut book = Book::new(1);
    for (day, act) in &history.acts {
        book.act(*day, act);
    }
    book
}

/// What somebody may do, and where: without by which grant.
type Deeds = BTreeSet<(usize, &'static str, usize, &'static str)>;

/// What grants allow: of which post, what, in which office, with which genre.
fn deeds(powers: &BTreeSet<Power>) -> Deeds {
    let mut deeds = Deeds::new();
    for power in powers {
        let genres = power.behalf.as_ref().map_or_else(|| super::acts::GENRES.into(), |behalf| behalf.genres.clone());
        for office in power.below.iter().chain(&power.inherited).chain([&power.office]) {
            for permission in &power.permissions {
                deeds.extend(genres.iter().map(|genre| (power.post, *permission, *office, *genre)));
            }
        }
    }
    deeds
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn authority_on_any_day_is_what_the_plain_model_says(
        history in history(),
        days in proptest::array::uniform2(0..DAYS),
    ) {
        let (mut book, mut plain) = (Book::new(1), Plain::new());
        for (place, (day, act)) in history.acts.iter().enumerate() {
            for fact in book.act(*day, act) {
                plain.hear(fact);
            }
            for (_, person) in history.asked.iter().filter(|(after, _)| *after == place) {
                let now = Asked::Now(*day);
                prop_assert_eq!(powers(&book, *person, now), plain.powers(*person, now), "{} after {}", person, place);
            }
        }
        for day in days.map(Asked::On) {
            for person in 0..PEOPLE {
                prop_assert_eq!(powers(&book, person, day), plain.powers(person, day), "{} {:?}", person, day);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn only_what_says_so_is_passed_on_and_once(history in history()) {
        let (mut book, mut plain) = (Book::new(1), Plain::new());
        for (day, act) in &history.acts {
            for fact in book.act(*day, act) {
                if let super::plain::Fact::Lent { source: Source::Gift(from), .. } = &fact {
                    prop_assert!(plain.may_be_passed_on(*from), "{}", from);
                }
                plain.hear(fact);
            }
        }
    }
}

/// Something by which somebody loses powers.
fn loss() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..40usize, 0..DAYS).prop_map(|(appointment, to)| Act::Dismiss { appointment, to }),
        (0..40usize, 0..DAYS).prop_map(|(post, to)| Act::Close { post, to }),
        (0..40usize).prop_map(|gift| Act::TakeBack { gift }),
        (0..PEOPLE).prop_map(|person| Act::Disable { person }),
    ]
}

/// The powers of everyone.
fn of_all(book: &Book, asked: Asked) -> Vec<BTreeSet<Power>> {
    (0..PEOPLE).map(|person| powers(book, person, asked)).collect()
}

/// What everyone may do by what they hold themselves.
fn held(all: &[BTreeSet<Power>]) -> Vec<Deeds> {
    let own = |powers: &BTreeSet<Power>| powers.iter().filter(|power| power.behalf.is_none()).cloned().collect();
    all.iter().map(|powers| deeds(&own(powers))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn a_deputy_has_no_more_than_the_grantor_and_loses_it_together(
        history in history(),
        loss in loss(),
        days in proptest::array::uniform2(0..DAYS),
    ) {
        let before = written(&history);
        let last = history.acts.iter().map(|(day, _)| *day).max().unwrap_or_default();
        let mut after = before.clone();
        after.act(last, &loss);
        for asked in days.map(Asked::On).into_iter().chain([Asked::Now(last)]) {
            let (left, had) = (of_all(&after, asked), of_all(&before, asked));
            let own = held(&left);
            for (person, (left, had)) in left.iter().zip(&had).enumerate() {
                prop_assert!(deeds(left).is_subset(&deeds(had)), "{} gained by {:?}: {:?}", person, loss, left);
                for power in left {
                    let Some(grantor) = power.behalf.as_ref().and_then(|behalf| behalf.grantor) else { continue };
                    let lent = deeds(&BTreeSet::from([power.clone()]));
                    prop_assert!(lent.is_subset(&own[grantor]), "{} has more than {}: {:?}", person, grantor, power);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    /// Everyone lends everything to everyone, who pass it on.
    #[test]
    fn no_circle_of_deputies_gives_more(history in history(), days in proptest::array::uniform2(0..DAYS)) {
        let mut book = written(&history);
        book.lent.clear();
        // Lent on the first day, so that it holds on every day.
        book.now = at(0).start();
        let before = days.map(|day| held(&of_all(&book, Asked::On(day))));
        for from in [0, days[0]] {
            let given = Given { permissions: 15, genres: 0, highest: None, days: (from, None), may_pass_on: true };
            for (of, deputy) in (0..36).map(|pair| (pair / 6, pair % 6)) {
                book.act(0, &Act::Lend { of, acting: false, deputy, given: given.clone() });
            }
            for (of, deputy) in (0..book.lent.len()).flat_map(|of| (0..3).map(move |deputy| (of, deputy))) {
                book.act(0, &Act::PassOn { of, deputy, given: given.clone() });
            }
        }
        for (day, before) in days.into_iter().zip(before) {
            let after = of_all(&book, Asked::On(day));
            prop_assert_eq!(&held(&after), &before);
            let most: Deeds = before.into_iter().flatten().collect();
            for powers in after {
                prop_assert!(deeds(&powers).is_subset(&most), "{:?}", powers);
                let mut lent = powers.iter().filter(|power| power.behalf.is_some());
                prop_assert!(lent.all(|power| !power.permissions.contains(APPOINT)));
            }
        }
    }
}

#[test]
fn histories_are_about_what_they_should_be() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};

    let mut runner = TestRunner::deterministic();
    let (mut inherited, mut passed_on, mut looks_below, mut reports, mut units) = (0, 0, 0, 0, 0);
    for _ in 0..400 {
        let book = written(&history().new_tree(&mut runner).unwrap().current());
        let asked =
            [4, 9, DAYS - 1].into_iter().flat_map(|day| (0..PEOPLE).map(move |person| (person, Asked::On(day))));
        for power in asked.flat_map(|(person, asked)| powers(&book, person, asked)) {
            inherited += usize::from(!power.inherited.is_empty());
            looks_below += usize::from(!power.below.is_empty());
            reports += usize::from(!power.reports.is_empty());
            let gift = power.behalf.as_ref().map(|behalf| &book.lent[behalf.gift]);
            passed_on += usize::from(gift.is_some_and(|gift| gift.passed_on_from.is_some()));
        }
        units += book.unit_steps.len();
    }
    let seen = [inherited, passed_on, looks_below, reports, units];
    assert!(seen.iter().all(|seen| *seen >= 10), "{seen:?}");
}
