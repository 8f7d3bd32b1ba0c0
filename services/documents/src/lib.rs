//! The post of an office.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]
#![allow(dead_code)]

mod domain {
    pub(crate) mod disposition;
    pub(crate) mod due;
    pub(crate) mod duplicate;
    pub(crate) mod field;
    pub(crate) mod genre;
    pub(crate) mod incoming;
    pub(crate) mod letter;
    pub(crate) mod outgoing;
    pub(crate) mod passage;
    pub(crate) mod register;
    #[cfg(test)]
    pub(crate) mod sample;
    pub(crate) mod secrecy;
    pub(crate) mod sheet;
}
