//! What a rule rests on, and how sure we are of it.

use rules::Mark;
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// What a rule of the validator rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// XML itself.
    Xml,
    /// The standard of the message, known through public samples and program code; its text was not at hand.
    Standard,
    /// How senders are seen to fill a message in.
    Practice,
    /// Identifiers of organisations.
    OrganIds,
    /// What codes of status there are, and that a receiver reports them.
    Statuses,
    /// Which status may follow which: inferred.
    Transitions,
    /// How attachments are packed.
    Packing,
    /// Strength of signatures.
    Signatures,
    /// A bound of this program, which no honest message meets.
    Bound,
}

impl Basis {
    /// The instrument, in short.
    #[must_use]
    pub fn instrument(self) -> &'static str {
        match self {
            Self::Xml => "W3C XML 1.0, Namespaces in XML 1.0",
            Self::Standard => "QCVN 102:2016/BTTTT, Sửa đổi 1:2022",
            Self::Practice => "các tệp mẫu và phần mềm đang dùng trên trục liên thông",
            Self::OrganIds => "Quyết định 20/2020/QĐ-TTg, sửa đổi bởi Quyết định 09/2025/QĐ-TTg",
            Self::Statuses | Self::Transitions => "Quyết định 28/2018/QĐ-TTg",
            Self::Packing => "RFC 4648 (base64), ZIP (APPNOTE)",
            Self::Signatures => "W3C XML Signature; SHA-1 không còn được coi là an toàn",
            Self::Bound => "giới hạn của chương trình này",
        }
    }

    /// How sure we are.
    #[must_use]
    pub fn mark(self) -> Mark {
        match self {
            Self::Xml | Self::OrganIds | Self::Packing | Self::Signatures | Self::Bound => Mark::Verified,
            Self::Standard | Self::Practice | Self::Statuses => Mark::Practice,
            Self::Transitions => Mark::Computed,
        }
    }

    /// The mark in a word, stable for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self.mark() {
            Mark::Verified => "verified",
            Mark::Memory => "memory",
            Mark::Computed => "inferred",
            Mark::Practice => "seen_in_practice",
            Mark::Uncertain => "uncertain",
        }
    }
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Basis", 2)?;
        row.serialize_field("instrument", self.instrument())?;
        row.serialize_field("mark", self.word())?;
        row.end()
    }
}
