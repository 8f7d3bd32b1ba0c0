//! Performs what the relay decides: reads the book, hands messages to the courier.

use std::{sync::Arc, time::Duration};

use bus::PublishError;
use tokio::time::Instant as Tick;
use wire::Position;

use crate::{
    relay::{Action, Input, Relay, message},
    running::Shared,
};

/// Rows that other replicas wrote wake nobody here.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How many events are read at once.
const READ: u32 = 1_000;

/// Relays until the process stops, and then once more what is left.
pub(crate) async fn run(shared: Arc<Shared>) {
    let Ok(head) = shared.until_answered(|| shared.db.head()).await else { return };
    let mut relay = Relay::new(Position { epoch: head.last.epoch, seq: head.sent });
    let mut ticked = Tick::now();
    let mut pause = Duration::ZERO;
    loop {
        tokio::select! {
            () = shared.quiet.cancelled() => break,
            () = shared.wake_relay.notified(), if pause.is_zero() => {}
            () = tokio::time::sleep(if pause.is_zero() { LOOK_EVERY } else { pause }) => {}
        }
        pause = drain(&shared, &mut relay).await;
        if ticked.elapsed() >= Duration::from_secs(1) {
            ticked = Tick::now();
            mark(&shared, &mut relay).await;
        }
    }
    drain(&shared, &mut relay).await;
    mark(&shared, &mut relay).await;
}

/// Sends until nothing is left or the courier refuses; gives how long to wait before the next attempt.
async fn drain(shared: &Shared, relay: &mut Relay) -> Duration {
    let numbered = shared.db.number_events().await;
    let epoch = shared.db.head().await;
    if let Some(error) = numbered.err().or(epoch.as_ref().err().map(|error| sea_orm::DbErr::Custom(error.to_string())))
    {
        shared.note_database_error("the relay cannot read its book", &error);
        return LOOK_EVERY;
    }
    let changed = epoch.ok().map(|head| head.last.epoch).filter(|epoch| *epoch != relay.sent.epoch);
    let mut actions = relay.step(changed.map_or(Input::Woken, Input::Epoch));
    while let Some(action) = actions.pop() {
        actions = match action {
            Action::Read(after) => match shared.db.events_after(after, READ).await {
                Ok(events) => relay.step(Input::Read(events)),
                Err(error) => {
                    shared.note_database_error("the relay cannot read its book", &error);
                    return LOOK_EVERY;
                }
            },
            Action::Publish(envelopes) => {
                let taken = envelopes.last().map(|event| event.position).unwrap_or_default();
                let sent = publish(shared, envelopes).await;
                relay.step(if sent { Input::Taken(taken) } else { Input::Refused })
            }
            Action::Pause(pause) => return pause,
            Action::Mark(_) | Action::Rest => vec![],
        };
    }
    Duration::ZERO
}

async fn publish(shared: &Shared, envelopes: Vec<wire::Envelope>) -> bool {
    // One short span for each event, so that its trace shows when it was handed over although many travel together.
    for event in envelopes.iter().filter(|event| event.trace.is_some()) {
        let span = tracing::info_span!("relay", service = shared.name(), event = event.kind.as_str());
        runtime::trace::adopt(&span, event.trace.as_deref());
        span.in_scope(|| ());
    }
    let (id, bundle) = message(shared.name(), envelopes);
    let Ok(body) = serde_json::to_vec(&bundle) else { return false };
    match shared.platform.bus.publish(shared.name(), &id, body.into()).await {
        Ok(()) => true,
        Err(PublishError::TooLarge { size, .. }) => {
            // `emit` refuses an event this large.
            tracing::error!(service = shared.name(), bytes = size, "an event is too large for the bus");
            false
        }
        Err(PublishError::Away(_)) => {
            tracing::warn!(service = shared.name(), "the broker does not take events; they wait in the outbox");
            false
        }
    }
}

async fn mark(shared: &Shared, relay: &mut Relay) {
    for action in relay.step(Input::Tick) {
        let Action::Mark(position) = action else { continue };
        if let Err(error) = shared.db.mark_sent(position).await {
            shared.note_database_error("the relay cannot note how far it has come", &error);
        }
    }
}
