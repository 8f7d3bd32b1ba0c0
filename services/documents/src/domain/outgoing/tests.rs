//! Tables and properties of outgoing documents.

use proptest::prelude::*;
use wire::Urgency;

use super::*;
use crate::domain::sample::{self, at, day};

fn today() -> Day {
    day("2026-11-20")
}

fn order() -> DraftOutgoing {
    DraftOutgoing {
        together_with: Vec::new(),
        office: sample::office(),
        genre: "official_letter".into(),
        body_code: Some("ĐU".into()),
        issuing_unit: None,
        summary: Some("V/v báo cáo".into()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        replies_to: Vec::new(),
        text: None,
        recipients: Vec::new(),
    }
}

fn begun(order: &DraftOutgoing, units: &Units) -> Result<OutgoingDocument, Fault> {
    begin(order, units, Secrecy::Open, today(), sample::id(5))
}

fn issue(dated: Option<&str>) -> IssueOutgoing {
    let dated = dated.map(day);
    let signatory = Some("PHÓ BÍ THƯ Trần Văn Minh".to_owned());
    IssueOutgoing { id: sample::id(5), dated, late: false, signatory, signer: None, copies: Some(5), draft: None }
}

fn number(document: &OutgoingDocument, number: i64) -> OutgoingDocument {
    let ready = ready(document, &issue(None), today()).unwrap();
    issued(document, ready, (sample::id(8), number), at("2026-11-20T03:00:00Z")).unwrap()
}

#[test]
fn a_draft_has_no_number() {
    let draft = begun(&order(), &Units::new()).unwrap();
    assert_eq!((draft.state, draft.number, draft.symbol, draft.dated), (OutgoingState::Draft, None, None, None));
}

#[test]
fn what_cannot_be_begun() {
    let strange = sample::unit("Ban").id;
    let table = [
        (DraftOutgoing { genre: "novel".into(), ..order() }, "documents.genre_unknown"),
        (DraftOutgoing { genre: "party_charter".into(), ..order() }, "documents.genre_uncoded"),
        (DraftOutgoing { body_code: None, ..order() }, "documents.field_missing"),
        (DraftOutgoing { body_code: Some("Đ/U".into()), ..order() }, "documents.body_code_unfit"),
        (DraftOutgoing { summary: None, ..order() }, "documents.field_missing"),
        (DraftOutgoing { issuing_unit: Some(strange), ..order() }, "documents.unit_unknown"),
        (DraftOutgoing { secrecy: Secrecy::Secret, ..order() }, "documents.above_ceiling"),
        (DraftOutgoing { together_with: vec!["Ban".into(); 6], ..order() }, "documents.too_many"),
    ];
    for (order, code) in table {
        assert_eq!(begun(&order, &Units::new()).unwrap_err().code, code);
    }
}

#[test]
fn the_issuing_unit_lends_its_code_and_must_be_ours() {
    let unit = sample::unit("Đảng ủy xã Ngọc Sơn");
    let order = DraftOutgoing { body_code: None, issuing_unit: Some(unit.id), ..order() };
    let units = Units::from([(unit.id, unit.clone())]);
    let draft = begun(&order, &units).unwrap();
    assert_eq!((draft.body_code.as_str(), draft.issuing_unit_name.as_deref()), ("ĐU", Some("Đảng ủy xã Ngọc Sơn")));
    let foreign = Unit { office: sample::id(99), ..unit };
    let units = Units::from([(foreign.id, foreign)]);
    assert_eq!(begun(&order, &units).unwrap_err().code, "documents.unit_unknown");
}

#[test]
fn recipients_take_the_name_of_their_unit() {
    let unit = sample::unit("Ban Xây dựng Đảng");
    let units = Units::from([(unit.id, unit.clone())]);
    let named = [
        OutgoingRecipient { name: " Văn phòng Tỉnh ủy ".into(), unit: None },
        OutgoingRecipient { name: String::new(), unit: Some(unit.id) },
    ];
    let document = address(&sample::outgoing(), &named, &units).unwrap();
    let names: Vec<&str> = document.recipients.iter().map(|recipient| recipient.name.as_str()).collect();
    assert_eq!(names, ["Văn phòng Tỉnh ủy", "Ban Xây dựng Đảng"]);
    let nobody = [OutgoingRecipient { name: " ".into(), unit: None }];
    assert_eq!(address(&sample::outgoing(), &nobody, &units).unwrap_err().code, "documents.field_missing");
}

#[test]
fn issuing_needs_text_recipients_and_a_signatory() {
    let refused =
        |document: &OutgoingDocument, order: &IssueOutgoing| ready(document, order, today()).unwrap_err().code;
    let whole = sample::outgoing();
    let table = [
        (OutgoingDocument { draft: None, ..whole.clone() }, "documents.nothing_to_issue"),
        (OutgoingDocument { recipients: Vec::new(), ..whole.clone() }, "documents.no_recipients"),
        (OutgoingDocument { state: OutgoingState::Issued, ..whole.clone() }, "documents.not_a_draft"),
        (OutgoingDocument { state: OutgoingState::Voided, ..whole.clone() }, "documents.not_a_draft"),
    ];
    for (document, code) in table {
        assert_eq!(refused(&document, &issue(None)), code);
    }
    assert_eq!(refused(&whole, &issue(Some("2026-11-21"))), "documents.day_in_future");
    assert_eq!(refused(&whole, &IssueOutgoing { signatory: None, ..issue(None) }), "documents.field_missing");
}

#[test]
fn the_symbol_is_made_from_number_genre_and_body() {
    let letter = number(&sample::outgoing(), 5);
    assert_eq!(letter.symbol.as_deref(), Some("05-CV/ĐU"));
    let scheme = OutgoingDocument { genre: "scheme".into(), ..sample::outgoing() };
    assert_eq!(number(&scheme, 141).symbol.as_deref(), Some("141-ĐA/ĐU"));
}

#[test]
fn what_is_above_the_ceiling_takes_a_number_and_nothing_else() {
    let order = DraftOutgoing { secrecy: Secrecy::Secret, summary: None, ..order() };
    let draft = begun(&order, &Units::new()).unwrap();
    assert!(draft.masked);
    assert_eq!(redraft(&draft, sample::id(1)), Err(Refusal::Masked));
    assert_eq!(ready(&draft, &issue(None), today()).unwrap_err().code, "documents.above_ceiling");
    let ready = ready(&draft, &IssueOutgoing { signatory: None, ..issue(None) }, today()).unwrap();
    let line = issued(&draft, ready, (sample::id(8), 6), at("2026-11-20T03:00:00Z")).unwrap();
    assert_eq!((line.number, line.summary, line.signatory), (Some(6), None, None));
}

#[test]
fn a_document_is_voided_once() {
    let issued = number(&sample::outgoing(), 5);
    let voided = void(&issued, "ban hành trùng", None).unwrap();
    assert_eq!((voided.number, voided.state), (Some(5), OutgoingState::Voided));
    assert_eq!(void(&voided, "lại", None).unwrap_err().code, "documents.already_voided");
    assert_eq!(void(&issued, "", None).unwrap_err().code, "documents.field_missing");
}

#[test]
fn files_come_to_a_draft_and_the_signed_copy_to_what_was_issued() {
    let draft = sample::outgoing();
    let issued = number(&draft, 5);
    let voided = void(&issued, "ban hành trùng", None).unwrap();
    let masked = OutgoingDocument { masked: true, ..draft.clone() };
    let table = [
        (&draft, Ok(()), Err(Refusal::NotIssued)),
        (&issued, Err(Refusal::IssuedFiles), Ok(())),
        (&voided, Err(Refusal::NotADraft), Err(Refusal::AlreadyVoided)),
        (&masked, Err(Refusal::Masked), Err(Refusal::Masked)),
    ];
    for (document, to_draft, to_issued) in table {
        assert_eq!((attachable(document), signable(document)), (to_draft, to_issued));
    }
}

#[test]
fn an_answer_names_each_document_once() {
    let id = sample::id(3);
    let draft = begun(&DraftOutgoing { replies_to: vec![id, id], ..order() }, &Units::new()).unwrap();
    assert_eq!(draft.replies_to, [id]);
}

proptest! {
    /// After it was issued nothing changes number, symbol, text and recipients, whatever is tried.
    #[test]
    fn what_was_issued_stays(acts in proptest::collection::vec(0u8..4, 0..10)) {
        let mut document = number(&sample::outgoing(), 12);
        let first = document.clone();
        for act in acts {
            let next = match act {
                0 => redraft(&document, sample::id(77)).ok(),
                1 => address(&document, &[], &Units::new()).ok(),
                2 => ready(&document, &issue(None), today()).ok()
                    .and_then(|ready| issued(&document, ready, (sample::id(9), 99), at("2026-11-21T00:00:00Z")).ok()),
                _ => void(&document, "lý do", None).ok(),
            };
            document = next.unwrap_or(document);
            prop_assert_eq!(
                (&document.number, &document.symbol, &document.draft, &document.recipients, &document.register),
                (&first.number, &first.symbol, &first.draft, &first.recipients, &first.register)
            );
        }
    }
}
