//! What the tables refuse whoever writes to them: the book is not changed behind the rules' back.

use schema_programme::{AskExtension, Assignment, DecideExtension, GetAssignment, PauseAssignment};
use sea_orm::ConnectionTrait as _;
use testbed::Pair;
use wire::{Call as _, Day, Meta};

use crate::desk::{Desk, refused};

/// Runs a statement with everything the service itself may do, and tells why it failed.
async fn attack(desk: &Desk, statement: &str) -> Option<String> {
    let tx = desk.bench.service("programme").db().begin().await.unwrap();
    let failed = tx.execute_unprepared(statement).await.err().map(|error| error.to_string());
    tx.rollback().await.unwrap();
    failed
}

async fn the_book_stands(pair: Pair) {
    let desk = Desk::open(pair, Vec::new()).await;
    desk.accepted().await;
    let table = [
        ("UPDATE assignment SET due = '2099-01-01'", "never changes"),
        ("UPDATE assignment SET due = '2099-01-01', version = version + 1", "history does not tell"),
        ("UPDATE assignment SET original_due = '2099-01-01', version = version + 1", "never changes"),
        ("UPDATE assignment SET state = 'closed', owed = false, version = version + 1", "history does not tell"),
        ("DELETE FROM assignment", "not deleted"),
        ("UPDATE assignment_entry SET note = 'x'", "only added to"),
        ("DELETE FROM assignment_entry", "only added to"),
        // A forged entry of another act does not carry a new due day either.
        (
            "INSERT INTO assignment_entry SELECT assignment_id, 3, office_id, 'progress', NULL, NULL, at, NULL, state, \
             lead_unit_id, '2099-01-01', NULL FROM assignment_entry WHERE version = 2; \
             UPDATE assignment SET due = '2099-01-01', version = 3",
            "history does not tell",
        ),
    ];
    for (statement, why) in table {
        let failed = attack(&desk, statement).await.unwrap_or_else(|| panic!("the book took `{statement}`"));
        assert!(failed.contains(why), "`{statement}`: {failed}");
    }
    desk.bench.finish().await;
}

#[tokio::test]
async fn sqlite_keeps_the_book() {
    the_book_stands(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn postgresql_keeps_the_book() {
    the_book_stands(Pair::LocalPostgres).await;
}

async fn due(desk: &Desk, of: &Assignment) -> Day {
    desk.chief.call(&GetAssignment { id: of.id }).await.unwrap().due
}

#[tokio::test]
async fn only_an_approved_extension_moves_the_due_day() {
    let desk = Desk::plain().await;
    let work = desk.accepted().await;
    let ask = AskExtension { id: work.id, until: desk.day(30), reason: "chờ số liệu".into() };
    desk.clerk.call(&ask).await.unwrap();
    assert_eq!(due(&desk, &work).await, work.due, "asking moves nothing");
    desk.chief.call(&DecideExtension { id: work.id, approve: false, answer: Some("không".into()) }).await.unwrap();
    assert_eq!(due(&desk, &work).await, work.due, "nor does a refusal");
    desk.clerk.call(&ask).await.unwrap();
    desk.chief.call(&DecideExtension { id: work.id, approve: true, answer: None }).await.unwrap();
    assert_eq!(due(&desk, &work).await, desk.day(30));
    desk.bench.finish().await;
}

#[tokio::test]
async fn a_pause_is_said_by_a_service_and_moves_the_due_day() {
    let desk = Desk::plain().await;
    let work = desk.accepted().await;
    let (office, instrument) = (work.office, "văn bản mẫu, Điều 5".to_owned());
    let call = PauseAssignment { id: work.id, office, instrument, from: desk.today(), until: desk.day(4) };
    assert_eq!(refused(&desk.chief, &call).await, "wire.denied", "no person says it");
    let now = desk.bench.platform.clock.now();
    let token = desk.bench.signer("testbed").unwrap().sign_service(now, std::time::Duration::from_secs(60));
    let meta = Meta { token: Some(token), ..Meta::default() };
    let patience = std::time::Duration::from_secs(20);
    let elsewhere = PauseAssignment { office: desk.bench.office(), ..call.clone() };
    let missing = desk.bench.platform.bus.ask(&meta, &elsewhere, patience).await.unwrap_err();
    assert_eq!(missing.code, "programme.assignment_missing");
    let paused = desk.bench.platform.bus.ask(&meta, &call, patience).await.unwrap();
    assert!(paused.due >= work.due.plus(4).unwrap(), "{} {}", PauseAssignment::NAME, paused.due);
    assert!(paused.due_reason.vi.contains("Điều 5"));
    desk.bench.finish().await;
}
