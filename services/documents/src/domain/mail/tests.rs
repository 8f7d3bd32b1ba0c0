//! What is told to senders, each thing once.

use schema_documents::IntakeMail;
use wire::{Version, id::MailId};

use super::*;
use crate::domain::sample;

fn kept(answers: bool) -> KeptMail {
    let outside =
        IntakeMail { id: MailId(sample::id(1)), kind: MailKind::New, from: None, deliveries: 1, remarks: Vec::new() };
    let mail = Mail {
        outside,
        office: sample::office(),
        version: Version::FIRST,
        at: sample::at("2026-11-20T01:00:00Z"),
        intake: None,
        progress: None,
        take_back: None,
        incoming: None,
        outgoing: None,
        asks: false,
        told: Vec::new(),
    };
    let answers = answers.then(|| Answers::from(&Answered { organ_id: "G09.01".into(), ..Answered::default() }));
    KeptMail { mail, identity: String::new(), outside: Outside { answers, ..Outside::default() } }
}

#[test]
fn a_sender_is_told_each_thing_once_and_nothing_out_of_order() {
    let now = sample::at("2026-11-20T02:00:00Z");
    let mut mail = kept(true);
    let says = |mail: &mut KeptMail, code: StatusCode| match told(mail, code, None, now) {
        Some((after, status)) => {
            *mail = after;
            assert_eq!((status.code.as_str(), status.written_at), (code.text(), None));
            true
        }
        None => false,
    };
    use StatusCode::*;
    let course = [
        (Accepted, false),
        (Arrived, true),
        (Arrived, false),
        (Accepted, true),
        (Handling, true),
        (Assigned, false),
        (TakeBackAgreed, false),
        (TakeBackAsked, true),
        (TakeBackRefused, true),
        (Finished, true),
        (Refused, false),
    ];
    for (code, expected) in course {
        assert_eq!(says(&mut mail, code), expected, "{code:?}");
    }
    assert_eq!((mail.mail.progress.as_deref(), mail.mail.take_back.as_deref()), (Some("06"), Some("16")));
    assert!(!says(&mut kept(false), Arrived), "nobody is told of a letter");
}

#[test]
fn a_refusal_has_a_reason() {
    for (agree, given, expected) in [
        (true, None, Ok(None)),
        (true, Some(" "), Ok(None)),
        (false, Some(" vì đã làm "), Ok(Some("vì đã làm".to_owned()))),
        (false, Some(" "), Err(MailRefusal::MailReasonMissing)),
        (false, None, Err(MailRefusal::MailReasonMissing)),
    ] {
        assert_eq!(reason(agree, given), expected, "{agree} {given:?}");
    }
}
