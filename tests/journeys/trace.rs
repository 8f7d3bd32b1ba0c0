//! One trace runs from the HTTP door through NATS, handler, commit and relay to the reaction in another service.

use std::time::Duration;

use runtime::telemetry::testing::capture;
use schema_identity::{UnitChanged, UnitHistory, UnitSpan};
use schema_programme::{AssignmentSource, AssignmentSourceKind};
use serde_json::json;
use testbed::{Bench, Pair, process::until};
use tests::{
    client::Client,
    installation::{Installation, Profile, Wish},
    staff::{enrol, hire, office_of},
};
use wire::{Day, Version};

use crate::collector::Collector;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_trace_from_the_door_to_the_reaction() {
    let capture = capture().unwrap();
    let mut bench = Bench::start(Pair::NatsPostgres, vec![documents::service(), programme::service()]).await;
    let settings = gateway::Settings {
        listen: "127.0.0.1:0".parse().unwrap(),
        folder: bench.platform.key_folder.clone(),
        ..gateway::Settings::default()
    };
    let door = gateway::start(&bench.platform, bench.signer("gateway").unwrap(), settings).await.unwrap();
    let base = format!("http://{}", door.address());
    let office = bench.office();
    let may = ["documents.incoming.register", "documents.incoming.read", "programme.assignments.assign"];
    let chief = bench.person(&[(office, &may)]);
    let client = Client::new(&base);

    let post = async |path: &str, body: serde_json::Value, trace: &str| {
        let headers = [
            ("Authorization", format!("Bearer {}", chief.token())),
            ("Idempotency-Key", runtime::fresh_id().to_string()),
            ("traceparent", trace.to_owned()),
        ];
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        until("the door to know the path", Duration::from_secs(20), || async {
            let answer = client.try_send(reqwest::Method::POST, path, Some(body.clone()), &headers).await.ok()?;
            (answer.status != 404 && answer.status != 503).then_some(answer)
        })
        .await
        .unwrap()
        .ok()
    };
    let first = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let letter = post("/api/v1/incoming-documents", json!({ "office": office, "author_body": "Cơ quan Ví Dụ", "symbol": "01-CV/VD",
        "document_day": "2026-11-18", "genre_name": "Công văn", "summary": "V/v thử", "pages": 1, "disposition": "to_process" }), first).await;
    let id: uuid::Uuid = letter["id"].as_str().unwrap().parse().unwrap();
    let source = AssignmentSource { kind: AssignmentSourceKind::IncomingDocument, id: Some(id), label: "thử".into() };
    let unit = chief.authority().unwrap().grants[0].unit;
    let span =
        UnitSpan {
            from: Day::new(2025, 7, 1).unwrap(), to: None, name: "Văn phòng".into(), body: None, parent: None
        };
    let unit_history = UnitHistory { id: unit, office, spans: vec![span], version: Version::FIRST };
    bench.publish(&UnitChanged { unit: unit_history }).await.unwrap();
    bench.settled().await;
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    post("/api/v1/assignments", json!({ "office": office, "source": source, "title": "Tham mưu", "expected_product": "Báo cáo", "lead_unit": unit }), trace).await;
    bench.settled().await;

    let spans = until("the spans of the whole way", Duration::from_secs(20), || async {
        let spans = capture.trace("4bf92f3577b34da6a3ce929d0e0e4736");
        let has = |name: &str| spans.iter().any(|span| span.name == name);
        (has("call") && has("commit") && has("relay") && has("reaction")).then_some(spans)
    });
    let spans = spans.await.unwrap();
    let parent = |name: &str| spans.iter().find(|span| span.name == name).unwrap().parent_id.clone();
    let ids: Vec<_> = spans.iter().map(|span| Some(span.span_id.clone())).collect();
    for step in ["call", "commit", "relay", "reaction"] {
        assert!(ids.contains(&parent(step)), "`{step}` hangs on another span of the same trace");
    }
    assert!(
        spans.iter().any(|span| span.parent_id.as_deref() == Some("00f067aa0ba902b7")),
        "the door took the client's trace up"
    );
    door.stop().await;
    bench.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_trace_of_a_registered_letter_runs_through_four_processes() {
    let collector = Collector::start().await;
    let settings = vec![("VANPHONG__TELEMETRY__OTLP_ENDPOINT", collector.endpoint())];
    let installation = Installation::start_with(Profile::Services, Wish { settings, ..Wish::default() }).await.unwrap();
    installation.load_few_units().await.unwrap();
    let admin = enrol(&installation.door(), &installation.first_code("TW").await.unwrap(), "quan-tri").await;
    let office = office_of(&admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap();
    let roles = ["chief_of_office", "document_clerk"];
    let chief = hire(&admin, &office, unit, "Trần Văn Chánh", &roles, true).await;

    // A client's own trace joins registering a letter and assigning what it asks for.
    let trace = runtime::fresh_id().as_u128();
    let parent = format!("00-{trace:032x}-00f067aa0ba902b7-01");
    let post = async |path: &str, body: serde_json::Value| {
        let key = runtime::fresh_id().to_string();
        let headers = [("Idempotency-Key", key.as_str()), ("traceparent", parent.as_str())];
        chief.try_send(reqwest::Method::POST, path, Some(body), &headers).await.unwrap().ok()
    };
    let letter = post("/api/v1/incoming-documents", json!({ "office": office, "author_body": "Cơ quan Ví Dụ", "symbol": "01-CV/VD",
        "document_day": "2026-11-18", "genre_name": "Công văn", "summary": "V/v thử", "pages": 1, "disposition": "to_process" })).await;
    let source = json!({ "kind": "incoming_document", "id": letter["id"], "label": "thử" });
    post("/api/v1/assignments", json!({ "office": office, "source": source, "title": "Tham mưu", "expected_product": "Báo cáo", "lead_unit": unit })).await;
    for process in ["gateway", "documents", "identity", "programme"] {
        let exported = || async { collector.has(trace, process).then_some(()) };
        until(&format!("a span of the trace from {process}"), Duration::from_secs(60), exported).await.unwrap();
    }
}
