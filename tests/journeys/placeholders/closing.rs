//! What examples of closures need: days on which the office is not shut yet.

use serde_json::{Value, json};
use wire::Day;

use super::World;

impl World {
    /// A day far ahead that no other example takes.
    fn free_day(&mut self) -> Value {
        self.count += 1;
        json!(Day::new(2031, 1, 1).unwrap().plus(self.count.into()).unwrap())
    }

    /// Puts such a day into an example.
    pub(super) fn shut(&mut self, request: &mut Value) {
        let day = self.free_day();
        (request["first"], request["last"]) = (day.clone(), day);
    }

    /// A closure that an example may cancel.
    pub(super) async fn closure(&mut self) -> Value {
        let mut body = json!({ "office": self.office, "reason": "bão", "instrument": "45-TB/ĐU" });
        self.shut(&mut body);
        self.admin.post("/api/v1/office-closures", body).await.ok()
    }

    /// The next version of roles: it withholds what the last one did not.
    pub(super) async fn narrowing(&mut self, request: &mut Value) {
        let versions = self.admin.get("/api/v1/role-versions").await.ok()["versions"].clone();
        let newest = versions[0].clone();
        request["replaces"] = if newest.is_null() { json!(0) } else { newest["version"].clone() };
        if newest["withheld"] == request["withheld"] {
            request["withheld"] = json!([]);
        }
    }
}
