//! W3C trace context: how one trace runs through HTTP headers, bus headers and outbox rows.

use std::collections::HashMap;

use opentelemetry::{Context, propagation::TextMapPropagator as _, trace::TraceContextExt as _};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The `traceparent` of the current span, to be sent along; nothing outside of any span.
#[must_use]
pub fn current() -> Option<String> {
    let mut carrier = HashMap::new();
    TraceContextPropagator::new().inject_context(&tracing::Span::current().context(), &mut carrier);
    carrier.remove(wire::header::TRACE)
}

/// Makes `span` a child of the remote span that `traceparent` names. To be called before the span is entered for the
/// first time: after that its parent is settled. What is absent or is no trace context changes nothing, since a client
/// may send anything.
pub fn adopt(span: &tracing::Span, traceparent: Option<&str>) {
    let Some(traceparent) = traceparent else { return };
    let carrier = HashMap::from([(wire::header::TRACE.to_owned(), traceparent.to_owned())]);
    let context = TraceContextPropagator::new().extract_with_context(&Context::new(), &carrier);
    if context.span().span_context().is_valid() {
        // Refused when nothing records spans, or when the span has begun; neither is worth failing a call for.
        let _ = span.set_parent(context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::testing::capture;

    /// Recorded by another process: trace, span, sampled.
    const REMOTE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_trace_goes_on_in_the_next_service() {
        let capture = capture().unwrap();
        let first = tracing::info_span!("gateway");
        adopt(&first, Some(REMOTE));
        let sent = first.in_scope(current).unwrap();
        let second = tracing::info_span!("identity");
        adopt(&second, Some(&sent));
        second.in_scope(|| tracing::info_span!("query").in_scope(|| ()));
        drop((first, second));

        let spans = capture.trace("4bf92f3577b34da6a3ce929d0e0e4736");
        let named = |name: &str| spans.iter().find(|span| span.name == name).unwrap();
        assert_eq!(named("gateway").parent_id.as_deref(), Some("00f067aa0ba902b7"));
        assert_eq!(named("identity").parent_id.as_ref(), Some(&named("gateway").span_id));
        assert_eq!(named("query").parent_id.as_ref(), Some(&named("identity").span_id));
        assert_eq!(sent, format!("00-4bf92f3577b34da6a3ce929d0e0e4736-{}-01", named("gateway").span_id));
    }

    #[test]
    fn what_is_no_trace_context_starts_a_trace_of_its_own() {
        let _capture = capture().unwrap();
        assert_eq!(current(), None);
        for bad in [None, Some(""), Some("<script>"), Some("00-00000000000000000000000000000000-00f067aa0ba902b7-01")] {
            let span = tracing::info_span!("gateway");
            adopt(&span, bad);
            let sent = span.in_scope(current).unwrap();
            assert_eq!(sent.len(), REMOTE.len());
            assert!(!sent.contains("00000000000000000000000000000000"), "{sent}");
        }
    }
}
