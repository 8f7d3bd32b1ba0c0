//! Colours and words of the nouns of other services, in one place: the same state looks the same on every page.

use schema_documents::{
    Disposition, DocumentAct, EntryState, ExecutionStep, IncomingDocument, IncomingState, InstructionStep,
};
use schema_programme::{AssignmentAct, AssignmentState};
use wire::{Day, Lang, Secrecy, Urgency};

use super::chip::{Chip, Tone};
use crate::{format, words::Words};

/// The mark of urgency; nothing for what bears none.
pub(crate) fn urgency(urgency: Urgency, w: Words) -> Option<Chip> {
    match urgency {
        Urgency::Normal => None,
        Urgency::Urgent => Some(Chip::new(Tone::Soon, "urgent", w.t("urgency-urgent"))),
        Urgency::VeryUrgent => Some(Chip::new(Tone::Late, "urgent", w.t("urgency-very-urgent"))),
        Urgency::Express => Some(Chip::new(Tone::Stamp, "urgent", w.t("urgency-express"))),
    }
}

/// The mark of secrecy; nothing for what bears none.
pub(crate) fn secrecy(secrecy: Secrecy, w: Words) -> Option<Chip> {
    let word = match secrecy {
        Secrecy::Open => return None,
        Secrecy::Secret => w.t("secrecy-secret"),
        Secrecy::HighlySecret => w.t("secrecy-highly-secret"),
        Secrecy::TopSecret => w.t("secrecy-top-secret"),
    };
    Some(Chip::new(Tone::Stamp, "secret", word))
}

/// A due day, seen from today.
pub(crate) fn due(due: Day, today: Day, w: Words) -> Chip {
    let days = (due.0 - today.0).whole_days();
    let on = format::short_day(due, today);
    match days {
        ..0 => Chip::new(Tone::Late, "overdue", w.with("due-late", &[("days", &(-days).to_string())])),
        0 => Chip::new(Tone::Soon, "due", w.t("due-today")),
        1..=3 => Chip::new(Tone::Soon, "due", w.with("due-soon", &[("days", &days.to_string()), ("day", &on)])),
        _ => Chip::new(Tone::Plain, "due", w.with("due-on", &[("day", &on)])),
    }
}

/// What is to happen with a document.
pub(crate) fn disposition(disposition: Option<Disposition>, w: Words) -> Chip {
    match disposition {
        None => Chip::new(Tone::Soon, "warning", w.t("disposition-none")),
        Some(Disposition::ToProcess) => Chip::new(Tone::Info, "work", w.t("disposition-process")),
        Some(Disposition::ToKnow) => Chip::new(Tone::Plain, "eye", w.t("disposition-know")),
        Some(Disposition::ToFile) => Chip::new(Tone::Plain, "file", w.t("disposition-file")),
    }
}

/// The marks of a line of the register.
pub(crate) fn document(document: &IncomingDocument, today: Day, w: Words) -> Vec<Chip> {
    if document.state == IncomingState::Voided {
        return vec![Chip::new(Tone::Plain, "void", w.t("state-voided"))];
    }
    let mut chips: Vec<Chip> =
        [secrecy(document.secrecy, w), urgency(document.urgency, w)].into_iter().flatten().collect();
    if document.duplicate_of.is_some() {
        chips.push(Chip::new(Tone::Plain, "same", w.t("mark-copy")));
    }
    chips.push(disposition(document.disposition, w));
    chips.extend(document.due.map(|day| due(day, today, w)));
    chips
}

/// How far an assignment is.
pub(crate) fn assignment(state: AssignmentState, w: Words) -> Chip {
    match state {
        AssignmentState::Assigned => Chip::new(Tone::Info, "flag", w.t("assignment-assigned")),
        AssignmentState::Accepted => Chip::new(Tone::Plain, "check", w.t("assignment-accepted")),
        AssignmentState::InProgress => Chip::new(Tone::Plain, "up", w.t("assignment-in-progress")),
        AssignmentState::Done => Chip::new(Tone::Good, "ok", w.t("assignment-done")),
        AssignmentState::Returned => Chip::new(Tone::Late, "back", w.t("assignment-returned")),
        AssignmentState::Closed => Chip::new(Tone::Good, "ok", w.t("assignment-closed")),
        AssignmentState::Withdrawn => Chip::new(Tone::Plain, "void", w.t("assignment-withdrawn")),
    }
}

/// What became of a number of a register; nothing for the usual.
pub(crate) fn entry(state: EntryState, w: Words) -> Option<Chip> {
    match state {
        EntryState::Registered => None,
        EntryState::Voided => Some(Chip::new(Tone::Plain, "void", w.t("state-voided"))),
        EntryState::Reserved => Some(Chip::new(Tone::Soon, "waiting", w.t("state-reserved"))),
        EntryState::Imported => Some(Chip::new(Tone::Plain, "paper", w.t("state-imported"))),
    }
}

/// What was done to a document.
pub(crate) fn document_act(act: DocumentAct, w: Words) -> String {
    w.t(match act {
        DocumentAct::Registered => "act-registered",
        DocumentAct::Voided => "act-voided",
        DocumentAct::Disposed => "act-disposed",
        DocumentAct::Read => "act-read",
        DocumentAct::Passed => "act-passed",
        DocumentAct::Returned => "act-returned",
        DocumentAct::FileAttached => "act-file-attached",
        DocumentAct::FileDetached => "act-file-detached",
        DocumentAct::Assigned => "act-assigned",
        DocumentAct::Answered => "act-answered",
        DocumentAct::Drafted => "act-drafted",
        DocumentAct::Redrafted => "act-redrafted",
        DocumentAct::Addressed => "act-addressed",
        DocumentAct::Issued => "act-issued",
    })
}

/// Which step towards digital signatures it was.
pub(crate) fn execution_step(step: ExecutionStep, w: Words) -> String {
    w.t(match step {
        ExecutionStep::LaidOut => "act-laid-out",
        ExecutionStep::Signed => "act-signed",
        ExecutionStep::Sealed => "act-sealed",
        ExecutionStep::Stamped => "act-stamped",
        ExecutionStep::ByHand => "act-by-hand",
        ExecutionStep::Unknown => "act-issued",
    })
}

/// Which step of a proposal or an instruction it was.
pub(crate) fn instruction_step(step: InstructionStep, w: Words) -> String {
    w.t(match step {
        InstructionStep::Proposed => "step-proposed",
        InstructionStep::Returned => "step-returned",
        InstructionStep::Instructed => "step-instructed",
        InstructionStep::Transcribed => "step-transcribed",
        InstructionStep::Confirmed => "step-confirmed",
        InstructionStep::Objected => "step-objected",
    })
}

/// What was done to an assignment.
pub(crate) fn assignment_act(act: AssignmentAct, w: Words) -> String {
    match w.0 {
        Lang::Vi => crate::asking::capital(act.vi()).trim_end_matches('.').to_owned(),
        Lang::En => crate::asking::capital(&act.word().replace('_', " ")).trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_day_says_how_far_it_is_and_late_is_never_only_a_colour() {
        let today = Day::new(2026, 11, 20).unwrap();
        let on = |day: u8| due(Day::new(2026, 11, day).unwrap(), today, Words(Lang::Vi));
        let cases =
            [(18, Tone::Late, "2"), (20, Tone::Soon, "hôm nay"), (22, Tone::Soon, "22/11"), (27, Tone::Plain, "27/11")];
        for (day, tone, part) in cases {
            let chip = on(day);
            assert!(chip.tone == tone && chip.text.contains(part), "{day}: {chip:?}");
        }
    }
}
