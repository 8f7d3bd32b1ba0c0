//! What OpenAPI says beside the calls of the services: conventions, problems, and the gateway's own paths.

use serde_json::{Map, Value, json};
use wire::{CallRow, Contract, Effect, Fault, Kind, Lang, Need, RefusalRow};

use crate::{
    Refusal, general,
    problem::{status, title},
};

/// The group of the gateway's own paths.
pub(crate) const OWN_TAG: &str = "gateway";

/// Every kind of no, with the name of its response.
const KINDS: [(Kind, &str); 12] = [
    (Kind::Invalid, "Invalid"),
    (Kind::Unauthenticated, "Unauthenticated"),
    (Kind::Denied, "Denied"),
    (Kind::Missing, "Missing"),
    (Kind::Conflict, "Conflict"),
    (Kind::Stale, "Stale"),
    (Kind::TooLarge, "TooLarge"),
    (Kind::Limited, "Limited"),
    (Kind::Busy, "Busy"),
    (Kind::OutOfTime, "OutOfTime"),
    (Kind::OutOfSpace, "OutOfSpace"),
    (Kind::Broken, "Broken"),
];

/// What this is, and what holds for every call.
pub(crate) fn info(name: &str) -> Value {
    json!({
        "title": format!("{name}: API"),
        "version": env!("CARGO_PKG_VERSION"),
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        "description": "Sign in with `POST /api/v1/sign-in` and send the access token as `Authorization: Bearer`. \
            Every change takes an `Idempotency-Key`: repeat a request whose answer you did not get with the same key. \
            A noun's `ETag` is its version; `If-Match` makes a change conditional upon it. Lists come in pages: send \
            `next` of one as `cursor` of the next. What goes wrong comes as RFC 9457 problems, in Vietnamese unless \
            `Accept-Language` prefers English."
    })
}

pub(crate) fn security_schemes() -> Value {
    json!({ "bearer": {
        "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
        "description": "The access token of `POST /api/v1/sign-in`, good for minutes."
    } })
}

pub(crate) fn parameters() -> Value {
    let header = |name: &str, required: bool, example: &str, description: &str| {
        json!({
            "name": name, "in": "header", "required": required, "description": description,
            "schema": { "type": "string" }, "example": example
        })
    };
    json!({
        "IdempotencyKey": header("Idempotency-Key", true, "01938a2c-7b1e-7c11-9e01-3f5a2b7c9d10",
            "Chosen by the client, 1 to 200 characters, kept 14 days. A repeat with the same key gets the first answer."),
        "IfMatch": header("If-Match", false, "\"3\"", "The `ETag` that must still be current."),
        "IfNoneMatch": header("If-None-Match", false, "\"3\"", "The `ETag` the client has; `304` when it is current."),
        "Range": header("Range", false, "bytes=0-1023", "One range of bytes."),
        "IfRange": header("If-Range", false, "\"9f86d081\"", "The `ETag` of the file that the range continues."),
        "AcceptLanguage": header("Accept-Language", false, "vi", "The language of problems: `vi` or `en`."),
    })
}

pub(crate) fn headers() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "ETag": { "description": "The version, for `If-Match`.", "schema": text, "example": "\"3\"" },
        "Location": { "description": "Where the new thing is read.", "schema": text },
        "ContentDisposition": { "description": "The file's name.", "schema": text },
        "ContentRange": { "description": "Which part of the file this is.", "schema": text },
    })
}

/// RFC 9457, with our members.
pub(crate) fn problem_schema() -> Value {
    let text = |described: &str| json!({ "type": "string", "description": described });
    json!({
        "type": "object",
        "description": "A problem (RFC 9457).",
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "description": "Where the code is explained." },
            "title": text("The kind of problem."),
            "status": { "type": "integer", "description": "The HTTP status." },
            "detail": text("What is wrong and what to do, for people."),
            "code": text("The stable code, for programs."),
            "field": text("The field at fault, as a JSON pointer without its first slash."),
            "instrument": text("The legal instrument, when a legal rule refused."),
            "values": { "type": "object", "description": "The values of the refusal, for programs." },
            "retry_after_seconds": { "type": "integer", "description": "When trying again makes sense." },
            "trace_id": text("Under which this was logged."),
        },
        "required": ["type", "title", "status", "detail", "code"]
    })
}

