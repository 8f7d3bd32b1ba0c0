//! Delegations (ủy quyền): the powers of a position, lent to a person who stands in for its holder.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Dong, Instant, Version,
    id::{AppointmentId, DelegationId, OfficeId, PersonId, PositionId},
};

/// Why somebody stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DelegationKind {
    /// A standing deputy (thường xuyên thay).
    Deputy,
    /// In charge of a post that has no holder, or whose holder is suspended (quyền, phụ trách): by an order only.
    Acting,
    /// While the holder is away (vắng mặt): it has a last day.
    Absence,
}

/// Powers of a position in the hands of a deputy. They are never wider than what the holder has at that moment, and end
/// by themselves: with the day, with the appointment of the holder or of the deputy, when the position loses the
/// permission, and when the delegation that they were passed on from ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// The office of the position.
    pub office: OfficeId,
    /// Why.
    pub kind: DelegationKind,
    /// The position whose powers are lent.
    pub position: PositionId,
    /// Who holds it and lends them; absent for a post that somebody acts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grantor: Option<PersonId>,
    /// The appointment through which the grantor holds the position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grantor_appointment: Option<AppointmentId>,
    /// Who stands in.
    pub deputy: PersonId,
    /// The deputy's own position.
    pub deputy_position: PositionId,
    /// The appointment through which the deputy holds it.
    pub deputy_appointment: AppointmentId,
    /// What is lent of the position's permissions.
    pub permissions: BTreeSet<String>,
    /// The only genres of documents it covers, by their codes; any when empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub genres: BTreeSet<String>,
    /// The highest amount it covers; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<Dong>,
    /// The first day.
    pub from: Day,
    /// The first day without it; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The reason.
    pub reason: String,
    /// The decision, such as `12-QĐ/ĐU`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// Whether the deputy may pass it on, once.
    pub may_pass_on: bool,
    /// The delegation that this one was passed on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_on_from: Option<DelegationId>,
    /// Who made it: the grantor, the deputy who passed it on, or whoever ordered it.
    pub made_by: PersonId,
    /// When it was made.
    pub made_at: Instant,
    /// How it was taken back, when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
    /// How often it was changed.
    pub version: Version,
}

/// How a delegation was taken back before its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revocation {
    /// When: from this moment on it gives nothing.
    pub at: Instant,
    /// By whom.
    pub by: PersonId,
    /// Why.
    pub reason: String,
}

/// Lends powers of a position. A holder lends their own; a direct head or an administrator orders it for another, with
/// the decision. Nobody lends anything to themselves, and nobody lends the administration of people and accounts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateDelegation {
    /// Why.
    pub kind: DelegationKind,
    /// The position whose powers are lent.
    pub position: PositionId,
    /// Who holds it; the caller when absent. Left out where somebody acts in the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grantor: Option<PersonId>,
    /// Who is to stand in.
    pub deputy: PersonId,
    /// A position that the deputy holds in the same office on the first day.
    pub deputy_position: PositionId,
    /// What is lent of the position's permissions.
    pub permissions: BTreeSet<String>,
    /// The only genres of documents it covers, by their codes, at most 40; any when empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub genres: BTreeSet<String>,
    /// The highest amount it covers; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<Dong>,
    /// The first day. Before the moment at which it is made it gives nothing, whatever day stands here.
    pub from: Day,
    /// The first day without it; an absence needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The reason, at most 200 characters.
    pub reason: String,
    /// The decision, at most 200 characters; needed when it is ordered for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// Whether the deputy may pass it on, once.
    #[serde(default)]
    pub may_pass_on: bool,
    /// The delegation to the caller that is passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_on_from: Option<DelegationId>,
}

/// Takes a delegation back at once: the grantor, the deputy, whoever made it, a direct head, an administrator.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RevokeDelegation {
    /// The delegation.
    pub id: DelegationId,
    /// Why, at most 200 characters.
    pub reason: String,
}

/// Lists delegations, oldest first, those that were taken back among them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListDelegations {
    /// The office of the positions.
    pub office: OfficeId,
    /// Only those whose deputy this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<PersonId>,
    /// Only those of this position's powers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// The day on which their dates hold; all of them when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// A delegation was made or taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DelegationChanged {
    /// The delegation after the change.
    pub delegation: Delegation,
}

/// Asks why a person could do something on a day (vì sao ông bà này ký được văn bản này vào ngày ấy).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetAuthorityHistory {
    /// Who.
    pub person: PersonId,
    /// The permission, such as `documents.outgoing.issue`.
    pub permission: String,
    /// When.
    pub day: Day,
}

/// Every way in which a person had a permission on a day; none when they had it not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorityHistory {
    /// Who.
    pub person: PersonId,
    /// The permission.
    pub permission: String,
    /// When.
    pub day: Day,
    /// The ways, the person's own before those lent to them.
    pub ways: Vec<AuthorityWay>,
}

/// One way to a permission: a position, and how the person came to have its powers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorityWay {
    /// The office of the position.
    pub office: OfficeId,
    /// The position to which the permission belongs.
    pub position: PositionId,
    /// Its title.
    pub title: String,
    /// Those of its roles that give the permission, as this release knows them.
    pub roles: Vec<String>,
    /// Who held the position, the person asked about or the grantor; absent where somebody acted in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<PersonId>,
    /// Through which appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// The decision of that appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// The delegations from the holder to the person, in order; empty when the person held the position. One that was
    /// taken back in the course of that day is named with the moment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<Delegation>,
}
