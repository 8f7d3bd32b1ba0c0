//! What examples of lists of units and people need.

use serde_json::{Value, json};

use super::World;

impl World {
    /// The ticket of a list with somebody whom no other list names.
    pub(super) async fn list(&mut self) -> String {
        self.count += 1;
        let content = format!("Cán bộ;Đơn vị;Chức vụ\nNgười Thử {};Tổ chạy thử;Chuyên viên\n", self.count).into_bytes();
        let upload = self.admin.upload(&self.office, "directory_import", "danh-sach.csv", content).await;
        upload["ticket"].as_str().unwrap().to_owned()
    }

    /// A draft with such a list.
    pub(super) async fn directory_import(&mut self) -> Value {
        let ticket = self.list().await;
        let body = json!({ "office": self.office, "kind": "people", "ticket": ticket });
        self.admin.post("/api/v1/directory-imports", body).await.ok()
    }
}
