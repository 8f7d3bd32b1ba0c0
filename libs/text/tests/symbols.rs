//! Symbols as they stand on real documents, and the ways people type them.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use text::symbol::{Reading, Style, Symbol, Unmakeable, matching_key, party_symbol, read};

fn known(raw: &str) -> Symbol {
    match read(raw) {
        Reading::Known(symbol) => symbol,
        Reading::Unknown(raw) => panic!("`{raw}` was not understood"),
    }
}

#[test]
fn symbols_of_the_party() {
    let table: &[(&str, u32, &str, &str)] = &[
        ("399-QĐ/TW", 399, "QĐ", "TW"),
        ("05-HD/VPTW", 5, "HD", "VPTW"),
        ("15779-CV/VPTW", 15779, "CV", "VPTW"),
        ("168-KH/VPTW", 168, "KH", "VPTW"),
        ("215-KL/TW", 215, "KL", "TW"),
        ("45-CT/TW", 45, "CT", "TW"),
        ("05-TB/BCĐTW", 5, "TB", "BCĐTW"),
        ("09-QC/TW", 9, "QC", "TW"),
        ("84-KH/TU", 84, "KH", "TU"),
        ("817-CV/ĐU", 817, "CV", "ĐU"),
        ("01-QC/ĐU", 1, "QC", "ĐU"),
        ("06-ĐA/ĐU", 6, "ĐA", "ĐU"),
        ("01-NQ/ĐH", 1, "NQ", "ĐH"),
        ("11-QĐi/TW", 11, "QĐi", "TW"),
        ("04-QĐI/TW", 4, "QĐI", "TW"),
        ("24-BS/UBKTTU", 24, "BS", "UBKTTU"),
        ("12-CTr/TU", 12, "CTr", "TU"),
        ("07-TTr/BXDĐ", 7, "TTr", "BXDĐ"),
    ];
    for &(raw, number, code, body) in table {
        let symbol = known(raw);
        assert_eq!((symbol.number, symbol.code.as_deref(), symbol.body.as_str()), (number, Some(code), body), "{raw}");
        assert_eq!((symbol.style, symbol.year, symbol.tail.as_deref()), (Style::Party, None, None), "{raw}");
        assert_eq!(symbol.to_string(), raw);
    }
    let internal = known("141-CV/VPTW/nb");
    assert_eq!((internal.body.as_str(), internal.tail.as_deref()), ("VPTW", Some("nb")));
    assert_eq!(internal.to_string(), "141-CV/VPTW/nb");
}

