//! What all papers share: the head of the first page (phần đầu văn bản), and who signs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::Day;

/// The head of a paper. At the right stands the title of the Party, which is always the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Letterhead {
    /// The superior body, above the issuing one: `TỈNH ỦY THANH HÓA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superior: Option<String>,
    /// The issuing body or bodies, one a line: `ĐẢNG ỦY XÃ TÂN LẬP`.
    pub bodies: Vec<String>,
    /// The number, of two digits or more; absent in a draft, where a gap is left for the clerk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What follows the number and its hyphen: `CV/ĐU`; absent on a paper that bears no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notation: Option<String>,
    /// Where it is issued: `Tân Lập`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The day it bears; absent in a draft, where a gap is left. Without `place` no date line is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

/// Somebody's place for signing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// By what authority, one a line: `T/M BAN THƯỜNG VỤ`, `K/T CHÁNH VĂN PHÒNG`; a list for `T/L` chains.
    #[serde(default)]
    pub authority: Vec<String>,
    /// The position: `BÍ THƯ`, `NGƯỜI GHI BIÊN BẢN`.
    pub position: String,
    /// The name, without any title; absent where it is written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is drawn where the hand would sign, one a line, when the paper is signed digitally: by whom and when.
    #[serde(default)]
    pub mark: Vec<String>,
}
