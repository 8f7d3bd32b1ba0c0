//! Logs, traces and measures of a process: set up once, at the start of `main`.
//!
//! Only fields on the allow-list leave the process, in a log line as in an exported span. Names of spans and the
//! messages of events leave too, and belong to the program: whoever writes `tracing::info!("… {value}")` answers for
//! the value, and the rule is to write none. Values go into fields.

use std::{fmt, io::IsTerminal as _, sync::Mutex, sync::PoisonError, time::Duration};

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::{
    Resource,
    trace::{Sampler, SdkTracerProvider},
};
use serde::{Deserialize, Serialize};
use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{
    Layer, Registry,
    filter::{FilterExt as _, Targets, filter_fn},
    layer::SubscriberExt as _,
    registry::LookupSpan,
};

use crate::{Clock, metrics};

mod export;
mod fields;
mod lines;
/// Spans in memory, for tests.
pub mod testing;

/// Other people's crates, whose messages are not ours to vouch for: warnings only, unless the setting names them.
const OTHERS: &[&str] = &[
    "async_nats",
    "h2",
    "hyper",
    "hyper_util",
    "opentelemetry",
    "opentelemetry_otlp",
    "opentelemetry_sdk",
    "reqwest",
    "rustls",
    "sea_orm",
    "sqlx",
    "tantivy",
    "tower_http",
];

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text on a terminal, JSON otherwise.
    #[default]
    Auto,
    /// Text.
    Human,
    /// One JSON object a line.
    Json,
}

/// The section `telemetry` of the settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TelemetrySettings {
    /// The least level that is logged (`error`, `warn`, `info`, `debug`, `trace`), also for single crates:
    /// `info,bus=debug`.
    pub level: String,
    /// How log lines look.
    pub format: Format,
    /// The base address of an OTLP/HTTP collector, such as `http://localhost:4318`; without one nothing is exported.
    pub otlp_endpoint: Option<String>,
    /// Which part of the traces that begin here is exported, 0 to 1.
    pub sample_ratio: f64,
    /// How often measures are exported.
    pub export_interval_seconds: u64,
}

impl Default for TelemetrySettings {
    fn default() -> Self {
        Self {
            level: "info".to_owned(),
            format: Format::Auto,
            otlp_endpoint: None,
            sample_ratio: 1.0,
            export_interval_seconds: 60,
        }
    }
}

/// Why telemetry could not be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelemetryError {
    /// The level cannot be read.
    Level(String),
    /// The part of traces to export is not between 0 and 1.
    SampleRatio,
    /// The endpoint is no plain HTTP address.
    Endpoint,
    /// The exporter cannot be made.
    Exporter(String),
    /// The process already has another subscriber.
    Taken,
}

impl fmt::Display for TelemetryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(level) => {
                write!(f, "`telemetry.level` is `{level}`: write a level such as `info`, or `info,bus=debug`")
            }
            Self::SampleRatio => f.write_str("`telemetry.sample_ratio` must lie between 0 and 1"),
            Self::Endpoint => f.write_str(
                "`telemetry.otlp_endpoint` must be a plain HTTP address such as `http://localhost:4318`: run a \
                 collector near the office and let it speak TLS to others",
            ),
            Self::Exporter(problem) => write!(f, "the exporter of `telemetry.otlp_endpoint`: {problem}"),
            Self::Taken => f.write_str("this process already has a tracing subscriber"),
        }
    }
}

impl std::error::Error for TelemetryError {}

/// Whether this process has its subscriber; there is one for its whole life.
static STARTED: Mutex<bool> = Mutex::new(false);

/// The running telemetry of a process. Without [`Telemetry::shutdown`] the last spans are lost.
#[derive(Debug)]
#[must_use = "call `shutdown` at the end, or the last spans are lost"]
pub struct Telemetry {
    /// What this handle has to shut down; nothing when another handle does.
    spans: Option<SdkTracerProvider>,
}

