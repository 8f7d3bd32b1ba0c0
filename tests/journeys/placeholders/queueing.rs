//! Files in the clerk's queue.

use serde_json::{Value, json};

use super::World;

impl World {
    /// The ticket of an upload for the queue.
    pub(super) async fn queue_ticket(&mut self) -> String {
        let content = format!("mục chờ vào sổ {}", self.symbol()).into_bytes();
        let upload = self.all.upload(&self.office, "intake_item", "quet.txt", content).await;
        upload["ticket"].as_str().unwrap().to_owned()
    }

    /// A batch of one file.
    pub(super) async fn intake_batch(&mut self) -> Value {
        let ticket = self.queue_ticket().await;
        self.all.post("/api/v1/intake-batches", json!({ "office": self.office, "tickets": [ticket] })).await.ok()
    }

    /// An item, marked official or not.
    pub(super) async fn intake_item(&mut self, official: bool) -> Value {
        let batch = self.intake_batch().await;
        let path = format!("/api/v1/intake-items?office={}&batch={}", self.office, batch["id"].as_str().unwrap());
        let item = self.all.get(&path).await.ok()["items"][0].clone();
        if !official {
            return item;
        }
        let path = format!("/api/v1/intake-items/{}/official", item["id"].as_str().unwrap());
        self.all.post(&path, json!({})).await.ok()
    }
}
