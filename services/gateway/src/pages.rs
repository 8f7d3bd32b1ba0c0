//! Pages: whatever is not the door's own is passed to the portal, so that browsers see one origin. What the portal says
//! may be handed out goes the way of every download, with the token that the portal names.

use std::{net::IpAddr, time::Duration};

use anyhow::Context as _;
use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, Version, header,
        uri::{Authority, PathAndQuery, Scheme},
    },
};
use futures_util::StreamExt as _;
use hyper_util::{
    client::legacy::{Client as HttpClient, connect::HttpConnector},
    rt::TokioExecutor,
};

use crate::{
    Refusal, docs_page,
    gate::{Gate, Target},
    hand_in::{self, HAND_IN, HAND_IN_TOKEN, Handed},
    problem::Problem,
};

/// The path to which browsers send a name and a password; counted like every attempt to sign in.
const SIGN_IN: &str = "/dang-nhap";
/// The network address of the client, as we saw it.
const CLIENT: HeaderName = HeaderName::from_static("x-client-network");
/// What browsers write before the path.
const ORIGIN: HeaderName = HeaderName::from_static("x-public-origin");
/// How large a file of a form may be, in bytes.
const UPLOAD_LIMIT: HeaderName = HeaderName::from_static("x-upload-limit");
/// When the certificate of the door ends.
const CERTIFICATE_ENDS: HeaderName = HeaderName::from_static("x-door-certificate-ends");
/// On an answer of the portal: the path of a download to hand out in its place …
const HAND_OUT: HeaderName = HeaderName::from_static("x-hand-out");
/// … and the token with which it is asked for.
const TOKEN: HeaderName = HeaderName::from_static("x-hand-out-token");
/// … and that the browser shows it within a page of ours instead of saving it.
const SHOWN: HeaderName = HeaderName::from_static("x-hand-out-shown");
/// What only the portal says to the door, and the door to nobody.
const INNER: [HeaderName; 5] = [HAND_OUT, TOKEN, SHOWN, HAND_IN, HAND_IN_TOKEN];
/// A PDF within a page of ours: the browser's viewer may draw it, and nothing in it is loaded or run.
const OF_SHOWN: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
/// What speaks about one connection and is not passed on.
const OF_CONNECTION: [HeaderName; 8] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("keep-alive"),
];
/// What only the door says to the portal, whatever the client wrote.
const OURS: [HeaderName; 8] =
    [CLIENT, ORIGIN, UPLOAD_LIMIT, CERTIFICATE_ENDS, HAND_IN, HAND_IN_TOKEN, header::AUTHORIZATION, header::FORWARDED];

/// The way to the portal.
pub(crate) struct Pages {
    client: HttpClient<HttpConnector, Body>,
    address: Authority,
}

impl Pages {
    /// The portal at `address`, as host and port.
    ///
    /// # Errors
    /// When that is no address.
    pub(crate) fn at(address: &str) -> anyhow::Result<Self> {
        let address = address.parse().with_context(|| {
            format!("`gateway.portal` is `{address}`: write host and port of the portal, such as `127.0.0.1:8081`")
        })?;
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(Duration::from_secs(2)));
        Ok(Self { client: HttpClient::builder(TokioExecutor::new()).build(connector), address })
    }

    /// Whether a request is an attempt to sign in.
    pub(crate) fn is_sign_in(request: &Request<Body>) -> bool {
        request.method() == Method::POST && request.uri().path() == SIGN_IN
    }

    /// Answers a request with what the portal answers.
    ///
    /// # Errors
    /// When what it hands out is refused, or a form with files cannot be read.
    pub(crate) async fn pass(
        &self,
        gate: &Gate,
        (peer, network): (IpAddr, IpAddr),
        request: Request<Body>,
    ) -> Result<Response<Body>, Problem> {
        let asked = (request.method().clone(), ranged(request.headers()));
        let handed = match hand_in::is_form(&request) {
            true => hand_in::plain(self, gate, (peer, network), request).await?,
            false => Handed::Form(request),
        };
        let mut response = match handed {
            Handed::Form(request) => self.ask(gate, network, request, None).await,
            Handed::No(response) => response,
        };
        let [path, token, shown, ..] = INNER.map(|name| response.headers_mut().remove(name));
        let Some(path) = path else { return Ok(response) };
        match (asked.0 == Method::GET, handed_out(&path, token, asked.1)) {
            (true, Some(request)) => {
                let response = hand_out(gate, peer, request).await?;
                Ok(if shown.is_some() { show(response) } else { response })
            }
            _ => Err(Refusal::Broken.into()),
        }
    }

    /// What the portal answers, or the page that says that it is away. `more` is said by the door.
    pub(crate) async fn ask(
        &self,
        gate: &Gate,
        network: IpAddr,
        request: Request<Body>,
        more: Option<(HeaderName, HeaderValue)>,
    ) -> Response<Body> {
        let Some(mut request) = self.addressed(gate, network, request) else { return docs_page::away(gate) };
        request.headers_mut().extend(more);
        let patience = Duration::from_secs(gate.settings.request_seconds);
        let answered = tokio::time::timeout(patience, self.client.request(request)).await;
        let Ok(Ok(response)) = answered else {
            tracing::warn!("the portal does not answer");
            return docs_page::away(gate);
        };
        let mut response = response.map(Body::new);
        if is_stream(response.headers()) {
            // It has no end of its own; it is passed piece by piece, and ends with the door.
            response = response
                .map(|body| Body::from_stream(body.into_data_stream().take_until(gate.stop.clone().cancelled_owned())));
        }
        without(response.headers_mut(), &OF_CONNECTION);
        response
    }

    /// The request as the portal gets it.
    fn addressed(&self, gate: &Gate, network: IpAddr, request: Request<Body>) -> Option<Request<Body>> {
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        let mut uri = axum::http::uri::Parts::default();
        (uri.scheme, uri.authority, uri.path_and_query) = (Some(Scheme::HTTP), Some(self.address.clone()), Some(path));
        parts.uri = Uri::from_parts(uri).ok()?;
        parts.version = Version::HTTP_11;
        without(&mut parts.headers, &OF_CONNECTION);
        without(&mut parts.headers, &OURS);
        parts.headers.remove(header::HOST);
        parts.headers.insert(CLIENT, HeaderValue::from_str(&network.to_string()).ok()?);
        parts.headers.insert(ORIGIN, HeaderValue::from_str(&gate.origin).ok()?);
        parts.headers.insert(UPLOAD_LIMIT, HeaderValue::from(gate.settings.upload_bytes));
        if let Some(ends) = gate.certificate.as_ref().and_then(|shown| shown.ends()) {
            parts.headers.insert(CERTIFICATE_ENDS, HeaderValue::from_str(&ends.to_string()).ok()?);
        }
        Some(Request::from_parts(parts, body))
    }
}

