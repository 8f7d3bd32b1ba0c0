//! Every call of the OpenAPI document has an example, and every example works against the demo office. An independent
//! validator judges the document, the examples and the live answers.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use reqwest::Method;
use serde_json::{Value, json};
use tests::installation::{Installation, Profile};
use wire::{CallRow, Effect, Need};

use crate::placeholders::World;

/// The one call that cannot work in the demo: its code comes by mail.
const NEEDS_MAIL: &str = "confirm_notice_address.v1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_example_works_and_fits_its_schema() {
    let installation = Installation::start(Profile::Demo).await.unwrap();
    let mut world = World::of(&installation).await;
    let contracts = [
        schema_identity::contract(),
        schema_documents::contract(),
        schema_programme::contract(),
        schema_notices::contract(),
        schema_forms::contract(),
        schema_search::contract(),
    ];
    let document = installation.door().get("/api/openapi.json").await.ok();

    let mut answers = Vec::new();
    let mut failures = Vec::new();
    for contract in &contracts {
        let here = |row: &&CallRow| row.http.is_some() && row.name != NEEDS_MAIL;
        for row in contract.calls.iter().filter(here) {
            let (status, body) = world.call(row, send).await;
            if !(200..300).contains(&status) {
                failures.push(format!("{}: {status} {body}", row.name));
            }
            let operation = format!("{}_{}", contract.service, row.name).replace(['.', '-'], "_");
            if !row.download {
                answers.push(json!({ "operation": operation, "status": status, "body": body }));
            }
        }
    }
    assert!(failures.is_empty(), "examples that do not work:\n{}", failures.join("\n"));
    let complaints = judge(&json!({ "document": document, "answers": answers }));
    assert!(complaints.is_empty(), "{complaints}");
}

/// Sends a filled example the way its row says: path fields into the path, the rest into the query or the body.
async fn send(row: CallRow, client: tests::client::Client, mut request: Value) -> (u16, Value) {
    let http = row.http.as_ref().unwrap();
    let mut path = http.path.clone();
    let fields = request.as_object_mut().unwrap();
    for name in fields.keys().cloned().collect::<Vec<_>>() {
        let place = format!("{{{name}}}");
        if path.contains(&place) {
            let value = fields.remove(&name).unwrap();
            path = path.replace(&place, value.as_str().unwrap());
        }
    }
    let method: Method = format!("{:?}", http.method).parse().unwrap();
    let body = (row.effect == Effect::Write && method != Method::DELETE).then(|| request.clone());
    if body.is_none() {
        let pairs = request.as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value)));
        path =
            reqwest::Url::parse_with_params(&client.url(&path), pairs).unwrap().as_str().replace(&client.url(""), "");
    }
    let client = if row.need == Need::Open { tests::client::Client::new(&client.url("")) } else { client };
    let key = runtime::fresh_id().to_string();
    let headers = [("Idempotency-Key", key.as_str())];
    if row.download {
        let got = client.http().get(client.url(&path)).bearer_auth(client.token()).send().await.unwrap();
        return (got.status().as_u16(), Value::Null);
    }
    let answer = client.try_send(method, &path, body, &headers).await.unwrap();
    (answer.status.as_u16(), answer.body)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What the independent validator has to say.
fn judge(given: &Value) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut python = Command::new("python3")
        .arg(root.join("journeys/openapi_check.py"))
        .env("PYTHONPATH", root.join("../target/servers/openapi"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3");
    python.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "run `./test servers` first: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