#[test]
fn symbols_of_the_state() {
    type Row = (&'static str, u32, Option<u16>, Option<&'static str>, &'static str);
    let table: &[Row] = &[
        ("30/QĐ-UBND", 30, None, Some("QĐ"), "UBND"),
        ("12/UBND-VP", 12, None, None, "UBND-VP"),
        ("12729/VPCP-KGVX", 12729, None, None, "VPCP-KGVX"),
        ("9441/TB-BNV", 9441, None, Some("TB"), "BNV"),
        ("1630/QĐ-TTg", 1630, None, Some("QĐ"), "TTg"),
        ("07/QyĐ-UBND", 7, None, Some("QyĐ"), "UBND"),
        ("30/2020/NĐ-CP", 30, Some(2020), Some("NĐ"), "CP"),
        ("20/2020/QĐ-TTg", 20, Some(2020), Some("QĐ"), "TTg"),
        ("10/2016/TT-BTTTT", 10, Some(2016), Some("TT"), "BTTTT"),
        ("02/2011/QH13", 2, Some(2011), None, "QH13"),
        ("28/2026/QH16", 28, Some(2026), None, "QH16"),
        ("1211/2016/UBTVQH13", 1211, Some(2016), None, "UBTVQH13"),
        ("01/2021/TTLT-BTC-BNV", 1, Some(2021), Some("TTLT"), "BTC-BNV"),
    ];
    for &(raw, number, year, code, body) in table {
        let symbol = known(raw);
        assert_eq!((symbol.number, symbol.year, symbol.code.as_deref()), (number, year, code), "{raw}");
        assert_eq!((symbol.body.as_str(), symbol.style, symbol.tail.as_deref()), (body, Style::State, None), "{raw}");
        assert_eq!(symbol.to_string(), raw);
    }
}

#[test]
fn what_people_type_is_understood() {
    for typed in ["Số 05-HD/VPTW", "số: 5 - HD / VPTW", "05–hd/VPTW", "  05-HD/VPTW ", "So\u{302}\u{301} 05-HD/VPTW"]
    {
        assert_eq!(known(typed), known("05-HD/VPTW"), "{typed}");
    }
    assert_eq!(known("Số: 30 / QĐ-UBND"), known("30/QĐ-UBND"));
}

#[test]
fn what_is_neither_stays_as_it_is() {
    let table = [
        "",
        "Số",
        "không số",
        "125/CV-ABC",
        "15/2025/DS-ST",
        "01/2025/QĐST-DS",
        "1234/ABCD-KD",
        "00-CV/ĐU",
        "12-XX/ĐU",
        "12-CV/",
        "12-CV",
        "12/QĐ",
        "12-CV/ĐU/xx",
        "141-CV/VPTW/nb/nb",
        "12a/QĐ-UBND",
        "99999999999-CV/ĐU",
        "12-NQ/ĐU, ngày 05/9/2026",
        "33/2024/QH",
        "12/0024/NĐ-CP",
        "+5-CV/ĐU",
    ];
    for raw in table {
        assert_eq!(read(raw), Reading::Unknown(raw.to_owned()));
    }
}

#[test]
fn duplicates_share_a_key() {
    let same = [
        ("Số: 30/QĐ-UBND", "30/QĐ-UBND"),
        ("05-HD/VPTW", "Số 5-hd/vptw"),
        ("11-QĐi/TW", "11-QĐ/TW"),
        ("12-CV/VPĐỦY", "12-CV/VPĐUỶ"),
        ("141-CV/VPTW/NB", "141-CV/VPTW/nb"),
        ("Số 125/CV-ABC", "125/cv-abc"),
    ];
    for (one, other) in same {
        assert_eq!(matching_key(one), matching_key(other), "{one} {other}");
    }
    let different = [
        ("30/QĐ-UBND", "30-QĐ/UBND"),
        ("30/QĐ-UBND", "31/QĐ-UBND"),
        ("30/2025/QĐ-UBND", "30/QĐ-UBND"),
        ("12-CV/ĐU", "12-CV/ĐU-VP"),
    ];
    for (one, other) in different {
        assert_ne!(matching_key(one), matching_key(other), "{one} {other}");
    }
}

#[test]
fn our_own_symbols_follow_the_guide() {
    assert_eq!(party_symbol(5, "HD", "VPTW").unwrap(), "05-HD/VPTW");
    assert_eq!(party_symbol(10, "CV", "ĐU").unwrap(), "10-CV/ĐU");
    assert_eq!(party_symbol(11, "QĐi", "TW").unwrap(), "11-QĐ/TW");
    assert_eq!(party_symbol(0, "HD", "VPTW"), Err(Unmakeable::ZeroNumber));
    assert_eq!(party_symbol(1, "QyĐ", "ĐU"), Err(Unmakeable::UnknownCode("QyĐ".to_owned())));
    for body in ["", "-", "TW/nb", "VP ĐU", "12"] {
        assert_eq!(party_symbol(1, "NQ", body), Err(Unmakeable::BadBody(body.to_owned())));
    }
}

proptest! {
    #[test]
    fn what_is_made_is_read_back(
        number in 1_u32..,
        code in prop::sample::select(vec!["NQ", "QĐ", "CTr", "ĐA", "BS"]),
        body in "[A-ZĐ]{1,6}(-[A-ZĐ0-9]{1,4})?",
    ) {
        let made = party_symbol(number, code, &body).unwrap();
        let symbol = known(&made);
        prop_assert_eq!((symbol.number, symbol.code.as_deref(), symbol.body.as_str()), (number, Some(code), body.as_str()));
        prop_assert_eq!(symbol.to_string(), made);
    }

    #[test]
    fn reading_any_text_neither_fails_nor_changes_its_proper_form(raw in any::<String>()) {
        if let Reading::Known(symbol) = read(&raw) {
            prop_assert_eq!(read(&symbol.to_string()), Reading::Known(symbol));
        }
        let _ = matching_key(&raw);
    }

    #[test]
    fn proper_forms_are_stable(raw in "[0-9]{1,3}[-/]([0-9]{4}/)?(QĐ|CV|NQ|UBND|QH15|nđ)[-/][A-ZĐ]{1,4}(/nb)?") {
        if let Reading::Known(symbol) = read(&raw) {
            prop_assert_eq!(matching_key(&symbol.to_string()), matching_key(&raw));
            prop_assert_eq!(read(&symbol.to_string()), Reading::Known(symbol));
        }
    }
}
