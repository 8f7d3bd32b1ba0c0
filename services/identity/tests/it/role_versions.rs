//! What the installation withholds from roles: by the centre alone, by decision, and everywhere within five seconds.

use std::time::Duration;

use schema_identity::*;
use sea_orm::ConnectionTrait as _;
use testbed::{Pair, process::until};
use wire::{Fault, Version};

use crate::world::{Someone, World, code, day};

const VOID: &str = "documents.incoming.void";

fn order(replaces: i64, rights: &[(&str, &[&str])]) -> SaveRoleVersion {
    let right = |(role, permissions): &(&str, &[&str])| WithheldRights {
        role: (*role).to_owned(),
        permissions: permissions.iter().map(|permission| (*permission).to_owned()).collect(),
    };
    SaveRoleVersion {
        replaces: Version(replaces),
        withheld: rights.iter().map(right).collect(),
        reason: "theo quy chế làm việc".into(),
        instrument: "21-QĐ/VPTW".into(),
        instrument_day: day("2026-01-05"),
        own_right_confirmed: false,
    }
}

/// Whether identity tells other services that somebody may do this.
async fn may(world: &World, who: &Someone, permission: &str) -> bool {
    let told = world.as_service(&who.session()).await.unwrap();
    told.grants.iter().any(|grant| grant.permissions.contains(permission))
}

async fn refused(world: &World, who: &Someone, call: SaveRoleVersion) -> String {
    code(world.call(who, &call).await)
}

async fn narrowed(pair: Pair) {
    let world = World::start(pair).await;
    let centre = world.administrator("TW", Reach::Own).await;
    let office = centre.office();
    let clerk = world.someone(&centre, office, "tran binh", &["document_clerk", "archivist"]).await;
    let high = world.office("song lam").await;
    let province = provincial(&world, high).await;
    assert!(world.call(&centre, &ListRoleVersions {}).await.unwrap().versions.is_empty());
    // A province looks and does not change; a clerk does neither.
    assert_eq!(
        refused(&world, &province, order(0, &[("document_clerk", &[VOID])])).await,
        "identity.roles_centre_only"
    );
    assert!(world.call(&province, &ListRoleVersions {}).await.unwrap().versions.is_empty());
    assert_eq!(refused(&world, &clerk, order(0, &[("document_clerk", &[VOID])])).await, "wire.denied");
    assert_eq!(code(world.call(&clerk, &ListRoleVersions {}).await), "wire.denied");
    assert!(may(&world, &clerk, VOID).await);
    let first = world.call(&centre, &order(0, &[("document_clerk", &[VOID])])).await.unwrap();
    assert_eq!((first.version, first.by), (Version(1), centre.me.person.id));
    assert!(!may(&world, &clerk, VOID).await && may(&world, &clerk, "documents.incoming.register").await);
    let me = world.call(&clerk, &GetMe {}).await.unwrap();
    assert!(!me.posts[0].permissions.contains(&VOID.to_owned()));
    let roles = world.call(&clerk, &ListRoles {}).await.unwrap().items;
    let role = roles.iter().find(|role| role.name == "document_clerk").unwrap();
    assert!(role.withheld == [VOID] && !role.permissions.contains(&VOID.to_owned()));
    // Two who saw the same version: the second looks first.
    assert_eq!(refused(&world, &centre, order(0, &[])).await, "identity.role_version_stale");
    assert_eq!(refused(&world, &centre, order(1, &[("document_clerk", &[VOID])])).await, "identity.role_version_same");
    let wider: [(&str, &[&str]); 1] = [("document_clerk", &["documents.incoming.dispose"])];
    assert_eq!(refused(&world, &centre, order(1, &wider)).await, "identity.right_unknown");
    let kept: [(&str, &[&str]); 1] = [("administrator", &["identity.roles.change"])];
    assert_eq!(refused(&world, &centre, order(1, &kept)).await, "identity.right_never_withheld");
    own_right(&world, &centre, &province).await;
    let versions = world.call(&centre, &ListRoleVersions {}).await.unwrap().versions;
    assert_eq!(versions.iter().map(|one| one.version.0).collect::<Vec<_>>(), [3, 2, 1]);
    assert!(may(&world, &clerk, VOID).await, "the roles of the release are back");
    let tx = world.bench.service("identity").db().begin().await.unwrap();
    let changed = tx.execute_unprepared("DELETE FROM role_version").await;
    assert!(changed.unwrap_err().to_string().contains("versions of roles are history"));
    tx.rollback().await.unwrap();
    world.finish().await;
}

/// A right of one's own role is taken by whoever says so twice, everywhere within five seconds, and can be given back.
async fn own_right(world: &World, centre: &Someone, province: &Someone) {
    let units = |who: &Someone| ListRecoveries { office: who.office() };
    let log: [(&str, &[&str]); 1] = [("administrator", &["identity.units.change"])];
    assert_eq!(refused(world, centre, order(1, &log)).await, "identity.own_right_unconfirmed");
    let sure = SaveRoleVersion { own_right_confirmed: true, ..order(1, &log) };
    world.call(centre, &sure).await.unwrap();
    let shut = |who: &Someone| SetOfficeProfile {
        id: who.office(),
        address: None,
        telephone: None,
        email: None,
        hours: Vec::new(),
    };
    for who in [centre, province] {
        let denied = async || {
            let answer: Result<_, Fault> = world.call(who, &shut(who)).await;
            answer.err().filter(|fault| fault.code == "wire.denied")
        };
        until("the right to be gone", Duration::from_secs(5), denied).await.unwrap();
        world.call(who, &units(who)).await.unwrap();
    }
    world.call(centre, &order(2, &[])).await.unwrap();
}

/// The administrator of a province.
async fn provincial(world: &World, office: wire::id::OfficeId) -> Someone {
    let post = CreatePosition { reach: Reach::Below, ..world.post(office, &["administrator"]).await };
    let create = CreatePerson { office, full_name: "le tinh".into(), contact: None };
    let person = world.as_service(&create).await.unwrap();
    let position = world.as_service(&post).await.unwrap();
    world.as_service(&crate::world::appointment(&person, &position)).await.unwrap();
    let account = world.as_service(&OpenAccount { office, person: person.id }).await.unwrap();
    let enrolment = world.as_service(&IssueEnrolment { id: account.id }).await.unwrap();
    world.enrol(&enrolment.code, "le.tinh").await
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_narrowed_by_the_centre_alone_on_sqlite() {
    narrowed(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_narrowed_by_the_centre_alone_on_postgresql() {
    narrowed(Pair::LocalPostgres).await;
}
