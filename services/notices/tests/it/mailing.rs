//! Mail: bundled, in working hours, once, and never with a word of what it is about.

use schema_programme::AssignmentState as State;
use serde_json::json;
use testbed::Pair;
use wire::Day;

use crate::{
    office::{CANARY, Office, next_day, time, work},
    settings::{section, subscribe},
    smtp::Server,
};

const ADDRESS: &str = "truong@example.vn";

/// An office whose head is mailed to, on a day off.
async fn subscribed(pair: Pair) -> (Office, Server, Day) {
    let server = Server::start().await;
    let office = Office::open(pair, section(&server)).await;
    subscribe(&office, &server, &office.head, ADDRESS).await;
    let off = next_day(office.clock.now().day(), false);
    office.at(time(off, 10, 0)).await;
    (office, server, off)
}

/// Gives the unit so many more pieces of work.
async fn give(office: &mut Office, ids: std::ops::RangeInclusive<u128>) {
    for id in ids {
        let event = work(office, id, 1, State::Assigned, json!({}));
        office.tell(&event).await;
    }
    office.settled().await;
}

/// Lets the bundle be made, and then be sent.
async fn two_rounds(office: &Office) {
    office.pass(11).await;
    office.pass(11).await;
}

async fn mail_is_bundled_and_waits_for_a_working_day(pair: Pair) {
    let (mut office, server, off) = subscribed(pair).await;
    give(&mut office, 1..=2).await;
    let open = next_day(off, true);
    for closed in [time(off, 11, 0), time(open, 7, 29)] {
        office.at(closed).await;
        two_rounds(&office).await;
    }
    assert_eq!(server.taken().len(), 1, "the code alone");
    office.at(time(open, 7, 31)).await;
    two_rounds(&office).await;
    let mail = server.mail(2).await;
    assert_eq!(mail.to, ADDRESS);
    let text = mail.text();
    assert!(text.contains("- Việc mới giao cho đơn vị của bạn: 2\n"), "{text}");
    assert!(text.contains("https://vanphong.example"), "{text}");
    assert!(mail.raw.is_ascii() && !mail.raw.contains(CANARY) && !text.contains(CANARY), "{}", mail.raw);
    assert!(mail.header("Date").contains(&format!("{:02} ", open.day())), "{}", mail.header("Date"));
    assert!(mail.header("Subject").starts_with("=?utf-8?"), "{}", mail.header("Subject"));
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    // What comes next waits for the interval, and one that is done meanwhile is not told.
    give(&mut office, 3..=4).await;
    let accepted = work(&office, 4, 2, State::Accepted, json!({ "handler": office.head.id() }));
    office.tell(&accepted).await;
    office.settled().await;
    two_rounds(&office).await;
    assert_eq!(server.taken().len(), 2);
    office.pass(15 * 60).await;
    two_rounds(&office).await;
    let text = server.mail(3).await.text();
    assert!(text.contains("- Việc mới giao cho đơn vị của bạn: 1\n"), "{text}");
    assert_eq!(server.taken().len(), 3);
    office.finish().await;
}

#[tokio::test]
async fn bundles_on_sqlite() {
    mail_is_bundled_and_waits_for_a_working_day(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn bundles_on_postgresql() {
    mail_is_bundled_and_waits_for_a_working_day(Pair::LocalPostgres).await;
}

#[tokio::test]
async fn a_mail_that_was_not_taken_is_sent_again_once_even_after_a_restart() {
    let (mut office, server, off) = subscribed(Pair::LocalSqlite).await;
    give(&mut office, 1..=1).await;
    server.answer("451 not now");
    office.at(time(next_day(off, true), 8, 0)).await;
    two_rounds(&office).await;
    assert_eq!((server.refused().len(), server.taken().len()), (1, 1));
    office.stop().await;
    office.start().await;
    office.pass(30).await;
    assert_eq!(server.taken().len(), 1, "it waits a minute");
    office.pass(30).await;
    let mail = server.mail(2).await;
    assert_eq!(mail.header("Message-ID"), server.refused()[0].header("Message-ID"));
    office.stop().await;
    office.start().await;
    for _ in 0..3 {
        office.pass(3600).await;
    }
    assert_eq!((server.refused().len(), server.taken().len()), (1, 2), "once");
    office.finish().await;
}

#[tokio::test]
async fn an_address_that_is_gone_is_not_tried_again() {
    let (mut office, server, off) = subscribed(Pair::LocalSqlite).await;
    give(&mut office, 1..=1).await;
    server.answer("550 no such mailbox");
    office.at(time(next_day(off, true), 8, 0)).await;
    two_rounds(&office).await;
    server.refusal(1).await;
    for _ in 0..3 {
        office.pass(3600).await;
    }
    assert_eq!((server.refused().len(), server.taken().len()), (1, 1));
    assert_eq!(office.needs(&office.head).await.len(), 1, "the list still has it");
    office.finish().await;
}

#[tokio::test]
async fn nothing_is_mailed_to_somebody_who_was_disabled() {
    let (mut office, server, off) = subscribed(Pair::LocalSqlite).await;
    let head = office.head.id();
    office.person(head, false, 2).await;
    give(&mut office, 1..=1).await;
    office.at(time(next_day(off, true), 8, 0)).await;
    two_rounds(&office).await;
    assert_eq!(server.taken().len(), 1);
    office.person(head, true, 3).await;
    give(&mut office, 2..=2).await;
    office.pass(15 * 60).await;
    two_rounds(&office).await;
    let text = server.mail(2).await.text();
    assert!(text.contains("- Việc mới giao cho đơn vị của bạn: 1\n"), "{text}");
    office.finish().await;
}
