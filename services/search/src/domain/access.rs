//! Who may find what: exactly who may read it where it is kept.
//!
//! Each kind is read there under one permission, in the offices in which the caller holds it (`get_incoming.v1`,
//! `get_outgoing.v1`, `get_assignment.v1`). The offices come from the one policy function, so that a deputy, a leader with
//! offices below and whoever inherited an office find what they may read, and not a line more.

use auth::{Authority, Caller, Scope};
use schema_search::SearchKind;
use wire::{Fault, Need, id::OfficeId};

/// The permission under which nouns of a kind are read.
#[must_use]
pub(crate) const fn permission(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::IncomingDocument => "documents.incoming.read",
        SearchKind::OutgoingDocument => "documents.outgoing.read",
        SearchKind::Assignment => "programme.assignments.read",
    }
}

/// What a caller may find.
#[derive(Clone, Debug)]
pub struct Access {
    /// Of each kind that may be read at all, where.
    scopes: Vec<(SearchKind, Scope)>,
    /// The offices of the caller's own appointments: what is found there stands first.
    pub own: Vec<OfficeId>,
}

impl Access {
    /// What a caller with this authority may find at this moment.
    ///
    /// # Errors
    /// When nobody is signed in, or the authority is not known.
    pub fn of(caller: &Caller, authority: Option<&Authority>) -> Result<Self, Fault> {
        auth::decide(caller, authority, &Need::SignedIn)?;
        let scope = |kind| {
            let need = Need::Permission(permission(kind).to_owned());
            auth::decide(caller, authority, &need).ok().map(|scope| (kind, scope))
        };
        let grants = authority.map(|authority| authority.grants.as_slice()).unwrap_or_default();
        let own = grants.iter().filter(|grant| grant.on_behalf_of.is_none()).map(|grant| grant.office);
        Ok(Self { scopes: SearchKind::ALL.into_iter().filter_map(scope).collect(), own: own.collect() })
    }

    /// Where nouns of a kind may be read, within one office when it is named; empty when nowhere.
    #[must_use]
    pub fn offices(&self, kind: SearchKind, only: Option<OfficeId>) -> Vec<OfficeId> {
        let scope = self.scopes.iter().find(|(of, _)| *of == kind);
        let offices = scope.and_then(|(_, scope)| scope.offices()).into_iter().flatten();
        offices.filter(|office| only.is_none_or(|only| only == *office)).collect()
    }

    /// Whether a noun may be read.
    #[must_use]
    pub fn allows(&self, kind: SearchKind, office: OfficeId) -> bool {
        self.scopes.iter().any(|(of, scope)| *of == kind && scope.offices().is_some() && scope.allows(office))
    }
}
