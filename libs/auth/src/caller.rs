//! Who speaks: nobody known, a person through a session, or one of our own services.

use serde::{Deserialize, Serialize};
use wire::{
    Instant,
    id::{AccountId, PersonId, SessionId},
};

/// Who speaks, as a verified token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody is signed in.
    Anonymous,
    /// A person, through a signed-in session.
    Person(PersonCaller),
    /// One of our own services, by name; its jobs too.
    Service(String),
}

/// A person who is signed in. What they may do is not in the token: it is fetched as [`Authority`](crate::Authority).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCaller {
    /// The account that signed in.
    pub account: AccountId,
    /// The person the account belongs to.
    pub person: PersonId,
    /// The session, which can be ended before the token runs out.
    pub session: SessionId,
    /// When the person last proved who they are; acts that need a fresh proof look at it.
    pub authenticated_at: Instant,
}

impl Caller {
    /// The name under which idempotency keys and audit rows are kept: `anonymous`, `account:<id>` or
    /// `service:<name>`.
    #[must_use]
    pub fn principal(&self) -> String {
        match self {
            Self::Anonymous => "anonymous".to_owned(),
            Self::Person(person) => format!("account:{}", person.account),
            Self::Service(name) => crate::service_issuer(name),
        }
    }

    /// The person, when one is signed in.
    #[must_use]
    pub fn person(&self) -> Option<&PersonCaller> {
        match self {
            Self::Person(person) => Some(person),
            Self::Anonymous | Self::Service(_) => None,
        }
    }
}
