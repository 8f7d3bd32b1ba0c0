//! Sessions of browsers: the secret opens its session and nothing else, until that ends.

use schema_identity::{
    DisablePerson, ExchangeSession, GetMe, Hidden, OpenPortalSession, PortalSession, Reach, SignOut, SignOutEverywhere,
};
use testbed::Pair;
use wire::{Fault, Meta};

use crate::world::{Someone, World, code};

async fn open(world: &World, who: &Someone) -> PortalSession {
    world.call(who, &OpenPortalSession {}).await.unwrap()
}

/// Who a secret opens the session of.
async fn opened(world: &World, secret: &Hidden) -> Result<String, Fault> {
    let token = world.send(Meta::default(), &ExchangeSession { secret: secret.clone() }).await?;
    assert_eq!(token.expires_in, 60);
    let meta = Meta { token: Some(token.access_token.0), ..Meta::default() };
    Ok(world.send(meta, &GetMe {}).await?.person.full_name)
}

async fn exchanged(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let (one, other) = (open(&world, &admin).await, open(&world, &admin).await);
    assert_ne!(one.secret, other.secret);
    // Tabs of a browser trade the same secret, one after the other and at once.
    for secret in [&one.secret, &one.secret, &other.secret] {
        assert_eq!(opened(&world, secret).await.unwrap(), admin.me.person.full_name);
    }
    for bad in ["", "no such secret", admin.tokens.refresh_token.0.as_str()] {
        assert_eq!(code(opened(&world, &Hidden::from(bad)).await), "identity.session_ended", "{bad}");
    }
    world.call(&admin, &SignOut {}).await.unwrap();
    for secret in [&one.secret, &other.secret] {
        assert_eq!(code(opened(&world, secret).await), "identity.session_ended");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_opens_its_session_until_sign_out_on_sqlite() {
    exchanged(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_opens_its_session_until_sign_out_on_postgresql() {
    exchanged(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_outlives_its_person_or_a_sign_out_everywhere_and_nobody_unknown_gets_one() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let someone = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let (of_admin, of_someone) = (open(&world, &admin).await, open(&world, &someone).await);
    world.call(&admin, &DisablePerson { id: someone.me.person.id }).await.unwrap();
    assert_eq!(code(opened(&world, &of_someone.secret).await), "identity.session_ended");
    let elsewhere = world.sign_in("quan.tri").await;
    world.call(&elsewhere, &SignOutEverywhere {}).await.unwrap();
    assert_eq!(code(opened(&world, &of_admin.secret).await), "identity.session_ended");
    assert!(world.send(Meta::default(), &OpenPortalSession {}).await.is_err());
    world.finish().await;
}
