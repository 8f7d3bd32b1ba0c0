//! Calls: answers, refusals, time-outs, repeats, limits, and a person who is disabled.

use std::{collections::BTreeSet, time::Duration};

use bus::CallError;
use testbed::{Bench, Pair};
use uuid::Uuid;
use wire::{Kind, MESSAGE_LIMIT, Meta, Version, call_subject};

use crate::{
    on_every_pair,
    till::{Add, AddAndRefuse, AddSlowly, Look, Poison, mirror, till},
};

on_every_pair!(
    a_call_is_answered_and_a_refusal_changes_nothing,
    permission_and_scope_decide_what_is_seen,
    three_hundred_concurrent_triples_have_one_hundred_effects,
    a_repeat_gets_the_first_answer_and_another_body_is_refused,
    a_recorded_refusal_keeps_its_work,
    a_version_that_has_passed_is_refused,
    waiting_ends_but_the_work_does_not,
    a_request_over_the_limit_is_refused,
    a_disabled_person_is_refused_within_five_seconds,
);

fn id() -> Uuid {
    runtime::fresh_id()
}

async fn a_call_is_answered_and_a_refusal_changes_nothing(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    let made = clerk.call(&Add { id: count, office, amount: 5 }).await.unwrap();
    assert_eq!((made.total, made.version), (5, Version(1)));
    assert_eq!(clerk.call(&Look { id: count }).await.unwrap(), made);

    let refused = clerk.call(&Add { id: count, office, amount: -1 }).await.unwrap_err();
    assert_eq!(
        (refused.kind, refused.code.as_str(), refused.field.as_deref()),
        (Kind::Invalid, "till.negative", Some("amount"))
    );
    assert_eq!(refused.vi, "`-1` là số âm");
    assert_eq!(clerk.call(&Look { id: count }).await.unwrap(), made);
    assert_eq!(bench.events("till").await.unwrap().len(), 1);

    let body = br#"{"id":"not an id","office":"secret"}"#.to_vec();
    let meta = Meta { token: Some(clerk.token().to_owned()), key: Some("k".into()), ..Meta::default() };
    let answer = bench
        .platform
        .bus
        .call(&call_subject("till", "add.v1"), &meta, body.into(), Duration::from_secs(5))
        .await
        .unwrap();
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    assert!(answer.fault && text.contains("wire.unreadable_call") && text.contains("\"field\":\"id\""), "{text}");
    assert!(!text.contains("not an id"), "what was sent is not echoed: {text}");
    bench.finish().await;
}

async fn permission_and_scope_decide_what_is_seen(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (ours, theirs, count) = (bench.office(), bench.office(), id());
    let clerk = bench.person(&[(ours, &["till.add", "till.look"])]);
    let looker = bench.person(&[(ours, &["till.look"])]);
    let stranger = bench.person(&[(theirs, &["till.add", "till.look"])]);
    clerk.call(&Add { id: count, office: ours, amount: 1 }).await.unwrap();

    assert_eq!(looker.call(&Look { id: count }).await.unwrap().total, 1);
    assert_eq!(looker.call(&Add { id: count, office: ours, amount: 1 }).await.unwrap_err().kind, Kind::Denied);
    let outside = stranger.call(&Look { id: count }).await.unwrap_err();
    let unknown = stranger.call(&Look { id: id() }).await.unwrap_err();
    assert_eq!(outside, unknown, "outside the scope and missing look the same");
    assert_eq!(stranger.call(&Add { id: count, office: ours, amount: 1 }).await.unwrap_err().kind, Kind::Missing);
    let nobody = Meta { key: Some("k".into()), ..Meta::default() };
    let answer = bench.platform.bus.ask(&nobody, &Look { id: count }, Duration::from_secs(5)).await.unwrap_err();
    assert_eq!(answer.kind, Kind::Unauthenticated);
    bench.finish().await;
}

