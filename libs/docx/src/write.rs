//! A paper as a DOCX: what stands on the page is what stands on the PDF, in a file that a clerk can go on with.

use std::io::{Cursor, Write as _};

use schema_forms::DocumentPaper;
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{
    Layout,
    layout::{Arrangement, halves, millimetres},
};

/// The text, block by block.
mod body;
/// Who signs and who gets it.
mod closing;
/// The head of the first page.
mod head;
/// Paragraphs, runs and tables as markup.
mod markup;
/// The parts that are the same for all papers, or nearly.
mod parts;

use markup::{escaped, section};

/// A paper cannot be written: it does not fit an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable;

impl From<ZipError> for Unwritable {
    fn from(_: ZipError) -> Self {
        Self
    }
}

impl From<std::io::Error> for Unwritable {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

/// Width and height of A4 and of A5 across, in millimetres.
const A4: (f64, f64) = (210.0, 297.0);
const A5: (f64, f64) = (210.0, 148.0);
/// The left margin of a slip, which is not filed in a binder.
const SLIP_LEFT: f64 = 20.0;

/// What all parts of the writing look at.
struct Page<'a> {
    paper: &'a DocumentPaper,
    layout: &'a Layout,
    /// Between the margins, in twips.
    width: u32,
}

/// Writes a paper. The same paper in the same layout gives the same bytes.
///
/// # Errors
/// When it is too large for an archive.
pub fn write(paper: &DocumentPaper, layout: &Layout) -> Result<Vec<u8>, Unwritable> {
    let is_slip = layout.arrangement == Arrangement::Slip;
    let (across, down) = if is_slip { A5 } else { A4 };
    let left = if is_slip { SLIP_LEFT } else { layout.margins.left };
    let (left, right) = (millimetres(left), millimetres(layout.margins.right));
    let size = (millimetres(across), millimetres(down));
    let page = Page { paper, layout, width: size.0.saturating_sub(left + right).max(100) };
    let margins = [layout.margins.top, layout.margins.bottom].map(millimetres);
    let mut document = String::from(parts::BEGINS);
    document.push_str("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ");
    document.push_str("xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>");
    document.push_str(&page.head());
    document.push_str(&page.body());
    document.push_str(&page.closing());
    document.push_str(&section(size, [margins[0], right, margins[1], left]));
    document.push_str("</w:body></w:document>");
    let creator = escaped(&paper.head.bodies.join(", "));
    archive(&[
        ("[Content_Types].xml", parts::TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &parts::properties(&escaped(&page.title()), &creator)),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        ("word/styles.xml", &parts::styles(layout)),
        ("word/settings.xml", parts::SETTINGS),
        ("word/header1.xml", &parts::header(halves(layout.sizes.page))),
    ])
}

/// The parts in one archive, each as of the first day that archives know.
fn archive(parts: &[(&str, &str)]) -> Result<Vec<u8>, Unwritable> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

impl Page<'_> {
    /// The title in the properties of the file: genre, number, abstract.
    fn title(&self) -> String {
        let genre = self.layout.genre.to_lowercase();
        let mut letters = genre.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let number = self.number_line().unwrap_or_default().replace('\u{A0}', " ");
        let parts = [first + letters.as_str(), number, self.paper.summary.clone().unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
    }
}
