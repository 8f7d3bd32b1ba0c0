//! What a file is uploaded for, and files in the clerk's queue.

use serde_json::{Value, json};
use wire::CallRow;

use super::World;

/// What the file of an example is for.
pub(super) fn purpose(row: &CallRow) -> &'static str {
    match &row.name {
        name if name.contains("intake") => "intake_item",
        name if name.contains("outgoing") => "outgoing_document",
        _ => "incoming_document",
    }
}

impl World {
    /// A batch of one file, or its item, marked official where the example reads it.
    pub(super) async fn queued(&mut self, name: &str, row: &CallRow) -> Value {
        let content = format!("mục chờ vào sổ {}", self.symbol()).into_bytes();
        let upload = self.all.upload(&self.office, "intake_item", "quet.txt", content).await;
        let body = json!({ "office": self.office, "tickets": [upload["ticket"]] });
        let batch = self.all.post("/api/v1/intake-batches", body).await.ok();
        if name == "intake_batch" {
            return batch;
        }
        let path = format!("/api/v1/intake-items?office={}&batch={}", self.office, batch["id"].as_str().unwrap());
        let item = self.all.get(&path).await.ok()["items"][0].clone();
        if row.name != "download_intake.v1" {
            return item;
        }
        let path = format!("/api/v1/intake-items/{}/official", item["id"].as_str().unwrap());
        self.all.post(&path, json!({})).await.ok()
    }

    /// A document that is to go back.
    pub(super) async fn limited(&mut self, row: &CallRow) -> Value {
        let made = self.incoming(row).await;
        let path = format!("/api/v1/incoming-documents/{}/circulation", made["id"].as_str().unwrap());
        self.all.post(&path, json!({ "mark": "return_after_reading" })).await.ok();
        made
    }
}
