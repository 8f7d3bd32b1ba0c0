//! Citizens' letters: a number in the common register and nothing of what they say.

use schema_documents::{
    CitizenLetter, CitizenLetterReceived, DocumentActor, EntryKind, EntryState, GetCitizenLetter, GetIncoming,
    IncomingDocument, IncomingState, LetterState, LetterVoidReason, ListIncomingHistory, ListPassages, PassIncoming,
    RegisterCitizenLetter, RegisterIncoming, VoidCitizenLetter, VoidIncoming,
};
use sea_orm::ConnectionTrait as _;
use testbed::Pair;
use wire::Event;

use crate::{
    files::{held, sweep},
    house::House,
    numbers::entries,
};

fn order(house: &House) -> RegisterCitizenLetter {
    RegisterCitizenLetter { office: house.office, arrived: None, late: false, sheets: 0, envelopes: 1 }
}

#[tokio::test]
async fn a_letter_takes_a_number_of_the_common_register_and_waits() {
    let house = House::plain().await;
    let document = house.registered(1).await;
    let letter = house.clerk.call(&order(&house)).await.unwrap();
    assert_eq!((letter.number, letter.register), (2, document.register));
    assert_eq!(letter.state, LetterState::AwaitsClassification);
    let back = house.clerk.call(&GetCitizenLetter { id: letter.id }).await.unwrap();
    assert_eq!(back, letter);
    assert_eq!(house.refused(&GetIncoming { id: letter.id }).await, "documents.incoming_missing");

    let line = entries(&house.clerk, letter.register).await.pop().unwrap();
    assert_eq!(
        (line.kind, line.pages, line.summary, line.author_body),
        (EntryKind::CitizenLetter, Some(0), None, None)
    );
    house.close().await;
}

#[tokio::test]
async fn what_is_told_of_a_letter_is_its_masked_line() {
    let house = House::plain().await;
    let letter = house.clerk.call(&order(&house)).await.unwrap();
    let told = house.bench.events("documents").await.unwrap();
    let received = told.iter().find(|event| event.kind == CitizenLetterReceived::KIND).unwrap();
    let position = house.clerk.authority().unwrap().grants[0].position;
    let by = Some(DocumentActor { person: house.clerk.id(), position, on_behalf_of: None });
    assert_eq!(received.body, serde_json::to_value(CitizenLetterReceived { letter, by }).unwrap());
    house.close().await;
}

#[tokio::test]
async fn a_wrong_line_is_voided_with_a_reason_from_a_closed_list() {
    let house = House::plain().await;
    let CitizenLetter { id, register, .. } = house.clerk.call(&order(&house)).await.unwrap();
    let void = VoidCitizenLetter { id, reason: LetterVoidReason::NotACitizensLetter };
    let voided = house.clerk.call(&void).await.unwrap();
    assert_eq!(voided.state, LetterState::Voided);
    assert_eq!(house.refused(&void).await, "documents.already_voided");
    let line = entries(&house.clerk, register).await.pop().unwrap();
    assert_eq!((line.state, line.note.as_deref()), (EntryState::Voided, Some("không phải đơn thư")));
    house.close().await;
}

/// How many latches have such a name.
async fn latched(house: &House, like: &str) -> u64 {
    let tx = house.bench.service("documents").db().begin().await.unwrap();
    let found = tx.execute_unprepared(&format!("DELETE FROM latch WHERE name LIKE '%{like}%'")).await.unwrap();
    tx.rollback().await.unwrap();
    found.rows_affected()
}

