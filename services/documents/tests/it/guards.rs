//! What the database itself refuses, whoever writes to it: attacks in plain SQL on both databases.

use schema_documents::{
    DraftOpeningAct, DraftOutgoing, EnterReservedIncoming, OutgoingDocument, RegisterCitizenLetter, VoidIncoming,
};
use sea_orm::ConnectionTrait;
use testbed::Pair;
use wire::Secrecy;

use crate::{
    blocks::reserve, bodies::body, house::House, instructions::instructed, outgoing::issue, signatures::looked_at,
};

#[tokio::test]
async fn sqlite_refuses_every_attack() {
    attacked(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn postgres_refuses_every_attack() {
    attacked(Pair::LocalPostgres).await;
}

/// One office with something of everything, and statements that a program with the service's own rights might try.
async fn attacked(pair: Pair) {
    let house = House::open(pair).await;
    let letter = house.registered(1).await;
    let voided = house.registered(2).await;
    house
        .clerk
        .call(&VoidIncoming { id: voided.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false })
        .await
        .unwrap();
    house.clerk.call(&house.bare(Secrecy::TopSecret)).await.unwrap();
    let counted = RegisterCitizenLetter { office: house.office, arrived: None, late: false, sheets: 1, envelopes: 1 };
    house.clerk.call(&counted).await.unwrap();
    let ticket = house.upload(&house.clerk, "bản ký", "ban-ky.txt", "outgoing_document").await;
    let order = DraftOutgoing { replies_to: vec![letter.id], ..house.draft() };
    let OutgoingDocument { id, .. } = house.clerk.call(&order).await.unwrap();
    house.clerk.call(&schema_documents::AttachOutgoingFile { id, ticket }).await.unwrap();
    house.clerk.call(&issue(id)).await.unwrap();

    house.clerk.call(&body(&house, "ĐU", "Con dấu số 01")).await.unwrap();
    let held = house.clerk.call(&reserve(&house, letter.register, 2, "Phiếu 1")).await.unwrap();
    let paper = EnterReservedIncoming {
        id: held.id,
        number: held.first,
        written_at: held.reserved_at,
        written_by: held.holder,
        written_by_name: held.holder_name,
        document: house.order(3),
    };
    house.clerk.call(&paper).await.unwrap();
    let opening = DraftOpeningAct {
        office: house.office,
        day: house.today(),
        instrument: "01-BB/VPĐU".into(),
        signatory: "CHÁNH VĂN PHÒNG".into(),
        signed_by: None,
        registers: Vec::new(),
    };
    house.clerk.call(&opening).await.unwrap();
    instructed(&house).await;
    looked_at(&house, 79).await;

    for attack in ATTACKS {
        let db = house.bench.service("documents").db();
        let tx = db.begin().await.unwrap();
        let result = tx.execute_unprepared(attack).await;
        tx.rollback().await.unwrap();
        let told = result.map(|done| done.rows_affected()).unwrap_err().to_string();
        assert!(MESSAGES.iter().any(|message| told.contains(message)), "{pair:?}: {attack}: {told}");
    }
    house.close().await;
}

/// Each touches at least one row of the office above.
const ATTACKS: [&str; 64] = [
    "UPDATE register SET last = last - 1",
    "UPDATE register SET last = last + 2",
    "UPDATE register SET opening = 5",
    "DELETE FROM register",
    "UPDATE register_entry SET number = number + 100",
    "UPDATE register_entry SET state = 'registered' WHERE state = 'voided'",
    "UPDATE register_entry SET day = '2020-01-01' WHERE state = 'registered'",
    "DELETE FROM register_entry",
    "INSERT INTO register_entry (register_id, number, office_id, state, kind, day, at)
        SELECT register_id, number + 1000, office_id, state, kind, day, at FROM register_entry",
    "UPDATE incoming SET number = 99",
    "UPDATE incoming SET arrived = '2020-01-01', version = version + 1",
    "UPDATE incoming SET masked = NOT masked, version = version + 1",
    "UPDATE incoming SET summary = 'lộ', version = version + 1 WHERE masked",
    "UPDATE incoming SET state = 'registered', version = version + 1 WHERE state = 'voided'",
    "UPDATE incoming SET summary = 'khác', version = version + 1 WHERE state = 'voided'",
    "UPDATE incoming SET author_body = NULL, version = version + 1 WHERE state = 'voided'",
    "UPDATE incoming SET void_reason = NULL, version = version + 1 WHERE state = 'voided'",
    "UPDATE incoming SET summary = 'khác' WHERE state = 'registered'",
    "UPDATE register_entry SET note = 'khác' WHERE state = 'voided'",
    "UPDATE register_entry SET note = NULL WHERE state = 'voided'",
    "DELETE FROM incoming",
    "UPDATE signature_check SET state = 'waiting'",
    "UPDATE letter SET number = 99, version = version + 1",
    "DELETE FROM letter",
    "UPDATE outgoing SET number = 99, version = version + 1",
    "UPDATE outgoing SET symbol = '99-CV/X', version = version + 1",
    "UPDATE outgoing SET summary = 'khác', version = version + 1",
    "UPDATE outgoing SET recipients = '[]', version = version + 1",
    "UPDATE outgoing SET draft_id = NULL, version = version + 1",
    "UPDATE outgoing SET state = 'draft', version = version + 1",
    "DELETE FROM outgoing",
    "UPDATE draft SET body = 'khác'",
    "DELETE FROM draft",
    "INSERT INTO draft (id, office_id, outgoing_id, ordinal, by_person, at, note, body)
        SELECT outgoing_id, office_id, outgoing_id, 9, by_person, at, note, 'khác' FROM draft",
    "DELETE FROM outgoing_reply",
    "DELETE FROM file",
    "UPDATE file SET sha256 = 'khác'",
    "UPDATE history SET act = 'issued'",
    "DELETE FROM history",
    "UPDATE register_entry SET state = 'registered' WHERE state = 'reserved'",
    "UPDATE register_entry SET state = 'voided' WHERE state = 'reserved'",
    "UPDATE register_entry SET state = 'imported' WHERE state = 'reserved'",
    "UPDATE register_entry SET sheet = 'khác' WHERE state = 'reserved'",
    "UPDATE register_entry SET sheet = 'khác' WHERE state = 'registered'",
    "UPDATE register_entry SET state = 'reserved', incoming_id = NULL WHERE state = 'registered'",
    "INSERT INTO register_entry (register_id, number, office_id, state, kind, day, incoming_id, at)
        SELECT register_id, number + 1000, office_id, 'imported', kind, day, incoming_id, at FROM register_entry
        WHERE state = 'registered'",
    "UPDATE number_block SET expires = '2099-01-01', version = version + 1",
    "DELETE FROM number_block",
    "UPDATE paper_entry SET written_by_name = 'khác'",
    "DELETE FROM paper_entry",
    "UPDATE issuing_body SET seal = 'khác', version = version + 1",
    "DELETE FROM issuing_body",
    "UPDATE opening_act SET signatory = 'khác'",
    "DELETE FROM opening_act",
    "UPDATE proposal SET put_to = id, version = version + 1",
    "UPDATE proposal SET state = 'waiting', version = version + 1",
    "DELETE FROM proposal",
    "UPDATE instruction SET by_actor = transcribed_by, version = version + 1 WHERE transcription IS NOT NULL",
    "UPDATE instruction SET transcription = 'unconfirmed', version = version + 1 WHERE transcription = 'confirmed'",
    "UPDATE instruction SET transcription = 'confirmed', version = version + 1 WHERE transcription IS NULL",
    "UPDATE instruction SET state = 'in_force', version = version + 1 WHERE state = 'superseded'",
    "UPDATE instruction SET state = 'reversed', version = version + 1 WHERE state = 'in_force'",
    "DELETE FROM instruction",
    "DELETE FROM file WHERE owner_kind = 'instruction'",
];

/// What the guards say.
const MESSAGES: [&str; 24] = [
    "what a check found does not change",
    "a register counts by one",
    "a register is closed, not deleted",
    "a number in a register",
    "a number is entered when its register",
    "this of an incoming document never changes",
    "an incoming document is voided",
    "a masked line describes nothing",
    "of a letter never changes",
    "a letter is voided",
    "an issued document",
    "a document has its number when it is issued",
    "outgoing document is voided",
    "version",
    "history is only added to",
    "what a document answers",
    "a file does not change",
    "a sheet of reserved numbers",
    "what was written on a sheet",
    "an issuing body is ended",
    "a signed opening act",
    "what was proposed never changes",
    "an instruction never changes",
    "the scan of an instruction",
];
