//! A file that a message brings along.

use sha2::{Digest as _, Sha256};

/// A file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// What the manifest calls it, without `cid:`.
    pub content_id: String,
    /// The name of the file, without folders.
    pub name: String,
    /// The media type that the sender claims.
    pub media_type: String,
    /// A word about it.
    pub description: String,
    /// What is in it, unpacked.
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The SHA-256 of its bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }
}

/// What the XML signature of a message says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The algorithm, as an address.
    pub method: String,
    /// The name of the signer as the signature tells it; proves nothing.
    pub subject: String,
    /// Whether the algorithm is one that proves nothing any more.
    pub is_old: bool,
}
