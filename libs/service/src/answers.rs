//! Answers the built-in calls.

use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};
use wire::{Envelope, Instant, Need, Position};

use crate::{
    Read, Result,
    builtin::{
        BEGIN_EPOCH, BeginEpoch, DEAD_LETTERS, DESCRIBE, Described, EVENTS, EventsAfter, POSITION, Parked, RETRY_DEAD,
        ReadSnapshot, RetryDead, SNAPSHOT, SnapshotPage, StandsAt, WhereAreYou,
    },
    consuming,
    context::{Frame, encode},
    error::broken,
    running::Shared,
};

/// The most bytes of envelopes in one answer.
const ANSWER_BYTES: usize = 384 * 1024;
/// How many nouns a page of a snapshot has at most.
const SNAPSHOT_PAGE: u16 = 200;

pub(crate) async fn answer(
    shared: &Arc<Shared>,
    call: &str,
    asking: &str,
    body: &[u8],
    now: Instant,
) -> Result<Vec<u8>> {
    match call {
        DESCRIBE => reply(&Described {
            contract: shared.service.contract.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            instance: shared.instance,
        }),
        POSITION => {
            let call: WhereAreYou = read(body)?;
            reply(&position(shared, asking, call.at, now).await?)
        }
        EVENTS => {
            let call: EventsAfter = read(body)?;
            reply(&events_after(shared, &call).await?)
        }
        SNAPSHOT => reply(&snapshot(shared, asking, read(body)?, now).await?),
        BEGIN_EPOCH => {
            let call: BeginEpoch = read(body)?;
            tracing::warn!(service = shared.name(), epoch = call.after, "a consumer knows more: a new epoch begins");
            let place = shared.db.begin_epoch(call.after).await?;
            shared.wake_relay.notify_one();
            reply(&place)
        }
        DEAD_LETTERS => {
            let letters = shared.db.dead_letters(None, 200).await?;
            let parked = letters.into_iter().map(|letter| Parked {
                publisher: letter.publisher,
                kind: letter.envelope.kind,
                aggregate: letter.envelope.aggregate,
                position: letter.envelope.position,
                error: letter.error,
            });
            reply(&parked.collect::<Vec<_>>())
        }
        RETRY_DEAD => {
            let call: RetryDead = read(body)?;
            reply(&consuming::retry_dead(shared, call.aggregate).await?)
        }
        _ => Err(broken().into()),
    }
}

async fn position(shared: &Shared, asking: &str, at: Option<Position>, now: Instant) -> Result<StandsAt> {
    shared.db.number_events().await?;
    let head = shared.db.head().await?;
    let mut here = None;
    if let Some(at) = at {
        shared.db.note_subscriber(asking, at, now).await?;
        here = shared.db.event_at(at).await?;
    }
    Ok(StandsAt { last: head.last, kept_from: head.kept_from, here })
}

/// Events of the present epoch after a place, as many as one answer holds; none when the asker speaks of another epoch
/// or of other events.
async fn events_after(shared: &Shared, call: &EventsAfter) -> Result<Vec<Envelope>> {
    let head = shared.db.head().await?;
    let here = shared.db.event_at(call.after).await?;
    let is_other = here.zip(call.event).is_some_and(|(here, event)| here != event);
    if head.last.epoch != call.after.epoch || is_other {
        return Ok(Vec::new());
    }
    Ok(fitting(shared.db.events_after(call.after.seq, 1_000).await?))
}

async fn snapshot(shared: &Arc<Shared>, asking: &str, call: ReadSnapshot, now: Instant) -> Result<SnapshotPage> {
    shared.db.number_events().await?;
    let valid_from = shared.db.head().await?.last;
    let event = shared.db.event_at(valid_from).await?;
    let Some(offered) = shared.service.snapshots.get(call.kind.as_str()) else {
        return Ok(SnapshotPage { valid_from, event, offered: false, nouns: Vec::new(), more: false });
    };
    let caller = auth::Caller::Service(asking.to_owned());
    let frame = Frame {
        shared: Arc::clone(shared),
        subject: format!("{}.{SNAPSHOT}", shared.name()),
        now,
        scope: auth::decide(&caller, None, &Need::Services)?,
        caller,
        authority: None,
        meta: wire::Meta::default(),
        reconciling: false,
    };
    let cx = Read { now, frame: Arc::new(frame) };
    let found = offered(cx, call.after, SNAPSHOT_PAGE, valid_from).await?;
    let count = found.len();
    let nouns = fitting(found);
    let more = count >= usize::from(SNAPSHOT_PAGE) || nouns.len() < count;
    Ok(SnapshotPage { valid_from, event, offered: true, nouns, more })
}

/// As many as fit into one answer; at least one, so that the asker always comes further.
fn fitting(mut envelopes: Vec<Envelope>) -> Vec<Envelope> {
    let mut bytes = 0;
    let count = envelopes
        .iter()
        .take_while(|envelope| {
            let first = bytes == 0;
            bytes += serde_json::to_vec(envelope).map_or(ANSWER_BYTES, |text| text.len());
            first || bytes <= ANSWER_BYTES
        })
        .count();
    envelopes.truncate(count);
    envelopes
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    Ok(serde_json::from_slice(body)?)
}

fn reply<T: Serialize>(answer: &T) -> Result<Vec<u8>> {
    encode(answer)
}
