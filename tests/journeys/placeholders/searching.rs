//! What searches find.

use std::time::Duration;

use serde_json::Value;
use testbed::process::until;
use wire::CallRow;

use super::World;

impl World {
    /// A document that arrived and that the index has taken.
    pub(super) async fn found(&mut self, row: &CallRow) -> Value {
        let made = self.incoming(row).await;
        let path = format!("/api/v1/search?kind=incoming_document&symbol={}", made["number"]);
        until("the document to be found", Duration::from_secs(30), || async {
            let page = self.all.get(&path).await.ok();
            page["items"].as_array()?.iter().find(|hit| hit["id"] == made["id"]).cloned()
        })
        .await
        .unwrap()
    }
}
