//! Papers that go with documents: the page with the arrival stamp (dấu đến), the routing slip (phiếu xử lý), the receipt
//! (giấy biên nhận).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::Day;

use crate::{Letterhead, Signature};

/// A page that bears the arrival stamp of a document, for one that came without paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArrivalStampPaper {
    /// The body at which it arrived, as the stamp names it.
    pub body: String,
    /// The arrival number.
    pub number: i64,
    /// The day of arrival.
    pub day: Day,
    /// The hour of arrival of what is urgent: `07:42`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hour: Option<String>,
    /// To whom it is passed (chuyển).
    #[serde(default)]
    pub passed_to: String,
    /// The code of the file into which it goes (số và ký hiệu hồ sơ).
    #[serde(default)]
    pub file_code: String,
    /// The body that wrote the document.
    #[serde(default)]
    pub author: String,
    /// Its number and symbol.
    #[serde(default)]
    pub symbol: String,
    /// The day it bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// Its genre and abstract; nothing of what is masked.
    #[serde(default)]
    pub summary: String,
}

/// The slip that goes with a document from desk to desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoutingSlipPaper {
    /// The head of the page.
    pub head: Letterhead,
    /// The arrival number.
    pub number: i64,
    /// The day of arrival.
    pub day: Day,
    /// The body that wrote the document.
    #[serde(default)]
    pub author: String,
    /// Its number and symbol.
    #[serde(default)]
    pub symbol: String,
    /// The day it bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// Its genre and abstract; nothing of what is masked.
    #[serde(default)]
    pub summary: String,
    /// The day by which it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Where it has been, in order; empty lines to write by hand follow.
    #[serde(default)]
    pub steps: Vec<RoutingStep>,
    /// Who signs the slip.
    #[serde(default)]
    pub signatures: Vec<Signature>,
}

/// One step of a document on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoutingStep {
    /// The day.
    pub day: Day,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// What was said (ý kiến xử lý).
    #[serde(default)]
    pub words: String,
}

/// A receipt for papers taken over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReceiptPaper {
    /// The head of the page.
    pub head: Letterhead,
    /// Who handed them over.
    pub giver: String,
    /// Who took them.
    pub taker: String,
    /// What was taken.
    pub items: Vec<ReceiptItem>,
    /// A remark, such as the day of an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Who signs: as a rule the giver and the taker.
    #[serde(default)]
    pub signatures: Vec<Signature>,
}

/// A thing for which a receipt is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReceiptItem {
    /// What it is.
    pub name: String,
    /// How many sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheets: Option<u32>,
    /// A note, such as `bản gốc`.
    #[serde(default)]
    pub note: String,
}
