//! Pure: what the relay does next. It reads committed events in order, bundles them into messages, hands each to the
//! courier, and notes how far it has come; `relaying` performs what is decided here.

use std::time::Duration;

use wire::{Bundle, Envelope, Position};

/// The most bytes of envelopes in one message; half of what a message may be, because sizes are estimated.
const BUNDLE_BYTES: usize = 256 * 1024;
/// The most envelopes in one message.
const BUNDLE_EVENTS: usize = 500;
/// How long the relay waits after the first failure; twice as long after each further one, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Where the relay stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relay {
    /// The last event the courier took.
    pub sent: Position,
    /// The last event noted as sent in the book.
    pub marked: Position,
    failures: u32,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// There may be something new.
    Woken,
    /// Events after `sent`, lowest first, with the epoch they were read in.
    Read(Vec<Envelope>),
    /// The courier took everything up to here.
    Taken(Position),
    /// The courier did not take the last message.
    Refused,
    /// The book begins a new epoch.
    Epoch(i32),
    /// A second has passed.
    Tick,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Read events after this number.
    Read(i64),
    /// Hand this to the courier.
    Publish(Vec<Envelope>),
    /// Note in the book that everything up to here is sent.
    Mark(Position),
    /// Wait this long, then read again.
    Pause(Duration),
    /// Wait to be woken.
    Rest,
}

impl Relay {
    /// Starts where the book says the courier was.
    #[must_use]
    pub fn new(sent: Position) -> Self {
        Self { sent, marked: sent, failures: 0 }
    }

    /// Takes note of what has happened and says what to do.
    pub fn step(&mut self, input: Input) -> Vec<Action> {
        match input {
            Input::Woken => vec![Action::Read(self.sent.seq)],
            Input::Read(events) if events.is_empty() => vec![Action::Rest],
            Input::Read(events) => vec![Action::Publish(first_bundle(events))],
            Input::Taken(position) => {
                self.sent = position;
                self.failures = 0;
                vec![Action::Read(position.seq)]
            }
            Input::Refused => {
                self.failures = self.failures.saturating_add(1);
                vec![Action::Pause(pause(self.failures))]
            }
            Input::Epoch(epoch) => {
                *self = Self::new(Position { epoch, seq: 0 });
                vec![Action::Read(0)]
            }
            // Marking costs a commit, and forgetting it costs only messages that consumers recognise: once a second
            // is enough.
            Input::Tick if self.sent > self.marked => {
                self.marked = self.sent;
                vec![Action::Mark(self.sent)]
            }
            Input::Tick => vec![],
        }
    }
}

/// As many of the events as fit into one message; at least one.
fn first_bundle(mut events: Vec<Envelope>) -> Vec<Envelope> {
    let mut bytes = 0;
    let fitting = events
        .iter()
        .take(BUNDLE_EVENTS)
        .take_while(|event| {
            let first = bytes == 0;
            bytes += serde_json::to_vec(event).map_or(BUNDLE_BYTES, |text| text.len());
            first || bytes <= BUNDLE_BYTES
        })
        .count();
    events.truncate(fitting);
    events
}

/// The message of a bundle, and the id by which the courier recognises that it has it already.
#[must_use]
pub fn message(publisher: &str, envelopes: Vec<Envelope>) -> (String, Bundle) {
    let first = envelopes.first().map(|event| event.position).unwrap_or_default();
    let last = envelopes.last().map(|event| event.position.seq).unwrap_or_default();
    let id = format!("{publisher}-{}-{}-{last}", first.epoch, first.seq);
    (id, Bundle { publisher: publisher.to_owned(), envelopes })
}

fn pause(failures: u32) -> Duration {
    FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1))).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use wire::Instant;

    use super::*;

    fn event(seq: i64, bytes: usize) -> Envelope {
        Envelope {
            id: uuid::Uuid::from_u128(u128::try_from(seq).unwrap()),
            kind: "thing_changed.v1".into(),
            position: Position { epoch: 1, seq },
            aggregate: uuid::Uuid::nil(),
            office: uuid::Uuid::nil().into(),
            at: Instant::from_micros(0),
            trace: None,
            body: serde_json::Value::String("x".repeat(bytes)),
        }
    }

    #[test]
    fn it_sends_in_order_and_marks_once_a_second() {
        let mut relay = Relay::new(Position { epoch: 1, seq: 0 });
        assert_eq!(relay.step(Input::Woken), [Action::Read(0)]);
        let events = vec![event(1, 10), event(2, 10)];
        assert_eq!(relay.step(Input::Read(events.clone())), [Action::Publish(events)]);
        assert_eq!(relay.step(Input::Taken(Position { epoch: 1, seq: 2 })), [Action::Read(2)]);
        assert_eq!(relay.step(Input::Read(vec![])), [Action::Rest]);
        assert_eq!(relay.step(Input::Tick), [Action::Mark(Position { epoch: 1, seq: 2 })]);
        assert_eq!(relay.step(Input::Tick), []);
    }

    #[test]
    fn a_large_event_travels_alone() {
        let mut relay = Relay::default();
        let events = vec![event(1, 300_000), event(2, 10)];
        let Some(Action::Publish(bundle)) = relay.step(Input::Read(events)).pop() else { panic!("publishes") };
        assert_eq!(bundle.len(), 1);
    }

    #[test]
    fn it_waits_longer_while_the_courier_refuses() {
        let mut relay = Relay::default();
        let pauses: Vec<_> = (0..9).map(|_| relay.step(Input::Refused)).collect();
        assert_eq!(pauses[0], [Action::Pause(FIRST_PAUSE)]);
        assert_eq!(pauses[1], [Action::Pause(FIRST_PAUSE * 2)]);
        assert_eq!(pauses[8], [Action::Pause(LONGEST_PAUSE)]);
        relay.step(Input::Taken(Position { epoch: 1, seq: 1 }));
        assert_eq!(relay.step(Input::Refused), [Action::Pause(FIRST_PAUSE)]);
    }
}
