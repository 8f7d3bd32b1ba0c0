//! The word of others upon a draft, as far as an example wants it.

use serde_json::{Value, json};
use tests::client::Client;

use super::World;

impl World {
    /// A draft of somebody.
    async fn drafted(&self, writer: &Client) -> Value {
        let body = json!({ "office": self.office, "genre": "official_letter", "body_code": "VPTW", "summary": "V/v thử hỏi ý kiến",
            "text": "Nội dung thử nghiệm.", "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
        writer.post("/api/v1/outgoing-documents", body).await.ok()
    }

    /// A draft of ours that nobody was asked about, and whom we can ask; or what was asked, in the state that the
    /// placeholder names.
    pub(super) async fn reviewed(&mut self, name: &str) -> Value {
        let ours = matches!(name, "reviewed_outgoing" | "answered_review" | "own_review");
        let (writer, speaker) =
            if ours { (self.all.clone(), self.other.clone()) } else { (self.other.clone(), self.all.clone()) };
        let me = speaker.get("/api/v1/me").await.ok();
        let of = json!({ "person": me["person"]["id"], "position": me["posts"][0]["position"] });
        if name.starts_with("reviewer") {
            let me = self.other.get("/api/v1/me").await.ok();
            let place = if name == "reviewer" { &me["person"]["id"] } else { &me["posts"][0]["position"] };
            return json!({ "id": place });
        }
        let draft = self.drafted(&writer).await;
        if name == "reviewed_outgoing" {
            return draft;
        }
        let kind = if name == "approval" { "approval" } else { "opinion" };
        let path = format!("/api/v1/outgoing-documents/{}/reviews", draft["id"].as_str().unwrap());
        let asked = writer.post(&path, json!({ "kind": kind, "of": [of] })).await.ok()["items"][0].clone();
        if name == "answered_review" {
            let path = format!("/api/v1/reviews/{}/answer", asked["id"].as_str().unwrap());
            return speaker.post(&path, json!({ "agreed": true, "words": "Sửa mục 2" })).await.ok();
        }
        asked
    }
}
