//! Who asks, in which language, with what they may do; and what they sent.

use std::convert::Infallible;

use askama::Template;
use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header, request::Parts},
};
use uuid::Uuid;
use wire::{Call, Day, Fault, Instant, StandardCall, Version};

use crate::{
    asking::{self, Part},
    badges::{self, Badges},
    csp,
    fields::{self, Fields},
    hand_in, no,
    page::Look,
    session::{self, Signed},
    shared::Portal,
    words::Words,
};

/// The cookie that remembers language, size, density and keys for pages before the sign-in; it says nothing about who it
/// is. After it the account says how pages look.
pub(crate) const LOOK: &str = "vanphong-look";

/// A request for a page, whoever sends it.
pub(crate) struct Visit {
    pub(crate) portal: Portal,
    pub(crate) words: Words,
    pub(crate) look: Look,
    /// What scripts and htmx of this page bear.
    pub(crate) nonce: String,
    /// Path and query.
    pub(crate) path: String,
    /// What stands behind the question mark.
    pub(crate) query: Fields,
    /// What browsers write before the path.
    pub(crate) origin: Option<String>,
    /// The network address of the client.
    pub(crate) network: Option<String>,
    /// Whether the door asks about a form before it takes its files.
    pub(crate) asked_in: bool,
    /// How large a file of a form may be, in bytes, when the door says so.
    pub(crate) upload_limit: Option<u64>,
    /// When the certificate of the door ends; nothing where the door has none.
    pub(crate) certificate_ends: Option<Instant>,
    /// What the cookie holds.
    pub(crate) secret: Option<String>,
    pub(crate) now: Instant,
}

/// A request of somebody who is signed in.
pub(crate) struct Inside {
    pub(crate) visit: Visit,
    pub(crate) who: Signed,
    /// What waits for them, for the menu.
    pub(crate) badges: Badges,
}

/// A form that somebody who is signed in sent from a page of ours.
pub(crate) struct Posted {
    pub(crate) inside: Inside,
    pub(crate) fields: Fields,
    /// The one-use key of the form.
    pub(crate) key: String,
}

impl Visit {
    fn of(parts: &Parts, portal: &Portal) -> Self {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let look = Look::read(session::cookie(&parts.headers, LOOK).unwrap_or_default());
        let path = parts.uri.path_and_query().map_or("/", |whole| whole.as_str());
        Self {
            portal: Portal::clone(portal),
            words: Words(look.lang),
            look,
            nonce: csp::nonce(),
            path: path.to_owned(),
            query: Fields::read(parts.uri.query().unwrap_or_default().as_bytes()),
            origin: text("x-public-origin"),
            network: text("x-client-network"),
            asked_in: hand_in::is_asked(&parts.headers),
            upload_limit: text("x-upload-limit").and_then(|bytes| bytes.parse().ok()),
            certificate_ends: text("x-door-certificate-ends").and_then(|moment| moment.parse().ok()),
            secret: session::cookie(&parts.headers, session::COOKIE).map(str::to_owned),
            now: portal.clock.now(),
        }
    }

    /// The legal day.
    pub(crate) fn today(&self) -> Day {
        self.now.day()
    }

    /// Who is signed in, if anybody is.
    ///
    /// # Errors
    /// When identity cannot say.
    pub(crate) async fn signed(&self) -> Result<Option<Signed>, Fault> {
        let Some(secret) = &self.secret else { return Ok(None) };
        self.portal.sessions.signed(&self.portal, secret).await
    }

    /// The same visit, made by somebody: pages look as they want.
    fn by(self, who: &Signed) -> Self {
        let look = Look::of(who.me.preferences.as_ref());
        Self { words: Words(look.lang), look, ..self }
    }

    /// A page.
    pub(crate) fn html(&self, status: StatusCode, page: &impl Template) -> Response<Body> {
        let text = match page.render() {
            Ok(text) => text,
            Err(error) => {
                tracing::error!(error = %error, "a page could not be made");
                return plain(StatusCode::INTERNAL_SERVER_ERROR);
            }
        };
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        csp::protect(headers, &self.nonce);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.words.code()));
        response
    }
}

impl Inside {
    /// A part of a page.
    pub(crate) async fn part<C: Call>(&self, call: &C) -> Part<C::Reply> {
        asking::part(&self.visit.portal, &self.who, self.visit.words, call).await
    }

    /// What a service says about itself.
    pub(crate) async fn part_of<C: StandardCall>(&self, service: &str, call: &C) -> Part<C::Reply> {
        asking::part_of(&self.visit.portal, &self.who, self.visit.words, service, call).await
    }

