//! Who did what, as administrators read it: their own offices and nothing of others, in counts either; and a log that was
//! changed behind the service's back is found.

use std::time::Duration;

use schema_identity::{CreatePerson, Reach};
use testbed::{Pair, process};
use wire::{
    AuditBreach, AuditProof, AuditRow, AuditState, Day, Fault, GetHealth, GetSettings, HealthPart, HealthState,
    ListAudit, Page, SettingOrigin, StandardCall, VerifyAudit, id::OfficeId,
};

use crate::world::{Someone, World, code};

const PATIENCE: Duration = Duration::from_secs(20);
const NAME: &str = "identity";

async fn ask<C: StandardCall>(world: &World, who: &Someone, call: &C) -> Result<C::Reply, Fault> {
    world.bench.platform.bus.ask_of(NAME, &who.meta(), call, PATIENCE).await
}

async fn all(world: &World, who: &Someone, call: ListAudit) -> Vec<AuditRow> {
    ask(world, who, &ListAudit { limit: Some(200), ..call }).await.unwrap().items
}

/// Asks until a check that begins now has ended.
async fn proof(world: &World, who: &Someone) -> AuditProof {
    let call = VerifyAudit { since: Some(world.now()) };
    process::until("the log to be checked", PATIENCE, || async {
        let proof = ask(world, who, &call).await.unwrap();
        (proof.state != AuditState::Checking).then_some(proof)
    })
    .await
    .unwrap()
}

async fn sealed(world: &World) {
    process::until("the log to be sealed", PATIENCE, || async {
        let waiting = world.bench.service(NAME).db().oldest_unsealed().await.unwrap();
        waiting.is_none().then_some(())
    })
    .await
    .unwrap();
}

fn offices(rows: &[AuditRow]) -> Vec<OfficeId> {
    let mut found: Vec<_> = rows.iter().map(|row| row.office).collect();
    found.sort_unstable();
    found.dedup();
    found
}

async fn whoever_reads_reads_their_own(pair: Pair) {
    let world = World::start(pair).await;
    let high = world.administrator("95", Reach::Below).await;
    let (here, there) = (world.office("binh minh").await, world.office("hung dao").await);
    let admin = world.someone(&high, here, "tran binh", &["administrator"]).await;
    let own = world.person(&admin, here, "Trần Ở Đây").await;
    let other = world.person(&high, there, "Lê Ở Kia").await;

    let mine = all(&world, &admin, ListAudit::default()).await;
    assert_eq!(offices(&mine), [here]);
    assert!(mine.iter().any(|row| row.id == own.id.0) && !mine.iter().any(|row| row.id == other.id.0), "{mine:?}");
    assert!(mine.windows(2).all(|pair| pair[0].at >= pair[1].at), "newest first");
    let theirs = ListAudit { office: Some(there), ..ListAudit::default() };
    assert_eq!(code(ask(&world, &admin, &theirs).await), "wire.missing");
    let of_noun = ListAudit { id: Some(other.id.0), ..ListAudit::default() };
    assert_eq!(all(&world, &admin, of_noun.clone()).await, []);
    let by_high = ListAudit { person: Some(high.me.person.id), ..ListAudit::default() };
    assert_eq!(offices(&all(&world, &admin, by_high.clone()).await), [here]);

    // The province reaches both communes, and finds one act by what it is about.
    let found = all(&world, &high, of_noun).await;
    let [row] = found.as_slice() else { panic!("one act: {found:?}") };
    assert_eq!((row.act.as_str(), row.noun.as_str()), ("identity.create_person.v1", "person"));
    assert_eq!((row.person, row.office), (Some(high.me.person.id), there));
    assert!(!serde_json::to_string(row).unwrap().contains("Lê Ở Kia"), "a value is told");
    let seen = offices(&all(&world, &high, by_high).await);
    assert!(seen.contains(&here) && seen.contains(&there), "{seen:?}");

    pages_follow_one_another(&world, &admin, &mine).await;
    figures_are_for_those_who_see_all(&world, &high, &admin).await;
    who_may(&world, &high, here).await;
    world.finish().await;
}

