//! A short privilege inside a long session: calls that change who may do what ask for a fresh proof.

use std::time::Duration;

use db::Db;
use schema_identity::{
    BeginPasskey, BeginTotp, GetMyFactors, Hidden, IssueEnrolment, ListAccounts, OpenAccount, Proof, Reach, StepUp,
};
use sea_orm::ConnectionTrait as _;
use testbed::{Pair, process};
use wire::{Fault, Kind};

use crate::{
    factors::{enrol_app, shown},
    world::{PASSWORD, Someone, World, code},
};

fn password(text: &str) -> Proof {
    Proof { password: Some(text.into()), ..Proof::default() }
}

async fn step_up(world: &World, who: &Someone, proof: Proof) -> Result<(), Fault> {
    world.call(who, &StepUp { proof }).await.map(|stepped| assert!(stepped.until > world.now()))
}

/// Lets every proof grow old, and waits until no service believes otherwise.
async fn grow_old(world: &mut World, who: &Someone) {
    let db = Db::open(&world.bench.database("identity").await.unwrap()).await.unwrap();
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared("UPDATE session_proof SET stepped_up_until = 1").await.unwrap();
    tx.commit().await.unwrap();
    let old = process::until("the proof to be old", Duration::from_secs(10), || async {
        world.call(who, &BeginTotp {}).await.err().filter(|fault| fault.code == "wire.step_up_needed")
    });
    assert_eq!(old.await.unwrap().kind, Kind::Unauthenticated);
}

async fn stepping_up(pair: Pair) {
    let mut world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let person = world.person(&admin, admin.office(), "tran binh").await;
    let opened = world.call(&admin, &OpenAccount { office: admin.office(), person: person.id }).await.unwrap();
    grow_old(&mut world, &admin).await;
    // Nothing is demanded of somebody without a second factor but for calls about their own factors.
    world.call(&admin, &IssueEnrolment { id: opened.id }).await.unwrap();
    assert_eq!(code(world.call(&admin, &BeginPasskey {}).await), "wire.step_up_needed");
    assert_eq!(code(step_up(&world, &admin, password("không phải câu này")).await), "identity.proof_wrong");
    assert_eq!(code(world.call(&admin, &BeginTotp {}).await), "wire.step_up_needed");
    step_up(&world, &admin, password(PASSWORD)).await.unwrap();
    // With a factor the password is not enough, nor is a code that is meant for sign-in.
    let (app, added) = enrol_app(&world, &admin).await;
    let spare = Proof { recovery_code: Some(added.recovery_codes[0].clone()), ..Proof::default() };
    for unfit in [password(PASSWORD), spare] {
        assert_eq!(code(step_up(&world, &admin, unfit).await), "identity.proof_unfit");
    }
    grow_old(&mut world, &admin).await;
    let issue = IssueEnrolment { id: opened.id };
    process::until("the proof to be asked for", Duration::from_secs(5), || async {
        world.call(&admin, &issue).await.err().filter(|fault| fault.code == "wire.step_up_needed")
    })
    .await
    .unwrap();
    // What is not marked goes on.
    let list = ListAccounts { office: admin.office(), person: None, limit: None, cursor: None };
    world.call(&admin, &list).await.unwrap();
    world.call(&admin, &GetMyFactors {}).await.unwrap();
    assert_eq!(code(step_up(&world, &admin, shown(&app, 0)).await), "identity.proof_wrong");
    step_up(&world, &admin, shown(&app, 1)).await.unwrap();
    assert_eq!(code(step_up(&world, &admin, shown(&app, 1)).await), "identity.proof_wrong");
    // It counts at once, although an older answer is still believed.
    world.call(&admin, &issue).await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_proof_is_asked_for_and_counts_at_once_on_sqlite() {
    stepping_up(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_proof_is_asked_for_and_counts_at_once_on_postgresql() {
    stepping_up(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_in_a_step_up_count_as_failed_sign_ins() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let mut guesses = 0;
    loop {
        let proof = Proof { password: Some(Hidden::from("không phải câu này")), ..Proof::default() };
        let fault = step_up(&world, &admin, proof).await.unwrap_err();
        if fault.code == "identity.sign_in_limited" {
            break;
        }
        assert_eq!(fault.code, "identity.proof_wrong");
        guesses += 1;
    }
    assert!((5..=7).contains(&guesses), "{guesses}");
    world.finish().await;
}
