//! A fresh proof of who is there, for acts that ask for one: then back to where it was asked, with what was typed there.
//! Nobody is ever led to a path that is not ours.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{BeginPasskeyStepUp, GetMyFactors, MyFactors, StepUp};
use wire::Kind;

use super::proof::Ways;
use crate::{
    asking::{self, Part},
    fields,
    kit::problems::Problems,
    no,
    page::{Page, Place},
    screens::sign_in::refused,
    visit::{Inside, Posted, go, with_form},
};

/// Says that a form holds a proof.
const PROVING: &str = "_proving";
/// Says that a form is to be sent on after the proof.
const FORM: &str = "_form";

#[derive(Template)]
#[template(path = "account/step_up.html")]
struct Show {
    p: Page,
    /// This page's own address, which names where to go on.
    action: String,
    ways: Part<Ways>,
    /// Whether a form is sent on afterwards.
    form: bool,
    typed: Vec<(String, String)>,
    problems: Problems,
}

/// Asks for the proof.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, None, Problems::default()).await
}

/// Takes the proof; or asks for it, when another form was sent on to here.
pub(crate) async fn prove(posted: Posted) -> Response<Body> {
    let Posted { inside, fields, .. } = &posted;
    if fields.get(PROVING) != "1" {
        return page(inside, StatusCode::UNAUTHORIZED, Some(&posted), Problems::default()).await;
    }
    // Whatever the account has: identity refuses a proof of a kind that it does not take.
    let any = Ways { totp: true, ..Ways::default() };
    let Some(proof) = any.proof(fields) else {
        let mut problems = Problems::default();
        problems.add("", inside.visit.words.t("account-proof-missing"));
        return page(inside, StatusCode::UNPROCESSABLE_ENTITY, Some(&posted), problems).await;
    };
    let key = runtime::fresh_id().to_string();
    match asking::act(&inside.visit.portal, &inside.who, &key, &StepUp { proof }).await {
        Ok(_) if fields.get(FORM) == "1" => with_form(&onward(inside)),
        Ok(_) => go(&onward(inside)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Limited | Kind::Busy) => {
            let mut problems = Problems::default();
            problems.add("", refused(inside.visit.words, &fault));
            page(inside, no::status(fault.kind), Some(&posted), problems).await
        }
        Err(fault) => no::fault(inside, &fault),
    }
}

/// Where to go on: a path of ours, and neither this page nor one that ends or begins the session.
fn onward(inside: &Inside) -> String {
    let asked = fields::own_path(inside.visit.query.get("tro-lai"));
    let to_itself = ["/xac-nhan", "/dang-nhap", "/dang-xuat"].iter().any(|path| asked.starts_with(path));
    if to_itself { "/".to_owned() } else { asked.to_owned() }
}

async fn page(inside: &Inside, status: StatusCode, sent: Option<&Posted>, problems: Problems) -> Response<Body> {
    let title = inside.visit.words.t("account-step-up");
    let ways = match inside.part(&GetMyFactors {}).await {
        Part::Here(factors) => Part::Here(ways(inside, &factors).await),
        Part::Silent(silence) => Part::Silent(silence),
    };
    let to = onward(inside);
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("tro-lai", &to).finish();
    let form = sent.is_some_and(|sent| sent.fields.get(PROVING) != "1" || sent.fields.get(FORM) == "1");
    let typed = sent.into_iter().flat_map(|sent| sent.fields.typed());
    let view = Show {
        p: Page::inside(inside, &title, Place::Elsewhere),
        action: format!("/xac-nhan?{query}"),
        ways,
        form,
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        problems,
    };
    inside.visit.html(status, &view)
}

/// What the account can be proven by: a second factor where it has one, the password where not.
async fn ways(inside: &Inside, factors: &MyFactors) -> Ways {
    let totp = factors.totp_since.is_some();
    let usable = factors.passkeys.iter().any(|passkey| passkey.suspect.is_none());
    let mut passkey = None;
    if usable {
        let key = runtime::fresh_id().to_string();
        let asked = asking::act(&inside.visit.portal, &inside.who, &key, &BeginPasskeyStepUp {}).await;
        passkey = asked.ok().and_then(|challenge| serde_json::to_string(&challenge.options).ok());
    }
    Ways { totp, recovery: false, password: !totp && factors.passkeys.is_empty(), passkey }
}
