//! The outbox: what is kept, and what tells that a publisher speaks of the same events as before.

use std::time::Duration;

use db::{
    Db,
    inbox::{self, Stand},
    outbox::{self, Fresh},
};
use testbed::{dir, postgres};
use uuid::Uuid;
use wire::{Instant, Position};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn now() -> Instant {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

async fn tell(db: &Db, at: Instant, count: u128) {
    let tx = db.begin().await.unwrap();
    let fresh = |event: u128| Fresh {
        id: Uuid::from_u128(event),
        kind: "thing_changed.v1",
        aggregate: Uuid::nil(),
        office: Uuid::nil(),
        at,
        trace: None,
        body: serde_json::json!({}),
    };
    outbox::emit(&tx, (1..=count).map(fresh).collect()).await.unwrap();
    tx.commit().await.unwrap();
    db.number_events().await.unwrap();
}

fn place(seq: i64) -> Position {
    Position { epoch: 1, seq }
}

async fn old_events_go_but_the_last_that_all_have_passed(db: &Db) {
    db.migrate(Vec::new).await.unwrap();
    tell(db, now().minus(9 * DAY), 5).await;
    assert_eq!(db.waiting_since().await.unwrap(), Some(now().minus(9 * DAY)));
    db.mark_sent(place(5)).await.unwrap();
    assert_eq!(db.waiting_since().await.unwrap(), None);
    db.note_subscriber("swift", place(5), now()).await.unwrap();
    db.note_subscriber("slow", place(3), now()).await.unwrap();
    let prune = async || db.prune_events(now().minus(7 * DAY), now().minus(30 * DAY)).await.unwrap();
    assert_eq!(prune().await, 2, "the slow one may still ask what was third");
    assert_eq!(db.event_at(place(3)).await.unwrap(), Some(Uuid::from_u128(3)));
    assert_eq!(db.head().await.unwrap().kept_from, 3);
    // One that was not heard of for a month is no consumer any more, or begins from a snapshot.
    db.note_subscriber("slow", place(3), now().minus(31 * DAY)).await.unwrap();
    assert_eq!(prune().await, 2);
    assert_eq!(db.event_at(place(4)).await.unwrap(), None);
    assert_eq!(db.event_at(place(5)).await.unwrap(), Some(Uuid::from_u128(5)));
}

async fn an_event_is_known_only_at_its_own_place(db: &Db) {
    let tx = db.begin().await.unwrap();
    let stand = Stand { position: place(4), event: Some(Uuid::from_u128(4)) };
    inbox::advance(&tx, "desk", stand).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(inbox::stand(db.reader(), "desk").await.unwrap(), Some(stand));
    // What the version before this one does.
    let tx = db.begin().await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&tx, "UPDATE consumed SET seq = 6").await.unwrap();
    tx.commit().await.unwrap();
    let moved = Stand { position: place(6), event: None };
    assert_eq!(inbox::stand(db.reader(), "desk").await.unwrap(), Some(moved));
}

/// On PostgreSQL only: SQLite has one process.
async fn one_process_relays_at_a_time(db: &Db) {
    let (one, two, lease) = (Uuid::from_u128(1), Uuid::from_u128(2), Duration::from_secs(60));
    assert!(db.take_turn(one, lease).await.unwrap());
    assert!(!db.take_turn(two, lease).await.unwrap());
    assert!(db.take_turn(one, Duration::ZERO).await.unwrap(), "who has it keeps it");
    assert!(db.take_turn(two, lease).await.unwrap(), "the lease has ended");
    assert!(!db.take_turn(one, lease).await.unwrap());
    db.leave_turn(one).await.unwrap();
    assert!(!db.take_turn(one, lease).await.unwrap(), "only who has it gives it up");
    db.leave_turn(two).await.unwrap();
    assert!(db.take_turn(one, lease).await.unwrap());
}

#[tokio::test]
async fn on_sqlite() {
    let folder = dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("a.db"))).await.unwrap();
    old_events_go_but_the_last_that_all_have_passed(&db).await;
    an_event_is_known_only_at_its_own_place(&db).await;
    assert!(db.take_turn(Uuid::nil(), Duration::ZERO).await.unwrap());
}

#[tokio::test]
async fn on_postgres() {
    let database = postgres::database().await.unwrap();
    let settings = db::DbSettings { url: database.url().to_owned(), ..db::DbSettings::default() };
    let db = Db::open(&settings).await.unwrap();
    old_events_go_but_the_last_that_all_have_passed(&db).await;
    an_event_is_known_only_at_its_own_place(&db).await;
    one_process_relays_at_a_time(&db).await;
    db.close().await;
}
