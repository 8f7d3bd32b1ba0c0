//! Who confirms a transcription, who objects, and what either makes of it.

use std::collections::BTreeSet;

use schema_documents::{Disposition, IncomingRouting};
use wire::{FreshProof, OnBehalfOf, Version, id::PositionId};

use super::*;
use crate::domain::sample::{self, at, day};

const AUTHOR: u128 = 1;
const CLERK: u128 = 2;
const CHIEF: u128 = 3;
const OTHER: u128 = 4;

fn actor(person: u128) -> DocumentActor {
    DocumentActor { person: sample::id(person), position: position(person), on_behalf_of: None }
}

fn position(person: u128) -> PositionId {
    sample::id(person + 100)
}

fn routing() -> IncomingRouting {
    let (lead, lead_position, due) = (Some(sample::id(2)), None, None);
    let (with, to_know, text) = (Vec::new(), Vec::new(), "Giao Văn phòng".to_owned());
    IncomingRouting { disposition: Disposition::ToProcess, lead, lead_position, with, to_know, due, text }
}

fn instruction() -> Instruction {
    let transcription = InstructionTranscription {
        written: day("2026-11-20"),
        by: actor(CLERK),
        scan: None,
        state: TranscriptionState::Unconfirmed,
        answered_by: None,
        answered_at: None,
        reason: None,
    };
    Instruction {
        id: sample::id(50),
        office: sample::office(),
        version: Version::FIRST,
        document: sample::incoming().id,
        routing: routing(),
        by: actor(AUTHOR),
        at: sample::place().now,
        proposal: None,
        as_proposed: false,
        state: InstructionState::InForce,
        transcription: Some(transcription),
    }
}

/// Somebody with permissions of their own, and of others whose powers are lent to them.
fn authority(person: u128, own: &[&str], lent: &[(u128, &[&str])]) -> Authority {
    let grant = |holder: u128, permissions: &[&str], on_behalf_of| Grant {
        office: sample::office(),
        offices_below: Vec::new(),
        offices_inherited: Vec::new(),
        unit: sample::id(2),
        position: position(holder),
        appointment: sample::id(30),
        permissions: permissions.iter().map(|permission| (*permission).to_owned()).collect(),
        head: false,
        direct_reports: Vec::new(),
        on_behalf_of,
    };
    let mut grants = vec![grant(person, own, None)];
    grants.extend(lent.iter().map(|(holder, permissions)| {
        let lent = OnBehalfOf {
            delegation: sample::id(31),
            person: Some(sample::id(*holder)),
            own_position: position(person),
            genres: BTreeSet::new(),
            highest: None,
        };
        grant(*holder, permissions, Some(lent))
    }));
    Authority { account: sample::id(40), person: sample::id(person), grants, fresh_proof: FreshProof::default() }
}

const LEADER: &[&str] = &[DISPOSE, INSTRUCT];
const OFFICE: &[&str] = &[DISPOSE, PROPOSE];

#[test]
fn the_author_or_the_chief_confirms_and_never_who_transcribed() {
    let (own, denied) = (Some("documents.own_transcription"), Some("documents.not_confirmer"));
    let table = [
        ("the author", authority(AUTHOR, LEADER, &[]), None),
        ("the chief", authority(CHIEF, OFFICE, &[]), None),
        ("another leader", authority(OTHER, LEADER, &[]), denied),
        ("a head who disposes", authority(OTHER, &[DISPOSE], &[]), denied),
        ("the transcriber", authority(CLERK, &[DISPOSE], &[]), denied),
        ("the transcriber, chief as well", authority(CLERK, OFFICE, &[]), own),
        ("the transcriber for the author", authority(CLERK, &[], &[(AUTHOR, LEADER)]), own),
        ("another for the author", authority(OTHER, &[], &[(AUTHOR, LEADER)]), None),
        ("another for the chief", authority(OTHER, &[], &[(CHIEF, OFFICE)]), None),
        ("another for the transcriber, who is chief", authority(OTHER, &[], &[(CLERK, OFFICE)]), own),
        ("the author without the permission", authority(AUTHOR, &[], &[]), denied),
    ];
    for (who, authority, refused) in table {
        let refusal = confirmer(&authority, &instruction()).err().map(|refusal| Fault::from(refusal).code);
        assert_eq!(refusal.as_deref(), refused, "{who}");
    }
    let mut elsewhere = authority(CHIEF, OFFICE, &[]);
    elsewhere.grants[0].office = sample::id(99);
    assert_eq!(confirmer(&elsewhere, &instruction()), Err(Refusal::NotConfirmer));
}

