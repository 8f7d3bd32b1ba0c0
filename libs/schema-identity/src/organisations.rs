//! Party organisations (tổ chức đảng): the second dated tree, from the organisation of a province down to the cell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Version,
    id::{OfficeId, PartyOrganisationId},
};

use crate::Share;

/// What kind of organisation it is. Each stands below one of a higher kind, so that none ever stands below itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyOrganisationKind {
    /// Đảng bộ trực thuộc Trung ương: of a province, a city, the central bodies.
    Central,
    /// Đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng.
    AboveBase,
    /// Đảng bộ cơ sở.
    Base,
    /// Đảng bộ bộ phận.
    Section,
    /// Chi bộ cơ sở: a cell that is a base organisation itself.
    BaseCell,
    /// Chi bộ trực thuộc đảng ủy cơ sở hay đảng ủy bộ phận.
    Cell,
}

impl PartyOrganisationKind {
    /// Whether members belong to it: a cell (chi bộ).
    #[must_use]
    pub fn is_cell(self) -> bool {
        matches!(self, Self::BaseCell | Self::Cell)
    }
}

/// The document by which something was done (quyết định, nghị quyết).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyInstrument {
    /// Its number and symbol, such as `12-QĐ/ĐU`, at most 200 characters.
    pub number: String,
    /// The day it bears.
    pub day: Day,
    /// Who issued it, at most 200 characters.
    pub body: String,
}

/// A party organisation as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyOrganisation {
    /// Its id, the same through all renamings and moves.
    pub id: PartyOrganisationId,
    /// The office that keeps it, for ever.
    pub office: OfficeId,
    /// The name, such as `Chi bộ thôn Trung`.
    pub name: String,
    /// Its kind.
    pub kind: PartyOrganisationKind,
    /// The code of party organisations: five groups of digits, such as `38.168.053.000.001`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The organisation above; absent for the one at the top of what the office keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PartyOrganisationId>,
    /// The first day on which all this is so.
    pub from: Day,
    /// The first day on which it is no more; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// How often it was changed.
    pub version: Version,
}

/// A party organisation on a day, with those above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyOrganisationPlace {
    /// The organisation.
    pub organisation: PartyOrganisation,
    /// Those above it on that day, the nearest first. Above the top of what an office keeps stands the top of what the
    /// office above keeps.
    pub above: Vec<PartyOrganisation>,
}

/// A party organisation through time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyOrganisationHistory {
    /// Its id.
    pub id: PartyOrganisationId,
    /// The office that keeps it, for ever.
    pub office: OfficeId,
    /// Its spans, oldest first; each begins where the one before ends.
    pub spans: Vec<PartyOrganisationSpan>,
    /// The act that ended it, or will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<PartyInstrument>,
    /// What it went to by that act, the main part first; empty for one that ended without a successor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<PartySuccessor>,
    /// How often it was changed.
    pub version: Version,
}

/// What held of a party organisation from one day until before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyOrganisationSpan {
    /// The first day.
    pub from: Day,
    /// The first day on which it no longer held; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The name.
    pub name: String,
    /// Its kind.
    pub kind: PartyOrganisationKind,
    /// The code of party organisations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The organisation above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PartyOrganisationId>,
    /// The act that made it so.
    pub instrument: PartyInstrument,
}

/// An organisation that stands in the place of one that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartySuccessor {
    /// Which.
    pub organisation: PartyOrganisationId,
    /// The first day.
    pub day: Day,
    /// How much went to it.
    pub share: Share,
}

impl PartyOrganisationHistory {
    /// What held on a day, if it existed then.
    #[must_use]
    pub fn at(&self, day: Day) -> Option<&PartyOrganisationSpan> {
        self.spans.iter().find(|span| span.from <= day && span.to.is_none_or(|to| day < to))
    }

    /// The organisation as it stood on a day, if it existed then.
    #[must_use]
    pub fn organisation(&self, day: Day) -> Option<PartyOrganisation> {
        let PartyOrganisationSpan { from, to, name, kind, code, parent, instrument: _ } = self.at(day)?.clone();
        let (id, office, version) = (self.id, self.office, self.version);
        Some(PartyOrganisation { id, office, name, kind, code, parent, from, to, version })
    }
}

/// Founds a party organisation (thành lập).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreatePartyOrganisation {
    /// The office that keeps it.
    pub office: OfficeId,
    /// The name, at most 200 characters.
    pub name: String,
    /// Its kind.
    pub kind: PartyOrganisationKind,
    /// The code of party organisations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The organisation above. An office keeps one without it, on any day; sections and cells always have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PartyOrganisationId>,
    /// The first day.
    pub from: Day,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Gives an organisation another name, kind, code or place from a day on, by an act. What held before that day stays as
/// it was; what was planned for after it is replaced. A cell stays a cell, and no other becomes one.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangePartyOrganisation {
    /// The organisation.
    pub id: PartyOrganisationId,
    /// The first day on which the change holds.
    pub from: Day,
    /// The new name; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new kind; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PartyOrganisationKind>,
    /// The new code, empty to remove it; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The new organisation above; the old one stays when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PartyOrganisationId>,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Ends an organisation on a day by an act (giải thể), once nothing stands below it and nobody belongs to it. Its
/// committees end with it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndPartyOrganisation {
    /// The organisation.
    pub id: PartyOrganisationId,
    /// The first day on which it is no more.
    pub to: Day,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Organisations end on a day by an act, and all of each goes to another that stands on that day (sáp nhập, hợp nhất).
/// The members of a cell go on in the successor, which is then a cell too, without a day between.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MergePartyOrganisations {
    /// The organisation that succeeds.
    pub id: PartyOrganisationId,
    /// Those that end, 1 to 50. Below them stands nothing from the day on.
    pub predecessors: Vec<PartyOrganisationId>,
    /// The first day on which they are no more.
    pub day: Day,
    /// The act.
    pub instrument: PartyInstrument,
}

/// An organisation ends on a day by an act and is divided among others that stand on that day (chia tách). The members
/// of a cell go on in the main part, and from there to the others by a transfer on the same day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SplitPartyOrganisation {
    /// The organisation that ends.
    pub id: PartyOrganisationId,
    /// Those that succeed, 2 to 50.
    pub successors: Vec<PartyOrganisationId>,
    /// The one of them that has the main part.
    pub main: PartyOrganisationId,
    /// The first day on which it is no more.
    pub day: Day,
    /// The act.
    pub instrument: PartyInstrument,
}

/// Lists the organisations that an office keeps, by name, as they stand on a day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPartyOrganisations {
    /// The office.
    pub office: OfficeId,
    /// Only those directly below this one on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PartyOrganisationId>,
    /// Words of the name or their beginnings, in any order, with or without accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// The day whose names and tree count; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// How many at most, up to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on, as the previous page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One organisation as it stands on a day, with those above it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetPartyOrganisation {
    /// The organisation.
    pub id: PartyOrganisationId,
    /// The day, on which it must exist; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// One organisation through time, with the acts that changed it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GetPartyOrganisationHistory {
    /// The organisation.
    pub id: PartyOrganisationId,
}

/// A party organisation was founded, changed or ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyOrganisationChanged {
    /// The organisation with all its spans.
    pub organisation: PartyOrganisationHistory,
}
