//! Two steps of instruction: the chief proposes, a standing member instructs; and who stands in for whom.

use std::collections::BTreeSet;

use schema_documents::{
    DisposeIncoming, Disposition, DocumentHistoryEntry, GetIncoming, IncomingChanged, IncomingProposal,
    IncomingRouting, InstructIncoming, Instruction, InstructionState, InstructionStep, ListIncomingHistory,
    ListIncomingProposals, ListInstructions, ListWaitingProposals, ProposalState, ProposeDisposition, ReturnProposal,
    VoidIncoming,
};
use testbed::{Pair, Person};
use wire::{
    Event as _, OnBehalfOf, Version,
    id::{IncomingId, PositionId, ProposalId},
};

use crate::{
    house::{House, refused},
    transcriptions::{confirmed, transcribed},
};

pub(crate) const CHIEF: &[&str] =
    &["documents.incoming.read", "documents.incoming.dispose", "documents.incoming.propose"];
pub(crate) const MEMBER: &[&str] =
    &["documents.incoming.read", "documents.incoming.dispose", "documents.incoming.instruct"];

pub(crate) fn position(who: &Person) -> PositionId {
    who.authority().unwrap().grants[0].position
}

/// Lends everything that somebody holds to a deputy.
pub(crate) fn lend(holder: &Person, deputy: &Person) {
    let mut lent = holder.authority().unwrap().grants[0].clone();
    lent.on_behalf_of = Some(OnBehalfOf {
        delegation: runtime::fresh_id().into(),
        person: Some(holder.id()),
        own_position: position(deputy),
        genres: BTreeSet::new(),
        highest: None,
    });
    deputy.change(|authority| authority.grants.push(lent));
}

/// Work led by a unit of the house.
pub(crate) fn work(house: &House) -> IncomingRouting {
    let lead = house.unit("Văn phòng Đảng ủy", None).id;
    let (with, to_know) = (vec![house.unit("Ban Xây dựng Đảng", None).id], Vec::new());
    let text = "Giao Văn phòng chủ trì tham mưu.".to_owned();
    let (lead, lead_position, due) = (Some(lead), None, Some(house.day(7)));
    IncomingRouting { disposition: Disposition::ToProcess, lead, lead_position, with, to_know, due, text }
}

/// That a document is only to be known.
pub(crate) fn to_know() -> IncomingRouting {
    let (lead, lead_position, due) = (None, None, None);
    let (with, to_know, text) = (Vec::new(), Vec::new(), "Các đồng chí để biết.".to_owned());
    IncomingRouting { disposition: Disposition::ToKnow, lead, lead_position, with, to_know, due, text }
}

pub(crate) async fn proposed(house: &House, chief: &Person, id: IncomingId, to: &Person) -> IncomingProposal {
    chief.call(&ProposeDisposition { id, routing: work(house), put_to: position(to) }).await.unwrap()
}

pub(crate) fn agree(proposal: &IncomingProposal) -> InstructIncoming {
    InstructIncoming { id: proposal.document, proposal: Some(proposal.id), routing: None }
}

pub(crate) fn direct(id: IncomingId, routing: IncomingRouting) -> InstructIncoming {
    InstructIncoming { id, proposal: None, routing: Some(routing) }
}

pub(crate) async fn history(house: &House, id: IncomingId) -> Vec<DocumentHistoryEntry> {
    house.clerk.call(&ListIncomingHistory { id, limit: None, cursor: None }).await.unwrap().items
}

async fn waiting(house: &House, who: &Person) -> Vec<ProposalId> {
    let call = ListWaitingProposals { office: house.office, limit: None, cursor: None };
    who.call(&call).await.unwrap().items.into_iter().map(|proposal| proposal.id).collect()
}

async fn standing(house: &House, id: IncomingId) -> Vec<(InstructionState, bool)> {
    let all = house.clerk.call(&ListInstructions { id, limit: None, cursor: None }).await.unwrap();
    all.items.into_iter().map(|given: Instruction| (given.state, given.as_proposed)).collect()
}

/// One of everything: an answered proposal, an instruction that lost its place, one confirmed from paper.
pub(crate) async fn instructed(house: &House) {
    let (chief, member) = (house.hired(CHIEF), house.hired(MEMBER));
    let id = house.registered(71).await.id;
    let proposal = proposed(house, &chief, id, &member).await;
    member.call(&agree(&proposal)).await.unwrap();
    member.call(&direct(id, to_know())).await.unwrap();
    confirmed(house).await;
}

