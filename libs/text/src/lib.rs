//! Vietnamese text as an office writes it: clean input, folding for search, symbols of documents, numbers, dates.
//!
//! Nothing here does I/O, reads a clock or knows an office: a text goes in, a value or an error comes out.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Dates as people type them and as the Party prints them.
pub mod date;
/// One form of a text for searching: no marks, no case, no punctuation.
mod fold;
/// What a text must be before it is stored: NFC, no hidden characters.
mod normal;
/// Figures with dots between the thousands and a comma before the decimals.
pub mod number;
/// Roman numerals, as in the number of a congress or a term.
pub mod roman;
/// The number and symbol of a document ("số và ký hiệu"): reading it, making it, matching it.
pub mod symbol;
/// Which codes and bodies stand in a symbol.
mod symbol_codes;
/// Amounts of money read out in words ("đọc số thành chữ").
pub mod words;

pub use fold::fold;
pub use normal::{Unclean, apart, clean_line, clean_text, nfc};
