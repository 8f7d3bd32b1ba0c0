//! OpenAPI 3.1, made from the contracts: every call with its fields, its reply, its permission and an example.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use wire::{Contract, Effect, Need};

use crate::{
    gate::Gate,
    openapi_parts as parts,
    owners::Owners,
    reply::Page,
    schema::{self, REFERENCE, reference},
    table::{Makes, Route, Table},
};

/// The document as it is served: of what is offered just now.
pub(crate) fn page(gate: &Gate) -> Page {
    let table = gate.table.load();
    let make = || Page::new("application/json", assemble(&table, &gate.settings.name, &gate.origin).to_string());
    table.openapi.get_or_init(make).clone()
}

/// The document that a gateway with the built-in `deploy/routes.toml` serves for these contracts.
///
/// # Errors
/// When a call among them may not be offered; the message names it.
pub fn document(contracts: Vec<Contract>, name: &str, origin: &str) -> anyhow::Result<Value> {
    let (table, left_out) = Table::new(contracts, &Owners::load(None)?);
    if let Some(one) = left_out.first() {
        anyhow::bail!("`{}` of `{}` cannot be offered: {}", one.call, one.service, one.why);
    }
    Ok(assemble(&table, name, origin))
}

/// Names of types that mean different things in different services. The document tells them apart by the service's name
/// before theirs; whoever reads it would rather have one name for one thing.
#[must_use]
pub fn collisions(contracts: &[Contract]) -> Vec<String> {
    ambiguous(contracts).into_iter().collect()
}

/// The whole document.
pub(crate) fn assemble(table: &Table, name: &str, origin: &str) -> Value {
    let mut components = Components { ambiguous: ambiguous(&table.contracts), ..Components::default() };
    let mut paths: Map<String, Value> = Map::new();
    for route in &table.routes {
        let method = format!("{:?}", route.method).to_lowercase();
        let item = paths.entry(route.template.clone()).or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            item.insert(method, operation(route, &mut components));
        }
    }
    for (path, item) in parts::own_paths() {
        paths.insert(path.to_owned(), item);
    }
    let schemas = components.finish(table);
    let services = table.contracts.iter().map(|contract| contract.service.as_str());
    json!({
        "openapi": "3.1.0",
        "info": parts::info(name),
        "servers": [{ "url": origin }],
        "tags": services.chain([parts::OWN_TAG]).map(|tag| json!({ "name": tag })).collect::<Vec<_>>(),
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": parts::security_schemes(),
            "parameters": parts::parameters(),
            "headers": parts::headers(),
            "responses": parts::responses(),
            "schemas": schemas,
        },
        "x-refusals": parts::refusals(&table.contracts),
    })
}

/// The schemas that operations refer to, under names that are unique in the document.
#[derive(Default)]
struct Components {
    ambiguous: BTreeSet<String>,
    wanted: BTreeSet<(String, String)>,
}

impl Components {
    /// A schema of a service with its references made those of the document; what they refer to will be in it.
    fn adopt(&mut self, service: &str, schema: &Value) -> Value {
        match schema {
            Value::Object(members) => {
                let adopted = members.iter().map(|(key, member)| match reference(schema).filter(|_| key == "$ref") {
                    Some(name) => {
                        self.wanted.insert((service.to_owned(), name.to_owned()));
                        (key.clone(), Value::from(format!("{REFERENCE}{}", self.name(service, name))))
                    }
                    None => (key.clone(), self.adopt(service, member)),
                });
                Value::Object(adopted.collect())
            }
            Value::Array(items) => items.iter().map(|item| self.adopt(service, item)).collect(),
            other => other.clone(),
        }
    }

    fn name(&self, service: &str, name: &str) -> String {
        if self.ambiguous.contains(name) { format!("{service}.{name}") } else { name.to_owned() }
    }

    /// Everything that was referred to, directly or through others.
    fn finish(mut self, table: &Table) -> Map<String, Value> {
        let mut done = BTreeSet::new();
        let mut found = BTreeMap::from([("Problem".to_owned(), parts::problem_schema())]);
        while let Some(next) = self.wanted.difference(&done).next().cloned() {
            let (service, name) = &next;
            let contract = table.contracts.iter().find(|contract| contract.service == *service);
            let schema = contract.and_then(|contract| contract.schemas.get(name)).cloned().unwrap_or(json!(true));
            let adopted = self.adopt(service, &schema);
            found.insert(self.name(service, name), adopted);
            done.insert(next);
        }
        found.into_iter().collect()
    }
}

