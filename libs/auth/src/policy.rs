//! The one policy function. A scope cannot be made anywhere else, and a query without one does not compile.

use std::collections::BTreeSet;

use wire::{Fault, Kind, Need, id::OfficeId};

use crate::{Authority, Caller, Grant, PersonCaller};

/// How far a call may look: some offices, or the whole installation for a stated reason.
///
/// Only [`decide`] makes one:
///
/// ```compile_fail
/// let all = auth::Scope(auth::Reach::System("because I say so"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(Reach);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    Offices(BTreeSet<OfficeId>),
    System(&'static str),
}

impl Scope {
    /// The offices in scope, in order; nothing when the scope is the whole installation.
    pub fn offices(&self) -> Option<impl Iterator<Item = OfficeId> + '_> {
        match &self.0 {
            Reach::Offices(offices) => Some(offices.iter().copied()),
            Reach::System(_) => None,
        }
    }

    /// Why the scope is the whole installation, when it is.
    #[must_use]
    pub fn reason(&self) -> Option<&'static str> {
        match self.0 {
            Reach::Offices(_) => None,
            Reach::System(reason) => Some(reason),
        }
    }

    /// Whether the rows of an office are in scope.
    #[must_use]
    pub fn allows(&self, office: OfficeId) -> bool {
        match &self.0 {
            Reach::Offices(offices) => offices.contains(&office),
            Reach::System(_) => true,
        }
    }

    /// This scope cut down to one office.
    ///
    /// # Errors
    /// `wire.missing` when the office is outside: missing and outside scope look the same.
    pub fn narrow(&self, office: OfficeId) -> Result<Self, Fault> {
        if self.allows(office) { Ok(Self::over([office])) } else { Err(missing()) }
    }

    fn over(offices: impl IntoIterator<Item = OfficeId>) -> Self {
        Self(Reach::Offices(offices.into_iter().collect()))
    }
}

/// Decides whether a caller may make a call with this need, and how far the call may look.
///
/// A person's authority is fetched beforehand; without it, or with somebody else's, the answer is no.
///
/// # Errors
/// `wire.unauthenticated` when somebody must sign in, `wire.denied` when the caller lacks what the call needs,
/// `wire.busy` when a person's authority is not known just now.
pub fn decide(caller: &Caller, authority: Option<&Authority>, need: &Need) -> Result<Scope, Fault> {
    match (need, caller) {
        (Need::Open, _) => Ok(Scope::over([])),
        (Need::Permission(_) | Need::Services, Caller::Service(_)) => Ok(Scope(Reach::System("service call"))),
        (Need::Services, Caller::Anonymous | Caller::Person(_)) => Err(denied(None)),
        (Need::SignedIn, Caller::Anonymous | Caller::Service(_)) | (Need::Permission(_), Caller::Anonymous) => {
            Err(unauthenticated())
        }
        (Need::SignedIn, Caller::Person(person)) => {
            Ok(Scope::over(grants_of(person, authority)?.iter().flat_map(Grant::offices)))
        }
        (Need::Permission(permission), Caller::Person(person)) => {
            let holding = grants_of(person, authority)?.iter().filter(|grant| grant.permissions.contains(permission));
            let offices: BTreeSet<OfficeId> = holding.flat_map(Grant::offices).collect();
            if offices.is_empty() { Err(denied(Some(permission))) } else { Ok(Scope(Reach::Offices(offices))) }
        }
    }
}

fn grants_of<'a>(person: &PersonCaller, authority: Option<&'a Authority>) -> Result<&'a [Grant], Fault> {
    authority
        .filter(|authority| authority.account == person.account && authority.person == person.person)
        .map(|authority| authority.grants.as_slice())
        .ok_or_else(busy)
}

fn unauthenticated() -> Fault {
    Fault::new(Kind::Unauthenticated, "wire.unauthenticated", "sign in first", "cần đăng nhập")
}

/// Names the permission that was lacking, for programs and for whoever is asked to grant it.
fn denied(permission: Option<&str>) -> Fault {
    let (en, vi) = ("you lack the permission for this", "bạn không có quyền làm việc này");
    let mut fault = Fault::new(Kind::Denied, "wire.denied", en, vi);
    fault.detail = permission.map(|permission| serde_json::json!({ "permission": permission }));
    fault
}

fn missing() -> Fault {
    Fault::new(Kind::Missing, "wire.missing", "there is no such thing", "không tìm thấy")
}

fn busy() -> Fault {
    let en = "your authority cannot be looked up just now; try again shortly";
    Fault::new(Kind::Busy, "wire.busy", en, "chưa tra được thẩm quyền của bạn; hãy thử lại sau giây lát").retry_after(1)
}
