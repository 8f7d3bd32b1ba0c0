//! What examples about second factors, one's own sessions and recoveries need: somebody with an authenticator of their own.

use runtime::Clock;
use serde_json::{Map, Value, json};
use testbed::authenticator::{App, Passkey};
use tests::{
    client::Client,
    staff::{PASSWORD, hire_named},
};
use wire::CallRow;

use super::World;

const FACTORS: &str = "/api/v1/my-factors";

/// Whether an example is about the factors or sessions of whoever makes the call.
pub(super) fn is_own(row: &CallRow) -> bool {
    const OWN: [&str; 4] = [FACTORS, "/api/v1/my-sessions", "/api/v1/step-up", "/api/v1/sign-in/second-factor"];
    row.http.as_ref().is_some_and(|http| OWN.iter().any(|own| http.path.starts_with(own)))
}

impl World {
    /// Somebody new, who makes such a call, and the example filled for them.
    pub(super) async fn own(&mut self, row: &CallRow) -> (Client, Value) {
        let (who, name) =
            hire_named(&self.admin, &self.office, &self.unit, "Tự Thị Chứng", &["specialist"], false).await;
        let mut request = row.example.request.clone();
        match row.name.as_str() {
            "name_my_session.v1" | "end_my_session.v1" => {
                self.door.sign_in(&name, PASSWORD).await.unwrap();
                let sessions = who.get("/api/v1/my-sessions").await.ok();
                request["id"] = sessions["sessions"][0]["id"].clone();
            }
            "step_up.v1" => request["proof"] = json!({ "password": PASSWORD }),
            "confirm_totp.v1" => request["code"] = json!(begun(&who).await.code(0)),
            "remove_totp.v1" | "renew_recovery_codes.v1" => {
                enrolled(&who).await;
            }
            "sign_in_second_factor.v1" => {
                let app = enrolled(&who).await;
                let needed = self.door.post("/api/v1/sign-in", json!({ "username": name, "password": PASSWORD })).await;
                request = json!({ "continuation": needed.body["values"]["continuation"],
                    "proof": { "totp": app.code(1) } });
            }
            "add_passkey.v1" => request["credential"] = self.created(&who).await.into(),
            "begin_passkey_step_up.v1" => self.with_passkey(&who).await,
            "remove_passkey.v1" => {
                self.with_passkey(&who).await;
                request["id"] = who.get(FACTORS).await.ok()["passkeys"][0]["id"].clone();
            }
            _ => {}
        }
        (who, request)
    }

    /// A recovery that another administrator has asked for.
    pub(super) async fn recovery(&mut self) -> Value {
        let account = self.other("other_account", None).await;
        let roles = ["administrator"];
        let (second, _) = hire_named(&self.admin, &self.office, &self.unit, "Quản Thị Trị", &roles, false).await;
        let body = json!({ "account": account["id"], "reason": "Mất điện thoại; đã gặp trực tiếp." });
        second.post("/api/v1/recoveries", body).await.ok()
    }

    /// What a new passkey says, in the browser that shows the demo's page, to what somebody was asked.
    async fn created(&self, who: &Client) -> Map<String, Value> {
        let asked = who.post(&format!("{FACTORS}/passkeys/challenges"), json!({})).await.ok();
        let host = asked["options"]["rp"]["id"].as_str().unwrap();
        let door = self.door.url("");
        let port = door.rsplit(':').next().unwrap();
        let mut passkey = Passkey::new(host, &format!("http://{host}:{port}"));
        passkey.create(asked["options"].as_object().unwrap())
    }

    async fn with_passkey(&self, who: &Client) {
        let body = json!({ "name": "Khóa bảo mật", "credential": self.created(who).await });
        who.post(&format!("{FACTORS}/passkeys"), body).await.ok();
    }
}

/// An app that has been given its secret.
async fn begun(who: &Client) -> App {
    let begun = who.post(&format!("{FACTORS}/totp"), json!({})).await.ok();
    App::new(begun["secret"].as_str().unwrap(), Clock::system().now().unix_seconds())
}

async fn enrolled(who: &Client) -> App {
    let app = begun(who).await;
    who.post(&format!("{FACTORS}/totp/confirm"), json!({ "code": app.code(0) })).await.ok();
    app
}

/// Administrators keep accounts and watch the house; the Party's roll is kept by those who do the office's work.
pub(super) fn administrative(permission: &str) -> bool {
    let areas = ["identity.", "audit.", "health.", "search."];
    areas.iter().any(|area| permission.starts_with(area)) && !permission.starts_with("identity.party.")
}
