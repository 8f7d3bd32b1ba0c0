//! Electronic mail comes in: files out of a folder into the clerk's queue, sealed and unread; and the statuses that their
//! senders are told go out as files.

use std::time::Duration;

use anyhow::{Context as _, Result};
use blob::Format;
use edxml::StatusCode;
use schema_documents::{
    CollectMail, IntakeChanged, IntakeItem, IntakeMail, IntakeReason, IntakeSource, IntakeState, Mail, MailCollected,
    MailKind,
};
use sea_orm::prelude::Uuid;
use service::{ItemKey, Read, Scope, Write};
use wire::{
    FileRef, Version,
    id::{IntakeBatchId, IntakeItemId, MailId, OfficeId, OutgoingId},
};

use super::{
    intake::{self, SEALED},
    mail_folder::{self, Lying},
    mail_telling, mail_writing, telling,
};
use crate::{
    domain::{
        intake::{LARGEST, Secret},
        mail::KeptMail,
        mail_file::{self, Seen},
        mail_letter,
    },
    settings::{MailIn, Settings},
    store::{
        files::{self, Owner},
        intake::{self as items, Kept},
        intake_batches, mail_deliveries, mails, outgoing,
    },
};

/// How often the folders are looked into.
pub(crate) const PERIOD: Duration = Duration::from_secs(10);
/// The most files that one look takes, and the most bytes; what is left waits for the next.
const AT_ONCE: usize = 50;
/// The same in bytes; one file is taken whatever its size.
const TOGETHER: u64 = 200 * 1024 * 1024;

/// What one look into the folder of an office found and did.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    office: OfficeId,
    taken: Vec<Taken>,
    written: Vec<Uuid>,
}

/// A file that is about to be taken.
#[derive(Clone, Debug)]
struct Taken {
    mark: String,
    identity: String,
    seen: Seen,
    about: Option<OutgoingId>,
    content: Option<Content>,
}

/// The sealed content of a file.
#[derive(Clone, Debug)]
struct Content {
    sha256: String,
    size: u64,
    media_type: &'static str,
    clear_size: u64,
    key: ItemKey,
    secret: (String, String),
}

/// Looks into the folders of all offices, one after another. A folder that cannot be used keeps none of the others waiting.
pub(crate) async fn look_all(cx: Read) -> Result<Vec<Found>> {
    let settings = cx.settings::<Settings>();
    let mut all = Vec::new();
    for place in &settings.mail_in {
        match look(&cx, place).await {
            Ok(found) => all.push(found),
            Err(error) => tracing::warn!(path = %place.folder.display(), error = %error, "mail cannot be taken in"),
        }
    }
    Ok(all)
}

/// Keeps what was found in all folders.
pub(crate) async fn keep_all(cx: Write, all: Vec<Found>) -> Result<()> {
    for found in all {
        keep(&cx, found).await?;
    }
    Ok(())
}

/// Looks into the folder of one office.
pub(crate) async fn look_one(cx: Read, call: CollectMail) -> Result<Found> {
    cx.office_for_new(call.office)?;
    let settings = cx.settings::<Settings>();
    match settings.mail_in.iter().find(|place| place.office == call.office) {
        Some(place) => look(&cx, place).await,
        None => Ok(Found { office: call.office, taken: Vec::new(), written: Vec::new() }),
    }
}

/// Keeps what was found in it.
pub(crate) async fn keep_one(cx: Write, _: CollectMail, found: Found) -> Result<MailCollected> {
    keep(&cx, found).await
}

async fn look(cx: &Read, place: &MailIn) -> Result<Found> {
    let scope = cx.office(place.office)?;
    let written = mail_writing::write(cx, &scope, place).await?;
    let lying = mail_folder::lying(&place.folder, cx.now).await.context("the folder of mail cannot be read")?;
    let (mut taken, mut bytes): (Vec<Taken>, u64) = (Vec::new(), 0);
    for file in lying {
        bytes = bytes.saturating_add(file.size);
        if taken.len() >= AT_ONCE || (bytes > TOGETHER && !taken.is_empty()) {
            break;
        }
        taken.extend(look_at(cx, &scope, place, &file).await?);
    }
    Ok(Found { office: place.office, taken, written })
}

