//! What examples of lists of units and people need, and of emblems.

use reqwest::Method;
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

    /// The ticket of a draft as a Word document.
    pub(super) async fn word_file(&mut self) -> String {
        let content = testbed::word::document(&testbed::word::paragraph(&format!("Nội dung {}.", self.symbol())));
        let upload = self.all.upload(&self.office, "outgoing_document", "du-thao.docx", content).await;
        upload["ticket"].as_str().unwrap().to_owned()
    }

    /// A draft with such a list.
    pub(super) async fn directory_import(&mut self) -> Value {
        let ticket = self.list().await;
        let body = json!({ "office": self.office, "kind": "people", "ticket": ticket });
        self.admin.post("/api/v1/directory-imports", body).await.ok()
    }

    /// The ticket of a small picture.
    pub(super) async fn emblem(&mut self) -> String {
        let mut content = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(8, 8).write_to(&mut content, image::ImageFormat::Png).unwrap();
        let upload = self.admin.upload(&self.office, "office_emblem", "bieu-trung.png", content.into_inner()).await;
        upload["ticket"].as_str().unwrap().to_owned()
    }

    /// Our office, once it wears one.
    pub(super) async fn emblazoned(&mut self) -> String {
        let (path, body) =
            (format!("/api/v1/offices/{}/emblem", self.office), json!({ "ticket": self.emblem().await }));
        let key = runtime::fresh_id().to_string();
        self.admin.try_send(Method::PUT, &path, Some(body), &[("Idempotency-Key", &key)]).await.unwrap().ok();
        self.office.clone()
    }
}
