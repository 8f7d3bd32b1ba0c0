//! C8: what was asked before about a later day, and what became of it.

use schema_programme::{Assignment, AssignmentExtension, AssignmentExtensionState};

use crate::{format, words::Words};

/// Each extension asked for: until when, what became of it, why it was asked and what was answered.
pub(crate) fn asked(assignment: &Assignment, w: Words) -> Vec<(String, String, String)> {
    let state = |one: &AssignmentExtension| match one.state {
        AssignmentExtensionState::Asked => w.t("outgoing-extension-open"),
        AssignmentExtensionState::Approved => w.t("outgoing-extension-approved"),
        AssignmentExtensionState::Refused => w.t("outgoing-extension-refused"),
        AssignmentExtensionState::Lapsed => w.t("outgoing-extension-lapsed"),
    };
    let line = |one: &AssignmentExtension| {
        let words = [Some(one.reason.clone()), one.answer.clone()];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(" → ");
        (format::day(one.until), state(one), words)
    };
    assignment.extensions.iter().rev().map(line).collect()
}
