//! One request from arrival to answer: decode, authenticate, fetch authority, authorize, run, answer.

use std::{sync::Arc, time::Duration};

use auth::{Caller, PersonCaller};
use bus::{Answer, Request};
use tracing::Instrument as _;
use wire::{Authority, Call as _, CallRow, Fault, Instant, Kind, Need};

use crate::{
    Read, Result, answers, builtin,
    context::Frame,
    error::{broken, busy, outcome, step_up_needed},
    running::Shared,
    table::Handler,
    write,
};

/// How long a request waits for its turn when its caller does not say how long it will wait.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Answers a request; whatever happens there is an answer.
pub(crate) async fn answer(shared: Arc<Shared>, call: String, request: Request) -> Answer {
    let span =
        tracing::info_span!("call", service = shared.name(), call = call.as_str(), outcome = tracing::field::Empty);
    runtime::trace::adopt(&span, request.meta.trace.as_deref());
    let begun = tokio::time::Instant::now();
    let answered = async {
        match in_time(&shared, &call, request).await {
            Ok(body) => (Answer::ok(body), "ok"),
            Err(error) => {
                let fault = to_fault(&shared, &call, &error);
                (Answer::fault(&fault), word(fault.kind))
            }
        }
    };
    let (answer, word) = answered.instrument(span.clone()).await;
    span.record("outcome", word);
    runtime::metrics::call_done(shared.name(), &call, word, begun.elapsed().as_secs_f64());
    answer
}

/// Waits for a place to work, as long as the caller waits for the answer.
async fn in_time(shared: &Arc<Shared>, call: &str, request: Request) -> Result<Vec<u8>> {
    let patience = request.meta.deadline_ms.map_or(LONGEST_WAIT, Duration::from_millis).min(LONGEST_WAIT);
    let places = if is_between_services(shared, call) { &shared.inner_places } else { &shared.places };
    let Ok(Ok(_place)) = tokio::time::timeout(patience, places.acquire()).await else {
        return Err(busy().into());
    };
    respond(shared, call, request).await
}

/// Whether a call is one that other services wait for while they answer somebody.
fn is_between_services(shared: &Shared, call: &str) -> bool {
    let needed = shared.service.contract.call(call).map(|row| &row.need);
    builtin::ALL.contains(&call) || call == schema_identity::GetKeys::NAME || needed == Some(&Need::Services)
}

async fn respond(shared: &Arc<Shared>, call: &str, request: Request) -> Result<Vec<u8>> {
    let now = shared.platform.clock.now();
    let token = request.meta.token.as_deref();
    let caller = shared.platform.keys.caller(token, now, &shared.platform.bus).await?;
    if builtin::ALL.contains(&call) {
        let Caller::Service(name) = &caller else { return Err(builtin::only_services().into()) };
        return answers::answer(shared, call, name, &request.body, now).await;
    }
    let row = shared.service.contract.call(call).ok_or_else(broken)?;
    let mut authority = match (&caller, &row.need) {
        (Caller::Person(person), Need::SignedIn | Need::Permission(_)) => {
            let known = shared.authorities.of(person, now, &shared.platform.bus, &shared.signer).await?;
            Some(auth::for_call(known, &row.need))
        }
        _ => None,
    };
    let mut scope = auth::decide(&caller, authority.as_deref(), &row.need)?;
    if let (true, Caller::Person(person), Some(believed)) = (row.step_up, &caller, &authority)
        && !believed.fresh_proof.suffices(now)
    {
        let told = proven(shared, person, now).await?;
        let told = authority.insert(auth::for_call(told, &row.need));
        scope = auth::decide(&caller, Some(told), &row.need)?;
    }
    let body = request.body;
    let frame = Arc::new(Frame {
        shared: Arc::clone(shared),
        subject: format!("{}.{call}", shared.name()),
        now,
        caller,
        authority,
        scope,
        meta: request.meta,
        reconciling: false,
    });
    match shared.service.handlers.get(call) {
        Some(Handler::Read(read)) => {
            let reply = read(Read { now, frame }, body).await?;
            Ok(reply)
        }
        Some(Handler::Write(prepare)) => {
            let key = write::key(&frame, row, &body)?;
            write::run(&frame, prepare, body, key).await
        }
        None => Err(broken().into()),
    }
}

/// The authority of a session that has given a fresh proof lately: asked now, because what is believed may be older than
/// the proof.
async fn proven(shared: &Shared, person: &PersonCaller, now: Instant) -> Result<Arc<Authority>> {
    let told = shared.authorities.asked(person, now, &shared.platform.bus, &shared.signer).await?;
    if told.fresh_proof.suffices(now) { Ok(told) } else { Err(step_up_needed().into()) }
}

/// What the caller sees of an error. Our own mistakes are logged here, once, with their chain.
pub(crate) fn to_fault(shared: &Shared, call: &str, error: &anyhow::Error) -> Fault {
    let outcome = outcome(error, &shared.service.as_fault);
    if outcome.fatal {
        shared.platform.life.fatal("storage failed while answering a call");
    }
    if matches!(outcome.fault.kind, Kind::Broken) {
        tracing::error!(service = shared.name(), call, error = format!("{error:#}"), "a call broke");
    } else {
        tracing::debug!(service = shared.name(), call, code = outcome.fault.code.as_str(), "refused");
    }
    outcome.fault
}

/// The word of a kind, as metrics and spans have it.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "invalid",
        Kind::Unauthenticated => "unauthenticated",
        Kind::Denied => "denied",
        Kind::Missing => "missing",
        Kind::Conflict => "conflict",
        Kind::Stale => "stale",
        Kind::TooLarge => "too_large",
        Kind::Limited => "limited",
        Kind::Busy => "busy",
        Kind::OutOfTime => "out_of_time",
        Kind::OutOfSpace => "out_of_space",
        Kind::Broken => "broken",
    }
}

/// Whether the answer to a call is kept for repeats.
pub(crate) fn is_stored(row: &CallRow) -> bool {
    row.stored && !matches!(row.need, Need::Services)
}
