//! The clerk's queue (hàng chờ vào sổ): files brought in, sealed and unread until a clerk marks each of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    FileRef, Instant, Version,
    id::{IncomingId, IntakeBatchId, IntakeItemId, OfficeId},
};

use crate::{DocumentActor, IntakeMail};

/// A file in the queue (mục chờ vào sổ). Its content rests encrypted under a key of its own until a clerk marks it
/// official; a citizen's mark destroys the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntakeItem {
    /// Its id; those brought in earlier come first.
    pub id: IntakeItemId,
    /// The office.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// The files brought in together with it.
    pub batch: IntakeBatchId,
    /// Where it stands.
    pub state: IntakeState,
    /// How it came.
    pub source: IntakeSource,
    /// When it was brought in.
    pub brought_in_at: Instant,
    /// Who brought it in, and for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentActor>,
    /// The name of the file; absent once the item is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The media type found by looking at the content; absent once it is destroyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its size in bytes; absent once it is destroyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The file, once it may be read and before a document bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRef>,
    /// What a letter or message holds, taken out of it once it may be read: the text first, then the files in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<FileRef>,
    /// What stands on the outside of an electronic letter or message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<IntakeMail>,
    /// The document that bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// The masked line of the citizen's letter that it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<IncomingId>,
    /// Why it was set aside or discarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<IntakeReason>,
    /// When it was last marked, set aside, entered or discarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handled_at: Option<Instant>,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeState {
    /// Sealed and unread.
    Waiting,
    /// Marked as an official document: it may be read, and waits for its number.
    Official,
    /// Set aside with a reason (bị trả lại); it may be taken up again by marking it.
    SetAside,
    /// Entered in the arrival register; a document bears its file.
    Registered,
    /// A citizen's letter: its key is destroyed, its masked line is in the register.
    CitizenLetter,
    /// Destroyed with a reason.
    Discarded,
}

/// How an item came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeSource {
    /// A clerk uploaded it.
    Upload,
    /// It lay in the folder for electronic mail.
    Mail,
}

/// Why an item was set aside or discarded; a list, because free words could name a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeReason {
    /// It cannot be read or opened (không đọc được).
    Unreadable,
    /// Pages are missing (thiếu trang).
    Incomplete,
    /// It is for another office (gửi nhầm nơi nhận).
    Misdirected,
    /// It is here already (trùng).
    Duplicate,
    /// It is no document to be entered (không thuộc diện vào sổ).
    NotForRegister,
    /// It may not be kept here, such as a secret document (không được lưu ở đây).
    NotAllowedHere,
}

/// What is proposed for the form that enters an item (đề xuất): read out of it, kept beside it, and never entered unseen. It is
/// destroyed with the item's settling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntakeProposal {
    /// The item.
    pub item: IntakeItemId,
    /// How far the reading is.
    pub state: IntakeReading,
    /// The fields that were found, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ProposedField>,
}

/// How far the reading of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeReading {
    /// Nothing is read of it: it is sealed, settled, or of a kind that is not read.
    Unread,
    /// It was read to the end.
    Read,
    /// A state of a later release.
    #[serde(other)]
    Unknown,
}

/// A field that is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProposedField {
    /// Which.
    pub field: IntakeField,
    /// What stands there; of a day `2026-07-01`.
    pub value: String,
    /// How sure it is, in percent.
    pub confidence: u8,
    /// Where it comes from.
    pub from: ProposalSource,
}

/// A field of the form that enters a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeField {
    /// Number and symbol.
    Symbol,
    /// The day it bears.
    DocumentDay,
    /// The body that wrote it.
    AuthorBody,
    /// Its genre.
    GenreName,
    /// What it is about.
    Summary,
    /// A field of a later release.
    #[serde(other)]
    Unknown,
}

/// Where a proposed field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalSource {
    /// The fields of a message that its sender filled.
    Message,
    /// The head of a letter by electronic mail.
    Letter,
    /// A source of a later release.
    #[serde(other)]
    Unknown,
}

/// Files brought in together (lô nhập), with how far they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntakeBatch {
    /// Its id.
    pub id: IntakeBatchId,
    /// The office.
    pub office: OfficeId,
    /// When its first files were brought in.
    pub brought_in_at: Instant,
    /// Items sealed and unread.
    pub waiting: u32,
    /// Items marked official that wait for their number.
    pub official: u32,
    /// Items set aside.
    pub set_aside: u32,
    /// Items entered in the register.
    pub registered: u32,
    /// Items that were citizens' letters.
    pub citizen_letter: u32,
    /// Items destroyed.
    pub discarded: u32,
}

/// How many items of an office's queue are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntakeOpen {
    /// The office.
    pub office: OfficeId,
    /// Sealed and unread.
    pub waiting: u32,
    /// Marked official, without a number yet.
    pub official: u32,
    /// Set aside.
    pub set_aside: u32,
}

/// An item of the queue changed. Of its content nothing is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntakeChanged {
    /// The item.
    pub item: IntakeNote,
}

/// What is told of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntakeNote {
    /// Its id.
    pub id: IntakeItemId,
    /// The office.
    pub office: OfficeId,
    /// How often it was changed.
    pub version: Version,
    /// The files brought in together with it.
    pub batch: IntakeBatchId,
    /// Where it stands.
    pub state: IntakeState,
}
