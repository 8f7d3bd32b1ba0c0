//! What stands in a token: issuers, audiences, lifetimes and claims.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use wire::id::OfficeId;

use crate::{PersonCaller, jwt};

/// The issuer that alone may say who a person is.
pub const IDENTITY_ISSUER: &str = "identity";

/// The issuer that alone may say that an upload is staged.
pub const GATEWAY_ISSUER: &str = "service:gateway";

/// The longest token that is looked at, in bytes.
pub const TOKEN_LIMIT: usize = 4 * 1024;

/// The longest life of a caller's token.
pub const CALLER_LIFE: Duration = Duration::from_secs(15 * 60);

/// The longest life of a ticket: staged uploads are swept after a day.
pub const TICKET_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// How far the clocks of two machines may differ.
pub const LEEWAY: Duration = Duration::from_secs(5);

/// The audience of a caller's token.
pub(crate) const CALLER_AUDIENCE: &str = "vanphong";

/// The audience of a ticket, so that one can never be used as the other.
pub(crate) const TICKET_AUDIENCE: &str = "vanphong-file";

const SERVICE_PREFIX: &str = "service:";

/// The issuer under which a service speaks for itself: `service:<name>`.
#[must_use]
pub fn service_issuer(name: &str) -> String {
    format!("{SERVICE_PREFIX}{name}")
}

/// The name of the service that an issuer is, when it is one.
pub(crate) fn service_of(issuer: &str) -> Option<&str> {
    issuer.strip_prefix(SERVICE_PREFIX).filter(|name| !name.is_empty())
}

/// The claims of every token, and beside them what it says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Claims<T> {
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    #[serde(flatten)]
    pub(crate) says: T,
}

/// What a caller's token says of its bearer. Which service is speaking follows from the issuer alone.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "bearer", rename_all = "snake_case")]
pub(crate) enum Bearer {
    Person(PersonCaller),
    Service,
}

/// What a [`Ticket`](wire::Ticket) promises: that an upload is staged, whose it is and what it may become.
/// The service that claims the file compares caller, office and purpose with the call it is answering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketClaims {
    /// SHA-256 of the content, hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// The media type found by looking at the content.
    pub media_type: String,
    /// The name the file was given. A ticket over [`TOKEN_LIMIT`] is refused, so the gateway bounds names.
    pub name: String,
    /// Who uploaded it, as [`Caller::principal`](crate::Caller::principal) says.
    pub principal: String,
    /// The office it was uploaded for.
    pub office: OfficeId,
    /// What it may be used for, such as `documents.attachment`.
    pub purpose: String,
}

impl TicketClaims {
    /// What a text says that has the form of a ticket, whoever signed it and when. Nobody has verified it: it is good for
    /// telling whether two requests speak of the same file, and for nothing else.
    #[must_use]
    pub fn said(text: &str) -> Option<Self> {
        jwt::said_for(text, TICKET_AUDIENCE)
    }
}
