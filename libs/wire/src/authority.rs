//! What a person may do, as identity tells every service; and the keys that identity's signatures are checked with.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Dong, Instant,
    id::{AccountId, AppointmentId, DelegationId, OfficeId, PersonId, PositionId, UnitId},
};

/// Everything a signed-in person may do at this moment: one grant per appointment in force, and after these one per
/// delegation. Authority belongs to the position; the person has it only while the appointment lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Authority {
    /// The account that is signed in.
    pub account: AccountId,
    /// The person it belongs to.
    pub person: PersonId,
    /// What each appointment in force gives.
    pub grants: Vec<Grant>,
    /// Whether the session may make calls that ask for a fresh proof of who is there.
    #[serde(default)]
    pub fresh_proof: FreshProof,
}

/// A short privilege inside a long session: the person has proven a moment ago who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FreshProof {
    /// Whether such calls are refused to this person without one.
    #[serde(default)]
    pub demanded: bool,
    /// Until when the last proof counts; absent when none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

impl FreshProof {
    /// Whether a call that asks for a fresh proof is to be answered.
    #[must_use]
    pub fn suffices(&self, now: Instant) -> bool {
        !self.demanded || self.until.is_some_and(|until| now < until)
    }
}

/// What one appointment gives, to the person appointed or to a deputy of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Grant {
    /// The office in which the position stands.
    pub office: OfficeId,
    /// Further offices this position reaches, each named; empty for nearly everyone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices_below: Vec<OfficeId>,
    /// Offices that have ended and whose rows this position reaches, because its office, or one below, succeeded them.
    /// What is open there goes on; nothing new begins there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices_inherited: Vec<OfficeId>,
    /// The unit in which the position stands.
    pub unit: UnitId,
    /// The position. In a delegation the one whose powers are lent, not the deputy's own.
    pub position: PositionId,
    /// The appointment that gives it: the holder's, or the deputy's own where the post is vacant.
    pub appointment: AppointmentId,
    /// The permissions of the position, such as `documents.incoming.register`.
    pub permissions: BTreeSet<String>,
    /// Whether this is the head of the unit (người đứng đầu).
    pub head: bool,
    /// The positions whose direct head (thủ trưởng trực tiếp) this position is today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub direct_reports: Vec<PositionId>,
    /// For whom this is done, when it is not the caller's own authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<OnBehalfOf>,
}

/// A delegation (ủy quyền) as it stands at this moment: whose powers, and how far they are lent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OnBehalfOf {
    /// The delegation.
    pub delegation: DelegationId,
    /// Who holds the position; absent while it is vacant and the caller acts in it (phụ trách, quyền).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The deputy's own position.
    pub own_position: PositionId,
    /// The only genres of documents it covers; any when empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub genres: BTreeSet<String>,
    /// The highest amount it covers; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<Dong>,
}

impl Grant {
    /// Every office this grant reaches, those that have ended and were inherited too.
    pub fn offices(&self) -> impl Iterator<Item = OfficeId> + '_ {
        std::iter::once(self.office).chain(self.offices_below.iter().chain(&self.offices_inherited).copied())
    }
}

/// A public Ed25519 key as RFC 8037 writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublicKey {
    /// Key type: `OKP`.
    pub kty: String,
    /// Curve: `Ed25519`.
    pub crv: String,
    /// The key id: the RFC 7638 thumbprint.
    pub kid: String,
    /// The key itself, base64url.
    pub x: String,
    /// Algorithm: `EdDSA`.
    pub alg: String,
    /// What it is for: `sig`.
    #[serde(rename = "use")]
    pub purpose: String,
}
