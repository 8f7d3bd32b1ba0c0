//! Handing a post over: a frozen list, two signatures, and nothing after them.

use schema_identity::{
    CreateHandover, EndAppointment, GetHandover, HandoverItem, HandoverItemKind, ListHandovers, Reach, SignHandover,
};
use sea_orm::ConnectionTrait as _;
use testbed::Pair;

use crate::world::{World, appointment, code};

async fn handed_over(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let leaves = world.someone(&admin, office, "tran binh", &["document_clerk"]).await;
    let comes = world.someone(&admin, office, "le hoa", &["specialist"]).await;
    let other = world.someone(&admin, office, "vu lan", &["document_clerk"]).await;
    let position = leaves.me.posts[0].position;
    let item = |label: &str| HandoverItem { kind: HandoverItemKind::Other, id: None, label: label.into() };
    let draw = CreateHandover {
        position,
        outgoing: leaves.me.person.id,
        incoming: comes.me.person.id,
        items: vec![item(" Chìa khóa tủ hồ sơ phòng 203 ")],
        instrument: Some("15-QĐ/ĐU".into()),
    };
    assert_eq!(code(world.call(&leaves, &draw).await), "identity.position_not_held");
    // The post changes its holder today.
    let today = world.now().day();
    world.call(&admin, &EndAppointment { id: leaves.me.posts[0].appointment, to: today }).await.unwrap();
    let mut taken = appointment(&comes.me.person, &world.position(&admin, office, &[]).await);
    (taken.position, taken.from) = (position, today);
    world.call(&admin, &taken).await.unwrap();
    let own = CreateHandover { incoming: draw.outgoing, ..draw.clone() };
    assert_eq!(code(world.call(&comes, &own).await), "identity.handover_of_one");
    let long = CreateHandover { items: vec![item("Việc"); 201], ..draw.clone() };
    assert_eq!(code(world.call(&comes, &long).await), "identity.handover_too_long");
    assert_eq!(code(world.call(&other, &draw).await), "identity.handover_denied");
    let record = world.call(&comes, &draw).await.unwrap();
    assert_eq!(record.items, [item("Chìa khóa tủ hồ sơ phòng 203")]);
    let id = record.handover.id;
    assert_eq!(code(world.call(&other, &GetHandover { id }).await), "identity.handover_missing");
    assert_eq!(code(world.call(&other, &SignHandover { id }).await), "identity.handover_missing");
    let half = world.call(&comes, &SignHandover { id }).await.unwrap();
    assert!(half.incoming_signed_at.is_some() && half.outgoing_signed_at.is_none());
    assert_eq!(code(world.call(&comes, &SignHandover { id }).await), "identity.handover_signed");
    // Who no longer holds anything in the office has no more say there: sign before the last day.
    let gone = world.sign_in("tran.binh").await;
    assert_eq!(code(world.call(&gone, &SignHandover { id }).await), "identity.handover_missing");
    let next = world.position(&admin, office, &["specialist"]).await;
    world.appoint(&admin, &leaves.me.person, &next).await;
    let leaves = world.sign_in("tran.binh").await;
    let whole = world.call(&leaves, &SignHandover { id }).await.unwrap();
    assert!(whole.outgoing_signed_at.is_some() && whole.incoming_signed_at.is_some());
    assert_eq!(world.call(&leaves, &GetHandover { id }).await.unwrap().handover, whole);
    let all = ListHandovers { office, position: Some(position), limit: None, cursor: None };
    assert_eq!(world.call(&other, &all).await.unwrap().items, [whole]);
    let db = world.bench.service("identity").db().begin().await.unwrap();
    let changed = db.execute_unprepared("UPDATE handover SET version = 9").await.unwrap_err();
    assert!(changed.to_string().contains("hand-overs are history"), "{changed}");
    db.rollback().await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_handed_over_with_both_signatures_on_sqlite() {
    handed_over(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_handed_over_with_both_signatures_on_postgresql() {
    handed_over(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_row_names_who_acted_and_through_which_position() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let person = world.person(&admin, admin.office(), "Lê Thị Hoa").await;
    let db = world.bench.service("identity").db();
    let find = "SELECT record FROM audit ORDER BY id DESC LIMIT 1";
    let row = db.reader().query_one_raw(sea_orm::Statement::from_string(sea_orm::DatabaseBackend::Sqlite, find)).await;
    let record: String = row.unwrap().unwrap().try_get("", "record").unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["id"], person.id.to_string());
    assert_eq!(record["v"], 2);
    assert_eq!(record["person"], admin.me.person.id.to_string());
    assert_eq!(record["position"], admin.me.posts[0].position.to_string());
    assert!(record["for"].is_null());
    world.finish().await;
}
