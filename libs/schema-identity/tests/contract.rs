//! The contract is a golden file, and what was ever sent must decode for ever.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{collections::BTreeSet, fs, path::Path};

use schema_identity::*;
use serde_json::{Value, from_str, from_value, to_string_pretty, to_value};
use wire::{Call, Contract, Event, Need};

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn the_contract_is_the_golden_one() {
    let text = to_string_pretty(&contract()).unwrap() + "\n";
    if std::env::var_os("BLESS").is_some() {
        fs::write(folder("contract.json"), &text).unwrap();
    }
    let golden = fs::read_to_string(folder("contract.json")).unwrap();
    assert!(golden == text, "the contract changed: run with BLESS=1 and review the difference");
    assert_eq!(from_str::<Contract>(&golden).unwrap().calls.len(), contract().calls.len());
}

fn decodes<E: Event>() {
    decodes_from::<E>(E::KIND);
}

fn decodes_from<E: Event>(name: &str) {
    let path = folder("samples").join(format!("{name}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let event: E = from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(to_value(&event).unwrap(), from_str::<Value>(&text).unwrap(), "{name}");
}

#[test]
fn every_event_ever_sent_decodes() {
    decodes::<OfficeChanged>();
    decodes::<OfficeClosureChanged>();
    decodes::<UnitChanged>();
    decodes::<PersonChanged>();
    decodes::<PositionChanged>();
    decodes::<AppointmentChanged>();
    decodes::<DelegationChanged>();
    decodes::<AbsenceChanged>();
    decodes::<PartyOrganisationChanged>();
    decodes::<PartyMemberChanged>();
    decodes::<PartyCommitteeChanged>();
    // As they were told before offices and direct heads were dated.
    decodes_from::<OfficeChanged>("office_changed.v1.undated");
    decodes_from::<PositionChanged>("position_changed.v1.undated");
    assert_eq!(contract().events.len(), 11, "an event needs a sample and a line above");
}

/// Ids stand in requests as placeholders such as `{unit}`.
fn fill(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with('{') => Value::String("0199d4a0-0000-7000-8000-000000000001".into()),
        Value::Array(items) => items.iter().map(fill).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), fill(value))).collect(),
        other => other.clone(),
    }
}

fn shown<C: Call>() -> &'static str {
    let contract = contract();
    let example = &contract.call(C::NAME).unwrap().example;
    assert!(example.request.is_object(), "`{}` has no example", C::NAME);
    from_value::<C>(fill(&example.request)).unwrap_or_else(|error| panic!("request of `{}`: {error}", C::NAME));
    let reply: C::Reply =
        from_value(example.reply.clone()).unwrap_or_else(|error| panic!("reply of `{}`: {error}", C::NAME));
    assert_eq!(to_value(reply).unwrap(), example.reply, "reply of `{}`", C::NAME);
    C::NAME
}

/// The calls about the Party's organisations.
fn shown_of_the_party() -> Vec<&'static str> {
    vec![
        shown::<ListPartyOrganisations>(),
        shown::<GetPartyOrganisation>(),
        shown::<GetPartyOrganisationHistory>(),
        shown::<CreatePartyOrganisation>(),
        shown::<ChangePartyOrganisation>(),
        shown::<EndPartyOrganisation>(),
        shown::<MergePartyOrganisations>(),
        shown::<SplitPartyOrganisation>(),
        shown::<ListPartyMembers>(),
        shown::<GetPartyMember>(),
        shown::<CreatePartyMember>(),
        shown::<ChangePartyMember>(),
        shown::<TransferPartyMember>(),
        shown::<IntroducePartyMember>(),
        shown::<EndPartyMember>(),
        shown::<ListPartyIntroductions>(),
        shown::<ListPartyCommittees>(),
        shown::<GetPartyCommittee>(),
        shown::<CreatePartyCommittee>(),
        shown::<EndPartyCommittee>(),
        shown::<SeatPartyMember>(),
        shown::<EndPartySeat>(),
    ]
}

/// The examples of second factors, of one's own sessions and preferences, and of recoveries.
fn shown_of_factors() -> [&'static str; 21] {
    [
        shown::<SignInSecondFactor>(),
        shown::<ListMySessions>(),
        shown::<NameMySession>(),
        shown::<EndMySession>(),
        shown::<EndMyOtherSessions>(),
        shown::<StepUp>(),
        shown::<BeginPasskeyStepUp>(),
        shown::<GetMyFactors>(),
        shown::<BeginTotp>(),
        shown::<ConfirmTotp>(),
        shown::<RemoveTotp>(),
        shown::<RenewRecoveryCodes>(),
        shown::<BeginPasskey>(),
        shown::<AddPasskey>(),
        shown::<RemovePasskey>(),
        shown::<ListRecoveries>(),
        shown::<RequestRecovery>(),
        shown::<ConfirmRecovery>(),
        shown::<RefuseRecovery>(),
        shown::<GetMyPreferences>(),
        shown::<SetMyPreferences>(),
    ]
}

/// The examples of accounts, as administrators keep them.
fn shown_of_accounts() -> [&'static str; 6] {
    [
        shown::<ListAccounts>(),
        shown::<OpenAccount>(),
        shown::<DisableAccount>(),
        shown::<EnableAccount>(),
        shown::<EndAccountSessions>(),
        shown::<IssueEnrolment>(),
    ]
}

