//! Standing in for another: what is lent, by whom, until when, and why somebody could do what they did.

use std::time::{Duration, Instant};

use schema_identity::{
    AbsenceKind, CreateAbsence, CreateDelegation, Delegation, DelegationKind, DisablePerson, EnablePerson, EndAbsence,
    EndAppointment, GetAuthorityHistory, GetMe, ListAbsences, ListDelegations, ListPeople, Reach, RevokeDelegation,
};
use testbed::Pair;
use wire::{Authority, Dong, Fault, Grant};

use crate::world::{Someone, World, appointment, code};

const DISPOSE: &str = "documents.incoming.dispose";
const READ: &str = "documents.incoming.read";

/// An office with a chief, a specialist who can stand in, and another.
struct Office {
    world: World,
    admin: Someone,
    chief: Someone,
    deputy: Someone,
    other: Someone,
}

async fn office(pair: Pair) -> Office {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let chief = world.someone(&admin, admin.office(), "tran binh", &["chief_of_office"]).await;
    let deputy = world.someone(&admin, admin.office(), "le hoa", &["specialist"]).await;
    let other = world.someone(&admin, admin.office(), "vu lan", &["accountant"]).await;
    Office { world, admin, chief, deputy, other }
}

impl Office {
    /// What the chief lends to the deputy, from today on.
    fn lending(&self) -> CreateDelegation {
        CreateDelegation {
            kind: DelegationKind::Deputy,
            position: self.chief.me.posts[0].position,
            grantor: None,
            deputy: self.deputy.me.person.id,
            deputy_position: self.deputy.me.posts[0].position,
            permissions: [DISPOSE.to_owned()].into(),
            genres: Default::default(),
            highest: None,
            from: self.world.now().day(),
            to: None,
            reason: "Đi công tác tại cơ sở".into(),
            instrument: None,
            may_pass_on: false,
            passed_on_from: None,
        }
    }

    fn to(&self, whom: &Someone) -> CreateDelegation {
        let (deputy, deputy_position) = (whom.me.person.id, whom.me.posts[0].position);
        CreateDelegation { deputy, deputy_position, ..self.lending() }
    }

    async fn lend(&self, who: &Someone, call: &CreateDelegation) -> Result<Delegation, Fault> {
        self.world.call(who, call).await
    }

    async fn revoke(&self, who: &Someone, lent: &Delegation) -> Result<Delegation, Fault> {
        self.world.call(who, &RevokeDelegation { id: lent.id, reason: "Đã trở lại làm việc".into() }).await
    }

    /// What is lent to somebody now, asked past every cache; they are told the same of themselves.
    async fn lent_to(&self, whom: &Someone) -> Vec<Grant> {
        let told: Authority = self.world.as_service(&whom.session()).await.unwrap();
        assert!(told.grants[0].on_behalf_of.is_none(), "own authority comes first");
        let grants: Vec<Grant> = told.grants.into_iter().filter(|grant| grant.on_behalf_of.is_some()).collect();
        let own = self.world.call(whom, &GetMe {}).await.unwrap().lent;
        let seen = own.iter().map(|lent| (Some(lent.delegation), lent.office, lent.position, lent.permissions.clone()));
        let given = grants.iter().map(|grant| {
            let delegation = grant.on_behalf_of.as_ref().map(|lent| lent.delegation);
            (delegation, grant.office, grant.position, grant.permissions.iter().cloned().collect::<Vec<_>>())
        });
        assert_eq!(seen.collect::<Vec<_>>(), given.collect::<Vec<_>>());
        grants
    }
}

