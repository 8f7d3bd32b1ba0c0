//! Lists of dossiers and dossiers, in the state that an example needs.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::process::until;

use super::World;

/// The year of the list that stands for all examples which read one.
const YEAR: u32 = 2026;

impl World {
    /// What a placeholder of a dossier names.
    pub(super) async fn of_dossiers(&mut self, name: &str) -> Value {
        match name {
            "dossier_office" => {
                let body = json!({ "office": self.office, "year": YEAR });
                self.all.post("/api/v1/dossier-lists", body).await.ok();
                json!({ "id": self.office })
            }
            "dossier_list" => self.dossier_list().await.0,
            "dossier_entry" => self.dossier_list().await.1,
            "dossier_paper" => {
                let dossier = self.dossier().await;
                let paper = self.outgoing_issued().await;
                self.all.post(&format!("{}/papers", place(&dossier)), json!({ "outgoing": paper })).await.ok()
            }
            "offered_dossier" => {
                let path = format!("{}/handover", place(&self.dossier().await));
                self.all.post(&path, json!({ "unit": self.other_unit })).await.ok()
            }
            "closed_dossier" => {
                let path = format!("{}/closing", place(&self.dossier().await));
                self.all.post(&path, json!({ "confirmed": true })).await.ok()
            }
            "tied_assignment" => self.assigned_from_paper().await,
            _ => self.dossier().await,
        }
    }

    /// A draft list of a year that no other example has, and its entry.
    async fn dossier_list(&mut self) -> (Value, Value) {
        self.count += 1;
        let year = 2000 + self.count % (YEAR - 2000);
        let body = json!({ "office": self.office, "year": year });
        let list = self.all.post("/api/v1/dossier-lists", body).await.ok();
        let entry = json!({ "list": list["id"], "heading": "I. Tổng hợp", "code": "01", "title": "Hồ sơ ví dụ",
            "retention": "permanent", "keeper": self.unit });
        let entry = self.all.post("/api/v1/dossier-entries", entry).await.ok();
        (list, entry)
    }

    async fn dossier(&self) -> Value {
        let body = json!({ "office": self.office, "title": "Hồ sơ ví dụ", "retention": { "years": 10 },
            "keeper": self.unit, "reason": "Việc phát sinh" });
        self.all.post("/api/v1/dossiers", body).await.ok()
    }

    async fn outgoing_issued(&mut self) -> Value {
        let body = json!({ "office": self.office, "genre": "official_letter", "body_code": "VPTW", "summary": "V/v lập hồ sơ",
            "text": "Nội dung.", "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
        let made = self.all.post("/api/v1/outgoing-documents", body).await.ok();
        let path = format!("/api/v1/outgoing-documents/{}/issue", made["id"].as_str().unwrap());
        self.all.post(&path, json!({ "signatory": "CHÁNH VĂN PHÒNG Trần Văn Chánh" })).await.ok()["id"].clone()
    }

    /// Work that was given from a document, once documents has heard of it.
    async fn assigned_from_paper(&mut self) -> Value {
        let symbol = self.symbol();
        let body = json!({ "office": self.office, "author_body": "Cơ quan Ví Dụ", "symbol": symbol, "document_day": "2026-11-18",
            "summary": "V/v giao việc", "pages": 1, "disposition": "to_process" });
        let paper = self.all.post("/api/v1/incoming-documents", body).await.ok();
        let paper = paper["id"].as_str().unwrap();
        let source = json!({ "kind": "incoming_document", "id": paper, "label": symbol });
        let body = json!({ "office": self.office, "source": source, "title": "Việc thử", "expected_product": "Báo cáo",
            "lead_unit": self.unit });
        let work = self.other.post("/api/v1/assignments", body).await.ok();
        until("documents to hear of the work", Duration::from_secs(30), || async {
            let history = self.all.get(&format!("/api/v1/incoming-documents/{paper}/history")).await.ok();
            history["items"].as_array().unwrap().iter().any(|line| line["act"] == "assigned").then_some(())
        })
        .await
        .unwrap();
        work
    }
}

fn place(dossier: &Value) -> String {
    format!("/api/v1/dossiers/{}", dossier["id"].as_str().unwrap())
}
