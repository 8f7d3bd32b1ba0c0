//! A request that is a call of a service: gathered, asked, answered.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{Request, Response},
};
use tokio::time::Instant as Tick;
use wire::{Effect, Fault, Need};

use crate::{Refusal, client::Client, download, gate::Gate, problem::Problem, reply, request, table::Route};

/// Answers a request for a route.
///
/// # Errors
/// What the door refuses, and what the service does.
pub(crate) async fn call(
    gate: &Gate,
    route: &Arc<Route>,
    texts: Vec<(String, String)>,
    client: &Client,
    asked: Request<Body>,
) -> Result<Response<Body>, Problem> {
    let until = Tick::now() + Duration::from_secs(gate.settings.request_seconds);
    if route.row.need == Need::Open && route.row.effect == Effect::Write {
        gate.limits.admit_sign_in(client.network)?;
    }
    // To an open call a token is nothing but a courtesy: one that has run out must not keep anybody from a new one.
    if let (Err(fault), false) = (&client.caller, route.row.need == Need::Open) {
        return Err(fault.clone().into());
    }
    let (parts, body) = asked.into_parts();
    let meta = request::meta(&parts.headers, client)?;
    let fields = request::gather(route, texts, &parts.uri, &parts.headers, body, until).await?;
    let body = serde_json::to_vec(&fields).map_err(|_| Refusal::Broken)?;
    let left = until.saturating_duration_since(Tick::now());
    let answer = gate.platform.bus.call(&route.subject, &meta, body.into(), left).await.map_err(Fault::from)?;
    if answer.fault {
        let fault: Fault = serde_json::from_slice(&answer.body).map_err(|error| unreadable(route, &error))?;
        return Err(fault.into());
    }
    if route.row.download {
        let found = serde_json::from_slice(&answer.body).map_err(|error| unreadable(route, &error))?;
        return download::response(gate, route, found, &parts.headers).await;
    }
    Ok(reply::response(route, parts.uri.path(), &parts.headers, answer.body))
}

/// An answer that is not what the contract says. The error tells only where, so that nothing of the answer is logged.
fn unreadable(route: &Route, error: &serde_json::Error) -> Problem {
    let (service, call) = (route.service.as_str(), route.row.name.as_str());
    tracing::error!(service, call, position = error.column(), "an answer is not what the contract says");
    Refusal::Broken.into()
}
