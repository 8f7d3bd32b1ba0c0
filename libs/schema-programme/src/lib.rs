//! What `programme` promises: assignments (giao việc), who is late with what, and who waits for whom.
//!
//! An assignment is the one kind of task there is: every later service that gives work gives it through this contract.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What moves an assignment on, one call for each act.
mod acts;
/// Giving work, and looking at what was given.
mod assigning;
/// The noun.
mod assignment;
/// What the noun keeps record of: waits, extensions, pauses, evidence; and its history.
mod record;
/// Why programme says no.
mod refusal;
/// What is due soon, what is overdue, and who waits for whom.
mod watch;

pub use acts::{
    AcceptAssignment, AskExtension, BeginWait, CloseAssignment, CompleteAssignment, DecideExtension, EndWait,
    EscalateAssignment, HandOverAssignment, PauseAssignment, ReportProgress, ReturnAssignment, WithdrawAssignment,
};
pub use assigning::{
    Assign, AssignmentTerm, AssignmentTermUnit, GetAssignment, ListAssignmentHistory, ListAssignments,
};
pub use assignment::{
    Assignment, AssignmentActor, AssignmentDueBasis, AssignmentDueReason, AssignmentSource, AssignmentSourceKind,
    AssignmentState,
};
pub use record::{
    AssignmentAct, AssignmentEntry, AssignmentEscalation, AssignmentEvidence, AssignmentEvidenceKind,
    AssignmentExtension, AssignmentExtensionState, AssignmentPause, AssignmentProgress, AssignmentWait,
};
pub use refusal::Refusal;
pub use watch::{DueCase, ListDueAssignments, ListMyAssignments, ListWaitCircles, WaitCircle, WaitCircles, WaitLink};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::Page;

/// An assignment was made or changed; the whole noun as it stands after the change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentChanged {
    /// The assignment after the change.
    pub assignment: Assignment,
}

wire::contract! {
    service "programme" refuses Refusal;

    calls {
        Write Assign => Assignment, "assign.v1", POST "/api/v1/assignments", needs "programme.assignments.assign";
        Read ListAssignments => Page<Assignment>, "list_assignments.v1", GET "/api/v1/assignments",
            needs "programme.assignments.read";
        Read GetAssignment => Assignment, "get_assignment.v1", GET "/api/v1/assignments/{id}",
            needs "programme.assignments.read";
        Read ListAssignmentHistory => Page<AssignmentEntry>, "list_assignment_history.v1",
            GET "/api/v1/assignments/{id}/history", needs "programme.assignments.read";

        Write AcceptAssignment => Assignment, "accept_assignment.v1", POST "/api/v1/assignments/{id}/acceptance",
            needs "programme.assignments.work";
        Write ReportProgress => Assignment, "report_progress.v1", POST "/api/v1/assignments/{id}/progress",
            needs "programme.assignments.work";
        Write BeginWait => Assignment, "begin_wait.v1", POST "/api/v1/assignments/{id}/waits",
            needs "programme.assignments.work";
        Write EndWait => Assignment, "end_wait.v1", POST "/api/v1/assignments/{id}/waits/end",
            needs "programme.assignments.work";
        Write AskExtension => Assignment, "ask_extension.v1", POST "/api/v1/assignments/{id}/extensions",
            needs "programme.assignments.work";
        Write DecideExtension => Assignment, "decide_extension.v1",
            POST "/api/v1/assignments/{id}/extensions/decision", needs "programme.assignments.extend";
        Write EscalateAssignment => Assignment, "escalate_assignment.v1", POST "/api/v1/assignments/{id}/escalation",
            needs "programme.assignments.work";
        Write CompleteAssignment => Assignment, "complete_assignment.v1", POST "/api/v1/assignments/{id}/completion",
            needs "programme.assignments.work";
        Write ReturnAssignment => Assignment, "return_assignment.v1", POST "/api/v1/assignments/{id}/return",
            needs "programme.assignments.assign";
        Write CloseAssignment => Assignment, "close_assignment.v1", POST "/api/v1/assignments/{id}/closing",
            needs "programme.assignments.assign";
        Write HandOverAssignment => Assignment, "hand_over_assignment.v1", POST "/api/v1/assignments/{id}/hand-over",
            needs "programme.assignments.assign";
        Write WithdrawAssignment => Assignment, "withdraw_assignment.v1", POST "/api/v1/assignments/{id}/withdrawal",
            needs "programme.assignments.assign";
        Write PauseAssignment => Assignment, "pause_assignment.v1", BUS, services;

        Read ListDueAssignments => Page<DueCase>, "list_due_assignments.v1", GET "/api/v1/due-assignments",
            needs "programme.assignments.read";
        Read ListMyAssignments => Page<DueCase>, "list_my_assignments.v1", GET "/api/v1/my-assignments",
            needs "programme.assignments.work";
        Read ListWaitCircles => WaitCircles, "list_wait_circles.v1", GET "/api/v1/waits/circles",
            needs "programme.assignments.read";
    }

    events {
        AssignmentChanged, "assignment_changed.v1", aggregate assignment.id, office assignment.office;
    }
}
