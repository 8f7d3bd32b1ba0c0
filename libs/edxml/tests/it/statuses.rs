//! Statuses as they travel: who may say what when, over the files themselves.

use edxml::{
    Content, Status, StatusCode, read,
    transition::{State, Step},
    write_status,
};
use proptest::prelude::*;

use crate::{
    damage::{told, with},
    sound::message,
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
    let (message, at) = (message(), "2026-03-06T01:00:00Z".parse().unwrap());
    let answer = Status::of_receiver(&message, message.to[0].clone(), StatusCode::Accepted, at);
    assert_eq!((answer.from.organ_id.as_str(), answer.answers.organ_id.as_str()), ("G22", "A32.65"));
    let asked = Status::take_back(&message, &message.to[0], "Gửi nhầm", at);
    assert_eq!((asked.from.organ_id.as_str(), asked.answers.organ_id.as_str()), ("A32.65", "G22"));
    for status in [answer, asked] {
        assert_eq!(
            (status.answers.document_id.as_str(), status.answers.code.as_str()),
            (&*message.document_id, "12/CV-TU")
        );
        let bytes = write_status(&status).unwrap();
        assert_eq!(read(&bytes).unwrap().content, Content::Status(Box::new(status)));
    }
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
