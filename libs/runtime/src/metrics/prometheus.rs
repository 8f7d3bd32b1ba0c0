//! The text format of Prometheus, made from what the OpenTelemetry SDK has collected.

use std::{
    fmt::{Display, Write as _},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use opentelemetry::KeyValue;
use opentelemetry_sdk::{
    error::OTelSdkResult,
    metrics::{
        Temporality,
        data::{AggregatedMetrics, Histogram, Metric, MetricData, ResourceMetrics},
        exporter::PushMetricExporter,
    },
};

/// An exporter that writes the measures on a page instead of sending them.
pub(super) struct Page(pub(super) Arc<Mutex<String>>);

impl PushMetricExporter for Page {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        let text = render(metrics);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text;
        Ok(())
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }

    fn temporality(&self) -> Temporality {
        Temporality::Cumulative
    }
}

fn render(metrics: &ResourceMetrics) -> String {
    let mut page = String::new();
    for metric in metrics.scope_metrics().flat_map(|scope| scope.metrics()) {
        match metric.data() {
            AggregatedMetrics::F64(data) => family(&mut page, metric, data),
            AggregatedMetrics::U64(data) => family(&mut page, metric, data),
            AggregatedMetrics::I64(data) => family(&mut page, metric, data),
        }
    }
    page
}

/// One metric with its lines. Exponential histograms have no place in this format and none is made here.
fn family<T: Copy + Display>(page: &mut String, metric: &Metric, data: &MetricData<T>) {
    let (kind, suffix) = match data {
        MetricData::Gauge(_) => ("gauge", ""),
        MetricData::Sum(sum) if sum.is_monotonic() => ("counter", "_total"),
        MetricData::Sum(_) => ("gauge", ""),
        MetricData::Histogram(_) => ("histogram", ""),
        MetricData::ExponentialHistogram(_) => return,
    };
    let name = format!("{}{suffix}", name(metric.name(), metric.unit()));
    // Writing into a string cannot fail, here and below.
    let _ = write!(page, "# HELP {name} {}\n# TYPE {name} {kind}\n", metric.description());
    match data {
        MetricData::Gauge(gauge) => {
            gauge.data_points().for_each(|point| line(page, &name, &labels(point.attributes()), point.value()));
        }
        MetricData::Sum(sum) => {
            sum.data_points().for_each(|point| line(page, &name, &labels(point.attributes()), point.value()));
        }
        MetricData::Histogram(histogram) => buckets(page, &name, histogram),
        MetricData::ExponentialHistogram(_) => {}
    }
}

/// The lines of a histogram. The SDK counts each bucket by itself; this format counts all that is not above a bound.
fn buckets<T: Copy + Display>(page: &mut String, name: &str, histogram: &Histogram<T>) {
    for point in histogram.data_points() {
        let labels = labels(point.attributes());
        let bounds = point.bounds().map(|bound| bound.to_string()).chain(["+Inf".to_owned()]);
        let mut below = 0;
        for (bound, count) in bounds.zip(point.bucket_counts()) {
            below += count;
            let mut labels = labels.clone();
            labels.push(("le".to_owned(), bound));
            line(page, &format!("{name}_bucket"), &labels, below);
        }
        line(page, &format!("{name}_sum"), &labels, point.sum());
        line(page, &format!("{name}_count"), &labels, point.count());
    }
}

fn line(page: &mut String, name: &str, labels: &[(String, String)], value: impl Display) {
    let labels: Vec<_> = labels.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    let braced = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
    let _ = writeln!(page, "{name}{braced} {value}");
}

fn labels<'a>(attributes: impl Iterator<Item = &'a KeyValue>) -> Vec<(String, String)> {
    let mut labels: Vec<_> =
        attributes.map(|pair| (plain(pair.key.as_str()), escaped(&pair.value.to_string()))).collect();
    labels.sort_unstable();
    labels
}

/// The name of a metric with its unit, as OpenTelemetry's rules for Prometheus write it.
fn name(name: &str, unit: &str) -> String {
    let name = plain(name);
    match unit {
        "s" => format!("{name}_seconds"),
        "By" => format!("{name}_bytes"),
        _ => name,
    }
}

fn plain(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