/// One response for each kind of no.
pub(crate) fn responses() -> Value {
    let rows: Vec<RefusalRow> = general::rows().into_iter().chain(own_catalogue()).collect();
    let one = |(kind, name): (Kind, &str)| {
        let (vi, en) = title(kind);
        let row = rows.iter().find(|row| row.kind == kind);
        let code = row.map_or("wire.broken", |row| row.code.as_str());
        let detail = row.map_or(vi, |row| row.vi.as_str());
        let example = json!({
            "type": format!("/api/docs#{code}"), "title": vi, "status": status(kind).as_u16(), "detail": detail,
            "code": code
        });
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let content = json!({ "application/problem+json": { "schema": schema, "example": example } });
        (name.to_owned(), json!({ "description": format!("{vi} · {en}"), "content": content }))
    };
    KINDS.into_iter().map(one).collect::<Map<_, _>>().into()
}

/// The kinds of no that a call can meet: status and name of the response.
pub(crate) fn refused(row: &CallRow, about_one: bool, has_body: bool) -> Vec<(&'static str, &'static str)> {
    let write = row.effect == Effect::Write;
    let known = row.need != Need::Open;
    let limited = matches!(row.need, Need::Permission(_));
    let all = [
        ("401", "Unauthenticated", known || write),
        ("403", "Denied", limited),
        ("404", "Missing", about_one || limited),
        ("409", "Conflict", write),
        ("412", "Stale", write && about_one),
        ("413", "TooLarge", has_body),
        ("415", "Invalid", has_body),
        ("422", "Invalid", true),
        ("429", "Limited", true),
        ("500", "Broken", true),
        ("503", "Busy", true),
        ("504", "OutOfTime", true),
        ("507", "OutOfSpace", write),
    ];
    all.into_iter().filter(|(.., applies)| *applies).map(|(status, name, _)| (status, name)).collect()
}

/// The bytes of a file.
pub(crate) fn file_response(described: &str) -> Value {
    json!({
        "description": described,
        "headers": {
            "ETag": { "$ref": "#/components/headers/ETag" },
            "Content-Disposition": { "$ref": "#/components/headers/ContentDisposition" },
            "Content-Range": { "$ref": "#/components/headers/ContentRange" },
        },
        "content": { "application/octet-stream": { "example": "%PDF-1.7" } }
    })
}

/// A range behind the end of a file; the size is told in a header.
pub(crate) fn out_of_range() -> Value {
    let size = 48_213;
    let fault: Fault = wire::Refusal::fault(&Refusal::OutOfRange { size });
    let example = json!({
        "type": format!("/api/docs#{}", fault.code), "title": title(fault.kind).0, "status": 416,
        "detail": fault.sentence(Lang::Vi), "code": fault.code, "values": { "size": size }
    });
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    json!({
        "description": "The range begins behind the end of the file.",
        "headers": { "Content-Range": { "$ref": "#/components/headers/ContentRange" } },
        "content": { "application/problem+json": { "schema": schema, "example": example } }
    })
}

/// Every refusal there is, by the part that says it.
pub(crate) fn refusals(contracts: &[Contract]) -> Value {
    let list = |rows: &[RefusalRow]| {
        let one = |row: &RefusalRow| {
            let status = status(row.kind).as_u16();
            json!({ "code": row.code, "kind": row.kind, "status": status, "vi": row.vi, "en": row.en })
        };
        Value::from(rows.iter().map(one).collect::<Vec<_>>())
    };
    let mut all: Map<String, Value> =
        contracts.iter().map(|contract| (contract.service.clone(), list(&contract.refusals))).collect();
    all.insert(OWN_TAG.to_owned(), list(&own_catalogue()));
    all.insert(general::TAG.to_owned(), list(&general::rows()));
    Value::Object(all)
}

fn own_catalogue() -> Vec<RefusalRow> {
    <Refusal as wire::Refusal>::catalogue()
}

