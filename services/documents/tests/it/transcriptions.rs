//! Instructions written by hand: the scan, both names, who confirms, who objects.

use schema_documents::{
    ConfirmInstruction, Disposition, DownloadInstructionScan, GetIncoming, Instruction, InstructionState,
    InstructionStep, ListUnconfirmedInstructions, ObjectToInstruction, TranscribeInstruction, TranscriptionState,
};
use testbed::{Pair, Person};
use wire::id::{IncomingId, InstructionId};

use crate::{
    house::{House, refused},
    instructions::{CHIEF, MEMBER, agree, direct, history, lend, position, proposed, to_know, work},
};

async fn scanned(house: &House, id: IncomingId, author: &Person) -> TranscribeInstruction {
    let scan = house.upload(&house.clerk, &format!("bút phê {id}"), "but-phe.png", "instruction_scan").await;
    TranscribeInstruction {
        id,
        author: author.id(),
        author_position: position(author),
        written: house.today(),
        routing: work(house),
        proposal: None,
        scan,
    }
}

/// An instruction by somebody who is remembered, transcribed by the clerk.
pub(crate) async fn transcribed(house: &House, id: IncomingId) -> Instruction {
    let author = house.hired(MEMBER);
    house.remember(&author);
    transcribed_by(house, id, &author).await
}

/// The same by somebody in particular.
pub(crate) async fn transcribed_by(house: &House, id: IncomingId, author: &Person) -> Instruction {
    house.clerk.call(&scanned(house, id, author).await).await.unwrap()
}

/// The same, confirmed by the chief.
pub(crate) async fn confirmed(house: &House) -> Instruction {
    let id = house.registered(72).await.id;
    let given = transcribed(house, id).await;
    house.hired(CHIEF).call(&ConfirmInstruction { id: given.id }).await.unwrap()
}

async fn owed(house: &House, who: &Person) -> Vec<InstructionId> {
    let call = ListUnconfirmedInstructions { office: house.office, limit: None, cursor: None };
    who.call(&call).await.unwrap().items.into_iter().map(|given| given.id).collect()
}

async fn from_paper(pair: Pair) {
    let house = House::open(pair).await;
    let (author, chief) = (house.hired(MEMBER), house.hired(CHIEF));
    house.remember(&author);
    let id = house.registered(1).await.id;
    let call = scanned(&house, id, &author).await;
    let given = house.clerk.call(&call).await.unwrap();
    let told = given.transcription.clone().unwrap();
    assert_eq!((given.by.person, told.by.person), (author.id(), house.clerk.id()), "both names");
    assert_eq!((told.state, given.state), (TranscriptionState::Unconfirmed, InstructionState::InForce));
    let document = house.clerk.call(&GetIncoming { id }).await.unwrap();
    assert_eq!(document.disposition, Some(Disposition::ToProcess), "work starts from the paper");
    assert_eq!(owed(&house, &chief).await, [given.id]);
    let scan = house.clerk.call(&DownloadInstructionScan { id: given.id }).await.unwrap();
    assert_eq!(scan.name, "but-phe.png");

    let confirm = ConfirmInstruction { id: given.id };
    assert_eq!(refused(&house.clerk, &confirm).await.code, "documents.not_confirmer");
    assert_eq!(refused(&house.hired(MEMBER), &confirm).await.code, "documents.not_confirmer");
    let confirmed = chief.call(&confirm).await.unwrap();
    let told = confirmed.transcription.clone().unwrap();
    assert_eq!((told.state, told.answered_by.unwrap().person), (TranscriptionState::Confirmed, chief.id()));
    assert_eq!(owed(&house, &chief).await, []);
    assert_eq!(refused(&author, &confirm).await.code, "documents.transcription_answered");

    let lines = history(&house, id).await;
    let steps: Vec<_> = lines.iter().filter_map(|line| Some((line.step?, line.by?))).collect();
    let (clerk, chief) = (house.clerk.id(), chief.id());
    assert_eq!(steps, [(InstructionStep::Transcribed, clerk), (InstructionStep::Confirmed, chief)]);
    assert_eq!(lines[1].values["author"], author.id().to_string());
    house.close().await;
}

