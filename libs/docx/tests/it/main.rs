//! DOCX files made by hand, part by part, and what is read in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// Makes archives.
mod made;

mod bounds;
mod letters;
mod lists;
mod papers;
mod tables;
mod words;
