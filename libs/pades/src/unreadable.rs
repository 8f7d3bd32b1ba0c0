//! Why a file cannot be read at all.

use std::fmt;

/// Why a file cannot be read as a PDF. What is wrong with a signature in a readable PDF is a finding of its report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The file has more bytes than [`crate::LARGEST`].
    TooLarge,
    /// The file does not begin like a PDF.
    NotPdf,
    /// The file is encrypted; whoever has the password must take the encryption away first.
    Encrypted,
    /// Something that the file needs is broken.
    Broken {
        /// The place, in bytes from the beginning of the file or of the stream in it.
        at: usize,
        /// What was expected there.
        why: &'static str,
    },
    /// The file has more of something than any honest file.
    TooMuch(&'static str),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the file has more than {} MiB", crate::LARGEST >> 20),
            Self::NotPdf => f.write_str("the file is no PDF: it does not begin with `%PDF-`"),
            Self::Encrypted => f.write_str("the PDF is encrypted: save it without a password and send it again"),
            Self::Broken { at, why } => write!(f, "the PDF is broken near byte {at}: {why}"),
            Self::TooMuch(what) => write!(f, "the PDF has too many {what}"),
        }
    }
}

impl std::error::Error for Unreadable {}
