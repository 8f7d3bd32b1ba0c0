//! Every kind of change, and whether it breaks anybody.

use serde_json::{Value, json};
use wire::Contract;

use super::breaks;

/// A small contract with one of everything.
fn finance() -> Value {
    let account = json!({ "$ref": "#/components/schemas/Account" });
    json!({
        "service": "finance",
        "calls": [
            {
                "name": "open_account.v1", "effect": "write", "need": { "permission": "finance.accounts.open" },
                "http": { "method": "POST", "path": "/api/v1/accounts" }, "stored": true, "download": false,
                "request": { "$ref": "#/components/schemas/OpenAccount" }, "reply": account, "example": { "request": {} }
            },
            {
                "name": "get_account.v1", "effect": "read", "need": "services", "stored": false, "download": false,
                "request": { "type": "object" }, "reply": account, "example": { "request": {} }
            }
        ],
        "events": [{ "kind": "account_opened.v1", "body": account }],
        "refusals": [{ "kind": "conflict", "code": "finance.already_open", "en": "it is open", "vi": "đã mở" }],
        "schemas": {
            "OpenAccount": {
                "type": "object",
                "properties": {
                    "owner": { "type": "string", "format": "uuid" },
                    "currency": { "$ref": "#/components/schemas/Currency" },
                    "note": { "type": ["string", "null"] },
                    "limit": { "type": "integer", "minimum": 0, "maximum": 255, "default": 10 },
                    "tags": { "type": "array", "items": { "type": "string" } }
                },
                "required": ["owner", "currency"]
            },
            "Currency": { "oneOf": [{ "type": "string", "const": "vnd" }, { "type": "string", "const": "usd" }] },
            "Account": {
                "type": "object",
                "properties": {
                    "id": { "type": "string", "format": "uuid" },
                    "currency": { "$ref": "#/components/schemas/Currency" },
                    "balance": { "type": "integer" },
                    "parent": { "anyOf": [{ "$ref": "#/components/schemas/Account" }, { "type": "null" }] },
                    "state": { "anyOf": [
                        { "type": "object", "properties": { "is": { "const": "open" } }, "required": ["is"] },
                        {
                            "type": "object",
                            "properties": { "is": { "const": "shut" }, "since": { "type": "string" } },
                            "required": ["is", "since"]
                        }
                    ] }
                },
                "required": ["id", "currency", "balance", "state"]
            }
        }
    })
}

/// A change: where in the contract, and the new value there; nothing takes away what is there. `-` is the end of a list.
type Change = (String, Option<Value>);

fn at(pointer: &str, value: impl Into<Option<Value>>) -> Change {
    (pointer.to_owned(), value.into())
}

/// A change of what is accepted.
fn order(pointer: &str, value: impl Into<Option<Value>>) -> Change {
    (format!("/schemas/OpenAccount/{pointer}"), value.into())
}

/// A change of what is answered.
fn noun(pointer: &str, value: impl Into<Option<Value>>) -> Change {
    (format!("/schemas/Account/{pointer}"), value.into())
}

/// What the changes break, as one text.
fn after(changes: &[Change]) -> String {
    let mut changed = finance();
    for (pointer, value) in changes {
        let (within, last) = pointer.rsplit_once('/').unwrap();
        let target = changed.pointer_mut(within).unwrap();
        match (target, value) {
            (Value::Object(fields), Some(value)) => drop(fields.insert(last.to_owned(), value.clone())),
            (Value::Object(fields), None) => assert!(fields.remove(last).is_some(), "{pointer} is not there"),
            (Value::Array(items), Some(value)) => items.push(value.clone()),
            (Value::Array(items), None) => drop(items.remove(last.parse().unwrap())),
            (other, _) => panic!("{pointer} leads into {other}"),
        }
    }
    let read = |contract| serde_json::from_value::<Contract>(contract).unwrap();
    breaks(&read(finance()), &read(changed)).join("; ")
}

#[test]
fn additions_break_nobody() {
    let account = || json!({ "$ref": "#/components/schemas/Account" });
    let call = |name: &str| {
        json!({
            "name": name, "effect": "write", "need": "open", "stored": true, "download": false, "request": {},
            "reply": {}, "example": { "request": {} }
        })
    };
    let purse = finance()["schemas"]["Account"].clone();
    let door = json!({ "method": "GET", "path": "/api/v1/accounts/{id}" });
    let cases = [
        ("nothing", vec![]),
        ("a field that may be given", vec![order("properties/colour", json!({ "type": "string" }))]),
        ("a field no longer demanded", vec![order("required/1", None)]),
        ("a wider bound", vec![order("properties/limit/maximum", json!(1000))]),
        ("a wider type", vec![order("properties/limit/type", json!("number"))]),
        ("a field more in the reply", vec![noun("properties/colour", json!({ "type": "string" }))]),
        ("a promise more in the reply", vec![noun("required/-", json!("parent"))]),
        ("null no longer answered", vec![noun("properties/parent", account())]),
        ("other words about it", vec![noun("description", json!("An account."))]),
        (
            "another name for the schema",
            vec![at("/schemas/Purse", purse), at("/calls/1/reply", json!({ "$ref": "#/components/schemas/Purse" }))],
        ),
        ("a new call", vec![at("/calls/-", call("shut_account.v1"))]),
        ("a newer version instead", vec![at("/calls/0", None), at("/calls/-", call("open_account.v2"))]),
        ("a call of the bus comes to the door", vec![at("/calls/1/http", door)]),
        ("a refusal in other words", vec![at("/refusals/0/en", json!("open already"))]),
    ];
    for (what, changes) in cases {
        assert_eq!(after(&changes), "", "{what}");
    }
}

