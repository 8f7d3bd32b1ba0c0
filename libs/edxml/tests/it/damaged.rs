//! More than two hundred damaged files: each is told its one true cause and nothing else, and every rule is met.

use std::collections::BTreeSet;

use edxml::{catalogue, check, line_of, read};
use proptest::prelude::*;

use crate::damage::{Bench, Damaged, Dice, usual};

/// Broken bytes and XML.
mod bytes;
/// Wrong fields.
mod fields;
/// Wrong files and signatures.
mod files;
/// Wrong elements.
mod structure;

/// Rules that are met elsewhere, because their files are large or of another form.
const ELSEWHERE: [&str; 7] = [
    "edxml.too_large",
    "edxml.too_many_elements",
    "edxml.too_many_attachments",
    "edxml.unfolds_too_far",
    "edxml.attachment_locked",
    "edxml.root_left_out",
    "edxml.old_envelope",
];

fn bench() -> Vec<Damaged> {
    let mut bench = Bench::default();
    bytes::fill(&mut bench);
    structure::fill(&mut bench);
    fields::fill(&mut bench);
    files::fill(&mut bench);
    bench.all
}

#[test]
fn every_damaged_file_is_told_its_true_cause_and_nothing_else() {
    let bench = bench();
    assert!(bench.len() >= 200, "{}", bench.len());
    let mut wrong = Vec::new();
    for Damaged { code, how, within, bytes } in &bench {
        let told = check(bytes);
        let codes: BTreeSet<_> = told.iter().map(|one| one.code).collect();
        if codes != BTreeSet::from([*code]) {
            wrong.push(format!("{code} ({how}): {codes:?}"));
        }
        for one in &told {
            let is_there = within.is_none_or(|name| one.place.path.split(['/', '[']).any(|step| step == name));
            assert!(is_there, "{code} ({how}): {:?}", one.place);
            assert!(!one.vi.what.contains("{found}") && !one.en.mend.contains("{wanted}"), "{one:?}");
            let line = line_of(bytes, one.place.line).unwrap_or_default();
            assert!(one.place.column <= line.chars().count() + 1, "{code} ({how}): {:?}", one.place);
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), bench.len(), wrong.join("\n"));
}

#[test]
fn every_rule_is_met() {
    let met: BTreeSet<&str> = bench().iter().map(|one| one.code).chain(ELSEWHERE).collect();
    let all: BTreeSet<&str> = catalogue().map(|rule| rule.code).collect();
    assert_eq!(all.difference(&met).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(met.difference(&all).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn what_is_refused_says_why_and_what_is_taken_kept_its_sender() {
    for Damaged { code, how, bytes, .. } in bench() {
        match read(&bytes) {
            Ok(reading) => assert_eq!(reading.remarks[0].code, code, "{how}"),
            Err(refused) => assert!(!refused.diagnoses.is_empty(), "{code} ({how})"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_bytes_make_it_panic(seed in any::<u64>(), changes in 1_usize..12) {
        let mut dice = Dice::new(seed);
        let mut bytes = usual().into_bytes();
        for _ in 0..changes {
            let at = dice.below(bytes.len().max(1)).min(bytes.len());
            match dice.below(4) {
                0 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
                1 => bytes.insert(at, b"<>&;\"/\0=:"[dice.below(9)]),
                2 => drop(bytes.drain(at..(at + dice.below(40)).min(bytes.len()))),
                _ if dice.below(4) == 0 => bytes.truncate(at),
                _ => {}
            }
        }
        let told = check(&bytes);
        prop_assert_eq!(read(&bytes).is_err(), read(&bytes).map_or_else(|no| !no.diagnoses.is_empty(), |_| false));
        for one in told {
            prop_assert!(one.place.line >= 1 && one.place.column >= 1 && one.place.length >= 1);
        }
    }

    #[test]
    fn no_noise_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!check(&bytes).is_empty());
    }
}
