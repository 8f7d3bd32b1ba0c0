//! Terms and what they rest on (hạn và căn cứ): those of law and custom that are known here, the office's own term for what arrives
//! without a day, and a trial of either on any day.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Page,
    id::{HandlingTermId, OfficeId},
};

wire::refusals! {
    /// Why a term is not set, or cannot be tried.
    pub enum TermRefusal {
        /// No days, or too many.
        TermDaysUnfit { most: u32 } => Invalid, "documents.term_days_unfit",
            en "a term has 1 to {most} days", vi "thời hạn từ 1 đến {most} ngày", field "days";
        /// Days that have begun stand.
        TermBackdated => Invalid, "documents.term_backdated",
            en "a term holds for what arrives from today on at the earliest: days that were set stay as they are",
            vi "thời hạn mới chỉ áp dụng cho văn bản đến từ hôm nay trở đi: hạn đã đặt giữ nguyên", field "from";
        /// Nothing is known for that day.
        TermUnknown => Conflict, "documents.term_unknown",
            en "no such term is known for that day", vi "chưa biết thời hạn nào cho ngày đó", field "start";
    }
}

impl From<TermRefusal> for wire::Fault {
    fn from(refusal: TermRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses TermRefusal;

    calls {
        Read ListHandlingTerms => Page<HandlingTerm>, "list_handling_terms.v1",
            GET "/api/v1/handling-terms", needs "documents.registers.read";
        Write SetHandlingTerm => HandlingTerm, "set_handling_term.v1",
            POST "/api/v1/handling-terms", needs "documents.registers.change";
        Read TryHandlingTerm => TermTrial, "try_handling_term.v1",
            GET "/api/v1/handling-term-trials", needs "documents.registers.read";
    }

    events {}
}

/// What a term is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermPurpose {
    /// To handle a document that arrived without a day (xử lý văn bản đến không ghi hạn).
    #[default]
    HandleIncoming,
    /// To accept or refuse a complaint (thụ lý khiếu nại).
    AcceptComplaint,
    /// To register and classify a denunciation (xử lý ban đầu tố cáo).
    FirstHandlingOfDenunciation,
    /// The same where it is checked in several places.
    FirstHandlingOfDenunciationInSeveralPlaces,
    /// A purpose of a later release.
    #[serde(other)]
    Unknown,
}

/// In what a term is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// Working days (ngày làm việc).
    Working,
    /// Calendar days (ngày).
    Calendar,
}

/// A term, as it holds for what begins in a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandlingTerm {
    /// What it is for.
    pub purpose: TermPurpose,
    /// Its length; the first day is not counted.
    pub days: u32,
    /// In what it is counted.
    pub unit: TermUnit,
    /// Whether an end on a day off moves to the next working day.
    pub roll: bool,
    /// What it rests on.
    pub instrument: String,
    /// Whether a public source says so; what is not verified is custom or memory.
    pub verified: bool,
    /// The first day for which it holds.
    pub valid_from: Day,
    /// The first day for which it holds no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// The id of one that the office set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<HandlingTermId>,
}

/// The terms known here: the office's own first, then those of law and custom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListHandlingTerms {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Sets the office's own term for documents that arrive without a day. It takes the place of the usual one, and of one that was
/// set before, for what arrives from its first day on; days that were set stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetHandlingTerm {
    /// The office.
    pub office: OfficeId,
    /// Its length.
    pub days: u32,
    /// In what it is counted.
    pub unit: TermUnit,
    /// The first day for which it holds, today or later.
    pub from: Day,
    /// The decision that it rests on.
    pub decision: String,
}

/// Tries a term: the one in force for the day, or another length.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TryHandlingTerm {
    /// The office, whose calendar counts.
    pub office: OfficeId,
    /// What it is for.
    #[serde(default)]
    pub purpose: TermPurpose,
    /// The day that starts it.
    pub start: Day,
    /// Another length than the one in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// In what that is counted; working days when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<TermUnit>,
}

/// When a term ends, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TermTrial {
    /// The last day.
    pub due: Day,
    /// Why it is that day, in Vietnamese.
    pub reason: String,
    /// Whether it may still change, because something of the calendar is not announced or not certain.
    pub provisional: bool,
    /// What another length would have done to documents of the last ninety days that have the usual day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<TermEffect>,
}

/// What another length would have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TermEffect {
    /// How many documents with the usual day were looked at, 1,000 at most.
    pub looked_at: u32,
    /// How many would have another day.
    pub changed: u32,
    /// The most days by which one would be due earlier.
    pub earlier: u32,
    /// The most days by which one would be due later.
    pub later: u32,
}