#[test]
fn what_is_accepted_may_not_demand_more() {
    let cases = [
        (order("required/-", json!("note")), ": now demands `note`"),
        (order("properties/note", None), ": no longer accepts `note`"),
        (order("properties/note/type", json!("string")), ".note: no longer accepts null"),
        (order("properties/owner/type", json!("integer")), ".owner: no longer accepts string"),
        (order("properties/owner/format", json!("email")), ".owner: the format \"email\""),
        (order("properties/owner/pattern", json!("^a")), ".owner: `pattern` changed, and this guard"),
        (order("properties/limit/maximum", json!(99)), ".limit: `maximum` 99 leaves out"),
        (order("properties/limit/minimum", json!(1)), ".limit: `minimum` 1 leaves out"),
        (order("properties/limit/default", json!(20)), ": to leave out `limit` now means something else"),
        (order("properties/tags/uniqueItems", json!(true)), ".tags: items must now differ"),
        (order("properties/tags/items", json!({ "type": "integer" })), ".tags[]: no longer accepts string"),
    ];
    for (change, part) in cases {
        let found = after(std::slice::from_ref(&change));
        let expected = format!("call.finance.open_account.v1: request{part}");
        assert!(found.starts_with(&expected) && !found.contains("; "), "{change:?}: {found}");
    }
    let fewer_words = after(&[at("/schemas/Currency/oneOf/0", None)]);
    assert!(fewer_words.contains("request.currency: no longer accepts \"vnd\""), "{fewer_words}");
}

#[test]
fn what_is_answered_may_not_promise_less() {
    let frozen = json!({ "type": "object", "properties": { "is": { "const": "frozen" } }, "required": ["is"] });
    let cases = [
        (noun("properties/parent", None), ": lost `parent`"),
        (noun("required/2", None), ": may now leave out `balance`"),
        (noun("properties/balance/type", json!("number")), ".balance: may now be number"),
        (noun("properties/balance/type", json!(["integer", "null"])), ".balance: may now be null"),
        (noun("properties/id", json!({ "type": "string" })), ".id: the format \"uuid\" is not what"),
        (noun("properties/state/anyOf/-", frozen), ".state: may now be object with `is` \"frozen\""),
        (noun("properties/state/anyOf/1/required/1", None), ".state: may now leave out `since`"),
    ];
    for (change, part) in cases {
        let found = after(std::slice::from_ref(&change));
        // The same noun is a reply twice and the body of an event.
        for place in ["open_account.v1: reply", "get_account.v1: reply", "account_opened.v1: body"] {
            assert!(found.contains(&format!("{place}{part}")), "{change:?}: {found}");
        }
    }
    let more_words = after(&[at("/schemas/Currency/oneOf/-", json!({ "type": "string", "const": "eur" }))]);
    assert!(more_words.contains("reply.currency: may now be \"eur\""), "{more_words}");
    assert!(!more_words.contains("request"), "{more_words}");
}

#[test]
fn a_reader_that_knows_the_unknown_takes_new_words() {
    let word = |word: &str| json!({ "type": "string", "const": word });
    let schema = |words: &[&str]| json!({ "oneOf": words.iter().map(|one| word(one)).collect::<Vec<_>>() });
    let named = crate::readable::Named { old: &|_| None, new: &|_| None };
    let told = |old: &[&str], new: &[&str]| {
        crate::readable::broken("body", &schema(old), &schema(new), named, crate::readable::Travels::Out)
    };
    assert!(told(&["open", "unknown"], &["open", "frozen", "unknown"]).is_empty());
    assert_eq!(told(&["open"], &["open", "frozen"]).len(), 1);
}

#[test]
fn rows_keep_what_they_say() {
    let opening = "call.finance.open_account.v1";
    let cases = [
        (at("/calls/0", None), format!("{opening}: vanished")),
        (at("/calls/0/effect", json!("read")), format!("{opening}: its effect changed")),
        (at("/calls/0/need", json!("signed_in")), format!("{opening}: its need changed")),
        (at("/calls/0/http/path", json!("/api/v1/purses")), format!("{opening}: its place at the HTTP door changed")),
        (at("/calls/0/http", None), format!("{opening}: its place at the HTTP door changed")),
        (at("/calls/0/stored", json!(false)), format!("{opening}: its keeping of answers for repeats changed")),
        (at("/calls/0/download", json!(true)), format!("{opening}: its answering by a file changed")),
        (at("/calls/0/name", json!("open_account.v0")), format!("{opening}: vanished")),
        (at("/events/0", None), "event.finance account_opened.v1: is no longer told".to_owned()),
        (at("/refusals/0", None), "refusal finance.already_open: vanished".to_owned()),
        (at("/refusals/0/kind", json!("invalid")), "refusal finance.already_open: was Conflict, is Invalid".to_owned()),
    ];
    for (change, expected) in cases {
        let found = after(std::slice::from_ref(&change));
        assert!(found.starts_with(&expected) && found.matches("finance").count() == 1, "{change:?}: {found}");
    }
}