#[test]
fn only_the_author_objects_in_whatever_position_or_who_may_instruct_for_the_author() {
    let table = [
        ("the author", authority(AUTHOR, LEADER, &[]), None),
        ("the author, who instructs no more", authority(AUTHOR, &[], &[]), None),
        ("the chief", authority(CHIEF, OFFICE, &[]), Some(Refusal::NotAuthor)),
        ("who may instruct for the author", authority(OTHER, &[], &[(AUTHOR, LEADER)]), None),
        ("who may only read for the author", authority(OTHER, &[], &[(AUTHOR, &[])]), Some(Refusal::NotAuthor)),
        ("the transcriber for the author", authority(CLERK, &[], &[(AUTHOR, LEADER)]), Some(Refusal::OwnTranscription)),
    ];
    for (who, authority, refused) in table {
        assert_eq!(objector(&authority, &instruction()).err(), refused, "{who}");
    }
}

#[test]
fn a_transcription_is_confirmed_once_and_denied_by_its_author_until_the_author_confirmed() {
    let now = at("2026-11-20T04:00:00Z");
    let by_chief = confirm(&instruction(), actor(CHIEF), now).unwrap();
    let transcription = by_chief.transcription.clone().unwrap();
    assert_eq!((transcription.state, transcription.answered_by), (TranscriptionState::Confirmed, Some(actor(CHIEF))));
    assert_eq!((by_chief.state, by_chief.version), (InstructionState::InForce, Version(2)));
    assert_eq!(confirm(&by_chief, actor(AUTHOR), now).unwrap_err().code, "documents.transcription_answered");
    let denied = object(&by_chief, "không phải chữ tôi", actor(AUTHOR), now).unwrap();
    assert_eq!(denied.state, InstructionState::Reversed);
    assert_eq!(denied.transcription.unwrap().reason.as_deref(), Some("không phải chữ tôi"));
    let by_author = confirm(&instruction(), actor(AUTHOR), now).unwrap();
    let late = object(&by_author, "nhầm", actor(AUTHOR), now).unwrap_err();
    assert_eq!(late.code, "documents.transcription_answered");
    assert_eq!(object(&instruction(), " ", actor(AUTHOR), now).unwrap_err().code, "documents.field_missing");
    let past = Instruction { state: InstructionState::Superseded, ..instruction() };
    assert_eq!(object(&past, "nhầm", actor(AUTHOR), now).unwrap().state, InstructionState::Superseded);
    let given_here = Instruction { transcription: None, ..instruction() };
    assert_eq!(confirm(&given_here, actor(AUTHOR), now).unwrap_err().code, "documents.not_transcribed");
}

#[test]
fn the_author_held_the_position_on_that_day_and_the_paper_was_here() {
    let call = TranscribeInstruction {
        id: sample::incoming().id,
        author: sample::id(AUTHOR),
        author_position: position(AUTHOR),
        written: day("2026-11-20"),
        routing: routing(),
        proposal: None,
        scan: wire::Ticket("ticket".to_owned()),
    };
    let (document, clerk) = (sample::incoming(), sample::id(CLERK));
    let today = day("2026-11-23");
    assert_eq!(claimed(&document, &call, clerk, today), Ok(()));
    assert_eq!(claimed(&document, &call, call.author, today), Err(Refusal::OwnHand));
    for written in ["2026-11-19", "2026-11-24"] {
        let call = TranscribeInstruction { written: day(written), ..call.clone() };
        let refusal = Refusal::WrittenUnfit { written: day(written), arrived: document.arrived };
        assert_eq!(claimed(&document, &call, clerk, today), Err(refusal));
    }
    let way = |position, holder: u128| AuthorityWay {
        office: sample::office(),
        position,
        title: "Phó Bí thư".to_owned(),
        roles: Vec::new(),
        holder: Some(sample::id(holder)),
        appointment: None,
        instrument: None,
        delegations: Vec::new(),
    };
    let remembered =
        |ways| AuthorityHistory { person: call.author, permission: INSTRUCT.to_owned(), day: call.written, ways };
    let found = |ways| author(&call, sample::office(), &remembered(ways));
    assert_eq!(found(vec![way(position(AUTHOR), AUTHOR)]), Ok(actor(AUTHOR)));
    let stood_in = found(vec![way(position(AUTHOR), OTHER)]).unwrap();
    assert_eq!(stood_in.on_behalf_of, Some(sample::id(OTHER)), "the author wrote for somebody else");
    let unfit = Err(Refusal::AuthorUnfit { day: call.written });
    assert_eq!(found(vec![way(position(OTHER), AUTHOR)]), unfit);
    assert_eq!(found(Vec::new()), unfit);
    assert_eq!(author(&call, sample::id(99), &remembered(vec![way(position(AUTHOR), AUTHOR)])), unfit);
}
