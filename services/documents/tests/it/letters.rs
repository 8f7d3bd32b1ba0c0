//! Citizens' letters: a number in the common register and nothing of what they say.

use schema_documents::{
    CitizenLetter, CitizenLetterReceived, EntryKind, EntryState, GetCitizenLetter, GetIncoming, LetterState,
    LetterVoidReason, RegisterCitizenLetter, VoidCitizenLetter,
};
use wire::Event;

use crate::{house::House, numbers::entries};

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
    assert_eq!(received.body, serde_json::to_value(CitizenLetterReceived { letter }).unwrap());
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
