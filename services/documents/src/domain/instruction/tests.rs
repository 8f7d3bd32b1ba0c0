//! Routings, their effect on a document, and whose proposal it is.

use proptest::prelude::*;
use schema_documents::IncomingState;
use wire::Version;

use super::*;
use crate::domain::sample::{self, day};

const ALL: [Disposition; 3] = [Disposition::ToProcess, Disposition::ToKnow, Disposition::ToFile];

fn work() -> IncomingRouting {
    let mut routing = bare(Disposition::ToProcess);
    (routing.lead, routing.with, routing.to_know) = (Some(sample::id(2)), vec![sample::id(21)], vec![sample::id(22)]);
    routing
}

fn bare(disposition: Disposition) -> IncomingRouting {
    let (lead, lead_position, due) = (None, None, None);
    let text = "  Giao Văn phòng tham mưu.  ".to_owned();
    IncomingRouting { disposition, lead, lead_position, with: Vec::new(), to_know: Vec::new(), due, text }
}

fn actor(person: u128, on_behalf_of: Option<u128>) -> DocumentActor {
    let on_behalf_of = on_behalf_of.map(sample::id);
    DocumentActor { person: sample::id(person), position: sample::id(person + 100), on_behalf_of }
}

fn proposal(by: DocumentActor) -> IncomingProposal {
    IncomingProposal {
        id: sample::id(60),
        office: sample::office(),
        version: Version::FIRST,
        document: sample::incoming().id,
        routing: work(),
        put_to: sample::id(70),
        by,
        at: sample::place().now,
        state: ProposalState::Waiting,
        answered_by: None,
        answered_at: None,
        reason: None,
    }
}

#[test]
fn a_routing_has_one_lead_where_there_is_work_and_each_unit_once() {
    assert_eq!(routing(&work()).unwrap().text, "Giao Văn phòng tham mưu.");
    for disposition in [Disposition::ToKnow, Disposition::ToFile] {
        let told = IncomingRouting { to_know: vec![sample::id(22)], ..bare(disposition) };
        assert_eq!(routing(&told).unwrap().to_know, told.to_know);
    }
    let table = [
        (bare(Disposition::ToProcess), "documents.lead_missing"),
        (IncomingRouting { disposition: Disposition::ToKnow, ..work() }, "documents.lead_without_processing"),
        (
            IncomingRouting { due: Some(day("2026-12-01")), ..bare(Disposition::ToFile) },
            "documents.due_without_processing",
        ),
        (IncomingRouting { with: vec![sample::id(2)], ..work() }, "documents.unit_twice"),
        (IncomingRouting { to_know: vec![sample::id(21)], ..work() }, "documents.unit_twice"),
        (IncomingRouting { with: vec![sample::id(2); 21], ..work() }, "documents.too_many"),
        (IncomingRouting { text: " ".into(), ..work() }, "documents.field_missing"),
        (IncomingRouting { text: "x".repeat(2_001), ..work() }, "documents.field_too_long"),
    ];
    for (given, code) in table {
        assert_eq!(routing(&given).unwrap_err().code, code);
    }
}

#[test]
fn every_unit_is_of_the_office_and_there_today() {
    let unit = |number, office| schema_identity::Unit { id: sample::id(number), office, ..sample::unit("Văn phòng") };
    let all = [(2, sample::office()), (21, sample::office()), (22, sample::office())];
    let known = |units: &[(u128, OfficeId)]| -> Units {
        units.iter().map(|(number, office)| (sample::id(*number), unit(*number, *office))).collect()
    };
    assert!(placed(&work(), sample::office(), &known(&all)).is_ok());
    assert_eq!(placed(&work(), sample::office(), &known(&all[..2])).unwrap_err().code, "documents.unit_unknown");
    let foreign = [all[0], all[1], (22, sample::id(99))];
    assert_eq!(placed(&work(), sample::office(), &known(&foreign)).unwrap_err().code, "documents.unit_unknown");
}