/// Asks a service for what is handed out. Only downloads are: nothing else is read in somebody's name this way.
async fn hand_out(gate: &Gate, peer: IpAddr, request: Request<Body>) -> Result<Response<Body>, Problem> {
    match gate.target(&request) {
        Target::Call(route, texts) if route.row.download => {
            let client = crate::client::Client::of(gate, peer, request.headers()).await;
            crate::call::call(gate, &route, texts, &client, request).await
        }
        _ => Err(Refusal::Broken.into()),
    }
}

/// The same file, drawn within a page of ours when it is a PDF. Pictures are drawn there as they are.
fn show(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/pdf") {
        return response;
    }
    let name = headers.get(header::CONTENT_DISPOSITION).and_then(|value| value.to_str().ok());
    let inline = name.and_then(|value| value.strip_prefix("attachment")).map(|rest| format!("inline{rest}"));
    if let Some(inline) = inline.and_then(|value| HeaderValue::from_str(&value).ok()) {
        headers.insert(header::CONTENT_DISPOSITION, inline);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OF_SHOWN));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    response
}

/// The request for what is handed out.
fn handed_out(path: &HeaderValue, token: Option<HeaderValue>, ranged: HeaderMap) -> Option<Request<Body>> {
    let token = token?;
    let bearer = HeaderValue::from_str(&format!("Bearer {}", token.to_str().ok()?)).ok()?;
    let mut request = Request::get(path.to_str().ok()?).body(Body::empty()).ok()?;
    *request.headers_mut() = ranged;
    request.headers_mut().insert(header::AUTHORIZATION, bearer);
    Some(request)
}

/// Which part of a download the browser wants, and what it has already.
fn ranged(headers: &HeaderMap) -> HeaderMap {
    let wanted = [header::RANGE, header::IF_RANGE, header::IF_NONE_MATCH, header::ACCEPT_LANGUAGE];
    wanted.into_iter().filter_map(|name| Some((name.clone(), headers.get(&name)?.clone()))).collect()
}

/// Whether an answer is a stream of events of an open page.
fn is_stream(headers: &HeaderMap) -> bool {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    stated.split(';').next().is_some_and(|media_type| media_type.trim() == "text/event-stream")
}

fn without(headers: &mut HeaderMap, names: &[HeaderName]) {
    for name in names {
        headers.remove(name);
    }
}

/// The status of a page that stands for the portal while it is away.
pub(crate) const AWAY: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_is_a_host_and_a_port() {
        for (address, good) in [("127.0.0.1:8081", true), ("portal:8081", true), ("http://portal", false), ("", false)]
        {
            assert_eq!(Pages::at(address).is_ok(), good, "{address}");
        }
    }

    #[test]
    fn what_is_handed_out_is_asked_for_with_the_portals_token_and_the_browsers_range() {
        let headers = HeaderMap::from_iter([
            (header::RANGE, HeaderValue::from_static("bytes=0-9")),
            (header::COOKIE, HeaderValue::from_static("secret")),
            (header::AUTHORIZATION, HeaderValue::from_static("Bearer other")),
        ]);
        let path = HeaderValue::from_static("/api/v1/incoming-documents/1/files/2");
        let request = handed_out(&path, Some(HeaderValue::from_static("abc")), ranged(&headers)).unwrap();
        assert_eq!(request.headers()[header::AUTHORIZATION], "Bearer abc");
        assert_eq!(request.headers()[header::RANGE], "bytes=0-9");
        assert!(!request.headers().contains_key(header::COOKIE));
        assert!(handed_out(&path, None, HeaderMap::new()).is_none());
    }
}
