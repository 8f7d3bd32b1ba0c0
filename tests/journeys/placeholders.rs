//! Fills the placeholders of examples with ids of the demo office, made afresh where an example needs a noun in a
//! certain state.

use std::{future::Future, time::Duration};

use serde_json::{Value, json};
use testbed::process::until;
use tests::{
    client::Client,
    installation::Installation,
    staff::{PASSWORD, administrator, hire_named, office_of},
};
use wire::{CallRow, Need};

mod adopting;
mod closing;
mod dossiers;
mod importing;
mod instructing;
mod mailing;
mod party;
mod proving;
mod queueing;
mod reviewing;
mod searching;
mod signing;
mod working;

/// People and units of the demo's provincial office.
pub(crate) struct World {
    door: Client,
    admin: Client,
    /// Holds every role of the office's work, and heads their unit.
    all: Client,
    all_name: String,
    /// The same, for what must be another's doing.
    other: Client,
    /// The chief of an office below ours, and that office.
    below: (Client, String),
    office: String,
    unit: String,
    other_unit: String,
    /// Where the demo's mail comes in.
    mail: std::path::PathBuf,
    /// The appointment of whoever stands in or leaves in the example that is being filled.
    stand_in: Value,
    count: u32,
}

const ROLES: [&str; 4] = ["chief_of_office", "document_clerk", "specialist", "secretary"];

impl World {
    pub(crate) async fn of(installation: &Installation) -> Self {
        let accounts = installation.accounts().unwrap();
        let accounts = accounts.as_array().unwrap();
        let door = installation.door();
        let admin = administrator(installation).await;
        let office = office_of(&admin).await;
        let units = admin.get(&format!("/api/v1/units?office={office}&limit=200")).await.ok();
        let id = |index: usize| units["items"][index]["id"].as_str().unwrap().to_owned();
        let other_unit = id(1);
        let ours = json!({ "office": office, "parent": id(0), "name": "Tổ chạy thử", "from": "2025-07-01" });
        let unit = admin.post("/api/v1/units", ours).await.ok()["id"].as_str().unwrap().to_owned();
        let (all, all_name) = hire_named(&admin, &office, &unit, "Đủ Thị Vai", &ROLES, true).await;
        let (other, _) = hire_named(&admin, &office, &unit, "Khác Văn Người", &ROLES, false).await;
        let chief = accounts.iter().find(|account| account["username"] == "th.chanhvp").expect("a provincial chief");
        let theirs = door.sign_in("th.chanhvp", chief["password"].as_str().unwrap()).await.unwrap();
        let below = (theirs.clone(), office_of(&theirs).await);
        let world = Self {
            below,
            door,
            admin,
            all,
            all_name,
            other,
            office,
            unit,
            other_unit,
            mail: installation.folder().join("data").join("mail"),
            stand_in: Value::Null,
            count: 0,
        };
        // The programme hears of the new unit by an event.
        until("the new unit to be known", Duration::from_secs(30), || async {
            world.try_assign(&world.all).await.status.is_success().then_some(())
        })
        .await
        .unwrap();
        world.give_keys(installation).await;
        world
    }

    /// Makes a call with its example, filled.
    pub(crate) async fn call<F, Fut>(&mut self, row: &CallRow, send: F) -> (u16, Value)
    where
        F: Fn(CallRow, Client, Value) -> Fut,
        Fut: Future<Output = (u16, Value)>,
    {
        if proving::is_own(row) {
            let (client, request) = self.own(row).await;
            return send(row.clone(), client, request).await;
        }
        let request = Box::pin(self.filled(row)).await;
        let client = match &row.need {
            Need::Permission(permission) if proving::administrative(permission) => self.admin.clone(),
            _ if row.name.starts_with("sign_out") => self.door.sign_in(&self.all_name, PASSWORD).await.unwrap(),
            _ => self.all.clone(),
        };
        let answer = send(row.clone(), client, request).await;
        if row.name.starts_with("sign_out_everywhere") {
            self.all = self.door.sign_in(&self.all_name, PASSWORD).await.unwrap();
        }
        answer
    }

