//! What others learn of assignments: all that happens, and the present state when they begin late.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use schema_programme::{AcceptAssignment, Assignment, AssignmentChanged, Refusal};
use service::{Service, Write};
use testbed::process::until;
use wire::{Contract, id::AssignmentId};

use crate::desk::Desk;

type Heard = Arc<Mutex<BTreeMap<AssignmentId, Assignment>>>;

/// A service that listens, and keeps of each assignment what it heard last.
fn listener(heard: &Heard) -> Service {
    let heard = Arc::clone(heard);
    Service::new::<Refusal>(Contract::new("testbed", Vec::new())).on(move |_: Write, event: AssignmentChanged| {
        heard.lock().unwrap().insert(event.assignment.id, event.assignment);
        async { Ok(()) }
    })
}

#[tokio::test]
async fn whoever_listens_late_learns_the_present_state_and_then_what_happens() {
    let mut desk = Desk::plain().await;
    let mut known = BTreeMap::new();
    for assignment in [desk.assigned().await, desk.accepted().await, desk.done().await] {
        known.insert(assignment.id, assignment);
    }
    let heard = Heard::default();
    desk.bench.run(listener(&heard)).await.unwrap();
    let patience = Duration::from_secs(30);
    let same = async |known: &BTreeMap<_, _>| (*heard.lock().unwrap() == *known).then_some(());
    until("the present state to be heard", patience, async || same(&known).await).await.unwrap();
    let open = known.values().find(|assignment| assignment.handler.is_none()).unwrap().id;
    let accepted = desk.clerk.call(&AcceptAssignment { id: open }).await.unwrap();
    known.insert(open, accepted);
    until("the change to be heard", patience, async || same(&known).await).await.unwrap();
    desk.bench.finish().await;
}
