//! G1: signing in with name and password, and signing out.

use std::time::Duration;

use askama::Template;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{Response, StatusCode, header},
};
use schema_identity::{Hidden, OpenPortalSession, PortalSession, SignIn, SignOut, Tokens};
use wire::{Call, Fault, Kind, Meta};

use crate::{
    asking::capital,
    fields,
    kit::problems::Problems,
    no,
    page::Page,
    session::{forgetting, keeping},
    shared::Portal,
    visit::{Posted, Visit, go, sent},
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Show {
    p: Page,
    username: String,
    to: String,
    problems: Problems,
}

/// The form.
pub(crate) async fn show(visit: Visit) -> Response<Body> {
    let to = fields::own_path(visit.query.get("ve")).to_owned();
    if let Ok(Some(_)) = visit.signed().await {
        return go(&to);
    }
    let page = Page::outside(&visit, &visit.words.t("sign-in"));
    visit.html(StatusCode::OK, &Show { p: page, username: String::new(), to, problems: Problems::default() })
}

/// Signs in, and gives the browser what opens the session.
pub(crate) async fn sign_in(State(_): State<Portal>, visit: Visit, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let typed = match sent(&visit, &parts.headers, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    let (username, to) = (typed.get("username").to_owned(), fields::own_path(typed.get("ve")).to_owned());
    let mut problems = Problems::default();
    for (field, key) in [("username", "username-missing"), ("password", "password-missing")] {
        if typed.raw(field).is_empty() {
            problems.add(field, visit.words.t(key));
        }
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !problems.any() {
        let call = SignIn { username: username.clone(), password: Hidden::from(typed.raw("password")) };
        match open(&visit, &call).await {
            Ok(session) => return opened(&session, &to),
            Err(fault) => {
                status = no::status(fault.kind);
                // A name or a password that is wrong is told at the name, whichever it is.
                problems.add("username", refused(&visit, &fault));
            }
        }
    }
    let page = Page::outside(&visit, &visit.words.with("problem-title", &[("title", &visit.words.t("sign-in"))]));
    visit.html(status, &Show { p: page, username, to, problems })
}

/// A session, and what the browser keeps of it.
async fn open(visit: &Visit, call: &SignIn) -> Result<PortalSession, Fault> {
    let tokens: Tokens = ask(visit, None, call).await?;
    ask(visit, Some(tokens.access_token.0), &OpenPortalSession {}).await
}

async fn ask<C: Call>(visit: &Visit, token: Option<String>, call: &C) -> Result<C::Reply, Fault> {
    let meta = Meta { token, network: visit.network.clone(), ..Meta::default() };
    let wait = Duration::from_millis(visit.portal.settings.act_ms);
    visit.portal.bus.ask(&meta, call, wait).await
}

fn opened(session: &PortalSession, to: &str) -> Response<Body> {
    let mut response = go(to);
    response.headers_mut().extend(keeping(&session.secret.0).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

fn refused(visit: &Visit, fault: &Fault) -> String {
    match fault.kind {
        Kind::Unauthenticated => visit.words.t("sign-in-refused"),
        _ => capital(fault.sentence(visit.words.0)),
    }
}

/// Ends the session, here and at identity.
pub(crate) async fn sign_out(posted: Posted) -> Response<Body> {
    let ended = posted.act(&SignOut {}).await;
    let visit = &posted.inside.visit;
    if let Some(secret) = &visit.secret {
        visit.portal.sessions.forget(secret);
    }
    if let Err(fault) = ended {
        // The cookie stays, so that the button can be pressed again: a session that goes on must not look ended.
        return no::fault(&posted.inside, &fault);
    }
    let mut response = go("/dang-nhap");
    response.headers_mut().insert(header::SET_COOKIE, forgetting());
    response
}
