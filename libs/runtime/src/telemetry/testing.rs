//! Spans kept in memory, so that a test can show one trace across services.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing_subscriber::{Registry, layer::SubscriberExt as _};

use super::{STARTED, TelemetryError, export::Allowed, spans_layer};

/// A span that has ended, as a collector would get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedSpan {
    /// Its name: of the span in code, or the field `otel.name`.
    pub name: String,
    /// 32 hexadecimal digits.
    pub trace_id: String,
    /// 16 hexadecimal digits.
    pub span_id: String,
    /// The span it is part of, possibly of another process; absent at the root of a trace.
    pub parent_id: Option<String>,
    /// Allowed fields, as text.
    pub attributes: BTreeMap<String, String>,
}

/// Access to the spans that have ended in this process.
#[derive(Clone, Debug)]
pub struct Capture(InMemorySpanExporter);

/// Keeps spans in memory from now on, in the whole process.
///
/// The subscriber is the global one, because a test's tasks run on several threads. Tests of one process therefore
/// see each other's spans: look at one's own trace with [`Capture::trace`]. A second call gives the same store.
///
/// # Errors
/// [`TelemetryError::Taken`] when the process already sends its telemetry elsewhere.
pub fn capture() -> Result<Capture, TelemetryError> {
    static STORE: Mutex<Option<InMemorySpanExporter>> = Mutex::new(None);
    let mut store = STORE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(exporter) = &*store {
        return Ok(Capture(exporter.clone()));
    }
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if *started {
        return Err(TelemetryError::Taken);
    }
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(Allowed(exporter.clone())).build();
    let subscriber = Registry::default().with(spans_layer(&provider));
    tracing::subscriber::set_global_default(subscriber).map_err(|_| TelemetryError::Taken)?;
    *started = true;
    *store = Some(exporter.clone());
    Ok(Capture(exporter))
}

impl Capture {
    /// Every span of the process that has ended, in the order of ending.
    #[must_use]
    pub fn spans(&self) -> Vec<FinishedSpan> {
        self.0.get_finished_spans().unwrap_or_default().into_iter().map(finished).collect()
    }

    /// The spans of one trace, named by its 32 digits or by a whole `traceparent`.
    #[must_use]
    pub fn trace(&self, trace: &str) -> Vec<FinishedSpan> {
        let trace = trace.split('-').nth(1).unwrap_or(trace);
        self.spans().into_iter().filter(|span| span.trace_id == trace).collect()
    }
}

fn finished(span: SpanData) -> FinishedSpan {
    FinishedSpan {
        name: span.name.into_owned(),
        trace_id: span.span_context.trace_id().to_string(),
        span_id: span.span_context.span_id().to_string(),
        parent_id: Some(span.parent_span_id)
            .filter(|id| *id != opentelemetry::trace::SpanId::INVALID)
            .map(|id| id.to_string()),
        attributes: span.attributes.into_iter().map(|pair| (pair.key.to_string(), pair.value.to_string())).collect(),
    }
}
