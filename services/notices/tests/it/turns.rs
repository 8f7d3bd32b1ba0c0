//! Whose turn it is: notices come and go with the work, for one person each, and only that person sees them.

use schema_documents::{ExecutionChanged, ReviewChanged};
use schema_notices::{ListNotices, MarkNoticeRead, MarkNoticesRead, NoticeKind, NoticeSourceKind};
use schema_programme::AssignmentState as State;
use serde_json::json;
use testbed::Pair;
use uuid::Uuid;

use crate::office::{CLERKS, HEADS, Office, paper, work};

async fn notices_follow_the_work(pair: Pair) {
    let mut office = Office::open(pair, json!({})).await;
    let handled = json!({ "handler": office.clerk.id() });
    let story = [
        (State::Assigned, json!({}), (None, Some(NoticeKind::WorkGivenToUnit), None)),
        (State::Accepted, handled.clone(), (None, None, None)),
        (State::Done, handled.clone(), (Some(NoticeKind::WorkDone), None, None)),
        (State::Returned, handled.clone(), (None, None, Some(NoticeKind::WorkReturned))),
        (State::Done, handled.clone(), (Some(NoticeKind::WorkDone), None, None)),
        (State::Closed, handled, (None, None, None)),
    ];
    for (version, (state, more, (chief, head, clerk))) in (1..).zip(story) {
        let event = work(&office, 1, version, state, more);
        office.tell(&event).await;
        // Told twice, as after a restored publisher: nothing is given twice.
        office.tell(&event).await;
        office.settled().await;
        for (person, kind) in [(&office.chief, chief), (&office.head, head), (&office.clerk, clerk)] {
            assert_eq!(office.needs(person).await, Vec::from_iter(kind), "version {version}");
        }
    }
    assert_eq!(office.given().await, 4);
    let all = ListNotices { settled: true, ..ListNotices::default() };
    let past = office.list(&office.chief, &all).await;
    assert_eq!(past.len(), 2);
    assert!(past.iter().all(|notice| notice.settled_at.is_some() && notice.source.id == Uuid::from_u128(1)));
    office.finish().await;
}

#[tokio::test]
async fn notices_follow_the_work_on_sqlite() {
    notices_follow_the_work(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn notices_follow_the_work_on_nats_and_postgresql() {
    notices_follow_the_work(Pair::NatsPostgres).await;
}

#[tokio::test]
async fn an_extension_needs_who_decides_and_then_who_asked() {
    let mut office = Office::plain().await;
    let handler = office.clerk.id();
    let by = json!({ "person": handler, "position": CLERKS });
    let asked = json!({ "asked_by": by, "asked_at": "2026-11-23T02:00:00Z", "until": "2100-01-05", "reason": "x",
        "state": "asked" });
    let mut decided = asked.clone();
    decided["state"] = json!("approved");
    let doing = |extensions| json!({ "handler": handler, "extensions": extensions });
    office.tell(&work(&office, 1, 1, State::InProgress, doing(json!([])))).await;
    office.tell(&work(&office, 1, 2, State::InProgress, doing(json!([asked])))).await;
    office.settled().await;
    assert_eq!(office.needs(&office.chief).await, [NoticeKind::ExtensionAsked]);
    office.tell(&work(&office, 1, 3, State::InProgress, doing(json!([decided])))).await;
    office.settled().await;
    assert_eq!(office.needs(&office.chief).await, []);
    assert_eq!(office.needs(&office.clerk).await, [NoticeKind::ExtensionDecided]);
    office.tell(&work(&office, 1, 4, State::Withdrawn, doing(json!([decided])))).await;
    office.settled().await;
    assert_eq!(office.needs(&office.clerk).await, [NoticeKind::WorkWithdrawn]);
    office.finish().await;
}

#[tokio::test]
async fn a_word_and_a_signature_are_asked_of_one_person_until_they_are_given() {
    let mut office = Office::plain().await;
    let (person, at) = (office.clerk.id(), office.office);
    let review = |version: i64, kind: &str, state: &str| -> ReviewChanged {
        serde_json::from_value(json!({ "review": { "id": Uuid::from_u128(7), "office": at, "kind": kind,
            "document": Uuid::from_u128(8), "state": state, "of": person, "version": version, "due": "2099-12-31" } }))
        .unwrap()
    };
    let way = |version: i64, state: &str| -> ExecutionChanged {
        serde_json::from_value(json!({ "execution": { "id": Uuid::from_u128(8), "office": at, "state": state,
            "version": version, "signer": { "person": person, "position": CLERKS } } }))
        .unwrap()
    };
    let asked = [review(1, "opinion", "waiting"), review(2, "opinion", "agreed"), review(3, "approval", "waiting")];
    let signing = [way(1, "laying_out"), way(2, "to_sign"), way(3, "to_seal")];
    let wanted = [vec![NoticeKind::OpinionAsked], vec![], vec![NoticeKind::ApprovalAsked]];
    for (event, wanted) in asked.iter().zip(wanted) {
        office.tell(event).await;
        office.tell(event).await;
        office.settled().await;
        assert_eq!(office.needs(&office.clerk).await, wanted);
        assert_eq!((office.needs(&office.chief).await, office.needs(&office.head).await), (vec![], vec![]));
    }
    let wanted = [vec![], vec![NoticeKind::SignatureAsked], vec![]];
    office.tell(&review(4, "approval", "agreed")).await;
    for (event, wanted) in signing.iter().zip(wanted) {
        office.tell(event).await;
        office.settled().await;
        assert_eq!(office.needs(&office.clerk).await, wanted);
    }
    office.finish().await;
}

#[tokio::test]
async fn a_paper_needs_whoever_has_it_on_the_desk_and_nobody_else() {
    let mut office = Office::plain().await;
    office.tell(&paper(&office, 5, 1, Some(CLERKS))).await;
    office.settled().await;
    let found = office.list(&office.clerk, &ListNotices::default()).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].source.kind), (NoticeKind::PaperAtDesk, NoticeSourceKind::IncomingDocument));
    office.tell(&paper(&office, 5, 2, Some(HEADS))).await;
    office.settled().await;
    assert_eq!((office.needs(&office.clerk).await, office.needs(&office.head).await.len()), (vec![], 1));
    office.tell(&paper(&office, 5, 3, None)).await;
    office.settled().await;
    assert_eq!(office.needs(&office.head).await, []);
    office.finish().await;
}

