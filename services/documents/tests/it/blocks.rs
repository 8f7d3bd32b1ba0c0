//! Numbers held back on paper for an outage, entered afterwards with the true moment and both names.

use schema_documents::{
    EnterReservedIncoming, EnterReservedLetter, EntryKind, EntryState, GetNumberBlock, IncomingDocument,
    IssueReservedOutgoing, ListIncomingHistory, ListNumberBlocks, NumberBlock, RegisterCitizenLetter, ReserveNumbers,
    VoidReservedNumbers,
};
use sea_orm::ConnectionTrait as _;
use testbed::Pair;
use wire::{
    Instant, Kind,
    id::{PersonId, RegisterId},
};

use crate::{
    house::{House, refused},
    numbers::entries,
    outgoing::issue,
};

pub(crate) fn reserve(house: &House, register: RegisterId, numbers: u16, sheet: &str) -> ReserveNumbers {
    ReserveNumbers {
        register,
        numbers,
        sheet: sheet.to_owned(),
        holder: runtime::fresh_id().into(),
        holder_name: "Lê Thị Hạnh".to_owned(),
        expires: house.today(),
    }
}

fn enter(house: &House, block: &NumberBlock, number: i64, paper: u32) -> EnterReservedIncoming {
    EnterReservedIncoming {
        id: block.id,
        number,
        written_at: block.reserved_at,
        written_by: PersonId(runtime::fresh_id()),
        written_by_name: "Lê Thị Hạnh".to_owned(),
        document: house.order(paper),
    }
}

fn letter(house: &House) -> RegisterCitizenLetter {
    RegisterCitizenLetter { office: house.office, arrived: None, late: false, sheets: 1, envelopes: 1 }
}

#[tokio::test]
async fn what_was_written_in_the_dark_is_entered_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let register = house.registered(1).await.register;
        let block = house.clerk.call(&reserve(&house, register, 4, "Phiếu 1")).await.unwrap();
        assert_eq!((block.first, block.last, block.held.as_slice()), (2, 5, &[2, 3, 4, 5][..]));
        assert_eq!(house.registered(2).await.number, 6, "the system goes on behind the sheet");

        let order = enter(&house, &block, 3, 3);
        let document: IncomingDocument = house.clerk.call(&order).await.unwrap();
        assert_eq!((document.number, document.arrived), (3, block.reserved_at.day()));
        let paper = EnterReservedLetter {
            id: block.id,
            number: 2,
            written_at: block.reserved_at,
            written_by: order.written_by,
            written_by_name: "Lê Thị Hạnh".to_owned(),
            letter: letter(&house),
        };
        assert_eq!(house.clerk.call(&paper).await.unwrap().number, 2);
        assert_eq!(house.refused(&enter(&house, &block, 3, 4)).await, "documents.number_not_held");
        assert_eq!(house.refused(&enter(&house, &block, 4, 3)).await, "documents.likely_duplicate");

        let told = ListIncomingHistory { id: document.id, limit: None, cursor: None };
        let history = house.clerk.call(&told).await.unwrap().items;
        let line = &history[0];
        assert_eq!((line.by, line.values["written_by_name"].as_str()), (Some(house.clerk.id()), "Lê Thị Hạnh"));
        assert_eq!(line.values["written_at"], block.reserved_at.to_string());

        let void = VoidReservedNumbers { id: block.id, reason: "có điện lại".into() };
        let voided = house.clerk.call(&void).await.unwrap();
        assert_eq!((voided.held.len(), voided.entered.len()), (0, 2));
        let entered = &voided.entered[1];
        assert_eq!((entered.number, entered.written_by, entered.entered_by), (3, order.written_by, house.clerk.id()));
        assert_eq!(house.refused(&void).await, "documents.nothing_held");
        let states: Vec<_> = entries(&house.clerk, register)
            .await
            .into_iter()
            .map(|entry| (entry.number, entry.state, entry.kind))
            .collect();
        use EntryState::{Registered, Voided};
        let incoming = EntryKind::Incoming;
        let expected = [
            (1, Registered, incoming),
            (2, Registered, EntryKind::CitizenLetter),
            (3, Registered, incoming),
            (4, Voided, incoming),
            (5, Voided, incoming),
            (6, Registered, incoming),
        ];
        assert_eq!(states, expected, "{pair:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn a_document_is_issued_under_a_number_of_the_sheet() {
    let house = House::plain().await;
    let first = house.drafted().await;
    let register = house.clerk.call(&issue(first.id)).await.unwrap().register.unwrap();
    let block = house.clerk.call(&reserve(&house, register, 2, "Phiếu 1")).await.unwrap();
    let order = |number, written_at: Instant, id| IssueReservedOutgoing {
        id: block.id,
        number,
        written_at,
        written_by: house.clerk.id(),
        written_by_name: "Lê Thị Hạnh".into(),
        issue: issue(id),
    };
    let draft = house.drafted().await.id;
    let issued = house.clerk.call(&order(2, block.reserved_at, draft)).await.unwrap();
    assert_eq!((issued.number, issued.symbol.as_deref()), (Some(2), Some("02-CV/ĐU")));
    let after = house.clerk.call(&issue(house.drafted().await.id)).await.unwrap();
    assert_eq!(after.number, Some(4), "the number after the sheet");
    let other = schema_documents::DraftOutgoing { body_code: Some("VPĐU".into()), ..house.draft() };
    let other = house.clerk.call(&other).await.unwrap().id;
    assert_eq!(house.refused(&order(3, block.reserved_at, other)).await, "documents.block_unfit");
    assert_eq!(house.refused(&enter(&house, &block, 3, 1)).await, "documents.block_unfit");
    house.close().await;
}

