//! Programme: who has to do what by when, who waits for whom, and how it ended.
//!
//! Serves the contract of `schema-programme`. Asks documents for the incoming document that work comes from, on behalf
//! of whoever gives the work. Listens to identity's units. Tells of every change of an assignment.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Load, decide, save, tell: one function per subject.
mod handlers {
    /// Giving work.
    pub(crate) mod assigning;
    /// Cursors of lists.
    pub(crate) mod cursor;
    /// What every act has in common.
    pub(crate) mod keeping;
    /// One assignment, many, their history.
    pub(crate) mod looking;
    /// Decide an extension, return, close, hand over, withdraw, pause.
    pub(crate) mod oversight;
    /// What happens here when others speak.
    pub(crate) mod reactions;
    /// Due soon, overdue, one's own, circles of waits.
    pub(crate) mod watching;
    /// Accept, report, wait, ask for an extension, escalate, complete.
    pub(crate) mod work;
}

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

/// Rows stay in here; the rest of the service sees nouns.
mod store {
    /// Assignments one at a time.
    pub(crate) mod assignments;
    /// Their history.
    pub(crate) mod entries;
    /// Lists of them.
    pub(crate) mod lists;
    /// The first tables.
    pub(crate) mod m0001_assignments;
    /// Every migration, oldest first.
    pub(crate) mod migrations;
    /// The row of an assignment.
    pub(crate) mod rows;
    /// The copy of units.
    pub(crate) mod units;
}

/// The section `[programme]` of the settings.
mod settings;

pub use settings::Settings;

use handlers::{assigning, looking, oversight, reactions, watching, work};
use schema_programme::{Refusal, contract};
use service::Service;

/// What programme serves, what it calls, what it listens to.
#[must_use]
pub fn service() -> Service {
    Service::new::<Refusal>(contract())
        .migrations(store::migrations::all)
        .settings::<Settings>()
        .calls::<schema_documents::GetIncoming>()
        .write_after(assigning::document, assigning::assign)
        .read(looking::list)
        .read(looking::get)
        .read(looking::history)
        .write(work::accept)
        .write(work::report)
        .write(work::begin_wait)
        .write(work::end_wait)
        .write(work::ask_extension)
        .write(oversight::decide_extension)
        .write(work::escalate)
        .write(work::complete)
        .write(oversight::give_back)
        .write(oversight::close)
        .write(oversight::hand_over)
        .write(oversight::withdraw)
        .write(oversight::pause)
        .read(watching::due)
        .read(watching::mine)
        .read(watching::circles)
        .on(reactions::unit_changed)
        .snapshot(looking::snapshot)
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_promised_is_served_and_nothing_else() {
        assert_eq!(super::service().gaps(), Default::default());
    }
}
