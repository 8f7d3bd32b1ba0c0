//! Authenticator apps: enrolled for oneself alone, asked for at sign-in, each code good once; recovery codes.

use std::time::Duration;

use schema_identity::{
    BeginTotp, ConfirmTotp, FactorAdded, GetMyFactors, Hidden, Proof, Reach, RefreshTokens, RemoveTotp,
    RenewRecoveryCodes, SignIn, SignInSecondFactor, Tokens, TotpBegun,
};
use serde_json::json;
use testbed::{Pair, authenticator::App};
use wire::{Fault, Kind};

use crate::world::{PASSWORD, Someone, World, code};

const PATIENCE: Duration = Duration::from_secs(20);

/// What a code of the app proves, so many steps after it was given its secret.
pub(crate) fn shown(app: &App, later: i64) -> Proof {
    Proof { totp: Some(Hidden(app.code(later))), ..Proof::default() }
}

/// Gives someone an authenticator app.
pub(crate) async fn enrol_app(world: &World, who: &Someone) -> (App, FactorAdded) {
    let begun = world.call(who, &BeginTotp {}).await.unwrap();
    assert!(begun.otpauth.0.contains(&begun.secret.0));
    let app = App::new(&begun.secret.0, world.now().unix_seconds());
    assert_eq!(code(world.call(who, &ConfirmTotp { code: Hidden::from("000000x") }).await), "identity.proof_wrong");
    let added = world.call(who, &ConfirmTotp { code: Hidden(app.code(0)) }).await.unwrap();
    (app, added)
}

/// The first step of a sign-in of an account with a second factor: what the refusal gives.
pub(crate) async fn first_step(world: &World, username: &str) -> serde_json::Value {
    let call = SignIn { username: username.into(), password: PASSWORD.into() };
    let fault = world.from("10.0.0.9", &call).await.unwrap_err();
    assert_eq!((fault.kind, fault.code.as_str()), (Kind::Unauthenticated, "identity.second_factor_required"));
    fault.detail.unwrap()
}

pub(crate) fn continuation(needed: &serde_json::Value) -> Hidden {
    Hidden::from(needed["continuation"].as_str().unwrap())
}

pub(crate) async fn second_step(world: &World, continuation: &Hidden, proof: Proof) -> Result<Tokens, Fault> {
    world.from("10.0.0.9", &SignInSecondFactor { continuation: continuation.clone(), proof }).await
}

fn recovery(code: &Hidden) -> Proof {
    Proof { recovery_code: Some(code.clone()), ..Proof::default() }
}

