//! How lines are read, by tables and properties.

use proptest::prelude::*;
use schema_forms::{Block, HeadingRank};

use super::*;

fn kinds(text: &str) -> Vec<String> {
    let kind = |piece: &Piece| {
        let (name, number) = match &piece.block {
            Block::Heading { rank, number, .. } => (format!("{rank:?}"), number.clone()),
            Block::Article { number, .. } => ("Article".to_owned(), Some(number.clone())),
            Block::Clause { number, .. } => ("Clause".to_owned(), Some(number.clone())),
            Block::Point { number, .. } => ("Point".to_owned(), Some(number.clone())),
            Block::Paragraph { .. } => ("Paragraph".to_owned(), None),
            Block::Ground { .. } => ("Ground".to_owned(), None),
            Block::Table { columns, rows, .. } => (format!("Table {}x{}", columns.len(), rows.len()), None),
        };
        format!("{} {name} {}", piece.line, number.unwrap_or_default()).trim_end().to_owned()
    };
    read(text).pieces.iter().map(kind).collect()
}

/// A line by itself and what it is read as.
#[test]
fn a_line_is_what_it_begins_with() {
    let table = [
        ("Căn cứ Điều lệ Đảng;", "1 Ground"),
        ("- Căn cứ Quy chế làm việc,", "1 Ground"),
        ("Phần thứ nhất TÌNH HÌNH", "1 Part Phần thứ nhất"),
        ("Phần lớn các chi bộ đã họp.", "1 Paragraph"),
        ("Chương II. Tổ chức", "1 Chapter Chương II."),
        ("Mục 1 Quy định chung", "1 Section Mục 1"),
        ("Mục tiêu", "1 Paragraph"),
        ("II- NHIỆM VỤ", "1 Section II-"),
        ("IV. Giải pháp", "1 Section IV."),
        ("I.2 đã nêu", "1 Paragraph"),
        ("IIII. Sai", "1 Paragraph"),
        ("Vinh dự", "1 Paragraph"),
        ("Điều 3. Hiệu lực", "1 Article Điều 3."),
        ("ĐIỀU 12: Thi hành", "1 Article ĐIỀU 12:"),
        ("Điều 3 của Quy chế nêu rõ.", "1 Paragraph"),
        ("Điều kiện thực hiện", "1 Paragraph"),
        ("2. Công tác tổ chức", "1 Subsection 2."),
        ("2. Giao Văn phòng thực hiện.", "1 Clause 2."),
        ("2.1. Giao Văn phòng", "1 Clause 2.1."),
        ("2.500 đồng", "1 Paragraph"),
        ("a) Chi bộ", "1 Point a)"),
        ("đ) Chi bộ", "1 Point đ)"),
        ("- Rà soát", "1 Point -"),
        ("-5 độ", "1 Paragraph"),
        ("Trân trọng.", "1 Paragraph"),
    ];
    for (line, expected) in table {
        assert_eq!(kinds(line), [expected], "{line}");
    }
}

#[test]
fn within_articles_a_number_is_a_clause_and_a_title_may_stand_below_its_number() {
    let text = "Chương I\n\nNHỮNG QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Đối tượng\na) Chi bộ";
    assert_eq!(kinds(text), ["1 Chapter Chương I", "4 Article Điều 1.", "5 Clause 1.", "6 Point a)"]);
    let Block::Heading { rank, text, .. } = &read(text).pieces[0].block else { panic!() };
    assert_eq!((*rank, text.as_str()), (HeadingRank::Chapter, "NHỮNG QUY ĐỊNH CHUNG"));
}

#[test]
fn strokes_make_a_table_with_as_many_cells_in_each_row() {
    let text = "| TT | Đơn vị |\n|----|-----|\n| 1 | Xã A | thừa |\n| 2 |\nHết.";
    assert_eq!(kinds(text), ["1 Table 3x2", "5 Paragraph"]);
    let Block::Table { columns, rows, .. } = &read(text).pieces[0].block else { panic!() };
    assert_eq!((columns[2].head.as_str(), columns[0].centred, columns[1].centred), ("–", true, false));
    assert_eq!(rows[1], ["2", "", ""]);
}

#[test]
fn head_and_end_of_a_text_are_taken_apart() {
    let text = "Kính gửi:\n- Chi bộ 1,\n- Chi bộ 2,\nNội dung.\n- Một việc\n\nK/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\n\
                Lê Thị Mai\n\nNơi nhận:\n- Như trên,\n- Lưu VP.";
    let written = read(text);
    let said = |all: &[Said]| all.iter().map(|one| (one.line, one.text.clone())).collect::<Vec<_>>();
    assert_eq!(said(&written.addressees), [(2, "Chi bộ 1,".into()), (3, "Chi bộ 2,".into())]);
    assert_eq!(kinds(text), ["4 Paragraph", "5 Point -"]);
    let signed = &written.signatures[0];
    assert_eq!((signed.line, &signed.authority[..]), (7, &["K/T CHÁNH VĂN PHÒNG".to_owned()][..]));
    assert_eq!((signed.position.as_str(), signed.name.as_deref()), ("PHÓ CHÁNH VĂN PHÒNG", Some("Lê Thị Mai")));
    assert_eq!(said(&written.recipients), [(13, "Như trên,".into()), (14, "Lưu VP.".into())]);
}

