//! What goes to addressees outside of the installation (bản kê gửi): to whom, how and when. Inside of it there are dispatches.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant, Page,
    id::{OfficeId, OutgoingId, PersonId},
};

wire::refusals! {
    /// Why a sending is not written down.
    pub enum PostingRefusal {
        /// Nobody, or too many.
        PostedToNobody { limit: usize } => Invalid, "documents.posted_to_nobody",
            en "name whom it was sent to, {limit} at most", vi "hãy chọn nơi nhận, nhiều nhất {limit} nơi", field "recipients";
        /// Before the document's day, or later than today.
        PostingDayUnfit => Invalid, "documents.posting_day_unfit",
            en "it is sent between the day that it bears and today", vi "ngày gửi từ ngày văn bản đến hôm nay", field "on";
    }
}

impl From<PostingRefusal> for wire::Fault {
    fn from(refusal: PostingRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses PostingRefusal;

    calls {
        Write RecordPosting => Posting, "record_posting.v1",
            POST "/api/v1/outgoing-documents/{id}/postings", needs "documents.outgoing.issue";
        Read ListPostings => Page<Posting>, "list_postings.v1",
            GET "/api/v1/postings", needs "documents.outgoing.read";
    }

    events {}
}

/// How something goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PostingWay {
    /// Handed over (giao trực tiếp).
    ByHand,
    /// By post (bưu điện).
    ByPost,
    /// By the couriers of the Party and the State (giao liên, bưu chính đặc biệt).
    ByCourier,
    /// By electronic mail or the document axis (thư điện tử, trục liên thông).
    Electronically,
    /// A way of a later release.
    #[serde(other)]
    Unknown,
}

/// One sending of a document; a line that does not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Posting {
    /// The document.
    pub document: OutgoingId,
    /// Which sending of it, from 1.
    pub ordinal: u32,
    /// The office.
    pub office: OfficeId,
    /// To whom.
    pub recipients: Vec<String>,
    /// How.
    pub way: PostingWay,
    /// On which day.
    pub on: Day,
    /// A note, such as the number of the parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who wrote it down.
    pub by: PersonId,
    /// When.
    pub at: Instant,
}

/// Writes down that a document was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordPosting {
    /// The document, which has its number.
    pub id: OutgoingId,
    /// To whom, 100 at most.
    pub recipients: Vec<String>,
    /// How.
    pub way: PostingWay,
    /// On which day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Sendings of an office, what was written down last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListPostings {
    /// The office.
    pub office: OfficeId,
    /// Only those of this document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<OutgoingId>,
    /// Only those of this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
