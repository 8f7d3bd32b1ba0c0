//! Sessions and devices: seen, named and ended by their owner, and by nobody else.

use schema_identity::{EndMyOtherSessions, EndMySession, ListMySessions, Method, MySessions, NameMySession, Reach};
use testbed::Pair;

use crate::world::{Someone, World, code};

async fn mine(world: &World, who: &Someone) -> MySessions {
    world.call(who, &ListMySessions {}).await.unwrap()
}

async fn sessions(pair: Pair) {
    let world = World::start(pair).await;
    let here = world.administrator("99001", Reach::Own).await;
    let other = world.someone(&here, here.office(), "tran binh", &["specialist"]).await;
    // The world looks at its directory in throw-away sessions.
    world.call(&here, &EndMyOtherSessions {}).await.unwrap();
    let elsewhere = world.sign_in("quan.tri").await;
    let listed = mine(&world, &here).await.sessions;
    assert_eq!(listed.iter().map(|session| session.current).collect::<Vec<_>>(), [false, true]);
    let [newer, current] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((newer.id, current.id), (elsewhere.session().session, here.session().session));
    assert_eq!((current.network.as_deref(), current.method), (Some("10.0.0.9"), Some(Method::Password)));
    assert!(current.seen.is_some() && current.device.is_none());
    let named = NameMySession { id: newer.id, device: " Máy tính phòng văn thư ".into() };
    let listed = world.call(&here, &named).await.unwrap().sessions;
    assert_eq!(listed[0].device.as_deref(), Some("Máy tính phòng văn thư"));
    // Somebody else's sessions are as good as none.
    let theirs = other.session().session;
    for refused in [
        code(world.call(&here, &EndMySession { id: theirs }).await),
        code(world.call(&here, &NameMySession { id: theirs, device: "x".into() }).await),
    ] {
        assert_eq!(refused, "identity.session_missing");
    }
    world.call(&here, &EndMySession { id: newer.id }).await.unwrap();
    assert_eq!(code(world.as_service(&elsewhere.session()).await), "identity.session_ended");
    assert_eq!(code(world.call(&here, &EndMySession { id: newer.id }).await), "identity.session_missing");
    assert!(world.as_service(&other.session()).await.is_ok());
    let third = world.sign_in("quan.tri").await;
    world.call(&here, &EndMyOtherSessions {}).await.unwrap();
    assert_eq!(code(world.as_service(&third.session()).await), "identity.session_ended");
    assert_eq!(mine(&world, &here).await.sessions.len(), 1);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_seen_named_and_ended_by_their_owner_on_sqlite() {
    sessions(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_seen_named_and_ended_by_their_owner_on_postgresql() {
    sessions(Pair::LocalPostgres).await;
}