    async fn filled(&mut self, row: &CallRow) -> Value {
        let mut text = row.example.request.to_string();
        let mut owner: Option<Value> = None;
        // One example means one person by these, wherever in it they stand.
        if text.contains("{deputy}") || text.contains("{leaver}") {
            self.stand_in = self.other("other_appointment", None).await;
        }
        while let Some(name) = placeholder(&text) {
            let value = match name.as_str() {
                // A file or a draft belongs to the document that the same example names.
                "file" | "draft" => {
                    let owner = owner.as_ref().expect("the document comes before its file");
                    let part = if name == "file" { &owner["files"][0]["id"] } else { &owner["draft"] };
                    part.as_str().unwrap().to_owned()
                }
                "incoming" | "outgoing" => {
                    let document = if name == "incoming" { self.incoming(row).await } else { self.outgoing(row).await };
                    let id = document["id"].as_str().unwrap().to_owned();
                    owner = Some(document);
                    id
                }
                "to_sign_sha" | "to_seal_sha" => {
                    owner.as_ref().expect("the document comes before its hash")["sha256"].as_str().unwrap().to_owned()
                }
                "delivered_file" => {
                    let sent = &owner.as_ref().expect("the delivery comes before its file")["sent"];
                    sent["files"][0]["id"].as_str().unwrap().to_owned()
                }
                "delivery" | "dispatch" | "issued_outgoing" | "sent_outgoing" => {
                    let made = if name == "delivery" { self.sent(&name).await } else { self.issued(&name).await };
                    let id = made["id"].as_str().unwrap().to_owned();
                    owner = Some(made);
                    id
                }
                "signed_outgoing" | "to_sign" | "to_seal" | "to_hand" | "laying_out" => {
                    let way = self.executed(&name).await;
                    let id = way["id"].as_str().unwrap().to_owned();
                    owner = Some(way);
                    id
                }
                _ => self.fresh(&name, row).await,
            };
            text = text.replace(&format!("\"{{{name}}}\""), &json!(value).to_string());
        }
        let mut request: Value = serde_json::from_str(&text).unwrap();
        if row.name == "register_incoming.v1" {
            request["symbol"] = json!(self.symbol());
        }
        match row.name.as_str() {
            "add_calendar_resource.v1" => request["name"] = json!(format!("Phòng họp {}", self.symbol())),
            "record_office_closure.v1" => self.shut(&mut request),
            "save_role_version.v1" => self.narrowing(&mut request).await,
            "reserve_numbers.v1" => request["expires"] = adopting::tomorrow(),
            "hand_over_papers.v1" => self.arrived(&mut request, row).await,
            "transcribe_instruction.v1" => request["written"] = instructing::today(),
            _ => {}
        }
        if request.get("written_at").is_some() {
            self.written(&mut request).await;
        }
        request
    }

    async fn fresh(&mut self, name: &str, row: &CallRow) -> String {
        let made = match name {
            "office" => return self.office.clone(),
            "unit" => return self.unit.clone(),
            "other_unit" | "another_unit" | "third_unit" => return self.other_unit(row).await,
            "other_office" | "another_office" | "third_office" => return self.other_office().await,
            "username" => return self.all_name.clone(),
            "password" => return PASSWORD.to_owned(),
            "ticket" if row.name.contains("old_register") => return self.old_book().await,
            "ticket" if row.name.contains("opening") => return self.book().await,
            "ticket" if row.name.contains("directory") => return self.list().await,
            "ticket" if row.name.contains("import_draft") => return self.word_file().await,
            "ticket" if row.name.contains("emblem") => return self.emblem().await,
            "office_with_emblem" => return self.emblazoned().await,
            "ticket" if row.name.contains("transcribe") => return self.scan(true).await,
            "instruction_author" | "instruction_position" => return self.instructing(name).await,
            "proposal" | "instruction" | "routing_template" => self.decided(name, row).await,
            "ticket" => {
                let purpose = queueing::purpose(row);
                let content = format!("tệp đính kèm {}", self.symbol()).into_bytes();
                let upload = self.all.upload(&self.office, purpose, "dinh-kem.txt", content).await;
                return upload["ticket"].as_str().unwrap().to_owned();
            }
            "refresh_token" => {
                let body = json!({ "username": self.all_name, "password": PASSWORD });
                let tokens = self.door.post("/api/v1/sign-in", body).await.ok();
                return tokens["refresh_token"].as_str().unwrap().to_owned();
            }
            "code" => return self.code().await,
            "own_person" | "own_position" | "deputy" | "deputy_position" | "leaver" | "left_position" => {
                return self.standing_in(name).await;
            }
            "delegation" => self.made("create_delegation.v1", "delegations").await,
            "closure" => self.closure().await,
            "absence" => self.made("create_absence.v1", "absences").await,
            "handover" => self.made("create_handover.v1", "handovers").await["handover"].clone(),
            "register" if row.name == "close_register.v1" => self.open_register().await,
            "register" => {
                let made = self.incoming(row).await;
                return made["register"].as_str().unwrap().to_owned();
            }
            "notice" => self.notice().await,
            "review" | "approval" | "answered_review" | "own_review" | "reviewed_outgoing" | "reviewer"
            | "reviewer_position" => self.reviewed(name).await,
            "recovery" => self.recovery().await,
            "issuing_body" => self.issuing_body().await,
            "secret_outgoing" => self.secret().await,
            "limited_incoming" => self.limited(row).await,
            "found_incoming" => self.found(row).await,
            "stamped_outgoing" => self.stamped().await,
            "paper_template" => self.paper_template().await,
            "number_block" => self.number_block(row).await,
            "mail" | "asking_mail" => return self.mailed().await,
            "intake_batch" | "intake_item" => self.queued(name, row).await,
            "opening_act" => self.opening_act(row).await,
            "old_register" => self.old_register().await,
            "directory_import" => self.directory_import().await,
            "calendar_resource" | "calendar_entry" | "letter" => self.put_down(name).await,
            "person" | "position" => {
                let list = if name == "person" { "people" } else { "positions" };
                let page = self.admin.get(&format!("/api/v1/{list}?office={}&limit=1", self.office)).await.ok();
                page["items"][0].clone()
            }
            _ if name.contains("dossier") || name == "tied_assignment" => self.of_dossiers(name).await,
            _ if name.contains("party_") => self.of_the_party(name).await,
            _ if name.starts_with("other_") => self.other(name, Some(row)).await,
            _ => self.assignment(name).await,
        };
        made["id"].as_str().unwrap_or_else(|| panic!("no id for {name}: {made}")).to_owned()
    }

