//! The dashboard of `deploy/dashboards` asks for nothing that the processes do not tell, under the names that they tell
//! it by, and their names are those of OpenTelemetry's semantic conventions where there is one.

use std::{collections::BTreeSet, time::Duration};

use serde_json::Value;
use testbed::process::until;
use tests::{
    client::Client,
    installation::{Installation, Profile, Wish},
};

use crate::collector::Collector;

const DASHBOARD: &str = include_str!("../../deploy/dashboards/office.json");
const COLLECTOR: &str = include_str!("../../deploy/otel-collector.yaml");

/// What each measure is called on the way to a collector, and on a page for Prometheus.
const NAMES: [(&str, &str); 6] = [
    ("http.server.request.duration", "http_server_request_duration_seconds"),
    ("rpc.server.call.duration", "rpc_server_call_duration_seconds"),
    ("vanphong.consumer.lag", "vanphong_consumer_lag"),
    ("vanphong.job.duration", "vanphong_job_duration_seconds"),
    ("vanphong.outbox.age", "vanphong_outbox_age_seconds"),
    ("vanphong.outbox.depth", "vanphong_outbox_depth"),
];

/// The queries of every panel.
fn queries() -> Vec<String> {
    let dashboard: Value = serde_json::from_str(DASHBOARD).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap());
    targets.map(|target| target["expr"].as_str().unwrap().to_owned()).collect()
}

/// The measures and labels that queries name: words with an underline that are no function of the language.
fn named(queries: &[String]) -> BTreeSet<String> {
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$');
    let words = queries.iter().flat_map(|query| {
        // Between quotation marks stand values.
        let outside: Vec<&str> = query.split('"').step_by(2).collect();
        outside.join(" ").split(word).map(str::to_owned).collect::<Vec<_>>()
    });
    words.filter(|word| word.contains('_') && !word.starts_with('$') && word != "histogram_quantile").collect()
}

/// Waits until the page tells every measure and label, and gives what is missing when it does not.
async fn missing(door: &Client, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let page = door.http().get(door.url("/metrics")).send().await.unwrap().text().await.unwrap();
    let told: BTreeSet<&str> = page.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
    wanted.iter().filter(|name| !told.contains(name.as_str())).cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_dashboard_asks_for_what_the_processes_tell() {
    let wanted = named(&queries());
    for (_, name) in NAMES {
        assert!(wanted.iter().any(|wanted| wanted.starts_with(name)), "`{name}` is told and stands on no panel");
    }
    let collector = Collector::start().await;
    let settings = vec![
        ("VANPHONG__TELEMETRY__OTLP_ENDPOINT", collector.endpoint()),
        ("VANPHONG__TELEMETRY__EXPORT_INTERVAL_SECONDS", "1".to_owned()),
    ];
    let wish = Wish { settings, ..Wish::default() };
    let installation = Installation::start_with(Profile::Standalone, wish).await.unwrap();
    let door = installation.door();
    let told = until("every measure to be told", Duration::from_secs(60), || async {
        assert_eq!(door.get("/api/v1/me").await.status, 401);
        missing(&door, &wanted).await.is_empty().then_some(())
    });
    if told.await.is_err() {
        panic!("not told: {:?}", missing(&door, &wanted).await);
    }
    let exported = until("every measure to be exported", Duration::from_secs(60), || async {
        let kept = collector.kept();
        NAMES.iter().all(|(name, _)| kept.contains(name)).then_some(())
    });
    exported.await.unwrap();
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