/// The gateway's own paths.
pub(crate) fn own_paths() -> [(&'static str, Value); 2] {
    [("/api/v1/files", json!({ "post": upload() })), ("/api/v1/events", json!({ "get": events() }))]
}

fn upload() -> Value {
    let query = |name: &str, required: bool, example: &str, described: &str| {
        json!({
            "name": name, "in": "query", "required": required, "description": described,
            "schema": { "type": "string" }, "example": example
        })
    };
    let reply = json!({
        "type": "object",
        "properties": {
            "ticket": { "type": "string", "description": "What a call that attaches the file takes." },
            "sha256": { "type": "string" }, "size": { "type": "integer" }, "media_type": { "type": "string" },
            "name": { "type": "string" }, "expires_at": { "type": "string", "format": "date-time" }
        },
        "required": ["ticket", "sha256", "size", "media_type", "name", "expires_at"]
    });
    let example = json!({
        "ticket": "eyJhbGciOiJFZERTQSJ9.eyJhdWQiOiJ2YW5waG9uZy1maWxlIn0.c2lnbmF0dXJl",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "size": 48213,
        "media_type": "application/pdf", "name": "cong-van-817.pdf", "expires_at": "2026-11-21T01:14:00Z"
    });
    json!({
        "tags": [OWN_TAG], "operationId": "gateway_upload_file", "x-call": "upload_file", "x-permission": "signed_in",
        "summary": "Uploads one file, and answers a ticket for it.",
        "description": "The body is the file itself, or a form with one part. Its content decides what it is; what an \
            office does not accept is refused. A file whose ticket no call has used within a day is removed.",
        "parameters": [
            query("office", true, "{office}", "The office it is for."),
            query("purpose", true, "documents.attachment", "What it is for, as the call that takes the ticket says."),
            query("name", false, "cong-van-817.pdf", "Its name; a form may carry it instead."),
        ],
        "requestBody": { "required": true, "content": {
            "application/octet-stream": { "example": "%PDF-1.7" },
            "multipart/form-data": { "schema": { "type": "object", "properties": { "file": { "type": "string" } } } }
        } },
        "responses": {
            "201": { "description": "Staged.", "content": { "application/json": { "schema": reply, "example": example } } },
            "401": { "$ref": "#/components/responses/Unauthenticated" },
            "404": { "$ref": "#/components/responses/Missing" },
            "408": { "$ref": "#/components/responses/OutOfTime" },
            "413": { "$ref": "#/components/responses/TooLarge" },
            "415": { "$ref": "#/components/responses/Invalid" },
            "422": { "$ref": "#/components/responses/Invalid" },
            "429": { "$ref": "#/components/responses/Limited" },
            "507": { "$ref": "#/components/responses/OutOfSpace" }
        }
    })
}

fn events() -> Value {
    let example =
        "event: hint\ndata: {\"kind\":\"incoming_changed.v1\",\"office\":\"{office}\",\"id\":\"{incoming}\"}\n\n";
    json!({
        "tags": [OWN_TAG], "operationId": "gateway_watch_events", "x-call": "watch_events", "x-permission": "signed_in",
        "summary": "A stream of hints (server-sent events): something changed in an office of yours.",
        "description": "A hint says only what kind of thing changed, where, and its id; read it by a normal call. After \
            the event `resync`, and whenever the stream was opened anew, read again whatever you show. The stream ends \
            with the session.",
        "responses": {
            "200": { "description": "The stream.", "content": {
                "text/event-stream": { "schema": { "type": "string" }, "example": example } } },
            "401": { "$ref": "#/components/responses/Unauthenticated" },
            "429": { "$ref": "#/components/responses/Limited" },
            "503": { "$ref": "#/components/responses/Busy" }
        }
    })
}

/// The first sentence, and the rest.
pub(crate) fn first_sentence(text: &str) -> (&str, &str) {
    let end = text
        .match_indices(['.', '\n'])
        .find(|(at, _)| text.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)));
    match end.and_then(|(at, _)| text.split_at_checked(at + 1)) {
        Some((first, rest)) => (first.trim(), rest.trim()),
        None => (text.trim(), ""),
    }
}

/// The same schema without its description, which stands beside it.
pub(crate) fn without_description(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            members.iter().filter(|(key, _)| *key != "description").map(|(key, v)| (key.clone(), v.clone())).collect()
        }
        other => other.clone(),
    }
}

/// Sets a member of an object.
pub(crate) fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}
