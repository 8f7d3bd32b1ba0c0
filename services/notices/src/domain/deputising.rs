//! Who stands in for whom, as far as identity told of it.

use std::collections::BTreeSet;

use schema_identity::{Absence, Delegation, DelegationKind};
use schema_notices::{StandIn, StandInAbsence};
use wire::{
    Day, Version,
    id::{AbsenceId, DelegationId, OfficeId},
};

use crate::domain::seats::Span;

/// A delegation, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deputising {
    /// What both are told of it.
    pub(crate) told: StandIn,
    /// What of the position's permissions is lent.
    pub(crate) permissions: BTreeSet<String>,
    /// How often it was changed.
    pub(crate) version: Version,
}

/// An absence that somebody covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Away {
    /// The absence.
    pub(crate) id: AbsenceId,
    /// Its office.
    pub(crate) office: OfficeId,
    /// The delegation of the cover.
    pub(crate) cover: Option<DelegationId>,
    /// From when to when.
    pub(crate) span: StandInAbsence,
    /// How often it was changed.
    pub(crate) version: Version,
}

impl Deputising {
    /// What is kept of a delegation. What waits for the holder moves to a deputy in an absence and to whoever acts in a
    /// post; a standing deputy is not told of everything that the holder does themselves.
    pub(crate) fn of(delegation: Delegation) -> Self {
        let Delegation { id, office, kind, position, grantor, deputy, permissions, from, to, .. } = delegation;
        let told = StandIn {
            delegation: id,
            office,
            position,
            holder: grantor,
            deputy,
            from,
            to,
            moves_work: matches!(kind, DelegationKind::Absence | DelegationKind::Acting),
            made_at: delegation.made_at,
            ended_at: delegation.revoked.map(|revocation| revocation.at),
            absence: None,
        };
        Self { told, permissions, version: delegation.version }
    }

    /// Whether what waits for the position is told to the deputy on a day, as far as a permission is needed for it.
    pub(crate) fn moves(&self, day: Day, permission: &str) -> bool {
        let StandIn { from, to, moves_work, ended_at, .. } = &self.told;
        let holds = Span { from: *from, to: *to }.holds(day) && ended_at.is_none();
        holds && *moves_work && self.permissions.contains(permission)
    }
}

impl Away {
    /// What is kept of an absence.
    pub(crate) fn of(absence: &Absence) -> Self {
        let Absence { id, office, cover, version, .. } = *absence;
        Self { id, office, cover, span: StandInAbsence { from: absence.from, to: absence.to }, version }
    }
}
