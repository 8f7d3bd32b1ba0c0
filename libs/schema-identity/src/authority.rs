//! What other services ask about a caller, and what the signed-in person asks about themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day, PublicKey,
    id::{AccountId, AppointmentId, DelegationId, OfficeId, PositionId, SessionId, UnitId},
};

use crate::{Account, MyPreferences, Person};

/// What an account may do through a session, at this moment. Refused once the session has ended or the account or
/// person is disabled.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetAuthority {
    /// The account.
    pub account: AccountId,
    /// The session of the token.
    pub session: SessionId,
}

/// The keys that identity's signatures are checked with.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct GetKeys {}

/// A JSON Web Key Set (RFC 7517): the key in use, and those before it whose tokens may still be good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Keys {
    /// The keys, the one in use first.
    pub keys: Vec<PublicKey>,
}

/// Who is signed in, and what they may do.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct GetMe {}

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    /// The person.
    pub person: Person,
    /// The account.
    pub account: Account,
    /// What they hold today.
    pub posts: Vec<Post>,
    /// What is lent to them at this moment, in whose place they act by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lent: Vec<LentPost>,
    /// How they want to see pages; absent while they have not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences: Option<MyPreferences>,
}

/// Powers of a position that a delegation gives to somebody at a moment, with the names to show for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LentPost {
    /// The delegation.
    pub delegation: DelegationId,
    /// The office of the position.
    pub office: OfficeId,
    /// The position.
    pub position: PositionId,
    /// Its title.
    pub title: String,
    /// The name of whoever is stood in for; absent where somebody acts in a vacant post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The permissions that are lent now.
    pub permissions: Vec<String>,
    /// The first day without them; absent while no end is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// An appointment in force on a day, with the names to show for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Post {
    /// The appointment.
    pub appointment: AppointmentId,
    /// The office.
    pub office: OfficeId,
    /// The name of its committee on that day.
    pub office_name: String,
    /// SHA-256 of the emblem of the office; absent while it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_emblem: Option<String>,
    /// The unit.
    pub unit: UnitId,
    /// Its name on that day.
    pub unit_name: String,
    /// The position.
    pub position: PositionId,
    /// Its title.
    pub title: String,
    /// Whether this is the head of the unit.
    pub head: bool,
    /// The permissions that its roles give today.
    pub permissions: Vec<String>,
    /// The first day of authority.
    pub from: Day,
    /// The first day without it; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}
