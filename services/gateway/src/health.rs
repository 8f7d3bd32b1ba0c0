//! `/livez`, `/readyz`, `/metrics`: what those ask who run the installation.

use std::net::IpAddr;

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode},
};
use runtime::{Health, health::State};
use serde_json::{Value, json};

use crate::{Refusal, client::is_this_machine, gate::Gate, problem::Problem, reply};

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

/// The measures, for this machine and the readers that the settings name.
///
/// # Errors
/// For everybody else the page does not exist.
pub(crate) async fn metrics(gate: &Gate, from: IpAddr, headers: &HeaderMap) -> Result<Response<Body>, Problem> {
    if !is_this_machine(from, headers) && !gate.settings.metrics_readers.contains(&from) {
        return Err(Refusal::NoSuchPath.into());
    }
    // Gathering waits for the thread that reads the instruments.
    let page = tokio::task::spawn_blocking(runtime::metrics::render_prometheus).await.map_err(|_| Refusal::Broken)?;
    Ok(reply::text("text/plain; version=0.0.4", page))
}
