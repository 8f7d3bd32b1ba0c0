//! The golden list of calls that need no permission. It can only grow in sight of a reviewer.

use wire::{Contract, Need, call_subject};

use crate::{golden, tree};

fn lines<'a>(contracts: impl IntoIterator<Item = &'a Contract>) -> Vec<String> {
    let mut lines: Vec<String> = contracts
        .into_iter()
        .flat_map(|contract| contract.calls.iter().map(move |row| (contract, row)))
        .filter_map(|(contract, row)| {
            let who = match row.need {
                Need::Open => "open",
                Need::SignedIn => "signed_in",
                Need::Services => "services",
                Need::Permission(_) => return None,
            };
            Some(format!("{who} {}", call_subject(&contract.service, &row.name)))
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn calls_without_a_permission_are_known() {
    let contracts: Vec<Contract> = tree::contracts().into_iter().map(|(_, contract)| contract).collect();
    golden::check(
        "open-calls.txt",
        "Calls that need no permission: to everyone, to whoever is signed in, to services.",
        &lines(&contracts),
    );
}

#[test]
fn only_calls_without_a_permission_are_listed() {
    let row = |name: &str, need: serde_json::Value| {
        serde_json::json!({
            "name": name, "effect": "read", "need": need, "stored": false, "download": false, "request": {},
            "reply": {}, "example": { "request": {} }
        })
    };
    let contract: Contract = serde_json::from_value(serde_json::json!({
        "service": "finance", "events": [], "refusals": [], "schemas": {},
        "calls": [
            row("sign_in.v1", "open".into()), row("get_me.v1", "signed_in".into()), row("get_facts.v1", "services".into()),
            row("get_account.v1", serde_json::json!({ "permission": "finance.accounts.read" })),
        ]
    }))
    .unwrap();
    let expected =
        ["open call.finance.sign_in.v1", "services call.finance.get_facts.v1", "signed_in call.finance.get_me.v1"];
    assert_eq!(lines([&contract]), expected);
}
