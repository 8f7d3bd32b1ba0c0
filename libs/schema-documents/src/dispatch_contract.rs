//! Sending what was issued to other offices of the installation (gửi, nhận văn bản điện tử): one act, a state for each office;
//! what arrives stands in the other clerk's queue at once and is entered without retyping.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Download, FileRef, Instant, Page, Urgency, Version,
    id::{DeliveryId, DispatchId, FileId, IncomingId, OfficeId, OutgoingId, PersonId},
};

use crate::CirculationMark;

wire::refusals! {
    /// Why something is not sent, taken up or sent back.
    pub enum DispatchRefusal {
        /// What is not issued yet, or has no file that counts.
        NotReady => Conflict, "documents.dispatch_not_ready",
            en "the document cannot be sent yet: it needs its number and both signatures, or the scan of the signed paper",
            vi "chưa gửi được: văn bản phải có số và đủ chữ ký số, hoặc đã đính kèm bản quét của bản giấy đã ký";
        /// A paper that does not lie here.
        DispatchMasked => Conflict, "documents.dispatch_masked",
            en "this document does not lie here: send it on paper, by its own rules",
            vi "văn bản này không nằm trong hệ thống: hãy gửi bản giấy theo quy định riêng";
        /// Nobody to send to.
        NobodyToSendTo => Invalid, "documents.nobody_to_send_to",
            en "name at least one office that exists today; one's own is left out",
            vi "hãy chọn ít nhất một cơ quan đang hoạt động; không tính cơ quan mình", field "offices";
        /// More than one act sends to.
        OfficesTooMany { limit: usize } => Invalid, "documents.offices_too_many",
            en "name {limit} offices at most, or a whole tier", vi "chọn tối đa {limit} cơ quan, hoặc chọn cả cấp", field "offices";
        /// No office of that id exists today.
        OfficeUnknown { id: OfficeId } => Invalid, "documents.office_unknown",
            en "there is no office {id} today", vi "hôm nay không có cơ quan {id}", field "offices";
        /// It was sent to that office before.
        SentAlready { name: String } => Conflict, "documents.sent_already",
            en "it was sent to “{name}” already: choose the others only",
            vi "đã gửi cho “{name}” rồi: hãy chỉ chọn nơi chưa gửi", field "offices";
        /// No such dispatch within reach.
        DispatchMissing { id: DispatchId } => Missing, "documents.dispatch_missing",
            en "there is no dispatch {id}", vi "không có lần gửi {id}";
        /// No such delivery within reach.
        DeliveryMissing { id: DeliveryId } => Missing, "documents.delivery_missing",
            en "there is no delivery {id}", vi "không có văn bản gửi đến {id}";
        /// It was taken up, sent back or recalled.
        DeliverySettled => Conflict, "documents.delivery_settled",
            en "this delivery is settled: it was entered, sent back or recalled meanwhile",
            vi "văn bản gửi đến này đã xong: đã vào sổ, đã trả lại hoặc đã bị thu hồi";
        /// A dispatch is recalled once.
        RecalledAlready => Conflict, "documents.recalled_already",
            en "this dispatch was recalled already", vi "lần gửi này đã được thu hồi";
    }
}

impl From<DispatchRefusal> for wire::Fault {
    fn from(refusal: DispatchRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses DispatchRefusal;

    calls {
        Write DispatchOutgoing => Dispatch, "dispatch_outgoing.v1",
            POST "/api/v1/outgoing-documents/{id}/dispatches", needs "documents.outgoing.issue", step_up;
        Read ListDispatches => Page<Dispatch>, "list_dispatches.v1",
            GET "/api/v1/outgoing-documents/{id}/dispatches", needs "documents.outgoing.read";
        Read ListDeliveries => Page<Delivery>, "list_deliveries.v1",
            GET "/api/v1/dispatches/{id}/deliveries", needs "documents.outgoing.read";
        Write RecallDispatch => Dispatch, "recall_dispatch.v1",
            POST "/api/v1/dispatches/{id}/recall", needs "documents.outgoing.issue", step_up;
        Read ListArrivals => Page<Delivery>, "list_arrivals.v1",
            GET "/api/v1/deliveries", needs "documents.incoming.register";
        Read GetArrival => Delivery, "get_arrival.v1",
            GET "/api/v1/deliveries/{id}", needs "documents.incoming.register";
        Write OpenArrival => Delivery, "open_arrival.v1",
            POST "/api/v1/deliveries/{id}/opening", needs "documents.incoming.register";
        Read DownloadArrival => Download, "download_arrival.v1",
            GET "/api/v1/deliveries/{id}/files/{file}", needs "documents.incoming.register", download;
        Write ReceiveArrival => Delivery, "receive_arrival.v1",
            POST "/api/v1/deliveries/{id}/receipt", needs "documents.incoming.register";
        Write ReturnArrival => Delivery, "return_arrival.v1",
            POST "/api/v1/deliveries/{id}/return", needs "documents.incoming.register";
    }

    events {
        DispatchChanged, "dispatch_changed.v1", aggregate dispatch.id, office dispatch.office;
        DeliveryChanged, "delivery_changed.v1", aggregate delivery.id, office delivery.office;
    }
}

/// A tier of offices below the sender's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// All provincial offices.
    Provinces,
    /// All commune offices below the sender's.
    Communes,
}

