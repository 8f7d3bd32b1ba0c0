//! What everything in the gateway shares, and which page answers which path.

use std::{net::IpAddr, sync::Arc};

use arc_swap::ArcSwap;
use auth::Signer;
use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, Response, header},
};
use service::Platform;
use tokio_util::sync::CancellationToken;

use crate::{
    Refusal, Settings, call,
    client::{self, Client},
    docs_page, events, health,
    hints::Hints,
    limits::Limits,
    openapi,
    owners::{Owners, PREFIX},
    problem::Problem,
    reply,
    slots::Slots,
    table::{Found, Table},
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
    pub(crate) uploads: Slots,
    pub(crate) streams: Slots,
    pub(crate) hints: Hints,
    /// The root certificate to hand out (PEM), when the office has its own authority.
    pub(crate) office_ca: Option<String>,
    /// The wish to stop.
    pub(crate) stop: CancellationToken,
}

/// The pages that the gateway answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Own {
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

/// A response or a problem, and the template of the path it came from, for measures.
pub(crate) struct Answered {
    pub(crate) route: Arc<str>,
    pub(crate) result: Result<Response<Body>, Problem>,
}

impl Gate {
    /// Answers a request.
    pub(crate) async fn answer(&self, peer: IpAddr, request: Request<Body>) -> Answered {
        let unmatched = |problem: Problem| Answered { route: "unmatched".into(), result: Err(problem) };
        if let Err(refusal) = within_limits(&request) {
            return unmatched(refusal.into());
        }
        let path = request.uri().path().to_owned();
        // Whoever asks for the head only gets the same answer without its body, which the connection leaves out.
        let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
        if let Some((template, only, own)) = OWN.iter().find(|(known, ..)| *known == path) {
            let result = if method == *only {
                self.own(*own, peer, request).await
            } else {
                Err(wrong_method(vec![only.to_string()]))
            };
            return Answered { route: (*template).into(), result };
        }
        if !path.starts_with(PREFIX) {
            return unmatched(Refusal::NoSuchPath.into());
        }
        let table = self.table.load_full();
        match table.find(contract_method(&method), &path) {
            Found::Route(route, texts) => {
                let template = route.template.as_str().into();
                let result = async {
                    let client = self.client(peer, request.headers()).await?;
                    call::call(self, &route, texts, &client, request).await
                };
                Answered { route: template, result: result.await }
            }
            Found::OtherMethods(methods) => {
                unmatched(wrong_method(methods.iter().map(|method| format!("{method:?}")).collect()))
            }
            Found::Nothing => unmatched(match self.client(peer, request.headers()).await {
                Ok(_) => self.nothing_at(&table, &path),
                Err(problem) => problem,
            }),
        }
    }

    async fn own(&self, own: Own, peer: IpAddr, request: Request<Body>) -> Result<Response<Body>, Problem> {
        let headers = request.headers();
        match own {
            Own::Live => Ok(health::live()),
            Own::Ready => Ok(health::ready(&self.platform.health)),
            Own::Metrics => Ok(health::metrics(self, peer, headers).ok_or(Refusal::NoSuchPath)?),
            Own::OfficeCa => Ok(self.root_certificate().ok_or(Refusal::NoSuchPath)?),
            Own::Front => Ok(docs_page::front(self)),
            Own::Style => Ok(docs_page::style(headers)),
            Own::OpenApi => Ok(openapi::page(self).response(headers)),
            Own::Docs => Ok(docs_page::docs(self, headers)),
            Own::Upload => {
                let client = self.client(peer, headers).await?;
                upload::upload(self, &client, request).await
            }
            Own::Events => {
                let client = self.client(peer, headers).await?;
                events::events(self, &client).await
            }
        }
    }

    /// Who asks, counted.
    async fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Result<Client, Problem> {
        let client = Client::of(self, peer, headers).await?;
        self.limits.admit(&client)?;
        Ok(client)
    }

    /// Nothing is offered at a path: because nobody ever will, or because its owner has not been heard of yet.
    fn nothing_at(&self, table: &Table, path: &str) -> Problem {
        match self.owners.of(path) {
            Some(owner) if !table.knows(owner) => Refusal::ServiceAway.into(),
            _ => Refusal::NoSuchPath.into(),
        }
    }

    fn root_certificate(&self) -> Option<Response<Body>> {
        let pem = self.office_ca.clone()?;
        let mut response = reply::text("application/x-x509-ca-cert", pem);
        reply::set(&mut response, header::CONTENT_DISPOSITION, "attachment; filename=\"office-ca.pem\"");
        Some(response)
    }
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

fn wrong_method(allowed: Vec<String>) -> Problem {
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

/// The language of a request, for problems.
pub(crate) fn language(request: &Request<Body>) -> wire::Lang {
    client::language(request.headers())
}
