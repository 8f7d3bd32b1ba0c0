//! Programme: who has to do what by when, who waits for whom, and how it ended; and the calendar of the week.
//!
//! Serves the contract of `schema-programme`. Asks documents for the incoming document that work comes from or that
//! invites, on behalf of whoever names it. Listens to identity's units and positions and to what becomes of incoming
//! documents. Tells of every change of an assignment and of an entry of the calendar.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Load, decide, save, tell: one function per subject.
mod handlers {
    /// Giving work.
    pub(crate) mod assigning;
    /// The calendar of the week.
    pub(crate) mod calendar {
        /// Propose, change, approve, return, cancel.
        pub(crate) mod entries;
        /// What every act has in common.
        pub(crate) mod keeping;
        /// One entry, its history, a week.
        pub(crate) mod looking;
        /// Rooms and cars.
        pub(crate) mod resources;
        /// A week approved, published and printed.
        pub(crate) mod weeks;
    }
    /// Cursors of lists.
    pub(crate) mod cursor;
    /// What every act has in common.
    pub(crate) mod keeping;
    /// One assignment, many, their history.
    pub(crate) mod looking;
    /// Decide an extension, remind, return, close, hand over, withdraw, pause.
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
    /// The calendar of the week.
    pub(crate) mod calendar {
        /// Who may do what, and who sees what.
        pub(crate) mod access;
        /// Who and what cannot be in two places at once.
        pub(crate) mod clash;
        /// What an entry says.
        pub(crate) mod content;
        /// Acts upon an entry.
        pub(crate) mod entry;
        /// The week as it is printed.
        pub(crate) mod sheet;
        /// The states of an entry.
        pub(crate) mod state;
        /// Weeks, from Monday on.
        pub(crate) mod week;

        #[cfg(test)]
        mod invariants;
        #[cfg(test)]
        pub(crate) mod sample;
    }
    /// What every decision gives back.
    pub(crate) mod change;
    /// Who waits for whom in a circle.
    pub(crate) mod circles;
    /// The due day.
    pub(crate) mod due;
    /// Extensions and pauses: the only acts that move a due day.
    pub(crate) mod extensions;
    /// When a document gives no work any more.
    pub(crate) mod lapse;
    /// Remind, return, close, hand over, withdraw.
    pub(crate) mod oversight;
    /// Work from a petition: nothing typed is kept.
    pub(crate) mod petition;
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
    /// The calendar of the week.
    pub(crate) mod calendar {
        /// What entries need, and when.
        pub(crate) mod busy;
        /// Entries one at a time.
        pub(crate) mod entries;
        /// Turns for things and weeks.
        pub(crate) mod latches;
        /// Lists of entries.
        pub(crate) mod lists;
        /// Their history.
        pub(crate) mod records;
        /// Rooms and cars.
        pub(crate) mod resources;
        /// The row of an entry.
        pub(crate) mod rows;
        /// Printed weeks that lie in the file store.
        pub(crate) mod sheets;
        /// Published weeks.
        pub(crate) mod weeks;
    }
    /// The copy of the days on which offices are shut.
    pub(crate) mod closures;
    /// Their history.
    pub(crate) mod entries;
    /// Lists of them.
    pub(crate) mod lists;
    /// The first tables.
    pub(crate) mod m0001_assignments;
    /// Positions of givers and handlers, documents that gave work.
    pub(crate) mod m0002_positions;
    /// The calendar of the week, and the copy of positions.
    pub(crate) mod m0003_calendar;
    /// In whose name a deputy acted.
    pub(crate) mod m0004_deputies;
    /// Days on which offices are shut.
    pub(crate) mod m0005_closures;
    /// Every migration, oldest first.
    pub(crate) mod migrations;
    /// The copy of positions.
    pub(crate) mod positions;
    /// The row of an assignment.
    pub(crate) mod rows;
    /// Documents that gave work.
    pub(crate) mod sources;
    /// The copy of units.
    pub(crate) mod units;

    #[cfg(test)]
    mod tests;
}

/// The section `[programme]` of the settings.
mod settings;

pub use settings::Settings;

use handlers::{assigning, calendar, looking, oversight, reactions, watching, work};
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
        .write(oversight::remind)
        .write(oversight::pause)
        .read(watching::due)
        .read(watching::mine)
        .read(watching::unclosed)
        .read(watching::circles)
        .write_after(calendar::entries::invitation, calendar::entries::propose)
        .read(calendar::looking::get)
        .read(calendar::looking::history)
        .write(calendar::entries::change)
        .write(calendar::entries::approve)
        .write(calendar::entries::give_back)
        .write(calendar::entries::cancel)
        .read(calendar::looking::week)
        .read(calendar::looking::issue)
        .write(calendar::weeks::approve)
        .read(calendar::weeks::print)
        .write(calendar::resources::add)
        .write(calendar::resources::end)
        .read(calendar::resources::list)
        .every_after(
            "clear_sheets",
            calendar::weeks::PERIOD,
            calendar::weeks::find_sheets,
            calendar::weeks::note_sheets,
        )
        .on(reactions::unit_changed)
        .on(reactions::position_changed)
        .on(reactions::office_closure_changed)
        .on(reactions::incoming_changed)
        .snapshot(looking::snapshot)
        .snapshot(calendar::looking::snapshot)
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_promised_is_served_and_nothing_else() {
        assert_eq!(super::service().gaps(), Default::default());
    }
}
