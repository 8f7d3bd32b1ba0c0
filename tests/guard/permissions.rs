//! Permissions that calls need and permissions that roles give are the same: a misspelt one would give nobody anything,
//! and say nothing.

use std::collections::BTreeSet;

use serde::Deserialize;
use wire::{Contract, Need};

use crate::tree;

/// Where the roles stand.
const ROLES: &str = "services/identity/data/roles.toml";

/// The roles, as far as this guard reads them.
#[derive(Deserialize)]
struct Roles {
    role: Vec<Role>,
}

#[derive(Deserialize)]
struct Role {
    permissions: Vec<String>,
}

fn complaints(roles: &Roles, contracts: &[Contract]) -> Vec<String> {
    let given: BTreeSet<&str> = roles.role.iter().flat_map(|role| &role.permissions).map(String::as_str).collect();
    let rows = contracts.iter().flat_map(|contract| &contract.calls);
    let needed: BTreeSet<&str> = rows
        .filter_map(|row| match &row.need {
            Need::Permission(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let nobody = needed.difference(&given).map(|name| {
        format!(
            "a call needs `{name}`, which no role gives: add it to `{ROLES}` where it belongs, or mend its spelling"
        )
    });
    let nothing = given
        .difference(&needed)
        .map(|name| format!("`{ROLES}` gives `{name}`, which no call needs: take it out, or mend its spelling"));
    nobody.chain(nothing).collect()
}

#[test]
fn what_calls_need_is_what_roles_give() {
    let contracts: Vec<Contract> = tree::contracts().into_iter().map(|(_, contract)| contract).collect();
    let roles = toml::from_str(&tree::files()[ROLES]).unwrap();
    tree::quiet(complaints(&roles, &contracts));
}

#[test]
fn permissions_of_nobody_and_for_nothing_are_named() {
    let contract: Contract = serde_json::from_value(serde_json::json!({
        "service": "finance", "events": [], "refusals": [], "schemas": {},
        "calls": [{
            "name": "get_account.v1", "effect": "read", "need": { "permission": "finance.accounts.read" },
            "stored": false, "download": false, "request": {}, "reply": {}, "example": { "request": {} }
        }]
    }))
    .unwrap();
    let judge = |given: &[&str]| {
        let permissions = given.iter().map(|one| (*one).to_owned()).collect();
        complaints(&Roles { role: vec![Role { permissions }] }, std::slice::from_ref(&contract))
    };
    assert!(judge(&["finance.accounts.read"]).is_empty());
    let found = judge(&["finance.account.read"]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("needs `finance.accounts.read`") && found[1].contains("gives `finance.account.read`"));
}
