//! Every refusal of the catalogue but those of the calendar, provoked through the bus and recognised by its code.

use std::collections::BTreeSet;

use schema_programme::*;
use wire::{Cursor, Refusal as _};

use crate::desk::{Desk, OTHER_UNIT, UNIT, proof, refused};

/// Refusals about a document are provoked where documents are played.
const ELSEWHERE: [&str; 5] = [
    "programme.source_gone",
    "programme.source_missing",
    "programme.source_not_to_process",
    "programme.source_masked",
    "programme.due_after_source",
];

/// Only a service can provoke this one.
const BY_SERVICES: &str = "programme.pause_unclear";

/// Another test of this crate provokes it with a position.
const BY_POSITION: &str = "programme.not_addressed";

/// Those of the calendar are provoked where it is kept.
pub(crate) const CALENDAR: &str = "programme.calendar_";

#[tokio::test]
async fn every_refusal_has_its_occasion() {
    let desk = Desk::plain().await;
    let mut seen: BTreeSet<String> = ELSEWHERE.iter().map(|code| (*code).to_owned()).collect();
    seen.extend([BY_SERVICES.to_owned(), BY_POSITION.to_owned()]);
    seen.extend(orders(&desk).await);
    seen.extend(work(&desk).await);
    seen.extend(waits_and_extensions(&desk).await);
    seen.extend(oversight_and_lists(&desk).await);
    let codes = Refusal::catalogue().into_iter().map(|row| row.code);
    let catalogue: BTreeSet<String> = codes.filter(|code| !code.starts_with(CALENDAR)).collect();
    assert_eq!(catalogue.difference(&seen).collect::<Vec<_>>(), Vec::<&String>::new(), "never provoked");
    desk.bench.finish().await;
}

/// Orders that are not clear.
async fn orders(desk: &Desk) -> Vec<String> {
    let order = desk.order();
    let nobody = wire::id::UnitId(uuid::Uuid::from_u128(404));
    let term = Some(AssignmentTerm { days: 0, unit: AssignmentTermUnit::WorkingDays });
    let unnamed = AssignmentSource { kind: AssignmentSourceKind::IncomingDocument, id: None, label: "x".into() };
    let blank = AssignmentSource { kind: AssignmentSourceKind::Conclusion, id: None, label: " ".into() };
    let nothing = wire::id::AssignmentId(uuid::Uuid::from_u128(404));
    let table = [
        (Assign { title: " ".into(), ..order.clone() }, "programme.title_missing"),
        (Assign { title: "x".repeat(501), ..order.clone() }, "programme.text_too_long"),
        (Assign { title: "a\u{202e}b".into(), ..order.clone() }, "programme.text_unclean"),
        (Assign { expected_product: String::new(), ..order.clone() }, "programme.product_missing"),
        (Assign { source: unnamed, ..order.clone() }, "programme.source_id_missing"),
        (Assign { source: blank, ..order.clone() }, "programme.source_unnamed"),
        (Assign { lead_unit: nobody, ..order.clone() }, "programme.unit_unknown"),
        (Assign { coordinators: vec![UNIT], ..order.clone() }, "programme.lead_coordinates"),
        (Assign { coordinators: vec![OTHER_UNIT; 2], ..order.clone() }, "programme.coordinators_unclear"),
        (Assign { parent: Some(nothing), ..order.clone() }, "programme.parent_not_owed"),
        (Assign { term, ..order.clone() }, "programme.due_twice"),
        (Assign { due: Some(desk.day(-1)), ..order.clone() }, "programme.due_past"),
        (Assign { due: None, term, ..order.clone() }, "programme.term_unusable"),
    ];
    let mut seen = Vec::new();
    for (order, code) in table {
        assert_eq!(refused(&desk.chief, &order).await, code);
        seen.push(code.to_owned());
    }
    seen
}

/// Work by the wrong hands, in the wrong state, or without the words it needs.
async fn work(desk: &Desk) -> Vec<String> {
    let id = desk.accepted().await.id;
    let (person, nothing) = (&desk.clerk, wire::id::AssignmentId(uuid::Uuid::from_u128(404)));
    let report = ReportProgress { id, note: "x".into(), percent: None };
    let paper = AssignmentEvidence { kind: AssignmentEvidenceKind::File, ..proof() };
    let found = [
        (refused(person, &AcceptAssignment { id: nothing }).await, "programme.assignment_missing"),
        (refused(person, &AcceptAssignment { id }).await, "programme.not_now"),
        (refused(&desk.neighbour, &report).await, "programme.not_yours"),
        (refused(person, &ReportProgress { note: " ".into(), ..report.clone() }).await, "programme.note_missing"),
        (refused(person, &ReportProgress { percent: Some(101), ..report }).await, "programme.percent_too_large"),
        (
            refused(person, &EscalateAssignment { id, to: String::new(), reason: "x".into() }).await,
            "programme.level_missing",
        ),
        (refused(person, &CompleteAssignment { id, evidence: vec![] }).await, "programme.evidence_missing"),
        (refused(person, &CompleteAssignment { id, evidence: vec![paper] }).await, "programme.evidence_unclear"),
        (refused(person, &CompleteAssignment { id, evidence: vec![proof(); 21] }).await, "programme.evidence_too_much"),
    ];
    checked(found)
}