/// Names whose schemas differ between services, and names whose schemas refer to such names.
fn ambiguous(contracts: &[Contract]) -> BTreeSet<String> {
    let mut by_name: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for (name, schema) in contracts.iter().flat_map(|contract| &contract.schemas) {
        by_name.entry(name).or_default().push(schema);
    }
    by_name.retain(|_, schemas| schemas.len() > 1);
    let mut found: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = found.len();
        for (name, schemas) in &by_name {
            let differ = schemas.windows(2).any(|pair| matches!(pair, [left, right] if left != right));
            if differ || schemas.iter().any(|schema| refers_to(schema, &found)) {
                found.insert((*name).to_owned());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn refers_to(schema: &Value, names: &BTreeSet<String>) -> bool {
    match schema {
        Value::Object(members) => {
            reference(schema).is_some_and(|name| names.contains(name))
                || members.values().any(|member| refers_to(member, names))
        }
        Value::Array(items) => items.iter().any(|item| refers_to(item, names)),
        _ => false,
    }
}

fn operation(route: &Route, components: &mut Components) -> Value {
    let request = schema::resolve(route.row.request.as_value(), &route.named);
    let described = request.get("description").and_then(Value::as_str).unwrap_or_default();
    let (summary, more) = parts::first_sentence(described);
    let mut operation = json!({
        "tags": [route.service],
        "operationId": format!("{}_{}", route.service, route.row.name).replace(['.', '-'], "_"),
        "summary": summary,
        "x-call": route.row.name,
        "x-permission": match &route.row.need {
            Need::Permission(permission) => permission.as_str(),
            Need::Open => "open",
            Need::SignedIn | Need::Services => "signed_in",
        },
        "parameters": parameters(route, components),
        "responses": responses(route, components),
    });
    if !more.is_empty() {
        parts::set(&mut operation, "description", more.into());
    }
    if route.row.step_up {
        parts::set(&mut operation, "x-step-up", true.into());
    }
    if route.row.need == Need::Open {
        parts::set(&mut operation, "security", json!([]));
    }
    if route.has_body() {
        parts::set(&mut operation, "requestBody", body(route, components));
    }
    operation
}

fn parameters(route: &Route, components: &mut Components) -> Vec<Value> {
    let row = &route.row;
    let all = schema::fields(row.request.as_value(), &route.named);
    let mut found = Vec::new();
    for field in &all {
        let in_path = route.path_fields.iter().any(|name| name == field.name);
        if !in_path && route.has_body() {
            continue;
        }
        let mut parameter = json!({
            "name": field.name,
            "in": if in_path { "path" } else { "query" },
            "required": in_path || field.required,
            "schema": components.adopt(&route.service, &parts::without_description(field.schema)),
        });
        if let Some(described) = field.schema.get("description") {
            parts::set(&mut parameter, "description", described.clone());
        }
        if let Some(example) = row.example.request.get(field.name) {
            parts::set(&mut parameter, "example", example.clone());
        }
        found.push(parameter);
    }
    let shared = [
        ("IdempotencyKey", row.stored),
        ("IfMatch", row.effect == Effect::Write && !route.path_fields.is_empty()),
        ("IfNoneMatch", row.effect == Effect::Read && (has_version(route) || row.download)),
        ("Range", row.download),
        ("IfRange", row.download),
        ("AcceptLanguage", true),
    ];
    let shared = shared.into_iter().filter(|(_, applies)| *applies);
    found.extend(shared.map(|(name, _)| json!({ "$ref": format!("#/components/parameters/{name}") })));
    found
}

fn body(route: &Route, components: &mut Components) -> Value {
    let others = route.other_fields();
    let required: Vec<&str> = others.iter().filter(|field| field.required).map(|field| field.name).collect();
    let properties: Map<String, Value> =
        others.iter().map(|field| (field.name.to_owned(), components.adopt(&route.service, field.schema))).collect();
    let example: Map<String, Value> = others
        .iter()
        .filter_map(|field| Some((field.name.to_owned(), route.row.example.request.get(field.name)?.clone())))
        .collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        parts::set(&mut schema, "required", json!(required));
    }
    json!({
        "required": !required.is_empty(),
        "content": { "application/json": { "schema": schema, "example": example } }
    })
}

fn responses(route: &Route, components: &mut Components) -> Value {
    let row = &route.row;
    let mut found = Map::new();
    if row.download {
        found.insert("200".to_owned(), parts::file_response("The file."));
        found.insert("206".to_owned(), parts::file_response("The part that was asked for."));
    } else {
        let (status, described) = match route.makes {
            Makes::Nothing => ("200", "Done."),
            Makes::Thing | Makes::Addressed => ("201", "Made."),
        };
        let mut headers = Map::new();
        for (name, applies) in [("ETag", has_version(route)), ("Location", route.makes == Makes::Addressed)] {
            if applies {
                headers.insert(name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
            }
        }
        let schema = components.adopt(&route.service, row.reply.as_value());
        let content = json!({ "application/json": { "schema": schema, "example": row.example.reply } });
        found.insert(status.to_owned(), json!({ "description": described, "headers": headers, "content": content }));
    }
    if row.effect == Effect::Read && (has_version(route) || row.download) {
        let headers = json!({ "ETag": { "$ref": "#/components/headers/ETag" } });
        found.insert("304".to_owned(), json!({ "description": "The client has it already.", "headers": headers }));
    }
    for (status, name) in parts::refused(row, !route.path_fields.is_empty(), route.has_body()) {
        found.insert(status.to_owned(), json!({ "$ref": format!("#/components/responses/{name}") }));
    }
    if row.download {
        found.insert("416".to_owned(), parts::out_of_range());
    }
    Value::Object(found)
}

/// Whether the reply has a version, which becomes the entity tag.
fn has_version(route: &Route) -> bool {
    schema::fields(route.row.reply.as_value(), &route.named).iter().any(|field| field.name == "version")
}

#[cfg(test)]
mod tests;
