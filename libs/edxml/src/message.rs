//! A message: what one office sends to others, as pure data.

use crate::{Answered, Attachment, Signature, Stamp, Written};

/// An organisation as a message names it. What is not told is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Its identifier, as it stands: see [`crate::organ_id`].
    pub organ_id: String,
    /// The organisation above it.
    pub in_charge: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub telephone: String,
    /// Fax.
    pub fax: String,
    /// Web site.
    pub website: String,
}

/// Number and notation of a document (số, ký hiệu).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The number, such as `12`.
    pub number: String,
    /// The notation, such as `CV/TU`.
    pub notation: String,
}

/// Where and when a document was promulgated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promulgation {
    /// The place.
    pub place: String,
    /// The day.
    pub date: Written,
}

/// The type of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentType {
    /// 1 = administrative, 0 = legal normative (the latter from memory).
    pub class: Option<u32>,
    /// A detail; its list of codes was not found.
    pub detail: Option<u32>,
    /// The name of the genre, such as `Công văn`.
    pub name: String,
}

/// Who signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signer {
    /// In whose name, such as `T/M BAN THƯỜNG VỤ`.
    pub competence: String,
    /// The position.
    pub position: String,
    /// The full name.
    pub name: String,
}

/// What else the head of a document tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherInfo {
    /// Urgency, 0–4; what each means differs between systems, so that receivers map it by configuration.
    pub priority: Option<u32>,
    /// Where it may be made known.
    pub sphere: String,
    /// The sign of who typed it.
    pub typist: String,
    /// How many copies.
    pub copies: Option<u32>,
    /// How many pages.
    pub pages: Option<u32>,
    /// Whether it directs its receivers.
    pub direction: Option<bool>,
    /// Names of appendixes.
    pub appendixes: Vec<String>,
}

/// Through whose hands a message went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The identifier of the organisation.
    pub organ_id: String,
    /// When.
    pub at: Stamp,
}

/// Who handles a matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// The department.
    pub department: String,
    /// The person.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub mobile: String,
}

/// What a message is for (nghiệp vụ).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BusinessKind {
    /// 0: a new document.
    #[default]
    New,
    /// 1: revokes one that was sent (thu hồi).
    Revoke,
    /// 2: updates one (cập nhật).
    Update,
    /// 3: replaces one (thay thế).
    Replace,
}

impl BusinessKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Revoke, Self::Update, Self::Replace];

    /// The digit.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::New => "0",
            Self::Revoke => "1",
            Self::Update => "2",
            Self::Replace => "3",
        }
    }
}

/// A document that is replaced, and for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Its id.
    pub document_id: String,
    /// The identifiers of those for whom; all receivers when empty.
    pub organ_ids: Vec<String>,
}

/// What an update changes. No meaning of these numbers was found; they are kept as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeInfo {
    /// `DocumentInfo`.
    pub document_info: Option<u32>,
    /// `DocumentReceiver`.
    pub document_receiver: Option<u32>,
    /// Identifiers of receivers with their `ReceiverType`.
    pub receivers: Vec<(String, Option<u32>)>,
}

/// What a message is for, and about which documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Business {
    /// The kind.
    pub kind: BusinessKind,
    /// The id of the document.
    pub document_id: String,
    /// Why.
    pub reason: String,
    /// Whether paper is sent too (from memory).
    pub paper: Option<bool>,
    /// What an update changes.
    pub change: ChangeInfo,
    /// What is replaced.
    pub replaced: Vec<Replaced>,
    /// Who handles it at the sender.
    pub staff: Staff,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Who sends it.
    pub from: Organisation,
    /// Whom it is for.
    pub to: Vec<Organisation>,
    /// The id of the document, as it stands: see [`crate::document_id`].
    pub document_id: String,
    /// Number and notation.
    pub code: Code,
    /// Where and when.
    pub promulgation: Promulgation,
    /// Its type.
    pub document_type: DocumentType,
    /// What it is about (trích yếu).
    pub subject: String,
    /// More about what it is about.
    pub content: String,
    /// Who signed.
    pub signer: Signer,
    /// Until when it is to be answered.
    pub due: Written,
    /// What else.
    pub other: OtherInfo,
    /// 0 or 1; what each means differs between systems.
    pub steering: Option<u32>,
    /// The recipients as the paper lists them.
    pub places: Vec<String>,
    /// Which documents it answers.
    pub answers: Vec<Answered>,
    /// Through whose hands it went.
    pub trace: Vec<Trace>,
    /// What it is for.
    pub business: Business,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// What its XML signature says of itself. It is not verified, and never written.
    pub signature: Option<Signature>,
}

impl Message {
    /// The ids of the documents that it revokes, updates or replaces.
    #[must_use]
    pub fn affected(&self) -> Vec<&str> {
        let business = &self.business;
        let replaced = business.replaced.iter().map(|one| one.document_id.as_str());
        let own = Some(business.document_id.as_str()).filter(|_| business.replaced.is_empty());
        match business.kind {
            BusinessKind::New => Vec::new(),
            BusinessKind::Replace => replaced.chain(own).filter(|id| !id.is_empty()).collect(),
            BusinessKind::Revoke | BusinessKind::Update => {
                Some(business.document_id.as_str()).filter(|id| !id.is_empty()).into_iter().collect()
            }
        }
    }
}
