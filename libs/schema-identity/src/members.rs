//! Party members (đảng viên) on the roll of their cells. Nothing but the name, two dates and the cells is held: pay,
//! health, family, cards and files of members stay at the cell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{OfficeId, PartyMemberId, PartyMembershipId, PartyOrganisationId, PersonId},
};

use crate::{PartyInstrument, PartyOrganisation};

/// A member, with the cells through time. A member needs no account and no position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyMember {
    /// The id, the same in whatever cell.
    pub id: PartyMemberId,
    /// The office that entered the member first.
    pub office: OfficeId,
    /// The person, when the member is one of those who work in an office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Họ và tên.
    pub full_name: String,
    /// The day of admission (ngày kết nạp): from then on a probationary member.
    pub admitted: Day,
    /// The day of becoming an official member (ngày chính thức).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Day>,
    /// The office to whose cells the member was introduced and where nobody has received them yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduced: Option<PartyIntroduction>,
    /// The memberships, oldest first; for who reaches only former ones, those alone.
    pub memberships: Vec<PartyMembership>,
    /// How often the member was changed.
    pub version: Version,
}

/// How a member belongs to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyMembershipKind {
    /// Sinh hoạt đảng chính thức: in one cell on any day.
    Regular,
    /// Sinh hoạt đảng tạm thời: for some time in another cell beside the regular one.
    Temporary,
}

/// A member in a cell, from one day until before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyMembership {
    /// Its id.
    pub id: PartyMembershipId,
    /// The office of the cell.
    pub office: OfficeId,
    /// The cell.
    pub organisation: PartyOrganisationId,
    /// How the member belongs to it.
    pub kind: PartyMembershipKind,
    /// The first day.
    pub from: Day,
    /// The first day without it; absent while it goes on. A membership that another took the place of on its very first
    /// day has no day at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The act by which it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<PartyInstrument>,
    /// How the member left the roll here, when that is why it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<PartyLeaving>,
}

/// How a member left the roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyLeaving {
    /// In what way.
    pub way: PartyLeavingWay,
    /// The act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<PartyInstrument>,
}

/// In what way a member leaves the roll. The reasons stay at the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyLeavingWay {
    /// To an organisation that no office of this installation keeps.
    TransferredOut,
    /// Từ trần.
    Died,
    /// Membership ended.
    LeftRoll,
}

/// A member on the way to a cell of another office (giới thiệu sinh hoạt đảng).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyIntroduction {
    /// The office that may receive them.
    pub office: OfficeId,
    /// The act.
    pub instrument: PartyInstrument,
}

impl PartyMember {
    /// The cell to which the member belonged on a day.
    #[must_use]
    pub fn cell(&self, day: Day) -> Option<PartyOrganisationId> {
        let regular = |held: &&PartyMembership| held.kind == PartyMembershipKind::Regular;
        let then = |held: &&PartyMembership| held.from <= day && held.to.is_none_or(|to| day < to);
        self.memberships.iter().filter(regular).find(then).map(|held| held.organisation)
    }
}

/// Enters a member on the roll of a cell: one who is admitted there, or comes from elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreatePartyMember {
    /// The cell.
    pub organisation: PartyOrganisationId,
    /// The full name, at most 200 characters.
    pub full_name: String,
    /// The person, when it is one of those who work in an office; each is one member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The day of admission.
    pub admitted: Day,
    /// The day of becoming an official member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Day>,
    /// The first day in the cell.
    pub from: Day,
    /// The act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<PartyInstrument>,
}

/// Corrects the name or the dates of a member, and says when they become official.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangePartyMember {
    /// The member.
    pub id: PartyMemberId,
    /// The full name; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// The day of admission; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admitted: Option<Day>,
    /// The day of becoming an official member; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Day>,
}

/// Moves a member to another cell (chuyển sinh hoạt đảng). A regular move ends the membership before it on the same day,
/// so that no day is lost or counted twice; a temporary one stands beside it. Who left the roll returns by it. The
/// member's cell is the caller's, or the member was introduced to an office that is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TransferPartyMember {
    /// The member.
    pub id: PartyMemberId,
    /// The cell to which they go.
    pub organisation: PartyOrganisationId,
    /// Regular or temporary.
    pub kind: PartyMembershipKind,
    /// The first day there.
    pub from: Day,
    /// The first day after a temporary membership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Introduces a member to the cells of another office of this installation, which receives them by a transfer. Until
/// then they belong where they are. The own office takes an introduction back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IntroducePartyMember {
    /// The member.
    pub id: PartyMemberId,
    /// The office that may receive them.
    pub office: OfficeId,
    /// The act.
    pub instrument: PartyInstrument,
}

/// A member leaves the roll on a day, and the committees in which they sit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndPartyMember {
    /// The member.
    pub id: PartyMemberId,
    /// The first day on which they are no longer on the roll.
    pub to: Day,
    /// In what way.
    pub way: PartyLeavingWay,
    /// The act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<PartyInstrument>,
}

/// A member on the roll of an office on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyRollEntry {
    /// The member.
    pub id: PartyMemberId,
    /// Họ và tên.
    pub full_name: String,
    /// The day of admission.
    pub admitted: Day,
    /// The day of becoming an official member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Day>,
    /// The cell.
    pub organisation: PartyOrganisationId,
    /// How the member belongs to it.
    pub kind: PartyMembershipKind,
    /// The first day there.
    pub from: Day,
    /// The first day without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// Lists the members of the cells of an office on a day, by name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPartyMembers {
    /// The office.
    pub office: OfficeId,
    /// Only those of this cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<PartyOrganisationId>,
    /// Words of the name or their beginnings, in any order, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// The day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// A member with the cells to which they belonged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyMemberRecord {
    /// The member.
    pub member: PartyMember,
    /// The cell of each membership as it stood on the first day of it, in the same order.
    pub cells: Vec<PartyOrganisation>,
}

/// One member with their cells, for who keeps or reads one of these.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetPartyMember {
    /// The member.
    pub id: PartyMemberId,
}

/// A member who was introduced to an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyNewcomer {
    /// The member.
    pub id: PartyMemberId,
    /// Họ và tên.
    pub full_name: String,
    /// The day of admission.
    pub admitted: Day,
    /// The day of becoming an official member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Day>,
    /// The act that introduces them.
    pub instrument: PartyInstrument,
}

/// Lists the members who were introduced to an office and wait to be received in a cell, by name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPartyIntroductions {
    /// The office.
    pub office: OfficeId,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// A member was entered, corrected, moved or left the roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyMemberChanged {
    /// The member with all memberships.
    pub member: PartyMember,
}