    async fn other_unit(&mut self, row: &CallRow) -> String {
        if !row.name.contains("unit") {
            return self.other_unit.clone();
        }
        let name = format!("Tổ thử {}", self.symbol());
        let body = json!({ "office": self.office, "parent": self.unit, "name": name, "from": "2025-07-01" });
        self.admin.post("/api/v1/units", body).await.ok()["id"].as_str().unwrap().to_owned()
    }

    /// An office below ours, made for the purpose: nothing stands in it that keeps it from ending.
    async fn other_office(&mut self) -> String {
        let ours = self.admin.get(&format!("/api/v1/offices/{}", self.office)).await.ok();
        self.count += 1;
        let (code, name, kind, parent) = match ours["kind"].as_str().unwrap() {
            "centre" => (self.free_code().await, "Tỉnh Ví Dụ", "province", json!("")),
            _ => (format!("{}", 99_000 + self.count), "Xã Ví Dụ", "commune", ours["code"].clone()),
        };
        let row = json!({ "line": 2, "code": code, "name": name, "kind": kind, "parent_code": parent });
        let body = json!({ "from": "2025-07-01", "rows": [row] });
        self.admin.post("/api/v1/unit-imports", body).await.ok();
        let below = self.admin.get(&format!("/api/v1/offices?parent={}&q=vi+du&limit=200", self.office)).await.ok();
        let offices = below["items"].as_array().unwrap();
        let made = offices.iter().find(|office| office["code"] == json!(code)).unwrap();
        made["id"].as_str().unwrap().to_owned()
    }

    /// A code that no province has had.
    async fn free_code(&self) -> String {
        let path = "/api/v1/offices?kind=province&as_of=2025-07-01&limit=200";
        let provinces = self.admin.get(path).await.ok();
        let taken =
            |code: &String| provinces["items"].as_array().unwrap().iter().any(|office| office["code"] == **code);
        (10..100).rev().map(|code| code.to_string()).find(|code| !taken(code)).unwrap()
    }

    /// People, positions, appointments and accounts that an example may change without harm to the others.
    async fn other(&mut self, name: &str, row: Option<&CallRow>) -> Value {
        let office = self.office.clone();
        let person = json!({ "office": office, "full_name": "Người Thử Nghiệm" });
        let person = self.admin.post("/api/v1/people", person).await.ok();
        if name == "other_person" {
            if row.is_some_and(|row| row.name == "enable_person.v1") {
                let path = format!("/api/v1/people/{}/disable", person["id"].as_str().unwrap());
                return self.admin.post(&path, json!({})).await.ok();
            }
            return person;
        }
        if name == "other_account" {
            let body = json!({ "office": office, "person": person["id"] });
            let account = self.admin.post("/api/v1/accounts", body).await.ok();
            if row.is_some_and(|row| row.name == "enable_account.v1") {
                let path = format!("/api/v1/accounts/{}/disable", account["id"].as_str().unwrap());
                return self.admin.post(&path, json!({})).await.ok();
            }
            return account;
        }
        let position = json!({ "office": office, "unit": self.unit, "title": "Thử", "roles": ["specialist"], "from": "2025-07-01" });
        let position = self.admin.post("/api/v1/positions", position).await.ok();
        if name == "other_position" {
            return position;
        }
        let body =
            json!({ "office": office, "person": person["id"], "position": position["id"], "from": "2025-07-01" });
        self.admin.post("/api/v1/appointments", body).await.ok()
    }

