//! What an order to register must hold, and what becomes of it.

use wire::Urgency;

use super::*;
use crate::domain::sample;

fn today() -> Day {
    "2026-11-20".parse().unwrap()
}

fn code(order: &RegisterIncoming, ceiling: Secrecy) -> (String, String) {
    let fault = describe(order, None, ceiling, today()).unwrap_err();
    (fault.code, fault.field.unwrap_or_default())
}

#[test]
fn what_is_wrong_is_named() {
    let plain = sample::order();
    let table: [(RegisterIncoming, &str, &str); 6] = [
        (RegisterIncoming { author_body: None, ..plain.clone() }, "documents.field_missing", "author_body"),
        (RegisterIncoming { summary: Some(" ".into()), ..plain.clone() }, "documents.field_missing", "summary"),
        (RegisterIncoming { pages: Some(0), ..plain.clone() }, "documents.field_out_of_range", "pages"),
        (
            RegisterIncoming { arrived: Some("2026-11-21".parse().unwrap()), ..plain.clone() },
            "documents.day_in_future",
            "arrived",
        ),
        (
            RegisterIncoming { document_day: Some("2026-11-21".parse().unwrap()), ..plain.clone() },
            "documents.dated_after_arrival",
            "document_day",
        ),
        (
            RegisterIncoming { due: Some("2026-11-19".parse().unwrap()), ..plain.clone() },
            "documents.due_before_arrival",
            "due",
        ),
    ];
    for (order, expected, field) in table {
        assert_eq!(code(&order, Secrecy::Open), (expected.to_owned(), field.to_owned()));
    }
}

#[test]
fn a_unit_named_as_author_lends_its_name() {
    let order = RegisterIncoming { author_body: None, ..sample::order() };
    let unit = sample::unit("Ban Xây dựng Đảng");
    let described = describe(&order, Some(&unit), Secrecy::Open, today()).unwrap();
    assert_eq!(described.author_body.as_deref(), Some("Ban Xây dựng Đảng"));
}

#[test]
fn above_the_ceiling_only_the_masked_line_is_kept() {
    let secret = RegisterIncoming { secrecy: Secrecy::Secret, ..sample::order() };
    assert_eq!(code(&secret, Secrecy::Open).0, "documents.above_ceiling");
    assert!(describe(&secret, None, Secrecy::Secret, today()).is_ok());

    let bare = RegisterIncoming { urgency: Urgency::Urgent, ..sample::bare(Secrecy::Secret) };
    let described = describe(&bare, None, Secrecy::Open, today()).unwrap();
    let masked = enter(
        &bare,
        described,
        sample::place(),
        Vec::new(),
        rules::Calendar::national().as_known_on(sample::place().now.day()).into(),
    )
    .unwrap();
    let told = serde_json::to_value(&masked).unwrap();
    let mut fields: Vec<&String> = told.as_object().unwrap().keys().collect();
    fields.sort();
    let allowed = [
        "arrived",
        "files",
        "id",
        "masked",
        "number",
        "office",
        "pages",
        "register",
        "registered_at",
        "secrecy",
        "state",
        "urgency",
        "version",
    ];
    assert_eq!(fields, allowed);
    assert!(masked.masked && masked.files.is_empty());
}

#[test]
fn each_particular_is_refused_above_the_ceiling() {
    let full = RegisterIncoming {
        author_unit: Some(sample::unit("a").id),
        note: Some("gấp".into()),
        due: Some("2026-11-30".parse().unwrap()),
        disposition: Some(Disposition::ToKnow),
        duplicate_of: Some(sample::incoming().id),
        files: vec![wire::Ticket("t".into())],
        intake: Some(sample::id(9)),
        ..sample::order()
    };
    assert!(particulars(&full).iter().all(|(_, given)| *given), "a particular is not seen as given");
    assert!(particulars(&sample::bare(Secrecy::Open)).iter().all(|(_, given)| !given));
}

#[test]
fn the_summary_of_a_top_secret_document_is_never_entered() {
    let order = RegisterIncoming { secrecy: Secrecy::TopSecret, ..sample::order() };
    assert_eq!(code(&order, Secrecy::TopSecret).0, "documents.top_secret_summary");
    let described = describe(&RegisterIncoming { summary: None, ..order }, None, Secrecy::TopSecret, today()).unwrap();
    assert_eq!((described.summary, described.masked), (None, false));
}

#[test]
fn a_stated_day_makes_it_work() {
    let order = RegisterIncoming { due: Some("2026-12-04".parse().unwrap()), ..sample::order() };
    let described = describe(&order, None, Secrecy::Open, today()).unwrap();
    let document = enter(
        &order,
        described,
        sample::place(),
        Vec::new(),
        rules::Calendar::national().as_known_on(sample::place().now.day()).into(),
    )
    .unwrap();
    assert_eq!((document.disposition, document.due), (Some(Disposition::ToProcess), order.due));
}

#[test]
fn a_line_is_voided_once_and_with_a_reason() {
    let document = sample::incoming();
    assert_eq!(void(&document, "  ", None).unwrap_err().code, "documents.field_missing");
    let voided = void(&document, "vào nhầm sổ", None).unwrap();
    assert_eq!(voided.void_reason.as_deref(), Some("vào nhầm sổ"));
    assert_eq!(void(&voided, "lại", None).unwrap_err().code, "documents.already_voided");
    assert_eq!(voided.number, document.number);
}

#[test]
fn a_letter_voided_the_plain_way_is_cleared_later_and_once() {
    let plain = void(&sample::incoming(), "đơn của ông An", None).unwrap();
    let cleared = unsay(&plain).unwrap();
    assert_eq!((cleared.state, &cleared.author_body, &cleared.summary), (IncomingState::Voided, &None, &None));
    assert_eq!(cleared.void_reason.as_deref(), Some(CITIZEN_LETTER));
    assert_eq!(unsay(&cleared), Err(Refusal::AlreadyVoided));
    let masked = IncomingDocument { masked: true, author_body: None, ..plain };
    assert_eq!(unsay(&masked), Err(Refusal::AlreadyVoided), "a masked line has nothing to clear");
}
