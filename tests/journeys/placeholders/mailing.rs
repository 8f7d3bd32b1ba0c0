//! A message that asks for a document back, and the document.

use std::{fs, path::Path};

use edxml::{Business, BusinessKind, Code, Message, Organisation};
use serde_json::{Value, json};
use wire::Day;

use super::World;

impl World {
    /// The id of a message that revokes a document, which somebody has read.
    pub(super) async fn mailed(&mut self) -> String {
        let sound = self.message(BusinessKind::New, None);
        let item = self.read(&sound).await;
        let symbol = self.symbol();
        let body = json!({ "office": self.office, "author_body": "Cơ quan Ví Dụ", "symbol": symbol, "document_day": "2026-11-18",
            "summary": "V/v thử thu hồi", "pages": 1, "intake": item["id"] });
        self.all.post("/api/v1/incoming-documents", body).await.ok();
        let revoking = self.message(BusinessKind::Revoke, Some(&sound));
        self.read(&revoking).await["mail"]["id"].as_str().unwrap().to_owned()
    }

    fn message(&mut self, kind: BusinessKind, about: Option<&Message>) -> Message {
        self.count += 1;
        let organ =
            |id: &str, name: &str| Organisation { organ_id: id.into(), name: name.into(), ..Organisation::default() };
        let day = Day::new(2026, 7, 1).unwrap();
        let document_id = format!("H99.01,2026/07/01,{}/VD", self.count);
        let speaks_of = about.map_or(&document_id, |about| &about.document_id).clone();
        let reason = if about.is_some() { "Gửi nhầm".to_owned() } else { String::new() };
        Message {
            from: organ("H99.01", "Cơ quan Ví Dụ"),
            to: vec![organ("A99.99", "Văn phòng Ví Dụ")],
            code: Code { number: self.count.to_string(), notation: "VD".into() },
            promulgation: edxml::Promulgation { place: String::new(), date: day.into() },
            document_type: edxml::DocumentType { class: Some(1), detail: None, name: "Công văn".into() },
            subject: format!("V/v thử thông điệp {}", self.count),
            business: Business { kind, document_id: speaks_of, reason, ..Business::default() },
            attachments: vec![edxml::Attachment {
                content_id: "a".into(),
                name: "noi-dung.txt".into(),
                media_type: "text/plain".into(),
                description: String::new(),
                bytes: format!("Nội dung {}", self.count).into_bytes(),
            }],
            document_id,
            ..Message::default()
        }
    }

    /// Drops a message, takes it in and marks its item.
    async fn read(&mut self, message: &Message) -> Value {
        let name = format!("{}.edxml", self.symbol().replace('/', "-"));
        drop_whole(&self.mail.join(&self.office).join("den"), &name, &edxml::write_message(message).unwrap());
        self.all.post("/api/v1/mail/collect", json!({ "office": self.office })).await.ok();
        let path = format!("/api/v1/mail?office={}&limit=1", self.office);
        let latest = self.all.get(&path).await.ok()["items"][0]["intake"].as_str().unwrap().to_owned();
        self.all.post(&format!("/api/v1/intake-items/{latest}/official"), json!({})).await.ok()
    }
}

/// Writes a file that nobody writes any more.
fn drop_whole(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
}