#[tokio::test]
async fn a_letter_entered_as_a_document_is_cleared_when_it_is_voided() {
    let house = House::plain().await;
    let ticket = house.upload(&house.clerk, "Kính gửi Đảng ủy", "don-cua-ong-an.txt", "incoming_document").await;
    let desk = house.unit("Thường trực Đảng ủy", None);
    let typed = RegisterIncoming {
        author_body: Some("Nguyễn Văn An".into()),
        summary: Some("Đơn của ông An".into()),
        note: Some("ông An gửi".into()),
        due: Some(house.day(9)),
        files: vec![ticket],
        ..house.order(7)
    };
    let document = house.clerk.call(&typed).await.unwrap();
    let (id, sha256) = (document.id, &document.files[0].sha256);
    let note = Some("đơn của ông An".into());
    house.clerk.call(&PassIncoming { id, unit: desk.id, position: None, note }).await.unwrap();
    assert_eq!((latched(&house, "nguyen van an").await, latched(&house, sha256).await), (1, 1));

    let void = VoidIncoming { id, reason: "đơn của ông An".into(), masked_reason: None, citizen_letter: true };
    let voided = house.clerk.call(&void).await.unwrap();
    let back = house.clerk.call(&GetIncoming { id }).await.unwrap();
    assert_eq!(back, voided);
    let said = |noun: serde_json::Value| {
        let text = noun.to_string();
        ["An", "CV/VPTU", "Công văn", "don-cua"].into_iter().any(|word| text.contains(word))
    };
    assert!(!said(serde_json::to_value(&voided).unwrap()), "{voided:?}");
    assert_eq!((voided.author_body, voided.document_day, voided.due, voided.files), (None, None, None, vec![]));
    assert_eq!(voided.void_reason.as_deref(), Some("đơn, thư công dân vào nhầm sổ văn bản"));

    let told = house.bench.events("documents").await.unwrap();
    assert!(!said(told.last().unwrap().body.clone()), "the event carries the cleared line");
    let line = entries(&house.clerk, document.register).await.pop().unwrap();
    assert_eq!((line.state, &line.note), (EntryState::Voided, &voided.void_reason));
    assert!(!said(serde_json::to_value(&line).unwrap()));
    let history = house.clerk.call(&ListIncomingHistory { id, limit: None, cursor: None }).await.unwrap();
    assert_eq!(history.items.len(), 3);
    assert!(!said(serde_json::to_value(&history).unwrap()));
    let stays = house.clerk.call(&ListPassages { id, limit: None, cursor: None }).await.unwrap().items;
    assert_eq!(stays[0].note, None);
    assert_eq!((latched(&house, "nguyen van an").await, latched(&house, sha256).await), (0, 0));

    sweep(&house.bench, house.office).await;
    assert_eq!((sweep(&house.bench, house.office).await.removed, held(&house).await), (1, 0));
    house.close().await;
}

#[tokio::test]
async fn a_letter_voided_the_plain_way_is_cleared_later_on_sqlite() {
    cleared_later(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_letter_voided_the_plain_way_is_cleared_later_on_postgres() {
    cleared_later(Pair::LocalPostgres).await;
}

async fn cleared_later(pair: Pair) {
    let house = House::open(pair).await;
    let ticket = house.upload(&house.clerk, "Kính gửi Đảng ủy", "don-cua-ong-an.txt", "incoming_document").await;
    let typed = RegisterIncoming {
        author_body: Some("Nguyễn Văn An".into()),
        summary: Some("Đơn của ông An".into()),
        due: Some(house.day(9)),
        files: vec![ticket],
        ..house.order(7)
    };
    let IncomingDocument { id, register, .. } = house.clerk.call(&typed).await.unwrap();
    let plain = VoidIncoming { id, reason: "đơn của ông An".into(), masked_reason: None, citizen_letter: false };
    house.clerk.call(&plain).await.unwrap();
    assert_eq!(house.refused(&plain).await, "documents.already_voided");
    assert_eq!(latched(&house, "nguyen van an").await, 1);

    let clear = VoidIncoming { citizen_letter: true, ..plain };
    let cleared = house.clerk.call(&clear).await.unwrap();
    assert_eq!((cleared.state, cleared.author_body.is_none()), (IncomingState::Voided, true));
    assert_eq!(house.clerk.call(&GetIncoming { id }).await.unwrap(), cleared);
    let line = entries(&house.clerk, register).await.pop().unwrap();
    let history = house.clerk.call(&ListIncomingHistory { id, limit: None, cursor: None }).await.unwrap();
    assert_eq!(history.items.len(), 3);
    let told = house.bench.events("documents").await.unwrap();
    let last = told.last().unwrap().body.clone();
    for shown in [serde_json::to_value(&cleared), serde_json::to_value(&line), serde_json::to_value(&history), Ok(last)]
    {
        let text = shown.unwrap().to_string();
        assert!(!text.contains("An") && !text.contains("don-cua"), "{pair:?}: {text}");
    }
    assert_eq!(latched(&house, "nguyen van an").await, 0);
    assert_eq!(house.refused(&clear).await, "documents.already_voided", "there is nothing left to clear");
    sweep(&house.bench, house.office).await;
    assert_eq!((sweep(&house.bench, house.office).await.removed, held(&house).await), (1, 0));
    house.close().await;
}

#[tokio::test]
async fn what_is_refused() {
    let house = House::plain().await;
    let nothing = RegisterCitizenLetter { envelopes: 0, ..order(&house) };
    assert_eq!(house.refused(&nothing).await, "documents.nothing_counted");
    let early = RegisterCitizenLetter { arrived: Some(house.day(1)), ..order(&house) };
    assert_eq!(house.refused(&early).await, "documents.day_in_future");
    let missing = GetCitizenLetter { id: runtime::fresh_id().into() };
    assert_eq!(house.refused(&missing).await, "documents.letter_missing");
    house.close().await;
}