async fn two_steps(pair: Pair) {
    use InstructionStep::{Instructed, Proposed, Returned};
    let house = House::open(pair).await;
    let (chief, member, other) = (house.hired(CHIEF), house.hired(MEMBER), house.hired(MEMBER));
    let id = house.registered(1).await.id;
    assert_eq!(refused(&house.clerk, &direct(id, work(&house))).await.code, "wire.denied");
    assert_eq!(refused(&chief, &direct(id, work(&house))).await.code, "wire.denied", "the chief proposes");
    let first = proposed(&house, &chief, id, &member).await;
    assert_eq!((waiting(&house, &member).await, waiting(&house, &other).await), (vec![first.id], vec![]));
    assert_eq!(house.clerk.call(&GetIncoming { id }).await.unwrap().disposition, None, "a proposal has no effect");

    let back = ReturnProposal { id: first.id, reason: "làm rõ đơn vị chủ trì".into() };
    let returned = member.call(&back).await.unwrap();
    assert_eq!((returned.state, returned.reason.as_deref()), (ProposalState::Returned, Some("làm rõ đơn vị chủ trì")));
    assert_eq!(refused(&member, &agree(&first)).await.code, "documents.proposal_answered");
    let second = proposed(&house, &chief, id, &member).await;
    let third = proposed(&house, &chief, id, &member).await;
    assert_eq!(waiting(&house, &member).await, vec![third.id], "another takes the place of what waits");
    assert_eq!(refused(&member, &agree(&second)).await.code, "documents.proposal_answered");

    let given = member.call(&agree(&third)).await.unwrap();
    assert_eq!((given.routing.clone(), given.as_proposed), (third.routing.clone(), true));
    let document = house.clerk.call(&GetIncoming { id }).await.unwrap();
    assert_eq!((document.instruction, document.disposition), (Some(given.id), Some(Disposition::ToProcess)));
    assert_eq!(document.due, third.routing.due);
    let dispose = DisposeIncoming { id, disposition: Disposition::ToFile, due: None, note: None };
    assert_eq!(refused(&chief, &dispose).await.code, "documents.instructed");
    member.call(&direct(id, to_know())).await.unwrap();
    let (stands, past) = (InstructionState::InForce, InstructionState::Superseded);
    assert_eq!(standing(&house, id).await, [(stands, false), (past, true)]);
    let steps: Vec<_> = history(&house, id).await.into_iter().filter_map(|line| line.step).collect();
    assert_eq!(steps, [Proposed, Returned, Proposed, Proposed, Instructed, Instructed]);
    house.close().await;
}