#[test]
fn while_work_is_under_way_an_instruction_moves_neither_day_nor_disposition() {
    let today = Reckoning::from(rules::Calendar::national().as_known_on(sample::incoming().arrived));
    let first = apply(&sample::incoming(), (sample::id(1), &work()), None, today).unwrap();
    let live = Some(sample::id(9));
    let again = apply(&first, (sample::id(2), &work()), live, today).unwrap();
    assert_eq!((again.due, again.instruction), (first.due, Some(sample::id(2))), "it may say more");
    for other in [bare(Disposition::ToFile), IncomingRouting { due: Some(day("2027-01-15")), ..work() }] {
        assert_eq!(apply(&first, (sample::id(2), &other), live, today).unwrap_err().code, "documents.work_owed");
        assert!(apply(&first, (sample::id(2), &other), None, today).is_ok());
    }
    let voided = IncomingDocument { state: IncomingState::Voided, ..first.clone() };
    assert_eq!(apply(&voided, (sample::id(2), &work()), None, today).unwrap_err().code, "documents.already_voided");
    let masked = IncomingDocument { masked: true, ..sample::incoming() };
    assert_eq!(apply(&masked, (sample::id(2), &work()), None, today).unwrap_err().code, "documents.masked");
    let back = reverse(&first);
    assert_eq!((back.instruction, back.disposition, back.due, back.due_reason), (None, None, None, None));
}

#[test]
fn nobody_instructs_what_they_proposed_neither_as_a_deputy_nor_through_one() {
    let (chief, deputy, member) = (1, 2, 3);
    let table = [
        ("the member", actor(chief, None), actor(member, None), true),
        ("the proposer", actor(chief, None), actor(chief, None), false),
        ("the proposer for the member", actor(chief, None), actor(chief, Some(member)), false),
        ("another by the proposer's powers", actor(chief, None), actor(deputy, Some(chief)), false),
        ("who proposed for the chief", actor(deputy, Some(chief)), actor(deputy, Some(member)), false),
        ("the chief, for whom it was proposed", actor(deputy, Some(chief)), actor(chief, None), false),
        ("a deputy of the member", actor(chief, None), actor(deputy, Some(member)), true),
    ];
    for (who, proposed, by, allowed) in table {
        assert_eq!(by_another(&proposal(proposed), &by).is_ok(), allowed, "{who}");
    }
}

#[test]
fn a_proposal_is_answered_once() {
    let (waiting, at) = (proposal(actor(1, None)), sample::place().now);
    let by = Some(actor(3, None));
    let returned = answered(&waiting, ProposalState::Returned, by, Some("làm rõ đơn vị"), at).unwrap();
    assert_eq!((returned.state, returned.answered_by, returned.answered_at), (ProposalState::Returned, by, Some(at)));
    let again = answered(&returned, ProposalState::Instructed, by, None, at).unwrap_err();
    assert_eq!(again.code, "documents.proposal_answered");
    let silent = answered(&waiting, ProposalState::Returned, by, Some(" "), at).unwrap_err();
    assert_eq!(silent.code, "documents.field_missing");
}

proptest! {
    /// Whatever is instructed in whatever order, only a document to be processed has a due day.
    #[test]
    fn only_work_has_a_due_day(steps in proptest::collection::vec((0..3usize, any::<bool>(), any::<bool>()), 1..12)) {
        let mut document = sample::incoming();
        for (which, due, live) in steps {
            let mut given = if which == 0 { work() } else { bare(ALL[which]) };
            given.due = (due && which == 0).then(|| day("2027-01-15"));
            let live = (live && document.disposition == Some(Disposition::ToProcess)).then(|| sample::id(9));
            if let Ok(next) = apply(&document, (sample::id(1), &given), live, rules::Calendar::national().as_known_on(document.arrived).into()) {
                document = next;
                prop_assert_eq!(document.disposition, Some(given.disposition));
            }
            prop_assert_eq!(document.due.is_some(), document.disposition == Some(Disposition::ToProcess));
        }
    }
}
