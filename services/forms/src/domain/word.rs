//! A document as a DOCX, in the measures by which it is printed.

use docx::Layout;
use schema_forms::{DocumentPaper, Paper, Refusal};
use serde_json::{Value, json};
use wire::Day;

use super::{arrangement, layout, sheet};

/// A DOCX, and the key of the layout by which it stands.
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    pub(crate) layout: String,
}

/// Writes a document. What it says is checked as for the printed page, but any letter will do: fonts are Word's business.
pub(crate) fn of(paper: &Paper, day: Day) -> Result<Written, Refusal> {
    let Paper::Document(document) = paper else { return Err(Refusal::WordDocumentsOnly) };
    let layout = sheet::of(paper, day, &|_| true)?.layout;
    let measures = measures(document, day)?;
    let bytes = docx::write(document, &measures)
        .map_err(|docx::Unwritable| Refusal::ContentTooLarge { most_mib: sheet::MOST_MIB })?;
    Ok(Written { bytes, layout })
}

/// The same measures as a template reads, in the words of `docx`; a test keeps the two alike.
fn measures(document: &DocumentPaper, day: Day) -> Result<Layout, Refusal> {
    let (layout, genre) = (layout::of(day)?, arrangement::of(&document.genre)?);
    let mut all = serde_json::to_value(layout).unwrap_or_default();
    if let Value::Object(fields) = &mut all {
        fields.insert("genre".to_owned(), json!(genre.title));
        fields.insert("arrangement".to_owned(), json!(genre.arrangement));
    }
    serde_json::from_value(all).map_err(|_| Refusal::LayoutUnknown { day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::specimen;

    #[test]
    fn every_genre_has_its_measures_on_every_day_of_a_layout_and_reads_back() {
        for layout in layout::list(None) {
            for genre in arrangement::keys() {
                let paper = specimen::of(schema_forms::FormKind::Document, Some(genre.to_owned()), layout.valid_from);
                let Written { bytes, layout: key } = of(&paper, layout.valid_from).unwrap();
                assert_eq!(key, layout.key);
                let again = of(&paper, layout.valid_from).unwrap();
                assert_eq!(bytes, again.bytes, "{genre}: the same paper is the same bytes");
                let read = docx::read(&bytes).unwrap();
                assert!(!read.text.is_empty(), "{genre}");
            }
        }
    }

    #[test]
    fn books_are_not_written() {
        let paper = specimen::of(schema_forms::FormKind::IncomingRegister, None, Day::new(2026, 11, 20).unwrap());
        assert!(matches!(of(&paper, Day::new(2026, 11, 20).unwrap()), Err(Refusal::WordDocumentsOnly)));
    }
}
