//! Pages that say no: what happened, what was kept and what was not, and what to do now.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use wire::{Fault, Kind};

use crate::{
    asking::capital,
    fields::Fields,
    page::{Page, Place},
    session::Signed,
    visit::{Inside, Visit},
};

/// How services say that who is there must be proven once more.
const STEP_UP: &str = "wire.step_up_needed";

#[derive(Template)]
#[template(path = "no.html")]
struct No {
    p: Page,
    /// What happened.
    heading: String,
    /// Why, and what to do.
    sentence: String,
    /// Under which letters the log has it.
    reference: Option<String>,
    /// Where to go on, with the words of the button.
    onward: (String, String),
}

#[derive(Template)]
#[template(path = "send_again.html")]
struct SendAgain {
    p: Page,
    signed: bool,
    action: String,
    /// Whether files came along, which have to be chosen again.
    files: bool,
    typed: Vec<(String, String)>,
}

/// The status of a fault.
pub(crate) fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Denied => StatusCode::FORBIDDEN,
        Kind::Missing => StatusCode::NOT_FOUND,
        Kind::Conflict | Kind::Stale => StatusCode::CONFLICT,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Limited => StatusCode::TOO_MANY_REQUESTS,
        Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Kind::OutOfTime => StatusCode::GATEWAY_TIMEOUT,
        Kind::OutOfSpace => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A fault that leaves nothing to show, for somebody who is signed in. One that asks for a fresh proof leads to the page
/// that takes it, together with what was typed, and back.
pub(crate) fn fault(inside: &Inside, fault: &Fault) -> Response<Body> {
    if fault.code == STEP_UP {
        return crate::visit::to_proof(&inside.visit.path);
    }
    if fault.kind == Kind::Unauthenticated {
        return crate::visit::go("/dang-nhap");
    }
    let page = |title: &str| Page::inside(inside, title, Place::Elsewhere);
    said(&inside.visit, page, fault, ("/".to_owned(), inside.visit.words.t("no-home")))
}

/// A fault before anybody is known.
pub(crate) fn outside(visit: &Visit, fault: &Fault) -> Response<Body> {
    let onward = (visit.path.clone(), visit.words.t("again"));
    said(visit, |title| Page::outside(visit, title), fault, onward)
}

fn said(visit: &Visit, page: impl FnOnce(&str) -> Page, fault: &Fault, onward: (String, String)) -> Response<Body> {
    let heading = visit.words.t(match fault.kind {
        Kind::Denied => "no-denied",
        Kind::Missing => "no-missing",
        Kind::Busy | Kind::OutOfTime | Kind::Limited => "no-busy",
        Kind::Broken | Kind::OutOfSpace => "no-broken",
        _ => "no-refused",
    });
    let reference = runtime::trace::current().and_then(|trace| trace.split('-').nth(1).map(str::to_owned));
    let reference = reference.filter(|_| fault.kind == Kind::Broken);
    let sentence = capital(fault.sentence(visit.words.0));
    visit.html(status(fault.kind), &No { p: page(&heading), heading, sentence, reference, onward })
}

/// There is no such page.
pub(crate) async fn nowhere(visit: Visit) -> Response<Body> {
    let (heading, sentence) = (visit.words.t("no-missing"), visit.words.t("no-page"));
    let onward = ("/".to_owned(), visit.words.t("no-home"));
    let page = Page::outside(&visit, &heading);
    visit.html(StatusCode::NOT_FOUND, &No { p: page, heading, sentence, reference: None, onward })
}

/// A form came from a page of somebody else, or through an address that is not the portal's.
pub(crate) fn elsewhere(visit: &Visit) -> Response<Body> {
    let origin = visit.origin.clone().unwrap_or_default();
    let (heading, sentence) = (visit.words.t("no-denied"), visit.words.with("no-elsewhere", &[("origin", &origin)]));
    let onward = (format!("{origin}/"), visit.words.t("no-home"));
    let page = Page::outside(visit, &heading);
    visit.html(StatusCode::FORBIDDEN, &No { p: page, heading, sentence, reference: None, onward })
}

/// A form is larger than any of ours.
pub(crate) fn too_large(visit: &Visit) -> Response<Body> {
    let (heading, sentence) = (visit.words.t("no-refused"), visit.words.t("no-too-large"));
    let onward = (visit.path.clone(), visit.words.t("no-back"));
    let page = Page::outside(visit, &heading);
    visit.html(StatusCode::PAYLOAD_TOO_LARGE, &No { p: page, heading, sentence, reference: None, onward })
}

/// The session has ended, or another one has begun, since the form was shown. What was typed stands on the page that
/// says so, and one more click sends it.
pub(crate) fn send_again(visit: &Visit, who: Option<&Signed>, fields: &Fields) -> Response<Body> {
    let shown = fields.typed().filter(|(name, _)| !crate::fields::is_secret(name));
    let typed = shown.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut page = Page::outside(visit, &visit.words.t("send-again"));
    page.csrf = who.map_or_else(String::new, |who| who.csrf.clone());
    let status = if who.is_some() { StatusCode::FORBIDDEN } else { StatusCode::UNAUTHORIZED };
    visit.html(
        status,
        &SendAgain { p: page, signed: who.is_some(), action: visit.path.clone(), files: visit.asked_in, typed },
    )
}
