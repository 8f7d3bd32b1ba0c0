//! An office of two units with its people: what every test starts from.

use schema_identity::{UnitChanged, UnitHistory, UnitSpan};
use schema_programme::{
    AcceptAssignment, Assign, Assignment, AssignmentEvidence, AssignmentEvidenceKind, AssignmentSource,
    AssignmentSourceKind, CompleteAssignment,
};
use service::Service;
use testbed::{Bench, Pair, Person};
use uuid::Uuid;
use wire::{
    Call, Day, Fault, Urgency, Version,
    id::{OfficeId, PositionId, UnitId},
};

pub(crate) const READ: &str = "programme.assignments.read";
pub(crate) const ASSIGN: &str = "programme.assignments.assign";
pub(crate) const WORK: &str = "programme.assignments.work";
pub(crate) const EXTEND: &str = "programme.assignments.extend";
pub(crate) const OVERSEE: &str = "programme.assignments.oversee";

pub(crate) const UNIT: UnitId = UnitId(Uuid::from_u128(21));
pub(crate) const OTHER_UNIT: UnitId = UnitId(Uuid::from_u128(22));

/// An office at work.
pub(crate) struct Desk {
    pub(crate) bench: Bench,
    pub(crate) office: OfficeId,
    /// Gives work and decides extensions.
    pub(crate) chief: Person,
    /// Works in the unit.
    pub(crate) clerk: Person,
    /// Heads the unit, and is the clerk's direct head.
    pub(crate) head: Person,
    /// Works in the other unit.
    pub(crate) neighbour: Person,
}

impl Desk {
    /// Opens the office on a pair, with other services beside programme.
    pub(crate) async fn open(pair: Pair, beside: Vec<Service>) -> Self {
        let services = std::iter::once(programme::service()).chain(beside).collect();
        let mut bench = Bench::start(pair, services).await;
        let office = bench.office();
        // A reader begins at a snapshot, and played publishers offer none: this first telling only makes it begin.
        bench.publish(&unit_changed(UnitId(Uuid::nil()), office, "", Version::FIRST)).await.unwrap();
        bench.settled().await;
        for (unit, name) in [(UNIT, "Bộ phận Tổng hợp"), (OTHER_UNIT, "Bộ phận Hành chính")] {
            bench.publish(&unit_changed(unit, office, name, Version::FIRST)).await.unwrap();
        }
        bench.settled().await;
        let chief = bench.person(&[(office, &[READ, ASSIGN, EXTEND, "documents.incoming.read"])]);
        let member = |unit, head| {
            let person = bench.person(&[(office, &[READ, WORK])]);
            person.change(|authority| {
                authority.grants[0].unit = unit;
                authority.grants[0].head = head;
            });
            person
        };
        let (clerk, head, neighbour) = (member(UNIT, false), member(UNIT, true), member(OTHER_UNIT, false));
        let under = position(&clerk);
        head.change(|authority| authority.grants[0].direct_reports = vec![under]);
        Self { bench, office, chief, clerk, head, neighbour }
    }

    /// A plain office on SQLite.
    pub(crate) async fn plain() -> Self {
        Self::open(Pair::LocalSqlite, Vec::new()).await
    }

    pub(crate) fn today(&self) -> Day {
        self.bench.platform.clock.now().day()
    }

    /// So many days from today.
    pub(crate) fn day(&self, days: i64) -> Day {
        self.today().plus(days).unwrap()
    }

    /// An order by word of mouth, due in ten days.
    pub(crate) fn order(&self) -> Assign {
        Assign {
            office: self.office,
            source: AssignmentSource { kind: AssignmentSourceKind::SpokenOrder, id: None, label: "Giao ban".into() },
            title: "Rà soát nhà văn hóa thôn".into(),
            expected_product: "Báo cáo".into(),
            lead_unit: UNIT,
            lead_position: None,
            coordinators: vec![],
            urgency: Urgency::Normal,
            due: Some(self.day(10)),
            term: None,
            parent: None,
        }
    }

    pub(crate) async fn assigned(&self) -> Assignment {
        self.chief.call(&self.order()).await.unwrap()
    }

    pub(crate) async fn accepted(&self) -> Assignment {
        let id = self.assigned().await.id;
        self.clerk.call(&AcceptAssignment { id }).await.unwrap()
    }

    pub(crate) async fn done(&self) -> Assignment {
        let id = self.accepted().await.id;
        self.clerk.call(&CompleteAssignment { id, evidence: vec![proof()] }).await.unwrap()
    }
}

/// The position somebody holds.
pub(crate) fn position(person: &Person) -> PositionId {
    person.authority().unwrap().grants[0].position
}

pub(crate) fn proof() -> AssignmentEvidence {
    AssignmentEvidence { kind: AssignmentEvidenceKind::Note, id: None, label: "Đã báo cáo tại giao ban".into() }
}

/// What identity tells of a unit that goes on for ever.
pub(crate) fn unit_changed(unit: UnitId, office: OfficeId, name: &str, version: Version) -> UnitChanged {
    let from = "2025-07-01".parse().unwrap();
    let spans = vec![UnitSpan { from, to: None, name: name.into(), body: None, parent: None }];
    UnitChanged { unit: UnitHistory { id: unit, office, spans, version } }
}

/// The code with which a call is refused.
pub(crate) async fn refused<C: Call>(person: &Person, call: &C) -> String {
    match person.call(call).await {
        Ok(_) => panic!("`{}` was not refused", C::NAME),
        Err(Fault { code, .. }) => code,
    }
}
