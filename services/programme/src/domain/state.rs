//! The state machine, as one table: which act is allowed in which state, and where it leads.

use schema_programme::{AssignmentAct as Act, AssignmentState as State, Refusal};

/// The state after an act; nothing where the state does not allow it.
///
/// Waits, extensions, escalations and pauses are marks beside the state: they can be set while the work is owed, and
/// leave it where it is.
pub(crate) fn after(state: State, act: Act) -> Option<State> {
    match act {
        Act::Assign => None,
        Act::Accept if state == State::Assigned => Some(State::Accepted),
        Act::Progress if matches!(state, State::Accepted | State::InProgress | State::Returned) => {
            Some(State::InProgress)
        }
        // Returned work is first taken up again, with a word on what will change.
        Act::Complete if matches!(state, State::Accepted | State::InProgress) => Some(State::Done),
        Act::Return if state == State::Done => Some(State::Returned),
        Act::Close if state == State::Done => Some(State::Closed),
        Act::HandOver if state.owed() => Some(State::Assigned),
        Act::Withdraw if state.owed() => Some(State::Withdrawn),
        Act::BeginWait
        | Act::EndWait
        | Act::AskExtension
        | Act::ApproveExtension
        | Act::RefuseExtension
        | Act::Escalate
        | Act::Pause
        | Act::Remind
            if state.owed() =>
        {
            Some(state)
        }
        _ => None,
    }
}

/// As [`after`], with the refusal that names state and act.
pub(crate) fn step(state: State, act: Act) -> Result<State, Refusal> {
    after(state, act).ok_or(Refusal::NotNow {
        state: state.word(),
        act: act.word(),
        state_vi: state.vi(),
        act_vi: act.vi(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows are acts, columns states in the order of `State::ALL`; `.` is a refusal, `=` stays, a letter leads there.
    const TABLE: [(Act, &str); 16] = [
        (Act::Assign, "......."),
        (Act::Accept, "A......"),
        (Act::Progress, ".PP.P.."),
        (Act::BeginWait, "===.=.."),
        (Act::EndWait, "===.=.."),
        (Act::AskExtension, "===.=.."),
        (Act::ApproveExtension, "===.=.."),
        (Act::RefuseExtension, "===.=.."),
        (Act::Escalate, "===.=.."),
        (Act::Complete, ".DD...."),
        (Act::Return, "...R..."),
        (Act::Close, "...C..."),
        (Act::HandOver, "GGG.G.."),
        (Act::Withdraw, "WWW.W.."),
        (Act::Pause, "===.=.."),
        (Act::Remind, "===.=.."),
    ];

    #[test]
    fn every_act_in_every_state_is_as_the_table_says() {
        assert_eq!(TABLE.map(|(act, _)| act), Act::ALL);
        for (act, row) in TABLE {
            assert_eq!(row.len(), State::ALL.len(), "{act:?}");
            for (state, letter) in State::ALL.into_iter().zip(row.chars()) {
                let wanted = match letter {
                    '=' => Some(state),
                    'G' => Some(State::Assigned),
                    'A' => Some(State::Accepted),
                    'P' => Some(State::InProgress),
                    'D' => Some(State::Done),
                    'R' => Some(State::Returned),
                    'C' => Some(State::Closed),
                    'W' => Some(State::Withdrawn),
                    _ => None,
                };
                assert_eq!(after(state, act), wanted, "{act:?} in {state:?}");
            }
        }
    }

    #[test]
    fn a_refusal_names_state_and_act() {
        let refusal = step(State::Closed, Act::Accept).unwrap_err();
        assert_eq!(refusal.to_string(), "an assignment that is `closed` does not allow `accept`");
    }
}
