//! Identity: the dated tree of offices and units, people and their positions, accounts and sign-in.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

use std::time::Duration;

use handlers::{
    absences, accounts, appointments, authority, bootstrap, closures, committees, delegations, directory_import_jobs,
    directory_imports, enrolments, factors, handovers, jobs, lineage, members, moves, my_sessions, office_profiles,
    offices, organisations, own_password, party_lineage, passkeys, people, portal_sessions, positions, preferences,
    recovery, role_versions, second_factor, sessions, sign_in, snapshots, step_up, succession, tokens, units,
};
use schema_identity::{
    AddPasskey, Bootstrap, ConfirmRecovery, ConfirmTotp, IssueEnrolment, Refusal, RenewRecoveryCodes,
};
use service::Service;

/// The official list of administrative units as a file.
pub mod listing;

/// What an operator may set.
mod settings;

/// Passkeys, asked for and checked by the library.
mod webauthn;

/// Passwords that others have lost: the list an operator may put beside us.
mod breaches;

/// Load, decide, save, tell. One function per subject.
mod handlers {
    pub(crate) mod absences;
    pub(crate) mod accounts;
    pub(crate) mod appointments;
    pub(crate) mod attempts;
    pub(crate) mod authority;
    pub(crate) mod bootstrap;
    pub(crate) mod closures;
    pub(crate) mod committees;
    pub(crate) mod delegations;
    pub(crate) mod directory_import_jobs;
    pub(crate) mod directory_imports;
    pub(crate) mod enrolments;
    pub(crate) mod factors;
    pub(crate) mod handovers;
    pub(crate) mod hashing;
    pub(crate) mod jobs;
    pub(crate) mod lineage;
    pub(crate) mod members;
    pub(crate) mod moves;
    pub(crate) mod my_sessions;
    pub(crate) mod office_profiles;
    pub(crate) mod offices;
    pub(crate) mod organisations;
    pub(crate) mod own_password;
    pub(crate) mod party_lineage;
    pub(crate) mod passkeys;
    pub(crate) mod people;
    pub(crate) mod portal_sessions;
    pub(crate) mod positions;
    pub(crate) mod preferences;
    pub(crate) mod proving;
    pub(crate) mod reach;
    pub(crate) mod recovery;
    pub(crate) mod role_versions;
    pub(crate) mod second_factor;
    pub(crate) mod sessions;
    pub(crate) mod sign_in;
    pub(crate) mod snapshots;
    pub(crate) mod step_up;
    pub(crate) mod succession;
    pub(crate) mod tokens;
    pub(crate) mod units;
}

/// What is allowed. No I/O, no clock, no randomness: everything arrives as an argument.
mod domain {
    pub(crate) mod authority;
    pub(crate) mod backoff;
    pub(crate) mod closures;
    pub(crate) mod code;
    pub(crate) mod committees;
    pub(crate) mod cursor;
    pub(crate) mod deputies;
    #[cfg(test)]
    mod deputies_model;
    pub(crate) mod emblems;
    pub(crate) mod former;
    pub(crate) mod import_mend;
    pub(crate) mod import_people;
    pub(crate) mod import_plan;
    pub(crate) mod import_sheet;
    pub(crate) mod import_units;
    /// Random histories of offices, posts and powers, and a plain model of them.
    #[cfg(test)]
    pub(crate) mod histories {
        pub(crate) mod acts;
        pub(crate) mod book;
        mod doing;
        pub(crate) mod plain;
        mod properties;
        mod reforms;
    }
    pub(crate) mod interval;
    pub(crate) mod lineage;
    pub(crate) mod load;
    pub(crate) mod members;
    pub(crate) mod naming;
    pub(crate) mod network;
    pub(crate) mod office_profiles;
    pub(crate) mod offices;
    pub(crate) mod organisations;
    pub(crate) mod party;
    #[cfg(test)]
    mod party_model;
    pub(crate) mod password;
    pub(crate) mod proof;
    pub(crate) mod reporting;
    pub(crate) mod roles;
    pub(crate) mod session;
    pub(crate) mod template;
    pub(crate) mod totp;
    pub(crate) mod tree;
    pub(crate) mod withholding;
    pub(crate) mod working_year;
}

