//! Whatever is done to an assignment, in whatever order: what always holds.

use proptest::prelude::*;
use schema_programme::{
    AskExtension, Assignment, AssignmentAct, AssignmentActor, AssignmentEvidence, AssignmentEvidenceKind,
    AssignmentExtensionState, AssignmentState, AssignmentTermUnit, BeginWait, DecideExtension, EscalateAssignment,
    PauseAssignment, Refusal, ReportProgress,
};
use wire::Instant;

use crate::domain::{
    change::{Change, Hand},
    extensions,
    lapse::{self, Lapse},
    oversight, petition, sample,
    units::KnownUnit,
    waits, work,
};

/// Something somebody tries to do. Numbers choose days, units and persons.
#[derive(Clone, Copy, Debug)]
enum Try {
    Accept,
    Report,
    BeginWait { on_other: bool },
    EndWait,
    Ask { days: i64, by_head: bool },
    Decide { approve: bool, by_head: bool },
    Escalate,
    Complete { proofs: usize },
    GiveBack { by_head: bool },
    Close { by_head: bool },
    HandOver { to_other: bool },
    Withdraw,
    Remind,
    Pause { from: i64, days: i64 },
    Lapse { voided: bool },
}

fn tries() -> impl Strategy<Value = Try> {
    prop_oneof![
        3 => Just(Try::Accept),
        3 => Just(Try::Report),
        3 => any::<bool>().prop_map(|on_other| Try::BeginWait { on_other }),
        3 => Just(Try::EndWait),
        3 => (-3i64..40, any::<bool>()).prop_map(|(days, by_head)| Try::Ask { days, by_head }),
        4 => (any::<bool>(), any::<bool>()).prop_map(|(approve, by_head)| Try::Decide { approve, by_head }),
        1 => Just(Try::Escalate),
        2 => (0usize..3).prop_map(|proofs| Try::Complete { proofs }),
        2 => any::<bool>().prop_map(|by_head| Try::GiveBack { by_head }),
        1 => any::<bool>().prop_map(|by_head| Try::Close { by_head }),
        1 => any::<bool>().prop_map(|to_other| Try::HandOver { to_other }),
        1 => Just(Try::Withdraw),
        2 => Just(Try::Remind),
        2 => (-2i64..20, -1i64..9).prop_map(|(from, days)| Try::Pause { from, days }),
        1 => any::<bool>().prop_map(|voided| Try::Lapse { voided }),
    ]
}

/// Work as it is given: by word of mouth or from a petition, with a day, a term in working or in calendar days.
fn starts() -> impl Strategy<Value = Assignment> {
    let units = [None, Some(AssignmentTermUnit::WorkingDays), Some(AssignmentTermUnit::CalendarDays)];
    (any::<bool>(), prop::sample::select(units.to_vec())).prop_map(|(petition, term_unit)| {
        let given = Assignment { term_unit, ..sample::assigned() };
        if petition { petition::discreet(Assignment { source: sample::petition(), ..given }) } else { given }
    })
}

fn unit(other: bool) -> KnownUnit {
    KnownUnit { id: if other { sample::OTHER_UNIT } else { sample::UNIT }, name: "đơn vị".into() }
}

fn person(head: bool) -> AssignmentActor {
    if head { sample::head() } else { sample::clerk() }
}

fn attempt(now: &Assignment, what: Try, at: Instant) -> Result<Change, Refusal> {
    let (current, id, hand) = (now.clone(), now.id, Hand { by: Some(sample::clerk()), at });
    match what {
        Try::Accept => work::accept(current, sample::clerk(), at),
        Try::Report => work::report(current, &ReportProgress { id, note: "n".into(), percent: None }, hand),
        Try::BeginWait { on_other } => {
            let on = unit(on_other);
            waits::begin(current, &BeginWait { id, on_unit: Some(on.id), on: String::new() }, Some(&on), hand)
        }
        Try::EndWait => waits::end(current, hand),
        Try::Ask { days, by_head } => {
            let until = now.due.plus(days).unwrap();
            extensions::ask(current, &AskExtension { id, until, reason: "r".into() }, person(by_head), at)
        }
        Try::Decide { approve, by_head } => {
            extensions::decide(current, &DecideExtension { id, approve, answer: None }, person(by_head), at)
        }
        Try::Escalate => work::escalate(current, &EscalateAssignment { id, to: "t".into(), reason: "r".into() }, hand),
        Try::Complete { proofs } => {
            let proof = AssignmentEvidence { kind: AssignmentEvidenceKind::Note, id: None, label: "p".into() };
            work::complete(current, &vec![proof; proofs], hand)
        }
        Try::GiveBack { by_head } => oversight::give_back(current, "r", Hand { by: Some(person(by_head)), at }),
        Try::Close { by_head } => oversight::close(current, Hand { by: Some(person(by_head)), at }),
        Try::HandOver { to_other } => oversight::hand_over(current, unit(to_other), None, "r", hand),
        Try::Remind => oversight::remind(current, Some("n"), sample::head(), at),
        Try::Withdraw => oversight::withdraw(current, "r", hand),
        Try::Pause { from, days } => {
            let from = now.assigned_at.day().plus(from).unwrap();
            let (office, until) = (now.office, from.plus(days).unwrap());
            extensions::pause(
                current,
                &PauseAssignment { id, office, instrument: "i".into(), from, until },
                rules::Calendar::national(),
                at,
            )
        }
        Try::Lapse { voided } => lapse::withdraw(current, if voided { Lapse::Voided } else { Lapse::NotToProcess }, at),
    }
}

