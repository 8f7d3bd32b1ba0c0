//! Documents through the bus, over a real database, with identity played.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod blocks;
mod bodies;
mod books;
mod closures;
mod course;
mod dispatch;
mod due;
mod files;
mod guards;
mod house;
mod incoming;
mod instructions;
mod intake;
mod letters;
mod lists;
mod masked;
mod numbers;
mod openings;
mod outgoing;
mod phrases;
mod plans;
mod protections;
mod registers;
mod relations;
mod reviews;
mod sent_back;
mod signatures;
mod signing;
mod succession;
mod telling;
mod templates;
mod transcriptions;
mod word_files;
mod workbook;
mod writing;
