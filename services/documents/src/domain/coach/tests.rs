//! Each rule of form with a text that keeps it and one that does not.

use schema_documents::{FindingSeverity, GenreMark, OutgoingDocument, OutgoingRecipient};

use super::*;
use crate::domain::sample;

const TODAY: &str = "2026-11-20";
const END: &str = "\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Văn Minh\n\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng.";

fn document(genre: &str, body: &str) -> OutgoingDocument {
    OutgoingDocument {
        genre: genre.into(),
        genre_name: "thể loại".into(),
        body_code: body.into(),
        summary: Some("Về một việc".into()),
        recipients: vec![OutgoingRecipient { name: "Chi bộ 1".into(), unit: None }],
        signatory: None,
        files: Vec::new(),
        ..sample::outgoing()
    }
}

fn rules_of(document: &OutgoingDocument, text: &str, day: &str) -> Vec<(String, u32)> {
    let (findings, _) = check(document, text, day.parse().unwrap());
    findings.iter().map(|one| (one.rule.clone(), line_of(&one.place))).collect()
}

/// A rule, the genre and the body, a text in which it finds something with the line of that, and one in which it does not.
type Case<'a> = (&'a str, &'a str, &'a str, &'a str, u32, &'a str);

fn each_finds_and_lets_pass(cases: &[Case]) {
    for (rule, genre, body, bad, line, good) in cases {
        let given = document(genre, body);
        let found = rules_of(&given, bad, TODAY);
        assert!(found.contains(&((*rule).to_owned(), *line)), "{rule} is not in {found:?}");
        let found = rules_of(&given, good, TODAY);
        assert!(found.iter().all(|(found, _)| found != rule), "{rule} is in {found:?}");
    }
}

#[test]
fn who_signs_is_looked_at() {
    let good = format!("Nội dung.{END}");
    let cases = [
        ("signature_missing", "ĐU", "Nội dung.", 0),
        ("position_missing", "ĐU", "Nội dung.\nT/M BAN THƯỜNG VỤ\nTrần Minh", 2),
        ("deputy_of_committee", "ĐU", "Nội dung.\nK/T BÍ THƯ\nPHÓ BÍ THƯ\nTrần Minh", 2),
        ("state_authority", "ĐU", "Nội dung.\nTM. BAN THƯỜNG VỤ\nBÍ THƯ\nTrần Minh", 2),
        ("authorisation_gone", "VPĐU", "Nội dung.\nT/U BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\nTrần Minh", 2),
        ("title_before_name", "ĐU", "Nội dung.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nThS. Trần Minh", 2),
    ];
    for (rule, body, bad, line) in cases {
        each_finds_and_lets_pass(&[(rule, "notice", body, bad, line, &good)]);
    }
    let deputy = "Nội dung.\nK/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nTrần Minh";
    assert_eq!(
        rules_of(&document("notice", "VPĐU"), deputy, TODAY),
        [],
        "an office has a head for whom a deputy signs"
    );
}

#[test]
fn numbers_and_words_are_looked_at() {
    let sentence = "một ".repeat(61);
    let state = "Cộng hòa xã hội chủ nghĩa Việt Nam\nNội dung.";
    let old = "Một.\n§¶ng ñy x· b¸o c¸o t×nh h×nh ®µ n½m";
    let (bare, cited) = ("Theo Nghị quyết số 12-NQ/ĐU ngày 05/9.", "Theo Nghị quyết số 12-NQ/ĐU, ngày 05/9.");
    let (ended, end) = (format!("Trân trọng./.{END}"), format!("Trân trọng.{END}"));
    let long = format!("Một.\n{sentence}");
    let nested = "Điều 1. A.\n1. Một.\nĐiều 2. B.\n1. Hai.";
    let below = "1. Mục đích\n1. Một.\n2. Hai.\n2. Yêu cầu\n1. Ba.\n2. Bốn.\n3. Tổ chức\n1. Năm.";
    let twice = "1. Mục đích\n1. Một.\n1. Hai.";
    each_finds_and_lets_pass(&[
        ("number_doubled", "notice", "ĐU", twice, 3, below),
        ("state_title", "notice", "ĐU", state, 1, "Nội dung."),
        ("letters_of_old_encoding", "notice", "ĐU", old, 2, "Một."),
        ("number_out_of_order", "notice", "ĐU", "Điều 1. Một.\nĐiều 3. Ba.", 2, "Điều 1. Một.\nĐiều 2. Hai."),
        ("number_doubled", "notice", "ĐU", "1. Một.\n2. Hai.\n2. Ba.", 3, nested),
        ("number_begins_late", "notice", "ĐU", "II- Một\nb) Hai", 1, "I- Một\n1. Hai\na) Ba"),
        ("citation_without_comma", "notice", "ĐU", bare, 1, cited),
        ("closing_mark", "notice", "ĐU", &ended, 1, &end),
        ("sentence_long", "notice", "ĐU", &long, 2, "Một hai ba."),
    ]);
}