async fn second_factor(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let elsewhere = world.sign_in("quan.tri").await;
    let (app, added) = enrol_app(&world, &admin).await;
    assert_eq!(added.recovery_codes.len(), 10);
    // Sessions that began without the factor are over, but for the one that added it.
    assert_eq!(code(world.as_service(&elsewhere.session()).await), "identity.session_ended");
    let factors = world.call(&admin, &GetMyFactors {}).await.unwrap();
    assert_eq!((factors.totp_since.is_some(), factors.recovery_codes_left), (true, 10));

    let needed = first_step(&world, "quan.tri").await;
    assert_eq!((needed["totp"].as_bool(), needed["recovery_codes"].as_u64()), (Some(true), Some(10)));
    let first = continuation(&needed);
    let table = [
        (Proof { totp: Some("12345".into()), ..Proof::default() }, "identity.proof_wrong"),
        // The code that confirmed the app has been used.
        (shown(&app, 0), "identity.proof_wrong"),
        (recovery(&"00000-00000-00000-00000".into()), "identity.proof_wrong"),
        (Proof { password: Some(PASSWORD.into()), ..Proof::default() }, "identity.proof_unfit"),
        (Proof::default(), "identity.proof_unfit"),
        (Proof { recovery_code: Some("x".into()), ..shown(&app, 1) }, "identity.proof_unfit"),
    ];
    for (proof, expected) in table {
        assert_eq!(code(second_step(&world, &first, proof).await), expected);
    }
    let tokens = second_step(&world, &first, shown(&app, 1)).await.unwrap();
    world.from("10.0.0.9", &RefreshTokens { refresh_token: tokens.refresh_token }).await.unwrap();
    // Neither the continuation nor the code works again; a recovery code does, once.
    assert_eq!(code(second_step(&world, &first, shown(&app, 1)).await), "identity.continuation_bad");
    let second = continuation(&first_step(&world, "quan.tri").await);
    assert_eq!(code(second_step(&world, &second, shown(&app, 1)).await), "identity.proof_wrong");
    let spare = &added.recovery_codes[3];
    second_step(&world, &second, recovery(spare)).await.unwrap();
    let third = continuation(&first_step(&world, "quan.tri").await);
    assert_eq!(code(second_step(&world, &third, recovery(spare)).await), "identity.proof_wrong");
    assert_eq!(world.call(&admin, &GetMyFactors {}).await.unwrap().recovery_codes_left, 9);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_app_is_asked_for_and_good_once_on_sqlite() {
    second_factor(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_app_is_asked_for_and_good_once_on_postgresql() {
    second_factor(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_continuation_is_of_one_account() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let other = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let (_, of_admin) = enrol_app(&world, &admin).await;
    let (app, _) = enrol_app(&world, &other).await;
    let theirs = continuation(&first_step(&world, "quan.tri").await);
    assert_eq!(code(second_step(&world, &theirs, shown(&app, 1)).await), "identity.proof_wrong");
    let own = continuation(&first_step(&world, "tran.binh").await);
    let spare = recovery(&of_admin.recovery_codes[0]);
    assert_eq!(code(second_step(&world, &own, spare.clone()).await), "identity.proof_wrong");
    second_step(&world, &theirs, spare).await.unwrap();
    assert_eq!(code(second_step(&world, &"no such".into(), shown(&app, 1)).await), "identity.continuation_bad");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_the_code_make_the_account_wait_and_a_known_password_does_not_wipe_them_out() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    enrol_app(&world, &admin).await;
    let mut guesses = 0;
    let waited = loop {
        let call = SignIn { username: "quan.tri".into(), password: PASSWORD.into() };
        let fault = world.from(&format!("10.0.4.{guesses}"), &call).await.unwrap_err();
        if fault.code == "identity.sign_in_limited" {
            break fault;
        }
        let continuation = continuation(&fault.detail.unwrap());
        let proof = Proof { totp: Some("abcdef".into()), ..Proof::default() };
        let call = SignInSecondFactor { continuation, proof };
        let fault = world.from(&format!("10.0.4.{guesses}"), &call).await.unwrap_err();
        if fault.code == "identity.sign_in_limited" {
            break fault;
        }
        assert_eq!(fault.code, "identity.proof_wrong");
        guesses += 1;
        assert!(guesses < 80, "eighty guesses cost nothing");
    };
    // One or two more where a second of waiting passes meanwhile.
    assert!((5..=7).contains(&guesses), "{guesses}");
    assert_eq!(waited.kind, Kind::Limited);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_is_removed_with_its_recovery_codes() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    assert_eq!(code(world.call(&admin, &RemoveTotp {}).await), "identity.totp_missing");
    assert_eq!(code(world.call(&admin, &RenewRecoveryCodes {}).await), "identity.factor_missing");
    assert_eq!(code(world.call(&admin, &ConfirmTotp { code: "123456".into() }).await), "identity.totp_missing");
    let (_, added) = enrol_app(&world, &admin).await;
    assert_eq!(code(world.call(&admin, &BeginTotp {}).await), "identity.totp_in_use");
    assert_eq!(code(world.call(&admin, &ConfirmTotp { code: "123456".into() }).await), "identity.totp_in_use");
    let renewed = world.call(&admin, &RenewRecoveryCodes {}).await.unwrap().recovery_codes;
    let continuation = continuation(&first_step(&world, "quan.tri").await);
    let old = recovery(&added.recovery_codes[0]);
    assert_eq!(code(second_step(&world, &continuation, old).await), "identity.proof_wrong");
    world.call(&admin, &RemoveTotp {}).await.unwrap();
    let factors = world.call(&admin, &GetMyFactors {}).await.unwrap();
    assert_eq!((factors.totp_since, factors.recovery_codes_left), (None, 0));
    // The first step of before counts no more for proofs that are gone.
    assert_eq!(code(second_step(&world, &continuation, recovery(&renewed[0])).await), "identity.proof_unfit");
    world.sign_in("quan.tri").await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_cannot_enrol_a_factor_for_another() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let other = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    // Whatever else stands in the request, the call acts on whoever makes it.
    let named = |code: Option<String>| {
        let me = &other.me;
        let body = json!({ "account": me.account.id, "person": me.person.id, "id": me.account.id,
            "username": me.account.username, "code": code });
        serde_json::to_vec(&body).unwrap()
    };
    let call = async |name: &str, body: Vec<u8>| {
        let subject = wire::call_subject("identity", name);
        let answer = world.bench.platform.bus.call(&subject, &admin.meta(), body.into(), PATIENCE).await.unwrap();
        assert!(!answer.fault, "{:?}", answer.body);
        answer.body
    };
    let begun: TotpBegun = serde_json::from_slice(&call("begin_totp.v1", named(None)).await).unwrap();
    let app = App::new(&begun.secret.0, world.now().unix_seconds());
    call("confirm_totp.v1", named(Some(app.code(0)))).await;
    for (who, enrolled) in [(&admin, true), (&other, false)] {
        let factors = world.call(who, &GetMyFactors {}).await.unwrap();
        assert_eq!((factors.totp_since.is_some(), factors.recovery_codes_left > 0), (enrolled, enrolled));
    }
    assert!(world.sign_in("tran.binh").await.me.account.id == other.me.account.id);
    world.finish().await;
}
