//! Nouns for the tests of the rules. Every name is invented.

use std::{fmt::Debug, str::FromStr};

use schema_documents::{
    IncomingDocument, IncomingState, NumberRegister, OutgoingDocument, OutgoingRecipient, OutgoingState, PeriodKind,
    RegisterIncoming, RegisterKind, RegisterState,
};
use schema_identity::Unit;
use wire::{Day, Instant, Secrecy, Urgency, Version, id::OfficeId};

use super::incoming::Place;

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The id of this number, whatever it is of.
pub(crate) fn id<T: FromStr<Err: Debug>>(number: u128) -> T {
    format!("00000000-0000-7000-8000-{number:012x}").parse().unwrap()
}

pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A file of this content.
pub(crate) fn file(sha256: &str) -> wire::FileRef {
    let (name, media_type) = ("van-ban.pdf".to_owned(), "application/pdf".to_owned());
    wire::FileRef { id: id(77), name, media_type, size: 1, sha256: sha256.to_owned() }
}

pub(crate) fn office() -> OfficeId {
    id(1)
}

pub(crate) fn unit(name: &str) -> Unit {
    Unit {
        id: id(2),
        office: office(),
        name: name.to_owned(),
        body: Some("ĐU".to_owned()),
        parent: None,
        from: day("2025-07-01"),
        to: None,
        version: Version::FIRST,
    }
}

pub(crate) fn place() -> Place {
    Place { id: id(3), register: id(4), number: 7, now: at("2026-11-20T03:00:00Z") }
}

/// An order without anything that describes the content.
pub(crate) fn bare(secrecy: Secrecy) -> RegisterIncoming {
    RegisterIncoming {
        office: office(),
        arrived: None,
        late: false,
        secrecy,
        urgency: Urgency::Normal,
        author_body: None,
        author_unit: None,
        symbol: None,
        document_day: None,
        genre_name: None,
        summary: None,
        pages: Some(3),
        due: None,
        note: None,
        disposition: None,
        duplicate_of: None,
        files: Vec::new(),
        intake: None,
    }
}

pub(crate) fn order() -> RegisterIncoming {
    RegisterIncoming {
        author_body: Some("Văn phòng Tỉnh ủy".to_owned()),
        symbol: Some("817-CV/VPTU".to_owned()),
        document_day: Some(day("2026-11-18")),
        genre_name: Some("Công văn".to_owned()),
        summary: Some("V/v chuẩn bị nội dung làm việc".to_owned()),
        ..bare(Secrecy::Open)
    }
}

pub(crate) fn incoming() -> IncomingDocument {
    let Place { id, register, number, now } = place();
    let order = order();
    IncomingDocument {
        id,
        office: office(),
        version: Version::FIRST,
        register,
        number,
        arrived: now.day(),
        registered_at: now,
        state: IncomingState::Registered,
        void_reason: None,
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        masked: false,
        author_body: order.author_body,
        author_unit: None,
        symbol: order.symbol,
        document_day: order.document_day,
        genre_name: order.genre_name,
        summary: order.summary,
        pages: order.pages,
        note: None,
        duplicate_of: None,
        disposition: None,
        instruction: None,
        due_stated: None,
        due: None,
        due_reason: None,
        desk: None,
        files: Vec::new(),
    }
}

pub(crate) fn outgoing() -> OutgoingDocument {
    OutgoingDocument {
        together_with: Vec::new(),
        id: id(5),
        office: office(),
        version: Version::FIRST,
        state: OutgoingState::Draft,
        genre: "official_letter".to_owned(),
        genre_name: "công văn".to_owned(),
        body_code: "ĐU".to_owned(),
        issuing_unit: None,
        issuing_unit_name: None,
        summary: Some("V/v báo cáo tình hình tháng 11".to_owned()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        masked: false,
        replies_to: Vec::new(),
        draft: Some(id(6)),
        draft_ordinal: 1,
        recipients: vec![OutgoingRecipient { name: "Văn phòng Tỉnh ủy".to_owned(), unit: None }],
        register: None,
        number: None,
        symbol: None,
        dated: None,
        signatory: None,
        copies: None,
        issued_at: None,
        seal: None,
        execution: None,
        void_reason: None,
        files: Vec::new(),
    }
}

pub(crate) fn series(kind: RegisterKind, from: &str, to: Option<&str>) -> NumberRegister {
    let outgoing = kind == RegisterKind::Outgoing;
    NumberRegister {
        id: id(8),
        office: office(),
        version: Version::FIRST,
        kind,
        body_code: outgoing.then(|| "ĐU".to_owned()),
        genres: outgoing.then(|| vec!["official_letter".to_owned()]),
        period: PeriodKind::Term,
        first_day: day(from),
        last_day: to.map(day),
        opening: 1,
        last: 0,
        latest_day: None,
        state: RegisterState::Open,
    }
}
