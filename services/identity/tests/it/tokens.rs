//! Refresh tokens: each is good once; one that comes back from elsewhere ends the session; sign-out ends it too.

use std::time::Duration;

use schema_identity::{
    DisablePerson, GetKeys, GetMe, Hidden, Reach, RefreshTokens, SignOut, SignOutEverywhere, Tokens,
};
use testbed::{Pair, process};
use wire::{Authority, Fault, Meta};

use crate::world::{Someone, World, code};

async fn trade(world: &World, network: &str, token: &Hidden) -> Result<Tokens, Fault> {
    world.from(network, &RefreshTokens { refresh_token: token.clone() }).await
}

/// What identity tells other services of someone's session.
async fn told(world: &World, who: &Someone) -> Result<Authority, Fault> {
    world.as_service(&who.session()).await
}

async fn rotation(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let (here, elsewhere) = ("10.0.0.9", "10.0.0.66");
    let first = admin.tokens.refresh_token.clone();
    let second = trade(&world, here, &first).await.unwrap();
    assert_ne!(second.refresh_token, first);
    let meta = Meta { token: Some(second.access_token.0.clone()), ..Meta::default() };
    assert_eq!(world.send(meta, &GetMe {}).await.unwrap().person, admin.me.person);
    // The first answer was lost: the same network gets another pair.
    let third = trade(&world, here, &first).await.unwrap();
    assert!(trade(&world, here, &third.refresh_token).await.is_ok());
    assert!(told(&world, &admin).await.is_ok());
    // Somebody else shows it: the session ends for everyone.
    assert_eq!(code(trade(&world, elsewhere, &first).await), "identity.refresh_refused");
    assert_eq!(code(told(&world, &admin).await), "identity.session_ended");
    assert_eq!(code(trade(&world, here, &second.refresh_token).await), "identity.refresh_refused");
    assert_eq!(code(trade(&world, here, &"no such token".into()).await), "identity.refresh_refused");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_comes_back_ends_the_session_on_sqlite() {
    rotation(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_comes_back_ends_the_session_on_postgresql() {
    rotation(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_this_session_and_everywhere_ends_all() {
    let world = World::local().await;
    let one = world.administrator("99001", Reach::Own).await;
    let (two, three) = (world.sign_in("quan.tri").await, world.sign_in("quan.tri").await);
    world.call(&one, &SignOut {}).await.unwrap();
    assert_eq!(code(told(&world, &one).await), "identity.session_ended");
    assert!(told(&world, &two).await.is_ok());
    assert_eq!(code(trade(&world, "10.0.0.9", &one.tokens.refresh_token).await), "identity.refresh_refused");
    world.call(&two, &SignOutEverywhere {}).await.unwrap();
    for gone in [&two, &three] {
        assert_eq!(code(told(&world, gone).await), "identity.session_ended");
    }
    let again = world.sign_in("quan.tri").await;
    assert!(told(&world, &again).await.is_ok());
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_person_is_refused_within_five_seconds() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let someone = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    assert!(world.call(&someone, &GetMe {}).await.is_ok());
    world.call(&admin, &DisablePerson { id: someone.me.person.id }).await.unwrap();
    // Identity itself says no at once; a service that asked a moment ago believes the old answer for seconds.
    assert_eq!(code(told(&world, &someone).await), "identity.session_ended");
    let refused =
        process::until("the refusal", Duration::from_secs(5), || async { world.call(&someone, &GetMe {}).await.err() });
    assert_eq!(refused.await.unwrap().code, "identity.session_ended");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_may_have_the_keys_and_no_private_part_is_among_them() {
    let world = World::local().await;
    let keys = world.send(Meta::default(), &GetKeys {}).await.unwrap().keys;
    assert_eq!(keys.len(), 1);
    let text = serde_json::to_value(&keys[0]).unwrap();
    let names: Vec<&String> = text.as_object().unwrap().keys().collect();
    assert!(!names.contains(&&"d".to_owned()), "{names:?}");
    assert_eq!((keys[0].kty.as_str(), keys[0].crv.as_str()), ("OKP", "Ed25519"));
    world.finish().await;
}
