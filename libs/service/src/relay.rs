//! Pure: what the relay does next. It reads committed events in order, bundles them into messages, hands each to the
//! courier, and notes how far it has come; `relaying` performs what is decided here.

use std::{collections::VecDeque, time::Duration};

use db::outbox::Line;
use serde::Deserialize;
use uuid::Uuid;
use wire::{Bundle, MESSAGE_LIMIT, Position};

/// The most bytes of envelopes in one message; what is around them takes less than the rest.
const BUNDLE_BYTES: usize = MESSAGE_LIMIT - 4 * 1024;
/// The most envelopes in one message.
const BUNDLE_EVENTS: usize = 500;
/// How long the relay waits after the first failure; twice as long after each further one, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What travels: a bundle, and the event before its first one, by which a consumer knows that they follow what it has.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Message {
    /// The events.
    #[serde(flatten)]
    pub bundle: Bundle,
    /// The event with the number before the first one's; nothing when there is none, or it is not known.
    #[serde(default)]
    pub after: Option<Uuid>,
}

/// Where the relay stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relay {
    /// The last event the courier took.
    pub sent: Position,
    /// That event's id, when it is known.
    event: Option<Uuid>,
    /// The last event noted as sent in the book.
    pub marked: Position,
    /// What was read and not yet taken.
    waiting: VecDeque<Line>,
    /// How many of those the last message held.
    in_flight: usize,
    /// The last reading was cut off where a reading ends: there is more.
    more: bool,
    failures: u32,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// There may be something new.
    Woken,
    /// What the book holds of the present epoch.
    Read {
        /// The event at `sent`, when it is kept.
        at: Option<Uuid>,
        /// Events after it, lowest first.
        events: Vec<Line>,
        /// Whether there may be more than one reading holds.
        more: bool,
    },
    /// The courier took the last message.
    Taken,
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
    /// Read the event at this place and those after it.
    Read(Position),
    /// Hand this to the courier.
    Publish {
        /// The event before the first.
        after: Option<Uuid>,
        /// Consecutive events that fit into one message.
        lines: Vec<Line>,
    },
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
        Self { sent, marked: sent, ..Self::default() }
    }

    /// Takes note of what has happened and says what to do.
    pub fn step(&mut self, input: Input) -> Vec<Action> {
        match input {
            Input::Woken => vec![Action::Read(self.sent)],
            Input::Read { at, events, more } => {
                self.event = at;
                self.waiting = events.into();
                self.more = more;
                self.publish_or(Action::Rest)
            }
            Input::Taken => {
                for event in self.waiting.drain(..self.in_flight) {
                    (self.sent, self.event) = (event.position, Some(event.id));
                }
                self.failures = 0;
                self.publish_or(if self.more { Action::Read(self.sent) } else { Action::Rest })
            }
            Input::Refused => {
                self.waiting.clear();
                self.in_flight = 0;
                self.failures = self.failures.saturating_add(1);
                vec![Action::Pause(pause(self.failures))]
            }
            Input::Epoch(epoch) => {
                *self = Self::new(Position { epoch, seq: 0 });
                vec![Action::Read(self.sent)]
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

    /// Sends what waits, or does something else when nothing does.
    fn publish_or(&mut self, otherwise: Action) -> Vec<Action> {
        self.in_flight = fitting(&self.waiting);
        let lines: Vec<_> = self.waiting.iter().take(self.in_flight).cloned().collect();
        if lines.is_empty() { vec![otherwise] } else { vec![Action::Publish { after: self.event, lines }] }
    }
}

/// How many of the first events fit into one message; at least one, when there is one.
fn fitting(events: &VecDeque<Line>) -> usize {
    let mut bytes = 0;
    events
        .iter()
        .take(BUNDLE_EVENTS)
        .take_while(|event| {
            let first = bytes == 0;
            bytes += event.text.len() + 1;
            first || bytes <= BUNDLE_BYTES
        })
        .count()
}

/// A [`Message`] as JSON, and the id by which the courier recognises that it has it already: of the events, not of their
/// numbers, which a copy that was put back gives a second time.
#[must_use]
pub fn message(publisher: &str, after: Option<Uuid>, lines: &[Line]) -> (String, String) {
    let id = |event: Option<&Line>| event.map(|event| event.id).unwrap_or_default();
    let id = format!("{}-{}", id(lines.first()), id(lines.last()));
    let after = after.map(|after| format!(r#""after":"{after}","#)).unwrap_or_default();
    let envelopes = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(",");
    (id, format!(r#"{{"publisher":"{publisher}",{after}"envelopes":[{envelopes}]}}"#))
}

impl Message {
    /// Which event the message shows at a place, when it shows one.
    #[must_use]
    pub fn event_at(&self, place: Position) -> Option<Uuid> {
        let first = self.bundle.envelopes.first()?.position;
        if first.epoch == place.epoch && first.seq == place.seq.saturating_add(1) {
            return self.after;
        }
        self.bundle.envelopes.iter().find(|event| event.position == place).map(|event| event.id)
    }
}

fn pause(failures: u32) -> Duration {
    FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1))).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: i64, bytes: usize) -> Line {
        let id = Uuid::from_u128(u128::try_from(seq).unwrap());
        let nil = Uuid::nil();
        let text = serde_json::json!({ "id": id, "type": "thing_changed.v1", "epoch": 1, "seq": seq, "aggregate": nil,
            "office": nil, "at": "2026-01-05T01:00:00Z", "body": "x".repeat(bytes) });
        let position = Position { epoch: 1, seq };
        Line { id, kind: "thing_changed.v1".into(), position, trace: None, text: text.to_string() }
    }

    fn read(events: Vec<Line>) -> Input {
        Input::Read { at: None, events, more: false }
    }

    fn published(actions: &[Action]) -> Vec<i64> {
        let [Action::Publish { lines, .. }] = actions else { panic!("{actions:?}") };
        lines.iter().map(|event| event.position.seq).collect()
    }

    #[test]
    fn it_sends_in_order_and_marks_once_a_second() {
        let start = Position { epoch: 1, seq: 0 };
        let mut relay = Relay::new(start);
        assert_eq!(relay.step(Input::Woken), [Action::Read(start)]);
        let events = vec![event(1, 10), event(2, 10)];
        assert_eq!(relay.step(read(events.clone())), [Action::Publish { after: None, lines: events }]);
        let second = Position { epoch: 1, seq: 2 };
        assert_eq!(relay.step(Input::Taken), [Action::Rest]);
        assert_eq!(relay.step(Input::Tick), [Action::Mark(second)]);
        assert_eq!(relay.step(Input::Tick), []);
    }

    #[test]
    fn what_was_read_at_once_is_sent_without_reading_again() {
        let mut relay = Relay::new(Position { epoch: 1, seq: 0 });
        let events: Vec<_> = (1..=1_000).map(|seq| event(seq, 10)).collect();
        assert_eq!(published(&relay.step(read(events))), (1..=500).collect::<Vec<_>>());
        let next = relay.step(Input::Taken);
        assert_eq!(published(&next), (501..=1_000).collect::<Vec<_>>());
        let [Action::Publish { after, .. }] = next.as_slice() else { panic!("{next:?}") };
        assert_eq!(*after, Some(event(500, 0).id), "it names the event it follows");
        assert_eq!(relay.step(Input::Refused), [Action::Pause(FIRST_PAUSE)]);
        assert_eq!(relay.step(Input::Woken), [Action::Read(Position { epoch: 1, seq: 500 })]);
    }

    #[test]
    fn after_a_reading_that_was_cut_off_it_reads_again() {
        let mut relay = Relay::default();
        relay.step(Input::Read { at: None, events: vec![event(1, 10)], more: true });
        assert_eq!(relay.step(Input::Taken), [Action::Read(Position { epoch: 1, seq: 1 })]);
        assert_eq!(relay.step(read(vec![])), [Action::Rest]);
    }

    #[test]
    fn a_large_event_travels_alone_and_no_message_is_too_large() {
        let mut relay = Relay::default();
        assert_eq!(published(&relay.step(read(vec![event(1, 510_000), event(2, 10_000)]))), [1]);
        let many: Vec<_> = (1..=500).map(|seq| event(seq, 3_000)).collect();
        let [Action::Publish { lines, .. }] = &relay.step(read(many))[..] else { panic!("nothing is published") };
        let (_, text) = message("documents", Some(Uuid::nil()), lines);
        assert!(text.len() <= MESSAGE_LIMIT, "{}", text.len());
        assert!(text.len() > MESSAGE_LIMIT - 8 * 1024, "{}", text.len());
    }

    #[test]
    fn a_message_bears_the_ids_of_its_events_not_their_numbers() {
        let (first, text) = message("till", None, &[event(1, 10), event(2, 10)]);
        let other = Line { id: Uuid::from_u128(77), ..event(1, 10) };
        let (second, _) = message("till", None, &[other, event(2, 10)]);
        assert_ne!(first, second, "the courier would drop it as known");
        let told: Message = serde_json::from_str(&text).unwrap();
        assert_eq!((told.bundle.publisher.as_str(), told.bundle.envelopes.len(), told.after), ("till", 2, None));
        assert_eq!(told.event_at(Position { epoch: 1, seq: 1 }), Some(event(1, 0).id));
        assert_eq!(told.event_at(Position { epoch: 2, seq: 1 }), None);
        let (_, text) = message("till", Some(Uuid::from_u128(9)), &[event(10, 10)]);
        let told: Message = serde_json::from_str(&text).unwrap();
        assert_eq!(told.event_at(Position { epoch: 1, seq: 9 }), Some(Uuid::from_u128(9)));
        serde_json::from_str::<Bundle>(&text).expect("readers that do not know `after` read it as well");
    }

    #[test]
    fn it_waits_longer_while_the_courier_refuses() {
        let mut relay = Relay::default();
        let pauses: Vec<_> = (0..9).map(|_| relay.step(Input::Refused)).collect();
        assert_eq!(pauses[0], [Action::Pause(FIRST_PAUSE)]);
        assert_eq!(pauses[1], [Action::Pause(FIRST_PAUSE * 2)]);
        assert_eq!(pauses[8], [Action::Pause(LONGEST_PAUSE)]);
        relay.step(read(vec![event(1, 10)]));
        relay.step(Input::Taken);
        assert_eq!(relay.step(Input::Refused), [Action::Pause(FIRST_PAUSE)]);
    }
}
