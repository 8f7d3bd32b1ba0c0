//! DOCX files as people send them, read into the plain text that authors of drafts type; and papers written as DOCX.
//!
//! Nothing here does I/O or knows an office: bytes go in, a text or the reason why there is none comes out.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// The archive that a DOCX is.
mod archive;
/// From pieces to lines.
mod arrange;
/// Fonts from before Unicode.
mod encoding;
/// The measures of a paper.
mod layout;
/// The head of a paper.
mod letterhead;
/// Lines of text.
mod line;
/// What to know about a reading.
mod note;
/// Automatic numbers.
mod numbering;
/// From bytes to text.
mod read;
/// What stands inside a paragraph.
mod run;
/// Paragraphs and tables.
mod story;
/// What letters look like.
mod styles;
/// Why a file cannot be read.
mod unreadable;
/// From a paper to bytes.
mod write;
/// Parts as trees.
mod xml;

pub use archive::LARGEST;
pub use layout::{Arrangement, Layout, Margins, Sizes};
pub use note::Note;
pub use read::{LONGEST, Read, read};
pub use unreadable::Unreadable;
pub use write::{Unwritable, write};
