//! What becomes of a form of the administrator: done, shown again with the reason, or first the proof of who one is.

use std::str::FromStr;

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use wire::{Call, Day, Fault, Kind};

use super::form::Again;
use crate::{
    asking, format,
    kit::problems::Problems,
    no,
    visit::{Posted, go},
};

/// What a service says when the last proof of who one is lies too far back.
pub(crate) const STEP_UP: &str = "wire.step_up_needed";

/// Why a form was not done.
pub(crate) enum Refusal {
    /// A field cannot be read; its name and the words for it.
    Field(&'static str, &'static str),
    /// The service says no.
    Fault(Fault),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// How it goes on.
pub(crate) enum After {
    /// To another page.
    Elsewhere(Response<Body>),
    /// The page of the form again.
    Again(StatusCode, Again),
}

/// A day that must be there.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn day(posted: &Posted, name: &'static str) -> Result<Day, Refusal> {
    format::read_day(posted.fields.get(name)).ok_or(Refusal::Field(name, "day-unreadable"))
}

/// A day that may be left out.
///
/// # Errors
/// When something stands there that is no day.
pub(crate) fn maybe_day(posted: &Posted, name: &'static str) -> Result<Option<Day>, Refusal> {
    if posted.fields.get(name).is_empty() { Ok(None) } else { day(posted, name).map(Some) }
}

/// Something chosen, or a number.
///
/// # Errors
/// When nothing was.
pub(crate) fn chosen<T: FromStr>(posted: &Posted, name: &'static str) -> Result<T, Refusal> {
    posted.fields.get(name).parse().map_err(|_| Refusal::Field(name, "admin-choose-one"))
}

/// All that were ticked.
pub(crate) fn ticked<T: FromStr>(posted: &Posted, name: &str) -> Vec<T> {
    posted.fields.all(name).into_iter().filter_map(|value| value.parse().ok()).collect()
}

/// Looks something up that the act needs.
///
/// # Errors
/// What the service says.
pub(crate) async fn look<C: Call>(posted: &Posted, call: &C) -> Result<C::Reply, Fault> {
    asking::need(&posted.inside.visit.portal, &posted.inside.who, call).await
}

/// Goes on after a form, from the page on which it stands.
pub(crate) fn after(posted: &Posted, act: &str, page: &str, done: Result<(), Refusal>) -> After {
    let w = posted.inside.visit.words;
    let mut problems = Problems::default();
    let status = match done {
        Ok(()) => {
            let mark = if page.contains('?') { '&' } else { '?' };
            return After::Elsewhere(go(&format!("{page}{mark}xong={act}")));
        }
        Err(Refusal::Field(field, key)) => {
            problems.add(field, w.t(key));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Refusal::Fault(fault)) if fault.code == STEP_UP => return After::Elsewhere(to_proof(page)),
        Err(Refusal::Fault(fault)) if shown(fault.kind) => {
            problems = Problems::of(&fault, w);
            no::status(fault.kind)
        }
        Err(Refusal::Fault(fault)) => return After::Elsewhere(no::fault(&posted.inside, &fault)),
    };
    for problem in &mut problems.0 {
        // A field that the form does not have is a matter of the whole.
        let there = posted.fields.typed().any(|(name, _)| name == problem.field);
        problem.field = if there { format!("{act}-{}", problem.field) } else { String::new() };
    }
    After::Again(status, Again { act: act.to_owned(), problems, fields: posted.fields.clone() })
}

/// Whether a refusal is said at the form.
fn shown(kind: Kind) -> bool {
    matches!(kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied | Kind::Missing)
}

/// To the page that asks for the proof, and back afterwards.
pub(crate) fn to_proof(page: &str) -> Response<Body> {
    let back: String = form_urlencoded::Serializer::new(String::new()).append_pair("tro-lai", page).finish();
    go(&format!("/xac-nhan?{back}"))
}
