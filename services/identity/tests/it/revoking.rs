//! What is taken away is refused everywhere within five seconds: by identity, and by another service that was told
//! otherwise a moment ago.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use schema_identity::{
    CreateDelegation, DelegationKind, DisableAccount, DisablePerson, EndAccountSessions, EndAppointment,
    EndMyOtherSessions, ListPeople, Reach, RevokeDelegation,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use service::{Read, Service};
use testbed::{Bench, Pair, process};
use wire::{Call, Fault};

use crate::world::{Someone, World, rows};

/// Within what time a refusal must have reached everyone.
const WITHIN: Duration = Duration::from_secs(5);
const READ: &str = "identity.people.read";

wire::refusals! {
    /// Why the desk says no: it never does, and a contract must name something.
    pub enum Closed {
        /// Nobody is there.
        Desk => Missing, "desk.closed", en "the desk is closed", vi "quầy đóng cửa";
    }
}

/// Asks a service that is not identity for something that needs a permission.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
struct Look {}

/// It was shown.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
struct Seen {}

mod desk {
    use super::{Closed, Look, Seen};
    wire::contract! {
        service "desk" refuses Closed;
        calls { Read Look => Seen, "look.v1", BUS, needs "identity.people.read"; }
        events {}
    }
}

async fn look(_: Read, _: Look) -> service::Result<Seen> {
    Ok(Seen {})
}

/// Identity, another service, and the people of an office.
struct Office {
    world: World,
    admin: Someone,
    chief: Someone,
}

impl Office {
    async fn start(pair: Pair) -> Self {
        let other = Service::new::<Closed>(desk::contract()).read(look);
        let world = World { bench: Bench::start(pair, vec![identity::service(), other]).await };
        world.load(rows()).await.unwrap();
        let admin = world.administrator("99001", Reach::Own).await;
        let chief = world.someone(&admin, admin.office(), "tran binh", &["chief_of_office"]).await;
        Self { world, admin, chief }
    }

    async fn hire(&self, name: &str, roles: &[&str]) -> Someone {
        self.world.someone(&self.admin, self.admin.office(), name, roles).await
    }

    /// What both services answer somebody now.
    async fn asked(&self, who: &Someone) -> [Result<(), Fault>; 2] {
        let people = ListPeople { office: self.admin.office(), q: None, as_of: None, limit: Some(1), cursor: None };
        [self.world.call(who, &people).await.map(|_| ()), self.world.call(who, &Look {}).await.map(|_| ())]
    }

    /// Takes something away from somebody whom both services have just believed, and measures until both refuse.
    async fn taken<C: Call>(&self, what: &str, from: &Someone, by: &Someone, call: &C, code: &str) {
        process::until("both to believe", WITHIN, async || {
            self.asked(from).await.iter().all(Result::is_ok).then_some(())
        })
        .await
        .unwrap();
        self.world.call(by, call).await.unwrap();
        let taken = Instant::now();
        let refused = [Cell::new(None), Cell::new(None)];
        process::until(&format!("both to refuse after {what}"), WITHIN, async || {
            for (place, answer) in refused.iter().zip(self.asked(from).await) {
                if let (None, Err(fault)) = (place.get(), answer) {
                    assert_eq!(fault.code, code, "{what}");
                    place.set(Some(taken.elapsed()));
                }
            }
            refused.iter().all(|place| place.get().is_some()).then_some(())
        })
        .await
        .unwrap();
        let [by_identity, by_another] = refused.map(|place| place.get().unwrap());
        println!("{what}: refused by identity after {by_identity:?}, by another service after {by_another:?}");
        assert!(by_identity < WITHIN && by_another < WITHIN, "{what}");
    }
}

async fn revoking(pair: Pair) {
    let office = Office::start(pair).await;
    let (world, admin, chief) = (&office.world, &office.admin, &office.chief);
    let today = world.now().day();
    let person = office.hire("le hoa", &["specialist"]).await;
    let call = DisablePerson { id: person.me.person.id };
    office.taken("a person disabled", &person, admin, &call, "identity.session_ended").await;
    let account = office.hire("vu lan", &["specialist"]).await;
    let call = DisableAccount { id: account.me.account.id };
    office.taken("an account disabled", &account, admin, &call, "identity.session_ended").await;
    let appointed = office.hire("ho dung", &["specialist"]).await;
    let call = EndAppointment { id: appointed.me.posts[0].appointment, to: today };
    office.taken("an appointment ended", &appointed, admin, &call, "wire.denied").await;
    let session = office.hire("do minh", &["specialist"]).await;
    let another = world.sign_in("do.minh").await;
    office.taken("a session ended", &session, &another, &EndMyOtherSessions {}, "identity.session_ended").await;
    let left_open = office.hire("mai thu", &["specialist"]).await;
    let call = EndAccountSessions { id: left_open.me.account.id };
    office.taken("another's sessions ended", &left_open, admin, &call, "identity.session_ended").await;
    // A position that gives nothing, so that everything the deputy may do is lent.
    let deputy = office.hire("le hue", &[]).await;
    let lending = CreateDelegation {
        kind: DelegationKind::Deputy,
        position: chief.me.posts[0].position,
        grantor: None,
        deputy: deputy.me.person.id,
        deputy_position: deputy.me.posts[0].position,
        permissions: [READ.to_owned()].into(),
        genres: Default::default(),
        highest: None,
        from: today,
        to: None,
        reason: "Đi công tác tại cơ sở".into(),
        instrument: None,
        may_pass_on: false,
        passed_on_from: None,
    };
    let lent = world.call(chief, &lending).await.unwrap();
    let call = RevokeDelegation { id: lent.id, reason: "Đã trở lại làm việc".into() };
    office.taken("a deputy revoked", &deputy, chief, &call, "wire.denied").await;
    office.world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_is_refused_everywhere_within_five_seconds_in_one_process() {
    revoking(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_is_refused_everywhere_within_five_seconds_over_the_broker() {
    revoking(Pair::NatsPostgres).await;
}
