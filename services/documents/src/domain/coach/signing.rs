//! Who signs, and by what authority (36-HD/VPTW and 05-HD/VPTW, signing forms).

use super::{At, Found, Given};
use crate::domain::writing::Signed;

/// Codes under which a committee or its standing board issues, and none that has a head.
const COMMITTEES: [&str; 7] = ["TW", "TU", "HU", "QU", "TXU", "ĐU", "CB"];
/// Titles that do not stand before a name.
const TITLES: [&str; 14] = [
    "gs.",
    "pgs.",
    "ts.",
    "ths.",
    "cn.",
    "ks.",
    "bs.",
    "tiến sĩ",
    "thạc sĩ",
    "giáo sư",
    "đại tá",
    "thượng tá",
    "thiếu tướng",
    "trung tá",
];

/// What is wrong with the signatures.
pub(super) fn check(given: &Given) -> Vec<Found> {
    let Given { document, written, .. } = given;
    if written.signatures.is_empty() {
        let known = document.signatory.is_some() || written.pieces.is_empty();
        return if known { Vec::new() } else { vec![Found::new("signature_missing", At::Field("signatory"))] };
    }
    let committee = COMMITTEES.contains(&document.body_code.as_str());
    written.signatures.iter().flat_map(|signed| of(signed, committee)).collect()
}

fn of(signed: &Signed, committee: bool) -> Vec<Found> {
    let at = At::Line(signed.line);
    let mut found = Vec::new();
    for line in &signed.authority {
        let rule = match line.split_whitespace().next().unwrap_or_default() {
            "K/T" if committee => "deputy_of_committee",
            "TM." | "KT." | "TL." | "TUQ." => "state_authority",
            "T/U" | "T/UQ" => "authorisation_gone",
            _ => continue,
        };
        found.push(Found::new(rule, at).with("found", line.as_str()));
    }
    if signed.position.is_empty() {
        let above = signed.authority.first().or(signed.name.as_ref()).cloned().unwrap_or_default();
        found.push(Found::new("position_missing", at).with("found", above));
    }
    let name = signed.name.as_deref().unwrap_or_default().to_lowercase();
    if let Some(title) = TITLES.iter().find(|title| name.starts_with(*title)) {
        found.push(Found::new("title_before_name", at).with("found", *title));
    }
    found
}
