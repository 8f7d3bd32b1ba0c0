//! Paragraphs, runs and tables as markup, their properties in the order that the schema of DOCX demands.

use std::fmt::Write as _;

/// How letters look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    /// In half points; that of the style when 0.
    pub(super) size: u32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underlined: bool,
    pub(super) framed: bool,
}

/// How a paragraph stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    /// The style, `Normal` when empty.
    pub(super) style: &'static str,
    /// On the same page as the next paragraph.
    pub(super) kept: bool,
    /// Within a frame.
    pub(super) framed: bool,
    /// Distance above, in twips; that of the style when 0.
    pub(super) above: u32,
    /// The side: `left`, `center`, `right`; that of the style when empty.
    pub(super) side: &'static str,
}

/// A plain paragraph of the usual style.
pub(super) const PLAIN: Stand = Stand { style: "", kept: false, framed: false, above: 0, side: "" };
/// A centred one.
pub(super) const CENTRED: Stand = Stand { side: "center", ..PLAIN };

/// Words as they may stand in markup: NFC, on one line, without what XML does not allow.
pub(super) fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in text::nfc(words).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// A run of letters.
pub(super) fn run(words: &str, of: Letters) -> String {
    let mut look = String::new();
    for (is_so, mark) in [(of.bold, "<w:b/><w:bCs/>"), (of.italic, "<w:i/><w:iCs/>")] {
        look.push_str(if is_so { mark } else { "" });
    }
    if of.size > 0 {
        let size = of.size;
        _ = write!(look, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    }
    for (is_so, mark) in [
        (of.underlined, "<w:u w:val=\"single\"/>"),
        (of.framed, "<w:bdr w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/>"),
    ] {
        look.push_str(if is_so { mark } else { "" });
    }
    let look = if look.is_empty() { look } else { format!("<w:rPr>{look}</w:rPr>") };
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words))
}

/// A paragraph of runs.
pub(super) fn paragraph(stand: Stand, runs: &str) -> String {
    let mut properties = String::new();
    if !stand.style.is_empty() {
        _ = write!(properties, "<w:pStyle w:val=\"{}\"/>", stand.style);
    }
    if stand.kept {
        properties.push_str("<w:keepNext/>");
    }
    if stand.framed {
        properties.push_str("<w:pBdr>");
        for side in ["top", "left", "bottom", "right"] {
            _ = write!(properties, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"3\" w:color=\"auto\"/>");
        }
        properties.push_str("</w:pBdr>");
    }
    if stand.above > 0 {
        _ = write!(properties, "<w:spacing w:before=\"{}\"/>", stand.above);
    }
    if !stand.side.is_empty() {
        _ = write!(properties, "<w:jc w:val=\"{}\"/>", stand.side);
    }
    let properties = if properties.is_empty() { properties } else { format!("<w:pPr>{properties}</w:pPr>") };
    format!("<w:p>{properties}{runs}</w:p>")
}

/// A paragraph of letters that look alike.
pub(super) fn line(stand: Stand, words: &str, of: Letters) -> String {
    paragraph(stand, &run(words, of))
}

/// A table whose columns have these widths, in twips. Its rows are made by [`row`].
pub(super) fn table(is_ruled: bool, widths: &[u32], rows: &str) -> String {
    let kind = if is_ruled { "single" } else { "nil" };
    let mut markup =
        format!("<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>", widths.iter().sum::<u32>());
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        _ = write!(markup, "<w:{side} w:val=\"{kind}\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    }
    markup.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in widths {
        _ = write!(markup, "<w:gridCol w:w=\"{width}\"/>");
    }
    markup.push_str("</w:tblGrid>");
    markup.push_str(rows);
    markup.push_str("</w:tbl>");
    markup
}

/// A row that stays on one page; a head is repeated on each. Every cell has at least one paragraph.
pub(super) fn row(widths: &[u32], is_head: bool, cells: &[String]) -> String {
    let head = if is_head { "<w:tblHeader/>" } else { "" };
    let mut markup = format!("<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
    for (width, cell) in widths.iter().zip(cells) {
        let cell = if cell.is_empty() { "<w:p/>" } else { cell };
        _ = write!(markup, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>");
    }
    markup.push_str("</w:tr>");
    markup
}

/// The page: width and height, margins from the top clockwise; the number of the page from the second on.
pub(super) fn section((width, height): (u32, u32), [top, right, bottom, left]: [u32; 4]) -> String {
    let across = if width > height { " w:orient=\"landscape\"" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{across}/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"567\" \
         w:footer=\"567\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>"
    )
}
