//! C8: who decides about a later day, what was asked before, and what became of it.

use schema_identity::Absence;
use schema_programme::{Assignment, AssignmentExtension, AssignmentExtensionState};

use crate::{
    format,
    kit::timeline::Names,
    screens::{calendar::team::away, deciding::posts::Posts},
    visit::Inside,
    words::Words,
};

/// What lets a position decide about a later day.
const EXTEND: &str = "programme.assignments.extend";

/// The posts that decide about a later day, each with whoever holds it; nobody decides about their own.
pub(crate) async fn deciders(inside: &Inside, names: &Names) -> Vec<String> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let told = |absence: &Absence| away(absence, names, today, w);
    let own: Vec<String> = inside.who.me.posts.iter().map(|post| post.position.to_string()).collect();
    let able = Posts::ask(inside).await.able(EXTEND, names, &told);
    able.into_iter().filter(|(position, _)| !own.contains(position)).map(|(_, label)| label).collect()
}

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