#[test]
fn parts_are_looked_for() {
    let (few, all) = ("Thực trạng; kinh phí; lộ trình.", "Thực trạng; kinh phí; lộ trình; trách nhiệm.");
    let two = "Phương án 1: giữ.\nPhương án 2: đổi.";
    each_finds_and_lets_pass(&[
        ("text_missing", "notice", "ĐU", "", 0, "Nội dung."),
        ("addressees_missing", "official_letter", "ĐU", "Nội dung.", 0, "Kính gửi: Chi bộ 1\nNội dung."),
        ("grounds_missing", "decision", "ĐU", "Điều 1. Một.", 0, "Căn cứ Điều lệ Đảng;\nĐiều 1. Một."),
        ("part_missing", "submission", "ĐU", few, 0, all),
        ("options_too_few", "scheme", "ĐU", "Phương án 1: giữ.", 0, two),
    ]);
    for (genre, body, other) in [("directive", "ĐU", "notice"), ("appeal", "TU", "appeal")] {
        let told = |genre: &str, body: &str| {
            let found = rules_of(&document(genre, body), "Nội dung.", TODAY);
            found.iter().any(|(rule, _)| rule.starts_with("genre_"))
        };
        assert!(told(genre, body) && !told(other, if other == genre { "TW" } else { body }), "{genre}");
    }
}

#[test]
fn particulars_are_asked_for_and_what_the_text_says_counts() {
    let bare = OutgoingDocument { summary: None, recipients: Vec::new(), ..document("notice", "ĐU") };
    let found: Vec<String> = rules_of(&bare, "Nội dung.", TODAY).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(found, ["summary_missing", "recipients_missing", "signature_missing"]);
    let full = OutgoingDocument { summary: Some("Việc".into()), ..bare };
    assert_eq!(rules_of(&full, &format!("Nội dung.{END}"), TODAY), []);
}

/// 399-QĐ/TW, Articles 11 and 13: who signs decides, where the text says so.
#[test]
fn the_body_that_signs_decides_about_its_genres() {
    let table = [
        ("guidance", "ĐU", "T/M ĐẢNG ỦY", true),
        ("guidance", "ĐU", "T/M BAN THƯỜNG VỤ", false),
        ("working_regulation", "ĐU", "T/M BAN THƯỜNG VỤ", true),
        ("working_regulation", "ĐU", "T/M ĐẢNG ỦY", false),
        ("regulation", "CB", "T/M CHI BỘ", true),
        ("resolution", "CB", "T/M CHI BỘ", false),
        ("directive", "TU", "T/M BAN THƯỜNG VỤ", false),
    ];
    for (genre, body, signs, refused) in table {
        let found = rules_of(&document(genre, body), &format!("Nội dung.\n{signs}\nBÍ THƯ"), TODAY);
        let told = found.iter().any(|(rule, _)| rule == "genre_not_of_body");
        assert_eq!(told, refused, "{genre} of {body} by {signs}: {found:?}");
    }
}

#[test]
fn the_day_decides_which_rules_hold_and_by_which_instrument() {
    let bare = OutgoingDocument { summary: None, ..document("directive", "ĐU") };
    let instruments = |day: &str| {
        let (findings, _) = check(&bare, "Hết./.", day.parse().unwrap());
        findings.into_iter().map(|one| (one.rule, one.instrument)).collect::<Vec<_>>()
    };
    let has = |day: &str, rule: &str, instrument: &str| instruments(day).contains(&(rule.into(), instrument.into()));
    assert!(has("2025-11-20", "summary_missing", "Hướng dẫn 36-HD/VPTW"));
    assert!(has(TODAY, "summary_missing", "Hướng dẫn 05-HD/VPTW"));
    assert!(has(TODAY, "genre_not_of_body", "Quy định 399-QĐ/TW"));
    let old: Vec<String> = instruments("2025-11-20").into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(old, ["summary_missing", "signature_missing"]);
}

#[test]
fn findings_are_sentences_with_the_gravest_first() {
    let (findings, left_out) = check(&document("notice", "ĐU"), "1. Một.\n3. Ba.", TODAY.parse().unwrap());
    assert_eq!(left_out, 0);
    assert!(findings.windows(2).all(|two| two[0].severity <= two[1].severity));
    for finding in &findings {
        assert!(!finding.vi.contains('{') && !finding.en.contains('{'), "{finding:?}");
        assert!(finding.mark == GenreMark::Verified || finding.severity == FindingSeverity::Hint, "{finding:?}");
    }
    let numbered = findings.iter().find(|one| one.rule == "number_out_of_order").unwrap();
    assert_eq!(numbered.place, FindingPlace::Line { line: 2, begins: "3. Ba.".into() });
    assert!(numbered.vi.contains("“1.”") && numbered.en.contains("“3.”"), "{numbered:?}");
    let many = (0..300).map(|_| "5. Năm.").collect::<Vec<_>>().join("\n");
    let (findings, left_out) = check(&document("notice", "ĐU"), &many, TODAY.parse().unwrap());
    assert_eq!((findings.len(), left_out), (100, 201));
}

#[test]
fn a_paper_is_too_long_by_the_offices_own_limit() {
    assert_eq!(too_long(3, 3), None);
    let found = too_long(4, 3).unwrap();
    assert!(found.vi.contains("4 trang") && found.severity == FindingSeverity::Should, "{found:?}");
}
