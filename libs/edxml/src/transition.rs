//! Which status may follow which, as data. The codes are seen in practice (Quyết định 28/2018/QĐ-TTg); the order among them
//! is inferred, and every row says so.

use crate::{
    Basis,
    StatusCode::{self, *},
};

/// How far a document has come at its receiver, and whether its sender has asked for it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The last of 01–06; nothing before the document arrived.
    pub progress: Option<StatusCode>,
    /// What became of asking for it back: 13, 15 or 16.
    pub take_back: Option<StatusCode>,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// From which state; nothing is before the document arrived.
    pub from: Option<StatusCode>,
    /// By which code.
    pub by: StatusCode,
    /// Whether it is the usual way; else it is tolerated.
    pub is_usual: bool,
    /// What the row rests on.
    pub basis: Basis,
}

const fn usual(from: Option<StatusCode>, by: StatusCode) -> Transition {
    Transition { from, by, is_usual: true, basis: Basis::Transitions }
}

const fn tolerated(from: StatusCode, by: StatusCode) -> Transition {
    Transition { from: Some(from), by, is_usual: false, basis: Basis::Transitions }
}

/// The table.
pub const TRANSITIONS: [Transition; 16] = [
    usual(None, Arrived),
    usual(Some(Arrived), Refused),
    usual(Some(Arrived), Accepted),
    usual(Some(Accepted), Assigned),
    usual(Some(Assigned), Handling),
    usual(Some(Handling), Finished),
    tolerated(Accepted, Handling),
    tolerated(Accepted, Finished),
    tolerated(Assigned, Finished),
    usual(Some(Arrived), TakeBackAsked),
    usual(Some(Accepted), TakeBackAsked),
    usual(Some(Assigned), TakeBackAsked),
    usual(Some(Handling), TakeBackAsked),
    // What is finished is normally not given back: 16 follows.
    tolerated(Finished, TakeBackAsked),
    usual(Some(TakeBackAsked), TakeBackAgreed),
    usual(Some(TakeBackAsked), TakeBackRefused),
];

/// What a code does to a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The state moves on.
    Moves(State),
    /// It moves on, by a way that is not the usual one.
    Tolerated(State),
    /// It was said before; nothing changes.
    Repeats,
    /// A lower code that came late; nothing moves back.
    Late,
    /// It may not be said here.
    NotAllowed,
}

impl State {
    /// Whether the document is void for its receiver: 15 was said.
    #[must_use]
    pub fn is_void(self) -> bool {
        self.take_back == Some(TakeBackAgreed)
    }

    /// What a code does here. Duplicates are idempotent, and a late lower code does not move anything back.
    #[must_use]
    pub fn step(self, by: StatusCode) -> Step {
        let is_progress = by <= Finished;
        let held = if is_progress { self.progress } else { self.take_back };
        if held == Some(by) {
            return Step::Repeats;
        }
        // After 15 the document is void; nothing moves any more.
        if self.is_void() {
            return if is_progress { Step::Late } else { Step::NotAllowed };
        }
        let from = match by {
            TakeBackAgreed | TakeBackRefused => self.take_back,
            _ => self.progress,
        };
        let row = TRANSITIONS.iter().find(|row| row.from == from && row.by == by);
        let Some(row) = row else {
            let is_late = is_progress && by != Refused && self.progress.is_some_and(|now| now != Refused && by < now);
            return if is_late { Step::Late } else { Step::NotAllowed };
        };
        let next = match is_progress {
            true => Self { progress: Some(by), ..self },
            false => Self { take_back: Some(by), ..self },
        };
        if row.is_usual { Step::Moves(next) } else { Step::Tolerated(next) }
    }

    /// The codes that may be said here, in their order.
    pub fn allowed(self) -> impl Iterator<Item = StatusCode> {
        StatusCode::ALL.into_iter().filter(move |by| matches!(self.step(*by), Step::Moves(_) | Step::Tolerated(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(codes: &[StatusCode]) -> State {
        codes.iter().fold(State::default(), |state, by| match state.step(*by) {
            Step::Moves(next) | Step::Tolerated(next) => next,
            Step::Repeats | Step::Late => state,
            Step::NotAllowed => panic!("{by:?} after {state:?}"),
        })
    }

    #[test]
    fn the_table_is_held() {
        let may = |codes: &[StatusCode], expected: &[StatusCode]| {
            assert_eq!(after(codes).allowed().collect::<Vec<_>>(), expected, "{codes:?}");
        };
        may(&[], &[Arrived]);
        may(&[Arrived], &[Refused, Accepted, TakeBackAsked]);
        may(&[Arrived, Refused], &[]);
        may(&[Arrived, Accepted], &[Assigned, Handling, Finished, TakeBackAsked]);
        may(&[Arrived, Accepted, Assigned], &[Handling, Finished, TakeBackAsked]);
        may(&[Arrived, Accepted, Finished], &[TakeBackAsked]);
        may(&[Arrived, TakeBackAsked], &[Refused, Accepted, TakeBackAgreed, TakeBackRefused]);
        may(&[Arrived, Accepted, TakeBackAsked, TakeBackAgreed], &[]);
        may(&[Arrived, Accepted, TakeBackAsked, TakeBackRefused], &[Assigned, Handling, Finished, TakeBackAsked]);
    }

    #[test]
    fn nothing_moves_twice_or_back() {
        let handled = after(&[Arrived, Accepted, Assigned, Handling]);
        assert_eq!(handled.step(Handling), Step::Repeats);
        assert_eq!(handled.step(Assigned), Step::Late);
        assert_eq!(handled.step(Arrived), Step::Late);
        assert_eq!(handled.step(Refused), Step::NotAllowed);
        assert_eq!(after(&[Arrived, Refused]).step(Accepted), Step::NotAllowed);
        assert_eq!(State::default().step(Accepted), Step::NotAllowed);
        let void = after(&[Arrived, TakeBackAsked, TakeBackAgreed]);
        assert!(void.is_void());
        assert_eq!((void.step(TakeBackAgreed), void.step(Accepted)), (Step::Repeats, Step::Late));
    }

    #[test]
    fn every_row_says_that_it_is_inferred() {
        assert!(TRANSITIONS.iter().all(|row| row.basis.word() == "inferred"));
    }
}