#[tokio::test]
async fn the_chief_proposes_and_a_standing_member_instructs_on_sqlite() {
    two_steps(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn the_chief_proposes_and_a_standing_member_instructs_on_nats_and_postgresql() {
    two_steps(Pair::NatsPostgres).await;
}

#[tokio::test]
async fn an_instruction_may_change_what_was_proposed_and_says_so() {
    let house = House::plain().await;
    let (chief, member) = (house.hired(CHIEF), house.hired(MEMBER));
    let id = house.registered(1).await.id;
    let proposal = proposed(&house, &chief, id, &member).await;
    let changed = InstructIncoming { routing: Some(to_know()), ..agree(&proposal) };
    let given = member.call(&changed).await.unwrap();
    assert_eq!((given.proposal, given.as_proposed), (Some(proposal.id), false));
    let all = chief.call(&ListIncomingProposals { id, limit: None, cursor: None }).await.unwrap().items;
    assert_eq!((all[0].state, all[0].answered_by.unwrap().person), (ProposalState::Instructed, member.id()));
    assert_eq!(
        refused(&member, &InstructIncoming { id, proposal: None, routing: None }).await.code,
        "documents.routing_missing"
    );
    let nowhere = IncomingRouting { lead: Some(runtime::fresh_id().into()), ..work(&house) };
    assert_eq!(refused(&member, &direct(id, nowhere)).await.code, "documents.unit_unknown");
    assert_eq!(
        refused(&member, &direct(runtime::fresh_id().into(), to_know())).await.code,
        "documents.incoming_missing"
    );
    house.close().await;
}

#[tokio::test]
async fn a_deputy_is_named_beside_whom_they_stand_in_for_and_decides_nothing_of_their_own() {
    let house = House::plain().await;
    let (chief, member, deputy) = (house.hired(CHIEF), house.hired(MEMBER), house.hired(&["documents.incoming.read"]));
    lend(&member, &deputy);
    lend(&member, &chief);
    let id = house.registered(1).await.id;
    let proposal = proposed(&house, &chief, id, &member).await;
    assert_eq!(waiting(&house, &deputy).await, vec![proposal.id], "what waits for the absent moves to the deputy");
    assert_eq!(refused(&chief, &agree(&proposal)).await.code, "documents.own_proposal");
    let given = deputy.call(&agree(&proposal)).await.unwrap();
    assert_eq!((given.by.person, given.by.on_behalf_of), (deputy.id(), Some(member.id())));
    assert_eq!(given.by.position, position(&member));
    let line = history(&house, id).await.pop().unwrap();
    assert_eq!((line.by, line.on_behalf_of), (Some(deputy.id()), Some(member.id())));
    let told = house.bench.events("documents").await.unwrap();
    let last = told.iter().rfind(|event| event.kind == IncomingChanged::KIND).unwrap();
    let IncomingChanged { by, .. } = serde_json::from_value(last.body.clone()).unwrap();
    assert_eq!(by, Some(given.by));
    house.close().await;
}

#[tokio::test]
async fn a_proposal_waits_no_more_when_the_document_is_disposed_of_or_voided() {
    let house = House::plain().await;
    let (chief, member) = (house.hired(CHIEF), house.hired(MEMBER));
    let (one, two) = (house.registered(1).await.id, house.registered(2).await.id);
    proposed(&house, &chief, one, &member).await;
    proposed(&house, &chief, two, &member).await;
    let dispose = DisposeIncoming { id: one, disposition: Disposition::ToFile, due: None, note: None };
    chief.call(&dispose).await.unwrap();
    let void = VoidIncoming { id: two, reason: "nhầm".into(), masked_reason: None, citizen_letter: false };
    house.clerk.call(&void).await.unwrap();
    assert_eq!(waiting(&house, &member).await, vec![]);
    assert_eq!(refused(&member, &direct(two, to_know())).await.code, "documents.already_voided");
    house.close().await;
}

#[tokio::test]
async fn of_a_citizens_letter_no_word_of_an_instruction_is_shown() {
    let house = House::plain().await;
    let (chief, member) = (house.hired(CHIEF), house.hired(MEMBER));
    let id = house.registered(1).await.id;
    let proposal = proposed(&house, &chief, id, &member).await;
    member.call(&agree(&proposal)).await.unwrap();
    let paper = transcribed(&house, id).await;
    let void = VoidIncoming { id, reason: String::new(), masked_reason: None, citizen_letter: true };
    house.clerk.call(&void).await.unwrap();
    let given = house.clerk.call(&ListInstructions { id, limit: None, cursor: None }).await.unwrap().items;
    let put = house.clerk.call(&ListIncomingProposals { id, limit: None, cursor: None }).await.unwrap().items;
    let shown = serde_json::to_string(&(&given, &put, history(&house, id).await)).unwrap();
    assert!(!shown.contains("Giao Văn phòng"), "{shown}");
    assert_eq!((given.len(), given[0].version), (2, Version(2)));
    assert_eq!(given[0].transcription.as_ref().unwrap().scan, None);
    let scan = schema_documents::DownloadInstructionScan { id: paper.id };
    assert_eq!(refused(&house.clerk, &scan).await.code, "documents.instruction_missing");
    house.close().await;
}

#[tokio::test]
async fn of_two_instructions_at_one_moment_one_stands() {
    let house = House::open(Pair::LocalPostgres).await;
    let (chief, member) = (house.hired(CHIEF), house.hired(MEMBER));
    let id = house.registered(1).await.id;
    let proposal = proposed(&house, &chief, id, &member).await;
    let (agree, direct) = (agree(&proposal), direct(id, to_know()));
    let (one, two) = tokio::join!(member.call(&agree), member.call(&direct));
    assert!(two.is_ok(), "{two:?}");
    assert!(one.is_ok() || one.unwrap_err().code == "documents.proposal_answered");
    let stand = standing(&house, id).await;
    assert_eq!(stand.iter().filter(|(state, _)| *state == InstructionState::InForce).count(), 1, "{stand:?}");
    house.close().await;
}
