//! Notices: one place that tells a person what needs them, in a list and, where it is configured, by e-mail.
//!
//! Serves the contract of `schema-notices`. Calls nobody. Listens to programme's work, documents' papers and identity's
//! positions, and tells that a notice was given, but not to whom.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Load, decide, save, tell: one function per subject.
mod handlers {
    /// Cursors of lists.
    pub(crate) mod cursor;
    /// For whom one stands in.
    pub(crate) mod deputising;
    /// The looks of a working day, and forgetting.
    pub(crate) mod jobs;
    /// Bundling and sending mail.
    pub(crate) mod mailing;
    /// One's own settings.
    pub(crate) mod own;
    /// What happens here when others speak.
    pub(crate) mod reactions;
    /// One's own notices.
    pub(crate) mod reading;
    /// The notices that a change of a matter makes and settles.
    pub(crate) mod telling;
}

/// What is allowed. No I/O, no clock, no randomness: everything arrives as an argument.
mod domain {
    /// E-mail addresses, and the codes that prove them.
    pub(crate) mod address;
    /// What changes between the notices there are and those there should be.
    pub(crate) mod compare;
    /// Who stands in for whom.
    pub(crate) mod deputising;
    /// Working hours.
    pub(crate) mod hours;
    /// What a mail says.
    pub(crate) mod letter;
    /// What is kept of the nouns that need people.
    pub(crate) mod matter;
    /// How somebody wants to be told.
    pub(crate) mod preference;
    /// Which mail servers are taken.
    pub(crate) mod relay;
    /// Who sits where on a day.
    pub(crate) mod seats;
    /// Whom a matter needs, and why.
    pub(crate) mod wanted;
}

/// Rows stay in here; the rest of the service sees nouns.
mod store {
    /// Absences that somebody covers.
    pub(crate) mod aways;
    /// The copy of delegations.
    pub(crate) mod deputising;
    /// The copy of appointments.
    pub(crate) mod holds;
    /// The first tables.
    pub(crate) mod m0001_notices;
    /// Who stands in for whom.
    pub(crate) mod m0002_deputising;
    /// Mails that wait, and that were sent.
    pub(crate) mod mails;
    /// The copy of the nouns that need people.
    pub(crate) mod matters;
    /// Every migration, oldest first.
    pub(crate) mod migrations;
    /// Notices.
    pub(crate) mod notices;
    /// The copy of people: active or not.
    pub(crate) mod people;
    /// How people want to be told.
    pub(crate) mod preferences;
    /// The copy of positions.
    pub(crate) mod seats;
}

/// Sending mail.
mod mail;
/// The section `[notices]` of the settings.
mod settings;

pub use domain::{hours::TimeOfDay, relay::Relay};
pub use settings::Settings;

use handlers::{deputising, jobs, mailing, own, reactions, reading};
use schema_notices::{Refusal, contract};
use service::Service;

/// What notices serves and what it listens to.
#[must_use]
pub fn service() -> Service {
    Service::new::<Refusal>(contract())
        .migrations(store::migrations::all)
        .settings::<Settings>()
        .read(reading::list)
        .write(reading::mark_one)
        .write(reading::mark_until)
        .read(own::get)
        .write(own::put)
        .write(own::confirm)
        .read(deputising::list)
        .on(reactions::assignment_changed)
        .on(reactions::incoming_registered)
        .on(reactions::incoming_changed)
        .on(reactions::review_changed)
        .on(reactions::execution_changed)
        .on(reactions::position_changed)
        .on(reactions::appointment_changed)
        .on(reactions::person_changed)
        .on(reactions::delegation_changed)
        .on(reactions::absence_changed)
        .every("look_at_matters", jobs::LOOK_EVERY, jobs::look)
        .every("forget_notices", jobs::FORGET_EVERY, jobs::forget)
        .every_after("send_mail", mailing::EVERY, mailing::send, mailing::record)
        .snapshot(reading::snapshot)
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_promised_is_served_and_nothing_else() {
        assert_eq!(super::service().gaps(), Default::default());
    }
}
