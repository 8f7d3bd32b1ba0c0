//! Measures of the process, by the names of OpenTelemetry's semantic conventions where those have one.
//!
//! Labels come from contracts, routes and closed lists, never from a request, so that their number stays small.

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use opentelemetry::{KeyValue, metrics::MeterProvider as _};
use opentelemetry_otlp::MetricExporter;
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    metrics::{PeriodicReader, SdkMeterProvider},
};

use instruments::Instruments;

mod database;
mod instruments;
mod messages;
mod prometheus;
mod standing;

pub use database::{Database, Pool};
pub use messages::{call_sent, consumed, processed, published};
pub use standing::{Room, Standing, files, room, standing};

/// The page for Prometheus is made when it is asked for; between, its reader sleeps.
const ONLY_WHEN_ASKED: Duration = Duration::from_secs(24 * 3600);

/// The outcome of a call or a job that did what it was asked to.
pub const OK: &str = "ok";

/// A call was answered. `outcome` is [`OK`] or the kind of the fault.
pub fn call_done(service: &str, call: &str, outcome: &str, seconds: f64) {
    let labels = with_error(
        vec![
            KeyValue::new("rpc.system.name", "vanphong"),
            KeyValue::new("rpc.method", format!("{service}/{call}")),
            KeyValue::new("rpc.response.status_code", outcome.to_owned()),
        ],
        outcome,
    );
    measures().each(|set| set.calls.record(seconds, &labels));
}

/// A request was answered at the HTTP door. `route` is the template of the path, never the path.
pub fn http_done(method: &'static str, scheme: &'static str, route: &str, status: u16, seconds: f64) {
    let mut labels = vec![
        KeyValue::new("http.request.method", method),
        KeyValue::new("url.scheme", scheme),
        KeyValue::new("http.route", route.to_owned()),
        KeyValue::new("http.response.status_code", i64::from(status)),
    ];
    if status >= 500 {
        labels.push(KeyValue::new("error.type", status.to_string()));
    }
    measures().each(|set| set.http.record(seconds, &labels));
}

/// A job ended. `outcome` is [`OK`] or a fixed word for what happened instead.
pub fn job(service: &str, job: &str, outcome: &str, seconds: f64) {
    let labels = with_error(
        vec![
            KeyValue::new("vanphong.service", service.to_owned()),
            KeyValue::new("vanphong.job", job.to_owned()),
            KeyValue::new("vanphong.outcome", outcome.to_owned()),
        ],
        outcome,
    );
    measures().each(|set| set.jobs.record(seconds, &labels));
}

/// How many events wait in a service's outbox, and how long the oldest of them has waited.
pub fn outbox(service: &str, depth: u64, age_seconds: f64) {
    let labels = [KeyValue::new("vanphong.service", service.to_owned())];
    measures().each(|set| {
        set.outbox_depth.record(depth, &labels);
        set.outbox_age.record(age_seconds, &labels);
    });
}

/// How many events of a publisher a consumer has still to apply.
pub fn consumer_lag(consumer: &str, publisher: &str, lag: u64) {
    let labels = [
        KeyValue::new("vanphong.consumer", consumer.to_owned()),
        KeyValue::new("vanphong.publisher", publisher.to_owned()),
    ];
    measures().each(|set| set.consumer_lag.record(lag, &labels));
}

/// All measures in the text format of Prometheus, for `/metrics`.
#[must_use]
pub fn render_prometheus() -> String {
    let measures = measures();
    // The reader fills the page; a reader that was shut down leaves the last one.
    let _ = measures.scraped.force_flush();
    measures.page.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The convention: `error.type` is there only when something went wrong.
fn with_error(mut labels: Vec<KeyValue>, outcome: &str) -> Vec<KeyValue> {
    if outcome != OK {
        labels.push(KeyValue::new("error.type", outcome.to_owned()));
    }
    labels
}

/// The process's instruments: one set for the Prometheus page and, with a collector, one for OTLP. They are two
/// because asking a provider for its page makes all its readers export, and a page must not wait for a collector.
struct Measures {
    sets: Vec<Instruments>,
    scraped: SdkMeterProvider,
    pushed: Option<SdkMeterProvider>,
    page: Arc<Mutex<String>>,
}

static MEASURES: OnceLock<Measures> = OnceLock::new();

impl Measures {
    fn new(resource: Resource, push: Option<(MetricExporter, Duration)>) -> Self {
        let page = Arc::new(Mutex::new(String::new()));
        let reader = PeriodicReader::builder(prometheus::Page(page.clone())).with_interval(ONLY_WHEN_ASKED).build();
        let scraped = SdkMeterProvider::builder().with_resource(resource.clone()).with_reader(reader).build();
        let pushed = push.map(|(exporter, interval)| {
            let reader = PeriodicReader::builder(exporter).with_interval(interval).build();
            SdkMeterProvider::builder().with_resource(resource).with_reader(reader).build()
        });
        let providers = [Some(&scraped), pushed.as_ref()];
        let sets = providers.into_iter().flatten().map(|provider| Instruments::new(&provider.meter("vanphong")));
        Self { sets: sets.collect(), scraped, pushed, page }
    }

    fn each(&self, record: impl Fn(&Instruments)) {
        self.sets.iter().for_each(record);
    }
}

/// The process's measures; without [`start`] they are only on the page.
fn measures() -> &'static Measures {
    MEASURES.get_or_init(|| Measures::new(Resource::builder().build(), None))
}

/// Begins to measure, sending to `push` at its interval. What was measured before has no collector and cannot get one.
pub(crate) fn start(resource: Resource, push: Option<(MetricExporter, Duration)>) {
    MEASURES.get_or_init(|| Measures::new(resource, push));
}

/// Sends the last measures; blocks for some seconds at most.
pub(crate) fn stop() -> OTelSdkResult {
    MEASURES.get().and_then(|measures| measures.pushed.as_ref()).map_or(Ok(()), SdkMeterProvider::shutdown)
}

#[cfg(test)]
mod tests;
