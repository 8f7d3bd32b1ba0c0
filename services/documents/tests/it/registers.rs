//! Registers: opened with their first number, closed, paged, and as CSV.

use futures_util::TryStreamExt as _;
use schema_documents::{
    CloseRegister, DraftOutgoing, ExportRegister, GetRegister, ListRegisters, NumberRegister, OpenRegister, PeriodKind,
    RegisterCitizenLetter, RegisterIncoming, RegisterKind, RegisterState, VoidIncoming,
};
use wire::Day;

use crate::{
    house::{House, refused},
    outgoing::issue,
};

fn arrivals(house: &House) -> OpenRegister {
    OpenRegister {
        office: house.office,
        kind: RegisterKind::Incoming,
        body_code: None,
        genres: None,
        period: PeriodKind::Term,
        first_day: house.day(-400),
        last_day: None,
        opening: Some(1201),
    }
}

fn letters(house: &House) -> OpenRegister {
    OpenRegister {
        kind: RegisterKind::Outgoing,
        body_code: Some("ĐU".into()),
        genres: Some(vec!["official_letter".into()]),
        opening: Some(140),
        ..arrivals(house)
    }
}

#[tokio::test]
async fn a_register_goes_on_from_the_paper_book() {
    let house = House::plain().await;
    let NumberRegister { id, last, .. } = house.clerk.call(&arrivals(&house)).await.unwrap();
    assert_eq!(last, 1200);
    let document = house.registered(1).await;
    assert_eq!((document.number, document.register), (1201, id));
    house.clerk.call(&letters(&house)).await.unwrap();
    let draft = house.drafted().await;
    let issued = house.clerk.call(&issue(draft.id)).await.unwrap();
    assert_eq!(issued.symbol.as_deref(), Some("140-CV/ĐU"));
    let register = house.clerk.call(&GetRegister { id }).await.unwrap();
    assert_eq!((register.last, register.latest_day), (1201, Some(house.today())));
    house.close().await;
}

#[tokio::test]
async fn what_is_refused_by_code() {
    let house = House::plain().await;
    house.clerk.call(&letters(&house)).await.unwrap();
    assert_eq!(house.refused(&letters(&house)).await, "documents.register_overlaps");
    let all = OpenRegister { genres: None, ..letters(&house) };
    assert_eq!(house.refused(&all).await, "documents.register_overlaps");
    let table = [
        (OpenRegister { body_code: None, ..letters(&house) }, "documents.scope_unfit"),
        (OpenRegister { genres: Some(vec!["novel".into()]), ..letters(&house) }, "documents.genre_unknown"),
        (OpenRegister { last_day: Some(house.day(-500)), ..arrivals(&house) }, "documents.period_unfit"),
        (OpenRegister { opening: Some(0), ..arrivals(&house) }, "documents.field_out_of_range"),
    ];
    for (order, code) in table {
        assert_eq!(house.refused(&order).await, code);
    }
    let missing = GetRegister { id: runtime::fresh_id().into() };
    assert_eq!(house.refused(&missing).await, "documents.register_missing");
    house.close().await;
}

#[tokio::test]
async fn one_code_of_a_body_has_one_series() {
    let house = House::plain().await;
    let mut symbols = Vec::new();
    for genre in ["regulation", "decision", "regulation"] {
        let draft = house.clerk.call(&DraftOutgoing { genre: genre.into(), ..house.draft() }).await.unwrap();
        symbols.push(house.clerk.call(&issue(draft.id)).await.unwrap().symbol.unwrap());
    }
    assert_eq!(symbols, ["01-QĐ/ĐU", "02-QĐ/ĐU", "03-QĐ/ĐU"]);
    // What was opened for one of the two by hand stays as it is, and nothing opens itself beside it.
    let decisions = OpenRegister {
        body_code: Some("VPĐU".into()),
        genres: Some(vec!["decision".into()]),
        opening: Some(7),
        ..letters(&house)
    };
    house.clerk.call(&decisions).await.unwrap();
    let of = async |genre: &str| {
        let order = DraftOutgoing { genre: genre.into(), body_code: Some("VPĐU".into()), ..house.draft() };
        house.clerk.call(&order).await.unwrap().id
    };
    assert_eq!(house.clerk.call(&issue(of("decision").await)).await.unwrap().number, Some(7));
    let regulation = of("regulation").await;
    assert_eq!(house.refused(&issue(regulation)).await, "documents.code_numbered");
    let alone = OpenRegister { genres: Some(vec!["regulation".into()]), opening: None, ..decisions };
    house.clerk.call(&alone).await.unwrap();
    assert_eq!(house.clerk.call(&issue(regulation)).await.unwrap().number, Some(1));
    house.close().await;
}

