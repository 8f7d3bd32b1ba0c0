//! What a clerk of a house brings into the queue.

use schema_documents::{BringInIntake, DiscardIntake, IntakeItem, ListIntake, ListRegisters, MarkIntakeOfficial};
use serde_json::json;

use crate::house::{House, Someone};

impl House {
    /// Brings one sealed file into the queue.
    pub(crate) async fn bring_in(&self, clerk: &Someone, name: &str) -> IntakeItem {
        let content = format!("%PDF-1.7 {}", runtime::fresh_id());
        let ticket = self.upload(clerk, name, content.as_bytes(), "intake_item").await;
        let batch = self.ask::<BringInIntake>(clerk, json!({ "office": self.office, "tickets": [ticket] })).await.id;
        self.ask::<ListIntake>(clerk, json!({ "office": self.office, "batch": batch })).await.items.remove(0)
    }

    /// The same, marked as a paper of the office, which may be read.
    pub(crate) async fn bring_in_official(&self, clerk: &Someone, name: &str) -> IntakeItem {
        let id = self.bring_in(clerk, name).await.id;
        self.ask::<MarkIntakeOfficial>(clerk, json!({ "id": id })).await
    }

    /// Discards everything that is still open in the queue.
    pub(crate) async fn clear_queue(&self, clerk: &Someone) {
        let open = self.ask::<ListIntake>(clerk, json!({ "office": self.office })).await.items;
        for item in open {
            self.ask::<DiscardIntake>(clerk, json!({ "id": item.id, "reason": "duplicate" })).await;
        }
    }

    /// The number that comes next in the arrival register.
    pub(crate) async fn next_in(&self, clerk: &Someone) -> i64 {
        let call = json!({ "office": self.office, "kind": "incoming" });
        self.ask::<ListRegisters>(clerk, call).await.items[0].last + 1
    }
}
