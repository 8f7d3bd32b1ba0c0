//! What examples of outages, of bodies with their seals and of opening acts need.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::process::until;
use wire::CallRow;

use super::World;

/// A book that was kept by hand: one paper, below every number that the examples open at.
const BOOK: &str = "Số vào sổ;Ngày đến;Tác giả;Trích yếu\n";

/// The day after today.
pub(super) fn tomorrow() -> Value {
    json!(runtime::Clock::system().now().day().plus(1).unwrap())
}

impl World {
    /// A body that issues, under a code of its own.
    pub(super) async fn issuing_body(&mut self) -> Value {
        self.count += 1;
        let body = json!({ "office": self.office, "code": format!("BCĐ{}", self.count), "name": "Ban Chỉ đạo thử",
            "seal": "Con dấu tròn, số 01", "custodian_title": "Văn thư", "from": "2025-07-01" });
        self.all.post("/api/v1/issuing-bodies", body).await.ok()
    }

    /// A template of papers that holds from a later day.
    pub(super) async fn paper_template(&mut self) -> Value {
        let body = json!({ "office": self.office, "from": "2035-12-01", "says": { "closing": "Trân trọng." } });
        self.all.post("/api/v1/paper-templates", body).await.ok()
    }

    /// A document that was issued by a body whose seal is recorded.
    pub(super) async fn stamped(&mut self) -> Value {
        let code = self.issuing_body().await["code"].clone();
        let body = json!({ "office": self.office, "genre": "official_letter", "body_code": code, "summary": "V/v thử đóng dấu",
            "text": "Nội dung thử nghiệm.", "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
        let made = self.all.post("/api/v1/outgoing-documents", body).await.ok();
        let path = format!("/api/v1/outgoing-documents/{}/issue", made["id"].as_str().unwrap());
        self.all.post(&path, json!({ "signatory": "TRƯỞNG BAN Trần Văn Ban" })).await.ok()
    }

    /// Names a paper that arrived, in the register that gave its number.
    pub(super) async fn arrived(&mut self, request: &mut Value, row: &CallRow) {
        let paper = self.incoming(row).await;
        (request["register"], request["numbers"]) = (paper["register"].clone(), json!([paper["number"]]));
    }

    /// Numbers held back on a sheet, in the register that the example means.
    pub(super) async fn number_block(&mut self, row: &CallRow) -> Value {
        let register = if row.name.contains("outgoing") {
            let path = format!("/api/v1/registers?office={}&kind=outgoing&limit=200", self.office);
            let registers = self.all.get(&path).await.ok();
            let found = registers["items"].as_array().unwrap().iter().find(|register| {
                register["body_code"] == "VPTW"
                    && register["genres"]
                        .as_array()
                        .is_none_or(|genres| genres.iter().any(|genre| genre == "official_letter"))
            });
            found.unwrap_or_else(|| panic!("no register of letters in {registers}"))["id"].clone()
        } else {
            self.incoming(row).await["register"].clone()
        };
        self.count += 1;
        let body = json!({ "register": register, "numbers": 3, "sheet": format!("Phiếu {}", self.count),
            "holder": self.person_id().await, "holder_name": "Lê Thị Hạnh", "expires": tomorrow() });
        self.all.post("/api/v1/number-blocks", body).await.ok()
    }

    /// An opening act of a year that no other has, as far on as the example needs it.
    pub(super) async fn opening_act(&mut self, row: &CallRow) -> Value {
        self.count += 1;
        let year = 2100 + self.count;
        let register = json!({ "kind": "incoming", "period": "year", "first_day": format!("{year}-01-01"),
            "last_day": format!("{year}-12-31"), "next_number": 312 });
        let body = json!({ "office": self.office, "day": runtime::Clock::system().now().day(),
            "instrument": "Biên bản mở sổ số 01-BB/VPĐU", "signatory": "CHÁNH VĂN PHÒNG Phạm Văn Khải",
            "registers": [register] });
        let act = self.all.post("/api/v1/opening-acts", body).await.ok();
        if row.name == "undo_opening_act.v1" {
            let path = format!("/api/v1/opening-acts/{}", act["id"].as_str().unwrap());
            self.all.post(&format!("{path}/apply"), json!({})).await.ok();
            return until("the act to be in force", Duration::from_secs(30), || async {
                let act = self.all.get(&path).await.ok();
                (act["state"] == "applied").then_some(act)
            })
            .await
            .unwrap();
        }
        act
    }

    /// The ticket of a book that was kept by hand.
    pub(super) async fn book(&mut self) -> String {
        let content = format!("{BOOK}{};02/01/2100;Cơ quan Ví Dụ;V/v thử\n", self.count).into_bytes();
        let upload = self.all.upload(&self.office, "opening_import", "mo-so.csv", content).await;
        upload["ticket"].as_str().unwrap().to_owned()
    }

    /// The ticket of a register of a past year.
    pub(super) async fn old_book(&mut self) -> String {
        self.count += 1;
        let content = format!("Số vào sổ;Năm;Trích yếu\n{}a;2016;V/v thử\n", self.count).into_bytes();
        let upload = self.all.upload(&self.office, "old_register", "so-cu.csv", content).await;
        upload["ticket"].as_str().unwrap().to_owned()
    }

    /// A register of a past year that was brought in.
    pub(super) async fn old_register(&mut self) -> Value {
        let body = json!({ "office": self.office, "kind": "incoming", "ticket": self.old_book().await });
        self.all.post("/api/v1/old-registers", body).await.ok()
    }

    /// Sets right what an example cannot know: which numbers are held back, and that they were written just now.
    pub(super) async fn written(&mut self, request: &mut Value) {
        let path = format!("/api/v1/number-blocks/{}", request["id"].as_str().unwrap());
        let block = self.all.get(&path).await.ok();
        request["number"] = block["first"].clone();
        request["written_at"] = json!(runtime::Clock::system().now());
        for part in ["document", "letter"] {
            if let Some(part) = request.get_mut(part).and_then(Value::as_object_mut) {
                part.remove("arrived");
            }
        }
        if request["document"].is_object() {
            request["document"]["symbol"] = json!(self.symbol());
        }
    }

    async fn person_id(&self) -> Value {
        let page = self.admin.get(&format!("/api/v1/people?office={}&limit=1", self.office)).await.ok();
        page["items"][0]["id"].clone()
    }
}
