//! Relevance.
