//! Each step fits one state, whatever came before.

use super::*;
use crate::domain::sample;
use proptest::prelude::*;
use schema_documents::ExecutionState as State;

fn signer() -> ExecutionSigner {
    ExecutionSigner { person: sample::id(31), position: sample::id(32) }
}

fn begun() -> Execution {
    let issued =
        OutgoingDocument { draft: Some(sample::id(8)), symbol: Some("05-CV/ĐU".into()), ..sample::outgoing() };
    begin(&issued, signer()).unwrap()
}

fn file(number: u8) -> FileRef {
    FileRef {
        id: sample::id(40 + u128::from(number)),
        name: "05-CV-ĐU.pdf".into(),
        media_type: "application/pdf".into(),
        size: 1,
        sha256: format!("{number:02x}"),
    }
}

fn signature() -> ExecutionSignature {
    let (by, name, serial) = (signer().person, "Trần Văn Minh".to_owned(), "02".to_owned());
    ExecutionSignature { by, at: Instant::from_micros(1), name, serial, stamped: false }
}

#[test]
fn a_paper_is_laid_out_signed_and_sealed() {
    let ready = laid_out(&begun(), &file(1), 2).unwrap();
    assert_eq!((ready.state, ready.pages, laid_out(&ready, &file(2), 2)), (State::ToSign, Some(2), None));
    assert_eq!(fits(&ready, Step::Sign, signer().person, "01"), Ok(()));
    let table = [
        (Step::Sign, sample::id(9), "01", ExecutionRefusal::NotTheSigner),
        (Step::Sign, signer().person, "02", ExecutionRefusal::PaperChanged),
        (Step::Seal, sample::id(9), "01", ExecutionRefusal::StepUnfit { state: State::ToSign }),
    ];
    for (step, who, read, refusal) in table {
        assert_eq!(fits(&ready, step, who, read), Err(refusal));
    }
    let signed = advanced(&ready, Step::Sign, &file(2), signature(), "ĐU");
    assert_eq!((signed.state, signed.sha256.as_deref()), (State::ToSeal, Some("02")));
    assert_eq!(fits(&signed, Step::Seal, sample::id(9), "02"), Ok(()));
    assert!(stamped(&signed, "01", &file(3)).is_none());
    assert!(stamped(&signed, "02", &file(3)).unwrap().signed.unwrap().stamped);
    let done = advanced(&signed, Step::Seal, &file(4), signature(), "ĐU");
    assert_eq!((done.state, done.signed.is_some(), done.sealed.is_some()), (State::Complete, true, true));
    assert_eq!(by_hand(&done), Err(ExecutionRefusal::StepUnfit { state: State::Complete }));
    assert_eq!(advanced(&ready, Step::Sign, &file(2), signature(), "CB").state, State::Complete);
}

#[test]
fn what_has_no_text_or_lies_elsewhere_is_not_signed_here() {
    let plain = OutgoingDocument { draft: None, ..sample::outgoing() };
    assert_eq!(begin(&plain, signer()), Err(ExecutionRefusal::NoTextToSign));
    assert_eq!(begin(&OutgoingDocument { masked: true, ..plain }, signer()), Err(ExecutionRefusal::SignerMasked));
}

#[test]
fn what_hinders_is_told_once_and_gone_when_the_paper_is_there() {
    let hindered = troubled(&begun(), "forms.letter_missing").unwrap();
    assert_eq!(troubled(&hindered, "forms.letter_missing"), None);
    assert_eq!(again(&hindered).unwrap().trouble, None);
    assert_eq!(laid_out(&hindered, &file(1), 1).unwrap().trouble, None);
    assert!(by_hand(&hindered).is_ok());
}

proptest! {
    #[test]
    fn whatever_is_tried_a_signature_stays(steps in proptest::collection::vec(0_u8..6, 0..12)) {
        let mut way = begun();
        for (at, step) in steps.into_iter().enumerate() {
            let file = file(u8::try_from(at).unwrap());
            let read = way.sha256.clone().unwrap_or_default();
            let may = |step| fits(&way, step, signer().person, &read).is_ok();
            let next = match step {
                0 => laid_out(&way, &file, 1),
                1 if may(Step::Sign) => Some(advanced(&way, Step::Sign, &file, signature(), "ĐU")),
                2 if may(Step::Seal) => Some(advanced(&way, Step::Seal, &file, signature(), "ĐU")),
                3 => by_hand(&way).ok(),
                4 => troubled(&way, "forms.press_busy"),
                5 => stamped(&way, &read, &file),
                _ => None,
            };
            let Some(next) = next else { continue };
            prop_assert!(way.signed.is_none() || next.signed.is_some());
            prop_assert!(way.sealed.is_none() || next.sealed.is_some());
            prop_assert!(next.state != State::Complete || next.signed.is_some() && next.sealed.is_some());
            prop_assert_eq!(next.version, way.version.next());
            way = next;
        }
    }
}