/// Pages hold every act once, and a cursor leads on in one's own list alone.
async fn pages_follow_one_another(world: &World, who: &Someone, whole: &[AuditRow]) {
    let mut joined: Vec<AuditRow> = Vec::new();
    let (to, mut cursor) = (Some(whole[0].at.day()), None);
    loop {
        let call = ListAudit { limit: Some(2), to, cursor, ..ListAudit::default() };
        let Page { items, next } = ask(world, who, &call).await.unwrap();
        joined.extend(items);
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    let plain = |rows: &[AuditRow]| rows.iter().map(|row| (row.at, row.id, row.act.clone())).collect::<Vec<_>>();
    let fresh = plain(&joined);
    let fresh = &fresh[fresh.len() - whole.len()..];
    assert_eq!(fresh, plain(whole));
    let first = ask(world, who, &ListAudit { limit: Some(1), to, ..ListAudit::default() }).await.unwrap();
    assert_eq!(first.next.as_ref(), Some(&joined[0].behind));
}

/// How long the log is, and what waits, tells of other offices.
async fn figures_are_for_those_who_see_all(world: &World, high: &Someone, low: &Someone) {
    sealed(world).await;
    let (of_all, of_some) = (proof(world, high).await, proof(world, low).await);
    assert_eq!((of_all.state, of_some.state), (AuditState::Sound, AuditState::Sound));
    assert!(of_all.records.is_some_and(|records| records > 3) && of_all.root.is_some(), "{of_all:?}");
    assert_eq!((of_some.records, of_some.place, &of_some.root), (None, None, &None));
    let (of_all, of_some) =
        (ask(world, high, &GetHealth {}).await.unwrap(), ask(world, low, &GetHealth {}).await.unwrap());
    assert_eq!(of_all.parts.len(), of_some.parts.len());
    assert!(of_all.parts.iter().any(|part| part.part == HealthPart::Outbox && part.waiting.is_some()));
    assert!(of_some.parts.iter().all(|part| (part.waiting, part.took_ms, part.free_bytes) == (None, None, None)));
    assert!(of_some.parts.iter().any(|part| part.part == HealthPart::Database && part.state == HealthState::Good));
    let (of_all, of_some) =
        (ask(world, high, &GetSettings {}).await.unwrap(), ask(world, low, &GetSettings {}).await.unwrap());
    let row = of_all.settings.iter().find(|row| row.key == "identity.session_s").unwrap();
    assert!(of_all.whole && row.value.is_some() && row.origin == SettingOrigin::Default, "{row:?}");
    assert!(!of_some.whole && of_some.settings.len() == of_all.settings.len());
    // Figures of the program are nobody's secret; where things are is told to those who look after all of it.
    let told = |key: &str| of_some.settings.iter().find(|row| row.key == key).unwrap().value.is_some();
    assert!(told("identity.session_s") && !told("identity.public_origin"));
}

async fn who_may(world: &World, admin: &Someone, office: OfficeId) {
    let clerk = world.someone(admin, office, "le van thu", &["document_clerk", "chief_of_office"]).await;
    assert_eq!(code(ask(world, &clerk, &ListAudit::default()).await), "wire.denied");
    assert_eq!(code(ask(world, &clerk, &VerifyAudit::default()).await), "wire.denied");
    assert_eq!(code(ask(world, &clerk, &GetHealth {}).await), "wire.denied");
    assert_eq!(code(ask(world, &clerk, &GetSettings {}).await), "wire.denied");
    let from = Some(Day::new(2026, 1, 1).unwrap());
    let years = ListAudit { from, to: Day::new(2026, 12, 31).ok(), ..ListAudit::default() };
    assert_eq!(code(ask(world, admin, &years).await), "wire.audit_days");
}

/// Somebody who may do everything in the database changes one record, and later puts its leaf right as well.
async fn a_changed_record_is_found(pair: Pair, unguard: &str) {
    let world = World::start(pair).await;
    let admin = world.administrator("95", Reach::Own).await;
    let call = CreatePerson { office: admin.office(), full_name: "Trần Ví Dụ".into(), contact: None };
    world.call(&admin, &call).await.unwrap();
    sealed(&world).await;
    let before = proof(&world, &admin).await;
    assert_eq!(before.state, AuditState::Sound);

    let tamper = format!("{unguard} UPDATE audit SET record = REPLACE(record, '.create_person.', '.delete_person.')");
    world.bench.meddle(NAME, &tamper).await.unwrap();
    let found = proof(&world, &admin).await;
    assert_eq!((found.state, found.broken), (AuditState::Broken, Some(AuditBreach::RecordChanged)));
    assert!(found.place.is_some_and(|place| place < before.records.unwrap()), "{found:?}");

    let mend = "DELETE FROM audit_checkpoint;
        UPDATE audit SET record = REPLACE(record, '.delete_person.', '.create_person.')";
    world.bench.meddle(NAME, mend).await.unwrap();
    let found = proof(&world, &admin).await;
    assert_eq!((found.state, found.broken), (AuditState::Broken, Some(AuditBreach::Unsigned)));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_read_their_own_offices_on_sqlite() {
    whoever_reads_reads_their_own(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_read_their_own_offices_on_postgresql() {
    whoever_reads_reads_their_own(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_changed_in_the_file_is_found() {
    let unguard = "DROP TRIGGER audit_fixed; DROP TRIGGER audit_checkpoint_stays;";
    a_changed_record_is_found(Pair::LocalSqlite, unguard).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_changed_in_postgresql_is_found() {
    let unguard = "DROP TRIGGER audit_fixed ON audit; DROP TRIGGER audit_checkpoint_fixed ON audit_checkpoint;";
    a_changed_record_is_found(Pair::LocalPostgres, unguard).await;
}
