//! What is written is sound by our own validator, and is read back as it was.

use edxml::{BusinessKind, Content, Message, StatusCode, Unwritable, check, read, write_message, write_status};
use proptest::prelude::*;

use crate::sound::{about, file, message, office, status, taken};

#[test]
fn messages_of_every_kind_come_back_as_they_went() {
    for kind in BusinessKind::ALL {
        let sent = if kind == BusinessKind::New { message() } else { about(kind) };
        let bytes = write_message(&sent).unwrap();
        assert_eq!(check(&bytes), [], "{kind:?}");
        assert_eq!(taken(&bytes), sent, "{kind:?}");
        assert_eq!(write_message(&sent).unwrap(), bytes);
    }
}

#[test]
fn statuses_come_back_as_they_went() {
    for code in StatusCode::ALL {
        let sent = status(code);
        let bytes = write_status(&sent).unwrap();
        let reading = read(&bytes).unwrap();
        assert_eq!(reading.remarks, [], "{code:?}");
        assert_eq!(reading.content, Content::Status(Box::new(sent)));
    }
}

#[test]
fn what_is_not_sound_is_not_written() {
    let refused = |change: &dyn Fn(&mut Message), code: &str| {
        let mut message = message();
        change(&mut message);
        match write_message(&message) {
            Err(Unwritable::Unsound(found)) => assert!(found.iter().any(|one| one.code == code), "{code}: {found:#?}"),
            other => panic!("{code}: {other:?}"),
        }
    };
    refused(&|one| one.to.clear(), "edxml.missing_receiver");
    refused(&|one| one.subject.clear(), "edxml.missing_element");
    refused(&|one| one.from.organ_id = "A".repeat(36), "edxml.organ_id_long");
    refused(&|one| one.attachments.clear(), "edxml.no_attachment");
    refused(&|one| one.attachments[1].content_id = "1".to_owned(), "edxml.duplicate_content_id");
    refused(&|one| one.subject.push('\u{1}'), "edxml.forbidden_character");
    refused(&|one| one.promulgation.date.text = "2026/02/30".to_owned(), "edxml.impossible_date");
    refused(&|one| one.other.priority = Some(9), "edxml.unknown_code");
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-zĂÂĐÊÔƠƯăâđêôơưếửạ0-9&<>\"'./;-]{1,12}( [a-zđư&<]{1,9}){0,5}"
}

prop_compose! {
    fn any_message()(
        subject in words(),
        content in words(),
        names in prop::collection::vec(words(), 1..5),
        places in prop::collection::vec(words(), 0..4),
        number in 1_u32..9_999,
        priority in prop::option::of(0_u32..=4),
        steering in prop::option::of(0_u32..=1),
        files in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..300), 1..4),
        kind in prop::sample::select(BusinessKind::ALL.to_vec()),
    ) -> Message {
        let mut message = if kind == BusinessKind::New { message() } else { about(kind) };
        message.subject = subject;
        message.content = content;
        let to = names.into_iter().enumerate();
        message.to = to.map(|(at, name)| office(&format!("H{:02}.{at}", at + 1), &name)).collect();
        message.places = places;
        message.code.number = number.to_string();
        message.other.priority = priority;
        message.steering = steering;
        let files = files.into_iter().enumerate();
        message.attachments = files.map(|(at, bytes)| file(&format!("f{at}"), &format!("tệp {at}.bin"), &bytes)).collect();
        message
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_message_comes_back_as_it_went(sent in any_message()) {
        let bytes = write_message(&sent).unwrap();
        prop_assert_eq!(taken(&bytes), sent);
    }
}
