//! One span, one measure and one set of headers for each request, whatever happens to it.

use std::{
    convert::Infallible,
    net::IpAddr,
    panic::AssertUnwindSafe,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    BoxError,
    body::{Body, HttpBody},
    http::{HeaderMap, Method, Request, Response, StatusCode, header},
};
use bytes::Bytes;
use futures_util::{FutureExt as _, future::BoxFuture};
use tokio::time::Instant as Tick;
use tracing::{Instrument as _, Span, field::Empty};

use crate::{
    Refusal,
    gate::{Answered, Gate, language},
    headers,
};

/// Answers the requests of one peer.
#[derive(Clone)]
pub(crate) struct Answering {
    pub(crate) gate: Arc<Gate>,
    pub(crate) peer: IpAddr,
}

impl<B> tower::Service<Request<B>> for Answering
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (gate, peer) = (Arc::clone(&self.gate), self.peer);
        Box::pin(async move { Ok(observe(&gate, peer, request.map(Body::new)).await) })
    }
}

async fn observe(gate: &Gate, peer: IpAddr, request: Request<Body>) -> Response<Body> {
    let method = method_word(request.method());
    let span = tracing::info_span!(
        "http",
        otel.name = Empty,
        otel.kind = "server",
        method,
        route = Empty,
        status = Empty,
        code = Empty
    );
    let parent = request.headers().get(wire::header::TRACE).and_then(|value| value.to_str().ok());
    runtime::trace::adopt(&span, parent);
    let begun = Tick::now();
    let mut response = respond(gate, peer, request, method, begun).instrument(span).await;
    headers::secure(&mut response, gate.origin.starts_with("https://"));
    response
}

async fn respond(gate: &Gate, peer: IpAddr, request: Request<Body>, method: &str, begun: Tick) -> Response<Body> {
    let lang = language(&request);
    let answered = AssertUnwindSafe(gate.answer(peer, request)).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a request made the gateway panic");
        Answered { route: "unmatched".into(), result: Err(Refusal::Broken.into()) }
    });
    let span = Span::current();
    let response = answered.result.unwrap_or_else(|problem| {
        span.record("code", problem.code());
        problem.response(lang, trace_id().as_deref())
    });
    let (route, status) = (&*answered.route, response.status().as_u16());
    span.record("otel.name", format!("{method} {route}"));
    span.record("route", route);
    span.record("status", status);
    runtime::metrics::http_done(method, route, status, begun.elapsed().as_secs_f64());
    if status >= 500 {
        tracing::warn!("a request was not answered as it should be");
    }
    response
}

/// The id of the current trace, under which logs and spans of this request are found.
fn trace_id() -> Option<String> {
    runtime::trace::current()?.split('-').nth(1).map(str::to_owned)
}

/// The method as measures name it; a made-up one must not make a series of its own.
fn method_word(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "_OTHER",
    }
}

/// What is worth compressing: texts made here or by services. Files and streams pass as they are.
pub(crate) fn compressible(_: StatusCode, headers: &HeaderMap) -> bool {
    const TEXTS: [&str; 4] = ["application/json", "application/problem+json", "text/html", "text/css"];
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = stated.split(';').next().unwrap_or_default();
    TEXTS.contains(&media_type) && !headers.contains_key(header::CONTENT_DISPOSITION)
}
