//! The document of what is promised today, and what happens when services name different things alike.

use super::*;

fn today() -> Value {
    let contracts = vec![schema_identity::contract(), schema_documents::contract(), schema_programme::contract()];
    document(contracts, "Văn phòng", "https://vp.example").unwrap()
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// Set `OPENAPI_OUT` to a file to look at the document with other tools.
#[test]
fn the_document_holds_together() {
    let document = today();
    if let Some(file) = std::env::var_os("OPENAPI_OUT") {
        std::fs::write(file, serde_json::to_string_pretty(&document).unwrap()).unwrap();
    }
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 200);
    for reference in found {
        let target = document.pointer(reference.strip_prefix('#').unwrap());
        assert!(target.is_some(), "`{reference}` leads nowhere");
    }
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
            assert!(!operation["summary"].as_str().unwrap().is_empty(), "{method} {path} says nothing");
        }
    }
    let problems = document.pointer("/components/responses/Limited/content/application~1problem+json/example/status");
    assert_eq!(problems, Some(&json!(429)));
}

#[test]
fn every_request_and_reply_has_an_example_and_every_field_of_it_its_place() {
    let document = today();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let at = format!("{method} {path}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                for content in
                    response.get("content").and_then(Value::as_object).into_iter().flat_map(|map| map.values())
                {
                    assert!(content.get("example").is_some_and(|example| !example.is_null()), "{at} {status}");
                }
            }
            let body = operation.pointer("/requestBody/content/application~1json");
            assert_eq!(
                body.is_some(),
                ["post", "put", "patch"].contains(&&**method) && path != "/api/v1/files",
                "{at}"
            );
            let in_path: Vec<_> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "path")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            let named: Vec<_> = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            assert_eq!(in_path.iter().collect::<BTreeSet<_>>(), named.iter().collect(), "{at}");
            if let Some(body) = body {
                let fields = body["schema"]["properties"].as_object().unwrap();
                assert!(named.iter().all(|name| !fields.contains_key(*name)), "{at}: a path field is in the body too");
                for name in body["schema"].get("required").and_then(Value::as_array).into_iter().flatten() {
                    assert!(!body["example"][name.as_str().unwrap()].is_null(), "{at}: the example lacks {name}");
                }
            }
        }
    }
}

#[test]
fn a_call_says_who_may_make_it_and_what_it_takes() {
    let document = today();
    let register = &document["paths"]["/api/v1/incoming-documents"]["post"];
    assert_eq!(register["x-permission"], "documents.incoming.register");
    assert!(register["responses"].get("201").is_some() && register["responses"].get("403").is_some());
    let names: Vec<_> = register["parameters"].as_array().unwrap().iter().map(|one| one["$ref"].as_str()).collect();
    assert!(names.contains(&Some("#/components/parameters/IdempotencyKey")), "{names:?}");
    let sign_in = &document["paths"]["/api/v1/sign-in"]["post"];
    assert_eq!(sign_in["security"], json!([]));
    let file = &document["paths"]["/api/v1/incoming-documents/{id}/files/{file}"]["get"]["responses"];
    for status in ["200", "206", "304"] {
        assert_eq!(file[status]["headers"]["ETag"]["$ref"], "#/components/headers/ETag", "{status}");
    }
    assert!(
        file["206"]["headers"].get("Content-Range").is_some() && file["416"]["headers"].get("Content-Range").is_some()
    );
    assert_eq!(file["416"]["content"].as_object().unwrap().keys().collect::<Vec<_>>(), ["application/problem+json"]);
    assert_eq!(document["x-refusals"]["gateway"][0]["code"], "gateway.no_such_path");
}

#[test]
fn one_name_for_two_things_is_told_and_told_apart() {
    let contract = |service: &str, page: Value| -> Contract {
        let row = |name: &str, path: String| {
            json!({
                "name": name, "effect": "read", "http": { "method": "GET", "path": path }, "need": "open",
                "stored": false, "download": false, "request": { "type": "object" },
                "reply": { "$ref": "#/components/schemas/Wrap" }, "example": { "request": {}, "reply": {} }
            })
        };
        let first = if service == "identity" { "people" } else { "genres" };
        serde_json::from_value(json!({
            "service": service, "events": [], "refusals": [],
            "calls": [row(&format!("list_{first}.v1"), format!("/api/v1/{first}"))],
            "schemas": {
                "Same": { "type": "string" }, "Page": page,
                "Wrap": { "properties": { "page": { "$ref": "#/components/schemas/Page" },
                    "same": { "$ref": "#/components/schemas/Same" } } }
            }
        }))
        .unwrap()
    };
    let contracts = vec![contract("documents", json!({ "title": "A" })), contract("identity", json!({ "title": "B" }))];
    assert_eq!(collisions(&contracts), ["Page", "Wrap"]);
    let document = document(contracts, "x", "https://vp.example").unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let names: Vec<_> = schemas.keys().map(String::as_str).collect();
    assert_eq!(names, ["Problem", "Same", "documents.Page", "documents.Wrap", "identity.Page", "identity.Wrap"]);
    let inner = &document["components"]["schemas"]["identity.Wrap"]["properties"]["page"]["$ref"];
    assert_eq!(inner, "#/components/schemas/identity.Page");
}
