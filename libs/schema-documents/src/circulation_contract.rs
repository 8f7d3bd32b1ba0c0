//! How far a document that arrived may go here (giới hạn lưu hành): what goes back after it was read (xem xong trả lại), what is
//! collected again (thu hồi), what is not passed on (không phổ biến). Such a document is not copied here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant, Page,
    id::{DeliveryId, IncomingId, OfficeId},
};

wire::refusals! {
    /// Why a limit is not set, or a document not given back.
    pub enum CirculationRefusal {
        /// Nothing says that it goes back.
        NotOwed => Conflict, "documents.not_to_give_back",
            en "this document need not be given back: set its limit first",
            vi "văn bản này không thuộc loại phải trả lại: hãy ghi giới hạn lưu hành trước";
        /// Given back before.
        GivenBackAlready => Conflict, "documents.given_back_already",
            en "this document was given back already", vi "văn bản này đã được trả lại";
        /// A day that cannot be.
        ReturnDayUnfit => Invalid, "documents.return_day_unfit",
            en "a day to give it back by is today or later, and only for what goes back",
            vi "hạn trả lại phải từ hôm nay trở đi, và chỉ dùng cho văn bản phải trả lại", field "return_by";
        /// It may not be copied.
        CirculationLimited => Conflict, "documents.circulation_limited",
            en "its sender limited the circulation of that document: it is not copied here",
            vi "cơ quan gửi đã giới hạn lưu hành văn bản đó: không được sao ở đây";
    }
}

impl From<CirculationRefusal> for wire::Fault {
    fn from(refusal: CirculationRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses CirculationRefusal;

    calls {
        Write LimitCirculation => Circulation, "limit_circulation.v1",
            POST "/api/v1/incoming-documents/{id}/circulation", needs "documents.incoming.register";
        Write GiveBackIncoming => Circulation, "give_back_incoming.v1",
            POST "/api/v1/incoming-documents/{id}/giving-back", needs "documents.incoming.register";
        Read ListCirculations => Page<Circulation>, "list_circulations.v1",
            GET "/api/v1/circulations", needs "documents.incoming.read";
    }

    events {}
}

/// How far a document may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CirculationMark {
    /// It goes back after it was read (xem xong trả lại).
    ReturnAfterReading,
    /// It is collected again (thu hồi).
    Collected,
    /// It is not passed on (không phổ biến).
    NotToSpread,
    /// A mark of a later release.
    #[serde(other)]
    Unknown,
}

impl CirculationMark {
    /// Whether the document goes back to its sender.
    #[must_use]
    pub fn owes_return(self) -> bool {
        matches!(self, Self::ReturnAfterReading | Self::Collected)
    }

    /// The mark as papers bear it.
    #[must_use]
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::ReturnAfterReading => Some("Xem xong trả lại"),
            Self::Collected => Some("Thu hồi"),
            Self::NotToSpread => Some("Không phổ biến"),
            Self::Unknown => None,
        }
    }
}

/// The limit upon one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Circulation {
    /// The document.
    pub document: IncomingId,
    /// Its office.
    pub office: OfficeId,
    /// The delivery that it came by, where the sender set the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryId>,
    /// How far it may go.
    pub mark: CirculationMark,
    /// Until when it goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_by: Option<Day>,
    /// When it went back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_back_at: Option<Instant>,
    /// How it went back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Its arrival number, in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Number and symbol of the document, in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// What it is about, in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// Says how far a document may go, as its paper says; sets it anew until it went back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitCirculation {
    /// The document.
    pub id: IncomingId,
    /// How far.
    pub mark: CirculationMark,
    /// Until when it goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_by: Option<Day>,
}

/// Gives a document back: its files are let go here, its line stays in the register, and whoever sent it sees when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GiveBackIncoming {
    /// The document.
    pub id: IncomingId,
    /// How, and to whom the paper went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Limits of an office, what goes back first at the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListCirculations {
    /// The office.
    pub office: OfficeId,
    /// Only that of this document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<IncomingId>,
    /// Only those that are still to go back.
    #[serde(default)]
    pub owed: bool,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
