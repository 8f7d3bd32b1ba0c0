//! What examples of party organisations, members and committees need.

use serde_json::{Value, json};

use super::World;

const FOUNDED: &str = "2025-07-01";
const NAME: &str = "Đảng bộ cơ sở chạy thử";

fn act() -> Value {
    json!({ "number": "12-QĐ/ĐU", "day": FOUNDED, "body": "Ban Thường vụ Đảng ủy" })
}

impl World {
    /// A base organisation, a cell, a member, a committee or a post in it, each made afresh but the first.
    pub(super) async fn of_the_party(&mut self, name: &str) -> Value {
        match name {
            "party_organisation" => self.party_top().await,
            "party_member" => self.party_member().await,
            "party_committee" => self.party_committee().await,
            "party_seat" => {
                let (committee, member) = (self.party_committee().await, self.party_member().await);
                let path = format!("/api/v1/party-committees/{}/seats", committee["id"].as_str().unwrap());
                let seat = json!({ "member": member["id"], "post": "secretary", "manner": "elected",
                    "from": "2025-07-20", "instrument": act() });
                self.all.post(&path, seat).await.ok()
            }
            _ => self.party_cell().await,
        }
    }

    /// A base organisation, made once: below what leads in the office, if anything does.
    async fn party_top(&self) -> Value {
        let list = format!("/api/v1/party-organisations?office={}&limit=200", self.office);
        let found = self.all.get(&list).await.ok()["items"].as_array().cloned().unwrap();
        if let Some(made) = found.iter().find(|one| one["name"] == NAME) {
            return made.clone();
        }
        let mut top = json!({ "office": self.office, "name": NAME, "kind": "base", "from": FOUNDED,
            "instrument": act() });
        if let Some(leading) = found.iter().find(|one| one["parent"].is_null()) {
            top["parent"] = leading["id"].clone();
        }
        self.all.post("/api/v1/party-organisations", top).await.ok()
    }

    async fn party_cell(&mut self) -> Value {
        let (top, name) = (self.party_top().await, format!("Chi bộ {}", self.symbol()));
        let cell = json!({ "office": self.office, "name": name, "kind": "cell", "parent": top["id"],
            "from": FOUNDED, "instrument": act() });
        self.all.post("/api/v1/party-organisations", cell).await.ok()
    }

    /// A member in a cell of their own.
    async fn party_member(&mut self) -> Value {
        let cell = self.party_cell().await;
        let member = json!({ "organisation": cell["id"], "full_name": "Lê Thị Hoa", "admitted": "2019-05-19",
            "official": "2020-05-19", "from": FOUNDED });
        self.all.post("/api/v1/party-members", member).await.ok()
    }

    async fn party_committee(&mut self) -> Value {
        let cell = self.party_cell().await;
        let term = json!({ "organisation": cell["id"], "congress": "Đại hội lần thứ I", "from": "2025-07-20",
            "instrument": act() });
        self.all.post("/api/v1/party-committees", term).await.ok()
    }
}
