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
    http::{HeaderMap, Method, Request, Response, header},
};
use bytes::Bytes;
use futures_util::{FutureExt as _, future::BoxFuture};
use tokio::time::Instant as Tick;
use tracing::{Instrument as _, Span, field::Empty};

use crate::{
    Refusal,
    activity::Activity,
    client,
    gate::{Gate, Target},
    headers,
    lingering::lingering,
};

/// Answers the requests of one peer.
#[derive(Clone)]
pub(crate) struct Answering {
    pub(crate) gate: Arc<Gate>,
    pub(crate) peer: IpAddr,
    pub(crate) activity: Activity,
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
        let request = request.map(|body| lingering(Body::new(body)));
        let (activity, open) = (self.activity.clone(), self.activity.begin());
        Box::pin(async move {
            let response = observe(&gate, peer, request).await;
            drop(open);
            Ok(response.map(|body| activity.noted(body)))
        })
    }
}

async fn observe(gate: &Gate, peer: IpAddr, request: Request<Body>) -> Response<Body> {
    let (method, target) = (method_word(request.method()), gate.target(&request));
    let route = target.route().to_owned();
    let span = tracing::info_span!(
        "http",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        method,
        route,
        status = Empty,
        code = Empty
    );
    let parent = request.headers().get(wire::header::TRACE).and_then(|value| value.to_str().ok());
    runtime::trace::adopt(&span, parent);
    let begun = Tick::now();
    let mut response = respond(gate, target, peer, request).instrument(span).await;
    let is_secure = gate.origin.starts_with("https://");
    let scheme = if is_secure { "https" } else { "http" };
    runtime::metrics::http_done(method, scheme, &route, response.status().as_u16(), begun.elapsed().as_secs_f64());
    headers::secure(&mut response, is_secure);
    response
}

async fn respond(gate: &Gate, target: Target, peer: IpAddr, request: Request<Body>) -> Response<Body> {
    let lang = client::language(request.headers());
    let answered = AssertUnwindSafe(gate.answer(target, peer, request)).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a request made the gateway panic");
        Err(Refusal::Broken.into())
    });
    let span = Span::current();
    let response = answered.unwrap_or_else(|problem| {
        span.record("code", problem.code());
        problem.response(lang, trace_id().as_deref())
    });
    span.record("status", response.status().as_u16());
    if response.status().is_server_error() {
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
pub(crate) fn compressible(headers: &HeaderMap) -> bool {
    const TEXTS: [&str; 6] =
        ["application/json", "application/problem+json", "text/html", "text/css", "text/javascript", "image/svg+xml"];
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = stated.split(';').next().unwrap_or_default();
    TEXTS.contains(&media_type) && !headers.contains_key(header::CONTENT_DISPOSITION)
}
