//! The first administrator, and the one-time codes with which people choose passwords.

use schema_identity::{
    AccountState, CreatePosition, DisableAccount, DisablePerson, EnableAccount, EnablePerson, EndAccountSessions,
    EndAppointment, EndPosition, Enrol, Hidden, IssueEnrolment, ListAccounts, OpenAccount, Reach, RefreshTokens,
    SignIn,
};
use wire::{Fault, Meta, id::AccountId};

use crate::world::{PASSWORD, Someone, World, code};

async fn enrol(world: &World, code: &Hidden, username: &str, password: &str) -> Result<String, Fault> {
    let call = Enrol { code: code.clone(), username: username.into(), password: password.into() };
    world.send(Meta::default(), &call).await.map(|enrolled| enrolled.username)
}

/// A person with a locked account.
async fn account(world: &World, admin: &Someone, name: &str) -> AccountId {
    let person = world.person(admin, admin.office(), name).await;
    let opened = world.call(admin, &OpenAccount { office: admin.office(), person: person.id }).await.unwrap();
    assert_eq!((opened.state, opened.username), (AccountState::Locked, None));
    opened.id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_is_made_once() {
    let world = World::local().await;
    assert_eq!(code(world.bootstrap("00000", Reach::Own).await), "identity.office_missing");
    let made = world.bootstrap("99001", Reach::Own).await.unwrap();
    assert_eq!(code(world.bootstrap("99001", Reach::Own).await), "identity.bootstrap_done");
    let admin = world.enrol(&made.enrolment.code, "quan.tri").await;
    let post = &admin.me.posts[0];
    assert_eq!((post.office_name.as_str(), post.unit), ("Đảng ủy xã Bình Minh", made.unit));
    assert_eq!(post.unit_name, "Văn phòng Đảng ủy xã Bình Minh");
    assert!(post.permissions.contains(&"identity.accounts.manage".to_owned()));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_services_make_the_first_administrator() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let call = schema_identity::Bootstrap { office: "99001".into(), full_name: "X".into(), reach: Reach::Own };
    assert_eq!(code(world.call(&admin, &call).await), "wire.denied");
    assert_eq!(code(world.send(Meta::default(), &call).await), "wire.denied");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_and_only_with_a_good_password() {
    let world = World::local().await;
    let made = world.bootstrap("99001", Reach::Own).await.unwrap();
    let once = made.enrolment.code;
    let nobody = Hidden::from("00000-00000-00000-00000");
    let table = [
        (enrol(&world, &nobody, "quan.tri", PASSWORD).await, "identity.enrolment_bad"),
        (enrol(&world, &once, "a b", PASSWORD).await, "identity.username_bad"),
        (enrol(&world, &once, "quan.tri", "ngắn quá").await, "identity.password_short"),
        (enrol(&world, &once, "quan.tri", &"dài ".repeat(300)).await, "identity.password_long"),
        (enrol(&world, &once, "quan.tri", "aaaaaaaaaaaaaaaaaaaa").await, "identity.password_simple"),
        (enrol(&world, &once, "quan.tri", "mat khau vietnam 2026").await, "identity.password_common"),
        (enrol(&world, &once, "quan.tri", "đây là quan.tri của xã nhà").await, "identity.password_has_name"),
    ];
    for (result, expected) in table {
        assert_eq!(code(result), expected);
    }
    let typed = Hidden(format!(" {} ", once.0.to_lowercase().replace('-', " ")));
    assert_eq!(enrol(&world, &typed, "Quản.Trị", PASSWORD).await.unwrap(), "quan.tri");
    assert_eq!(code(enrol(&world, &once, "quan.tri", PASSWORD).await), "identity.enrolment_bad");
    world.sign_in("QUAN.TRI").await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_belongs_to_one_account() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let id = account(&world, &admin, "tran binh").await;
    let code_of = world.call(&admin, &IssueEnrolment { id }).await.unwrap().code;
    assert_eq!(code(enrol(&world, &code_of, "quan.tri", PASSWORD).await), "identity.username_taken");
    assert_eq!(enrol(&world, &code_of, "tran.binh", PASSWORD).await.unwrap(), "tran.binh");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_code_takes_the_old_password_code_and_sessions_away() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let someone = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let id = someone.me.account.id;
    let first = world.call(&admin, &IssueEnrolment { id }).await.unwrap();
    let second = world.call(&admin, &IssueEnrolment { id }).await.unwrap();
    assert_eq!(code(enrol(&world, &first.code, "tran.binh", PASSWORD).await), "identity.enrolment_bad");
    let old = SignIn { username: "tran.binh".into(), password: PASSWORD.into() };
    assert_eq!(code(world.from("10.0.0.5", &old).await), "identity.sign_in_refused");
    let refresh = schema_identity::RefreshTokens { refresh_token: someone.tokens.refresh_token.clone() };
    assert_eq!(code(world.from("10.0.0.9", &refresh).await), "identity.refresh_refused");
    enrol(&world, &second.code, "tran.binh", "một câu khác hẳn câu trước").await.unwrap();
    assert_eq!(code(world.from("10.0.0.5", &old).await), "identity.sign_in_refused");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_the_sessions_of_another_leaves_the_account_as_it_is() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let here = world.office("binh minh").await;
    let admin = world.someone(&high, here, "tran binh", &["administrator"]).await;
    let one = world.someone(&admin, here, "le hoa", &["specialist"]).await;
    let two = world.sign_in("le.hoa").await;
    let id = one.me.account.id;
    let nobody = uuid::Uuid::nil().into();
    let table = [
        (&admin, admin.me.account.id, "identity.own_account"),
        (&admin, high.me.account.id, "identity.account_missing"),
        (&admin, nobody, "identity.account_missing"),
        (&one, admin.me.account.id, "wire.denied"),
    ];
    for (who, id, expected) in table {
        assert_eq!(code(world.call(who, &EndAccountSessions { id }).await), expected);
    }
    assert_eq!(code(world.expecting(&admin, 1, &EndAccountSessions { id }).await), "wire.stale");
    world.call(&admin, &EndAccountSessions { id }).await.unwrap();
    for gone in [&one, &two] {
        let refresh = RefreshTokens { refresh_token: gone.tokens.refresh_token.clone() };
        assert_eq!(code(world.from("10.0.0.9", &refresh).await), "identity.refresh_refused");
    }
    // The same password opens a new session, and nobody else was signed out.
    assert_eq!(world.sign_in("le.hoa").await.me.account, one.me.account);
    let refresh = RefreshTokens { refresh_token: admin.tokens.refresh_token.clone() };
    world.from("10.0.0.9", &refresh).await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_administrator_may_not_do_with_accounts() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let id = account(&world, &admin, "tran binh").await;
    let (own, office) = (admin.me.account.id, admin.office());
    let accounts = world.call(&admin, &ListAccounts { office, person: None, limit: None, cursor: None }).await.unwrap();
    assert_eq!(accounts.items.len(), 2);
    let person = accounts.items.iter().find(|account| account.id == id).unwrap().person;
    assert_eq!(code(world.call(&admin, &OpenAccount { office, person }).await), "identity.account_exists");
    assert_eq!(code(world.call(&admin, &DisableAccount { id: own }).await), "identity.own_account");
    assert_eq!(code(world.call(&admin, &IssueEnrolment { id: own }).await), "identity.own_account");
    let nobody = uuid::Uuid::nil().into();
    assert_eq!(code(world.call(&admin, &IssueEnrolment { id: nobody }).await), "identity.account_missing");
    let disabled = world.expecting(&admin, 1, &DisableAccount { id }).await.unwrap();
    assert_eq!((disabled.state, disabled.version.0), (AccountState::Disabled, 2));
    assert_eq!(code(world.call(&admin, &IssueEnrolment { id }).await), "identity.account_disabled");
    assert_eq!(code(world.expecting(&admin, 1, &EnableAccount { id }).await), "wire.stale");
    assert_eq!(world.call(&admin, &EnableAccount { id }).await.unwrap().state, AccountState::Locked);
    world.call(&admin, &DisablePerson { id: person }).await.unwrap();
    assert_eq!(code(world.call(&admin, &IssueEnrolment { id }).await), "identity.person_disabled");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_becomes_somebody_who_may_do_more() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let province = high.office();
    let low = world.someone(&high, province, "tran binh", &["administrator"]).await;
    // The same office, but the account of one who looks below is beyond one who does not.
    let id = high.me.account.id;
    assert_eq!(code(world.call(&low, &IssueEnrolment { id }).await), "identity.reach_denied");
    let post = world.post(province, &["administrator"]).await;
    let below = CreatePosition { reach: Reach::Below, ..post };
    assert_eq!(code(world.call(&low, &below).await), "identity.reach_denied");
    let position = world.call(&high, &below).await.unwrap();
    let third = world.person(&high, province, "Lê Hoa").await;
    let appointment = crate::world::appointment(&third, &position);
    assert_eq!(code(world.call(&low, &appointment).await), "identity.reach_denied");
    world.call(&high, &appointment).await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_shuts_out_somebody_who_may_do_more() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let office = high.office();
    let low = world.someone(&high, office, "tran binh", &["administrator"]).await;
    let below = CreatePosition { reach: Reach::Below, ..world.post(office, &["administrator"]).await };
    let vacant = world.call(&high, &below).await.unwrap().id;
    let (person, position) = (world.person(&high, office, "Lê Hoa").await, world.call(&high, &below).await.unwrap());
    let held = world.appoint(&high, &person, &position).await;
    let id = world.call(&high, &OpenAccount { office, person: person.id }).await.unwrap().id;
    let (today, person) = (world.now().day(), person.id);
    let end_appointment = EndAppointment { id: held.id, to: today };
    let end_position = EndPosition { id: vacant, to: today };
    assert_eq!(code(world.call(&low, &DisableAccount { id }).await), "identity.reach_denied");
    assert_eq!(code(world.call(&low, &DisablePerson { id: person }).await), "identity.reach_denied");
    assert_eq!(code(world.call(&low, &EndAccountSessions { id }).await), "identity.reach_denied");
    assert_eq!(code(world.call(&low, &end_appointment).await), "identity.reach_denied");
    assert_eq!(code(world.call(&low, &end_position).await), "identity.reach_denied");
    world.call(&high, &DisableAccount { id }).await.unwrap();
    world.call(&high, &DisablePerson { id: person }).await.unwrap();
    assert_eq!(code(world.call(&low, &EnableAccount { id }).await), "identity.reach_denied");
    assert_eq!(code(world.call(&low, &EnablePerson { id: person }).await), "identity.reach_denied");
    world.call(&high, &EnableAccount { id }).await.unwrap();
    world.call(&high, &EnablePerson { id: person }).await.unwrap();
    world.call(&high, &end_appointment).await.unwrap();
    world.call(&high, &end_position).await.unwrap();
    // Who reaches no further any more is within reach again.
    world.call(&low, &DisableAccount { id }).await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_does_not_outlive_an_appointment_that_reaches_further() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let here = world.office("binh minh").await;
    let low = world.someone(&high, here, "tran binh", &["administrator"]).await;
    let own = world.post(here, &["specialist"]).await;
    let elsewhere = world.post(high.office(), &["specialist"]).await;
    let below = CreatePosition { reach: Reach::Below, ..world.post(here, &["administrator"]).await };
    for (name, post, works) in [("le.hoa", own, true), ("le.hue", elsewhere, false), ("le.hong", below, false)] {
        let person = world.person(&low, here, name).await;
        let id = world.call(&low, &OpenAccount { office: here, person: person.id }).await.unwrap().id;
        let made = world.call(&low, &IssueEnrolment { id }).await.unwrap();
        let position = world.call(&high, &post).await.unwrap();
        world.appoint(&high, &person, &position).await;
        let used = enrol(&world, &made.code, name, PASSWORD).await;
        assert_eq!(used.map_err(|fault| fault.code).err().as_deref(), (!works).then_some("identity.enrolment_bad"));
        let anew = world.call(&high, &IssueEnrolment { id }).await.unwrap();
        enrol(&world, &anew.code, name, PASSWORD).await.unwrap();
    }
    world.finish().await;
}
