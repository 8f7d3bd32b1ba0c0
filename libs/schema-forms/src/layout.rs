//! The rules of layout there are (thể thức), and specimens of papers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{Cursor, Day, id::OfficeId};

/// A set of rules of layout, with the instrument that gives them and the days they hold for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormLayout {
    /// Its key.
    pub key: String,
    /// The instrument.
    pub instrument: String,
    /// How well it is attested; what is not verified is shown as such.
    pub mark: FormMark,
    /// The first day on which it holds.
    pub valid_from: Day,
    /// The first day on which it no longer holds; absent while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
}

/// How well a rule of layout is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormMark {
    /// Found in a public source.
    Verified,
    /// In part found, in part from memory or uncertain.
    Partly,
}

/// The rules of layout there are, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListFormLayouts {
    /// Only those in force on this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The kinds of papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// A document of a genre.
    Document,
    /// The register of what arrived.
    IncomingRegister,
    /// The register of what was issued.
    OutgoingRegister,
    /// The page with the arrival stamp.
    ArrivalStamp,
    /// The routing slip.
    RoutingSlip,
    /// The receipt.
    Receipt,
    /// A blank book of secret documents.
    SecretBook,
}

/// A specimen of a paper (mẫu), with invented content, as it would be printed on a day: to look at a form before using it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadSpecimen {
    /// Which paper.
    pub form: FormKind,
    /// The office that looks.
    pub office: OfficeId,
    /// For a document, the key of its genre; an official letter when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// The day whose rules hold; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}
