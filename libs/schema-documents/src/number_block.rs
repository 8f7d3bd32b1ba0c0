//! Numbers held back on a sheet of paper for an outage (khối số giữ trước), and their entry afterwards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant, Version,
    id::{NumberBlockId, OfficeId, PersonId, RegisterId},
};

use crate::{IssueOutgoing, RegisterCitizenLetter, RegisterIncoming};

/// Consecutive numbers of a register that are given on paper while the system cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberBlock {
    /// Its id.
    pub id: NumberBlockId,
    /// The office that keeps the register.
    pub office: OfficeId,
    /// How often it was changed; entering a number counts.
    pub version: Version,
    /// The register.
    pub register: RegisterId,
    /// Its first number.
    pub first: i64,
    /// Its last number.
    pub last: i64,
    /// The label of the sheet on which the numbers are written.
    pub sheet: String,
    /// Who holds the sheet.
    pub holder: PersonId,
    /// That person's name as written on the sheet.
    pub holder_name: String,
    /// Who reserved it.
    pub reserved_by: PersonId,
    /// When; nothing was written on the sheet before.
    pub reserved_at: Instant,
    /// The last day on which a number may be written on the sheet.
    pub expires: Day,
    /// The numbers that are still held back: neither entered nor voided.
    pub held: Vec<i64>,
    /// What was written on the sheet and has been entered.
    #[serde(default)]
    pub entered: Vec<PaperEntry>,
    /// Why the unused rest was voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_reason: Option<String>,
}

/// A number that was given on paper first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperEntry {
    /// The number.
    pub number: i64,
    /// When it was written on the sheet.
    pub written_at: Instant,
    /// Who wrote it.
    pub written_by: PersonId,
    /// That person's name as signed on the sheet.
    pub written_by_name: String,
    /// Who entered it here.
    pub entered_by: PersonId,
    /// When it was entered here.
    pub entered_at: Instant,
}

/// Holds the next numbers of a register back on a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReserveNumbers {
    /// The register.
    pub register: RegisterId,
    /// How many numbers, 1 to 200.
    pub numbers: u16,
    /// The label of the sheet, unlike that of every other sheet of this register.
    pub sheet: String,
    /// Who holds the sheet.
    pub holder: PersonId,
    /// That person's name.
    pub holder_name: String,
    /// The last day on which a number may be written on it, at most 31 days from today.
    pub expires: Day,
}

/// The blocks of an office, those reserved last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListNumberBlocks {
    /// The office.
    pub office: OfficeId,
    /// Only those of this register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<RegisterId>,
    /// Only those that are past their last day and hold numbers back still.
    #[serde(default)]
    pub overdue: bool,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetNumberBlock {
    /// The block.
    pub id: NumberBlockId,
}

/// Enters an incoming document under a number that it was given on paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnterReservedIncoming {
    /// The block.
    pub id: NumberBlockId,
    /// The number.
    pub number: i64,
    /// When it was written on the sheet.
    pub written_at: Instant,
    /// Who wrote it.
    pub written_by: PersonId,
    /// That person's name as signed on the sheet.
    pub written_by_name: String,
    /// The document. Its arrival day is that of the sheet when it is absent; `late` is not needed.
    pub document: RegisterIncoming,
}

/// Enters a citizen's letter under a number that it was given on paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnterReservedLetter {
    /// The block.
    pub id: NumberBlockId,
    /// The number.
    pub number: i64,
    /// When it was written on the sheet.
    pub written_at: Instant,
    /// Who wrote it.
    pub written_by: PersonId,
    /// That person's name as signed on the sheet.
    pub written_by_name: String,
    /// The letter. Its arrival day is that of the sheet when it is absent; `late` is not needed.
    pub letter: RegisterCitizenLetter,
}

/// Issues a draft under a number that it was given on paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IssueReservedOutgoing {
    /// The block.
    pub id: NumberBlockId,
    /// The number.
    pub number: i64,
    /// When it was written on the sheet.
    pub written_at: Instant,
    /// Who wrote it.
    pub written_by: PersonId,
    /// That person's name as signed on the sheet.
    pub written_by_name: String,
    /// How the draft is issued. Its day is that of the sheet when it is absent; `late` is not needed.
    pub issue: IssueOutgoing,
}

/// Voids every number of a block that is still held back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VoidReservedNumbers {
    /// The block.
    pub id: NumberBlockId,
    /// Why.
    pub reason: String,
}
