//! A played service with a contract of its own: it keeps notes, remembers what it was asked, and says what tests want.

use std::sync::{Arc, Mutex};

use bus::{Answer, Bus, Endpoint, Request, ServiceInfo, Serving};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use service::builtin::{DESCRIBE, Described};
use tokio::sync::Notify;
use uuid::Uuid;
use wire::{Contract, Cursor, Download, Fault, Kind, Meta, Page, Version, call_subject, id::OfficeId};

pub(crate) const OFFICE: &str = "01938a2c-0000-7000-8000-000000000001";
pub(crate) const NOTE: &str = "01938a2c-0000-7000-8000-000000000002";
/// A note that is not there.
pub(crate) const ABSENT: &str = "01938a2c-0000-7000-8000-00000000dead";

wire::refusals! {
    /// Why the desk says no.
    pub enum Refusal {
        /// There is no such note.
        NoteMissing => Missing, "desk.note_missing", en "there is no such note", vi "không có ghi chú này";
        /// The day is over.
        Closed { hour: u8 } => Conflict, "desk.closed",
            en "the desk closes at {hour}", vi "quầy đóng cửa lúc {hour} giờ", field "lines/0/text",
            instrument "Quy chế số 1";
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Note {
    pub(crate) id: Uuid,
    pub(crate) office: OfficeId,
    pub(crate) version: Version,
    pub(crate) text: String,
    pub(crate) lines: Vec<Line>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Line {
    pub(crate) text: String,
}

/// Lists notes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ListNotes {
    pub(crate) office: OfficeId,
    pub(crate) limit: Option<u16>,
    #[serde(default)]
    pub(crate) colours: Vec<String>,
    pub(crate) late: Option<bool>,
    pub(crate) cursor: Option<Cursor>,
}

/// Makes a note.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct MakeNote {
    pub(crate) office: OfficeId,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) lines: Vec<Line>,
}

/// Reads a note.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct GetNote {
    pub(crate) id: Uuid,
}

/// Changes a note.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ChangeNote {
    pub(crate) id: Uuid,
    pub(crate) text: String,
}

/// Throws a note away.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct DropNote {
    pub(crate) id: Uuid,
    pub(crate) reason: Option<String>,
}

/// The note as a file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct DownloadNote {
    pub(crate) id: Uuid,
}

/// What strangers may do.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Knock {
    pub(crate) word: String,
}

/// Waits until the test lets it go.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Linger {}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Heard {
    pub(crate) heard: bool,
}

wire::contract! {
    service "desk" refuses Refusal;
    calls {
        Read ListNotes => Page<Note>, "list_notes.v1", GET "/api/v1/notes", signed_in;
        Write MakeNote => Note, "make_note.v1", POST "/api/v1/notes", needs "desk.notes.write";
        Read GetNote => Note, "get_note.v1", GET "/api/v1/notes/{id}", signed_in;
        Write ChangeNote => Note, "change_note.v1", PATCH "/api/v1/notes/{id}", needs "desk.notes.write";
        Write DropNote => Note, "drop_note.v1", DELETE "/api/v1/notes/{id}", needs "desk.notes.write";
        Read DownloadNote => Download, "download_note.v1", GET "/api/v1/notes/{id}/file", signed_in, download;
        Write Knock => Heard, "knock.v1", POST "/api/v1/knocks", open, not_stored;
        Read Linger => Heard, "linger.v1", GET "/api/v1/notes/linger", open;
    }
    events {}
}

/// A question the desk was asked.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) call: String,
    pub(crate) meta: Meta,
    pub(crate) body: Value,
}

/// What the desk remembers and what it is told to answer.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) seen: Mutex<Vec<Seen>>,
    /// Answered instead of anything else.
    pub(crate) refuses: Mutex<Option<Fault>>,
    /// What the download call answers.
    pub(crate) file: Mutex<Option<Download>>,
    /// Somebody lingers.
    pub(crate) lingering: Notify,
    /// Lets go whoever lingers.
    pub(crate) release: Notify,
}

impl Desk {
    /// Serves a contract as one replica.
    pub(crate) async fn serve(self: &Arc<Self>, bus: &Bus, contract: Contract, version: &str) -> Serving {
        let instance = runtime::fresh_id();
        let info = ServiceInfo {
            name: contract.service.clone(),
            version: version.to_owned(),
            description: "played by a test".to_owned(),
            instance,
            started: runtime::Clock::system().now(),
        };
        let own = contract.calls.iter().map(|row| {
            let (desk, call) = (Arc::clone(self), row.name.clone());
            endpoint(&contract.service, &row.name, move |request| {
                let (desk, call) = (Arc::clone(&desk), call.clone());
                Box::pin(async move { desk.answer(&call, request).await })
            })
        });
        let mut endpoints: Vec<Endpoint> = own.collect();
        let service = contract.service.clone();
        let described = serde_json::to_vec(&Described { contract, version: version.to_owned(), instance }).unwrap();
        endpoints.push(endpoint(&service, DESCRIBE, move |_| {
            let answer = Answer::ok(described.clone());
            Box::pin(async move { answer })
        }));
        bus.serve(&info, endpoints).await.unwrap()
    }

    async fn answer(&self, call: &str, request: Request) -> Answer {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let seen = Seen { call: call.to_owned(), meta: request.meta, body: body.clone() };
        self.seen.lock().unwrap().push(seen);
        if let Some(fault) = self.refuses.lock().unwrap().clone() {
            return Answer::fault(&fault);
        }
        let note = |id: &str| json!({ "id": id, "office": OFFICE, "version": 3, "text": "gọi lại", "lines": [] });
        let reply = match call {
            "linger.v1" => {
                self.lingering.notify_one();
                self.release.notified().await;
                json!({ "heard": true })
            }
            "knock.v1" => json!({ "heard": true }),
            "list_notes.v1" => json!({ "items": [note(NOTE)] }),
            "download_note.v1" => serde_json::to_value(self.file.lock().unwrap().clone().unwrap()).unwrap(),
            _ if body["id"] == ABSENT => {
                return Answer::fault(&wire::Refusal::fault(&Refusal::NoteMissing));
            }
            _ => note(NOTE),
        };
        Answer::ok(reply.to_string())
    }

    /// The last question.
    pub(crate) fn last(&self) -> Seen {
        self.seen.lock().unwrap().last().cloned().expect("the desk was asked")
    }

    /// How often it was asked.
    pub(crate) fn asked(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// Refuses everything from now on.
    pub(crate) fn refuse(&self, fault: Fault) {
        *self.refuses.lock().unwrap() = Some(fault);
    }
}

/// A fault that carries everything a fault can.
pub(crate) fn closed() -> Fault {
    wire::Refusal::fault(&Refusal::Closed { hour: 17 })
}

/// A fault of this kind.
pub(crate) fn fault(kind: Kind) -> Fault {
    Fault::new(kind, "desk.told_so", "told so", "được bảo thế")
}

pub(crate) fn endpoint(
    service: &str,
    name: &str,
    answer: impl Fn(Request) -> futures_util::future::BoxFuture<'static, Answer> + Send + Sync + 'static,
) -> Endpoint {
    Endpoint { name: name.to_owned(), subject: call_subject(service, name), handler: Arc::new(answer) }
}
