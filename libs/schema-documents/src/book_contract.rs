//! Two books of the clerk's desk besides the registers: the seal book (sổ con dấu), a line for each use of a seal; and the
//! hand-over book (sổ giao nhận), a line for each paper that goes to a unit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Instant, Page,
    id::{IncomingId, OfficeId, OutgoingId, PersonId, RegisterId, SealImprintId, UnitId},
};

wire::refusals! {
    /// Why a line is not entered in these books.
    pub enum BookRefusal {
        /// Nobody knows which seal.
        NoSeal => Conflict, "documents.no_seal",
            en "no seal is recorded for the body of this document on its day: record it with the issuing bodies first",
            vi "chưa ghi con dấu của cơ quan ban hành vào ngày văn bản: hãy ghi ở mục cơ quan ban hành trước";
        /// Nothing to hand over.
        NumbersMissing { limit: usize } => Invalid, "documents.numbers_missing",
            en "give the arrival numbers of the papers, {limit} at most", vi "hãy nhập số đến của các văn bản, nhiều nhất {limit} số",
            field "numbers";
        /// A number without a document that stands.
        NumberUnknown { number: i64 } => Invalid, "documents.number_unknown",
            en "no document stands under number {number} in this register",
            vi "số {number} không có văn bản đang đứng trong sổ này", field "numbers";
        /// The instruction names other units.
        WrongUnit { number: i64 } => Conflict, "documents.wrong_unit",
            en "the instruction upon number {number} does not name this unit: look again, or confirm that it goes there",
            vi "bút phê của số {number} không giao cho đơn vị này: hãy xem lại, hoặc xác nhận vẫn giao", field "numbers";
    }
}

impl From<BookRefusal> for wire::Fault {
    fn from(refusal: BookRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses BookRefusal;

    calls {
        Write RecordSealImprint => SealImprint, "record_seal_imprint.v1",
            POST "/api/v1/outgoing-documents/{id}/seal-imprints", needs "documents.outgoing.seal";
        Read ListSealImprints => Page<SealImprint>, "list_seal_imprints.v1",
            GET "/api/v1/seal-imprints", needs "documents.registers.read";
        Write HandOverPapers => PaperHandovers, "hand_over_papers.v1",
            POST "/api/v1/paper-handovers", needs "documents.incoming.register";
        Read ListPaperHandovers => Page<PaperHandover>, "list_paper_handovers.v1",
            GET "/api/v1/paper-handovers", needs "documents.registers.read";
    }

    events {}
}

/// One use of a seal: a line of the seal book, which does not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SealImprint {
    /// Its id.
    pub id: SealImprintId,
    /// The office.
    pub office: OfficeId,
    /// The document that it was put on.
    pub document: OutgoingId,
    /// Number and symbol.
    pub symbol: String,
    /// The day that the document bears.
    pub dated: Day,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The body whose seal it is.
    pub body_name: String,
    /// The seal, as recorded for the body; of a digital one, whose certificate it is.
    pub seal: String,
    /// On how many copies.
    pub copies: u32,
    /// Whether it is the body's digital signature.
    pub digital: bool,
    /// Who put it there.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// A word beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A paper that went to a unit: a line of the hand-over book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperHandover {
    /// The document.
    pub document: IncomingId,
    /// Its arrival number.
    pub number: i64,
    /// Its own number and symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The unit.
    pub unit: UnitId,
    /// Its name then.
    pub unit_name: String,
    /// When.
    pub at: Instant,
    /// A word that went with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What was handed over at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperHandovers {
    /// One for each paper, in the order of the numbers given.
    pub items: Vec<PaperHandover>,
}

/// Enters a use of the seal upon an issued document. Of what is sealed digitally the line is entered by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordSealImprint {
    /// The document.
    pub id: OutgoingId,
    /// On how many copies.
    pub copies: u32,
    /// A word beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The seal book of an office, the latest line first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSealImprints {
    /// The office.
    pub office: OfficeId,
    /// Only lines of this day or later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Only lines of this day or earlier ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Hands papers over to a unit by their arrival numbers, all of them or none. Each is passed as `pass_incoming` passes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HandOverPapers {
    /// The arrival register.
    pub register: RegisterId,
    /// The unit.
    pub unit: UnitId,
    /// The arrival numbers, 100 at most; one that is named twice counts once.
    pub numbers: Vec<i64>,
    /// Confirms units that the instruction upon a paper does not name.
    #[serde(default)]
    pub confirmed: bool,
    /// A word that goes with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The hand-over book of an office on a day, the earliest line first; masked lines are not in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListPaperHandovers {
    /// The office.
    pub office: OfficeId,
    /// The day.
    pub day: Day,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}
