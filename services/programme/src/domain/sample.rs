//! One office, its units and one piece of work, for the tests of the rules.

use schema_documents::IncomingDocument;
use schema_identity::{UnitHistory, UnitSpan};
use schema_programme::{
    Assign, Assignment, AssignmentActor, AssignmentSource, AssignmentSourceKind, AssignmentState, AssignmentWait,
};
use serde_json::json;
use uuid::Uuid;
use wire::{
    Authority, Day, Grant, Instant, Urgency, Version,
    id::{AccountId, AppointmentId, AssignmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::domain::{
    assigning::{Facts, assign},
    change::Hand,
};

pub(crate) const OFFICE: OfficeId = OfficeId(Uuid::from_u128(10));
pub(crate) const UNIT: UnitId = UnitId(Uuid::from_u128(21));
pub(crate) const OTHER_UNIT: UnitId = UnitId(Uuid::from_u128(22));

/// 23/11/2026 08:30 in Viet Nam, a Monday.
pub(crate) fn at() -> Instant {
    "2026-11-23T01:30:00Z".parse().unwrap()
}

pub(crate) fn clerk() -> AssignmentActor {
    AssignmentActor {
        person: PersonId(Uuid::from_u128(31)),
        position: PositionId(Uuid::from_u128(32)),
        on_behalf_of: None,
    }
}

pub(crate) fn head() -> AssignmentActor {
    AssignmentActor {
        person: PersonId(Uuid::from_u128(33)),
        position: PositionId(Uuid::from_u128(34)),
        on_behalf_of: None,
    }
}

pub(crate) fn hand() -> Hand {
    Hand { by: Some(clerk()), at: at() }
}

pub(crate) fn units() -> Vec<UnitHistory> {
    let from: Day = "2025-07-01".parse().unwrap();
    let unit = |id, name: &str| UnitHistory {
        id,
        office: OFFICE,
        spans: vec![UnitSpan { from, to: None, name: name.into(), body: None, parent: None }],
        version: Version::FIRST,
    };
    vec![unit(UNIT, "Bộ phận Tổng hợp"), unit(OTHER_UNIT, "Bộ phận Hành chính")]
}

pub(crate) fn order() -> Assign {
    Assign {
        office: OFFICE,
        source: AssignmentSource { kind: AssignmentSourceKind::SpokenOrder, id: None, label: "Giao ban".into() },
        title: "Tổng hợp kết quả rà soát nhà văn hóa thôn".into(),
        expected_product: "Báo cáo".into(),
        lead_unit: UNIT,
        lead_position: None,
        coordinators: vec![],
        urgency: Urgency::Normal,
        due: Some("2026-12-03".parse().unwrap()),
        term: None,
        parent: None,
    }
}

pub(crate) fn assigned() -> Assignment {
    let facts = Facts { document: None, units: &units(), parent: None, calendar: rules::Calendar::national() };
    assign(&order(), &facts, AssignmentId(Uuid::from_u128(1)), head(), at()).unwrap().assignment
}

pub(crate) fn accepted() -> Assignment {
    let AssignmentActor { person, position, .. } = clerk();
    let (handler, handler_position) = (Some(person), Some(position));
    Assignment { state: AssignmentState::Accepted, handler, handler_position, ..assigned() }
}

pub(crate) fn done() -> Assignment {
    Assignment { state: AssignmentState::Done, done_at: Some(at()), ..accepted() }
}

pub(crate) fn wait_on(unit: UnitId) -> AssignmentWait {
    AssignmentWait { on_unit: Some(unit), on: "số liệu".into(), from: at(), to: None }
}

/// The authority of someone with one position.
pub(crate) fn authority(actor: AssignmentActor, unit: UnitId, head: bool, permissions: &[&str]) -> Authority {
    let grant = Grant {
        office: OFFICE,
        offices_below: vec![],
        offices_inherited: Vec::new(),
        unit,
        position: actor.position,
        appointment: AppointmentId(Uuid::from_u128(51)),
        permissions: permissions.iter().map(|permission| (*permission).to_owned()).collect(),
        head,
        direct_reports: Vec::new(),
        on_behalf_of: None,
    };
    Authority {
        account: AccountId(Uuid::from_u128(52)),
        person: actor.person,
        grants: vec![grant],
        fresh_proof: Default::default(),
    }
}

pub(crate) fn petition() -> AssignmentSource {
    AssignmentSource { kind: AssignmentSourceKind::Petition, id: Some(Uuid::from_u128(9)), label: "Đơn thư".into() }
}

/// A document to be processed, with what is needed here of one.
pub(crate) fn incoming() -> IncomingDocument {
    serde_json::from_value(json!({
        "id": Uuid::from_u128(7), "office": OFFICE, "version": 1, "register": Uuid::from_u128(8), "number": 118,
        "arrived": "2026-11-20", "registered_at": at(), "state": "registered", "secrecy": "open", "urgency": "normal",
        "masked": false, "author_body": "Tỉnh ủy", "symbol": "12-CV/TU", "document_day": "2026-11-20",
        "genre_name": "Công văn", "disposition": "to_process",
    }))
    .unwrap()
}
