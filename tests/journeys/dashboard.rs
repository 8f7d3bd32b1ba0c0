//! The dashboard and the rules of `deploy/dashboards` ask for nothing that the processes do not tell, under the names that
//! they tell it by, and those are the names of OpenTelemetry's semantic conventions where there is one.

use std::{collections::BTreeSet, time::Duration};

use serde_json::{Value, json};
use testbed::process::until;
use tests::{
    client::Client,
    installation::{Installation, Profile, Wish},
    staff::{enrol, hire, office_of},
};

use crate::collector::Collector;

const DASHBOARD: &str = include_str!("../../deploy/dashboards/office.json");
const ALERTS: &str = include_str!("../../deploy/dashboards/alerts.yaml");
const MANUAL: &str = include_str!("../../docs/watching.md");
const COLLECTOR: &str = include_str!("../../deploy/otel-collector.yaml");

/// What each measure is called on the way to a collector, and on a page for Prometheus.
const NAMES: [(&str, &str); 25] = [
    ("db.client.connection.count", "db_client_connection_count"),
    ("db.client.connection.max", "db_client_connection_max"),
    ("db.client.connection.pending_requests", "db_client_connection_pending_requests"),
    ("db.client.connection.wait_time", "db_client_connection_wait_time_seconds"),
    ("db.client.operation.duration", "db_client_operation_duration_seconds"),
    ("http.server.request.duration", "http_server_request_duration_seconds"),
    ("messaging.client.consumed.messages", "messaging_client_consumed_messages_total"),
    ("messaging.client.operation.duration", "messaging_client_operation_duration_seconds"),
    ("messaging.client.sent.messages", "messaging_client_sent_messages_total"),
    ("messaging.process.duration", "messaging_process_duration_seconds"),
    ("rpc.client.call.duration", "rpc_client_call_duration_seconds"),
    ("rpc.server.call.duration", "rpc_server_call_duration_seconds"),
    ("vanphong.audit.unsealed", "vanphong_audit_unsealed"),
    ("vanphong.audit.unsealed.age", "vanphong_audit_unsealed_age_seconds"),
    ("vanphong.commit.duration", "vanphong_commit_duration_seconds"),
    ("vanphong.consumer.lag", "vanphong_consumer_lag"),
    ("vanphong.dead_letter.count", "vanphong_dead_letter_count"),
    ("vanphong.job.due", "vanphong_job_due"),
    ("vanphong.job.duration", "vanphong_job_duration_seconds"),
    ("vanphong.job.lateness", "vanphong_job_lateness_seconds"),
    ("vanphong.job.parked", "vanphong_job_parked"),
    ("vanphong.outbox.age", "vanphong_outbox_age_seconds"),
    ("vanphong.outbox.depth", "vanphong_outbox_depth"),
    ("vanphong.storage.free", "vanphong_storage_free_bytes"),
    ("vanphong.storage.limit", "vanphong_storage_limit_bytes"),
];

/// Those that only an SQLite database has.
const OF_FILES: [(&str, &str); 2] = [
    ("vanphong.database.size", "vanphong_database_size_bytes"),
    ("vanphong.database.wal.size", "vanphong_database_wal_size_bytes"),
];

fn panels() -> Vec<Value> {
    let dashboard: Value = serde_json::from_str(DASHBOARD).unwrap();
    dashboard["panels"].as_array().unwrap().clone()
}

/// What follows `key` in the rules, in their order.
fn in_rules(key: &str) -> Vec<&'static str> {
    ALERTS.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix(key)).map(str::trim).collect()
}

/// The queries of every panel and of every rule.
fn queries() -> Vec<String> {
    let panels = panels();
    let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap());
    let asked = targets.map(|target| target["expr"].as_str().unwrap().to_owned());
    asked.chain(in_rules("expr:").into_iter().map(str::to_owned)).collect()
}

/// The measures and labels that a query names: words with an underline that are no function of the language.
fn named(query: &str) -> BTreeSet<String> {
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$');
    // Between quotation marks stand values.
    let outside = query.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let words = outside.split(word).filter(|word| word.contains('_') && !word.starts_with('$'));
    words.filter(|word| *word != "histogram_quantile").map(str::to_owned).collect()
}

/// What queries name and the page does not tell: measures, and labels of the measures of the same query. That something
/// went wrong is told by a label that is not there before it does.
async fn missing(door: &Client) -> Vec<String> {
    let page = door.http().get(door.url("/metrics")).send().await.unwrap().text().await.unwrap();
    let lines_of = |measure: &str| {
        let begins = [format!("{measure}{{"), format!("{measure} ")];
        page.lines().filter(|line| begins.iter().any(|begin| line.starts_with(begin))).collect::<Vec<_>>()
    };
    let is_measure = |word: &String| NAMES.iter().chain(&OF_FILES).any(|(_, name)| word.starts_with(name));
    let mut found = Vec::new();
    for query in queries() {
        let (measures, labels): (Vec<_>, Vec<_>) = named(&query).into_iter().partition(is_measure);
        let lines: Vec<&str> = measures.iter().flat_map(|measure| lines_of(measure)).collect();
        let is_told =
            |label: &String| label == "error_type" || lines.iter().any(|line| line.contains(&format!("{label}=\"")));
        found.extend(measures.iter().filter(|measure| lines_of(measure).is_empty()).cloned());
        found.extend(labels.iter().filter(|label| !is_told(label)).map(|label| format!("{label} in `{query}`")));
        assert!(!measures.is_empty(), "no measure of ours in `{query}`");
    }
    found
}

