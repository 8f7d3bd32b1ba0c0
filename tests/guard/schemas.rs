//! One name, one meaning: a schema that two contracts name alike is the same in both. The HTTP door joins all contracts
//! into one document, and a reader joins them in the mind.

use std::collections::BTreeMap;

use serde_json::Value;
use wire::Contract;

use crate::tree;

fn complaints<'a>(contracts: impl IntoIterator<Item = &'a Contract>) -> Vec<String> {
    let mut known: BTreeMap<&str, (&str, &Value)> = BTreeMap::new();
    let mut found = Vec::new();
    for contract in contracts {
        for (name, schema) in &contract.schemas {
            let (first, meaning) = *known.entry(name).or_insert((&contract.service, schema));
            if meaning != schema {
                found.push(format!(
                    "`{name}` means one thing in `{first}` and another in `{}`: rename one of the types, or move it to \
                     `wire` when it is meant to be one",
                    contract.service
                ));
            }
        }
    }
    found
}

#[test]
fn one_name_has_one_meaning() {
    let contracts: Vec<Contract> = tree::contracts().into_iter().map(|(_, contract)| contract).collect();
    tree::quiet(complaints(&contracts));
}

#[test]
fn a_second_meaning_is_named() {
    let contract = |service: &str, name: &str, kind: &str| {
        let mut contract = Contract::new(service, Vec::new());
        contract.schemas.insert(name.to_owned(), serde_json::json!({ "type": kind }));
        contract
    };
    let finance = contract("finance", "Account", "object");
    assert!(complaints([&finance, &contract("citizens", "Account", "object")]).is_empty());
    assert!(complaints([&finance, &contract("citizens", "Citizen", "string")]).is_empty());
    let found = complaints([&finance, &contract("citizens", "Account", "string")]);
    assert!(
        found.len() == 1 && found[0].starts_with("`Account` means one thing in `finance` and another in `citizens`")
    );
}
