//! One person with several roles, as in a commune's office: what each of the roles gives, and nothing more.

use std::collections::BTreeSet;

use schema_identity::{
    CreatePerson, CreateUnit, DirectoryImportKind, FindUnits, ListAccounts, ListPeople, ListRoles, OpenAccount, Reach,
};
use testbed::Pair;
use wire::Authority;

use crate::{
    directory_imports,
    world::{World, code, day},
};

/// Who has what in an office of fifteen, and whether they administer it.
const PEOPLE: [(&str, &[&str], bool); 4] = [
    ("luong thu", &["document_clerk", "archivist", "reception_officer", "accountant"], false),
    ("ho dien", &["specialist", "reception_officer", "administrator"], true),
    ("ta phep", &["cipher_clerk", "specialist"], false),
    ("duong gia", &["standing_member", "head_of_board"], false),
];

async fn several(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let known = world.call(&admin, &ListRoles {}).await.unwrap().items;
    for (name, roles, administers) in PEOPLE {
        let who = world.someone(&admin, office, name, roles).await;
        let authority: Authority = world.as_service(&who.session()).await.unwrap();
        let given: BTreeSet<String> =
            authority.grants.iter().flat_map(|grant| grant.permissions.iter().cloned()).collect();
        let each = known.iter().filter(|role| roles.contains(&role.name.as_str()));
        let each: BTreeSet<String> = each.flat_map(|role| role.permissions.iter().cloned()).collect();
        assert_eq!(given, each, "{roles:?}");
        assert!(authority.grants.iter().all(|grant| grant.office == office && grant.offices().count() == 1));

        let everyone = ListPeople { office, q: None, as_of: None, limit: None, cursor: None };
        assert!(world.call(&who, &everyone).await.is_ok(), "{roles:?}");
        let units = FindUnits { office: Some(office), ..FindUnits::default() };
        let parent = world.call(&who, &units).await.unwrap().items[0].id;
        let person = CreatePerson { office, full_name: "Người Mới".into(), contact: None };
        let person = world.call(&who, &person).await;
        let unit = CreateUnit { office, parent, name: format!("Tổ {name}"), body: None, from: day("2026-01-01") };
        let unit = world.call(&who, &unit).await;
        let accounts = world.call(&who, &ListAccounts { office, person: None, limit: None, cursor: None }).await;
        if administers {
            let person = person.unwrap().id;
            assert!(unit.is_ok() && accounts.is_ok());
            assert!(world.call(&who, &OpenAccount { office, person }).await.is_ok());
            let list = "Tên đơn vị\tTừ ngày\nTổ Một cửa\t05/01/2026\n";
            directory_imports::begun(&world, &who, office, DirectoryImportKind::Units, list).await;
        } else {
            for refused in [code(person), code(unit), code(accounts)] {
                assert_eq!(refused, "wire.denied", "{roles:?}");
            }
        }
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_several_roles_may_do_what_each_gives_on_sqlite() {
    several(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_several_roles_may_do_what_each_gives_on_postgresql() {
    several(Pair::LocalPostgres).await;
}