/// Starts logs, traces and measures for the process that runs `service`, and logs panics by their place only, for
/// their messages may quote a person's data.
///
/// The first call in a process counts; later ones change nothing and give a handle whose shutdown does nothing.
/// Records of the `log` crate are not taken: their text is made by others.
///
/// # Errors
/// Names the setting that cannot be used.
pub fn init(settings: &TelemetrySettings, service: &str) -> Result<Telemetry, TelemetryError> {
    let levels = levels(&settings.level)?;
    if !(0.0..=1.0).contains(&settings.sample_ratio) {
        return Err(TelemetryError::SampleRatio);
    }
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if *started {
        return Ok(Telemetry { spans: None });
    }
    let resource = Resource::builder().with_service_name(service.to_owned()).build();
    let mut provider = SdkTracerProvider::builder()
        .with_resource(resource.clone())
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.sample_ratio))));
    let mut measures = None;
    if let Some(endpoint) = &settings.otlp_endpoint {
        provider = provider.with_batch_exporter(export::spans(endpoint)?);
        measures = Some((export::measures(endpoint)?, Duration::from_secs(settings.export_interval_seconds.max(1))));
    }
    metrics::start(resource, measures);
    let provider = provider.build();
    let json = match settings.format {
        Format::Auto => !std::io::stderr().is_terminal(),
        Format::Human => false,
        Format::Json => true,
    };
    let lines = lines::Lines { service: service.to_owned(), json, clock: Clock::system(), out: std::io::stderr };
    let subscriber = Registry::default().with(spans_layer(&provider)).with(lines_layer(lines, levels));
    tracing::subscriber::set_global_default(subscriber).map_err(|_| TelemetryError::Taken)?;
    log_panics();
    *started = true;
    Ok(Telemetry { spans: Some(provider) })
}

impl Telemetry {
    /// Sends what is left to the collector and waits for it, some seconds at most.
    pub async fn shutdown(self) {
        let Some(spans) = self.spans else { return };
        // The exporters' client blocks, which an async thread must not.
        let ended = tokio::task::spawn_blocking(move || {
            let spans = spans.shutdown().map_err(|error| error.to_string());
            let measures = metrics::stop().map_err(|error| error.to_string());
            spans.and(measures)
        });
        match ended.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(error, "the last spans or measures did not reach the collector"),
            Err(_) => tracing::warn!("the end of telemetry panicked"),
        }
    }
}

/// The levels of log lines, read from the setting.
fn levels(setting: &str) -> Result<Targets, TelemetryError> {
    let given: Targets = setting.parse().map_err(|_| TelemetryError::Level(setting.to_owned()))?;
    Ok(quiet_others().with_default(given.default_level().unwrap_or(LevelFilter::INFO)).with_targets(given))
}

fn quiet_others() -> Targets {
    Targets::new().with_targets(OTHERS.iter().map(|name| (*name, LevelFilter::WARN)))
}

/// The layer that makes OpenTelemetry spans. Its level is fixed: a trace must not break because somebody logs less.
fn spans_layer<S>(provider: &SdkTracerProvider) -> impl Layer<S> + Send + Sync + use<S>
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
{
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("vanphong"))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_error_fields_to_exceptions(false)
        .with_error_events_to_exceptions(false)
        .with_error_records_to_exceptions(false)
        .with_filter(quiet_others().with_default(LevelFilter::INFO))
}

/// The layer that writes log lines: events by their level, and the fields of spans whatever the level.
fn lines_layer<S, W>(lines: lines::Lines<W>, levels: Targets) -> impl Layer<S> + Send + Sync
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> tracing_subscriber::fmt::MakeWriter<'a> + Send + Sync + 'static,
{
    let spans = filter_fn(|metadata| metadata.is_span() && *metadata.level() <= tracing::Level::INFO);
    lines.with_filter(levels.or(spans))
}

fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let path = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
        tracing::error!(event = "panic", path, "a thread panicked; its message is left out, it may quote a person");
    }));
}

#[cfg(test)]
mod tests;
