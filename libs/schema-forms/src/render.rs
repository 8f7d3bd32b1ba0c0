//! Having a paper laid out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::Day;

use crate::{
    ArrivalStampPaper, DocumentPaper, IncomingRegisterPaper, OutgoingRegisterPaper, ReceiptPaper, RoutingSlipPaper,
    SecretBookPaper,
};

/// Lays a paper out by the rules of its day. For services only: whoever asks answers for what stands on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RenderForm {
    /// The day whose rules hold: that of the document, or today for a draft and for pages of a book.
    pub dated: Day,
    /// What is to stand on the paper.
    pub content: FormContent,
    /// Whether a document is wanted as DOCX, to be written on, instead of PDF.
    #[serde(default)]
    pub as_word: bool,
}

/// What is to stand on a paper: here, or, beyond what a message carries, in a staged file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "where", rename_all = "snake_case")]
pub enum FormContent {
    /// In this message.
    Here {
        /// The paper.
        paper: Box<Paper>,
    },
    /// In a staged file that holds a paper as JSON.
    Staged {
        /// The file.
        file: StagedPaper,
    },
}

/// A staged file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StagedPaper {
    /// SHA-256 of its content, hex.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A paper of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Paper {
    /// A document of any genre.
    Document(DocumentPaper),
    /// Pages of the register of what arrived.
    IncomingRegister(IncomingRegisterPaper),
    /// Pages of the register of what was issued.
    OutgoingRegister(OutgoingRegisterPaper),
    /// A page with the arrival stamp.
    ArrivalStamp(ArrivalStampPaper),
    /// A routing slip.
    RoutingSlip(RoutingSlipPaper),
    /// A receipt.
    Receipt(ReceiptPaper),
    /// A blank book of secret documents.
    SecretBook(SecretBookPaper),
}

/// A paper that was laid out: a PDF, or the DOCX that was asked for, in the staging area, from which the asking service claims it into its own area. What
/// nobody claims is swept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rendered {
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its pages; 0 of a DOCX, which has none before it is opened.
    pub pages: u32,
    /// The key of the layout by which it stands.
    pub layout: String,
}
