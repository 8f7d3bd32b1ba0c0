//! Sign-in: good and bad passwords look alike to everyone but their owner, and failures cost time.

use schema_identity::{DisableAccount, DisablePerson, EnableAccount, Hidden, Reach, SignIn, Tokens};
use testbed::Pair;
use wire::{Fault, Kind};

use crate::world::{PASSWORD, World, code};

async fn attempt(world: &World, network: &str, username: &str, password: &str) -> Result<Tokens, Fault> {
    let call = SignIn { username: username.into(), password: Hidden::from(password) };
    world.from(network, &call).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_and_a_wrong_password_look_the_same() {
    let world = World::local().await;
    world.administrator("99001", Reach::Own).await;
    let wrong = attempt(&world, "10.0.0.1", "quan.tri", "một câu khác hẳn").await.unwrap_err();
    let unknown = attempt(&world, "10.0.0.2", "khong.co", "một câu khác hẳn").await.unwrap_err();
    let silly = attempt(&world, "10.0.0.3", "không có", &"x".repeat(5000)).await.unwrap_err();
    assert_eq!((wrong.kind, wrong.code.as_str()), (Kind::Unauthenticated, "identity.sign_in_refused"));
    assert_eq!([&unknown, &silly], [&wrong; 2]);
    let typed_apart = PASSWORD.replace('ế', "e\u{302}\u{301}");
    let tokens = attempt(&world, "10.0.0.1", " QUAN.TRỊ ", &typed_apart).await.unwrap();
    assert_eq!((tokens.token_type.as_str(), tokens.expires_in), ("Bearer", 300));
    world.finish().await;
}

/// Fails until the failures make us wait; tells how many were answered before. On a machine so busy that the first
/// wait of a second passes meanwhile it is one or two more than are free.
async fn fail_until_limited(world: &World, attempt_of: impl Fn(usize) -> (String, String)) -> usize {
    for failures in 0..80 {
        let (network, name) = attempt_of(failures);
        let fault = attempt(world, &network, &name, "sai").await.unwrap_err();
        if fault.code == "identity.sign_in_limited" {
            assert_eq!(fault.kind, Kind::Limited);
            assert!(fault.retry_after_s.is_some_and(|seconds| seconds >= 1), "{fault:?}");
            return failures;
        }
        assert_eq!(fault.code, "identity.sign_in_refused");
    }
    panic!("eighty failures cost nothing");
}

async fn limited(pair: Pair) {
    let world = World::start(pair).await;
    world.administrator("99001", Reach::Own).await;
    let of_account = fail_until_limited(&world, |number| (format!("10.0.1.{number}"), "quan.tri".into())).await;
    // The right password waits as well, from wherever it comes.
    assert_eq!(code(attempt(&world, "10.0.1.99", "quan.tri", PASSWORD).await), "identity.sign_in_limited");
    let of_network =
        fail_until_limited(&world, |number| (format!("2001:db8:1:2::{number}"), format!("nguoi.{number}"))).await;
    assert!((5..=7).contains(&of_account) && (50..=52).contains(&of_network), "{of_account}, {of_network}");
    assert_eq!(code(attempt(&world, "2001:db8:1:3::8", "khac", "sai").await), "identity.sign_in_refused");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_make_account_and_network_wait_on_sqlite() {
    limited(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_make_account_and_network_wait_on_postgresql() {
    limited(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_forgets_the_failures_of_the_account() {
    let world = World::local().await;
    world.administrator("99001", Reach::Own).await;
    for round in 0..3 {
        for number in 0..4 {
            let network = format!("10.0.{round}.{number}");
            assert_eq!(code(attempt(&world, &network, "quan.tri", "sai").await), "identity.sign_in_refused");
        }
        assert!(attempt(&world, "10.0.9.9", "quan.tri", PASSWORD).await.is_ok());
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_halves_the_failures_of_the_network() {
    let world = World::local().await;
    world.administrator("99001", Reach::Own).await;
    for round in 0..2 {
        for number in 0..30 {
            let name = format!("nguoi.{round}.{number}");
            assert_eq!(code(attempt(&world, "10.0.3.1", &name, "sai").await), "identity.sign_in_refused");
        }
        assert!(attempt(&world, "10.0.3.1", "quan.tri", PASSWORD).await.is_ok());
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_guesses_at_once_count_one_by_one() {
    let world = std::sync::Arc::new(World::local().await);
    world.administrator("99001", Reach::Own).await;
    let mut guesses = Vec::new();
    for number in 0..12 {
        let world = std::sync::Arc::clone(&world);
        guesses.push(tokio::spawn(async move {
            let network = format!("10.0.2.{number}");
            code(attempt(&world, &network, "quan.tri", "sai").await)
        }));
    }
    let mut refused = 0;
    for guess in guesses {
        refused += usize::from(guess.await.unwrap() == "identity.sign_in_refused");
    }
    // One more may get through when a second of waiting passes meanwhile.
    assert!((5..=7).contains(&refused), "{refused} guesses were answered");
    std::sync::Arc::into_inner(world).unwrap().finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_or_person_does_not_sign_in() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let someone = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let id = someone.me.account.id;
    world.call(&admin, &DisableAccount { id }).await.unwrap();
    assert_eq!(code(attempt(&world, "10.0.0.1", "tran.binh", PASSWORD).await), "identity.sign_in_refused");
    world.call(&admin, &EnableAccount { id }).await.unwrap();
    assert!(attempt(&world, "10.0.0.1", "tran.binh", PASSWORD).await.is_ok());
    world.call(&admin, &DisablePerson { id: someone.me.person.id }).await.unwrap();
    assert_eq!(code(attempt(&world, "10.0.0.1", "tran.binh", PASSWORD).await), "identity.sign_in_refused");
    world.finish().await;
}