#[tokio::test]
async fn a_handwritten_instruction_is_transcribed_by_one_and_confirmed_by_another_on_sqlite() {
    from_paper(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_handwritten_instruction_is_transcribed_by_one_and_confirmed_by_another_on_postgresql() {
    from_paper(Pair::NatsPostgres).await;
}

#[tokio::test]
async fn the_author_objects_and_nobody_has_decided_any_more() {
    let house = House::plain().await;
    let (author, chief, other) = (house.hired(MEMBER), house.hired(CHIEF), house.hired(MEMBER));
    house.remember(&author);
    let id = house.registered(1).await.id;
    let given = house.clerk.call(&scanned(&house, id, &author).await).await.unwrap();
    chief.call(&ConfirmInstruction { id: given.id }).await.unwrap();
    let object = ObjectToInstruction { id: given.id, reason: "tôi giao Ban Xây dựng Đảng".into() };
    assert_eq!(refused(&chief, &object).await.code, "documents.not_author");
    assert_eq!(refused(&other, &object).await.code, "documents.not_author");
    let reversed = author.call(&object).await.unwrap();
    assert_eq!(reversed.state, InstructionState::Reversed, "what the chief confirmed the author may deny");
    let document = house.clerk.call(&GetIncoming { id }).await.unwrap();
    assert_eq!((document.instruction, document.disposition, document.due), (None, None, None));
    let line = history(&house, id).await.pop().unwrap();
    assert_eq!((line.step, line.by), (Some(InstructionStep::Objected), Some(author.id())));
    assert_eq!(line.values["reason"], "tôi giao Ban Xây dựng Đảng");
    assert_eq!(refused(&author, &object).await.code, "documents.transcription_answered");
    // Decided anew, the document goes its way; what was reversed stays so.
    author.call(&direct(id, to_know())).await.unwrap();
    house.close().await;
}

#[tokio::test]
async fn what_a_transcription_may_not_claim_is_refused() {
    let house = House::plain().await;
    let (author, stranger, chief) = (house.hired(MEMBER), house.hired(MEMBER), house.hired(CHIEF));
    house.remember(&author);
    let id = house.registered(1).await.id;
    let call = scanned(&house, id, &author).await;
    let code = async |call: TranscribeInstruction| refused(&house.clerk, &call).await.code;
    let tomorrow = TranscribeInstruction { written: house.day(1), ..call.clone() };
    assert_eq!(code(tomorrow).await, "documents.written_unfit");
    assert_eq!(code(TranscribeInstruction { written: house.day(-1), ..call.clone() }).await, "documents.written_unfit");
    let own = TranscribeInstruction { author: house.clerk.id(), ..call.clone() };
    assert_eq!(code(own).await, "documents.own_hand");
    let nobody = TranscribeInstruction { author: stranger.id(), ..call.clone() };
    assert_eq!(code(nobody).await, "documents.author_unfit", "who could not instruct on that day");
    let elsewhere = TranscribeInstruction { author_position: position(&stranger), ..call.clone() };
    assert_eq!(code(elsewhere).await, "documents.author_unfit", "in another position");
    let ticket = house.upload(&house.clerk, "khác", "khac.png", "incoming_document").await;
    assert_eq!(code(TranscribeInstruction { scan: ticket, ..call.clone() }).await, "wire.bad_ticket");
    assert_eq!(refused(&chief, &call).await.code, "wire.denied", "a clerk transcribes");

    let proposal = proposed(&house, &chief, id, &author).await;
    let answers = TranscribeInstruction { proposal: Some(proposal.id), ..call };
    let given = house.clerk.call(&answers).await.unwrap();
    assert_eq!((given.proposal, given.as_proposed), (Some(proposal.id), false));
    assert_eq!(refused(&author, &agree(&proposal)).await.code, "documents.proposal_answered");
    house.close().await;
}

#[tokio::test]
async fn the_transcriber_confirms_for_nobody() {
    let house = House::plain().await;
    let author = house.hired(MEMBER);
    house.remember(&author);
    let clerk = house.hired(crate::house::CLERK);
    lend(&author, &clerk);
    let id = house.registered(1).await.id;
    let scan = house.upload(&clerk, "bút phê", "but-phe.png", "instruction_scan").await;
    let call = TranscribeInstruction { scan, ..scanned(&house, id, &author).await };
    let given = clerk.call(&call).await.unwrap();
    assert_eq!(refused(&clerk, &ConfirmInstruction { id: given.id }).await.code, "documents.own_transcription");
    let deputy = house.hired(&["documents.incoming.read"]);
    lend(&author, &deputy);
    let confirmed = deputy.call(&ConfirmInstruction { id: given.id }).await.unwrap();
    let by = confirmed.transcription.unwrap().answered_by.unwrap();
    assert_eq!((by.person, by.on_behalf_of), (deputy.id(), Some(author.id())), "both names");
    house.close().await;
}
