//! edXML read, written and checked: the hard cases of public samples, round trips, and damaged files whose true cause the
//! validator has to name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// Damaging what was sound.
mod damage;
/// Sound messages.
mod sound;

mod bounds;
mod damaged;
mod hard;
mod round;
mod same;
mod statuses;
