//! Archives with the parts of a DOCX.

use std::io::{Cursor, Write as _};

use docx::{Note, Read, read};
use zip::{ZipWriter, write::SimpleFileOptions};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An archive of parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A DOCX with a body and further parts, which are related to it by their names: `styles` is `word/styles.xml`.
pub(crate) fn document(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let relation = |kind: &str, target: &str| {
        format!("<Relationship Id=\"{kind}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    };
    let of_all = format!("<Relationships>{}</Relationships>", relation("officeDocument", "word/document.xml"));
    let related: String = parts.iter().map(|(kind, _)| relation(kind, &format!("{kind}.xml"))).collect();
    let related = format!("<Relationships>{related}</Relationships>");
    let mut all: Vec<(String, String)> = vec![
        ("_rels/.rels".to_owned(), of_all),
        ("word/document.xml".to_owned(), main),
        ("word/_rels/document.xml.rels".to_owned(), related),
    ];
    all.extend(parts.iter().map(|(kind, text)| (format!("word/{kind}.xml"), (*text).to_owned())));
    let all: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&all)
}

/// What is read in a body.
pub(crate) fn reading(body: &str, parts: &[(&str, &str)]) -> Read {
    read(&document(body, parts)).unwrap()
}

/// The lines that are read in a body alone.
pub(crate) fn lines(body: &str) -> Vec<String> {
    reading(body, &[]).text.lines().map(str::to_owned).collect()
}

/// The notes of a body alone.
pub(crate) fn notes(body: &str) -> Vec<Note> {
    reading(body, &[]).notes
}

/// A paragraph of one run.
pub(crate) fn p(words: &str) -> String {
    format!("<w:p>{}</w:p>", r(words))
}

/// A centred paragraph.
pub(crate) fn centred(words: &str) -> String {
    format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", r(words))
}

/// A run.
pub(crate) fn r(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

/// A table of rows of cells, each of which has paragraphs.
pub(crate) fn table(is_ruled: bool, rows: &[&[&[&str]]]) -> String {
    let line = if is_ruled { "single" } else { "none" };
    let borders = format!("<w:tblBorders><w:insideH w:val=\"{line}\"/><w:insideV w:val=\"{line}\"/></w:tblBorders>");
    let cell = |cell: &&[&str]| format!("<w:tc>{}</w:tc>", cell.iter().map(|words| p(words)).collect::<String>());
    let row = |row: &&[&[&str]]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr>{borders}</w:tblPr>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}