/// Rows stay in here; the rest of the service sees nouns.
#[allow(unreachable_pub, reason = "the derives of entities make public items")]
mod store {
    pub(crate) mod absences;
    pub(crate) mod accounts;
    pub(crate) mod appointments;
    pub(crate) mod attempts;
    pub(crate) mod authority;
    pub(crate) mod challenges;
    pub(crate) mod closures;
    pub(crate) mod committees;
    pub(crate) mod days;
    pub(crate) mod delegations;
    pub(crate) mod directory_import_rows;
    pub(crate) mod directory_imports;
    pub(crate) mod factors;
    pub(crate) mod handovers;
    pub(crate) mod lent;
    pub(crate) mod lineage;
    mod m0004_dated;
    mod m0005_lineage;
    mod m0006_unit_words;
    mod m0007_deputies;
    mod m0008_factor;
    mod m0009_party;
    mod m0010_imports;
    mod m0011_reach;
    mod m0013_portal_sessions;
    mod m0014_preferences;
    mod m0015_closures;
    mod m0016_profiles;
    mod m0017_role_versions;
    pub(crate) mod members;
    pub(crate) mod migrations;
    pub(crate) mod names;
    pub(crate) mod office_profiles;
    pub(crate) mod offices;
    pub(crate) mod organisations;
    pub(crate) mod passkeys;
    pub(crate) mod people;
    #[cfg(test)]
    mod plans;
    pub(crate) mod portal_sessions;
    pub(crate) mod positions;
    pub(crate) mod preferences;
    pub(crate) mod proofs;
    pub(crate) mod recoveries;
    pub(crate) mod reporting;
    pub(crate) mod role_versions;
    pub(crate) mod sessions;
    #[cfg(test)]
    mod tests;
    pub(crate) mod unit_acts;
    pub(crate) mod units;
    pub(crate) mod words;
}

pub use domain::proof::Policy;
pub use settings::Settings;

/// What identity answers. It calls nobody and listens to nobody.
#[must_use]
pub fn service() -> Service {
    let service = Service::new::<Refusal>(schema_identity::contract())
        .migrations(store::migrations::all)
        .settings::<Settings>()
        .every("sweep", Duration::from_secs(600), jobs::sweep)
        .every("sweep_portal_sessions", Duration::from_secs(3600), portal_sessions::sweep)
        .snapshot(closures::snapshot)
        .snapshot(snapshots::offices)
        .snapshot(snapshots::units)
        .snapshot(snapshots::people)
        .snapshot(snapshots::positions)
        .snapshot(snapshots::appointments)
        .snapshot(delegations::snapshot)
        .snapshot(absences::snapshot)
        .snapshot(organisations::snapshot)
        .snapshot(members::snapshot)
        .snapshot(committees::snapshot);
    let service = party_calls(import_calls(service));
    factor_calls(deputy_calls(sign_in_calls(people_calls(lineage_calls(directory_calls(service))))))
}

/// Units and people from spreadsheets.
fn import_calls(service: Service) -> Service {
    service
        .write_after(directory_imports::read, directory_imports::begin)
        .write(directory_imports::map)
        .read(directory_imports::list)
        .read(directory_imports::get)
        .read(directory_imports::rows)
        .read(directory_imports::check)
        .write_after(directory_imports::plan, directory_imports::apply)
        .write(directory_imports::undo)
        .job(directory_import_jobs::enter)
        .job(directory_import_jobs::undo)
}

fn party_calls(service: Service) -> Service {
    service
        .read(organisations::list)
        .read(organisations::get)
        .read(organisations::history)
        .write(organisations::create)
        .write(organisations::change)
        .write(organisations::end)
        .write(party_lineage::merge)
        .write(party_lineage::split)
        .read(members::list)
        .read(members::get)
        .write(members::create)
        .write(members::change)
        .write(moves::transfer)
        .write(moves::introduce)
        .write(moves::end)
        .read(moves::introductions)
        .read(committees::list)
        .read(committees::get)
        .write(committees::create)
        .write(committees::end)
        .write(committees::seat)
        .write(committees::end_seat)
}