#[tokio::test]
async fn a_commune_issues_under_its_own_codes() {
    let house = House::plain().await;
    let under = |code: &str| DraftOutgoing { body_code: Some(code.into()), ..house.draft() };
    let fault = refused(&house.clerk, &under("TW")).await;
    assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("documents.body_code_foreign", Some("body_code")));
    assert_eq!(house.refused(&under("VPTU")).await, "documents.body_code_foreign");
    let open = OpenRegister { body_code: Some("TW".into()), ..letters(&house) };
    assert_eq!(house.refused(&open).await, "documents.body_code_foreign");
    for code in ["ĐU", "VPĐU", "ĐH"] {
        house.clerk.call(&under(code)).await.unwrap();
    }
    // What the guide does not list is the office's to vouch for: by a unit that bears it, or by a register.
    assert_eq!(house.refused(&under("BCĐ")).await, "documents.body_code_unknown");
    let unit = house.unit("Ban Chỉ đạo chuyển đổi số", Some("BCĐ"));
    house.clerk.call(&DraftOutgoing { issuing_unit: Some(unit.id), ..under("BCĐ") }).await.unwrap();
    house.clerk.call(&OpenRegister { body_code: Some("HĐ".into()), ..letters(&house) }).await.unwrap();
    house.clerk.call(&under("HĐ")).await.unwrap();
    house.close().await;
}

#[tokio::test]
async fn a_closed_register_gives_no_number() {
    let house = House::plain().await;
    let NumberRegister { id, .. } = house.clerk.call(&arrivals(&house)).await.unwrap();
    house.registered(1).await;
    let early = CloseRegister { id, last_day: house.day(-1) };
    assert_eq!(house.refused(&early).await, "documents.register_used_later");
    let closed = house.clerk.call(&CloseRegister { id, last_day: house.today() }).await.unwrap();
    assert_eq!(closed.state, RegisterState::Closed);
    assert_eq!(house.refused(&CloseRegister { id, last_day: house.today() }).await, "documents.register_closed");
    // The term's register covered this year, so that none opens itself beside it.
    assert_eq!(house.refused(&house.order(2)).await, "documents.no_arrival_register");
    let open =
        ListRegisters { office: house.office, kind: None, state: Some(RegisterState::Open), limit: None, cursor: None };
    assert!(house.clerk.call(&open).await.unwrap().items.is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_register_is_exported_as_csv_that_a_spreadsheet_reads_and_does_not_calculate() {
    let house = House::plain().await;
    let formula = RegisterIncoming { summary: Some("=HYPERLINK(\"x\")".into()), ..house.order(1) };
    let document = house.clerk.call(&formula).await.unwrap();
    let letter = RegisterCitizenLetter { office: house.office, arrived: None, late: false, sheets: 0, envelopes: 2 };
    house.clerk.call(&letter).await.unwrap();
    house
        .clerk
        .call(&VoidIncoming { id: document.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false })
        .await
        .unwrap();
    let reader = house.bench.person(&[(house.office, &["documents.incoming.read"])]);
    let export = ExportRegister { id: document.register };
    assert_eq!(refused(&reader, &export).await.code, "wire.denied");

    let download = house.clerk.call(&export).await.unwrap();
    let year: Day = Day::new(house.today().year(), 1, 1).unwrap();
    assert_eq!(download.name, format!("so-van-ban-den-{year}.csv"));
    let area = house.bench.platform.blobs.area("documents", &house.office.to_string()).unwrap();
    let chunks: Vec<_> = area.open(&download.sha256, None).await.unwrap().bytes.try_collect().await.unwrap();
    let bytes = chunks.concat();
    assert_eq!(bytes.len() as u64, download.size);
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{FEFF}Số đến,"), "{}", lines[0]);
    assert!(
        lines[1].starts_with("1,") && lines[1].contains("'=HYPERLINK") && lines[1].ends_with("nhầm,Số hủy"),
        "{}",
        lines[1]
    );
    assert!(lines[2].contains("Đơn thư (chờ phân loại)"), "{}", lines[2]);
    assert_eq!(lines.len(), 4, "{text}");
    house.close().await;
}
