//! `/livez`, `/readyz`, `/metrics`: what those ask who run the installation.

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode},
};
use runtime::{Health, health::State};
use serde_json::{Value, json};

use crate::{
    client::{is_this_machine, network},
    gate::Gate,
    reply,
};

/// The process runs and answers.
pub(crate) fn live() -> Response<Body> {
    reply::json(StatusCode::OK, &json!({ "live": true }))
}

/// Whether the process can do its work, part by part.
pub(crate) fn ready(health: &Health) -> Response<Body> {
    let (ready, parts) = health.ready();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let parts: Vec<Value> = parts.iter().map(|(name, state)| part(name, *state)).collect();
    reply::json(status, &json!({ "ready": ready, "parts": parts }))
}

fn part(name: &str, state: State) -> Value {
    match state {
        State::Up => json!({ "name": name, "state": "up" }),
        State::Lagging => json!({ "name": name, "state": "lagging" }),
        State::Down(reason) => json!({ "name": name, "state": "down", "reason": reason }),
    }
}

/// The measures, for this machine and the readers that the settings name. To everybody else the page does not exist.
pub(crate) fn metrics(gate: &Gate, peer: std::net::IpAddr, headers: &HeaderMap) -> Option<Response<Body>> {
    let from = network(peer, headers, &gate.settings.proxies);
    let admitted = is_this_machine(from, headers) || gate.settings.metrics_readers.contains(&from);
    admitted.then(|| reply::text("text/plain; version=0.0.4", runtime::metrics::render_prometheus()))
}
