//! Spans and measures on their way to a collector, by OTLP over HTTP, with allowed fields only.

use std::time::Duration;

use opentelemetry::{KeyValue, trace::Status};
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    trace::{SpanData, SpanExporter},
};

use super::{TelemetryError, fields};

/// How long one export may take. Work never waits for it: exporters have threads of their own.
const PATIENCE: Duration = Duration::from_secs(5);

/// An exporter that lets only allowed attributes through.
#[derive(Debug)]
pub(super) struct Allowed<E>(pub(super) E);

impl<E: SpanExporter> SpanExporter for Allowed<E> {
    async fn export(&self, mut batch: Vec<SpanData>) -> OTelSdkResult {
        batch.iter_mut().for_each(strip);
        self.0.export(batch).await
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}

/// Takes out of a span whatever is not on the allow-list.
fn strip(span: &mut SpanData) {
    // `level` and `target` are written by the bridge from tracing, out of what the compiler knows.
    let stays = |pair: &KeyValue| matches!(pair.key.as_str(), "level" | "target") || fields::allowed(pair.key.as_str());
    span.attributes.retain(stays);
    for event in &mut span.events.events {
        event.attributes.retain(stays);
    }
    for link in &mut span.links.links {
        link.attributes.retain(stays);
    }
    if let Status::Error { description } = &mut span.status {
        *description = "".into();
    }
}

/// Sends spans to the collector at `endpoint`.
///
/// The client is the blocking one: the exporter's own thread has no reactor, and an async client panics there.
pub(super) fn spans(endpoint: &str) -> Result<Allowed<opentelemetry_otlp::SpanExporter>, TelemetryError> {
    choose_cryptography();
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_endpoint(format!("{}/v1/traces", base(endpoint)?))
        .with_timeout(PATIENCE)
        .build()
        .map_err(|error| TelemetryError::Exporter(error.to_string()))?;
    Ok(Allowed(exporter))
}

/// Sends measures to the collector at `endpoint`.
pub(super) fn measures(endpoint: &str) -> Result<opentelemetry_otlp::MetricExporter, TelemetryError> {
    choose_cryptography();
    opentelemetry_otlp::MetricExporter::builder()
        .with_http()
        .with_endpoint(format!("{}/v1/metrics", base(endpoint)?))
        .with_timeout(PATIENCE)
        .build()
        .map_err(|error| TelemetryError::Exporter(error.to_string()))
}

/// Makes ring the process's cryptography, unless another part has already chosen. The exporters' HTTP client does not
/// start without a choice in a build where some other crate has given it TLS, although it speaks plain HTTP only.
fn choose_cryptography() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The endpoint without a last slash. Only plain HTTP is spoken: a collector stands on the same host or network, and
/// a TLS client of its own here would bring a second cryptographic provider into the process.
fn base(endpoint: &str) -> Result<&str, TelemetryError> {
    let base = endpoint.trim_end_matches('/');
    if base.strip_prefix("http://").is_some_and(|host| !host.is_empty()) {
        Ok(base)
    } else {
        Err(TelemetryError::Endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_plain_http() {
        assert_eq!(base("http://localhost:4318/").unwrap(), "http://localhost:4318");
        for bad in ["https://collector:4318", "localhost:4318", "http://", ""] {
            assert!(matches!(base(bad), Err(TelemetryError::Endpoint)), "{bad}");
        }
    }
}
