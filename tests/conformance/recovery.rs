//! What is lost and found again: the broker's store, and a database put back from an older copy.

use std::time::Duration;

use db::{Db, inbox, outbox};
use sea_orm::ConnectionTrait as _;
use testbed::{Bench, Pair, process::until};
use uuid::Uuid;
use wire::{Position, id::OfficeId};

use crate::{
    on_every_pair,
    replica::Replica,
    till::{Add, Poison, Reflect, mirror, till},
};

on_every_pair!(
    a_restored_database_begins_a_new_epoch,
    a_copy_that_gives_old_numbers_to_new_events_is_found_out,
    the_log_of_acts_is_sealed_and_a_change_is_found,
    checkpoints_that_were_taken_away_are_missed,
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_store_that_is_deleted_costs_nothing_nats_sqlite() {
    a_broker_store_that_is_deleted_costs_nothing(Pair::NatsSqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_store_that_is_deleted_costs_nothing_nats_postgres() {
    a_broker_store_that_is_deleted_costs_nothing(Pair::NatsPostgres).await;
}

async fn a_broker_store_that_is_deleted_costs_nothing(pair: Pair) {
    let mut bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    for _ in 0..5 {
        clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    }
    let broker = bench.broker.as_mut().expect("this pair has a broker");
    broker.stop();
    broker.delete_store().unwrap();
    broker.start_again().await.unwrap();
    let topology = bench.topology().clone();
    let made = testbed::process::until("the streams", std::time::Duration::from_secs(30), || async {
        bench.platform.bus.prepare(&topology).await.ok()
    });
    made.await.unwrap();
    for _ in 0..5 {
        clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    }
    bench.settled().await;
    let seen = clerk.call(&Reflect { id: count }).await.unwrap();
    assert_eq!((seen.total, seen.events), (10, 10));
    bench.finish().await;
}

async fn a_restored_database_begins_a_new_epoch(pair: Pair) {
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    clerk.call(&Add { id: count, office, amount: 7 }).await.unwrap();
    bench.settled().await;
    // What a restore looks like from outside: the consumer has seen more than the publisher has ever made.
    let mirror = bench.service("mirror").db();
    let tx = mirror.begin().await.unwrap();
    inbox::advance(&tx, "till", inbox::Stand { position: Position { epoch: 1, seq: 500 }, event: None }).await.unwrap();
    tx.commit().await.unwrap();
    let epoch = testbed::process::until("the new epoch", std::time::Duration::from_secs(30), || async {
        let head = bench.service("till").db().head().await.ok()?;
        (head.last.epoch > 1).then_some(head.last.epoch)
    });
    assert_eq!(epoch.await.unwrap(), 2);
    clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    bench.settled().await;
    assert_eq!(
        clerk.call(&Reflect { id: count }).await.unwrap().total,
        8,
        "reconciled from the snapshot, then the tail"
    );
    bench.finish().await;
}

/// Puts the till's book back to where it stood after two events, and lets five others happen at once: by the time
/// anybody asks, the copy stands beyond what was told before.
async fn put_back(db: &Db, gone: Uuid, fresh: Uuid, office: OfficeId) {
    let tx = db.begin().await.unwrap();
    let back = "DELETE FROM outbox WHERE seq > 2; UPDATE publisher SET next_seq = 3, sent_seq = 2;
        UPDATE till SET total = 2, version = 2";
    tx.execute_unprepared(back).await.unwrap();
    run_once(&tx, "DELETE FROM till WHERE id = $1", vec![gone.into()]).await;
    let made = "INSERT INTO till (id, office, total, version, events) VALUES ($1, $2, 5, 5, 0)";
    run_once(&tx, made, vec![fresh.into(), Uuid::from(office).into()]).await;
    for version in 1..=5 {
        let count = serde_json::json!({ "id": fresh, "office": office, "total": version, "version": version });
        let event = outbox::Fresh {
            id: runtime::fresh_id(),
            kind: "count_changed.v1",
            aggregate: fresh,
            office: office.into(),
            at: wire::Instant::from_micros(0),
            trace: None,
            body: serde_json::json!({ "count": count }),
        };
        outbox::emit(&tx, vec![event]).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn run_once(tx: &sea_orm::DatabaseTransaction, sql: &str, values: Vec<sea_orm::Value>) {
    let statement = sea_orm::Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    assert_eq!(tx.execute_raw(statement).await.unwrap().rows_affected(), 1, "{sql}");
}

async fn a_copy_that_gives_old_numbers_to_new_events_is_found_out(pair: Pair) {
    let mut bench = Bench::start(pair, vec![mirror(&Poison::default())]).await;
    let shop = Replica::start(&mut bench, till()).await;
    let (office, kept, gone, fresh) = (bench.office(), runtime::fresh_id(), runtime::fresh_id(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    for count in [kept, kept, kept, gone, kept] {
        clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    }
    let seen = async |count: Uuid| clerk.call(&Reflect { id: count }).await.ok().map(|seen| seen.total);
    let patience = Duration::from_secs(30);
    until("the mirror", patience, async || (seen(kept).await == Some(4)).then_some(())).await.unwrap();
    shop.stop().await;
    let db = Db::open(&bench.database("till").await.unwrap()).await.unwrap();
    put_back(&db, gone, fresh, office).await;
    db.close().await;

    let shop = Replica::start(&mut bench, till()).await;
    until("the mirror to show what the copy holds", patience, async || {
        (seen(kept).await == Some(2) && seen(gone).await.is_none() && seen(fresh).await == Some(5)).then_some(())
    })
    .await
    .unwrap();
    assert_eq!(shop.db().head().await.unwrap().last.epoch, 2);
    shop.stop().await;
    bench.stop().await.unwrap();
}

async fn the_log_of_acts_is_sealed_and_a_change_is_found(pair: Pair) {
    use db::audit::Verdict;
    let bench = Bench::start(pair, vec![till(), mirror(&Poison::default())]).await;
    let (office, count) = (bench.office(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add", "till.look"])]);
    for amount in 1..=20 {
        clerk.call(&Add { id: count, office, amount }).await.unwrap();
    }
    let till = bench.service("till");
    let sealed = testbed::process::until("the seal", std::time::Duration::from_secs(20), || async {
        till.db().oldest_unsealed().await.ok()?.is_none().then_some(())
    });
    sealed.await.unwrap();
    let origin = service::origin("till");
    let key = till.signer().public();
    let verify = || till.db().verify_audit(&origin, |note| service::is_signed(note, "till", &key));
    assert_eq!(verify().await.unwrap(), Verdict::Sound { sealed: 20 });

    let tx = till.db().begin().await.unwrap();
    let change = "UPDATE audit SET record = record || ' ' WHERE place = 7";
    let refused = sea_orm::ConnectionTrait::execute_unprepared(&tx, change).await;
    assert!(refused.is_err(), "the database itself holds audit rows fast");
    tx.rollback().await.unwrap();
    let gone = "DELETE FROM audit_checkpoint";
    let tx = till.db().begin().await.unwrap();
    assert!(sea_orm::ConnectionTrait::execute_unprepared(&tx, gone).await.is_err(), "checkpoints stay");
    tx.rollback().await.unwrap();

    let disarm = match till.db().backend() {
        db::Backend::Sqlite => "DROP TRIGGER audit_fixed",
        db::Backend::Postgres => "DROP TRIGGER audit_fixed ON audit",
    };
    let tx = till.db().begin().await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&tx, disarm).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&tx, change).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(verify().await.unwrap(), Verdict::RecordChanged { place: 7 });
    bench.finish().await;
}

async fn checkpoints_that_were_taken_away_are_missed(pair: Pair) {
    use db::audit::Verdict;
    let bench = Bench::start(pair, vec![till()]).await;
    let (office, count) = (bench.office(), runtime::fresh_id());
    let clerk = bench.person(&[(office, &["till.add"])]);
    clerk.call(&Add { id: count, office, amount: 1 }).await.unwrap();
    let till = bench.service("till");
    let sealed = testbed::process::until("the seal", std::time::Duration::from_secs(20), || async {
        till.db().oldest_unsealed().await.ok()?.is_none().then_some(())
    });
    sealed.await.unwrap();
    // Whoever owns the database can disarm it; without checkpoints nothing signs the records any more.
    let disarm = match till.db().backend() {
        db::Backend::Sqlite => "DROP TRIGGER audit_checkpoint_stays",
        db::Backend::Postgres => "DROP TRIGGER audit_checkpoint_fixed ON audit_checkpoint",
    };
    let tx = till.db().begin().await.unwrap();
    for step in [disarm, "DELETE FROM audit_checkpoint"] {
        sea_orm::ConnectionTrait::execute_unprepared(&tx, step).await.unwrap();
    }
    tx.commit().await.unwrap();
    let key = till.signer().public();
    let verdict = till.db().verify_audit(&service::origin("till"), |note| service::is_signed(note, "till", &key)).await;
    assert_eq!(verdict.unwrap(), Verdict::Unsigned { from: 0 });
    bench.finish().await;
}
