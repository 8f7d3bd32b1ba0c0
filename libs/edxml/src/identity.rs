//! What makes two deliveries the same message.

use sha2::{Digest as _, Sha256};

use crate::{Message, document_id, organ_id};

/// Who a message is. The axis delivers at least once, and to several receivers of one office: such deliveries differ in
/// their receivers, traces, spacing and packing, and have the same identity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Sender, document and type of business, in forms that can be compared.
    pub document: String,
    /// A digest of what is said and sent: hexadecimal SHA-256. Where `document` is the same and this is not, the sender
    /// has sent something else under an id that was used.
    pub content: String,
}

impl Message {
    /// Who this message is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let sender = organ_id::current(&self.from.organ_id);
        let id = document_id::matching_key(&self.document_id);
        let document = format!("{sender}|{id}|{}", self.business.kind.text());
        let mut hash = Sha256::new();
        let mut add = |part: &str| {
            // Lengths keep apart what would run into each other.
            hash.update(part.len().to_le_bytes());
            hash.update(part.as_bytes());
        };
        add(&document);
        let date = &self.promulgation.date;
        let date = date.day.map_or_else(|| date.text.clone(), |day| day.to_string());
        for part in [&self.code.number, &self.code.notation, &date] {
            add(part);
        }
        add(&self.subject.split_whitespace().collect::<Vec<_>>().join(" "));
        add(&self.business.reason);
        for id in self.affected() {
            add(&document_id::matching_key(id));
        }
        let mut files: Vec<String> = self.attachments.iter().map(|file| hex::encode(file.sha256())).collect();
        files.sort_unstable();
        files.iter().for_each(|file| add(file));
        Identity { document, content: hex::encode(hash.finalize()) }
    }
}
