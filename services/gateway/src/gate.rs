//! What everything in the gateway shares, and which page answers which path.

use std::{net::IpAddr, sync::Arc};

use arc_swap::ArcSwap;
use auth::Signer;
use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, Response, header},
};
use service::Platform;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::{
    Refusal, Settings, call,
    client::{Client, network},
    docs_page, events, health,
    hints::Hints,
    limits::Limits,
    openapi,
    owners::Owners,
    pages::Pages,
    problem::Problem,
    reply,
    slots::Slots,
    staged::Budget,
    table::{Found, Route, Table},
    tls::Shown,
    upload,
};

/// The longest address of a request, in bytes.
const URL_LIMIT: usize = 8 * 1024;
/// The largest headers of a request, in bytes.
const HEADERS_LIMIT: usize = 16 * 1024;

/// What everything in the gateway shares.
pub(crate) struct Gate {
    pub(crate) platform: Platform,
    pub(crate) signer: Arc<Signer>,
    pub(crate) settings: Settings,
    /// What clients write before the path.
    pub(crate) origin: String,
    pub(crate) owners: Owners,
    /// The paths that are offered just now.
    pub(crate) table: ArcSwap<Table>,
    pub(crate) limits: Limits,
    /// The way to the portal, where there is one.
    pub(crate) pages: Option<Pages>,
    pub(crate) uploads: Slots,
    /// Bytes that wait in staging.
    pub(crate) staged: Budget,
    pub(crate) streams: Slots,
    /// Pictures whose parts are looked for just now: that reads ahead of what a client takes.
    pub(crate) pictures: Semaphore,
    /// Connections by the network address they come from.
    pub(crate) connections: Slots,
    pub(crate) hints: Hints,
    /// The certificate that the door shows, when it speaks TLS.
    pub(crate) certificate: Option<Arc<Shown>>,
    /// The root certificate to hand out (PEM), when the office has its own authority.
    pub(crate) office_ca: Option<String>,
    /// The wish to stop.
    pub(crate) stop: CancellationToken,
}

/// The pages that the gateway answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    Front,
    Live,
    Ready,
    Metrics,
    OfficeCa,
    OpenApi,
    Docs,
    Style,
    Upload,
    Events,
}

const OWN: [(&str, Method, Own); 10] = [
    ("/", Method::GET, Own::Front),
    ("/livez", Method::GET, Own::Live),
    ("/readyz", Method::GET, Own::Ready),
    ("/metrics", Method::GET, Own::Metrics),
    ("/office-ca.pem", Method::GET, Own::OfficeCa),
    ("/api/openapi.json", Method::GET, Own::OpenApi),
    ("/api/docs", Method::GET, Own::Docs),
    ("/api/docs/style.css", Method::GET, Own::Style),
    ("/api/v1/files", Method::POST, Own::Upload),
    ("/api/v1/events", Method::GET, Own::Events),
];

/// What a request is for.
pub(crate) enum Target {
    /// A page of our own, at this path.
    Own(&'static str, Own),
    /// A call, with the texts of its path fields.
    Call(Arc<Route>, Vec<(String, String)>),
    /// A page of the portal.
    Page,
    /// A path that takes these methods only.
    OtherMethods(Vec<String>),
    /// A path that nobody offers.
    Nothing,
    /// A request that is not looked at any further.
    Refused(Refusal),
}

impl Target {
    /// The template of the path, for measures and spans.
    pub(crate) fn route(&self) -> &str {
        match self {
            Self::Own(path, _) => path,
            Self::Call(route, _) => &route.template,
            Self::Page => "page",
            Self::OtherMethods(_) | Self::Nothing | Self::Refused(_) => "unmatched",
        }
    }
}

impl Gate {
    /// What a request is for.
    pub(crate) fn target(&self, request: &Request<Body>) -> Target {
        if let Err(refusal) = within_limits(request) {
            return Target::Refused(refusal);
        }
        let path = request.uri().path();
        // Whoever asks for the head only gets the same answer without its body, which the connection leaves out.
        let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
        if self.pages.is_some() && is_page(path) {
            return Target::Page;
        }
        if let Some((path, only, own)) = OWN.iter().find(|(known, ..)| *known == path) {
            return if method == only { Target::Own(path, *own) } else { Target::OtherMethods(vec![only.to_string()]) };
        }
        match self.table.load().find(contract_method(method), path) {
            Found::Route(route, texts) => {
                Target::Call(route, texts.into_iter().map(|(name, text)| (name, text.to_owned())).collect())
            }
            Found::OtherMethods(methods) => {
                Target::OtherMethods(methods.iter().map(|one| format!("{one:?}")).collect())
            }
            Found::Nothing => Target::Nothing,
        }
    }

