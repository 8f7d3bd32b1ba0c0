//! Documents on the way to their digital signatures, as far as an example wants them, with keys for whoever signs.

use std::time::Duration;

use pades::{Subject, TrialAuthority};
use serde_json::{Value, json};
use testbed::{process::until, stamper};
use tests::installation::Installation;

use super::World;

/// A letter that no official font has, so that a document stays where it is laid out.
const UNPRINTABLE: &str = "Nội dung 漢.";

impl World {
    /// Gives whoever does the examples a key, and the body in whose name they issue.
    pub(super) async fn give_keys(&self, installation: &Installation) {
        let folder = installation.folder().join("data").join("signing-keys");
        let mut authority = TrialAuthority::new("Tổ chức thử nghiệm", stamper::clock()).unwrap();
        let me = self.all.get("/api/v1/me").await.ok();
        let person = format!("person-{}", me["person"]["id"].as_str().unwrap());
        for label in [person, format!("body-{}-VPTW", self.office)] {
            let subject = Subject::Organisation { name: "Cơ quan Ví Dụ" };
            let issued = authority.issue(&subject, stamper::clock()).unwrap();
            std::fs::write(folder.join(format!("{label}.key.pem")), &issued.key).unwrap();
            std::fs::write(folder.join(format!("{label}.pem")), issued.certificate.to_pem()).unwrap();
        }
    }

    /// How far a fresh document is, in the state that its placeholder names.
    pub(super) async fn executed(&mut self, name: &str) -> Value {
        let text = if name == "laying_out" { UNPRINTABLE } else { "Nội dung thử nghiệm." };
        let body = json!({ "office": self.office, "genre": "official_letter", "body_code": "VPTW", "summary": "V/v thử ký số",
            "text": text, "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
        let made = self.all.post("/api/v1/outgoing-documents", body).await.ok();
        let path = format!("/api/v1/outgoing-documents/{}", made["id"].as_str().unwrap());
        let me = self.all.get("/api/v1/me").await.ok();
        let signer = json!({ "person": me["person"]["id"], "position": me["posts"][0]["position"] });
        let order = json!({ "signatory": "CHÁNH VĂN PHÒNG Trần Văn Chánh", "signer": signer });
        self.all.post(&format!("{path}/issue"), order).await.ok();
        let way = until("a document to be laid out", Duration::from_secs(30), || async {
            let way = self.all.get(&format!("{path}/execution")).await.ok();
            (way["state"] == "to_sign" || way["trouble"].is_string()).then_some(way)
        });
        let way = way.await.unwrap();
        if name == "to_seal" {
            return self.all.post(&format!("{path}/signature"), json!({ "sha256": way["sha256"] })).await.ok();
        }
        way
    }

    /// An issued document of which nothing but a masked line is kept.
    pub(super) async fn secret(&mut self) -> Value {
        let body =
            json!({ "office": self.office, "genre": "official_letter", "body_code": "VPTW", "secrecy": "secret" });
        let made = self.all.post("/api/v1/outgoing-documents", body).await.ok();
        let path = format!("/api/v1/outgoing-documents/{}/issue", made["id"].as_str().unwrap());
        self.all.post(&path, json!({})).await.ok()
    }

    /// A document that stands in our own queue, sent by an office below.
    pub(super) async fn sent(&mut self, name: &str) -> Value {
        let (theirs, below) = self.below.clone();
        let content = format!("bản ký {}", self.symbol()).into_bytes();
        let body = json!({ "office": below, "genre": "official_letter", "body_code": "TU", "summary": "V/v thử gửi",
            "text": "Nội dung thử nghiệm.", "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
        let made = theirs.post("/api/v1/outgoing-documents", body).await.ok();
        let path = format!("/api/v1/outgoing-documents/{}", made["id"].as_str().unwrap());
        let order = json!({ "signatory": "BÍ THƯ Trần Văn Mẫu" });
        theirs.post(&format!("{path}/issue"), order).await.ok();
        let upload = theirs.upload(&below, "outgoing_document", "ban-ky.txt", content).await;
        theirs.post(&format!("{path}/issued-files"), json!({ "ticket": upload["ticket"] })).await.ok();
        let sent = theirs.post(&format!("{path}/dispatches"), json!({ "offices": [self.office] })).await.ok();
        assert_eq!(sent["total"], 1, "{name}");
        let page = self.all.get(&format!("/api/v1/deliveries?office={}&limit=200", self.office)).await.ok();
        let mut items = page["items"].as_array().unwrap().iter();
        items.find(|one| one["dispatch"] == sent["id"]).unwrap().clone()
    }

    /// An issued document of ours with the scan of its signed paper; sent to an office below when the name says so.
    pub(super) async fn issued(&mut self, name: &str) -> Value {
        let content = format!("bản ký {}", self.symbol()).into_bytes();
        let body = json!({ "office": self.office, "genre": "official_letter", "body_code": "VPTW", "summary": "V/v thử gửi",
            "text": "Nội dung thử nghiệm.", "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
        let made = self.all.post("/api/v1/outgoing-documents", body).await.ok();
        let path = format!("/api/v1/outgoing-documents/{}", made["id"].as_str().unwrap());
        self.all.post(&format!("{path}/issue"), json!({ "signatory": "CHÁNH VĂN PHÒNG Trần Văn Chánh" })).await.ok();
        let upload = self.all.upload(&self.office, "outgoing_document", "ban-ky.txt", content).await;
        let made = self.all.post(&format!("{path}/issued-files"), json!({ "ticket": upload["ticket"] })).await.ok();
        if name == "issued_outgoing" {
            return made;
        }
        let below = self.below.1.clone();
        let sent = self.all.post(&format!("{path}/dispatches"), json!({ "offices": [below] })).await.ok();
        if name == "dispatch" { sent } else { made }
    }
}
