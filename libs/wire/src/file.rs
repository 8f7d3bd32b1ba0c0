//! Files on the wire: never their bytes, only tickets, references and directions to a stream.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{FileId, OfficeId};

/// A signed promise of the gateway that a staged upload exists: hash, size, type, caller, office, purpose, expiry.
/// It is opaque to clients and worth something only to the service that claims the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Ticket(pub String);

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticket(…)")
    }
}

/// A file that a noun holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileRef {
    /// Its id within the service that holds it.
    pub id: FileId,
    /// The name it was given, for display and download.
    pub name: String,
    /// The media type found by looking at the content.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the content, hex. Knowing it opens nothing.
    pub sha256: String,
}

/// A reply that the gateway turns into a stream with ranges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Download {
    /// The service whose area of the blob store holds the file.
    pub service: String,
    /// The office the file belongs to.
    pub office: OfficeId,
    /// SHA-256 of the content, hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Media type to serve it with.
    pub media_type: String,
    /// File name to offer.
    pub name: String,
    /// Whether what a camera or a program wrote into a picture about its maker, place and day (EXIF, XMP, comments)
    /// is left out. The stored file keeps it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bare: bool,
}
