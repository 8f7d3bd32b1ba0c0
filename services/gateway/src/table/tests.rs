//! Which paths may be offered, which are left out, and what is found for a request.

use super::*;
use serde_json::json;

fn contract(service: &str, rows: &[(&str, Method, &str)]) -> Contract {
    let row = |(name, method, path): &(&str, Method, &str)| {
        json!({
            "name": name, "effect": "read", "http": { "method": method, "path": path },
            "need": if name.starts_with("inner") { "services" } else { "signed_in" },
            "stored": false, "download": false, "example": { "request": {} },
            "request": { "$ref": "#/components/schemas/Ask" },
            "reply": { "$ref": format!("#/components/schemas/{}", if name.starts_with("list") { "Page" } else { "Note" }) }
        })
    };
    let text = json!({ "type": "string" });
    let rows: Vec<_> = rows.iter().map(row).collect();
    serde_json::from_value(json!({
        "service": service, "calls": rows, "events": [], "refusals": [], "schemas": {
            "Ask": { "properties": { "id": text, "page": text, "q": text } },
            "Note": { "properties": { "id": text } }, "Page": { "properties": { "items": true } }
        }
    }))
    .unwrap()
}

fn table(contracts: Vec<Contract>) -> (Table, Vec<LeftOut>) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, "desk = [\"notes\", \"drafts\"]\nidentity = [\"sign-in\"]").unwrap();
    Table::new(contracts, &Owners::load(Some(file.path())).unwrap())
}

#[test]
fn nobody_announces_what_is_not_theirs() {
    let offered = [
        ("get.v1", Method::GET, "/api/v1/notes/{id}"),
        ("take_over.v1", Method::POST, "/api/v1/sign-in"),
        ("outside.v1", Method::GET, "/admin/notes"),
        ("docs.v1", Method::GET, "/api/docs"),
        ("upload.v1", Method::POST, "/api/v1/files"),
        ("inner.v1", Method::POST, "/api/v1/notes"),
        ("Odd.v1", Method::GET, "/api/v1/notes/odd"),
        ("wild.v1.>", Method::GET, "/api/v1/notes/wild"),
        ("catch.v1", Method::GET, "/api/v1/notes/{*id}"),
        ("empty.v1", Method::GET, "/api/v1/notes//x"),
        ("missing_field.v1", Method::GET, "/api/v1/notes/{id}/{absent}"),
        ("again.v1", Method::GET, "/api/v1/notes/{page}"),
    ];
    let (table, left_out) = table(vec![contract("desk", &offered)]);
    let left: Vec<_> = left_out.iter().map(|one| one.call.as_str()).collect();
    let expected: Vec<_> = offered.iter().map(|(name, ..)| *name).filter(|name| *name != "get.v1").collect();
    assert_eq!(left, expected, "{left_out:?}");
    assert_eq!(table.routes.len(), 1);
}

#[test]
fn a_request_finds_its_route_or_the_methods_there_are() {
    let (table, left_out) = table(vec![contract(
        "desk",
        &[
            ("list.v1", Method::GET, "/api/v1/notes"),
            ("make.v1", Method::POST, "/api/v1/notes"),
            ("get.v1", Method::GET, "/api/v1/notes/{id}"),
            ("recent.v1", Method::GET, "/api/v1/notes/recent"),
            ("throw_away.v1", Method::DELETE, "/api/v1/notes/{page}"),
        ],
    )]);
    assert_eq!(left_out, []);
    let found = |method, path| match table.find(Some(method), path) {
        Found::Route(route, texts) => format!("{} {texts:?}", route.subject),
        Found::OtherMethods(methods) => format!("{methods:?}"),
        Found::Nothing => "nothing".to_owned(),
    };
    assert_eq!(found(Method::GET, "/api/v1/notes"), "call.desk.list.v1 []");
    assert_eq!(found(Method::GET, "/api/v1/notes/recent"), "call.desk.recent.v1 []");
    assert_eq!(found(Method::GET, "/api/v1/notes/a%20b"), "call.desk.get.v1 [(\"id\", \"a%20b\")]");
    assert_eq!(found(Method::DELETE, "/api/v1/notes/7"), "call.desk.throw_away.v1 [(\"page\", \"7\")]");
    assert_eq!(found(Method::DELETE, "/api/v1/notes"), "[GET, POST]");
    assert_eq!(found(Method::GET, "/api/v1/notes/"), "nothing");
    assert_eq!(found(Method::GET, "/api/v1/other"), "nothing");
    assert_eq!(table.routes.len(), 5);
}

#[test]
fn a_post_makes_what_can_be_read_below_it() {
    let (table, _) = table(vec![contract(
        "desk",
        &[
            ("make.v1", Method::POST, "/api/v1/notes"),
            ("get.v1", Method::GET, "/api/v1/notes/{id}"),
            ("make_draft.v1", Method::POST, "/api/v1/drafts"),
            ("act.v1", Method::POST, "/api/v1/notes/{id}/closing"),
            ("list_of.v1", Method::POST, "/api/v1/notes/{id}/pages"),
            ("replace.v1", Method::PUT, "/api/v1/notes/{id}"),
        ],
    )]);
    let made: Vec<_> = table.routes.iter().map(|route| (route.row.name.as_str(), route.makes)).collect();
    let expected = [
        ("make.v1", Makes::Addressed),
        ("get.v1", Makes::Nothing),
        ("make_draft.v1", Makes::Thing),
        ("act.v1", Makes::Nothing),
        ("list_of.v1", Makes::Nothing),
        ("replace.v1", Makes::Nothing),
    ];
    assert_eq!(made, expected);
}

#[test]
fn everything_that_is_promised_today_can_be_offered() {
    let owners = Owners::load(None).unwrap();
    let contracts = [schema_identity::contract(), schema_documents::contract(), schema_programme::contract()];
    let (table, left_out) = Table::new(contracts, &owners);
    assert_eq!(left_out, []);
    let makes = |name: &str| table.routes.iter().find(|route| route.row.name == name).map(|route| route.makes);
    assert_eq!(makes("register_incoming.v1"), Some(Makes::Addressed));
    assert_eq!(makes("assign.v1"), Some(Makes::Addressed));
    assert_eq!(makes("attach_incoming_file.v1"), Some(Makes::Nothing));
    assert_eq!(makes("accept_assignment.v1"), Some(Makes::Nothing));
    assert_eq!(makes("sign_in.v1"), Some(Makes::Nothing));
}