    /// What a page cannot be without; a page that says no, when there is no answer.
    ///
    /// # Errors
    /// The page that says so.
    pub(crate) async fn need<C: Call>(&self, call: &C) -> Result<C::Reply, Response<Body>> {
        let answered = asking::need(&self.visit.portal, &self.who, call).await;
        answered.map_err(|fault| no::fault(self, &fault))
    }
}

impl Posted {
    /// Does what the form is for, once.
    ///
    /// # Errors
    /// What the service refused.
    pub(crate) async fn act<C: Call>(&self, call: &C) -> Result<C::Reply, Fault> {
        asking::act(&self.inside.visit.portal, &self.inside.who, &self.key, call).await
    }

    /// Does what the form is for, once, unless somebody changed it since the form saw this version.
    ///
    /// # Errors
    /// What the service refused.
    pub(crate) async fn act_seen<C: Call>(&self, seen: Version, call: &C) -> Result<C::Reply, Fault> {
        asking::act_seen(&self.inside.visit.portal, &self.inside.who, (&self.key, seen), call).await
    }

    /// Does one of several things that the form is for, each once.
    ///
    /// # Errors
    /// What the service refused.
    pub(crate) async fn act_part<C: Call>(&self, at: usize, call: &C) -> Result<C::Reply, Fault> {
        let key = format!("{}.{at}", self.key);
        asking::act(&self.inside.visit.portal, &self.inside.who, &key, call).await
    }
}

impl FromRequestParts<Portal> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Infallible> {
        Ok(Self::of(parts, portal))
    }
}

impl FromRequestParts<Portal> for Inside {
    type Rejection = Response<Body>;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Response<Body>> {
        let visit = Visit::of(parts, portal);
        match visit.signed().await {
            Ok(Some(who)) => {
                let visit = visit.by(&who);
                let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
                portal.sights.opened(agent.unwrap_or_default(), visit.now);
                let badges = badges::of(&visit, &who).await;
                Ok(Self { visit, who, badges })
            }
            Ok(None) => Err(to_sign_in(&visit.path)),
            Err(fault) => Err(no::outside(&visit, &fault)),
        }
    }
}

impl FromRequest<Portal> for Posted {
    type Rejection = Response<Body>;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Response<Body>> {
        let (parts, body) = request.into_parts();
        let visit = Visit::of(&parts, portal);
        let fields = sent(&visit, &parts.headers, body).await?;
        let who = match visit.signed().await {
            Ok(Some(who)) => who,
            Ok(None) => return Err(no::send_again(&visit, None, &fields)),
            Err(fault) => return Err(no::outside(&visit, &fault)),
        };
        let visit = visit.by(&who);
        if fields.get(fields::CSRF) != who.csrf || fields.get(fields::KEY).parse::<Uuid>().is_err() {
            return Err(no::send_again(&visit, Some(&who), &fields));
        }
        let key = fields.get(fields::KEY).to_owned();
        // What is done now changes them; the page after it asks again.
        let badges = badges::of(&visit, &who).await;
        visit.portal.badges.forget(&who);
        Ok(Self { inside: Inside { visit, who, badges }, fields, key })
    }
}

/// What was sent, when it comes from a page of ours.
///
/// # Errors
/// The page that says no.
pub(crate) async fn sent(visit: &Visit, headers: &HeaderMap, body: Body) -> Result<Fields, Response<Body>> {
    if !fields::is_ours(headers, visit.origin.as_deref()) {
        return Err(no::elsewhere(visit));
    }
    match axum::body::to_bytes(body, fields::LIMIT).await {
        Ok(bytes) => Ok(Fields::read(&bytes)),
        Err(_) => Err(no::too_large(visit)),
    }
}

/// To the page where one signs in, and back afterwards.
fn to_sign_in(path: &str) -> Response<Body> {
    let back: String = form_urlencoded::Serializer::new(String::new()).append_pair("ve", path).finish();
    if path == "/" { go("/dang-nhap") } else { go(&format!("/dang-nhap?{back}")) }
}

/// To the page that takes a fresh proof. Browsers keep method and form on the way there, so that nothing typed is lost.
pub(crate) fn to_proof(path: &str) -> Response<Body> {
    let back: String = form_urlencoded::Serializer::new(String::new()).append_pair("tro-lai", path).finish();
    with_form(&format!("/xac-nhan?{back}"))
}

/// To another page of ours, with the form that was sent.
pub(crate) fn with_form(path: &str) -> Response<Body> {
    let mut response = go(path);
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    response
}

/// To another page, after a form was taken.
pub(crate) fn go(path: &str) -> Response<Body> {
    let mut response = plain(StatusCode::SEE_OTHER);
    if let Ok(path) = HeaderValue::from_str(path) {
        response.headers_mut().insert(header::LOCATION, path);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
