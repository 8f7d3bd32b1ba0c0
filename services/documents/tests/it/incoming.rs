//! Registering incoming documents: what is refused, what is kept, and that a repeat gets the first answer.

use schema_documents::{
    Disposition, GetIncoming, IncomingDocument, IncomingState, ListIncoming, ListOrder, RegisterIncoming, VoidIncoming,
};
use wire::{Kind, Secrecy, Version};

use crate::house::{House, refused};

#[tokio::test]
async fn a_document_gets_the_next_number_and_is_read_back() {
    let house = House::plain().await;
    let first = house.registered(1).await;
    let second = house.clerk.call(&RegisterIncoming { due: Some(house.day(9)), ..house.order(2) }).await.unwrap();
    assert_eq!((first.number, second.number, first.register), (1, 2, second.register));
    assert_eq!((second.disposition, second.due), (Some(Disposition::ToProcess), Some(house.day(9))));
    let back = house.clerk.call(&GetIncoming { id: first.id }).await.unwrap();
    assert_eq!(back, first);
    house.close().await;
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer() {
    let house = House::plain().await;
    let clerk = house.clerk.with_key("once");
    let order = house.order(1);
    let (first, again) = (clerk.call(&order).await.unwrap(), clerk.call(&order).await.unwrap());
    assert_eq!(first, again);
    let other = refused(&clerk, &house.order(2)).await;
    assert_eq!(other.code, "wire.key_reused");
    assert_eq!(house.registered(3).await.number, 2, "nothing was spent on the repeat");
    house.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_refused_by_code() {
    let house = House::plain().await;
    let plain = || house.order(1);
    let unit = runtime::fresh_id().into();
    let table = [
        (RegisterIncoming { author_body: None, ..plain() }, "documents.field_missing"),
        (RegisterIncoming { summary: Some("x".repeat(1_001)), ..plain() }, "documents.field_too_long"),
        (RegisterIncoming { symbol: Some("05\u{202E}-CV".into()), ..plain() }, "documents.field_unclean"),
        (RegisterIncoming { pages: Some(0), ..plain() }, "documents.field_out_of_range"),
        (RegisterIncoming { arrived: Some(house.day(1)), ..plain() }, "documents.day_in_future"),
        (RegisterIncoming { document_day: Some(house.day(1)), ..plain() }, "documents.dated_after_arrival"),
        (RegisterIncoming { due: Some(house.day(-1)), ..plain() }, "documents.due_before_arrival"),
        (RegisterIncoming { author_unit: Some(unit), ..plain() }, "documents.unit_unknown"),
        (RegisterIncoming { secrecy: Secrecy::Secret, ..plain() }, "documents.above_ceiling"),
        (RegisterIncoming { duplicate_of: Some(runtime::fresh_id().into()), ..plain() }, "documents.incoming_missing"),
    ];
    for (order, code) in table {
        assert_eq!(house.refused(&order).await, code);
    }
    assert_eq!(house.registered(1).await.number, 1, "a refusal spends no number");
    house.close().await;
}

#[tokio::test]
async fn numbers_follow_days_unless_confirmed() {
    let house = House::plain().await;
    house.registered(1).await;
    let yesterday = RegisterIncoming { arrived: Some(house.day(-1)), ..house.order(2) };
    assert_eq!(house.refused(&yesterday).await, "documents.late_entry");
    let late = house.clerk.call(&RegisterIncoming { late: true, ..yesterday }).await.unwrap();
    assert_eq!((late.number, late.arrived), (2, house.day(-1)));
    house.close().await;
}

#[tokio::test]
async fn a_likely_duplicate_names_the_earlier_document_and_is_taken_when_confirmed() {
    let house = House::plain().await;
    let first = house.registered(5).await;
    let typed = RegisterIncoming {
        author_body: Some("VĂN PHÒNG TỈNH UỶ".into()),
        symbol: Some("Số: 5 – cv/vptu".into()),
        summary: Some("khác".into()),
        ..house.order(5)
    };
    let fault = refused(&house.clerk, &typed).await;
    assert_eq!((fault.kind, fault.code.as_str()), (Kind::Conflict, "documents.likely_duplicate"));
    let detail = fault.detail.unwrap();
    assert_eq!(detail["id"], first.id.to_string());
    assert_eq!((&detail["number"], &detail["symbol"]), (&1.into(), &"05-CV/VPTU".into()));
    let confirmed = RegisterIncoming { duplicate_of: Some(first.id), ..typed };
    let second = house.clerk.call(&confirmed).await.unwrap();
    assert_eq!((second.number, second.duplicate_of), (2, Some(first.id)));
    house.close().await;
}

#[tokio::test]
async fn a_voided_document_is_no_duplicate_and_its_number_is_spent() {
    let house = House::plain().await;
    let first = house.registered(5).await;
    assert_eq!(
        house
            .refused(&VoidIncoming { id: first.id, reason: " ".into(), masked_reason: None, citizen_letter: false })
            .await,
        "documents.field_missing"
    );
    let voided = house
        .clerk
        .call(&VoidIncoming {
            id: first.id, reason: "vào nhầm sổ".into(), masked_reason: None, citizen_letter: false
        })
        .await
        .unwrap();
    assert_eq!((voided.state, voided.version), (IncomingState::Voided, Version(2)));
    assert_eq!(
        house
            .refused(&VoidIncoming { id: first.id, reason: "lại".into(), masked_reason: None, citizen_letter: false })
            .await,
        "documents.already_voided"
    );
    assert_eq!(house.registered(5).await.number, 2);
    house.close().await;
}

#[tokio::test]
async fn above_the_ceiling_a_masked_line_is_all_there_is() {
    let house = House::plain().await;
    let line = house.clerk.call(&house.bare(Secrecy::TopSecret)).await.unwrap();
    assert!(line.masked);
    assert_eq!((line.number, line.author_body, line.symbol, line.summary), (1, None, None, None));
    let code = house
        .refused(&schema_documents::DisposeIncoming {
            id: line.id,
            disposition: Disposition::ToKnow,
            due: None,
            note: None,
        })
        .await;
    assert_eq!(code, "documents.masked");
    house.close().await;
}

#[tokio::test]
async fn a_unit_of_ours_lends_its_name_as_author() {
    let house = House::plain().await;
    let unit = house.unit("Ban Xây dựng Đảng", Some("BXDĐ"));
    let order = RegisterIncoming { author_body: None, author_unit: Some(unit.id), ..house.order(1) };
    let document = house.clerk.call(&order).await.unwrap();
    assert_eq!(document.author_body.as_deref(), Some("Ban Xây dựng Đảng"));
    house.close().await;
}

#[tokio::test]
async fn a_unit_is_named_as_on_the_day_its_document_bears() {
    let house = House::plain().await;
    let unit = house.unit("Ban Tổ chức", None);
    house.renamed(&unit, "Ban Xây dựng Đảng", house.day(-1));
    for (number, days, name) in [(1, -2, "Ban Tổ chức"), (2, -1, "Ban Xây dựng Đảng")] {
        let document_day = Some(house.day(days));
        let order =
            RegisterIncoming { author_body: None, author_unit: Some(unit.id), document_day, ..house.order(number) };
        assert_eq!(house.clerk.call(&order).await.unwrap().author_body.as_deref(), Some(name));
    }
    house.close().await;
}

#[tokio::test]
async fn another_office_sees_and_changes_nothing() {
    let house = House::plain().await;
    let document = house.registered(1).await;
    let stranger = house.bench.person(&[(house.bench.office(), crate::house::CLERK)]);
    let looked = refused(&stranger, &GetIncoming { id: document.id }).await;
    assert_eq!((looked.kind, looked.code.as_str()), (Kind::Missing, "documents.incoming_missing"));
    let voided = refused(
        &stranger,
        &VoidIncoming { id: document.id, reason: "x".into(), masked_reason: None, citizen_letter: false },
    )
    .await;
    assert_eq!(voided.kind, Kind::Missing);
    assert_eq!(refused(&stranger, &house.order(2)).await.kind, Kind::Missing);
    let list = ListIncoming {
        office: house.office,
        register: None,
        from: None,
        to: None,
        state: None,
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: None,
        cursor: None,
    };
    assert_eq!(refused(&stranger, &list).await.kind, Kind::Missing);
    let reader = house.bench.person(&[(house.office, &["documents.incoming.read"])]);
    assert_eq!(refused(&reader, &house.order(2)).await.kind, Kind::Denied);
    house.close().await;
}

#[tokio::test]
async fn a_change_on_an_old_version_is_refused() {
    let house = House::plain().await;
    let IncomingDocument { id, .. } = house.registered(1).await;
    let void = VoidIncoming { id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false };
    assert_eq!(refused(&house.clerk.expecting(Version(7)), &void).await.kind, Kind::Stale);
    assert!(house.clerk.expecting(Version(1)).call(&void).await.is_ok());
    house.close().await;
}
