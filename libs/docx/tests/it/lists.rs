//! Automatic numbers, stated by a paragraph or by its style.

use crate::made::reading;

const NUMBERING: &str = "<w:numbering>\
    <w:abstractNum w:abstractNumId='0'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Dieu'/><w:lvlText w:val='Điều %1.'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>\
    <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%3)'/></w:lvl>\
    </w:abstractNum>\
    <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{F0B7}'/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/>\
    <w:lvlText w:val='Ch\u{AD}¬ng %1'/><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
    <w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='2'/></w:num>\
    </w:numbering>";
const STYLES: &str = "<w:styles><w:style w:type='paragraph' w:styleId='Dieu'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>";

fn item(list: u8, level: u8, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>\
         <w:r><w:t>{words}</w:t></w:r></w:p>"
    )
}

#[test]
fn numbers_are_written_out_as_printed() {
    let styled = "<w:p><w:pPr><w:pStyle w:val='Dieu'/></w:pPr><w:r><w:t>Phạm vi</w:t></w:r></w:p>";
    let body = [
        item(3, 0, "Quy định chung"),
        styled.to_owned(),
        item(1, 1, "Đối tượng"),
        item(1, 2, "Chi bộ;"),
        item(1, 2, "Đảng viên."),
        item(1, 1, "Nguyên tắc"),
        styled.replace("Phạm vi", "Hiệu lực"),
        item(1, 1, "Từ ngày ký"),
        item(2, 0, "Lưu ý"),
        item(2, 0, "- Đã có gạch"),
        item(0, 0, "Không số"),
        item(9, 0, "Không có danh sách"),
    ];
    let read = reading(&body.concat(), &[("numbering", NUMBERING), ("styles", STYLES)]);
    let expected = [
        "Chương I Quy định chung",
        "Điều 1. Phạm vi",
        "1. Đối tượng",
        "a) Chi bộ;",
        "b) Đảng viên.",
        "2. Nguyên tắc",
        "Điều 2. Hiệu lực",
        "1. Từ ngày ký",
        "- Lưu ý",
        "- Đã có gạch",
        "Không số",
        "Không có danh sách",
    ];
    assert_eq!(read.text.lines().collect::<Vec<_>>(), expected);
}