/// Reads and seals one file. What was taken before is removed; what cannot be taken is set apart.
async fn look_at(cx: &Read, scope: &Scope, place: &MailIn, file: &Lying) -> Result<Option<Taken>> {
    if let Some(reason) = refused(file) {
        return Ok(mail_folder::set_apart(&place.folder, file, reason).await.map(|()| None)?);
    }
    let Ok(bytes) = tokio::fs::read(&file.path).await else {
        return Ok(mail_folder::set_apart(&place.folder, file, UNREADABLE).await.map(|()| None)?);
    };
    let mark = cx.sealing()?.mark(&bytes);
    if mail_deliveries::known(cx.db(), scope, place.office, vec![mark.clone()]).await?.contains(&mark) {
        return Ok(mail_folder::remove(&file.path).await.map(|()| None)?);
    }
    let Some(format) = format(&file.name, &bytes) else {
        return Ok(mail_folder::set_apart(&place.folder, file, NOT_ACCEPTED).await.map(|()| None)?);
    };
    let (seen, bytes) = tokio::task::spawn_blocking(move || (mail_file::look(&bytes, format), bytes)).await?;
    let about = match &seen.status {
        Some(said) => {
            let wanted = (said.symbols.clone(), said.dated);
            outgoing::of_symbol(cx.db(), scope, place.office, wanted).await?
        }
        None => None,
    };
    if seen.kind == MailKind::Status && about.is_none() {
        return Ok(mail_folder::set_apart(&place.folder, file, NOT_OURS).await.map(|()| None)?);
    }
    let identity = cx.sealing()?.mark(seen.identity.as_bytes());
    let content = match seen.kind {
        MailKind::Status => None,
        _ => {
            let (sha256, size, key) = cx.seal_bytes(place.office, &bytes).await?;
            let secret = (mail_letter::sha256(&bytes), file.name.clone());
            Some(Content { sha256, size, media_type: format.media_type(), clear_size: file.size, key, secret })
        }
    };
    Ok(Some(Taken { mark, identity, seen, about, content }))
}

/// What a file is. Letters come in any encoding, messages under any name; whatever else is accepted is known by both.
fn format(name: &str, bytes: &[u8]) -> Option<Format> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    if name.to_lowercase().ends_with(".eml") {
        return Some(Format::Eml);
    }
    blob::recognise(head, name).or_else(|_| blob::recognise(head, "edxml.xml")).ok()
}

const UNREADABLE: &str = "Không mở được tệp: kiểm tra quyền đọc của dịch vụ documents, rồi chuyển tệp về thư mục thư đến.\n\
    The file cannot be opened: check that the documents service may read it, then move it back.\n";
const NOT_ACCEPTED: &str = "Loại tệp này không được nhận. Nếu đúng là văn bản, hãy xin gửi lại dưới dạng PDF.\n\
    Files of this format are not accepted. If it is a document, ask for it as a PDF.\n";
const NOT_OURS: &str = "Thông điệp trạng thái này nói về một văn bản không do cơ quan này ban hành trên hệ thống.\n\
    This status speaks of a document that this office did not issue here.\n";

/// Why a file is not even opened.
fn refused(file: &Lying) -> Option<&'static str> {
    if !file.is_plain {
        return Some("Đây là liên kết hoặc tệp đặc biệt, không phải tệp thường.\nThis is a link or special file.\n");
    }
    if file.size > LARGEST {
        return Some("Tệp lớn hơn 100 MB. Hãy xin gửi lại thành nhiều phần.\nThe file is larger than 100 MB.\n");
    }
    (file.size == 0).then_some("Tệp rỗng. Hãy xin gửi lại.\nThe file is empty.\n")
}

