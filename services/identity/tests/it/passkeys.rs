//! Passkeys with an authenticator in software: added, asked for at sign-in and for a step-up, and attacked.

use schema_identity::{
    AddPasskey, BeginPasskey, BeginPasskeyStepUp, FactorAdded, GetMyFactors, Proof, Reach, RemovePasskey, StepUp,
    WebAuthnJson,
};
use serde_json::{Map, Value};
use testbed::{Pair, authenticator::Passkey};
use wire::{Fault, Kind};

use crate::{
    factors::{continuation, first_step, second_step},
    world::{Someone, World, code},
};

/// Where browsers find identity when nothing is set.
const ORIGIN: &str = "http://localhost:8080";

fn passkey() -> Passkey {
    Passkey::new("localhost", ORIGIN)
}

/// What a new passkey says to what was asked, by the name `Khóa bảo mật`.
fn new(key: &mut Passkey, options: &WebAuthnJson) -> AddPasskey {
    AddPasskey { name: "Khóa bảo mật".into(), credential: WebAuthnJson(key.create(&options.0)) }
}

async fn add(world: &World, who: &Someone, key: &mut Passkey) -> Result<FactorAdded, Fault> {
    let asked = world.call(who, &BeginPasskey {}).await.unwrap().options;
    assert_eq!((&asked.0["rp"]["id"], &asked.0["attestation"]), (&"localhost".into(), &"none".into()));
    assert_eq!(asked.0["authenticatorSelection"]["userVerification"], "required");
    world.call(who, &new(key, &asked)).await
}

async fn step_up(world: &World, who: &Someone, proof: Proof) -> Result<(), Fault> {
    world.call(who, &StepUp { proof }).await.map(|_| ())
}

async fn asked(world: &World, who: &Someone) -> WebAuthnJson {
    world.call(who, &BeginPasskeyStepUp {}).await.unwrap().options
}

fn answer(key: &mut Passkey, options: &Map<String, Value>) -> Proof {
    Proof { passkey: Some(WebAuthnJson(key.get(options))), ..Proof::default() }
}

/// What the refusal of a first step asks passkeys.
fn options(needed: &Value) -> &Map<String, Value> {
    needed["passkey"].as_object().unwrap()
}

