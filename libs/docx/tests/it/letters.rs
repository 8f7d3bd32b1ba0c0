//! Letters of fonts from before Unicode, wherever the font is named.

use docx::Note;

use crate::made::{p, reading};

fn fonts(name: &str) -> String {
    format!("<w:rFonts w:ascii='{name}' w:hAnsi='{name}'/>")
}

fn run(font: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{}</w:rPr><w:t>{words}</w:t></w:r>", fonts(font))
}

#[test]
fn a_run_names_its_font() {
    let body = format!(
        "<w:p>{}{}</w:p><w:p>{}</w:p><w:p>{}</w:p>",
        run(".VnTime", "Céng hßa x· héi chñ nghÜa "),
        run("Times New Roman", "Việt Nam"),
        run("VNI-Times", "Ñaûng uûy xaõ"),
        run(".VnTimeH", "th«ng b¸o"),
    );
    let read = reading(&body, &[]);
    assert_eq!(read.text, "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐảng ủy xã\nTHÔNG BÁO");
    let fonts = [".VnTime", ".VnTimeH", "VNI-Times"].map(str::to_owned).to_vec();
    assert_eq!(read.notes, [Note::FontsConverted { fonts }]);
}

#[test]
fn a_style_or_the_defaults_name_it() {
    let styles = format!(
        "<w:styles><w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type='paragraph' w:styleId='A'><w:rPr>{}</w:rPr></w:style>\
         <w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/></w:style>\
         <w:style w:type='paragraph' w:styleId='L'><w:basedOn w:val='L'/></w:style>\
         <w:style w:type='character' w:styleId='U'><w:rPr><w:rFonts w:hAnsiTheme='minorHAnsi' w:hAnsi='.VnTime'/></w:rPr></w:style>\
         </w:styles>",
        fonts(".VnTime"),
        fonts("VNI-Times"),
    );
    let table = [
        (p("ViÖt Nam"), "Việt Nam"),
        (p("Vieät Nam").replace("<w:p>", "<w:p><w:pPr><w:pStyle w:val='B'/></w:pPr>"), "Việt Nam"),
        (p("ViÖt Nam").replace("<w:p>", "<w:p><w:pPr><w:pStyle w:val='L'/></w:pPr>"), "Việt Nam"),
        (p("Việt Nam"), "Việt Nam"),
        (p("São Paulo").replace("<w:r>", "<w:r><w:rPr><w:rStyle w:val='U'/></w:rPr>"), "São Paulo"),
    ];
    for (body, expected) in table {
        assert_eq!(reading(&body, &[("styles", &styles)]).text, expected, "{body}");
    }
}

#[test]
fn the_letter_that_is_a_soft_hyphen_is_kept() {
    let body = "<w:p><w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:t>®</w:t><w:softHyphen/><w:t>îc h\u{AD}ëng</w:t></w:r></w:p>";
    assert_eq!(reading(body, &[]).text, "được hưởng");
}