async fn three_hundred_concurrent_triples_have_one_hundred_effects(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    let mut calls = tokio::task::JoinSet::new();
    for attempt in 0..300 {
        let clerk = clerk.with_key(&format!("key {}", attempt % 100));
        calls.spawn(async move { (attempt % 100, clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap()) });
    }
    let answers = calls.join_all().await;
    let distinct: BTreeSet<_> = answers.iter().map(|(key, count)| (*key, count.total)).collect();
    assert_eq!(answers.len(), 300);
    assert_eq!(distinct.len(), 100, "the three answers to a key are equal");
    assert_eq!(clerk.call(&Look { id: count }).await.unwrap().total, 100);
    let events = bench.events("till").await.unwrap();
    assert_eq!(events.iter().map(|event| event.position.seq).collect::<Vec<_>>(), (1..=100).collect::<Vec<i64>>());
    bench.finish().await;
}

async fn a_repeat_gets_the_first_answer_and_another_body_is_refused(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add"])]).with_key("once");
    let first = clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    assert_eq!(clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap(), first);
    let other = clerk.call(&Add { id: count, office, amount: 2 }).await.unwrap_err();
    assert_eq!((other.kind, other.code.as_str()), (Kind::Conflict, "wire.key_reused"));
    let neighbour = bench.person(&[(office, &["till.add"])]).with_key("once");
    assert_eq!(neighbour.call(&Add { id: count, office, amount: 1 }).await.unwrap().total, 2, "a key is its owner's");
    bench.finish().await;
}

async fn a_recorded_refusal_keeps_its_work(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    assert_eq!(clerk.call(&AddAndRefuse { id: count, office }).await.unwrap_err().code, "till.denied");
    assert_eq!(clerk.call(&Look { id: count }).await.unwrap().total, 1);
    assert_eq!(bench.events("till").await.unwrap().len(), 1);
    bench.finish().await;
}

async fn a_version_that_has_passed_is_refused(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    clerk.expecting(Version(1)).call(&Add { id: count, office, amount: 1 }).await.unwrap();
    let stale = clerk.expecting(Version(1)).call(&Add { id: count, office, amount: 1 }).await.unwrap_err();
    assert_eq!(stale.kind, Kind::Stale);
    assert_eq!(clerk.call(&Look { id: count }).await.unwrap().total, 2);
    bench.finish().await;
}

async fn waiting_ends_but_the_work_does_not(pair: Pair) {
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    // Warm, so that the short wait below is spent in the handler.
    clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    let call = AddSlowly { id: count, office, millis: 400 };
    let meta = Meta { token: Some(clerk.token().to_owned()), key: Some("slow".into()), ..Meta::default() };
    let waited = bench.platform.bus.ask(&meta, &call, Duration::from_millis(150)).await.unwrap_err();
    assert_eq!(waited.kind, Kind::OutOfTime);
    let later = clerk.with_key("slow").call(&call).await.unwrap();
    assert_eq!(later.total, 2, "the repeat gets the answer of the work that went on");
    assert_eq!(clerk.call(&Look { id: count }).await.unwrap().total, 2);
    bench.finish().await;
}

async fn a_request_over_the_limit_is_refused(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let body = vec![b' '; MESSAGE_LIMIT + 1];
    let subject = call_subject("till", "add.v1");
    let refused = bench.platform.bus.call(&subject, &Meta::default(), body.into(), Duration::from_secs(5)).await;
    assert!(matches!(refused, Err(CallError::TooLarge { .. })), "{refused:?}");
    bench.finish().await;
}

async fn a_disabled_person_is_refused_within_five_seconds(pair: Pair) {
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    clerk.sign_out();
    let gone = std::time::Instant::now();
    let refused = testbed::process::until("the refusal", Duration::from_secs(10), || async {
        clerk.call(&Look { id: count }).await.err()
    });
    assert_eq!(refused.await.unwrap().kind, Kind::Unauthenticated);
    assert!(gone.elapsed() < Duration::from_secs(5), "took {:?}", gone.elapsed());
    bench.finish().await;
}
