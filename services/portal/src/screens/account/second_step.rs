//! G1: the second step of a sign-in: a code of an authenticator app, a recovery code, or a passkey. What identifies the
//! pending sign-in goes along in the form, never in an address.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{Hidden, SignInSecondFactor};
use serde_json::Value;
use wire::Fault;

use super::proof::Ways;
use crate::{
    fields::{self, Fields},
    kit::problems::Problems,
    no,
    page::Page,
    screens::sign_in::{self, Typed, ask, open, opened, refused},
    visit::Visit,
};

/// What the first step was answered with.
pub(crate) struct Needed {
    continuation: String,
    ways: Ways,
}

#[derive(Template)]
#[template(path = "account/second_step.html")]
struct Show {
    p: Page,
    to: String,
    continuation: String,
    ways: Ways,
    problems: Problems,
}

impl Needed {
    /// Reads the refusal that asks for a second step; nothing when it is another one.
    pub(crate) fn of(fault: &Fault) -> Option<Self> {
        let detail = fault.detail.as_ref().filter(|_| fault.code == "identity.second_factor_required")?;
        let ways = Ways {
            totp: detail.get("totp").and_then(Value::as_bool).unwrap_or_default(),
            recovery: detail.get("recovery_codes").and_then(Value::as_u64).is_some_and(|left| left > 0),
            password: false,
            passkey: detail.get("passkey").filter(|options| options.is_object()).map(ToString::to_string),
        };
        Some(Self { continuation: detail.get("continuation")?.as_str()?.to_owned(), ways })
    }

    /// The same, from the form of the second step.
    pub(crate) fn typed(fields: &Fields) -> Option<Self> {
        let ways = Ways {
            totp: fields.get("_totp") == "1",
            recovery: fields.get("_recovery") == "1",
            password: false,
            passkey: fields.some("_options"),
        };
        Some(Self { continuation: fields.some("_continuation")?, ways })
    }
}

/// The page that asks for it.
pub(crate) fn page(
    visit: &Visit,
    status: StatusCode,
    needed: Needed,
    to: String,
    problems: Problems,
) -> Response<Body> {
    let title = visit.words.t("account-second");
    let title = if problems.any() { visit.words.with("problem-title", &[("title", &title)]) } else { title };
    let Needed { continuation, ways } = needed;
    visit.html(status, &Show { p: Page::outside(visit, &title), to, continuation, ways, problems })
}

/// Takes the proof, and gives the browser what opens the session.
pub(crate) async fn answer(visit: &Visit, typed: &Fields, needed: Needed) -> Response<Body> {
    let to = fields::own_path(typed.get("ve")).to_owned();
    let Some(proof) = needed.ways.proof(typed) else {
        let problems = needed.ways.missing(visit.words);
        return page(visit, StatusCode::UNPROCESSABLE_ENTITY, needed, to, problems);
    };
    let call = SignInSecondFactor { continuation: Hidden::from(needed.continuation.as_str()), proof };
    let answered = match ask(visit, None, &call).await {
        Ok(tokens) => open(visit, tokens).await,
        Err(fault) => Err(fault),
    };
    let mut problems = Problems::default();
    match answered {
        Ok(session) => opened(&session, &to),
        Err(fault) if fault.code == "identity.continuation_bad" => {
            problems.add("username", crate::asking::capital(fault.sentence(visit.words.0)));
            sign_in::form(visit, no::status(fault.kind), Typed { to, problems, ..Typed::default() })
        }
        Err(fault) => {
            problems.add(needed.ways.field(), refused(visit.words, &fault));
            page(visit, no::status(fault.kind), needed, to, problems)
        }
    }
}
