//! The parts beside the text: what is in the archive, styles, settings, the number of the page, properties of the file.

use crate::layout::{Layout, halves, millimetres, points};

/// How every part begins.
pub(super) const BEGINS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// What the parts are.
pub(super) const TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/header1.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
);

/// What the archive refers to.
pub(super) const RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" ",
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" ",
    "Target=\"word/document.xml\"/><Relationship Id=\"rId2\" ",
    "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" ",
    "Target=\"docProps/core.xml\"/></Relationships>",
);

/// What the text refers to.
pub(super) const DOCUMENT_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" ",
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId2\" ",
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>",
    "<Relationship Id=\"rId3\" ",
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>",
    "</Relationships>",
);

/// That it is written for the Word of 2013 and later, in Vietnamese.
pub(super) const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:defaultTabStop w:val=\"567\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" ",
    "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>",
    "<w:themeFontLang w:val=\"vi-VN\"/></w:settings>",
);

const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The title of the file and who made it, both ready for markup.
pub(super) fn properties(title: &str, creator: &str) -> String {
    format!(
        "{BEGINS}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>\
         <dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
}

/// The number of the page, centred.
pub(super) fn header(size: u32) -> String {
    let look = format!("<w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>");
    let mark = |kind: &str| format!("<w:r>{look}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{BEGINS}<w:hdr {SPACE}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}\
         <w:r>{look}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}<w:r>{look}<w:t>2</w:t></w:r>{}\
         </w:p></w:hdr>",
        mark("begin"),
        mark("separate"),
        mark("end"),
    )
}

/// The styles: those of headings have levels, so that a reader can go from one to the next.
pub(super) fn styles(layout: &Layout) -> String {
    let (indent, pitch, gap) = (millimetres(layout.indent), points(layout.pitch), points(layout.gap));
    let size = |size: f64| format!("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", halves(size));
    let bold = "<w:b/><w:bCs/>";
    let first = format!("<w:ind w:firstLine=\"{indent}\"/>");
    let centred = "<w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/>";
    let left = format!("{first}<w:jc w:val=\"left\"/>");
    let text = format!(
        "<w:spacing w:after=\"{gap}\" w:line=\"{pitch}\" w:lineRule=\"atLeast\"/>{first}<w:jc w:val=\"both\"/>"
    );
    let level = |stand: &str, level: u8| format!("<w:keepNext/>{stand}<w:outlineLvl w:val=\"{level}\"/>");
    let of_style = |id: &str, name: &str, below: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{below}\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let title = "<w:keepNext/><w:jc w:val=\"center\"/>";
    let all = [
        of_style("Title", "Title", "Normal", title, &format!("{bold}{}", size(layout.sizes.genre))),
        of_style("Text", "Text", "Normal", &text, ""),
        of_style("Heading1", "heading 1", "Text", &level(centred, 0), bold),
        of_style("Heading2", "heading 2", "Text", &level(centred, 1), bold),
        of_style("Heading3", "heading 3", "Text", &level(&left, 2), bold),
        of_style("Heading4", "heading 4", "Text", &level(&left, 3), bold),
        of_style("Article", "Article", "Text", &level("", 4), ""),
        of_style("Cells", "Cells", "Normal", "<w:spacing w:before=\"40\" w:after=\"40\"/>", &size(layout.sizes.cells)),
    ];
    let font = "w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"";
    format!(
        "{BEGINS}<w:styles {SPACE}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>{}\
         <w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/>\
         </w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/></w:style>{}</w:styles>",
        size(layout.sizes.text),
        all.concat(),
    )
}