    /// Answers a request.
    ///
    /// # Errors
    /// What the door refuses, and what the service does.
    pub(crate) async fn answer(
        &self,
        target: Target,
        peer: IpAddr,
        request: Request<Body>,
    ) -> Result<Response<Body>, Problem> {
        match target {
            Target::Own(_, own) => self.own(own, peer, request).await,
            Target::Call(route, texts) => {
                let client = self.client(peer, request.headers()).await?;
                call::call(self, &route, texts, &client, request).await
            }
            Target::Page => self.page(peer, request).await,
            Target::OtherMethods(methods) => Err(wrong_method(&methods)),
            Target::Nothing => {
                // Looking for what is not there counts, too.
                self.client(peer, request.headers()).await?;
                Err(self.nothing_at(request.uri().path()).into())
            }
            Target::Refused(refusal) => Err(refusal.into()),
        }
    }

    async fn page(&self, peer: IpAddr, request: Request<Body>) -> Result<Response<Body>, Problem> {
        let network = network(peer, request.headers(), &self.settings.proxies);
        self.limits.admit_page(network)?;
        if Pages::is_sign_in(&request) {
            self.limits.admit_sign_in(network)?;
        }
        match &self.pages {
            Some(pages) => pages.pass(self, (peer, network), request).await,
            None => Err(Refusal::NoSuchPath.into()),
        }
    }

    async fn own(&self, own: Own, peer: IpAddr, request: Request<Body>) -> Result<Response<Body>, Problem> {
        let headers = request.headers();
        let client = Client::of(self, peer, headers).await;
        // Health is always told. All else is counted: even a page that is the same for everybody costs its compression.
        if !matches!(own, Own::Live | Own::Ready | Own::Metrics) {
            self.limits.admit(&client)?;
        }
        match own {
            Own::Live => Ok(health::live()),
            Own::Ready => Ok(health::ready(&self.platform.health)),
            Own::Metrics => health::metrics(self, client.network, headers).await,
            Own::OfficeCa => Ok(self.root_certificate().ok_or(Refusal::NoSuchPath)?),
            Own::Front => Ok(docs_page::front(self)),
            Own::Style => Ok(docs_page::style(headers)),
            Own::OpenApi => Ok(openapi::page(self).response(headers)),
            Own::Docs => Ok(docs_page::docs(self, headers)),
            Own::Upload => upload::upload(self, &client, request).await,
            Own::Events => events::events(self, &client).await,
        }
    }

    /// Who asks, counted.
    async fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Result<Client, Problem> {
        let client = Client::of(self, peer, headers).await;
        self.limits.admit(&client)?;
        Ok(client)
    }

    /// Nothing is offered at a path: because nobody ever will, or because its owner has not been heard of yet.
    fn nothing_at(&self, path: &str) -> Refusal {
        match self.owners.of(path) {
            Some(owner) if !self.table.load().knows(owner) => Refusal::ServiceAway,
            _ => Refusal::NoSuchPath,
        }
    }

    fn root_certificate(&self) -> Option<Response<Body>> {
        let pem = self.office_ca.clone()?;
        let mut response = reply::text("application/x-x509-ca-cert", pem);
        reply::set(&mut response, header::CONTENT_DISPOSITION, "attachment; filename=\"office-ca.pem\"");
        Some(response)
    }
}

/// Whether a path is the portal's: the door keeps `/api` and its few pages, and gives the front to the portal.
fn is_page(path: &str) -> bool {
    let api = path == "/api" || path.starts_with("/api/");
    path == "/" || (!api && OWN.iter().all(|(own, ..)| *own != path))
}

fn within_limits(request: &Request<Body>) -> Result<(), Refusal> {
    let url = request.uri().path_and_query().map_or(0, |whole| whole.as_str().len());
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if url > URL_LIMIT {
        Err(Refusal::UrlTooLong { limit: URL_LIMIT })
    } else if headers > HEADERS_LIMIT {
        Err(Refusal::HeadersTooLarge { limit: HEADERS_LIMIT })
    } else {
        Ok(())
    }
}

fn wrong_method(allowed: &[String]) -> Problem {
    let allowed = allowed.join(", ");
    Problem::from(Refusal::WrongMethod { allowed: allowed.clone() }).with_header(header::ALLOW, &allowed)
}

fn contract_method(method: &Method) -> Option<wire::Method> {
    match method.as_str() {
        "GET" => Some(wire::Method::GET),
        "POST" => Some(wire::Method::POST),
        "PUT" => Some(wire::Method::PUT),
        "PATCH" => Some(wire::Method::PATCH),
        "DELETE" => Some(wire::Method::DELETE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_has_the_front_and_everything_outside_the_api() {
        for (path, page) in [
            ("/", true),
            ("/dang-nhap", true),
            ("/apis", true),
            ("/api", false),
            ("/api/v1/nothing", false),
            ("/readyz", false),
            ("/office-ca.pem", false),
        ] {
            assert_eq!(is_page(path), page, "{path}");
        }
    }
}