    /// Whoever stands in for us, or leaves a post that we take over; and we ourselves.
    async fn standing_in(&mut self, name: &str) -> String {
        let me = self.all.get("/api/v1/me").await.ok();
        let own = me["person"]["id"].clone();
        if name == "left_position" {
            let body = json!({ "office": self.office, "person": own, "position": self.stand_in["position"], "from": "2025-07-01" });
            self.admin.post("/api/v1/appointments", body).await.ok();
        }
        let value = match name {
            "own_person" => own,
            "own_position" => me["posts"][0]["position"].clone(),
            "deputy" | "leaver" => self.stand_in["person"].clone(),
            _ => self.stand_in["position"].clone(),
        };
        value.as_str().unwrap().to_owned()
    }

    /// What another call of ours makes with its own example.
    async fn made(&mut self, call: &str, path: &str) -> Value {
        let contract = schema_identity::contract();
        let row = contract.call(call).unwrap();
        let body = Box::pin(self.filled(row)).await;
        self.all.post(&format!("/api/v1/{path}"), body).await.ok()
    }

    async fn code(&mut self) -> String {
        let account = self.other("other_account", None).await;
        let path = format!("/api/v1/accounts/{}/enrolments", account["id"].as_str().unwrap());
        self.admin.post(&path, json!({})).await.ok()["code"].as_str().unwrap().to_owned()
    }

    async fn open_register(&mut self) -> Value {
        let body = json!({ "office": self.office, "kind": "outgoing", "body_code": "VPTW", "genres": ["plan"], "period": "term", "first_day": "2025-07-20" });
        self.all.post("/api/v1/registers", body).await.ok()
    }

    fn symbol(&mut self) -> String {
        self.count += 1;
        format!("{}-CV/VD", 5_000 + self.count)
    }

    /// A letter with a file, in the state its example needs.
    async fn incoming(&mut self, row: &CallRow) -> Value {
        let content = format!("nội dung {}", self.symbol()).into_bytes();
        let upload = self.all.upload(&self.office, "incoming_document", "van-ban.txt", content).await;
        let body = json!({ "office": self.office, "author_body": "Cơ quan Ví Dụ", "symbol": self.symbol(), "document_day": "2026-11-18",
            "genre_name": "Công văn", "summary": "V/v thử nghiệm", "pages": 1, "files": [upload["ticket"]] });
        let made = self.all.post("/api/v1/incoming-documents", body).await.ok();
        if row.name == "return_incoming.v1" {
            let path = format!("/api/v1/incoming-documents/{}/passages", made["id"].as_str().unwrap());
            return self.all.post(&path, json!({ "unit": self.unit })).await.ok();
        }
        made
    }

    /// A draft with a file; issued when the example is about an issued one.
    async fn outgoing(&mut self, row: &CallRow) -> Value {
        let body = json!({ "office": self.office, "genre": "official_letter", "body_code": "VPTW", "summary": "V/v thử nghiệm",
            "text": "Nội dung thử nghiệm.", "recipients": [{ "name": "Cơ quan Ví Dụ" }] });
        let made = self.all.post("/api/v1/outgoing-documents", body).await.ok();
        let path = format!("/api/v1/outgoing-documents/{}", made["id"].as_str().unwrap());
        let content = format!("phụ lục {}", self.symbol()).into_bytes();
        let upload = self.all.upload(&self.office, "outgoing_document", "phu-luc.txt", content).await;
        let made = self.all.post(&format!("{path}/files"), json!({ "ticket": upload["ticket"] })).await.ok();
        if ["void_outgoing.v1", "attach_issued_outgoing_file.v1", "download_edxml.v1"].contains(&row.name.as_str()) {
            return self
                .all
                .post(&format!("{path}/issue"), json!({ "signatory": "CHÁNH VĂN PHÒNG Trần Văn Chánh" }))
                .await
                .ok();
        }
        made
    }
}

/// The first placeholder of a text.
fn placeholder(text: &str) -> Option<String> {
    let start = text.find("\"{")? + 2;
    let end = start + text.get(start..)?.find("}\"")?;
    let name = text.get(start..end)?;
    name.chars().all(|c| c.is_ascii_lowercase() || c == '_').then(|| name.to_owned())
}