async fn at_each_moment(pair: Pair) {
    let office = office(pair).await;
    let (world, chief, deputy) = (&office.world, &office.chief, &office.deputy);
    let bounded = CreateDelegation { genres: ["CV".to_owned()].into(), highest: Some(Dong(5)), ..office.lending() };
    let first = office.lend(chief, &bounded).await.unwrap();
    let grants = office.lent_to(deputy).await;
    let lent = grants[0].on_behalf_of.clone().unwrap();
    assert_eq!((grants.len(), grants[0].position, grants[0].office), (1, chief.me.posts[0].position, deputy.office()));
    assert_eq!((lent.delegation, lent.person), (first.id, Some(chief.me.person.id)));
    assert_eq!((lent.own_position, lent.highest), (deputy.me.posts[0].position, Some(Dong(5))));
    assert_eq!((&grants[0].permissions, &lent.genres), (&first.permissions, &first.genres));
    // Taken back, for good.
    assert_eq!(office.revoke(chief, &first).await.unwrap().revoked.unwrap().by, chief.me.person.id);
    assert_eq!(office.lent_to(deputy).await, []);
    assert_eq!(code(office.revoke(deputy, &first).await), "identity.delegation_revoked");
    // Not before its day, and not while the grantor is disabled.
    let tomorrow = world.now().day().plus(1).unwrap();
    office.lend(chief, &CreateDelegation { from: tomorrow, ..office.lending() }).await.unwrap();
    assert_eq!(office.lent_to(deputy).await, []);
    office.lend(chief, &office.lending()).await.unwrap();
    assert_eq!(office.lent_to(deputy).await.len(), 1);
    world.call(&office.admin, &DisablePerson { id: chief.me.person.id }).await.unwrap();
    assert_eq!(office.lent_to(deputy).await, []);
    world.call(&office.admin, &EnablePerson { id: chief.me.person.id }).await.unwrap();
    assert_eq!(office.lent_to(deputy).await.len(), 1);
    // It ends with the appointment, and a new appointment to the same post does not bring it back.
    let today = world.now().day();
    world.call(&office.admin, &EndAppointment { id: chief.me.posts[0].appointment, to: today }).await.unwrap();
    assert_eq!(office.lent_to(deputy).await, []);
    let mut again = appointment(&chief.me.person, &world.position(&office.admin, chief.office(), &[]).await);
    (again.position, again.from) = (chief.me.posts[0].position, today);
    world.call(&office.admin, &again).await.unwrap();
    assert_eq!(office.lent_to(deputy).await, []);
    let all = ListDelegations {
        office: chief.office(),
        deputy: Some(deputy.me.person.id),
        position: None,
        as_of: Some(today),
        limit: None,
        cursor: None,
    };
    assert_eq!(world.call(&office.other, &all).await.unwrap().items.len(), 2);
    office.world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegation_holds_at_each_moment_on_sqlite() {
    at_each_moment(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegation_holds_at_each_moment_on_postgresql() {
    at_each_moment(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_lends_what_is_not_theirs_to_lend() {
    let office = office(Pair::LocalSqlite).await;
    let (admin, chief, deputy, other) = (&office.admin, &office.chief, &office.deputy, &office.other);
    let lending = || office.lending();
    let order = || CreateDelegation { grantor: Some(chief.me.person.id), ..lending() };
    let acting =
        || CreateDelegation { kind: DelegationKind::Acting, instrument: Some("9-QĐ/ĐU".into()), ..lending() };
    let with = |permission: &str| [permission.to_owned()].into();
    let own = admin.me.posts[0].position;
    let table = [
        (chief, CreateDelegation { to: Some(lending().from), ..lending() }, "identity.interval_empty"),
        (chief, CreateDelegation { kind: DelegationKind::Absence, ..lending() }, "identity.absence_without_end"),
        (chief, CreateDelegation { highest: Some(Dong(-1)), ..lending() }, "identity.bounds_bad"),
        (chief, CreateDelegation { reason: " ".into(), ..lending() }, "identity.text_length"),
        (chief, CreateDelegation { permissions: Default::default(), ..lending() }, "identity.permissions_empty"),
        (
            chief,
            CreateDelegation { permissions: with("documents.incoming.void"), ..lending() },
            "identity.permission_not_held",
        ),
        (
            admin,
            CreateDelegation { position: own, permissions: with("identity.people.change"), ..lending() },
            "identity.permission_never_lent",
        ),
        (chief, office.to(chief), "identity.delegation_to_self"),
        (chief, CreateDelegation { deputy_position: own, ..lending() }, "identity.position_not_held"),
        (other, lending(), "identity.position_not_held"),
        (other, order(), "identity.delegation_denied"),
        (deputy, order(), "identity.delegation_denied"),
        (chief, acting(), "identity.delegation_denied"),
        (admin, order(), "identity.order_without_instrument"),
        (admin, CreateDelegation { instrument: None, ..acting() }, "identity.order_without_instrument"),
        (
            admin,
            CreateDelegation { kind: DelegationKind::Acting, instrument: acting().instrument, ..office.to(admin) },
            "identity.delegation_to_self",
        ),
        (
            deputy,
            CreateDelegation { passed_on_from: Some(uuid::Uuid::nil().into()), ..office.to(other) },
            "identity.delegation_missing",
        ),
    ];
    for (number, (who, call, refusal)) in table.into_iter().enumerate() {
        assert_eq!(code(office.lend(who, &call).await), refusal, "row {number}");
    }
    let ordered = CreateDelegation { instrument: Some("9-QĐ/ĐU".into()), ..order() };
    let ordered = office.lend(admin, &ordered).await.unwrap();
    assert_eq!((ordered.grantor, ordered.made_by), (Some(chief.me.person.id), admin.me.person.id));
    assert_eq!(code(office.revoke(other, &ordered).await), "identity.delegation_denied");
    office.world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_passed_on_once_where_that_was_said_and_falls_with_what_it_came_from() {
    let office = office(Pair::LocalSqlite).await;
    let (chief, deputy, other) = (&office.chief, &office.deputy, &office.other);
    let kept = office.lend(chief, &office.lending()).await.unwrap();
    let pass_on = |given: &Delegation| CreateDelegation { passed_on_from: Some(given.id), ..office.to(other) };
    assert_eq!(code(office.lend(deputy, &pass_on(&kept)).await), "identity.not_passed_on");
    let freely = CreateDelegation { may_pass_on: true, ..office.lending() };
    let given = office.lend(chief, &freely).await.unwrap();
    assert_eq!(code(office.lend(other, &pass_on(&given)).await), "identity.not_passed_on");
    let wider = CreateDelegation { permissions: [READ.to_owned()].into(), ..pass_on(&given) };
    assert_eq!(code(office.lend(deputy, &wider).await), "identity.not_passed_on");
    let back = CreateDelegation { passed_on_from: Some(given.id), ..office.to(chief) };
    assert_eq!(code(office.lend(deputy, &back).await), "identity.delegation_to_self");
    let further = office.lend(deputy, &CreateDelegation { may_pass_on: true, ..pass_on(&given) }).await.unwrap();
    assert!(!further.may_pass_on);
    let lent = office.lent_to(other).await[0].on_behalf_of.clone().unwrap();
    assert_eq!((lent.delegation, lent.person), (further.id, Some(chief.me.person.id)));
    office.revoke(chief, &given).await.unwrap();
    assert_eq!(office.lent_to(other).await, []);
    assert_eq!(code(office.lend(deputy, &pass_on(&given)).await), "identity.delegation_revoked");
    office.world.finish().await;
}

async fn why(pair: Pair) {
    let office = office(pair).await;
    let (world, chief, deputy) = (&office.world, &office.chief, &office.deputy);
    let freely = CreateDelegation { may_pass_on: true, ..office.lending() };
    let given = office.lend(chief, &freely).await.unwrap();
    let further = CreateDelegation { passed_on_from: Some(given.id), ..office.to(&office.other) };
    let further = office.lend(deputy, &further).await.unwrap();
    let revoked = office.revoke(chief, &given).await.unwrap();
    let (today, person) = (world.now().day(), office.other.me.person.id);
    let ask = |person, day| GetAuthorityHistory { person, permission: DISPOSE.into(), day };
    let told = world.call(&office.admin, &ask(person, today)).await.unwrap();
    assert_eq!(told.ways.len(), 1);
    let way = &told.ways[0];
    assert_eq!(way.delegations, [revoked, further], "what was taken back today was there this morning");
    assert_eq!((way.holder, way.instrument.as_deref()), (Some(chief.me.person.id), Some("12-QĐ/ĐU")));
    assert_eq!(way.roles, ["chief_of_office"]);
    for day in [today.plus(-1).unwrap(), today.plus(1).unwrap()] {
        assert_eq!(world.call(&office.admin, &ask(person, day)).await.unwrap().ways, []);
    }
    // The holder could do it by the appointment itself, from its first day on.
    for (day, ways) in [("2025-06-30", 0), ("2025-07-01", 1)] {
        let told = world.call(&office.admin, &ask(chief.me.person.id, day.parse().unwrap())).await.unwrap();
        assert_eq!(told.ways.len(), ways, "{day}");
        assert!(told.ways.iter().all(|way| way.delegations.is_empty() && way.instrument.is_some()));
    }
    office.world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn why_somebody_could_is_answered_from_history_on_sqlite() {
    why(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn why_somebody_could_is_answered_from_history_on_postgresql() {
    why(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_acts_in_a_vacant_post_by_order_and_colleagues_see_who_is_away() {
    let office = office(Pair::LocalSqlite).await;
    let (world, admin, deputy) = (&office.world, &office.admin, &office.deputy);
    let vacant = world.position(admin, admin.office(), &["chief_of_office"]).await;
    let acting = CreateDelegation {
        kind: DelegationKind::Acting,
        position: vacant.id,
        instrument: Some("21-QĐ/ĐU".into()),
        ..office.lending()
    };
    office.lend(admin, &acting).await.unwrap();
    let grant = office.lent_to(deputy).await.remove(0);
    assert_eq!((grant.position, grant.on_behalf_of.unwrap().person), (vacant.id, None));
    let (today, chief) = (world.now().day(), &office.chief);
    let back = today.plus(5).unwrap();
    let cover = CreateDelegation { kind: DelegationKind::Absence, to: Some(back), ..office.lending() };
    let cover = office.lend(chief, &cover).await.unwrap();
    let away = CreateAbsence {
        person: None,
        position: chief.me.posts[0].position,
        from: today,
        to: back,
        kind: AbsenceKind::Duty,
        cover: Some(cover.id),
    };
    let theirs = CreateAbsence { person: Some(chief.me.person.id), ..away.clone() };
    assert_eq!(code(world.call(&office.other, &theirs).await), "identity.delegation_denied");
    assert_eq!(code(world.call(&office.other, &away).await), "identity.position_not_held");
    let late = CreateAbsence { from: back, to: back.plus(1).unwrap(), ..away.clone() };
    assert_eq!(code(world.call(chief, &late).await), "identity.cover_bad");
    let absence = world.call(chief, &away).await.unwrap();
    assert_eq!(absence.covered_by, Some(deputy.me.person.id));
    let list = |day| ListAbsences { office: chief.office(), as_of: Some(day), limit: None, cursor: None };
    assert_eq!(world.call(&office.other, &list(today)).await.unwrap().items, std::slice::from_ref(&absence));
    let tomorrow = today.plus(1).unwrap();
    assert_eq!(
        code(world.call(deputy, &EndAbsence { id: absence.id, to: tomorrow }).await),
        "identity.delegation_denied"
    );
    assert_eq!(world.call(chief, &EndAbsence { id: absence.id, to: tomorrow }).await.unwrap().to, tomorrow);
    assert_eq!(world.call(&office.other, &list(tomorrow)).await.unwrap().items, []);
    office.world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_deputy_is_refused_everywhere_within_five_seconds() {
    let office = office(Pair::LocalSqlite).await;
    let (world, admin) = (&office.world, &office.admin);
    // A position that gives nothing, so that everything the deputy may do is lent.
    let deputy = world.someone(admin, admin.office(), "do minh", &[]).await;
    let read = CreateDelegation { permissions: ["identity.people.read".to_owned()].into(), ..office.to(&deputy) };
    let lent = office.lend(&office.chief, &read).await.unwrap();
    let people = ListPeople { office: admin.office(), q: None, as_of: None, limit: None, cursor: None };
    let within = Duration::from_secs(5);
    let reads = || async { world.call(&deputy, &people).await.ok() };
    testbed::process::until("the deputy to be believed", within, reads).await.unwrap();
    office.revoke(&office.chief, &lent).await.unwrap();
    let revoked = Instant::now();
    let refused = || async { world.call(&deputy, &people).await.err() };
    let fault = testbed::process::until("the deputy to be refused", within, refused).await.unwrap();
    assert_eq!(fault.code, "wire.denied");
    assert!(revoked.elapsed() < within);
    office.world.finish().await;
}
