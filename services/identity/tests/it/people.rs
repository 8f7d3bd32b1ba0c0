//! People: an administrator sees and changes only what lies in scope, and repeats get the first answer.

use schema_identity::{
    ChangePerson, CreateAppointment, CreatePerson, CreatePosition, DisablePerson, EnablePerson, GetPerson,
    ListAccounts, ListAppointments, ListPeople, ListPositions, OpenAccount, Reach,
};
use testbed::Pair;
use wire::{Meta, id::OfficeId};

use crate::world::{World, appointment, code, day};

fn everyone(office: OfficeId) -> ListPeople {
    ListPeople { office, q: None, as_of: None, limit: None, cursor: None }
}

async fn scope(pair: Pair) {
    let world = World::start(pair).await;
    let high = world.administrator("95", Reach::Below).await;
    let (here, there) = (world.office("binh minh").await, world.office("hung dao").await);
    let admin = world.someone(&high, here, "tran binh", &["administrator"]).await;
    let other = world.person(&high, there, "Lê Thị Hoa").await;
    let post = world.position(&high, there, &["specialist"]).await;
    let held = world.appoint(&high, &other, &post).await;
    let opened = world.call(&high, &OpenAccount { office: there, person: other.id }).await.unwrap();
    // The province's administrator reaches both communes; the commune's only their own.
    assert_eq!(world.call(&high, &everyone(there)).await.unwrap().items.len(), 1);
    let page = |office| (None, None, office);
    let (limit, cursor, office) = page(there);
    let positions = ListPositions { office, unit: None, as_of: None, limit, cursor: cursor.clone() };
    let appointments =
        ListAppointments { office, person: None, position: None, as_of: None, limit, cursor: cursor.clone() };
    let accounts = ListAccounts { office, person: None, limit, cursor };
    assert_eq!(code(world.call(&admin, &everyone(there)).await), "wire.missing");
    assert_eq!(code(world.call(&admin, &positions).await), "wire.missing");
    assert_eq!(code(world.call(&admin, &appointments).await), "wire.missing");
    assert_eq!(code(world.call(&admin, &accounts).await), "wire.missing");
    let create = CreatePerson { office: there, full_name: "Không được".into(), contact: None };
    assert_eq!(code(world.call(&admin, &create).await), "wire.missing");
    assert_eq!(code(world.call(&admin, &GetPerson { id: other.id, as_of: None }).await), "identity.person_missing");
    assert_eq!(code(world.call(&admin, &DisablePerson { id: other.id }).await), "identity.person_missing");
    let position = schema_identity::GetPosition { id: post.id, as_of: None };
    assert_eq!(code(world.call(&admin, &position).await), "identity.position_missing");
    let end = schema_identity::EndAppointment { id: held.id, to: day("2027-01-01") };
    assert_eq!(code(world.call(&admin, &end).await), "identity.appointment_missing");
    let disable = schema_identity::DisableAccount { id: opened.id };
    assert_eq!(code(world.call(&admin, &disable).await), "identity.account_missing");
    let own = world.position(&admin, here, &["specialist"]).await;
    let lent = appointment(&other, &own);
    assert_eq!(code(world.call(&admin, &lent).await), "identity.person_missing");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_outside_scope_is_seen_or_changed_on_sqlite() {
    scope(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_outside_scope_is_seen_or_changed_on_postgresql() {
    scope(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_name_and_listed_in_its_order() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    for name in ["Nguyễn Thị Lan", "Nguyễn Văn Lâm", "Trần Thị Lan"] {
        world.person(&admin, office, name).await;
    }
    let lan = ListPeople { q: Some("lan nguyen".into()), ..everyone(office) };
    let found = world.call(&admin, &lan).await.unwrap();
    assert_eq!(found.items.iter().map(|person| person.full_name.as_str()).collect::<Vec<_>>(), ["Nguyễn Thị Lan"]);
    let first = world.call(&admin, &ListPeople { limit: Some(3), ..everyone(office) }).await.unwrap();
    let rest = world.call(&admin, &ListPeople { cursor: first.next, ..everyone(office) }).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len()), (3, 1));
    assert_eq!(rest.items[0].full_name, "Trần Thị Lan");
    world.finish().await;
}

async fn who_was_chief(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let chief = CreatePosition {
        title: "Chánh Văn phòng".into(),
        head: true,
        ..world.post(office, &["chief_of_office"]).await
    };
    let chief = world.call(&admin, &chief).await.unwrap();
    let (first, second) = (world.person(&admin, office, "Lê Hoa").await, world.person(&admin, office, "Lê Huệ").await);
    let until = CreateAppointment { to: Some(day("2026-01-01")), ..appointment(&first, &chief) };
    world.call(&admin, &until).await.unwrap();
    let since = CreateAppointment { from: day("2026-01-01"), ..appointment(&second, &chief) };
    world.call(&admin, &since).await.unwrap();
    for (text, expected) in [("2025-06-30", None), ("2025-07-01", Some(&first)), ("2026-01-01", Some(&second))] {
        let as_of = Some(day(text));
        let then = world.call(&admin, &ListPeople { as_of, ..everyone(office) }).await.unwrap().items;
        assert_eq!(then.iter().collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>(), "{text}");
        for person in [&first, &second] {
            let shown = world.call(&admin, &GetPerson { id: person.id, as_of }).await.unwrap();
            let titles: Vec<&str> = shown.posts.iter().map(|post| post.title.as_str()).collect();
            let held = expected.is_some_and(|held| held.id == person.id);
            assert_eq!(titles, if held { vec!["Chánh Văn phòng"] } else { vec![] }, "{text}");
        }
    }
    // The administrator was appointed today only.
    let today = ListPeople { as_of: Some(world.now().day()), ..everyone(office) };
    assert_eq!(world.call(&admin, &today).await.unwrap().items.len(), 2);
    assert_eq!(world.call(&admin, &everyone(office)).await.unwrap().items.len(), 3);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_held_a_position_on_a_day_is_told_on_sqlite() {
    who_was_chief(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_held_a_position_on_a_day_is_told_on_postgresql() {
    who_was_chief(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_and_posts_of_offices_out_of_scope_are_not_told() {
    let world = World::local().await;
    let high = world.administrator("95", Reach::Below).await;
    let (here, there) = (world.office("binh minh").await, world.office("hung dao").await);
    let admin = world.someone(&high, here, "tran binh", &["administrator"]).await;
    let (ours, theirs) = (world.person(&high, here, "Lê Hoa").await, world.person(&high, there, "Lê Huệ").await);
    for (person, office) in [(&ours, here), (&ours, there), (&theirs, here)] {
        let position = world.position(&high, office, &["specialist"]).await;
        world.appoint(&high, person, &position).await;
    }
    let today = ListPeople { q: Some("le".into()), as_of: Some(world.now().day()), ..everyone(here) };
    assert_eq!(world.call(&high, &today).await.unwrap().items, [ours.clone(), theirs]);
    assert_eq!(world.call(&admin, &today).await.unwrap().items, std::slice::from_ref(&ours));
    let ours = GetPerson { id: ours.id, as_of: None };
    assert_eq!(world.call(&high, &ours).await.unwrap().posts.len(), 2);
    let posts = world.call(&admin, &ours).await.unwrap().posts;
    assert_eq!(posts.iter().map(|post| post.office).collect::<Vec<_>>(), [here]);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_gets_the_first_answer() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let create = CreatePerson { office: admin.office(), full_name: "Lê Thị Hoa".into(), contact: None };
    let meta = admin.meta();
    let first = world.send(meta.clone(), &create).await.unwrap();
    assert_eq!(world.send(meta.clone(), &create).await.unwrap(), first);
    let other = CreatePerson { full_name: "Lê Thị Huệ".into(), ..create.clone() };
    assert_eq!(code(world.send(meta.clone(), &other).await), "wire.key_reused");
    assert_eq!(code(world.send(Meta { key: None, ..meta }, &create).await), "wire.key_missing");
    let hoa = ListPeople { q: Some("hoa".into()), ..everyone(admin.office()) };
    assert_eq!(world.call(&admin, &hoa).await.unwrap().items, [first]);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_corrected_disabled_and_enabled() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let person = world.person(&admin, admin.office(), "Lê Thị Hoa").await;
    let correct = |contact: &str| ChangePerson { id: person.id, full_name: None, contact: Some(contact.into()) };
    let changed = world.call(&admin, &correct("máy lẻ 105")).await.unwrap();
    assert_eq!((changed.contact.as_deref(), changed.version.0), (Some("máy lẻ 105"), 2));
    assert_eq!(code(world.expecting(&admin, 1, &correct("")).await), "wire.stale");
    assert_eq!(world.expecting(&admin, 2, &correct("")).await.unwrap().contact, None);
    assert!(!world.call(&admin, &DisablePerson { id: person.id }).await.unwrap().active);
    let account = OpenAccount { office: admin.office(), person: person.id };
    assert_eq!(code(world.call(&admin, &account).await), "identity.person_disabled");
    let post = world.position(&admin, admin.office(), &["specialist"]).await;
    assert_eq!(code(world.call(&admin, &appointment(&person, &post)).await), "identity.person_disabled");
    assert!(world.call(&admin, &EnablePerson { id: person.id }).await.unwrap().active);
    let own = DisablePerson { id: admin.me.person.id };
    assert_eq!(code(world.call(&admin, &own).await), "identity.own_account");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_permission_nothing_is_changed() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let someone = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    assert!(world.call(&someone, &everyone(admin.office())).await.is_ok());
    let create = CreatePerson { office: admin.office(), full_name: "Lê Thị Hoa".into(), contact: None };
    assert_eq!(code(world.call(&someone, &create).await), "wire.denied");
    let accounts = ListAccounts { office: admin.office(), person: None, limit: None, cursor: None };
    assert_eq!(code(world.call(&someone, &accounts).await), "wire.denied");
    world.finish().await;
}
