//! Signatures made and verified, and what programs that are not ours say of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// What was appended after a signature.
mod appended;
/// Chains of authorities and their answers.
mod authorities;
/// Small PDFs and whom to trust.
mod fixture;
/// Signatures of other programs.
mod foreign;
/// Broken and malicious files.
mod hostile;
/// pyHanko and pdfsig.
mod others;
/// Lists and answers about revoked certificates.
mod revoked;
/// Signing and verifying.
mod round_trip;
/// Time stamps by OpenSSL.
mod stamps;
/// Keys in a token.
mod tokens;
