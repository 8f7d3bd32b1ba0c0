//! From the bytes of a DOCX to the text that an author would have typed.

use crate::{
    Note, Unreadable,
    archive::{Archive, Relation},
    arrange, letterhead,
    numbering::Numbering,
    story::{Footnotes, Story},
    styles::Styles,
    xml::Element,
};

/// The longest text that is read, in bytes.
pub const LONGEST: usize = 2 * 1024 * 1024;
/// Heads and feet of pages that are looked into.
const PAGE_HEADS: usize = 20;

/// A reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The text, one paragraph a line, tables as lines of cells between upright strokes.
    pub text: String,
    /// What was left out, changed or guessed.
    pub notes: Vec<Note>,
}

/// Reads a DOCX.
///
/// # Errors
/// When the file is no DOCX, is locked or broken, or is larger than what is read.
pub fn read(bytes: &[u8]) -> Result<Read, Unreadable> {
    let mut archive = Archive::open(bytes)?;
    let relations = archive.relations("")?;
    let main = find(&relations, "officeDocument").unwrap_or("word/document.xml").to_owned();
    let document = archive.tree(&main)?.ok_or(Unreadable::NotDocx)?;
    let body = document.child("body").filter(|_| document.name() == "document").ok_or(Unreadable::NotDocx)?;
    let relations = archive.relations(&main)?;
    let mut of_kind = |kind: &str| match find(&relations, kind) {
        Some(name) => archive.tree(name),
        None => Ok(None),
    };
    let styles = of_kind("styles")?.map(|root| Styles::of(&root)).unwrap_or_default();
    let numbering = of_kind("numbering")?.map(|root| Numbering::of(&root, &styles)).unwrap_or_default();
    let (footnotes, endnotes) = (of_kind("footnotes")?, of_kind("endnotes")?);
    let mut story = Story::new(&styles, numbering, by_id(footnotes.as_ref()), by_id(endnotes.as_ref()));
    let pieces = story.pieces(body)?;
    let mut met = std::mem::take(&mut story.met);
    met.macros = archive.has("vbaproject.bin");
    met.page_heads = page_heads(&mut archive, &relations)?;
    let (pieces, letterhead) = letterhead::taken_off(pieces);
    let lines = arrange::lines(pieces)?;
    let mut notes = met.notes();
    notes.extend(letterhead);
    Ok(Read { text: lines.join("\n"), notes })
}

fn find<'a>(relations: &'a [Relation], kind: &str) -> Option<&'a str> {
    relations.iter().find(|one| one.kind == kind).map(|one| one.target.as_str())
}

/// Footnotes by their ids, without the lines that part them from the text.
fn by_id(root: Option<&Element>) -> Footnotes<'_> {
    let notes = root.into_iter().flat_map(Element::elements);
    let notes = notes.filter(|one| matches!(one.attribute("type"), None | Some("normal")));
    notes.filter_map(|one| Some((one.attribute("id")?, one))).collect()
}

/// Whether words stand at the top or the foot of pages. The number of the page is no words.
fn page_heads(archive: &mut Archive<'_>, relations: &[Relation]) -> Result<bool, Unreadable> {
    let heads = relations.iter().filter(|one| matches!(one.kind.as_str(), "header" | "footer"));
    for head in heads.take(PAGE_HEADS) {
        let Some(root) = archive.tree(&head.target)? else { continue };
        if root.words().chars().any(char::is_alphabetic) {
            return Ok(true);
        }
    }
    Ok(false)
}