/// Sends an issued document to offices. All of them have it when the call answers, or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DispatchOutgoing {
    /// The document.
    pub id: OutgoingId,
    /// The offices, 500 at most.
    #[serde(default)]
    pub offices: Vec<OfficeId>,
    /// Whole tiers.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// How far it may be passed on, in words of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circulation: Option<String>,
    /// How far it may be passed on, which the other office is held to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<CirculationMark>,
    /// Until when it goes back, of what does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_by: Option<Day>,
    /// Whether no paper follows (không gửi bản giấy).
    #[serde(default)]
    pub no_paper: bool,
}

/// One act of sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dispatch {
    /// Its id.
    pub id: DispatchId,
    /// The office that sent.
    pub office: OfficeId,
    /// The document.
    pub document: OutgoingId,
    /// Who sent it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// To how many offices.
    pub total: u32,
    /// How many have it in their queue and have not opened it.
    pub delivered: u32,
    /// How many have opened it.
    pub opened: u32,
    /// How many have entered it in their register.
    pub received: u32,
    /// How many sent it back.
    pub returned: u32,
    /// From how many it was recalled before they entered it.
    pub recalled: u32,
    /// How far it may be passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circulation: Option<String>,
    /// Whether no paper follows.
    pub no_paper: bool,
    /// When it was recalled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled_at: Option<Instant>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall_reason: Option<String>,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It stands in the other clerk's queue.
    Delivered,
    /// Somebody there opened it.
    Opened,
    /// It is in their register.
    Received,
    /// They sent it back with a reason.
    Returned,
    /// It was recalled before they entered it.
    Recalled,
}

/// A document in the queue of an office, as another office sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// The act of sending.
    pub dispatch: DispatchId,
    /// The office that gets it.
    pub office: OfficeId,
    /// Its name.
    pub office_name: String,
    /// How often it was changed.
    pub version: Version,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it came.
    pub delivered_at: Instant,
    /// When it was first opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Instant>,
    /// When it was entered, sent back or recalled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Instant>,
    /// The line in the register of the office that got it; the sender does not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// Why it was sent back or recalled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was given back after it was read, of what is to go back; the sender sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_back_at: Option<Instant>,
    /// What was sent.
    pub sent: SentDocument,
}

/// What was sent: what the other clerk needs to enter it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SentDocument {
    /// The office that sent it.
    pub office: OfficeId,
    /// The body that issued it.
    pub author_body: String,
    /// Number and symbol.
    pub symbol: String,
    /// The day it bears.
    pub dated: Day,
    /// The name of its genre.
    pub genre_name: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Degree of urgency.
    pub urgency: Urgency,
    /// How far it may be passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circulation: Option<String>,
    /// The limit that the other office is held to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<CirculationMark>,
    /// Until when it goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_by: Option<Day>,
    /// Whether no paper follows.
    pub no_paper: bool,
    /// Its files.
    pub files: Vec<FileRef>,
}

/// The dispatches of a document, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDispatches {
    /// The document.
    pub id: OutgoingId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The deliveries of a dispatch by office, in the order in which they were sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListDeliveries {
    /// The dispatch.
    pub id: DispatchId,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<DeliveryState>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Recalls a dispatch (thu hồi). It goes from the queues of those who have not entered it; those who have are told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecallDispatch {
    /// The dispatch.
    pub id: DispatchId,
    /// Why.
    pub reason: String,
}

/// What other offices have sent and waits in the queue, the oldest first; settled ones when a state is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListArrivals {
    /// The office.
    pub office: OfficeId,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<DeliveryState>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One that came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetArrival {
    /// The delivery.
    pub id: DeliveryId,
}

/// Notes that somebody has opened it. Doing so again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenArrival {
    /// The delivery.
    pub id: DeliveryId,
}

/// A file of one that came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadArrival {
    /// The delivery.
    pub id: DeliveryId,
    /// The file.
    pub file: FileId,
}

/// Enters it in the arrival register with what the sender said of it; its files become the document's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReceiveArrival {
    /// The delivery.
    pub id: DeliveryId,
    /// The clerk's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The earlier document, when this is knowingly a further copy of it, such as one that came on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<IncomingId>,
}

/// Sends it back to its sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnArrival {
    /// The delivery.
    pub id: DeliveryId,
    /// Why.
    pub reason: String,
}

/// A dispatch began, or was recalled, or somebody settled a delivery of it. Counts are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DispatchChanged {
    /// The dispatch.
    pub dispatch: DispatchNote,
}

/// What is told of a dispatch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DispatchNote {
    /// Its id.
    pub id: DispatchId,
    /// The office that sent.
    pub office: OfficeId,
    /// The document.
    pub document: OutgoingId,
}

/// Something came from another office, or changed there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryChanged {
    /// The delivery.
    pub delivery: DeliveryNote,
}

/// What is told of a delivery; nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryNote {
    /// Its id.
    pub id: DeliveryId,
    /// The office that gets it.
    pub office: OfficeId,
    /// The act of sending.
    pub dispatch: DispatchId,
    /// Where it stands.
    pub state: DeliveryState,
}