#[tokio::test]
async fn what_is_refused_and_what_is_overdue() {
    let house = House::plain().await;
    let register = house.registered(1).await.register;
    let plain = || reserve(&house, register, 2, "Phiếu 1");
    let block = house.clerk.call(&plain()).await.unwrap();
    let table = [
        (plain(), "documents.sheet_taken"),
        (ReserveNumbers { numbers: 201, ..plain() }, "documents.field_out_of_range"),
        (ReserveNumbers { expires: house.day(-1), ..plain() }, "documents.block_expiry_unfit"),
        (ReserveNumbers { register: runtime::fresh_id().into(), ..plain() }, "documents.register_missing"),
    ];
    for (order, code) in table {
        assert_eq!(house.refused(&order).await, code);
    }
    let enter = |written_at| EnterReservedIncoming { written_at, ..enter(&house, &block, 2, 2) };
    let second = std::time::Duration::from_secs(1);
    for moment in [block.reserved_at.minus(second), block.reserved_at.plus(second * 3_600)] {
        assert_eq!(house.refused(&enter(moment)).await, "documents.written_outside");
    }
    let mut later = enter(block.reserved_at);
    later.document.arrived = Some(house.day(1));
    assert_eq!(house.refused(&later).await, "documents.day_in_future");
    let missing = GetNumberBlock { id: runtime::fresh_id().into() };
    assert_eq!(house.refused(&missing).await, "documents.number_block_missing");
    let reader = house.bench.person(&[(house.office, &["documents.registers.read"])]);
    assert_eq!(refused(&reader, &plain()).await.kind, Kind::Denied);

    let overdue = ListNumberBlocks { office: house.office, register: None, overdue: true, limit: None, cursor: None };
    assert!(reader.call(&overdue).await.unwrap().items.is_empty());
    expire(&house).await;
    let listed = reader.call(&overdue).await.unwrap().items;
    assert_eq!((listed.len(), listed[0].held.as_slice()), (1, &[2, 3][..]));
    house.clerk.call(&VoidReservedNumbers { id: block.id, reason: "quá hạn".into() }).await.unwrap();
    assert!(reader.call(&overdue).await.unwrap().items.is_empty());
    house.close().await;
}

/// Puts the last day of every sheet into the past, where the guards let nobody put it.
async fn expire(house: &House) {
    let tx = house.bench.service("documents").db().begin().await.unwrap();
    tx.execute_unprepared("DROP TRIGGER number_block_fixed").await.unwrap();
    tx.execute_unprepared("UPDATE number_block SET expires = '2020-01-01'").await.unwrap();
    tx.commit().await.unwrap();
}
