//! Authority follows appointments, day by day, and nothing else.

use schema_identity::{
    ChangeDirectHead, CreateAppointment, CreatePosition, EndAppointment, EndPosition, GetMe, ListAppointments, Reach,
};
use testbed::Pair;
use wire::{Day, Meta, id::PositionId};

use crate::world::{Someone, World, appointment, code, day};

async fn by_the_day(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let clerk = world.someone(&admin, office, "tran binh", &["document_clerk"]).await;
    let told = world.as_service(&clerk.session()).await.unwrap();
    assert_eq!((told.person, told.account), (clerk.me.person.id, clerk.me.account.id));
    let grant = &told.grants[0];
    assert_eq!((grant.office, grant.head, grant.offices_below.len()), (office, false, 0));
    assert!(grant.permissions.contains("documents.incoming.register"));
    assert!(!grant.permissions.contains("documents.incoming.dispose"));
    // One appointment for yesterday, one for tomorrow: neither counts today.
    let today: Day = world.now().day();
    let post = world.position(&admin, office, &["chief_of_office"]).await;
    let yesterday = CreateAppointment { to: Some(today), ..appointment(&clerk.me.person, &post) };
    world.call(&admin, &yesterday).await.unwrap();
    let tomorrow = CreateAppointment { from: today.plus(1).unwrap(), ..appointment(&clerk.me.person, &post) };
    world.call(&admin, &tomorrow).await.unwrap();
    assert_eq!(world.as_service(&clerk.session()).await.unwrap().grants.len(), 1);
    // Ended today: without authority from today on, though the session goes on.
    let all = ListAppointments {
        office,
        person: Some(clerk.me.person.id),
        position: Some(grant.position),
        as_of: None,
        limit: None,
        cursor: None,
    };
    let held = world.call(&admin, &all).await.unwrap().items.remove(0);
    world.call(&admin, &EndAppointment { id: held.id, to: today }).await.unwrap();
    assert!(world.as_service(&clerk.session()).await.unwrap().grants.is_empty());
    assert!(world.call(&clerk, &GetMe {}).await.unwrap().posts.is_empty());
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn authority_is_that_of_the_day_on_sqlite() {
    by_the_day(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn authority_is_that_of_the_day_on_postgresql() {
    by_the_day(Pair::LocalPostgres).await;
}

async fn direct_reports(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let today = world.now().day();
    let chief = world.someone(&admin, office, "tran binh", &["chief_of_office"]).await;
    let deputy = world.someone(&admin, office, "le hoa", &["deputy_chief_of_office"]).await;
    let (chief_post, deputy_post) = (chief.me.posts[0].position, deputy.me.posts[0].position);
    let clerk = world.position(&admin, office, &["document_clerk"]).await.id;
    let told = async |who: &Someone| world.as_service(&who.session()).await.unwrap().grants.remove(0).direct_reports;
    let name = async |id, from, reports_to| {
        world.call(&admin, &ChangeDirectHead { id, from, reports_to }).await.unwrap();
    };
    assert_eq!(told(&chief).await, []);
    // Today the clerk and the deputy name the chief, from tomorrow on the clerk names the deputy.
    name(clerk, today, Some(chief_post)).await;
    name(deputy_post, today, Some(chief_post)).await;
    name(clerk, today.plus(1).unwrap(), Some(deputy_post)).await;
    assert_eq!(sorted(told(&chief).await), sorted(vec![clerk, deputy_post]));
    assert_eq!(told(&deputy).await, []);
    // What was so yesterday does not count.
    name(clerk, day("2026-01-01"), Some(deputy_post)).await;
    name(clerk, today, None).await;
    assert_eq!((told(&chief).await, told(&deputy).await), (vec![deputy_post], vec![]));
    // The head of a unit stands in for the head whom nobody named; those of other units are not theirs.
    let head = CreatePosition { head: true, ..world.post(office, &["chief_of_office"]).await };
    let head = world.call(&admin, &head).await.unwrap();
    world.call(&admin, &appointment(&chief.me.person, &head)).await.unwrap();
    let elsewhere = world.unit(office, "dang uy xa").await;
    let elsewhere = CreatePosition { unit: elsewhere, ..world.post(office, &["secretary"]).await };
    world.call(&admin, &elsewhere).await.unwrap();
    let ended = world.position(&admin, office, &["specialist"]).await.id;
    world.call(&admin, &EndPosition { id: ended, to: today }).await.unwrap();
    let grants = world.as_service(&chief.session()).await.unwrap().grants;
    let of_head = grants.into_iter().find(|grant| grant.head).unwrap().direct_reports;
    assert_eq!(sorted(of_head), sorted(vec![clerk, chief_post, admin.me.posts[0].position]));
    world.finish().await;
}

fn sorted(mut positions: Vec<PositionId>) -> Vec<PositionId> {
    positions.sort_unstable();
    positions
}

#[tokio::test(flavor = "multi_thread")]
async fn direct_reports_are_those_of_the_day_on_sqlite() {
    direct_reports(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn direct_reports_are_those_of_the_day_on_postgresql() {
    direct_reports(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reach_below_names_every_office_directly_below() {
    let world = World::local().await;
    let admin = world.administrator("95", Reach::Below).await;
    let told = world.as_service(&admin.session()).await.unwrap();
    let below = [world.office("binh minh").await, world.office("hung dao").await];
    assert_eq!(told.grants[0].offices_below, below);
    let head = CreatePosition { head: true, ..world.post(below[0], &["chief_of_office"]).await };
    let position = world.call(&admin, &head).await.unwrap();
    let person = world.person(&admin, below[0], "Lê Hoa").await;
    world.appoint(&admin, &person, &position).await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_services_are_told_of_authority() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    assert_eq!(code(world.call(&admin, &admin.session()).await), "wire.denied");
    assert_eq!(code(world.send(Meta::default(), &admin.session()).await), "wire.denied");
    let mut other = admin.session();
    other.account = uuid::Uuid::nil().into();
    assert_eq!(code(world.as_service(&other).await), "identity.session_ended");
    world.finish().await;
}
