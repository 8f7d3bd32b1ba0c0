//! Forms: official papers (văn bản, sổ, phiếu) laid out by the rules of their day, as PDF/A-2b with PDF/UA-1.
//!
//! Serves the contract of `schema-forms`. Calls nobody, listens to nobody, tells nothing and keeps no rows: whoever asks
//! sends what is to stand on the paper and gets a file. The only crate that names typst.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// One function per subject.
mod handlers {
    /// Laying a paper out.
    pub(crate) mod rendering;
    /// What there is to look at: rules of layout, specimens.
    pub(crate) mod showing;
}

/// What stands on a paper and how. No I/O, no clock, no randomness: everything arrives as an argument.
mod domain {
    /// How a document of a genre is arranged.
    pub(crate) mod arrangement;
    /// The text of a document, piece by piece.
    pub(crate) mod body;
    /// Pages of registers.
    pub(crate) mod book;
    /// A document of any genre.
    pub(crate) mod document;
    /// The head of a paper, and who signs it.
    pub(crate) mod head;
    /// Rules of layout as dated data.
    pub(crate) mod layout;
    /// Blank books of secret documents.
    pub(crate) mod secret_book;
    /// A paper made ready: which template, and its data.
    pub(crate) mod sheet;
    /// Arrival stamp, routing slip, receipt.
    pub(crate) mod slip;
    /// Invented papers, to look at a form.
    pub(crate) mod specimen;
    /// A document as a DOCX.
    pub(crate) mod word;
    /// Texts, checked before they are printed.
    pub(crate) mod words;
}

/// Typesetting.
mod press {
    /// Making one PDF.
    pub(crate) mod printing;
    /// A few at a time, each with a limit of time.
    pub(crate) mod queue;
    /// All that a template can see: the templates, one set of data, three fonts.
    pub(crate) mod world;
}

use handlers::{rendering, showing};
use schema_forms::{Refusal, contract};
use service::Service;

/// What forms serves.
#[must_use]
pub fn service() -> Service {
    Service::new::<Refusal>(contract()).read(rendering::render).read(showing::layouts).read(showing::specimen)
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_promised_is_served_and_nothing_else() {
        assert_eq!(super::service().gaps(), Default::default());
    }
}
