//! Calls and messages as those see them who send or take them.

use opentelemetry::KeyValue;

use super::{measures, with_error};

/// A call was answered, or was not. `subject` is that of a contract, `call.<service>.<call>`; `outcome` is [`OK`](super::OK) or a
/// fixed word for what happened instead.
pub fn call_sent(subject: &str, outcome: &'static str, seconds: f64) {
    let method = subject.strip_prefix("call.").unwrap_or(subject).replacen('.', "/", 1);
    let labels = with_error(
        vec![
            KeyValue::new("rpc.system.name", "vanphong"),
            KeyValue::new("rpc.method", method),
            KeyValue::new("rpc.response.status_code", outcome),
        ],
        outcome,
    );
    measures().each(|set| set.calls_sent.record(seconds, &labels));
}

/// A message was handed to the courier `system`, which took it ([`OK`](super::OK)) or did not (a fixed word).
pub fn published(system: &'static str, publisher: &str, outcome: &'static str, seconds: f64) {
    let labels = with_error(operation(system, "publish", "send", publisher), outcome);
    measures().each(|set| {
        set.operations.record(seconds, &labels);
        set.sent.add(1, &labels);
    });
}

/// The courier delivered a message of `publisher` to `consumer`.
pub fn consumed(system: &'static str, publisher: &str, consumer: &str) {
    let mut labels = operation(system, "receive", "receive", publisher);
    labels.push(KeyValue::new("messaging.consumer.group.name", consumer.to_owned()));
    measures().each(|set| set.consumed.add(1, &labels));
}

/// `consumer` has worked on a message of `publisher`: [`OK`](super::OK) when its events are applied or parked, else a fixed word,
/// and the message comes again.
pub fn processed(system: &'static str, publisher: &str, consumer: &str, outcome: &'static str, seconds: f64) {
    let mut labels = operation(system, "process", "process", publisher);
    labels.push(KeyValue::new("messaging.consumer.group.name", consumer.to_owned()));
    let labels = with_error(labels, outcome);
    measures().each(|set| set.processing.record(seconds, &labels));
}

fn operation(system: &'static str, name: &'static str, kind: &'static str, publisher: &str) -> Vec<KeyValue> {
    vec![
        KeyValue::new("messaging.system", system),
        KeyValue::new("messaging.operation.name", name),
        KeyValue::new("messaging.operation.type", kind),
        KeyValue::new("messaging.destination.name", wire::event_subject(publisher)),
    ]
}
