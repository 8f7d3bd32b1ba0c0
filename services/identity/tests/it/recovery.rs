//! Recovery: two administrators, both with a reason; one alone never, and never unnoticed.

use schema_identity::{
    AccountState, ConfirmRecovery, GetMyFactors, IssueEnrolment, ListAccounts, ListRecoveries, Reach, RefuseRecovery,
    RequestRecovery,
};
use testbed::Pair;
use wire::id::{AccountId, RecoveryId};

use crate::{
    factors::{enrol_app, first_step},
    world::{Someone, World, code},
};

fn request(account: AccountId) -> RequestRecovery {
    RequestRecovery { account, reason: "Mất điện thoại; đã gặp trực tiếp.".into() }
}

fn confirm(id: RecoveryId) -> ConfirmRecovery {
    ConfirmRecovery { id, reason: "Đã gọi điện cho người đó.".into() }
}

/// A second administrator of the same office.
async fn second(world: &World, admin: &Someone) -> Someone {
    world.someone(admin, admin.office(), "le hoa", &["administrator"]).await
}

async fn recovering(pair: Pair) {
    let world = World::start(pair).await;
    let first = world.administrator("99001", Reach::Own).await;
    let second = second(&world, &first).await;
    let owner = world.someone(&first, first.office(), "tran binh", &["specialist"]).await;
    enrol_app(&world, &owner).await;
    let account = owner.me.account.id;
    let asked = world.call(&first, &request(account)).await.unwrap();
    assert_eq!((asked.requested_by, asked.account), (first.me.person.id, account));
    assert_eq!(code(world.call(&second, &request(account)).await), "identity.recovery_waits");
    assert_eq!(code(world.call(&first, &confirm(asked.id)).await), "identity.recovery_alone");
    assert_eq!(code(world.call(&owner, &confirm(asked.id)).await), "wire.denied");
    let empty = ConfirmRecovery { reason: " ".into(), ..confirm(asked.id) };
    assert_eq!(code(world.call(&second, &empty).await), "identity.text_length");
    // Nothing has happened so far: the factor is still asked for.
    first_step(&world, "tran.binh").await;
    let waiting = world.call(&second, &ListRecoveries { office: first.office() }).await.unwrap();
    assert_eq!(waiting.recoveries, std::slice::from_ref(&asked));
    let enrolment = world.call(&second, &confirm(asked.id)).await.unwrap();
    assert_eq!(code(world.as_service(&owner.session()).await), "identity.session_ended");
    assert_eq!(code(world.call(&second, &confirm(asked.id)).await), "identity.recovery_missing");
    // The owner begins anew without factors, and sees who did it.
    let owner = world.enrol(&enrolment.code, "tran.binh").await;
    let factors = world.call(&owner, &GetMyFactors {}).await.unwrap();
    assert_eq!((factors.totp_since, factors.recovery_codes_left), (None, 0));
    let recovered = factors.recovered.unwrap();
    assert_eq!((recovered.requested_by, recovered.confirmed_by), (first.me.person.id, second.me.person.id));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_recover_an_account_and_its_owner_sees_it_on_sqlite() {
    recovering(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_recover_an_account_and_its_owner_sees_it_on_postgresql() {
    recovering(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_administrator_alone_does_not_get_past_a_second_factor() {
    let world = World::local().await;
    let first = world.administrator("99001", Reach::Own).await;
    let owner = world.someone(&first, first.office(), "tran binh", &["specialist"]).await;
    enrol_app(&world, &owner).await;
    // A one-time code gives a new password, but leaves the factor where it is.
    let enrolment = world.call(&first, &IssueEnrolment { id: owner.me.account.id }).await.unwrap();
    let call = schema_identity::Enrol {
        code: enrolment.code,
        username: "tran.binh".into(),
        password: crate::world::PASSWORD.into(),
    };
    world.from("10.0.0.9", &call).await.unwrap();
    first_step(&world, "tran.binh").await;
    assert_eq!(code(world.call(&first, &request(first.me.account.id)).await), "identity.own_account");
    let asked = world.call(&first, &request(owner.me.account.id)).await.unwrap();
    world.call(&first, &RefuseRecovery { id: asked.id }).await.unwrap();
    assert_eq!(code(world.call(&first, &confirm(asked.id)).await), "identity.recovery_missing");
    let list = ListAccounts { office: first.office(), person: Some(owner.me.person.id), limit: None, cursor: None };
    assert_eq!(world.call(&first, &list).await.unwrap().items[0].state, AccountState::Active);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_administrator_may_be_that_of_the_office_above_and_no_other() {
    let world = World::local().await;
    let province = world.administrator("95", Reach::Below).await;
    let commune = world.office("Bình Minh").await;
    let other = world.office("Hưng Đạo").await;
    let here = world.someone(&province, commune, "le hoa", &["administrator"]).await;
    let beside = world.someone(&province, other, "vu nam", &["administrator"]).await;
    let owner = world.someone(&province, commune, "tran binh", &["specialist"]).await;
    let asked = world.call(&here, &request(owner.me.account.id)).await.unwrap();
    assert_eq!(code(world.call(&beside, &confirm(asked.id)).await), "identity.recovery_missing");
    assert_eq!(code(world.call(&beside, &request(owner.me.account.id)).await), "identity.account_missing");
    // Nobody recovers who reaches further than they do.
    assert_eq!(code(world.call(&here, &request(province.me.account.id)).await), "identity.account_missing");
    world.call(&province, &confirm(asked.id)).await.unwrap();
    world.finish().await;
}