async fn passkeys(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let mut key = passkey();
    assert_eq!(code(world.call(&admin, &BeginPasskeyStepUp {}).await), "identity.proof_unfit");
    assert_eq!(add(&world, &admin, &mut key).await.unwrap().recovery_codes.len(), 10);
    assert_eq!(code(add(&world, &admin, &mut key).await), "identity.passkey_known");
    let needed = first_step(&world, "quan.tri").await;
    assert_eq!(needed["totp"].as_bool(), Some(false));
    assert_eq!(options(&needed)["allowCredentials"].as_array().map(Vec::len), Some(1));
    let first = continuation(&needed);
    let given = answer(&mut key, options(&needed));
    second_step(&world, &first, given.clone()).await.unwrap();
    assert_eq!(code(second_step(&world, &first, given.clone()).await), "identity.continuation_bad");
    // The answer to one sign-in is none to the next, nor to a step-up.
    let second = continuation(&first_step(&world, "quan.tri").await);
    assert_eq!(code(second_step(&world, &second, given.clone()).await), "identity.proof_wrong");
    assert_eq!(code(step_up(&world, &admin, given).await), "identity.proof_wrong");
    let given = answer(&mut key, &asked(&world, &admin).await.0);
    step_up(&world, &admin, given.clone()).await.unwrap();
    assert_eq!(code(step_up(&world, &admin, given).await), "identity.proof_wrong");
    // Removed, it is refused, and the password is enough again.
    let id = world.call(&admin, &GetMyFactors {}).await.unwrap().passkeys[0].id;
    let third = first_step(&world, "quan.tri").await;
    world.call(&admin, &RemovePasskey { id }).await.unwrap();
    let given = answer(&mut key, options(&third));
    assert_eq!(code(second_step(&world, &continuation(&third), given).await), "identity.proof_unfit");
    assert_eq!(code(world.call(&admin, &RemovePasskey { id }).await), "identity.passkey_missing");
    world.sign_in("quan.tri").await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_asked_for_and_removed_on_sqlite() {
    passkeys(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_asked_for_and_removed_on_postgresql() {
    passkeys(Pair::LocalPostgres).await;
}

type Bend = fn(&mut Passkey);

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_bent_is_refused() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let table: [(&str, Bend); 5] = [
        ("origin", |key| key.origin = "http://localhost:8081".into()),
        ("rp_id", |key| key.rp_id = "vanphong.example".into()),
        ("verification", |key| key.flags = 0x01),
        ("presence", |key| key.flags = 0x04),
        ("form", |key| key.flags = 0x15),
    ];
    for (what, bend) in table {
        let mut key = passkey();
        bend(&mut key);
        let fault = add(&world, &admin, &mut key).await.unwrap_err();
        assert_eq!((fault.kind, fault.code.as_str()), (Kind::Invalid, "identity.passkey_bad"));
        assert_eq!(fault.detail.unwrap()["what"], what);
    }
    let silly = AddPasskey { name: "x".into(), credential: WebAuthnJson::default() };
    assert_eq!(code(world.call(&admin, &silly).await), "identity.passkey_bad");
    let mut key = passkey();
    add(&world, &admin, &mut key).await.unwrap();
    let (origin, rp_id, flags) = (key.origin.clone(), key.rp_id.clone(), key.flags);
    for (what, bend) in table.iter().take(4) {
        bend(&mut key);
        let given = answer(&mut key, &asked(&world, &admin).await.0);
        // Four wrong answers cost nothing yet.
        assert_eq!(code(step_up(&world, &admin, given).await), "identity.proof_wrong", "{what}");
        (key.origin, key.rp_id, key.flags) = (origin.clone(), rp_id.clone(), flags);
    }
    let given = answer(&mut key, &asked(&world, &admin).await.0);
    step_up(&world, &admin, given).await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn challenges_and_credentials_are_of_one_account_and_one_session() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let other = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let (mut mine, mut theirs) = (passkey(), passkey());
    add(&world, &other, &mut theirs).await.unwrap();
    // What another account was asked, what was asked for another purpose, and what nobody was asked.
    let of_other = world.call(&other, &BeginPasskey {}).await.unwrap().options;
    let to_step_up = asked(&world, &other).await;
    let mut nobodys = of_other.clone();
    nobodys.0["challenge"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
    for options in [of_other, to_step_up, nobodys] {
        let fault = world.call(&admin, &new(&mut mine, &options)).await.unwrap_err();
        assert_eq!(fault.detail.unwrap()["what"], "challenge");
    }
    add(&world, &admin, &mut mine).await.unwrap();
    // Somebody else's passkey answers what mine was asked; I claim their credential as mine.
    let given = answer(&mut theirs, &asked(&world, &admin).await.0);
    assert_eq!(code(step_up(&world, &admin, given).await), "identity.proof_wrong");
    let mut stolen = passkey();
    stolen.credential.clone_from(&theirs.credential);
    assert_eq!(code(add(&world, &admin, &mut stolen).await), "identity.passkey_known");
    let given = answer(&mut mine, &asked(&world, &other).await.0);
    assert_eq!(code(step_up(&world, &other, given).await), "identity.proof_wrong");
    let id = world.call(&other, &GetMyFactors {}).await.unwrap().passkeys[0].id;
    assert_eq!(code(world.call(&admin, &RemovePasskey { id }).await), "identity.passkey_missing");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_noticed_by_its_counter_and_the_password_alone_is_still_not_enough() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let mut key = passkey();
    let codes = add(&world, &admin, &mut key).await.unwrap().recovery_codes;
    let twice = [asked(&world, &admin).await, asked(&world, &admin).await];
    key.counter = 41;
    let given = answer(&mut key, &asked(&world, &admin).await.0);
    step_up(&world, &admin, given).await.unwrap();
    for (counter, options) in [10, 90].into_iter().zip(twice) {
        key.counter = counter;
        let given = answer(&mut key, &options.0);
        assert_eq!(code(step_up(&world, &admin, given).await), "identity.proof_wrong", "{counter}");
    }
    assert!(world.call(&admin, &GetMyFactors {}).await.unwrap().passkeys[0].suspect.is_some());
    let needed = first_step(&world, "quan.tri").await;
    assert_eq!(needed["passkey"], Value::Null);
    let proof = Proof { recovery_code: Some(codes[0].clone()), ..Proof::default() };
    second_step(&world, &continuation(&needed), proof).await.unwrap();
    world.finish().await;
}
