//! An act for the audit log: who did what to which noun, with salted hashes where values would be.

use std::collections::BTreeMap;

use uuid::Uuid;
use wire::id::OfficeId;

use crate::context::Frame;

/// An act, as a handler tells it. Values given here are never stored, only their salted hashes.
#[derive(Clone, Debug)]
pub struct Audit {
    noun: &'static str,
    id: Uuid,
    office: Option<OfficeId>,
    on_behalf_of: Option<String>,
    fields: BTreeMap<&'static str, String>,
}

impl Audit {
    /// An act upon a noun.
    #[must_use]
    pub fn of(noun: &'static str, id: impl Into<Uuid>) -> Self {
        Self { noun, id: id.into(), office: None, on_behalf_of: None, fields: BTreeMap::new() }
    }

    /// The office whose row it is.
    #[must_use]
    pub fn office(mut self, office: OfficeId) -> Self {
        self.office = Some(office);
        self
    }

    /// For whom it was done, when not for oneself.
    #[must_use]
    pub fn on_behalf_of(mut self, whom: impl std::fmt::Display) -> Self {
        self.on_behalf_of = Some(whom.to_string());
        self
    }

    /// A field that the act gave a value. Only a salted hash of the value is kept, which can prove it later.
    #[must_use]
    pub fn field(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.fields.insert(name, value.to_string());
        self
    }

    /// The row: names are sorted and the form is versioned, because the log proves these very bytes.
    pub(crate) fn entry(&self, frame: &Frame, salt: [u8; 16]) -> db::audit::Entry {
        let fields: BTreeMap<&str, String> = self
            .fields
            .iter()
            .map(|(name, value)| (*name, hex::encode(auth::commitment::commit(&salt, name, value.as_bytes()))))
            .collect();
        let record = serde_json::json!({
            "v": 1,
            "at": frame.now,
            "act": frame.subject,
            "by": frame.principal(),
            "for": self.on_behalf_of,
            "office": self.office,
            "noun": self.noun,
            "id": self.id,
            "fields": fields,
        });
        db::audit::Entry { record: record.to_string(), salt: hex::encode(salt), at: frame.now }
    }
}
