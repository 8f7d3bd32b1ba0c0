//! Programme: assignments and who owes what by when.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What is allowed. No I/O, no clock, no randomness: everything arrives as an argument.
mod domain {
    /// Who may do what, beyond the permission a call needs.
    pub(crate) mod access;
    /// Giving work.
    pub(crate) mod assigning;
    /// What every decision gives back.
    pub(crate) mod change;
    /// Who waits for whom in a circle.
    pub(crate) mod circles;
    /// The due day.
    pub(crate) mod due;
    /// Extensions and pauses: the only acts that move a due day.
    pub(crate) mod extensions;
    /// Return, close, hand over, withdraw.
    pub(crate) mod oversight;
    /// Where work comes from.
    pub(crate) mod source;
    /// The state machine.
    pub(crate) mod state;
    /// Units as this service knows them.
    pub(crate) mod units;
    /// Waiting, and the time of a process without it.
    pub(crate) mod waits;
    /// How cases and circles are shown.
    pub(crate) mod watch;
    /// What people write, cleaned.
    pub(crate) mod wording;
    /// Accept, report, escalate, complete.
    pub(crate) mod work;

    #[cfg(test)]
    mod invariants;
    #[cfg(test)]
    mod sample;
}
