//! Deputies: both names stand on what they do, what waits moves to them, and nobody's own work is judged through one.

use std::collections::BTreeSet;

use schema_programme::{
    AcceptAssignment, Assign, Assignment, AssignmentChanged, CloseAssignment, CompleteAssignment,
    ListAssignmentHistory, ListMyAssignments,
};
use testbed::{Pair, Person};
use uuid::Uuid;
use wire::{OnBehalfOf, id::AssignmentId};

use crate::desk::{ASSIGN, Desk, READ, UNIT, WORK, position, proof, refused};

/// Lends what somebody holds to a deputy; bounded to genres when some are named.
fn lend(holder: &Person, deputy: &Person, genres: &[&str]) {
    let mut lent = holder.authority().unwrap().grants[0].clone();
    lent.on_behalf_of = Some(OnBehalfOf {
        delegation: Uuid::from_u128(91).into(),
        person: Some(holder.id()),
        own_position: position(deputy),
        genres: genres.iter().map(|genre| (*genre).to_owned()).collect::<BTreeSet<_>>(),
        highest: None,
    });
    deputy.change(|authority| authority.grants.push(lent));
}

async fn mine(who: &Person) -> Vec<AssignmentId> {
    let call = ListMyAssignments { limit: None, cursor: None };
    who.call(&call).await.unwrap().items.into_iter().map(|case| case.assignment).collect()
}

/// Work addressed to the clerk's position.
async fn addressed(desk: &Desk) -> Assignment {
    let order = Assign { lead_position: Some(position(&desk.clerk)), lead_unit: UNIT, ..desk.order() };
    desk.chief.call(&order).await.unwrap()
}

async fn both_names(pair: Pair) {
    let desk = Desk::open(pair, Vec::new()).await;
    let deputy = desk.bench.person(&[(desk.office, &[READ])]);
    lend(&desk.clerk, &deputy, &[]);
    lend(&desk.chief, &deputy, &[]);
    let work = addressed(&desk).await;
    assert_eq!(mine(&deputy).await, [work.id], "what waits for the absent is shown to the deputy");
    let accepted = deputy.call(&AcceptAssignment { id: work.id }).await.unwrap();
    assert_eq!((accepted.handler, accepted.handler_for), (Some(deputy.id()), Some(desk.clerk.id())));
    assert_eq!(accepted.handler_position, Some(position(&desk.clerk)));
    deputy.call(&CompleteAssignment { id: work.id, evidence: vec![proof()] }).await.unwrap();
    let close = CloseAssignment { id: work.id };
    assert_eq!(refused(&deputy, &close).await, "programme.own_work", "not through the giver's powers either");
    desk.chief.call(&close).await.unwrap();

    let history = ListAssignmentHistory { id: work.id, limit: None, cursor: None };
    let history = desk.chief.call(&history).await.unwrap().items;
    let by: Vec<_> = history.iter().map(|entry| entry.by.map(|by| (by.person, by.on_behalf_of))).collect();
    let (chief, for_clerk) = (Some((desk.chief.id(), None)), Some((deputy.id(), Some(desk.clerk.id()))));
    assert_eq!(by, [chief, for_clerk, for_clerk, chief]);
    let told = desk.bench.events("programme").await.unwrap();
    let told: AssignmentChanged = serde_json::from_value(told[1].body.clone()).unwrap();
    assert_eq!(told.by, history[1].by, "the event names both");
    desk.bench.finish().await;
}

#[tokio::test]
async fn both_names_stand_on_what_a_deputy_does_on_sqlite() {
    both_names(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn both_names_stand_on_what_a_deputy_does_on_nats_and_postgresql() {
    both_names(Pair::NatsPostgres).await;
}

#[tokio::test]
async fn what_a_deputy_did_for_the_giver_the_giver_does_not_judge() {
    let desk = Desk::plain().await;
    // The giver also works in the unit, in a second position; a deputy accepts in that one.
    let giver = desk.bench.person(&[(desk.office, &[READ, ASSIGN])]);
    let worker = desk.bench.person(&[(desk.office, &[READ, WORK])]);
    worker.change(|authority| authority.grants[0].unit = UNIT);
    let mut second = worker.authority().unwrap().grants[0].clone();
    second.position = Uuid::from_u128(92).into();
    giver.change(|authority| authority.grants.push(second));
    let deputy = desk.bench.person(&[(desk.office, &[READ])]);
    let mut lent = giver.authority().unwrap().grants[1].clone();
    lent.on_behalf_of = Some(OnBehalfOf {
        delegation: Uuid::from_u128(91).into(),
        person: Some(giver.id()),
        own_position: position(&deputy),
        genres: BTreeSet::new(),
        highest: None,
    });
    deputy.change(|authority| authority.grants.push(lent));
    let work = giver.call(&desk.order()).await.unwrap();
    deputy.call(&AcceptAssignment { id: work.id }).await.unwrap();
    deputy.call(&CompleteAssignment { id: work.id, evidence: vec![proof()] }).await.unwrap();
    assert_eq!(refused(&giver, &CloseAssignment { id: work.id }).await, "programme.own_work");
    desk.bench.finish().await;
}

#[tokio::test]
async fn beyond_the_bounds_of_a_delegation_nothing_is_done() {
    let desk = Desk::plain().await;
    let deputy = desk.bench.person(&[(desk.office, &[READ])]);
    lend(&desk.clerk, &deputy, &["decision"]);
    let work = addressed(&desk).await;
    assert_eq!(refused(&deputy, &AcceptAssignment { id: work.id }).await, "wire.bounded");
    desk.bench.finish().await;
}
