//! What `search` promises: finding documents and work by their words, suggestions while typing, and earlier cases.
//!
//! Whatever is answered is what the caller may read at that moment by the rules of the services that keep the nouns:
//! hits, counts and suggestions alike. What is masked, sealed, voided or above the secrecy ceiling is never indexed.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Earlier cases like a document.
mod cases;
/// What is found.
mod found;
/// The index itself, for operators.
mod index;
/// Why search says no.
mod refusal;
/// Asking.
mod search;

pub use cases::{EarlierCase, EarlierCases, EarlierCasesFound};
pub use found::{SearchCounts, SearchFound, SearchHit, SearchKind, SearchMark, SearchText};
pub use index::{GetIndexStatus, IndexStatus, RebuildIndex};
pub use refusal::Refusal;
pub use search::{Search, SearchOrder, Suggest, Suggestions};

wire::contract! {
    service "search" refuses Refusal;

    calls {
        Read Search => SearchFound, "search.v1", GET "/api/v1/search", signed_in;
        Read Suggest => Suggestions, "suggest.v1", GET "/api/v1/search-suggestions", signed_in;
        Read EarlierCases => EarlierCasesFound, "earlier_cases.v1", GET "/api/v1/earlier-cases", signed_in;

        Write RebuildIndex => IndexStatus, "rebuild.v1", POST "/api/v1/search-index/rebuilds",
            needs "search.index.rebuild";
        Read GetIndexStatus => IndexStatus, "status.v1", GET "/api/v1/search-index", needs "health.read";
    }

    events {}
}
