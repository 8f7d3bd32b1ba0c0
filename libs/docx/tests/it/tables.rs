//! Tables: those with rows, and those that only arrange.

use docx::Note;

use crate::made::{centred, lines, notes, p, table};

const LEFT: &[&str] = &["TỈNH ỦY THANH HÓA", "ĐẢNG ỦY XÃ TÂN LẬP", "*", "Số 05-CV/ĐU", "Về việc báo cáo quý IV"];
const RIGHT: &[&str] = &["ĐẢNG CỘNG SẢN VIỆT NAM", "Tân Lập, ngày 05 tháng 3 năm 2026"];

#[test]
fn rows_are_written_between_strokes() {
    let body = table(true, &[&[&["TT"], &["Đơn vị"]], &[&["1"], &["Xã A|B", "và C"]], &[&[], &[]], &[&["2"], &[]]]);
    assert_eq!(lines(&body), ["| TT | Đơn vị |", "| 1 | Xã A¦B và C |", "| 2 | |"]);
    let wide = body.replacen("<w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>", 1);
    assert_eq!(lines(&wide)[0], "| TT | | Đơn vị |");
    let named = table(true, &[&[&["TT"], &["Nơi nhận"]], &[&["1"], &["Xã A"]]]);
    assert_eq!(lines(&named), ["| TT | Nơi nhận |", "| 1 | Xã A |"]);
}

#[test]
fn recipients_and_signature_come_one_after_the_other() {
    let rows: &[&[&[&str]]] = &[
        &[&["Nơi nhận:", "- Như trên,", "- Lưu VP."], &["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]],
        &[&[], &["Nguyễn Văn Mẫu"]],
    ];
    let expected = ["Nơi nhận:", "- Như trên,", "- Lưu VP.", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"];
    assert_eq!(lines(&table(false, rows)), expected);
    assert_eq!(lines(&table(true, rows)), expected);
    let minutes = table(false, &[&[&["NGƯỜI GHI BIÊN BẢN"], &["CHỦ TRÌ"]], &[&["Lê Thị B"], &["Trần Văn A"]]]);
    assert_eq!(lines(&minutes), ["NGƯỜI GHI BIÊN BẢN", "Lê Thị B", "CHỦ TRÌ", "Trần Văn A"]);
}

#[test]
fn addressees_beside_each_other_stand_below_their_words() {
    let many = table(false, &[&[&["Kính gửi:"], &["- Chi bộ 1,", "Chi bộ 2."]]]);
    assert_eq!(lines(&many), ["Kính gửi:", "- Chi bộ 1,", "- Chi bộ 2."]);
    assert_eq!(lines(&table(false, &[&[&["Kính gửi:"], &["- Chi bộ 1"]]])), ["Kính gửi: Chi bộ 1"]);
}

#[test]
fn the_head_of_a_paper_is_left_out_when_it_is_certain() {
    let letter = table(false, &[&[LEFT, RIGHT]]) + &p("Kính gửi: Tỉnh ủy") + &p("Nội dung.");
    assert_eq!(lines(&letter), ["Kính gửi: Tỉnh ủy", "Nội dung."]);
    let said: Vec<String> = LEFT.iter().chain(RIGHT).map(|line| (*line).to_owned()).collect();
    assert_eq!(notes(&letter), [Note::LetterheadLeftOut { lines: said }]);
    let head = table(false, &[&[&LEFT[..4], RIGHT]]);
    let report = head.clone() + &centred("BÁO CÁO") + &centred("kết quả quý IV") + &centred("-----") + &p("Một.");
    assert_eq!(lines(&p("DỰ THẢO LẦN 2").chars().chain(report.chars()).collect::<String>()), ["Một."]);
    let ruleless =
        head.clone() + &centred("BÁO CÁO") + &centred("kết quả quý IV") + &centred("I- TÌNH HÌNH") + &p("Một.");
    assert_eq!(lines(&ruleless), ["I- TÌNH HÌNH", "Một."]);
    let unknown = head + &centred("SỔ TAY") + &p("Một.");
    assert_eq!(lines(&unknown), ["SỔ TAY", "Một."]);
}

#[test]
fn the_head_of_a_paper_is_kept_when_it_is_not() {
    let unknown = table(false, &[&[LEFT, &["ĐẢNG CỘNG SẢN VIỆT NAM", "Một câu không rõ."]]]) + &p("Nội dung.");
    let typed = p("TỈNH ỦY THANH HÓA  ĐẢNG CỘNG SẢN VIỆT NAM") + &p("Số 05-CV/ĐU") + &p("Nội dung.");
    for body in [unknown, typed] {
        assert!(lines(&body).join(" ").contains("ĐẢNG CỘNG SẢN VIỆT NAM"), "{body}");
        assert_eq!(notes(&body), [Note::LetterheadKept]);
    }
    assert_eq!(notes(&p("Đảng Cộng sản Việt Nam lãnh đạo.")), []);
}