#[tokio::test]
async fn a_successor_takes_over_what_waits_for_the_position() {
    let mut office = Office::plain().await;
    office.tell(&work(&office, 1, 1, State::Assigned, json!({ "lead_position": CLERKS }))).await;
    office.settled().await;
    assert_eq!(office.needs(&office.clerk).await, [NoticeKind::WorkGivenToYou]);
    let (clerk, chief, today) = (office.clerk.id(), office.chief.id(), office.clock.now().day());
    office.hold(CLERKS, clerk, 2, Some(today)).await;
    office.hold(CLERKS, chief, 1, None).await;
    office.settled().await;
    office.pass(16).await;
    assert_eq!(office.needs(&office.clerk).await, []);
    assert_eq!(office.needs(&office.chief).await, [NoticeKind::WorkGivenToYou]);
    office.finish().await;
}

#[tokio::test]
async fn one_s_own_are_listed_the_unread_first_and_nobody_else_s() {
    let mut office = Office::plain().await;
    for id in 1..=3 {
        office.clock.advance(std::time::Duration::from_secs(1));
        office.tell(&work(&office, id, 1, State::Assigned, json!({}))).await;
        office.settled().await;
    }
    let sources = async |call: &ListNotices| {
        let found = office.list(&office.head, call).await;
        found.into_iter().map(|notice| notice.source.id.as_u128()).collect::<Vec<_>>()
    };
    let whole = ListNotices::default();
    assert_eq!(sources(&whole).await, [3, 2, 1]);
    let newest = office.list(&office.head, &whole).await[0].clone();
    let stranger = office.bench.person(&[(office.office, &["programme.assignments.read"])]);
    assert_eq!(office.needs(&stranger).await, []);
    let mark = MarkNoticeRead { id: newest.id };
    assert_eq!(office.refused(&stranger, &mark).await, "notices.notice_missing");
    let read = office.call(&office.head, &mark).await.unwrap();
    assert_eq!(office.call(&office.head, &mark).await.unwrap(), read, "again changes nothing");
    assert_eq!(sources(&whole).await, [2, 1, 3], "the unread first");
    let mut paged = Vec::new();
    let mut call = ListNotices { limit: Some(1), office: Some(office.office), ..whole.clone() };
    loop {
        let page = office.call(&office.head, &call).await.unwrap();
        paged.extend(page.items.iter().map(|notice| notice.source.id.as_u128()));
        let Some(next) = page.next else { break };
        call.cursor = Some(next);
    }
    assert_eq!(paged, [2, 1, 3]);
    let second = office.list(&office.head, &whole).await[0].at;
    let until = second.minus(std::time::Duration::from_micros(1));
    // By the moved clock: by the true one it lies ahead.
    office.head.call(&MarkNoticesRead { office: None, until }).await.unwrap();
    assert_eq!(sources(&ListNotices { unread: true, ..whole }).await, [2], "what came later stays unread");
    let gone = office.bench.person(&[(office.bench.office(), &[])]);
    let elsewhere = ListNotices { office: Some(office.office), ..ListNotices::default() };
    assert_eq!(office.refused(&gone, &elsewhere).await, "wire.missing");
    office.finish().await;
}
