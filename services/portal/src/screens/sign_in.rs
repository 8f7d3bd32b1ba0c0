//! G1: signing in with name and password, and signing out. Whatever a stranger sends comes here, so that the door counts it
//! as an attempt: the second step and the code of a new account, too.

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
    screens::account::{first_time, second_step},
    session::{forgetting, keeping},
    shared::Portal,
    visit::{Posted, Visit, go, sent},
    words::Words,
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Show {
    p: Page,
    username: String,
    to: String,
    problems: Problems,
}

/// What the form of the first step shows.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) username: String,
    pub(crate) to: String,
    pub(crate) problems: Problems,
}

/// The form.
pub(crate) async fn show(visit: Visit) -> Response<Body> {
    // Who has just taken an account into use sees next what keeps it, and whether it was recovered.
    let asked = if visit.query.get("da-nhan") == "1" { "/ca-nhan/bao-mat" } else { visit.query.get("ve") };
    let to = fields::own_path(asked).to_owned();
    if let Ok(Some(_)) = visit.signed().await {
        return go(&to);
    }
    form(&visit, StatusCode::OK, Typed { to, ..Typed::default() })
}

/// The form of the first step.
pub(crate) fn form(visit: &Visit, status: StatusCode, typed: Typed) -> Response<Body> {
    let Typed { username, to, problems } = typed;
    let title = visit.words.t("sign-in");
    let title = if problems.any() { visit.words.with("problem-title", &[("title", &title)]) } else { title };
    let mut page = Page::outside(visit, &title);
    if visit.query.get("da-nhan") == "1" {
        page.done = Some(visit.words.t("account-enrolled"));
    }
    visit.html(status, &Show { p: page, username, to, problems })
}

/// Signs in, and gives the browser what opens the session.
pub(crate) async fn sign_in(State(_): State<Portal>, visit: Visit, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let typed = match sent(&visit, &parts.headers, body).await {
        Ok(typed) => typed,
        Err(response) => return response,
    };
    if let Some(needed) = second_step::Needed::typed(&typed) {
        return second_step::answer(&visit, &typed, needed).await;
    }
    if typed.get(first_time::MARK) == "1" {
        return first_time::enrol(&visit, &typed).await;
    }
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
        let answered = match ask(&visit, None, &call).await {
            Ok(tokens) => open(&visit, tokens).await,
            Err(fault) => Err(fault),
        };
        match answered {
            Ok(session) => return opened(&session, &to),
            Err(fault) => {
                if let Some(needed) = second_step::Needed::of(&fault) {
                    return second_step::page(&visit, StatusCode::OK, needed, to, Problems::default());
                }
                status = no::status(fault.kind);
                // A name or a password that is wrong is told at the name, whichever it is.
                problems.add("username", refused(visit.words, &fault));
            }
        }
    }
    form(&visit, status, Typed { username, to, problems })
}

/// What the browser keeps of a session that has begun.
pub(crate) async fn open(visit: &Visit, tokens: Tokens) -> Result<PortalSession, Fault> {
    ask(visit, Some(tokens.access_token.0), &OpenPortalSession {}).await
}

/// Asks in the name of nobody, or of whoever is just signing in.
pub(crate) async fn ask<C: Call>(visit: &Visit, token: Option<String>, call: &C) -> Result<C::Reply, Fault> {
    let meta = Meta { token, network: visit.network.clone(), ..Meta::default() };
    let wait = Duration::from_millis(visit.portal.settings.act_ms);
    visit.portal.bus.ask(&meta, call, wait).await
}

/// On to where somebody was going, with the cookie.
pub(crate) fn opened(session: &PortalSession, to: &str) -> Response<Body> {
    let mut response = go(to);
    response.headers_mut().extend(keeping(&session.secret.0).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// Why somebody could not sign in: never which of name and password was wrong, and how long to wait after too many.
pub(crate) fn refused(w: Words, fault: &Fault) -> String {
    let seconds = fault.detail.as_ref().and_then(|detail| detail.get("seconds")?.as_u64());
    match (fault.kind, seconds) {
        (Kind::Unauthenticated, _) => w.t("sign-in-refused"),
        (Kind::Limited, Some(seconds @ 0..60)) => w.with("account-wait-seconds", &[("seconds", &seconds.to_string())]),
        (Kind::Limited, Some(seconds)) => {
            let (minutes, rest) = ((seconds / 60).to_string(), (seconds % 60).to_string());
            w.with("account-wait-minutes", &[("minutes", &minutes), ("seconds", &rest)])
        }
        _ => capital(fault.sentence(w.0)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn who_must_wait_is_told_how_long_in_words_of_the_clock() {
        for (seconds, expected) in [(1, "1 giây"), (59, "59 giây"), (60, "1 phút 0 giây"), (754, "12 phút 34 giây")]
        {
            let mut fault = Fault::new(Kind::Limited, "identity.sign_in_limited", "wait", "chờ");
            fault.detail = Some(serde_json::json!({ "seconds": seconds }));
            let said = refused(Words(Lang::Vi), &fault);
            assert!(said.contains(expected), "{said}");
        }
    }
}
