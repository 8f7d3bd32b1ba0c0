//! What `programme` promises: assignments (giao việc), who is late with what, who waits for whom; and the calendar of the
//! week (lịch tuần).
//!
//! An assignment is the one kind of task there is: every later service that gives work gives it through this contract.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What moves an assignment on, one call for each act.
mod acts;
/// Giving work, and looking at what was given.
mod assigning;
/// The noun.
mod assignment;
/// The calendar of the week: entries, weeks, rooms and cars.
mod calendar {
    /// Propose, change, approve, return, cancel.
    pub(crate) mod acts;
    /// An entry, its conflicts and its history.
    pub(crate) mod entry;
    /// Rooms and cars.
    pub(crate) mod resource;
    /// Looking at the calendar, and the week as a whole.
    pub(crate) mod week;
}
/// What the noun keeps record of: waits, extensions, pauses, evidence; and its history.
mod record;
/// Why programme says no.
mod refusal;
/// What is due soon, what is overdue, and who waits for whom.
mod watch;

pub use acts::{
    AcceptAssignment, AskExtension, BeginWait, CloseAssignment, CompleteAssignment, DecideExtension, EndWait,
    EscalateAssignment, HandOverAssignment, PauseAssignment, RemindAssignment, ReportProgress, ReturnAssignment,
    WithdrawAssignment,
};
pub use assigning::{
    Assign, AssignmentTerm, AssignmentTermUnit, GetAssignment, ListAssignmentHistory, ListAssignments,
};
pub use assignment::{
    Assignment, AssignmentActor, AssignmentDueBasis, AssignmentDueReason, AssignmentSource, AssignmentSourceKind,
    AssignmentState,
};
pub use calendar::{
    acts::{ApproveCalendarEntry, CancelCalendarEntry, ChangeCalendarEntry, ProposeCalendarEntry, ReturnCalendarEntry},
    entry::{
        CalendarAct, CalendarBooking, CalendarConflict, CalendarEntry, CalendarLeader, CalendarRecord, CalendarState,
        SeenConflict,
    },
    resource::{
        AddCalendarResource, CalendarResource, CalendarResourceKind, EndCalendarResource, ListCalendarResources,
    },
    week::{
        ApproveCalendarWeek, CalendarWeek, GetCalendarEntry, GetCalendarWeek, ListCalendarRecords, ListCalendarWeek,
        PrintCalendarWeek,
    },
};
pub use record::{
    AssignmentAct, AssignmentEntry, AssignmentEscalation, AssignmentEvidence, AssignmentEvidenceKind,
    AssignmentExtension, AssignmentExtensionState, AssignmentPause, AssignmentProgress, AssignmentReminder,
    AssignmentWait,
};
pub use refusal::Refusal;
pub use watch::{
    DueCase, ListDueAssignments, ListMyAssignments, ListUnclosedAssignments, ListWaitCircles, WaitCircle, WaitCircles,
    WaitLink,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Download, Page};

/// An assignment was made or changed; the whole noun as it stands after the change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssignmentChanged {
    /// The assignment after the change.
    pub assignment: Assignment,
    /// Who did it, and for whom; absent when a service did, or a rule, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AssignmentActor>,
}

/// An entry of the calendar was made or changed; the whole noun as it stands after the change, without its conflicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarEntryChanged {
    /// The entry after the change.
    pub entry: CalendarEntry,
    /// Who did it, and for whom; absent when a service did, or a rule, and in snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AssignmentActor>,
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
            POST "/api/v1/assignments/{id}/extensions/decision", needs "programme.assignments.extend", step_up;
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
        Write RemindAssignment => Assignment, "remind_assignment.v1", POST "/api/v1/assignments/{id}/reminder",
            needs "programme.assignments.assign";
        Write PauseAssignment => Assignment, "pause_assignment.v1", BUS, services;

        Read ListDueAssignments => Page<DueCase>, "list_due_assignments.v1", GET "/api/v1/due-assignments",
            needs "programme.assignments.read";
        Read ListMyAssignments => Page<DueCase>, "list_my_assignments.v1", GET "/api/v1/my-assignments",
            needs "programme.assignments.work";
        Read ListUnclosedAssignments => Page<DueCase>, "list_unclosed_assignments.v1",
            GET "/api/v1/due-assignments/unclosed", needs "programme.assignments.oversee";
        Read ListWaitCircles => WaitCircles, "list_wait_circles.v1", GET "/api/v1/waits/circles",
            needs "programme.assignments.read";

        Write ProposeCalendarEntry => CalendarEntry, "propose_calendar_entry.v1", POST "/api/v1/calendar-entries",
            needs "programme.calendar.propose";
        Read GetCalendarEntry => CalendarEntry, "get_calendar_entry.v1", GET "/api/v1/calendar-entries/{id}",
            needs "programme.calendar.read";
        Read ListCalendarRecords => Page<CalendarRecord>, "list_calendar_records.v1",
            GET "/api/v1/calendar-entries/{id}/history", needs "programme.calendar.read";
        Write ChangeCalendarEntry => CalendarEntry, "change_calendar_entry.v1",
            POST "/api/v1/calendar-entries/{id}/change", needs "programme.calendar.propose";
        Write ApproveCalendarEntry => CalendarEntry, "approve_calendar_entry.v1",
            POST "/api/v1/calendar-entries/{id}/approval", needs "programme.calendar.approve", step_up;
        Write ReturnCalendarEntry => CalendarEntry, "return_calendar_entry.v1",
            POST "/api/v1/calendar-entries/{id}/return", needs "programme.calendar.approve";
        Write CancelCalendarEntry => CalendarEntry, "cancel_calendar_entry.v1",
            POST "/api/v1/calendar-entries/{id}/cancellation", needs "programme.calendar.propose";

        Read ListCalendarWeek => Page<CalendarEntry>, "list_calendar_week.v1", GET "/api/v1/calendar-weeks",
            needs "programme.calendar.read";
        Read GetCalendarWeek => CalendarWeek, "get_calendar_week.v1", GET "/api/v1/calendar-weeks/issue",
            needs "programme.calendar.read";
        Write ApproveCalendarWeek => CalendarWeek, "approve_calendar_week.v1",
            POST "/api/v1/calendar-weeks/approval", needs "programme.calendar.approve", step_up;
        Read PrintCalendarWeek => Download, "print_calendar_week.v1", GET "/api/v1/calendar-weeks/sheet",
            needs "programme.calendar.read", download;

        Write AddCalendarResource => CalendarResource, "add_calendar_resource.v1",
            POST "/api/v1/calendar-resources", needs "programme.calendar.approve";
        Write EndCalendarResource => CalendarResource, "end_calendar_resource.v1",
            POST "/api/v1/calendar-resources/{id}/end", needs "programme.calendar.approve";
        Read ListCalendarResources => Page<CalendarResource>, "list_calendar_resources.v1",
            GET "/api/v1/calendar-resources", needs "programme.calendar.read";
    }

    events {
        CalendarEntryChanged, "calendar_entry_changed.v1", aggregate entry.id, office entry.office;
        AssignmentChanged, "assignment_changed.v1", aggregate assignment.id, office assignment.office;
    }
}
