//! Who stands in for whom: both are told, work moves visibly, and nobody else learns of it.

use schema_identity::{AbsenceChanged, DelegationChanged};
use schema_notices::{ListStandIns, NoticeKind, StandIn};
use schema_programme::AssignmentState;
use serde_json::json;
use testbed::{Pair, Person};
use uuid::Uuid;
use wire::id::PersonId;

use crate::office::{CANARY, CLERKS, Office, work};

fn delegation(office: &Office, deputy: PersonId, version: i64, revoked: bool) -> DelegationChanged {
    let today = office.clock.now().day();
    let mut delegation = json!({
        "id": Uuid::from_u128(71), "office": office.office, "kind": "absence", "position": CLERKS,
        "grantor": office.clerk.id(), "deputy": deputy, "deputy_position": Uuid::from_u128(72),
        "deputy_appointment": Uuid::from_u128(73), "permissions": ["programme.assignments.work"],
        "from": today, "to": today.plus(10), "reason": CANARY, "may_pass_on": false, "made_by": office.clerk.id(),
        "made_at": office.clock.now(), "version": version,
    });
    if revoked {
        delegation["revoked"] = json!({ "at": office.clock.now(), "by": office.clerk.id(), "reason": CANARY });
    }
    serde_json::from_value(json!({ "delegation": delegation })).unwrap()
}

fn absence(office: &Office) -> AbsenceChanged {
    let today = office.clock.now().day();
    let absence = json!({
        "id": Uuid::from_u128(74), "office": office.office, "person": office.clerk.id(), "position": CLERKS,
        "from": today, "to": today.plus(7), "kind": "leave", "cover": Uuid::from_u128(71), "version": 1,
    });
    serde_json::from_value(json!({ "absence": absence })).unwrap()
}

async fn told(office: &Office, who: &Person, past: bool) -> Vec<StandIn> {
    office.call(who, &ListStandIns { past, ..ListStandIns::default() }).await.unwrap().items
}

async fn both_are_told(pair: Pair) {
    let mut office = Office::open(pair, json!({})).await;
    let deputy = office.bench.person(&[(office.office, &[])]);
    let made = delegation(&office, deputy.id(), 1, false);
    office.tell(&made).await;
    let away = absence(&office);
    office.tell(&away).await;
    office.settled().await;
    for who in [&deputy, &office.clerk] {
        let [one] = told(&office, who, false).await.try_into().unwrap();
        assert_eq!((one.deputy, one.holder, one.moves_work), (deputy.id(), Some(office.clerk.id()), true));
        assert_eq!(one.absence.unwrap().to, office.clock.now().day().plus(7).unwrap());
    }
    assert_eq!(told(&office, &office.head, true).await, [], "it is nobody else's affair");

    let given = work(&office, 1, 1, AssignmentState::Assigned, json!({ "lead_position": CLERKS }));
    office.tell(&given).await;
    office.settled().await;
    assert_eq!(office.needs(&deputy).await, [NoticeKind::WorkGivenToYou], "what waits moves to the deputy");
    assert_eq!(office.needs(&office.clerk).await, [NoticeKind::WorkGivenToYou]);

    let back = delegation(&office, deputy.id(), 2, true);
    office.tell(&back).await;
    office.settled().await;
    assert_eq!(told(&office, &deputy, false).await, []);
    assert!(told(&office, &deputy, true).await[0].ended_at.is_some());
    office.pass(60).await;
    assert_eq!(office.needs(&deputy).await, [], "it is not theirs any more");
    office.finish().await;
}

#[tokio::test]
async fn a_deputy_and_the_absent_are_told_on_sqlite() {
    both_are_told(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_deputy_and_the_absent_are_told_on_nats_and_postgresql() {
    both_are_told(Pair::NatsPostgres).await;
}