/// An office that exports to a collector, in which somebody has worked.
async fn worked_in(profile: Profile) -> (Collector, Installation) {
    let collector = Collector::start().await;
    let settings = vec![
        ("VANPHONG__TELEMETRY__OTLP_ENDPOINT", collector.endpoint()),
        ("VANPHONG__TELEMETRY__EXPORT_INTERVAL_SECONDS", "1".to_owned()),
    ];
    let installation = Installation::start_with(profile, Wish { settings, ..Wish::default() }).await.unwrap();
    installation.load_few_units().await.unwrap();
    let door = installation.door();
    assert_eq!(door.get("/api/v1/me").await.status, 401);
    let admin = enrol(&door, &installation.first_code("TW").await.unwrap(), "quan-tri").await;
    let office = office_of(&admin).await;
    let units = admin.get(&format!("/api/v1/units?office={office}&limit=1")).await.ok();
    let unit = units["items"][0]["id"].as_str().unwrap();
    let clerk = hire(&admin, &office, unit, "Lê Thị Văn Thư", &["document_clerk"], false).await;
    let letter = json!({ "office": office, "author_body": "Cơ quan Ví Dụ", "symbol": "01-CV/VD",
        "document_day": "2026-11-18", "genre_name": "Công văn", "summary": "V/v thử", "pages": 1, "disposition": "to_process" });
    clerk.post("/api/v1/incoming-documents", letter).await.ok();
    (collector, installation)
}

/// Waits until every measure, and every value of a label that is given, has been exported.
async fn exported(collector: &Collector, wanted: &[&str]) {
    let all = until("every measure to be exported", Duration::from_secs(60), || async {
        let kept = collector.kept();
        wanted.iter().all(|name| kept.contains(name)).then_some(())
    });
    if all.await.is_err() {
        let kept = collector.kept();
        panic!("not exported: {:?}", wanted.iter().filter(|name| !kept.contains(**name)).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_dashboard_asks_for_what_the_processes_tell() {
    let wanted: BTreeSet<String> = queries().iter().flat_map(|query| named(query)).collect();
    for (_, name) in NAMES.iter().chain(&OF_FILES) {
        assert!(wanted.iter().any(|wanted| wanted.starts_with(name)), "`{name}` is told and stands on no panel");
    }
    let (collector, installation) = worked_in(Profile::Standalone).await;
    let door = installation.door();
    let told = until("every measure to be told", Duration::from_secs(60), || async {
        missing(&door).await.is_empty().then_some(())
    });
    if told.await.is_err() {
        panic!("not told: {:?}", missing(&door).await);
    }
    let names: Vec<&str> = NAMES.iter().chain(&OF_FILES).map(|(name, _)| *name).collect();
    exported(&collector, &[names.as_slice(), &["in_process", "sqlite", "event.identity", "event.documents"]].concat())
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_tell_of_their_broker_and_of_their_databases() {
    let (collector, _installation) = worked_in(Profile::Services).await;
    let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
    exported(&collector, &[names.as_slice(), &["nats", "postgresql", "event.identity", "documents.both"]].concat())
        .await;
}

#[test]
fn whoever_is_woken_finds_each_rule_and_each_panel_explained() {
    let rules = in_rules("alert:");
    assert!(rules.len() >= 10, "{rules:?}");
    assert_eq!(rules.len(), in_rules("expr:").len());
    for rule in &rules {
        assert!(MANUAL.contains(&format!("\n### {rule}\n")), "docs/watching.md does not explain the rule `{rule}`");
    }
    let explained = MANUAL.lines().filter_map(|line| line.strip_prefix("### "));
    for rule in explained {
        assert!(rules.contains(&rule), "docs/watching.md explains `{rule}`, which is no rule");
    }
    for panel in panels() {
        let title = panel["title"].as_str().unwrap();
        let mut rows = MANUAL.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
        let stands = rows.any(|row| row.split(", ").any(|name| name == title));
        assert!(stands, "docs/watching.md does not explain the panel `{title}`");
    }
}

#[test]
fn the_collector_takes_what_the_processes_send_and_offers_it_to_prometheus() {
    let compose = include_str!("../../docker-compose.yml");
    assert!(compose.contains("VANPHONG__TELEMETRY__OTLP_ENDPOINT: http://collector:4318\n"));
    for part in
        ["endpoint: 0.0.0.0:4318\n", "endpoint: 0.0.0.0:8889\n", "exporters: [prometheus]\n", "exporters: [debug]\n"]
    {
        assert!(COLLECTOR.contains(part), "`{}` is missing", part.trim());
    }
    // Whatever a pipeline names is defined above it.
    let (defined, pipelines) = COLLECTOR.split_once("\nservice:\n").unwrap();
    let lists = pipelines.lines().filter_map(|line| line.split_once('[')?.1.strip_suffix(']'));
    let used: BTreeSet<&str> = lists.flat_map(|list| list.split(", ")).collect();
    assert!(used.len() >= 5, "{used:?}");
    for part in used {
        assert!(defined.contains(&format!("\n  {part}:")), "`{part}` is used and not defined");
    }
}
