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
}
