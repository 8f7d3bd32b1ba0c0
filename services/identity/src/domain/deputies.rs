//! What a delegation gives at a moment: never more than its grantor has then, and nothing once any part of its chain has
//! ended.

use std::collections::BTreeSet;

use schema_identity::{Delegation, Refusal};
use wire::{
    Day, Grant, Instant, OnBehalfOf,
    id::{AppointmentId, OfficeId, UnitId},
};

use super::{interval::Interval, roles, withholding::Withheld};

/// Whether nobody lends this: who keeps people, accounts and units is appointed, and may only be looked at by deputies.
fn is_never_lent(permission: &str) -> bool {
    permission.starts_with("identity.") && !permission.ends_with(".read")
}

/// When it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// At this moment.
    Now(Instant),
    /// In the course of a day: what was taken back on that day was there before.
    On(Day),
}

impl When {
    fn day(self) -> Day {
        match self {
            Self::Now(now) => now.day(),
            Self::On(day) => day,
        }
    }

    /// Whether what was made then and taken back later was there.
    fn between(self, made: Instant, revoked: Option<Instant>) -> bool {
        match self {
            Self::Now(now) => made <= now && revoked.is_none_or(|revoked| now < revoked),
            Self::On(day) => made.day() <= day && revoked.is_none_or(|revoked| day <= revoked.day()),
        }
    }
}

/// A person's hold of a position, as far as it matters for what hangs on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    /// The days of the appointment.
    pub(crate) days: Interval,
    /// Whether the person is not disabled. Known of the present only.
    pub(crate) active: bool,
}

impl Hold {
    fn lasts(self, when: When) -> bool {
        self.days.contains(when.day()) && (self.active || matches!(when, When::On(_)))
    }
}

/// A delegation with its deputy's own hold, on which it hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The delegation.
    pub(crate) delegation: Delegation,
    /// The deputy's own appointment.
    pub(crate) deputy: Hold,
}

impl Link {
    fn lasts(&self, when: When) -> bool {
        let lent = &self.delegation;
        let days = Interval { from: lent.from, to: lent.to };
        days.contains(when.day())
            && when.between(lent.made_at, lent.revoked.as_ref().map(|revoked| revoked.at))
            && self.deputy.lasts(when)
    }
}

/// A delegation to a person with everything it hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lent {
    /// The delegation to the person.
    pub(crate) last: Link,
    /// The one that it was passed on from.
    pub(crate) first: Option<Link>,
    /// The office of the position.
    pub(crate) office: OfficeId,
    /// The unit of the position.
    pub(crate) unit: UnitId,
    /// Its title.
    pub(crate) title: String,
    /// Its roles.
    pub(crate) roles: Vec<String>,
    /// The days of the position.
    pub(crate) stands: Interval,
    /// The hold of the grantor; nothing where somebody acts in the post.
    pub(crate) grantor: Option<Hold>,
    /// The decision of the grantor's appointment.
    pub(crate) appointed_by: Option<String>,
}

impl Lent {
    /// The delegations from the holder to the person, in order.
    pub(crate) fn chain(&self) -> impl Iterator<Item = &Link> {
        self.first.iter().chain([&self.last])
    }

    /// What it gives; nothing when any part of it has ended or no part of the bounds is left.
    pub(crate) fn grant(&self, when: When, withheld: &Withheld) -> Option<Grant> {
        let stands = self.stands.contains(when.day());
        let held = self.grantor.is_none_or(|grantor| grantor.lasts(when));
        let passed_on = self.first.as_ref().is_none_or(|first| first.delegation.may_pass_on);
        if !(stands && held && passed_on && self.chain().all(|link| link.lasts(when))) {
            return None;
        }
        let mut permissions = roles::permissions(&self.roles, withheld);
        for link in self.chain() {
            permissions.retain(|permission| link.delegation.permissions.contains(permission));
        }
        permissions.retain(|permission| !is_never_lent(permission));
        let genres = self.genres()?;
        if permissions.is_empty() {
            return None;
        }
        let lent = &self.last.delegation;
        Some(Grant {
            office: self.office,
            offices_below: Vec::new(),
            offices_inherited: Vec::new(),
            unit: self.unit,
            position: lent.position,
            appointment: self.appointment(),
            permissions,
            // What is for the head alone, figures about the own people among it, is not lent.
            head: false,
            direct_reports: Vec::new(),
            on_behalf_of: Some(OnBehalfOf {
                delegation: lent.id,
                person: lent.grantor,
                own_position: lent.deputy_position,
                genres,
                highest: self.chain().filter_map(|link| link.delegation.highest).min(),
            }),
        })
    }

    /// The genres in every bound; empty when none is bounded, nothing when the bounds share none.
    fn genres(&self) -> Option<BTreeSet<String>> {
        let mut bounds = self.chain().map(|link| &link.delegation.genres).filter(|genres| !genres.is_empty());
        let Some(first) = bounds.next() else { return Some(BTreeSet::new()) };
        let shared = bounds.fold(first.clone(), |shared, genres| shared.intersection(genres).cloned().collect());
        (!shared.is_empty()).then_some(shared)
    }

    fn appointment(&self) -> AppointmentId {
        let lent = &self.last.delegation;
        lent.grantor_appointment.unwrap_or(lent.deputy_appointment)
    }
}

/// Checks what is to be lent of a position's permissions.
///
/// # Errors
/// [`Refusal::PermissionsEmpty`], [`Refusal::PermissionNeverLent`], [`Refusal::PermissionNotHeld`].
pub(crate) fn check_permissions(wanted: &BTreeSet<String>, held: &BTreeSet<String>) -> Result<(), Refusal> {
    if wanted.is_empty() {
        return Err(Refusal::PermissionsEmpty);
    }
    if let Some(permission) = wanted.iter().find(|permission| is_never_lent(permission)) {
        return Err(Refusal::PermissionNeverLent { permission: permission.clone() });
    }
    match wanted.iter().find(|permission| !held.contains(*permission)) {
        Some(permission) => Err(Refusal::PermissionNotHeld { permission: permission.clone() }),
        None => Ok(()),
    }
}

/// Checks that a delegation may be passed on by its deputy, for these days and these permissions.
///
/// # Errors
/// [`Refusal::NotPassedOn`]; [`Refusal::DelegationRevoked`].
pub(crate) fn check_passing_on(given: &Delegation, days: Interval, wanted: &BTreeSet<String>) -> Result<(), Refusal> {
    if given.revoked.is_some() {
        return Err(Refusal::DelegationRevoked);
    }
    let within = days.within(Interval { from: given.from, to: given.to }) && wanted.is_subset(&given.permissions);
    if given.may_pass_on && given.passed_on_from.is_none() && within { Ok(()) } else { Err(Refusal::NotPassedOn) }
}
