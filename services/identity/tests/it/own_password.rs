//! Changing one's own password: with the present one, for oneself alone, and counted when it is wrong.

use schema_identity::{ChangeOwnPassword, GetMe, Hidden, Reach, RefreshTokens, SignIn};
use testbed::Pair;
use wire::{Fault, Kind, Meta};

use crate::world::{PASSWORD, Someone, World, code};

const NEW: &str = "một câu khác hẳn câu trước";

async fn change(world: &World, who: &Someone, current: &str, new: &str) -> Result<(), Fault> {
    let call = ChangeOwnPassword { current_password: Hidden::from(current), new_password: Hidden::from(new) };
    world.call(who, &call).await.map(|_| ())
}

async fn changing(pair: Pair) {
    let world = World::start(pair).await;
    let here = world.administrator("99001", Reach::Own).await;
    let elsewhere = world.sign_in("quan.tri").await;
    let other = world.someone(&here, here.office(), "tran binh", &["specialist"]).await;
    change(&world, &here, PASSWORD, NEW).await.unwrap();
    let (old, new) = (
        SignIn { username: "quan.tri".into(), password: PASSWORD.into() },
        SignIn { username: "quan.tri".into(), password: NEW.into() },
    );
    assert_eq!(code(world.from("10.0.0.5", &old).await), "identity.sign_in_refused");
    world.from("10.0.0.5", &new).await.unwrap();
    // The session that changed it goes on, the others are over, and nobody else's is touched.
    let refresh = |who: &Someone| RefreshTokens { refresh_token: who.tokens.refresh_token.clone() };
    assert!(world.as_service(&here.session()).await.is_ok());
    assert_eq!(code(world.as_service(&elsewhere.session()).await), "identity.session_ended");
    assert_eq!(code(world.from("10.0.0.9", &refresh(&elsewhere)).await), "identity.refresh_refused");
    world.from("10.0.0.9", &refresh(&here)).await.unwrap();
    world.call(&other, &GetMe {}).await.unwrap();
    world.sign_in("tran.binh").await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_holds_and_other_sessions_end_on_sqlite() {
    changing(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_holds_and_other_sessions_end_on_postgresql() {
    changing(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_passwords_are_refused_as_those_of_one_time_codes_are() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let table = [
        ("ngắn quá", "identity.password_short"),
        ("mat khau vietnam 2026", "identity.password_common"),
        ("đây là quan.tri của xã nhà", "identity.password_has_name"),
    ];
    for (new, expected) in table {
        let fault = change(&world, &admin, PASSWORD, new).await.unwrap_err();
        assert_eq!((fault.code.as_str(), fault.field.as_deref()), (expected, Some("new_password")));
    }
    let call = ChangeOwnPassword { current_password: PASSWORD.into(), new_password: NEW.into() };
    assert_eq!(world.send(Meta::default(), &call).await.unwrap_err().kind, Kind::Unauthenticated);
    world.sign_in("quan.tri").await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_the_current_password_count_as_failed_sign_ins() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let mut guesses = 0;
    loop {
        let fault = change(&world, &admin, "không phải câu này", NEW).await.unwrap_err();
        if fault.code == "identity.sign_in_limited" {
            break;
        }
        assert_eq!((fault.kind, fault.code.as_str()), (Kind::Invalid, "identity.current_password_wrong"));
        guesses += 1;
    }
    // One or two more where a second of waiting passes meanwhile.
    assert!((5..=7).contains(&guesses), "{guesses}");
    let call = SignIn { username: "quan.tri".into(), password: PASSWORD.into() };
    assert_eq!(code(world.from("10.0.0.5", &call).await), "identity.sign_in_limited");
    world.finish().await;
}
