//! The contract is a golden file; every event ever sent still decodes; every example fits its call.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{fs, path::PathBuf};

use schema_programme::*;
use wire::{Call, Event};

fn beside(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_contract_is_the_golden_file() {
    let now = serde_json::to_string_pretty(&contract()).unwrap() + "\n";
    let path = beside("contract.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == now, "the contract changed: look at the change, then run with BLESS=1");
}

#[test]
fn every_event_ever_sent_decodes() {
    // The second was sent before the handler's position and the kind of days of the term were told; the third tells of a
    // deputy.
    for name in ["json", "unpositioned.json", "deputy.json"] {
        let path = beside("samples").join(format!("{}.{name}", AssignmentChanged::KIND));
        let sample: AssignmentChanged = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(sample.aggregate(), sample.assignment.id.0);
        assert_eq!(sample.office(), sample.assignment.office);
        let told = (sample.assignment.handler_position.is_some(), sample.assignment.term_unit.is_some());
        let positioned = name != "unpositioned.json";
        assert_eq!(told, (positioned, positioned));
        let deputy = sample.by.is_some_and(|by| by.on_behalf_of.is_some() && sample.assignment.handler_for.is_some());
        assert_eq!(deputy, name == "deputy.json");
    }
}

#[test]
fn every_calendar_event_ever_sent_decodes() {
    for name in ["json", "deputy.json"] {
        let path = beside("samples").join(format!("{}.{name}", CalendarEntryChanged::KIND));
        let sample: CalendarEntryChanged = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!((sample.aggregate(), sample.office()), (sample.entry.id.0, sample.entry.office));
        assert_eq!((sample.entry.state, sample.entry.leaders.len()), (CalendarState::Approved, 1));
        assert_eq!(sample.by.is_some(), name == "deputy.json");
    }
}

/// The value with every placeholder such as `{office}` replaced by an id.
fn filled(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) if text.starts_with('{') && text.ends_with('}') => {
            Value::String("01937b3e-8a00-7000-8000-000000000001".into())
        }
        Value::Array(items) => items.iter().map(filled).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), filled(value))).collect())
        }
        other => other.clone(),
    }
}

/// Decodes the example of a call, names every field it does not know, and counts the call as looked at.
fn fits<C: Call>(contract: &wire::Contract) -> &'static str {
    let example = &contract.call(C::NAME).unwrap().example;
    let request = filled(&example.request);
    let call: C = serde_json::from_value(request.clone()).unwrap_or_else(|why| panic!("{}: request: {why}", C::NAME));
    let known = serde_json::to_value(&call).unwrap();
    for field in request.as_object().unwrap().keys() {
        assert!(known.get(field).is_some(), "{}: the example has an unknown field `{field}`", C::NAME);
    }
    serde_json::from_value::<C::Reply>(filled(&example.reply))
        .unwrap_or_else(|why| panic!("{}: reply: {why}", C::NAME));
    C::NAME
}

#[test]
fn every_call_at_the_door_has_an_example_that_fits() {
    let contract = contract();
    let looked_at = [
        fits::<Assign>(&contract),
        fits::<ListAssignments>(&contract),
        fits::<GetAssignment>(&contract),
        fits::<ListAssignmentHistory>(&contract),
        fits::<AcceptAssignment>(&contract),
        fits::<ReportProgress>(&contract),
        fits::<BeginWait>(&contract),
        fits::<EndWait>(&contract),
        fits::<AskExtension>(&contract),
        fits::<DecideExtension>(&contract),
        fits::<EscalateAssignment>(&contract),
        fits::<CompleteAssignment>(&contract),
        fits::<ReturnAssignment>(&contract),
        fits::<CloseAssignment>(&contract),
        fits::<HandOverAssignment>(&contract),
        fits::<WithdrawAssignment>(&contract),
        fits::<RemindAssignment>(&contract),
        fits::<ListDueAssignments>(&contract),
        fits::<ListMyAssignments>(&contract),
        fits::<ListUnclosedAssignments>(&contract),
        fits::<ListWaitCircles>(&contract),
        fits::<ProposeCalendarEntry>(&contract),
        fits::<GetCalendarEntry>(&contract),
        fits::<ListCalendarRecords>(&contract),
        fits::<ChangeCalendarEntry>(&contract),
        fits::<ApproveCalendarEntry>(&contract),
        fits::<ReturnCalendarEntry>(&contract),
        fits::<CancelCalendarEntry>(&contract),
        fits::<ListCalendarWeek>(&contract),
        fits::<GetCalendarWeek>(&contract),
        fits::<ApproveCalendarWeek>(&contract),
        fits::<PrintCalendarWeek>(&contract),
        fits::<AddCalendarResource>(&contract),
        fits::<EndCalendarResource>(&contract),
        fits::<ListCalendarResources>(&contract),
    ];
    let at_the_door: Vec<_> = contract.own_calls().filter(|row| row.http.is_some()).map(|row| &row.name).collect();
    assert_eq!(at_the_door, looked_at);
}
