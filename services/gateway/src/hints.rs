//! Hints from the bus, for all streams: each publisher is watched once, and what it tells is shortened to kind, office
//! and id.

use std::sync::Arc;

use bus::Watch;
use serde::Serialize;
use tokio::sync::broadcast::{self, Receiver, Sender};
use uuid::Uuid;
use wire::{Bundle, Position, id::OfficeId};

use crate::gate::Gate;

/// How many hints a stream may be behind before it is told to begin anew.
const REMEMBERED: usize = 1024;

/// Something of a kind changed in an office. What, a client reads by a normal call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Hint {
    /// The kind of the event.
    pub(crate) kind: String,
    /// Whose.
    pub(crate) office: OfficeId,
    /// What it is about.
    pub(crate) id: Uuid,
}

/// What the streams are told.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    /// Something changed.
    Changed(Arc<Hint>),
    /// Some hints were missed.
    Missed,
}

/// Where streams listen.
pub(crate) struct Hints(Sender<Told>);

impl Hints {
    /// Nobody listens yet.
    pub(crate) fn new() -> Self {
        Self(broadcast::channel(REMEMBERED).0)
    }

    /// Everything from now on. Whoever is too slow finds out by how much.
    pub(crate) fn listen(&self) -> Receiver<Told> {
        self.0.subscribe()
    }

    /// Tells all streams; it is no matter when there are none.
    fn tell(&self, told: Told) {
        let _ = self.0.send(told);
    }
}

/// Passes on what a publisher tells, until the door shuts.
pub(crate) async fn follow(gate: Arc<Gate>, publisher: String, mut watch: Watch) {
    let mut last = None;
    loop {
        let message = tokio::select! {
            () = gate.stop.cancelled() => return,
            message = watch.next() => message,
        };
        let Some(message) = message else {
            tracing::debug!(publisher, "the bus has ended");
            return;
        };
        match serde_json::from_slice::<Bundle>(&message) {
            Ok(bundle) if bundle.publisher == publisher => pass_on(&gate.hints, bundle, &mut last),
            _ => tracing::warn!(publisher, "a message is no bundle of this publisher and gives no hints"),
        }
    }
}

fn pass_on(hints: &Hints, bundle: Bundle, last: &mut Option<Position>) {
    for envelope in bundle.envelopes {
        let place = envelope.position;
        let follows = last.is_none_or(|last| place.epoch == last.epoch && place.seq <= last.seq.saturating_add(1));
        if !follows {
            hints.tell(Told::Missed);
        }
        *last = Some(place);
        hints.tell(Told::Changed(Arc::new(Hint {
            kind: envelope.kind,
            office: envelope.office,
            id: envelope.aggregate,
        })));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bundle(places: &[(i32, i64)]) -> Bundle {
        let envelope = |(epoch, seq): &(i32, i64)| {
            json!({
                "id": Uuid::nil(), "type": format!("note_changed.v{seq}"), "epoch": epoch, "seq": seq,
                "aggregate": Uuid::nil(), "office": Uuid::nil(), "at": "2026-11-20T01:00:00Z", "body": { "secret": 1 }
            })
        };
        let envelopes: Vec<_> = places.iter().map(envelope).collect();
        serde_json::from_value(json!({ "publisher": "desk", "envelopes": envelopes })).unwrap()
    }

    #[test]
    fn a_hole_in_the_numbers_is_told_and_a_repeat_is_harmless() {
        let hints = Hints::new();
        let mut listener = hints.listen();
        let mut last = None;
        for places in [vec![(1, 7), (1, 8)], vec![(1, 8)], vec![(1, 10)], vec![(2, 1)]] {
            pass_on(&hints, bundle(&places), &mut last);
        }
        let mut told = Vec::new();
        while let Ok(one) = listener.try_recv() {
            told.push(match one {
                Told::Changed(hint) => hint.kind.clone(),
                Told::Missed => "missed".to_owned(),
            });
        }
        let kind = |seq: i64| format!("note_changed.v{seq}");
        assert_eq!(told, [kind(7), kind(8), kind(8), "missed".into(), kind(10), "missed".into(), kind(1)]);
    }

    #[test]
    fn a_hint_says_nothing_but_kind_office_and_id() {
        let hint = Hint { kind: "note_changed.v1".into(), office: OfficeId(Uuid::nil()), id: Uuid::nil() };
        let text = serde_json::to_value(&hint).unwrap();
        let names: Vec<_> = text.as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["kind", "office", "id"]);
    }
}
