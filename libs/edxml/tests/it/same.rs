//! Several deliveries of one message are one message.

use edxml::{BusinessKind, Message};

use crate::{
    damage::{text, usual},
    sound::{about, message, office, taken},
};

#[test]
fn deliveries_differ_and_the_message_is_the_same() {
    let first = message().identity();
    let same = |change: &dyn Fn(&mut Message)| {
        let mut again = message();
        change(&mut again);
        assert_eq!(taken(text(&again).as_bytes()).identity(), first);
    };
    same(&|_| {});
    same(&|one| one.to = vec![office("G12", "Văn phòng khác")]);
    same(&|one| one.trace.clear());
    same(&|one| one.from.organ_id = "000.00.65.A32".to_owned());
    same(&|one| one.attachments.reverse());
    let spaced = usual().replace("<edXML:Subject>", "<edXML:Subject>\n   ");
    assert_eq!(taken(spaced.as_bytes()).identity(), first);
}

#[test]
fn other_messages_are_told_from_it() {
    let first = message().identity();
    let other = |change: &dyn Fn(&mut Message)| {
        let mut other = message();
        change(&mut other);
        other.identity()
    };
    // Something else under the same id: the document is the same, what is said is not.
    for changed in [
        other(&|one| one.subject.push('x')),
        other(&|one| one.attachments[0].bytes.push(b' ')),
        other(&|one| drop(one.attachments.pop())),
    ] {
        assert_eq!(changed.document, first.document);
        assert_ne!(changed.content, first.content);
    }
    for kind in [BusinessKind::Revoke, BusinessKind::Update, BusinessKind::Replace] {
        assert_ne!(about(kind).identity().document, first.document);
        assert_eq!(about(kind).affected(), ["A32.65,2026/03/01,9/CV-TU"]);
    }
    assert_ne!(other(&|one| one.document_id = "A32.65,2026/03/05,13/CV-TU".to_owned()).document, first.document);
}