#[test]
fn two_sign_minutes_and_what_is_no_end_stays_in_the_text() {
    let text = "Nội dung.\nCHỦ TRÌ HỘI NGHỊ\nTrần Văn A\nNGƯỜI GHI BIÊN BẢN\nLê Thị B";
    let names: Vec<_> = read(text).signatures.into_iter().filter_map(|one| one.name).collect();
    assert_eq!(names, ["Trần Văn A", "Lê Thị B"]);
    let inside = "T/M BAN THƯỜNG VỤ đã họp.\nNơi nhận hồ sơ là Văn phòng.\nCHÁNH VĂN PHÒNG\nchịu trách nhiệm thi hành.";
    assert!(read(inside).signatures.is_empty() && read(inside).recipients.is_empty());
    assert_eq!(read(inside).pieces.len(), 4);
}

#[test]
fn letters_of_old_encodings_are_named() {
    let table = [
        ("§¶ng ñy x· b¸o c¸o t×nh h×nh ®µ n½m", Some("TCVN3")),
        ("Ñaûng uûy xaõ baùo caùo tình hình ñaõ naém ñöôïc", Some("VNI")),
        ("Đảng ủy xã báo cáo tình hình đã nắm được", None),
        ("Müller, Señor và 20 m² · ½ ca", None),
    ];
    for (text, expected) in table {
        assert_eq!(foreign(text).map(|(name, _)| name), expected, "{text}");
    }
}

/// All words of a reading, sorted.
fn words(written: &Written) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for piece in &written.pieces {
        match &piece.block {
            Block::Heading { number, text, .. } => all.extend(number.iter().chain([text]).cloned()),
            Block::Article { number, text } | Block::Clause { number, text } | Block::Point { number, text } => {
                all.extend([number.clone(), text.clone()]);
            }
            Block::Paragraph { text } | Block::Ground { text } => all.push(text.clone()),
            Block::Table { columns, rows, .. } => {
                all.extend(columns.iter().map(|column| column.head.clone()).filter(|head| head != "–"));
                all.extend(rows.iter().flatten().cloned());
            }
        }
    }
    for signed in &written.signatures {
        all.extend(signed.authority.iter().chain([&signed.position]).chain(&signed.name).cloned());
    }
    all.extend(written.addressees.iter().chain(&written.recipients).map(|said| said.text.clone()));
    bare(&all.join(" "))
}

/// The words of a text without the signs and labels that a reading takes off.
fn bare(text: &str) -> Vec<String> {
    let text = text.replace('|', " ");
    let words =
        text.split_whitespace().map(|word| word.trim_matches(['-', '–', '—', '+', '•', '*', ':']).to_lowercase());
    let mut words: Vec<String> =
        words.filter(|word| !["", "kính", "gửi", "nơi", "nhận"].contains(&word.as_str())).collect();
    words.sort();
    words
}

fn line() -> impl Strategy<Value = String> {
    let begins = prop::sample::select(vec![
        "",
        "Căn cứ ",
        "Phần II ",
        "Chương 3. ",
        "I- ",
        "Điều 2. ",
        "Điều 2",
        "1. ",
        "1.2. ",
        "a) ",
        "- ",
        "| ",
        "|",
        "Kính gửi: ",
        "Nơi nhận: ",
        "T/M ",
        "K/T CHÁNH ",
        "BÍ THƯ",
        "Q. ",
        "  ",
    ]);
    let ends = prop::sample::select(vec!["", ".", " |", ";", " | x |", ":"]);
    (begins, "[A-ZĐa-zđơư ]{0,20}", ends).prop_map(|(begins, words, ends)| format!("{begins}{words}{ends}"))
}

proptest! {
    #[test]
    fn nothing_panics_whatever_is_typed(text in any::<String>()) {
        let written = read(&text);
        let lines = text.split('\n').count();
        prop_assert!(written.pieces.iter().all(|piece| (1..=lines).contains(&(piece.line as usize))));
        foreign(&text);
    }

    #[test]
    fn no_word_is_lost_and_lines_go_upwards(lines in prop::collection::vec(line(), 0..12)) {
        let text = text::nfc(&lines.join("\n"));
        let written = read(&text);
        prop_assert_eq!(words(&written), bare(&text));
        let places: Vec<u32> = written.pieces.iter().map(|piece| piece.line).collect();
        prop_assert!(places.windows(2).all(|two| two[0] < two[1]), "{:?}", places);
        for piece in &written.pieces {
            let first = text.split('\n').nth(piece.line as usize - 1).unwrap();
            prop_assert!(!first.trim().is_empty());
        }
    }
}