/// What holds of an assignment by itself.
fn sound(now: &Assignment) {
    assert!(!now.coordinators.contains(&now.lead_unit), "the lead does not help itself");
    assert!(now.waits.iter().rev().skip(1).all(|wait| wait.to.is_some()), "only the last wait is open");
    assert!(now.waits.iter().all(|wait| wait.to.is_none_or(|to| wait.from <= to)));
    assert!(now.waits.windows(2).all(|pair| pair[0].to.unwrap() <= pair[1].from), "waits do not overlap");
    assert!(now.waiting().is_none_or(|wait| wait.on_unit != Some(now.lead_unit)), "nobody waits for oneself");
    let undecided = now.extensions.iter().rev().skip(1).filter(|e| e.state == AssignmentExtensionState::Asked).count();
    assert_eq!(undecided, 0, "only the last extension is undecided");
    let own = now.extensions.iter().any(|e| e.decided_by.is_some_and(|by| by.person == e.asked_by.person));
    assert!(!own, "nobody decides their own extension");
    assert_eq!(now.handler.is_some(), now.handler_position.is_some(), "a handler accepted in a position");
    assert_eq!(petition::discreet(now.clone()), *now, "no typed word about a petition");
    let proved = matches!(now.state, AssignmentState::Done | AssignmentState::Closed);
    assert!(!proved || !now.evidence.is_empty(), "done needs evidence");
    if !now.state.owed() {
        assert!(now.waiting().is_none() && now.asked_extension().is_none() && now.escalation.is_none());
    }
    assert_eq!(now.handler.is_none(), now.state == AssignmentState::Assigned || never_accepted(now));
}

/// Withdrawn before anybody accepted it.
fn never_accepted(now: &Assignment) -> bool {
    now.state == AssignmentState::Withdrawn && now.handler.is_none()
}

/// What holds between an assignment and the next version of it.
fn follows(before: &Assignment, Change { assignment: after, entry }: &Change) {
    assert_eq!(after.version, before.version.next());
    assert_eq!((entry.version, entry.state, entry.due), (after.version, after.state, after.due));
    assert_eq!((after.id, after.office, after.original_due), (before.id, before.office, before.original_due));
    let moves = matches!(entry.act, AssignmentAct::ApproveExtension | AssignmentAct::Pause);
    assert!(after.due == before.due || moves, "{:?} and the due day", entry.act);
    assert!(after.due != before.due || entry.act != AssignmentAct::ApproveExtension, "an extension gives days");
    assert_eq!(after.term_unit, before.term_unit);
    let nobody = matches!(entry.act, AssignmentAct::Pause | AssignmentAct::Withdraw);
    assert!(entry.by.is_some() || nobody, "{:?} is somebody's doing", entry.act);
    let typed = entry.note.as_deref().filter(|note| petition::is_source_of(after) && note.len() == 1);
    assert!(typed.is_none() || entry.act == AssignmentAct::Pause, "{:?} tells what was typed", entry.act);
    assert!(after.due >= before.due, "a due day is never silently earlier");
    let hands = entry.act == AssignmentAct::HandOver;
    let moved = after.lead_unit != before.lead_unit;
    assert!(hands || !moved, "the lead changes by being handed over");
    assert_eq!(after.earlier_leads.len(), before.earlier_leads.len() + usize::from(moved));
    let judges =
        [AssignmentAct::ApproveExtension, AssignmentAct::RefuseExtension, AssignmentAct::Return, AssignmentAct::Close];
    let own = entry.by.is_some_and(|by| oversight::handles(before, by));
    assert!(!(own && judges.contains(&entry.act)), "the handler judges their own work by {:?}", entry.act);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_acts_keeps_the_invariants(
        start in starts(),
        steps in prop::collection::vec((tries(), -3i64..12), 0..60),
    ) {
        let mut now = start;
        let mut at = sample::at();
        let mut history = 1;
        for (what, hours) in steps {
            // Now and then the clock is set back a little.
            at = Instant::from_micros(at.micros() + hours * 3_600_000_000);
            if let Ok(change) = attempt(&now, what, at) {
                follows(&now, &change);
                sound(&change.assignment);
                now = change.assignment;
                history += 1;
            }
            prop_assert_eq!(now.version.0, history, "one entry for each version");
        }
    }
}
