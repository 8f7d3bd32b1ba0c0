//! Work that is given and done, as far as an example wants it.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::process::until;
use tests::client::{Answer, Client};

use super::World;

impl World {
    /// A notice that somebody has given us work.
    pub(super) async fn notice(&self) -> Value {
        self.try_assign(&self.other).await.ok();
        until("a notice of the work", Duration::from_secs(30), || async {
            let page = self.all.get(&format!("/api/v1/notices?office={}&unread=true", self.office)).await.ok();
            page["items"].get(0).cloned()
        })
        .await
        .unwrap()
    }

    pub(super) async fn try_assign(&self, giver: &Client) -> Answer {
        let body = json!({ "office": self.office, "source": { "kind": "spoken_order", "label": "Giao ban" },
            "title": "Việc thử", "expected_product": "Báo cáo", "lead_unit": self.unit });
        giver.post("/api/v1/assignments", body).await
    }

    /// An assignment of one's own unit, in the state its placeholder names.
    pub(super) async fn assignment(&mut self, name: &str) -> Value {
        // What is judged next has another handler than the one who judges.
        let judged = matches!(name, "asked_assignment" | "done_assignment");
        let (giver, worker) =
            if judged { (self.all.clone(), self.other.clone()) } else { (self.other.clone(), self.all.clone()) };
        let made = self.try_assign(&giver).await.ok();
        let path = format!("/api/v1/assignments/{}", made["id"].as_str().unwrap());
        if name == "assignment" {
            return made;
        }
        let accepted = worker.post(&format!("{path}/acceptance"), json!({})).await.ok();
        match name {
            "waiting_assignment" => worker.post(&format!("{path}/waits"), json!({ "on": "số liệu" })).await.ok(),
            "asked_assignment" => {
                let body = json!({ "until": "2035-12-28", "reason": "Chờ số liệu" });
                worker.post(&format!("{path}/extensions"), body).await.ok()
            }
            "done_assignment" => {
                let body = json!({ "evidence": [{ "kind": "note", "label": "Đã báo cáo" }] });
                worker.post(&format!("{path}/completion"), body).await.ok()
            }
            _ => accepted,
        }
    }

    /// What an office writes into its calendar, or down at its door.
    pub(super) async fn put_down(&mut self, name: &str) -> Value {
        let office = self.office.clone();
        let (path, body) = match name {
            "calendar_resource" => {
                let name = format!("Phòng họp {}", self.symbol());
                ("calendar-resources", json!({ "office": office, "kind": "room", "name": name }))
            }
            "calendar_entry" => {
                let (starts, ends) = ("2035-11-20T01:00:00Z", "2035-11-20T03:00:00Z");
                let (title, place) = ("Họp thử", "Hội trường");
                let body = json!({ "office": office, "title": title, "place": place, "starts": starts, "ends": ends });
                ("calendar-entries", body)
            }
            _ => ("citizen-letters", json!({ "office": office, "envelopes": 1 })),
        };
        self.all.post(&format!("/api/v1/{path}"), body).await.ok()
    }
}
