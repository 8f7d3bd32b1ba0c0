//! Pure: what a consumer does with what it is offered. Numbers are dense within an epoch, so a hole is seen at once,
//! and a repeat is known for what it is; `consuming` performs what is decided here.

use db::inbox::Stand;
use uuid::Uuid;
use wire::Position;

/// What a publisher tells of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last event it has made.
    pub last: Position,
    /// The oldest it still keeps.
    pub kept_from: i64,
    /// Its event where the consumer stands, when it keeps one.
    pub here: Option<Uuid>,
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A message arrived: events `first..=last` of an epoch.
    Offered {
        /// The first event of the message.
        first: Position,
        /// The number of its last event.
        last: i64,
        /// The event it shows where the consumer stands, when it shows one.
        here: Option<Uuid>,
    },
    /// The publisher told where it stands.
    Head(Head),
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Everything in it was applied before: acknowledge and forget.
    Known,
    /// Apply the events of the message with numbers from this one on.
    ApplyFrom(i64),
    /// Events are missing: ask the publisher for what follows this number.
    AskAfter(i64),
    /// The publisher no longer keeps what is missing, this consumer has never begun, or a new epoch began: read the
    /// nouns themselves.
    ReadSnapshot,
    /// The publisher stands behind what it has told, or gives a number a second time: its database is an older copy. It
    /// must begin an epoch after this.
    TellOlderCopy(i32),
    /// Nothing is missing.
    Current,
}

/// What a consumer does where it stands; one that never began stands nowhere.
#[must_use]
pub fn step(stand: Option<Stand>, input: Input) -> Action {
    let Some(Stand { position: at, event }) = stand else { return Action::ReadSnapshot };
    let is_other = |here: Option<Uuid>| event.zip(here).is_some_and(|(event, here)| event != here);
    match input {
        Input::Offered { first, .. } if first.epoch < at.epoch => Action::Known,
        Input::Offered { first, .. } if first.epoch > at.epoch => Action::ReadSnapshot,
        Input::Offered { here, .. } if is_other(here) => Action::TellOlderCopy(at.epoch),
        Input::Offered { last, .. } if last <= at.seq => Action::Known,
        Input::Offered { first, .. } if first.seq > at.seq.saturating_add(1) => Action::AskAfter(at.seq),
        Input::Offered { .. } => Action::ApplyFrom(at.seq.saturating_add(1)),
        Input::Head(head) if head.last.epoch > at.epoch => Action::ReadSnapshot,
        Input::Head(head) if head.last < at || is_other(head.here) => Action::TellOlderCopy(at.epoch),
        Input::Head(head) if head.last == at => Action::Current,
        Input::Head(head) if head.kept_from > at.seq.saturating_add(1) => Action::ReadSnapshot,
        Input::Head(_) => Action::AskAfter(at.seq),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(epoch: i32, seq: i64) -> Position {
        Position { epoch, seq }
    }

    fn stand(epoch: i32, seq: i64) -> Option<Stand> {
        Some(Stand { position: at(epoch, seq), event: Some(Uuid::from_u128(1)) })
    }

    fn offered(epoch: i32, first: i64, last: i64) -> Input {
        Input::Offered { first: at(epoch, first), last, here: None }
    }

    /// A message that names an event where the consumer stands.
    fn naming(event: u128, first: i64, last: i64) -> Input {
        Input::Offered { first: at(1, first), last, here: Some(Uuid::from_u128(event)) }
    }

    fn head(epoch: i32, seq: i64, kept_from: i64) -> Input {
        Input::Head(Head { last: at(epoch, seq), kept_from, here: None })
    }

    fn head_naming(event: u128, seq: i64) -> Input {
        Input::Head(Head { last: at(1, seq), kept_from: 1, here: Some(Uuid::from_u128(event)) })
    }

    #[test]
    fn every_case() {
        let cases = [
            (None, offered(1, 1, 3), Action::ReadSnapshot),
            (stand(1, 0), offered(1, 1, 3), Action::ApplyFrom(1)),
            (stand(1, 2), offered(1, 1, 3), Action::ApplyFrom(3)),
            (stand(1, 3), offered(1, 1, 3), Action::Known),
            (stand(1, 3), offered(1, 5, 6), Action::AskAfter(3)),
            (stand(2, 3), offered(1, 4, 6), Action::Known),
            (stand(1, 3), offered(2, 1, 1), Action::ReadSnapshot),
            (stand(1, 3), head(1, 3, 1), Action::Current),
            (stand(1, 3), head(1, 9, 1), Action::AskAfter(3)),
            (stand(1, 3), head(1, 9, 4), Action::AskAfter(3)),
            (stand(1, 3), head(1, 9, 5), Action::ReadSnapshot),
            (stand(1, 3), head(1, 2, 1), Action::TellOlderCopy(1)),
            (stand(2, 0), head(1, 9, 1), Action::TellOlderCopy(2)),
            (stand(1, 3), head(2, 0, 1), Action::ReadSnapshot),
            (stand(1, 3), naming(1, 4, 6), Action::ApplyFrom(4)),
            (stand(1, 3), naming(1, 1, 3), Action::Known),
            (stand(1, 3), naming(2, 4, 6), Action::TellOlderCopy(1)),
            (stand(1, 3), naming(2, 1, 6), Action::TellOlderCopy(1)),
            (stand(1, 3), naming(2, 2, 3), Action::TellOlderCopy(1)),
            (stand(1, 3), head_naming(1, 9), Action::AskAfter(3)),
            (stand(1, 3), head_naming(2, 9), Action::TellOlderCopy(1)),
            (stand(1, 3), head_naming(2, 3), Action::TellOlderCopy(1)),
            (Some(Stand { position: at(1, 3), event: None }), naming(2, 4, 6), Action::ApplyFrom(4)),
        ];
        for (position, input, expected) in cases {
            assert_eq!(step(position, input), expected, "{position:?} {input:?}");
        }
    }
}
