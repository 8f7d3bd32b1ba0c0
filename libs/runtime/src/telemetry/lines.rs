//! Log lines: one per event, as JSON for machines or as text for a terminal, with allowed fields only.

use std::io::Write as _;

use opentelemetry::{Context as OtelContext, trace::TraceContextExt as _};
use serde_json::{Map, Value};
use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    fmt::MakeWriter,
    layer::{Context, Layer},
    registry::LookupSpan,
};

use super::fields::Fields;
use crate::Clock;

/// Writes a line for every event.
pub(super) struct Lines<W> {
    /// Which service speaks when no span says otherwise.
    pub(super) service: String,
    /// JSON, or text for a terminal.
    pub(super) json: bool,
    /// The time on each line.
    pub(super) clock: Clock,
    /// Where lines go.
    pub(super) out: W,
}

impl<W> Lines<W> {
    fn line<'a, S>(&self, event: &Event<'_>, context: &Context<'a, S>) -> String
    where
        S: Subscriber + for<'b> LookupSpan<'b>,
    {
        let mut said = Fields::default();
        said.set("service", self.service.as_str().into());
        if let Some(trace) = current_trace() {
            said.set("trace_id", trace.into());
        }
        for span in context.event_scope(event).into_iter().flat_map(tracing_subscriber::registry::Scope::from_root) {
            if let Some(fields) = span.extensions().get::<Fields>() {
                for (name, value) in &fields.values {
                    said.set(name, value.clone());
                }
            }
        }
        event.record(&mut said);
        let moment = self.clock.now().to_string();
        if self.json { json(&moment, event.metadata(), said) } else { text(&moment, event.metadata(), &said) }
    }
}

fn current_trace() -> Option<String> {
    OtelContext::map_current(|context| {
        let span = context.span();
        let span = span.span_context();
        span.is_valid().then(|| span.trace_id().to_string())
    })
}

fn json(moment: &str, metadata: &Metadata<'_>, said: Fields) -> String {
    let mut line = Map::new();
    line.insert("time".into(), moment.into());
    line.insert("level".into(), metadata.level().as_str().into());
    line.insert("target".into(), metadata.target().into());
    line.insert("message".into(), said.message.into());
    line.extend(said.values.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Value::Object(line).to_string()
}

fn text(moment: &str, metadata: &Metadata<'_>, said: &Fields) -> String {
    let mut line = format!("{moment} {:<5} {}: {}", metadata.level(), metadata.target(), on_one_line(&said.message));
    for (name, value) in &said.values {
        line.push_str(&format!(" {name}={}", on_one_line(&bare(value))));
    }
    line
}

/// A text without quotes when it needs none.
fn bare(value: &Value) -> String {
    match value.as_str() {
        Some(text) if !text.is_empty() && !text.contains([' ', '"', '=']) => text.to_owned(),
        _ => value.to_string(),
    }
}

/// A text in which nothing can end the line or steer the terminal.
fn on_one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { letter.escape_default().to_string() } else { letter.to_string() })
        .collect()
}

impl<S, W> Layer<S> for Lines<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut line = self.line(event, &context);
        line.push('\n');
        // One write for one line, so that lines of other threads do not cut into it. A log that cannot be written is
        // no reason to stop the work it tells of.
        let _ = self.out.make_writer().write_all(line.as_bytes());
    }
}
