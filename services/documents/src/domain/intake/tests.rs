//! The rules of the queue, state by state.

use super::*;
use crate::domain::sample;
use schema_documents::IntakeSource;
use wire::Version;

fn item(state: IntakeState) -> IntakeItem {
    IntakeItem {
        id: sample::id(20),
        office: sample::office(),
        version: Version::FIRST,
        batch: sample::id(21),
        state,
        source: IntakeSource::Upload,
        brought_in_at: sample::at("2026-11-20T01:00:00Z"),
        by: None,
        name: Some("quet.pdf".to_owned()),
        media_type: Some("application/pdf".to_owned()),
        size: Some(7),
        file: None,
        parts: Vec::new(),
        mail: None,
        incoming: None,
        letter: None,
        reason: None,
        handled_at: None,
    }
}

#[test]
fn what_is_settled_is_not_marked_read_or_set_aside() {
    for state in [IntakeState::Registered, IntakeState::CitizenLetter, IntakeState::Discarded] {
        let item = item(state);
        let now = item.brought_in_at;
        let refused = [open(&item), markable(&item), readable(&item)];
        assert!(refused.iter().all(|refused| *refused == Err(Refusal::IntakeSettled)), "{state:?}");
        assert_eq!(set_aside(&item, IntakeReason::Duplicate, now), Err(Refusal::IntakeSettled));
    }
}

#[test]
fn only_what_is_official_is_read_and_it_is_marked_once() {
    let table = [
        (IntakeState::Waiting, Ok(()), Err(Refusal::IntakeSealed)),
        (IntakeState::SetAside, Ok(()), Err(Refusal::IntakeSealed)),
        (IntakeState::Official, Err(Refusal::IntakeUnchanged), Ok(())),
    ];
    for (state, marked, read) in table {
        assert_eq!((markable(&item(state)), readable(&item(state))), (marked, read), "{state:?}");
    }
}

#[test]
fn of_a_letter_and_of_what_is_destroyed_no_particular_stays() {
    let waiting = item(IntakeState::Waiting);
    let now = sample::at("2026-11-20T02:00:00Z");
    for emptied in [letter(&waiting, sample::id(22), now), discarded(&waiting, IntakeReason::Duplicate, now)] {
        assert_eq!((emptied.name, emptied.media_type, emptied.size), (None, None, None));
        assert_eq!((emptied.version, emptied.handled_at), (Version(2), Some(now)));
    }
}

#[test]
fn a_secret_is_read_as_it_was_kept() {
    let secret = Secret { key: [7; KEY], sha256: "ab".repeat(32), name: "công văn.pdf".to_owned() };
    assert_eq!(Secret::read(&secret.bytes()), Some(secret.clone()));
    assert_eq!(Secret::read(&secret.bytes()[..KEY + HASH - 1]), None);
}

#[test]
fn one_call_takes_so_much_and_no_more() {
    assert!(fits(&[LARGEST, LARGEST]).is_ok());
    for sizes in [&[LARGEST + 1][..], &[LARGEST, LARGEST, 1], &[u64::MAX, u64::MAX]] {
        assert_eq!(fits(sizes).unwrap_err().code, "documents.intake_too_large");
    }
}
