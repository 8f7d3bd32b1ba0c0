//! The contract is a golden file; every example fits its call.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{fs, path::PathBuf};

use schema_search::*;
use wire::Call;

#[test]
fn the_contract_is_the_golden_file() {
    let now = serde_json::to_string_pretty(&contract()).unwrap() + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("contract.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == now, "the contract changed: look at the change, then run with BLESS=1");
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
        fits::<Search>(&contract),
        fits::<Suggest>(&contract),
        fits::<EarlierCases>(&contract),
        fits::<RebuildIndex>(&contract),
        fits::<GetIndexStatus>(&contract),
    ];
    let at_the_door: Vec<_> = contract.own_calls().filter(|row| row.http.is_some()).map(|row| &row.name).collect();
    assert_eq!(at_the_door, looked_at);
}

#[test]
fn kinds_are_stored_as_they_are_sent() {
    for kind in SearchKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
    }
}
