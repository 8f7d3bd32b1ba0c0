//! What examples of proposals and instructions need.

use serde_json::{Value, json};
use wire::CallRow;

use super::World;

/// The day on which an example is tried.
pub(super) fn today() -> Value {
    json!(runtime::Clock::system().now().day())
}

impl World {
    /// What is to happen with a paper.
    fn routing(&self) -> Value {
        json!({ "disposition": "to_process", "lead": self.unit, "text": "Giao Tổ chạy thử tham mưu." })
    }

    /// What deciding upon a paper leaves behind, as its placeholder names it.
    pub(super) async fn decided(&mut self, name: &str, row: &CallRow) -> Value {
        match name {
            "proposal" => self.proposal(row).await,
            "instruction" => self.instruction(row).await,
            _ => self.routing_template().await,
        }
    }

    /// A proposal that another put to us.
    async fn proposal(&mut self, row: &CallRow) -> Value {
        let id = self.incoming(row).await["id"].clone();
        let put_to = self.all.get("/api/v1/me").await.ok()["posts"][0]["position"].clone();
        let path = format!("/api/v1/incoming-documents/{}/proposals", id.as_str().unwrap());
        self.other.post(&path, json!({ "routing": self.routing(), "put_to": put_to })).await.ok()
    }

    /// Our own instruction, written by hand and transcribed by another.
    async fn instruction(&mut self, row: &CallRow) -> Value {
        let id = self.incoming(row).await["id"].clone();
        let me = self.all.get("/api/v1/me").await.ok();
        let scan = self.scan(false).await;
        let path = format!("/api/v1/incoming-documents/{}/instruction-transcriptions", id.as_str().unwrap());
        let body = json!({ "author": me["person"]["id"], "author_position": me["posts"][0]["position"],
            "written": today(), "routing": self.routing(), "scan": scan });
        self.other.post(&path, body).await.ok()
    }

    /// A routing that is kept to be used again.
    async fn routing_template(&mut self) -> Value {
        let body = json!({ "office": self.office, "name": self.symbol(), "routing": self.routing() });
        self.other.post("/api/v1/routing-templates", body).await.ok()
    }

    /// The ticket of a scan, uploaded by us or by another.
    pub(super) async fn scan(&mut self, ours: bool) -> String {
        let content = format!("bút phê {}", self.symbol()).into_bytes();
        let who = if ours { &self.all } else { &self.other };
        let upload = who.upload(&self.office, "instruction_scan", "but-phe.txt", content).await;
        upload["ticket"].as_str().unwrap().to_owned()
    }

    /// Another who instructs: the person, or the position.
    pub(super) async fn instructing(&self, part: &str) -> String {
        let other = self.other.get("/api/v1/me").await.ok();
        let value = if part == "instruction_author" { &other["person"]["id"] } else { &other["posts"][0]["position"] };
        value.as_str().unwrap().to_owned()
    }
}
