//! Salted hashes of values for the audit log: they prove later what a value was, and tell nothing before.

use sha2::{Digest, Sha256};

/// Commits to the value of a field: SHA-256 over salt, length of the field's name, the name, length of the value
/// and the value. Lengths are eight bytes, big-endian, so that no two inputs share a preimage. The salt must be
/// random and kept with the row, never in the log: without it a short value could be found by trying.
#[must_use]
pub fn commit(salt: &[u8; 16], field: &str, value: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(salt);
    for part in [field.as_bytes(), value] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