fn deputy_calls(service: Service) -> Service {
    service
        .read(delegations::list)
        .write(delegations::create)
        .write(delegations::revoke)
        .read(delegations::history)
        .read(absences::list)
        .write(absences::create)
        .write(absences::end)
        .read(handovers::list)
        .read(handovers::get)
        .write(handovers::create)
        .write(handovers::sign)
}

fn directory_calls(service: Service) -> Service {
    service
        .read(offices::list)
        .read(offices::get)
        .read(offices::history)
        .write(offices::change)
        .write(offices::end)
        .write(offices::import)
        .read(office_profiles::get)
        .read(office_profiles::versions)
        .read(office_profiles::emblem)
        .write(office_profiles::set)
        .write_after(office_profiles::draw, office_profiles::wear)
        .read(closures::year)
        .write(closures::record)
        .write(closures::cancel)
        .read(units::find)
        .read(units::get)
        .read(units::history)
        .write(units::create)
        .write(units::change)
        .write(units::end)
}

fn lineage_calls(service: Service) -> Service {
    service
        .write(lineage::merge_offices)
        .write(lineage::split_office)
        .read(succession::of_office)
        .write(lineage::merge_units)
        .write(lineage::split_unit)
        .read(succession::of_unit)
        .read(units::acts)
        .read(succession::former_units)
}

fn people_calls(service: Service) -> Service {
    service
        .read(people::list)
        .read(people::get)
        .write(people::create)
        .write(people::change)
        .write(people::disable)
        .write(people::enable)
        .read(role_versions::roles)
        .read(role_versions::list)
        .write(role_versions::save)
        .read(positions::list)
        .read(positions::get)
        .write(positions::create)
        .write(positions::change_direct_head)
        .write(positions::end)
        .read(appointments::list)
        .write(appointments::create)
        .write(appointments::end)
}

fn sign_in_calls(service: Service) -> Service {
    service
        .read(accounts::list)
        .write(accounts::open)
        .write(accounts::disable)
        .write(accounts::enable)
        .write(accounts::end_sessions)
        .write_after(enrolments::random::<IssueEnrolment>, enrolments::issue)
        .write_after(enrolments::choose, enrolments::enrol)
        .write_after(enrolments::random::<Bootstrap>, bootstrap::bootstrap)
        .write_after(sign_in::check, sign_in::sign_in)
        .write_after(tokens::fresh, tokens::refresh)
        .write_after(own_password::check, own_password::change)
        .write_after(portal_sessions::random, portal_sessions::open)
        .read(portal_sessions::exchange)
        .write(sessions::sign_out)
        .write(sessions::sign_out_everywhere)
        .read(authority::me)
        .read(preferences::get)
        .write(preferences::set)
        .read(authority::get)
        .read(authority::keys)
}

fn factor_calls(service: Service) -> Service {
    service
        .write_after(second_factor::check, second_factor::sign_in)
        .read(my_sessions::list)
        .write(my_sessions::name)
        .write(my_sessions::end)
        .write(my_sessions::end_others)
        .write_after(step_up::check, step_up::step_up)
        .write(passkeys::begin_step_up)
        .read(factors::get)
        .write_after(factors::fresh, factors::begin_totp)
        .write_after(factors::random::<ConfirmTotp>, factors::confirm_totp)
        .write(factors::remove_totp)
        .write_after(factors::random::<RenewRecoveryCodes>, factors::renew_codes)
        .write(passkeys::begin)
        .write_after(factors::random::<AddPasskey>, passkeys::add)
        .write(passkeys::remove)
        .read(recovery::list)
        .write(recovery::request)
        .write_after(enrolments::random::<ConfirmRecovery>, recovery::confirm)
        .write(recovery::refuse)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_promise_is_kept_and_nothing_else_is_answered() {
        assert_eq!(super::service().gaps(), Default::default());
    }
}
