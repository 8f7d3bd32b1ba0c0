//! The states of an entry of the calendar, as one table: which act is allowed in which, and where it leads.

use schema_programme::{CalendarAct as Act, CalendarState as State, Refusal};

/// The state after an act; nothing where the state does not allow it. What was approved is not proposed again when it
/// is changed: whoever may change it then could approve it.
pub(crate) fn after(state: State, act: Act) -> Option<State> {
    match (act, state) {
        (Act::Change, State::Proposed | State::Returned) => Some(State::Proposed),
        (Act::Change, State::Approved | State::Changed) => Some(State::Changed),
        (Act::Approve, State::Proposed) => Some(State::Approved),
        (Act::Return, State::Proposed) => Some(State::Returned),
        (Act::Cancel, State::Proposed | State::Returned | State::Approved | State::Changed) => Some(State::Cancelled),
        _ => None,
    }
}

/// As [`after`], with the refusal that names state and act.
pub(crate) fn step(state: State, act: Act) -> Result<State, Refusal> {
    after(state, act).ok_or(Refusal::EntryNotNow {
        state: state.word(),
        act: act.word(),
        state_vi: state.vi(),
        act_vi: act.vi(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows are acts, columns states in the order of `State::ALL`; `.` is a refusal, a letter leads there.
    const TABLE: [(Act, &str); 5] = [
        (Act::Propose, "....."),
        (Act::Change, "PPMM."),
        (Act::Approve, "A...."),
        (Act::Return, "R...."),
        (Act::Cancel, "CCCC."),
    ];

    #[test]
    fn the_table_is_what_happens() {
        for (act, row) in TABLE {
            for (state, cell) in State::ALL.into_iter().zip(row.chars()) {
                let leads = match cell {
                    'P' => Some(State::Proposed),
                    'R' => Some(State::Returned),
                    'A' => Some(State::Approved),
                    'M' => Some(State::Changed),
                    'C' => Some(State::Cancelled),
                    _ => None,
                };
                assert_eq!(after(state, act), leads, "{state:?} {act:?}");
                assert_eq!(step(state, act).is_ok(), leads.is_some());
            }
        }
    }
}
