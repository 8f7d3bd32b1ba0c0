//! Search: finding what one may read, by its words, its symbol, its days; suggestions while typing; earlier cases.
//!
//! Serves the contract of `schema-search`. Calls nobody, tells nothing. Listens to documents and programme, and keeps of
//! their nouns what can be found. The only crate that names tantivy.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// One function per subject.
mod handlers {
    /// What happens here when others speak.
    pub(crate) mod reactions;
    /// Making the index anew, and telling how it is.
    pub(crate) mod rebuilding;
    /// Searching, suggesting, earlier cases.
    pub(crate) mod searching;
}

/// What is decided. No I/O, no clock, no randomness: everything arrives as an argument.
mod domain {
    /// Short names of bodies.
    pub(crate) mod abbreviations;
    /// Who may find what.
    pub(crate) mod access;
    /// How alike titles are.
    pub(crate) mod likeness;
    /// What is highlighted.
    pub(crate) mod marks;
    /// What of a noun can be found.
    pub(crate) mod paper;
    /// How what was typed may go on.
    pub(crate) mod suggesting;
    /// Numbers and symbols.
    pub(crate) mod symbol;
    /// Slips of Telex.
    pub(crate) mod telex;
    /// What somebody looks for.
    pub(crate) mod wanted;
    /// The words of a text.
    pub(crate) mod words;
}

/// The index in its folder.
mod index {
    /// Counts by kind.
    pub(crate) mod counting;
    /// Its fields.
    pub(crate) mod fields;
    /// One index in one folder.
    pub(crate) mod held;
    /// What may be meant.
    pub(crate) mod likely;
    /// What is asked of it.
    pub(crate) mod query;
    /// Where indexes lie.
    pub(crate) mod shelf;
    /// How it cuts texts.
    pub(crate) mod tokens;
}

/// Rows stay in here; the rest of the service sees nouns.
mod store {
    /// The count of changes.
    pub(crate) mod ledger;
    /// The first tables.
    pub(crate) mod m0001_papers;
    /// Every migration, oldest first.
    pub(crate) mod migrations;
    /// What can be found.
    pub(crate) mod papers;
}

/// Keeping the index in step with the book.
mod following;
/// Comparing copies with what their services say.
mod healing;
/// The section `[search]` of the settings.
mod settings;

pub use domain::{
    access::Access,
    paper::{Key, Noun, Paper},
    wanted::Wanted,
    words::{Word, words},
};
pub use index::held::{Index, Page, Stand};
pub use settings::Settings;

use handlers::{reactions, rebuilding, searching};
use index::shelf::Shelf;
use schema_documents::{IncomingChanged, OutgoingChanged};
use schema_programme::AssignmentChanged;
use schema_search::{Refusal, contract};
use service::Service;

/// What search serves and what it listens to.
#[must_use]
pub fn service() -> Service {
    let shelf = Shelf::default();
    let [asking, suggesting, comparing, making, telling, following] = [(); 6].map(|()| shelf.clone());
    Service::new::<Refusal>(contract())
        .migrations(store::migrations::all)
        .settings::<Settings>()
        .read(move |cx, call| searching::search(cx, call, asking.clone()))
        .read(move |cx, call| searching::suggest(cx, call, suggesting.clone()))
        .read(move |cx, call| searching::earlier_cases(cx, call, comparing.clone()))
        .write(move |cx, call| rebuilding::rebuild(cx, call, making.clone()))
        .read(move |cx, call| rebuilding::status(cx, call, telling.clone()))
        .on(reactions::incoming_registered)
        .on(reactions::incoming_changed)
        .on(reactions::outgoing_changed)
        .on(reactions::outgoing_issued)
        .on(reactions::assignment_changed)
        .gone(reactions::incoming_held, reactions::gone::<IncomingChanged>)
        .gone(reactions::outgoing_held, reactions::gone::<OutgoingChanged>)
        .gone(reactions::assignments_held, reactions::gone::<AssignmentChanged>)
        .beside("index", move |beside| following::follow(beside, following.clone()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_promised_is_served_and_nothing_else() {
        assert_eq!(super::service().gaps(), Default::default());
    }
}
