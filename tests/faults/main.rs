//! Faults: what was acknowledged stays, whatever is killed or goes away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod away;
/// What must hold after every drill.
mod check;
/// What a client was told, written down by the client and synced before it goes on.
mod history;
/// Somebody who repeats every attempt until it is answered.
mod insisting;
mod kill;
/// Clerks who register letters meanwhile.
mod load;
mod signing;
