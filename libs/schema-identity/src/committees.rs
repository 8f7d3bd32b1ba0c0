//! Party committees (cấp ủy): who leads an organisation for a term, in which post, and by what act.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{OfficeId, PartyCommitteeId, PartyMemberId, PartyOrganisationId, PartySeatId},
};

use crate::PartyInstrument;

/// The committee of an organisation for one term (nhiệm kỳ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyCommittee {
    /// Its id.
    pub id: PartyCommitteeId,
    /// The office that keeps the organisation.
    pub office: OfficeId,
    /// The organisation that it leads.
    pub organisation: PartyOrganisationId,
    /// The congress that elected it, such as `Đại hội lần thứ I, nhiệm kỳ 2025–2030`.
    pub congress: String,
    /// The first day of the term.
    pub from: Day,
    /// The first day after it; absent until the next committee begins or an act ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The act that recognised it (chuẩn y).
    pub instrument: PartyInstrument,
    /// How often it was changed.
    pub version: Version,
}

/// A post in a committee, in the order of official lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyPost {
    /// Bí thư: one on any day.
    Secretary,
    /// Phó Bí thư Thường trực.
    StandingDeputySecretary,
    /// Phó Bí thư.
    DeputySecretary,
    /// Ủy viên Ban Thường vụ.
    StandingBoardMember,
    /// Ủy viên Ban Chấp hành, chi ủy viên.
    CommitteeMember,
}

/// How somebody came to a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartySeatManner {
    /// Elected by the congress, or by the committee from among itself.
    Elected,
    /// Elected in the course of the term (bầu bổ sung).
    ByElection,
    /// Named by the organisation above (chỉ định).
    Designated,
}

/// A member in a post of a committee, from one day until before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartySeat {
    /// Its id.
    pub id: PartySeatId,
    /// The office that keeps the organisation.
    pub office: OfficeId,
    /// The committee.
    pub committee: PartyCommitteeId,
    /// Who.
    pub member: PartyMemberId,
    /// Họ và tên.
    pub full_name: String,
    /// The post.
    pub post: PartyPost,
    /// How they came to it.
    pub manner: PartySeatManner,
    /// The first day.
    pub from: Day,
    /// The first day without it; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The act by which it began.
    pub instrument: PartyInstrument,
    /// The act that ended it before the end of the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<PartyInstrument>,
    /// How often it was changed.
    pub version: Version,
}

/// A committee with who sits in it, by post and then by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyCommitteeRecord {
    /// The committee.
    pub committee: PartyCommittee,
    /// Who sits in it: on the day that was asked for, or in the course of the whole term.
    pub seats: Vec<PartySeat>,
}

/// Begins a term. The committee before it ends on that day with everyone in it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreatePartyCommittee {
    /// The organisation.
    pub organisation: PartyOrganisationId,
    /// The congress, at most 200 characters.
    pub congress: String,
    /// The first day of the term.
    pub from: Day,
    /// The first day after it, when it is known already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Ends a committee on a day by an act, and everyone's post in it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndPartyCommittee {
    /// The committee.
    pub id: PartyCommitteeId,
    /// The first day without it.
    pub to: Day,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Gives a member a post in a committee. A post that they have in it already ends on that day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SeatPartyMember {
    /// The committee.
    pub id: PartyCommitteeId,
    /// Who, on the roll on that day.
    pub member: PartyMemberId,
    /// The post.
    pub post: PartyPost,
    /// How they come to it.
    pub manner: PartySeatManner,
    /// The first day; within the term.
    pub from: Day,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Ends somebody's post in a committee on a day by an act.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndPartySeat {
    /// The post of the member.
    pub id: PartySeatId,
    /// The first day without it.
    pub to: Day,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Lists the committees of an organisation, oldest term first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPartyCommittees {
    /// The organisation.
    pub organisation: PartyOrganisationId,
    /// Only the one in office on this day; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One committee with who sits in it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetPartyCommittee {
    /// The committee.
    pub id: PartyCommitteeId,
    /// Only who sits in it on this day; everyone in the course of the term when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// A committee was made or changed, or who sits in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyCommitteeChanged {
    /// The committee.
    pub committee: PartyCommittee,
    /// Everyone who sat, sits or will sit in it, by post and then by name.
    pub seats: Vec<PartySeat>,
}