/// Keeps what was found: an item for each, in one batch.
async fn keep(cx: &Write, found: Found) -> Result<MailCollected> {
    let Found { office, taken, written } = found;
    let scope = cx.office(office)?;
    let mut told = MailCollected { written: mail_writing::wrote(cx, &scope, written).await?, ..Default::default() };
    let batch: IntakeBatchId = cx.fresh();
    let mut events = Vec::new();
    for one in taken {
        let id: MailId = cx.fresh();
        if let Some(mut earlier) = mails::identical(cx.tx(), &scope, office, &one.identity).await? {
            if mail_deliveries::note(cx.tx(), office, (&one.mark, earlier.mail.outside.id), cx.now).await? {
                earlier.mail.outside.deliveries = earlier.mail.outside.deliveries.saturating_add(1);
                mails::update(cx.tx(), &mut earlier).await?;
                told.repeated = told.repeated.saturating_add(1);
            }
        } else if mail_deliveries::note(cx.tx(), office, (&one.mark, id), cx.now).await? {
            let item = enter(cx, office, (id, batch), one).await?;
            told.statuses = told.statuses.saturating_add(u32::from(item.is_none()));
            events.extend(item.map(|item| IntakeChanged { item: intake::note(&item) }));
        }
    }
    told.taken = u32::try_from(events.len()).unwrap_or(u32::MAX);
    if told.taken > 0 {
        intake_batches::insert(cx.tx(), (batch, office, cx.now)).await?;
        cx.emit_all(&events).await?;
        let items = [("items", Some(events.len().to_string()))];
        telling::audit(cx, "intake_batch", batch.into(), office, &items).await?;
    }
    Ok(told)
}

/// Enters one file; a status has no item.
async fn enter(
    cx: &Write,
    office: OfficeId,
    (id, batch): (MailId, IntakeBatchId),
    taken: Taken,
) -> Result<Option<IntakeItem>> {
    let Taken { identity, seen, about, content, .. } = taken;
    let item = match content {
        Some(content) => Some(seal(cx, (office, batch), content, seen.is_readable).await?),
        None => None,
    };
    let Seen { kind, from, outside, remarks, is_readable, status, .. } = seen;
    let mail = Mail {
        outside: IntakeMail { id, kind, from, deliveries: 1, remarks },
        office,
        version: Version::FIRST,
        at: cx.now,
        intake: item.as_ref().map(|item| item.id),
        progress: status.map(|said| said.code),
        take_back: None,
        incoming: None,
        outgoing: about,
        asks: false,
        told: Vec::new(),
    };
    let mut kept = KeptMail { mail, identity, outside };
    mail_telling::say(cx, &mut kept, StatusCode::Arrived, None).await?;
    if !is_readable {
        let code = kept.mail.outside.remarks.first().map(|remark| remark.code.clone()).unwrap_or_default();
        let reason = format!("Không đọc được thông điệp ({code}); đề nghị gửi lại.");
        mail_telling::say(cx, &mut kept, StatusCode::Refused, Some(reason)).await?;
    }
    mails::insert(cx.tx(), &kept).await?;
    Ok(item)
}

/// Keeps the sealed item. What cannot be read is set aside from the beginning, so that the queue goes on.
async fn seal(
    cx: &Write,
    (office, batch): (OfficeId, IntakeBatchId),
    content: Content,
    is_readable: bool,
) -> Result<IntakeItem> {
    let Content { sha256, size, media_type, clear_size, key, secret: (clear, name) } = content;
    let id: IntakeItemId = cx.fresh();
    let secret = Secret { key: *key.bytes(), sha256: clear, name };
    let state = if is_readable { IntakeState::Waiting } else { IntakeState::SetAside };
    let item = IntakeItem {
        id,
        office,
        version: Version::FIRST,
        batch,
        state,
        source: IntakeSource::Mail,
        brought_in_at: cx.now,
        by: None,
        name: None,
        media_type: Some(media_type.to_owned()),
        size: Some(clear_size),
        file: None,
        parts: Vec::new(),
        mail: None,
        incoming: None,
        letter: None,
        reason: (!is_readable).then_some(IntakeReason::Unreadable),
        handled_at: None,
    };
    let kept = Kept { sealed: Some(cx.seal(id.into(), &secret.bytes())?), content: None, item };
    items::insert(cx.tx(), &kept).await?;
    let content = FileRef {
        id: cx.fresh(),
        name: SEALED.to_owned(),
        media_type: "application/octet-stream".to_owned(),
        size,
        sha256,
    };
    files::attach(cx.tx(), office, Owner::Intake(id), &[content], cx.now).await?;
    Ok(kept.item)
}