/// The examples of what an office says of itself.
fn shown_of_profiles() -> [&'static str; 5] {
    [
        shown::<GetOfficeProfile>(),
        shown::<ListOfficeProfileVersions>(),
        shown::<SetOfficeProfile>(),
        shown::<SetOfficeEmblem>(),
        shown::<GetOfficeEmblem>(),
    ]
}

/// The examples of units and people from spreadsheets.
fn shown_of_imports() -> [&'static str; 8] {
    [
        shown::<BeginDirectoryImport>(),
        shown::<MapDirectoryImport>(),
        shown::<ListDirectoryImports>(),
        shown::<GetDirectoryImport>(),
        shown::<ListDirectoryImportRows>(),
        shown::<CheckDirectoryImport>(),
        shown::<ApplyDirectoryImport>(),
        shown::<UndoDirectoryImport>(),
    ]
}

#[test]
fn every_call_at_the_http_door_has_an_example_that_decodes() {
    let shown = [
        shown::<ListOffices>(),
        shown::<GetOffice>(),
        shown::<GetOfficeHistory>(),
        shown::<ChangeOffice>(),
        shown::<EndOffice>(),
        shown::<ImportUnits>(),
        shown::<GetWorkingYear>(),
        shown::<RecordOfficeClosure>(),
        shown::<CancelOfficeClosure>(),
        shown::<FindUnits>(),
        shown::<GetUnit>(),
        shown::<GetUnitHistory>(),
        shown::<CreateUnit>(),
        shown::<ChangeUnit>(),
        shown::<EndUnit>(),
        shown::<MergeOffices>(),
        shown::<SplitOffice>(),
        shown::<GetOfficeSuccessors>(),
        shown::<MergeUnits>(),
        shown::<SplitUnit>(),
        shown::<GetUnitSuccessors>(),
        shown::<GetUnitActs>(),
        shown::<ListFormerUnits>(),
        shown::<ListPeople>(),
        shown::<GetPerson>(),
        shown::<CreatePerson>(),
        shown::<ChangePerson>(),
        shown::<DisablePerson>(),
        shown::<EnablePerson>(),
        shown::<ListRoles>(),
        shown::<ListRoleVersions>(),
        shown::<SaveRoleVersion>(),
        shown::<ListPositions>(),
        shown::<GetPosition>(),
        shown::<CreatePosition>(),
        shown::<ChangeDirectHead>(),
        shown::<EndPosition>(),
        shown::<ListAppointments>(),
        shown::<CreateAppointment>(),
        shown::<EndAppointment>(),
        shown::<ListDelegations>(),
        shown::<CreateDelegation>(),
        shown::<RevokeDelegation>(),
        shown::<GetAuthorityHistory>(),
        shown::<ListAbsences>(),
        shown::<CreateAbsence>(),
        shown::<EndAbsence>(),
        shown::<ListHandovers>(),
        shown::<GetHandover>(),
        shown::<CreateHandover>(),
        shown::<SignHandover>(),
        shown::<Enrol>(),
        shown::<SignIn>(),
        shown::<RefreshTokens>(),
        shown::<SignOut>(),
        shown::<SignOutEverywhere>(),
        shown::<ChangeOwnPassword>(),
        shown::<GetMe>(),
        shown::<GetKeys>(),
    ];
    let contract = contract();
    let promised = contract.own_calls().filter(|row| row.http.is_some()).map(|row| row.name.as_str());
    let others = shown_of_the_party().into_iter().chain(shown_of_factors()).chain(shown_of_imports());
    let others = others.chain(shown_of_profiles()).chain(shown_of_accounts());
    assert_eq!(promised.collect::<BTreeSet<_>>(), shown.into_iter().chain(others).collect());
}

/// Who enrols a factor enrols it for themselves: there is no field in which somebody else could be named.
#[test]
fn calls_about_ones_own_factors_and_sessions_name_nobody() {
    const OWN: [&str; 3] = ["/api/v1/my-factors", "/api/v1/my-sessions", "/api/v1/step-up"];
    const FIELDS: [&str; 6] = ["code", "credential", "device", "id", "name", "proof"];
    const IDS: [&str; 2] = ["The passkey.", "The session."];
    let contract = contract();
    let is_own = |path: &str| OWN.iter().any(|own| path.starts_with(own));
    let own = contract.calls.iter().filter(|row| row.http.as_ref().is_some_and(|http| is_own(&http.path)));
    let mut seen = 0;
    for row in own {
        seen += 1;
        assert_eq!(row.need, Need::SignedIn, "`{}`", row.name);
        let named = row.request.as_value()["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let Some(fields) = contract.schemas[named]["properties"].as_object() else { continue };
        for (field, schema) in fields {
            assert!(FIELDS.contains(&field.as_str()), "`{}` has `{field}`", row.name);
            let named = schema["description"].as_str().unwrap_or_default();
            assert!(field != "id" || IDS.contains(&named), "`{}`: whose id is {schema}?", row.name);
        }
    }
    assert_eq!(seen, 14);
}

#[test]
fn calls_and_refusals_are_named_once() {
    let contract = contract();
    let calls: BTreeSet<&str> = contract.calls.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(calls.len(), contract.calls.len());
    let codes: BTreeSet<&str> = contract.refusals.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes.len(), contract.refusals.len());
    assert!(codes.iter().all(|code| code.starts_with("identity.")));
}
