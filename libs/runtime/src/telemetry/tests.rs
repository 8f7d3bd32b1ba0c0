//! What a log line shows and what it leaves out.

use std::{io, sync::Arc};

use serde_json::Value;

use super::*;

/// Where lines go in these tests.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs `work` with a subscriber of its own and gives what was logged.
fn logged(json: bool, level: &str, work: impl FnOnce()) -> String {
    let buffer = Buffer::default();
    let out = buffer.clone();
    let provider = SdkTracerProvider::builder().build();
    let clock = Clock::fixed("2026-11-22T08:30:00Z".parse().unwrap());
    let lines = lines::Lines { service: "office".to_owned(), json, clock, out: move || out.clone() };
    let subscriber = Registry::default().with(spans_layer(&provider)).with(lines_layer(lines, levels(level).unwrap()));
    tracing::subscriber::with_default(subscriber, work);
    String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap()
}

/// A careless line of code, a careless span and a careless later record.
fn careless() {
    let span = tracing::info_span!("call", subject = "call.identity.sign_in.v1", name = "Nguyễn Văn An", note = 7);
    span.record("name", "hunter2");
    let _entered = span.enter();
    let person = "Nguyễn Văn An";
    tracing::info!(name = person, body = ?[person], phone = %"0900000000", count = 3, ok = true, "signed in");
    tracing::error!(person, error = "busy", "not signed in");
}

#[test]
fn fields_that_are_not_allowed_never_reach_a_line() {
    for json in [true, false] {
        let out = logged(json, "trace", careless);
        for secret in ["Nguyễn", "hunter2", "0900000000", "name", "phone", "body", "note", "person"] {
            assert!(!out.contains(secret), "{secret}: {out}");
        }
        for shown in ["signed in", "call.identity.sign_in.v1", "busy", "office"] {
            assert!(out.contains(shown), "{shown}: {out}");
        }
    }
}

#[test]
fn a_json_line_has_the_moment_the_message_the_trace_and_the_fields_of_its_spans() {
    let out = logged(true, "info", || {
        let outer = tracing::info_span!("call", service = "identity", call = "sign_in", attempt = 1);
        let _outer = outer.enter();
        let inner = tracing::info_span!("attempt", attempt = 2);
        inner.in_scope(|| tracing::info!(duration_ms = 12, outcome = "ok", "answered"));
    });
    let line: Value = serde_json::from_str(out.trim_end()).unwrap();
    assert_eq!(line["time"], "2026-11-22T08:30:00Z");
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["message"], "answered");
    assert_eq!((&line["service"], &line["call"]), (&"identity".into(), &"sign_in".into()));
    assert_eq!((&line["attempt"], &line["duration_ms"]), (&2.into(), &12.into()));
    assert_eq!(line["trace_id"].as_str().unwrap().len(), 32);
}

#[test]
fn a_line_for_a_terminal_is_one_line_whatever_is_in_it() {
    let out = logged(false, "info", || {
        tracing::warn!(error = "first\n2026-11-22T08:30:00Z ERROR forged \u{1b}[2J", count = 2, "odd");
    });
    assert_eq!(out.lines().count(), 1);
    assert!(!out.contains('\u{1b}'));
    assert!(
        out.starts_with("2026-11-22T08:30:00Z WARN  runtime::telemetry::tests: odd service=office error="),
        "{out}"
    );
    assert!(out.ends_with(" count=2\n"), "{out}");
}

#[test]
fn the_level_hides_events_and_keeps_the_fields_of_spans() {
    let work = || {
        let span = tracing::info_span!("call", call = "sign_in");
        let _entered = span.enter();
        tracing::info!("hidden");
        tracing::warn!("shown");
        tracing::info!(target: "sqlx::query", "somebody else's text");
    };
    let out = logged(true, "warn", work);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.contains("shown") && out.contains("sign_in"), "{out}");
    assert!(!logged(true, "info", work).contains("somebody else's text"));
    assert!(logged(true, "info,sqlx=info", work).contains("somebody else's text"));
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    let level = TelemetrySettings { level: "bus=loud".into(), ..TelemetrySettings::default() };
    assert_eq!(init(&level, "office").unwrap_err(), TelemetryError::Level("bus=loud".into()));
    for sample_ratio in [-0.1, 1.1, f64::NAN] {
        let ratio = TelemetrySettings { sample_ratio, ..TelemetrySettings::default() };
        assert_eq!(init(&ratio, "office").unwrap_err(), TelemetryError::SampleRatio);
    }
}

#[test]
fn exported_spans_carry_allowed_fields_only() {
    let capture = testing::capture().unwrap();
    let sent = tracing::info_span!("call", otel.name = "call.identity.sign_in.v1", service = "identity", name = "An")
        .in_scope(crate::trace::current)
        .unwrap();
    let spans = capture.trace(&sent);
    assert_eq!(spans.len(), 1);
    assert_eq!(spans[0].name, "call.identity.sign_in.v1");
    let attributes: Vec<_> = spans[0].attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(attributes, [("service", "identity"), ("target", "runtime::telemetry::tests")]);
}
