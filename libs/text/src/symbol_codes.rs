//! Which codes of genres and which bodies stand in a symbol.
//!
//! Party: Hướng dẫn 36-HD/VPTW, kept by 05-HD/VPTW. State: Nghị định 30/2020/NĐ-CP, Phụ lục III, and the law-making
//! kinds of Luật Ban hành văn bản quy phạm pháp luật. The same letters mean different genres on the two sides (TT is
//! thông tri in the Party and thông tư in the State), so that the tables stay apart, and no code tells a genre.

/// Codes of Party genres, certified copies (BS) and administrative papers. `QĐi` and `QĐI` are spellings of quy định
/// found in real symbols; the guide itself writes `QĐ`.
const PARTY: &[&str] = &[
    "NQ", "QĐ", "QĐi", "QĐI", "CT", "KL", "QC", "TT", "HD", "TB", "TC", "BC", "KH", "QH", "CTr", "ĐA", "PA", "DA",
    "TTr", "CV", "BB", "CL", "LKG", "BS", "GGT", "GCN", "GĐĐ", "GNP", "GM", "PC", "PG",
];

/// Codes of State genres: administrative ones, copies, and those of legal normative documents.
const STATE: &[&str] = &[
    "NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ",
    "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "SY", "SL", "TrS", "L", "PL", "NĐ", "TT", "NQLT",
    "TTLT",
];

/// Bodies whose official letters bear no code, only the body and the unit that drafted: `12/UBND-VP`.
const STATE_AUTHORS: &[&str] = &[
    "UBND", "HĐND", "ĐĐBQH", "CP", "TTg", "VPCP", "VPQH", "VPCTN", "TTCP", "NHNN", "KTNN", "UBDT", "BNV", "BTC", "BCT",
    "BYT", "BCA", "BQP", "BNG", "BTP", "BXD", "BGDĐT", "BKHCN", "BNNMT", "BVHTTDL", "BDTTG", "BTTTT", "BTNMT",
    "BNNPTNT", "BGTVT", "BKHĐT", "BLĐTBXH", "SNV", "STC", "SCT", "SYT", "STP", "SXD", "SGDĐT", "SKHCN", "SNNMT",
    "SVHTTDL", "SDTTG", "SNgV", "TTT",
];

/// The code of a Party genre as the tables write it, whatever the capitals it was typed in.
pub(crate) fn party_code(typed: &str) -> Option<&'static str> {
    find(PARTY, typed)
}

/// The code of a State genre as the tables write it.
pub(crate) fn state_code(typed: &str) -> Option<&'static str> {
    find(STATE, typed)
}

/// Whether a body signs official letters without a code.
pub(crate) fn is_state_author(segment: &str) -> bool {
    find(STATE_AUTHORS, segment).is_some()
}

/// Whether a segment is that of the National Assembly or its standing committee with the number of the term, as in
/// `33/2024/QH15` and `1211/2016/UBTVQH13`.
pub(crate) fn is_assembly(segment: &str) -> bool {
    let segment = segment.to_uppercase();
    let term = segment.strip_prefix("UBTVQH").or_else(|| segment.strip_prefix("QH"));
    term.is_some_and(|term| (1..=2).contains(&term.len()) && term.bytes().all(|byte| byte.is_ascii_digit()))
}

/// An exact match stands before one in other capitals, for `QĐi` and `QĐI` are both in the table.
fn find(table: &'static [&'static str], typed: &str) -> Option<&'static str> {
    let exact = table.iter().find(|code| **code == typed);
    exact.or_else(|| table.iter().find(|code| code.to_uppercase() == typed.to_uppercase())).copied()
}
