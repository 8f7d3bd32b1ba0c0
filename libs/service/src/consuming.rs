//! Performs what a consumer decides: applies events once each, asks for what is missing, parks what cannot be applied.

use std::{fmt, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use auth::Caller;
use bus::Delivery;
use db::inbox::{self, Stand};
use futures_util::FutureExt as _;
use sea_orm::DatabaseTransaction;
use serde::{Serialize, de::DeserializeOwned};
use tracing::Instrument as _;
use uuid::Uuid;
use wire::{Envelope, Fault, Meta, Need, Position, call_subject};

use crate::{
    Result, Write,
    builtin::{BEGIN_EPOCH, BeginEpoch, EVENTS, EventsAfter, POSITION, StandsAt, WhereAreYou},
    caller::service_meta,
    consumer::{Action, Head, Input, step},
    context::Frame,
    measuring,
    reconciling::read_snapshot,
    relay::Message,
    running::Shared,
};

/// How often an event is tried before its aggregate is parked.
const ATTEMPTS: u32 = 5;
/// How long after the first failed attempt the next follows; twice as long after each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// Events applied in one transaction at most; a failure undoes them all and they are tried one by one.
const BATCH: usize = 50;
/// How often the publisher is asked where it stands.
const ASK_EVERY: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the courier hears that a message is still worked on; it would send it again after half a minute.
const AT_WORK_EVERY: Duration = Duration::from_secs(10);

/// How applied events move the position.
#[derive(Clone, Copy)]
pub(crate) enum Moving {
    /// Each to its own place.
    Along,
    /// Not at all: nouns of a snapshot, for as long as the consumer stands where it stood when the reading began.
    Still(Option<Position>),
}

/// Another process of this service has read the snapshot and gone on.
#[derive(Debug)]
struct Overtaken;

impl fmt::Display for Overtaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another process of this service has read the snapshot")
    }
}

impl std::error::Error for Overtaken {}

/// Consumes a publisher's events until the process stops.
pub(crate) async fn run(shared: Arc<Shared>, publisher: &'static str) {
    let stopping = shared.platform.life.stopping();
    tokio::pin!(stopping);
    let mut subscription = loop {
        match shared.platform.bus.subscribe(publisher, shared.name()).await {
            Ok(subscription) => break subscription,
            Err(error) => {
                tracing::warn!(service = shared.name(), error = format!("{error:#}"), "cannot subscribe yet");
            }
        }
        tokio::select! {
            () = &mut stopping => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    };
    // Asked at a steady beat, however much arrives: only so a publisher put back from an older copy is found out, and
    // only so it learns how far this consumer has come.
    let mut beat = tokio::time::interval(ASK_EVERY);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            _ = beat.tick() => catch_up(&shared, publisher).await,
            delivery = subscription.next() => {
                let Some(delivery) = delivery else { return };
                let work = received(&shared, publisher, &delivery);
                match measuring::processed(&shared, publisher, work).await {
                    Ok(()) => delivery.ack().await,
                    Err(error) => {
                        tracing::warn!(service = shared.name(), error = format!("{error:#}"), "events wait");
                        delivery.nak(Duration::from_millis(500)).await;
                    }
                }
            }
        }
    }
}

/// [`receive`], while the courier hears that it is not forgotten: it would give the message to somebody else as well.
async fn received(shared: &Arc<Shared>, publisher: &str, delivery: &Delivery) -> Result<()> {
    let receiving = receive(shared, publisher, &delivery.body);
    tokio::pin!(receiving);
    loop {
        tokio::select! {
            done = &mut receiving => return done,
            () = tokio::time::sleep(AT_WORK_EVERY) => delivery.in_progress().await,
        }
    }
}

/// Takes one message.
async fn receive(shared: &Arc<Shared>, publisher: &str, body: &[u8]) -> Result<()> {
    let Ok(message) = serde_json::from_slice::<Message>(body) else {
        // Whatever it was, the book has it: the hole it leaves is found by its numbers.
        tracing::error!(service = shared.name(), publisher, "a message cannot be read");
        return Ok(());
    };
    let envelopes = &message.bundle.envelopes;
    let (Some(first), Some(last)) = (envelopes.first(), envelopes.last()) else { return Ok(()) };
    let stand = inbox::stand(shared.db.reader(), publisher).await?;
    let here = stand.and_then(|stand| message.event_at(stand.position));
    match step(stand, Input::Offered { first: first.position, last: last.position.seq, here }) {
        Action::ApplyFrom(seq) => {
            let known = envelopes.partition_point(|event| event.position.seq < seq);
            let fresh = envelopes.get(known..).unwrap_or_default();
            apply(shared, publisher, fresh, Moving::Along).await
        }
        action => perform(shared, publisher, stand, action).await,
    }
}

