//! edXML, the message in which offices of Viet Nam exchange documents over the national document axis (QCVN
//! 102:2016/BTTTT): read tolerantly, written strictly, and checked by a validator that says what is wrong, where and how
//! to mend it.
//!
//! Nothing here does I/O, reads a clock or knows an office: bytes go in, a message, a status or diagnoses come out.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Files.
mod attachment;
/// What rules rest on.
mod basis;
/// Days and moments.
mod date;
/// What is wrong, and where.
mod diagnosis;
/// Ids of documents.
pub mod document_id;
/// Trees against tables.
mod fit;
/// Same or not.
mod identity;
/// Parts against each other.
mod judge;
/// Messages.
mod message;
/// Identifiers of organisations.
pub mod organ_id;
/// Elements as data.
mod part;
/// Places.
mod place;
/// Urgency by number.
mod priority;
/// From bytes.
mod read;
/// What can be wrong.
mod rule;
/// For people.
mod show;
/// Bytes and text.
mod source;
/// Statuses.
mod status;
/// From trees.
mod take;
/// Which status may follow which.
pub mod transition;
/// Elements with places.
mod tree;
/// Texts of elements.
mod value;
/// To bytes.
mod write;

pub use attachment::{Attachment, Signature};
pub use basis::Basis;
pub use date::{Stamp, Written};
pub use diagnosis::{Diagnosis, Said};
pub use identity::Identity;
pub use message::{
    Business, BusinessKind, ChangeInfo, Code, DocumentType, Message, Organisation, OtherInfo, Promulgation, Replaced,
    Signer, Staff, Trace,
};
pub use place::Place;
pub use priority::Priorities;
pub use read::{Content, Reading, Refused, check, read};
pub use rule::{Rule, Severity, Words, catalogue};
pub use show::show;
pub use source::line_of;
pub use status::{Answered, Status, StatusCode};
pub use tree::NAMESPACE;
pub use write::{Unwritable, write_message, write_status};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 128 * 1024 * 1024;
/// What all files of a message may unfold to, in bytes.
pub const UNFOLDED: usize = 256 * 1024 * 1024;
/// The most files of a message.
pub const ENOUGH_ATTACHMENTS: usize = 100;