/// Waits and extensions that contradict what there is.
async fn waits_and_extensions(desk: &Desk) -> Vec<String> {
    let id = desk.accepted().await.id;
    let person = &desk.clerk;
    let wait = BeginWait { id, on_unit: None, on: "bưu điện".into() };
    let ask = AskExtension { id, until: desk.day(30), reason: "x".into() };
    let decide = DecideExtension { id, approve: true, answer: None };
    let before = [
        (refused(person, &EndWait { id }).await, "programme.not_waiting"),
        (refused(person, &BeginWait { on: " ".into(), ..wait.clone() }).await, "programme.wait_unclear"),
        (refused(person, &BeginWait { on_unit: Some(UNIT), ..wait.clone() }).await, "programme.wait_on_lead"),
        (refused(&desk.chief, &decide).await, "programme.extension_not_asked"),
        (refused(person, &AskExtension { until: desk.day(10), ..ask.clone() }).await, "programme.extension_not_later"),
        (refused(person, &AskExtension { reason: String::new(), ..ask.clone() }).await, "programme.reason_missing"),
    ];
    person.call(&wait).await.unwrap();
    person.call(&ask).await.unwrap();
    let after = [
        (refused(person, &wait).await, "programme.already_waiting"),
        (refused(person, &ask).await, "programme.extension_pending"),
    ];
    [checked(before), checked(after)].concat()
}

/// Hand-overs to nobody new, lists of the wrong kind.
async fn oversight_and_lists(desk: &Desk) -> Vec<String> {
    let id = desk.accepted().await.id;
    let open = desk.assigned().await.id;
    let remind = RemindAssignment { id: open, note: Some("trước 16 giờ".into()) };
    let reminded = desk.chief.call(&remind).await.unwrap();
    assert!(
        reminded.reminder.is_some()
            && reminded.state == AssignmentState::Assigned
            && reminded.due == reminded.original_due
    );
    let same = HandOverAssignment { id: open, lead_unit: UNIT, lead_position: None, reason: "x".into() };
    let owed = ListDueAssignments {
        office: desk.office,
        unit: None,
        handler: None,
        as_of: None,
        window: None,
        limit: None,
        cursor: None,
    };
    let may = [crate::desk::WORK, crate::desk::EXTEND, crate::desk::ASSIGN, crate::desk::OVERSEE];
    let both = desk.bench.person(&[(desk.office, &may)]);
    both.change(|authority| authority.grants[0].unit = UNIT);
    let another = desk.bench.person(&[(desk.office, &[crate::desk::ASSIGN])]);
    both.call(&AskExtension { id, until: desk.day(30), reason: "x".into() }).await.unwrap();
    let mine = desk.assigned().await.id;
    both.call(&AcceptAssignment { id: mine }).await.unwrap();
    both.call(&CompleteAssignment { id: mine, evidence: vec![proof()] }).await.unwrap();
    let found = [
        (refused(&another, &CloseAssignment { id: mine }).await, "programme.not_giver"),
        (refused(&both, &CloseAssignment { id: mine }).await, "programme.own_work"),
        (refused(&both, &DecideExtension { id, approve: true, answer: None }).await, "programme.own_extension"),
        (refused(&desk.chief, &same).await, "programme.same_lead"),
        (refused(&desk.chief, &remind).await, "programme.reminded_today"),
        (
            refused(&desk.chief, &ListDueAssignments { handler: Some(desk.clerk.id()), ..owed.clone() }).await,
            "programme.own_or_direct_head",
        ),
        (
            refused(&desk.chief, &ListDueAssignments { as_of: Some(desk.day(-1)), ..owed.clone() }).await,
            "programme.day_past",
        ),
        (
            refused(&desk.chief, &ListDueAssignments { cursor: Some(Cursor("x".into())), ..owed }).await,
            "programme.cursor_unknown",
        ),
    ];
    checked(found)
}

fn checked<const N: usize>(found: [(String, &str); N]) -> Vec<String> {
    found.into_iter().inspect(|(code, wanted)| assert_eq!(code, wanted)).map(|(code, _)| code).collect()
}