/// Asks the publisher where it stands and fetches what is missing. Failing to reach it is no harm: it is asked again.
pub(crate) async fn catch_up(shared: &Arc<Shared>, publisher: &str) {
    loop {
        match caught_up(shared, publisher).await {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => {
                tracing::debug!(service = shared.name(), error = format!("{error:#}"), "cannot catch up yet");
                return;
            }
        }
    }
}

async fn caught_up(shared: &Arc<Shared>, publisher: &str) -> Result<bool> {
    let stand = inbox::stand(shared.db.reader(), publisher).await?;
    let at = stand.map(|stand| stand.position);
    let stands: StandsAt = ask(shared, publisher, POSITION, &WhereAreYou { at }).await?;
    let StandsAt { last, kept_from, here } = stands;
    let lag = last.seq.saturating_sub(at.filter(|at| at.epoch == last.epoch).map_or(0, |at| at.seq));
    runtime::metrics::consumer_lag(shared.name(), publisher, u64::try_from(lag).unwrap_or(0));
    let action = step(stand, Input::Head(Head { last, kept_from, here }));
    perform(shared, publisher, stand, action).await?;
    Ok(matches!(action, Action::Current | Action::Known))
}

async fn perform(shared: &Arc<Shared>, publisher: &str, stand: Option<Stand>, action: Action) -> Result<()> {
    let at = stand.map(|stand| stand.position);
    match action {
        Action::Known | Action::Current | Action::ApplyFrom(_) => Ok(()),
        Action::AskAfter(seq) => {
            let after = Position { epoch: at.unwrap_or_default().epoch, seq };
            let event = stand.and_then(|stand| stand.event);
            let events: Vec<Envelope> = ask(shared, publisher, EVENTS, &EventsAfter { after, event }).await?;
            anyhow::ensure!(!events.is_empty(), "{publisher} has no events after {seq}");
            apply(shared, publisher, &events, Moving::Along).await
        }
        Action::ReadSnapshot => read_snapshot(shared, publisher, at).await,
        Action::TellOlderCopy(epoch) => {
            let _: Position = ask(shared, publisher, BEGIN_EPOCH, &BeginEpoch { after: epoch }).await?;
            Ok(())
        }
    }
}

/// Applies events in order, each exactly once.
pub(crate) async fn apply(shared: &Arc<Shared>, publisher: &str, events: &[Envelope], moving: Moving) -> Result<()> {
    for batch in events.chunks(BATCH) {
        if apply_batch(shared, publisher, batch, moving).await.is_ok() {
            continue;
        }
        for event in batch {
            // Each may be tried for seconds; what is not applied comes again after the next start.
            anyhow::ensure!(!shared.platform.life.is_stopping(), "the process is stopping");
            apply_one(shared, publisher, event, moving).await?;
        }
    }
    shared.wake_relay.notify_one();
    Ok(())
}

/// One transaction: the effects of all events, and the position after the last.
async fn apply_batch(shared: &Arc<Shared>, publisher: &str, events: &[Envelope], moving: Moving) -> Result<()> {
    let mut tx = shared.db.begin().await?;
    let at = inbox::locked_position(&tx, publisher).await?;
    if let Moving::Still(began) = moving
        && at != began
    {
        return Err(Overtaken.into());
    }
    for event in events {
        // Another process of this service may have been faster: what it has applied is not applied again.
        if is_applied(event, at, moving) {
            continue;
        }
        if inbox::is_parked(&tx, publisher, event.aggregate).await? {
            let why = "waits behind an event of the same noun that could not be applied";
            inbox::park(&tx, publisher, event, why, shared.platform.clock.now()).await?;
            continue;
        }
        let reconciling = at.is_some_and(|at| event.position.epoch > at.epoch);
        tx = react(shared, publisher, event, reconciling, tx).await?;
    }
    if let Some(last) = events.last().filter(|last| moves(last, at, moving)) {
        inbox::advance(&tx, publisher, stand_at(last)).await?;
    }
    Ok(measuring::commit(shared, tx).await?)
}

fn is_applied(event: &Envelope, at: Option<Position>, moving: Moving) -> bool {
    matches!(moving, Moving::Along) && at.is_some_and(|at| event.position <= at)
}

fn moves(event: &Envelope, at: Option<Position>, moving: Moving) -> bool {
    matches!(moving, Moving::Along) && at.is_none_or(|at| event.position > at)
}

fn stand_at(event: &Envelope) -> Stand {
    Stand { position: event.position, event: Some(event.id) }
}

