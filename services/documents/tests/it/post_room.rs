//! A house with folders for electronic mail, and messages and letters to drop there.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use edxml::{
    Attachment, Business, BusinessKind, Code, Content, DocumentType, Message, Organisation, Promulgation, Status,
};
use schema_documents::{
    CollectMail, IncomingDocument, IntakeItem, IntakeState, ListIntake, MarkIntakeOfficial, RegisterIncoming,
};
use serde_json::json;
use tempfile::TempDir;
use testbed::{Pair, pdf::page};
use wire::{Day, id::IntakeItemId};

use crate::house::House;

/// A house with a folder for mail and one for statuses.
pub(crate) struct PostRoom {
    pub(crate) house: House,
    pub(crate) folder: TempDir,
    pub(crate) outbox: TempDir,
}

impl PostRoom {
    pub(crate) async fn open(pair: Pair) -> Self {
        let mut house = House::open(pair).await;
        let (folder, outbox) = (testbed::dir::temp().unwrap(), testbed::dir::temp().unwrap());
        let place = json!({ "office": house.office, "folder": folder.path(), "outbox": outbox.path(),
                            "organ_id": "A32.65", "organ_name": "Đảng ủy xã Ngọc Sơn" });
        house.bench.halt("documents").await;
        house.bench.run_with(documents::service(), Some(json!({ "mail_in": [place] }))).await.unwrap();
        Self { house, folder, outbox }
    }

    /// Puts a file there that nobody writes any more.
    pub(crate) fn drop(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        let now = self.house.bench.platform.clock.now().minus(Duration::from_secs(60));
        file.set_modified(UNIX_EPOCH + Duration::from_micros(now.micros().unsigned_abs())).unwrap();
        path
    }

    /// Takes in all that was dropped; the service looks by itself, too, so how much this look found is not certain.
    pub(crate) async fn collect(&self) {
        self.house.clerk.call(&CollectMail { office: self.house.office }).await.unwrap();
    }

    pub(crate) async fn queue(&self, state: Option<IntakeState>) -> Vec<IntakeItem> {
        let call = ListIntake { office: self.house.office, state, batch: None, limit: None, cursor: None };
        self.house.clerk.call(&call).await.unwrap().items
    }

    /// Drops a message, takes it in and marks it.
    pub(crate) async fn read(&self, name: &str, message: &Message) -> IntakeItem {
        self.drop(name, edxml::write_message(message).unwrap());
        self.collect().await;
        let waiting = self.queue(Some(IntakeState::Waiting)).await.remove(0);
        self.house.clerk.call(&MarkIntakeOfficial { id: waiting.id }).await.unwrap()
    }

    pub(crate) async fn registered(&self, number: u32, item: IntakeItemId) -> IncomingDocument {
        let order = RegisterIncoming { intake: Some(item), ..self.house.order(number) };
        self.house.clerk.call(&order).await.unwrap()
    }

    /// The statuses in the outbox, in order.
    pub(crate) async fn told(&self) -> Vec<Status> {
        self.collect().await;
        let mut paths: Vec<PathBuf> =
            fs::read_dir(self.outbox.path()).unwrap().map(|one| one.unwrap().path()).collect();
        paths.sort();
        paths.iter().map(|path| status(path)).collect()
    }

    pub(crate) async fn codes(&self) -> Vec<&'static str> {
        self.told().await.iter().map(|status| status.code.text()).collect()
    }
}

fn status(path: &Path) -> Status {
    match edxml::read(&fs::read(path).unwrap()).unwrap().content {
        Content::Status(status) => *status,
        Content::Message(_) => panic!("a message in the outbox"),
    }
}

fn day() -> Day {
    Day::new(2026, 7, 1).unwrap()
}

/// A sound message of a ministry.
pub(crate) fn message(number: u32) -> Message {
    let organ =
        |id: &str, name: &str| Organisation { organ_id: id.into(), name: name.into(), ..Organisation::default() };
    let document_id = format!("G09.01,2026/07/01,{number}/BNV-VP");
    let bytes = page(&format!("Cong van so {number}"));
    Message {
        from: organ("G09.01", "Bộ Nội vụ"),
        to: vec![organ("A32.65", "Đảng ủy xã Ngọc Sơn")],
        document_id: document_id.clone(),
        code: Code { number: number.to_string(), notation: "BNV-VP".into() },
        promulgation: Promulgation { place: "Hà Nội".into(), date: day().into() },
        document_type: DocumentType { class: Some(1), detail: None, name: "Công văn".into() },
        subject: format!("V/v rà soát đợt {number}"),
        business: Business { document_id, ..Business::default() },
        attachments: vec![Attachment {
            content_id: "a".into(),
            name: format!("{number}.pdf"),
            media_type: "application/pdf".into(),
            description: String::new(),
            bytes,
        }],
        ..Message::default()
    }
}

/// A message about an earlier one.
pub(crate) fn about(kind: BusinessKind, earlier: &Message, number: u32) -> Message {
    let mut later = message(number);
    let reason = "Ban hành nhầm thẩm quyền".to_owned();
    later.business = Business { kind, document_id: earlier.document_id.clone(), reason, ..Business::default() };
    later
}

/// A letter with files.
pub(crate) fn letter(id: u32, body: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut text = format!(
        "Received: by mx{id}.example\r\nMessage-ID: <{id}@example>\r\nFrom: =?UTF-8?B?U+G7nyBO4buZaSB24bulIHThu4luaCBWw60gROG7pQ==?= <vt@example>\r\n\
         To: clerk@example\r\nDate: Wed, 1 Jul 2026 08:00:00 +0700\r\nSubject: Moi hop {id}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    )
    .into_bytes();
    for (name, bytes) in files {
        text.extend(format!("--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n").bytes());
        text.extend(*bytes);
        text.extend(b"\r\n");
    }
    text.extend(b"--b--\r\n");
    text
}
