//! Identity through the bus, against real databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod audit;
mod authority;
mod closures;
mod deputies;
mod directory;
mod directory_imports;
mod enrolling;
mod factors;
mod handovers;
mod lineage;
mod missing;
mod my_sessions;
mod office_profiles;
mod offices;
mod own_password;
mod party;
mod party_committees;
mod party_peers;
mod passkeys;
mod peers;
mod people;
mod portal_sessions;
mod positions;
mod preferences;
mod recovery;
mod revoking;
mod role_versions;
mod several_roles;
mod signing_in;
mod step_up;
mod tokens;
mod world;
