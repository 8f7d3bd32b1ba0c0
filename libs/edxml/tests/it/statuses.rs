//! Statuses as they travel: who may say what when, over the files themselves.

use edxml::{
    Content, StatusCode, read,
    transition::{State, Step},
    write_status,
};
use proptest::prelude::*;

use crate::{
    damage::{told, with},
    sound::status,
};

fn code_of(bytes: &[u8]) -> StatusCode {
    match read(bytes).unwrap().content {
        Content::Status(status) => status.code,
        Content::Message(_) => panic!("a message"),
    }
}

#[test]
fn codes_without_their_zero_are_read() {
    assert_eq!(code_of(with(&told(StatusCode::Arrived), "StatusCode", "1").as_bytes()), StatusCode::Arrived);
}

#[test]
fn of_a_take_back_the_organisation_is_the_receiver_and_the_id_the_originators() {
    let mut asked = status(StatusCode::TakeBackAsked);
    asked.from.organ_id = "A32.65".to_owned();
    asked.answers.organ_id = "G22".to_owned();
    assert_eq!(code_of(&write_status(&asked).unwrap()), StatusCode::TakeBackAsked);
    assert!(asked.code.is_of_sender() && !StatusCode::TakeBackAgreed.is_of_sender());
}

proptest! {
    #[test]
    fn deliveries_in_any_order_and_number_never_move_a_state_back(
        codes in prop::collection::vec(prop::sample::select(StatusCode::ALL.to_vec()), 0..30),
    ) {
        let mut state = State::default();
        for code in codes {
            let before = state;
            if let Step::Moves(next) | Step::Tolerated(next) = state.step(code) {
                prop_assert!(next.progress >= before.progress);
                prop_assert!(!before.is_void());
                state = next;
                prop_assert_eq!(state.step(code), Step::Repeats);
            }
        }
    }
}
