//! Performs what a consumer decides: applies events once each, asks for what is missing, parks what cannot be applied.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use auth::Caller;
use db::inbox;
use futures_util::FutureExt as _;
use sea_orm::DatabaseTransaction;
use serde::{Serialize, de::DeserializeOwned};
use tracing::Instrument as _;
use uuid::Uuid;
use wire::{Bundle, Envelope, Fault, Meta, Need, Position, call_subject};

use crate::{
    Result, Write,
    builtin::{
        BEGIN_EPOCH, BeginEpoch, EVENTS, EventsAfter, POSITION, ReadSnapshot, SNAPSHOT, SnapshotPage, StandsAt,
        WhereAreYou,
    },
    caller::service_meta,
    consumer::{Action, Head, Input, step},
    context::Frame,
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
                match receive(&shared, publisher, &delivery.body).await {
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

/// Takes one message.
async fn receive(shared: &Arc<Shared>, publisher: &str, body: &[u8]) -> Result<()> {
    let Ok(bundle) = serde_json::from_slice::<Bundle>(body) else {
        // Whatever it was, the book has it: the hole it leaves is found by its numbers.
        tracing::error!(service = shared.name(), "a message of {publisher} cannot be read");
        return Ok(());
    };
    let (Some(first), Some(last)) = (bundle.envelopes.first(), bundle.envelopes.last()) else { return Ok(()) };
    let offered = Input::Offered { first: first.position, last: last.position.seq };
    let at = inbox::position(shared.db.reader(), publisher).await?;
    match step(at, offered) {
        Action::ApplyFrom(seq) => {
            let fresh: Vec<_> = bundle.envelopes.into_iter().filter(|event| event.position.seq >= seq).collect();
            apply(shared, publisher, &fresh, |event| Some(event.position)).await
        }
        action => perform(shared, publisher, at, action).await,
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
    let at = inbox::position(shared.db.reader(), publisher).await?;
    let stands: StandsAt = ask(shared, publisher, POSITION, &WhereAreYou { at }).await?;
    let lag = stands.last.seq.saturating_sub(at.map_or(0, |at| at.seq));
    runtime::metrics::consumer_lag(shared.name(), publisher, u64::try_from(lag).unwrap_or(0));
    let action = step(at, Input::Head(Head { last: stands.last, kept_from: stands.kept_from }));
    perform(shared, publisher, at, action).await?;
    Ok(matches!(action, Action::Current | Action::Known))
}

async fn perform(shared: &Arc<Shared>, publisher: &str, at: Option<Position>, action: Action) -> Result<()> {
    match action {
        Action::Known | Action::Current | Action::ApplyFrom(_) => Ok(()),
        Action::AskAfter(seq) => {
            let after = Position { epoch: at.unwrap_or_default().epoch, seq };
            let events: Vec<Envelope> = ask(shared, publisher, EVENTS, &EventsAfter { after }).await?;
            anyhow::ensure!(!events.is_empty(), "{publisher} has no events after {seq}");
            apply(shared, publisher, &events, |event| Some(event.position)).await
        }
        Action::ReadSnapshot => read_snapshot(shared, publisher).await,
        Action::TellOlderCopy(epoch) => {
            let _: Position = ask(shared, publisher, BEGIN_EPOCH, &BeginEpoch { after: epoch }).await?;
            Ok(())
        }
    }
}

/// Reads the nouns this service has reactions for, then stands where the publisher stood before the first page.
async fn read_snapshot(shared: &Arc<Shared>, publisher: &str) -> Result<()> {
    let kinds = shared.service.reactions.get(publisher).map(|kinds| kinds.keys().copied().collect::<Vec<_>>());
    let mut from: Option<Position> = None;
    for kind in kinds.unwrap_or_default() {
        let mut after: Option<Uuid> = None;
        loop {
            let call = ReadSnapshot { kind: kind.to_owned(), after };
            let page: SnapshotPage = ask(shared, publisher, SNAPSHOT, &call).await?;
            from.get_or_insert(page.valid_from);
            let Some(last) = page.nouns.last() else { break };
            after = Some(last.aggregate);
            apply(shared, publisher, &page.nouns, |_| None).await?;
        }
    }
    let Some(from) = from else { return Ok(()) };
    let tx = shared.db.begin().await?;
    inbox::advance(&tx, publisher, from).await?;
    tx.commit().await?;
    tracing::info!(service = shared.name(), epoch = from.epoch, seq = from.seq, "began from a snapshot");
    Ok(())
}

/// Applies events in order, each exactly once: `place` gives the position that its transaction moves to, which nouns of
/// a snapshot do not have.
async fn apply(
    shared: &Arc<Shared>,
    publisher: &str,
    events: &[Envelope],
    place: fn(&Envelope) -> Option<Position>,
) -> Result<()> {
    for batch in events.chunks(BATCH) {
        let last = batch.last().and_then(place);
        if apply_batch(shared, publisher, batch, last).await.is_ok() {
            continue;
        }
        for event in batch {
            apply_one(shared, publisher, event, place(event)).await?;
        }
    }
    shared.wake_relay.notify_one();
    Ok(())
}

/// One transaction: the effects of all events, and the position after the last.
async fn apply_batch(
    shared: &Arc<Shared>,
    publisher: &str,
    events: &[Envelope],
    position: Option<Position>,
) -> Result<()> {
    let mut tx = shared.db.begin().await?;
    let at = inbox::locked_position(&tx, publisher).await?;
    for event in events {
        // Another process of this service may have been faster: what it has applied is not applied again. Nouns of a
        // snapshot move no position and are applied as they come.
        if position.is_some() && at.is_some_and(|at| event.position <= at) {
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
    if let Some(position) = position.filter(|position| at.is_none_or(|at| *position > at)) {
        inbox::advance(&tx, publisher, position).await?;
    }
    Ok(tx.commit().await?)
}

/// Tries one event several times, then parks its aggregate and goes on.
async fn apply_one(shared: &Arc<Shared>, publisher: &str, event: &Envelope, position: Option<Position>) -> Result<()> {
    let mut pause = FIRST_PAUSE;
    let mut why = String::new();
    for _ in 0..ATTEMPTS {
        match apply_batch(shared, publisher, std::slice::from_ref(event), position).await {
            Ok(()) => return Ok(()),
            Err(error) if is_storage(&error) => return Err(error),
            Err(error) => why = format!("{error:#}"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    tracing::error!(service = shared.name(), event = event.kind.as_str(), seq = event.position.seq, "parked an event");
    let tx = shared.db.begin().await?;
    inbox::park(&tx, publisher, event, &why, shared.platform.clock.now()).await?;
    if let Some(position) = position {
        inbox::advance(&tx, publisher, position).await?;
    }
    Ok(tx.commit().await?)
}

/// An event is not to blame when the database is away or full.
fn is_storage(error: &anyhow::Error) -> bool {
    let database = error.chain().find_map(|cause| cause.downcast_ref::<sea_orm::DbErr>());
    database.is_some_and(|error| {
        matches!(error, sea_orm::DbErr::ConnectionAcquire(_) | sea_orm::DbErr::Conn(_))
            || db::is_contended(error)
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
    for letter in &letters {
        let tx = shared.db.begin().await?;
        if !inbox::unpark(&tx, letter.envelope.id).await? {
            // Somebody else is applying, or has applied, this very letter.
            tx.rollback().await?;
            continue;
        }
        let tx = react(shared, &letter.publisher, &letter.envelope, false, tx).await?;
        tx.commit().await?;
    }
    shared.wake_relay.notify_one();
    Ok(letters.len())
}

/// Asks a publisher's chassis.
async fn ask<C: Serialize, R: DeserializeOwned>(shared: &Shared, whom: &str, name: &str, call: &C) -> Result<R> {
    let meta = service_meta(&shared.signer, shared.platform.clock.now());
    let body = serde_json::to_vec(call)?;
    let bus = &shared.platform.bus;
    let answer = bus.call(&call_subject(whom, name), &meta, body.into(), PATIENCE).await?;
    if answer.fault {
        return Err(serde_json::from_slice::<Fault>(&answer.body)?.into());
    }
    Ok(serde_json::from_slice(&answer.body)?)
}