/// Tries one event several times, then parks its aggregate and goes on.
async fn apply_one(shared: &Arc<Shared>, publisher: &str, event: &Envelope, moving: Moving) -> Result<()> {
    let mut pause = FIRST_PAUSE;
    let mut why = String::new();
    for _ in 0..ATTEMPTS {
        match apply_batch(shared, publisher, std::slice::from_ref(event), moving).await {
            Ok(()) => return Ok(()),
            Err(error) if is_storage(&error) || error.is::<Overtaken>() => return Err(error),
            Err(error) => why = format!("{error:#}"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    tracing::error!(service = shared.name(), event = event.kind.as_str(), seq = event.position.seq, "parked an event");
    let tx = shared.db.begin().await?;
    let at = inbox::locked_position(&tx, publisher).await?;
    // Another process may have had better luck meanwhile, and gone further.
    if !is_applied(event, at, moving) {
        inbox::park(&tx, publisher, event, &why, shared.platform.clock.now()).await?;
        if moves(event, at, moving) {
            inbox::advance(&tx, publisher, stand_at(event)).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// An event is not to blame when the database is away or full, or its connection broke.
pub(crate) fn is_storage(error: &anyhow::Error) -> bool {
    let database = error.chain().find_map(|cause| cause.downcast_ref::<sea_orm::DbErr>());
    database.is_some_and(|error| {
        matches!(error, sea_orm::DbErr::ConnectionAcquire(_) | sea_orm::DbErr::Conn(_))
            || db::is_contended(error)
            || db::is_disconnected(error)
            || db::is_storage_full(error)
            || db::is_storage_failure(error)
    })
}

/// Runs the reaction to an event in a transaction and gives the transaction back.
async fn react(
    shared: &Arc<Shared>,
    publisher: &str,
    event: &Envelope,
    reconciling: bool,
    tx: DatabaseTransaction,
) -> Result<DatabaseTransaction> {
    let reactions = shared.service.reactions.get(publisher);
    let Some(reaction) = reactions.and_then(|kinds| kinds.get(event.kind.as_str())) else { return Ok(tx) };
    let span = tracing::info_span!("reaction", service = shared.name(), event = event.kind.as_str());
    runtime::trace::adopt(&span, event.trace.as_deref());
    let tx = Arc::new(tx);
    let frame = own_frame(shared, &format!("{}.on.{}", shared.name(), event.kind), reconciling)?;
    let cx = Write { now: frame.now, frame, tx: Arc::clone(&tx) };
    // A panic in a reaction is that event's fault and parks it; it must not take the process down again and again.
    let reacted = AssertUnwindSafe(reaction(cx, event.body.clone()).instrument(span)).catch_unwind().await;
    reacted.map_err(|_| anyhow::anyhow!("the reaction panicked"))??;
    Arc::into_inner(tx).ok_or_else(|| anyhow::anyhow!("the reaction kept its context past its end"))
}

/// The frame in which a service acts for itself: reactions and jobs.
pub(crate) fn own_frame(shared: &Arc<Shared>, subject: &str, reconciling: bool) -> Result<Arc<Frame>> {
    let caller = Caller::Service(shared.name().to_owned());
    Ok(Arc::new(Frame {
        shared: Arc::clone(shared),
        subject: subject.to_owned(),
        now: shared.platform.clock.now(),
        scope: auth::decide(&caller, None, &Need::Services)?,
        caller,
        authority: None,
        meta: Meta::default(),
        reconciling,
    }))
}

/// Applies the parked events of an aggregate, first one first, until one fails again; tells how many were applied.
pub(crate) async fn retry_dead(shared: &Arc<Shared>, aggregate: Uuid) -> Result<usize> {
    let letters = shared.db.dead_letters(Some(aggregate), 1_000).await?;
    let mut applied = 0;
    for letter in &letters {
        let tx = shared.db.begin().await?;
        if !inbox::unpark(&tx, letter.envelope.id).await? {
            // Somebody else is applying, or has applied, this very letter.
            tx.rollback().await?;
            continue;
        }
        let tx = react(shared, &letter.publisher, &letter.envelope, false, tx).await?;
        tx.commit().await?;
        applied += 1;
    }
    shared.wake_relay.notify_one();
    Ok(applied)
}

/// Asks a publisher's chassis.
pub(crate) async fn ask<C: Serialize, R: DeserializeOwned>(
    shared: &Shared,
    whom: &str,
    name: &str,
    call: &C,
) -> Result<R> {
    let meta = service_meta(&shared.signer, shared.platform.clock.now());
    let body = serde_json::to_vec(call)?;
    let bus = &shared.platform.bus;
    let answer = bus.call(&call_subject(whom, name), &meta, body.into(), PATIENCE).await?;
    if answer.fault {
        return Err(serde_json::from_slice::<Fault>(&answer.body)?.into());
    }
    Ok(serde_json::from_slice(&answer.body)?)
}
