//! Answering messages that revoke, update or replace a document that came before, or ask for it back.

use anyhow::Result;
use edxml::StatusCode;
use schema_documents::{
    AnswerMail, DocumentAct, IncomingDocument, IncomingState, IntakeItem, IntakeState, Mail, MailKind, MailRefusal,
    MaskedVoidReason, VoidIncoming,
};
use service::Write;
use wire::FileRef;

use super::{incoming, intake, mail_telling, telling};
use crate::{
    domain::mail::{self as rule, KeptMail},
    store::{
        self,
        files::Owner,
        intake::{self as items},
        mails,
    },
};

/// Answers: the files of the message join the document, the document is voided where that was asked and agreed to, and the
/// sender is told 15 or 16 of the document it spoke of.
pub(crate) async fn answer(cx: Write, call: AnswerMail) -> Result<Mail> {
    let missing = MailRefusal::MailMissing { id: call.id };
    let asking = mails::hold(cx.tx(), cx.scope(), call.id).await?.ok_or(missing)?;
    cx.expect(asking.mail.version)?;
    rule::answerable(&asking.mail)?;
    let reason = rule::reason(call.agree, call.reason.as_deref())?;
    let item = read(&cx, &asking).await?;
    let (mut brought, document) = target(&cx, &asking).await?;
    let code = if call.agree { StatusCode::TakeBackAgreed } else { StatusCode::TakeBackRefused };
    mail_telling::say(&cx, &mut brought, StatusCode::TakeBackAsked, None).await?;
    mail_telling::say(&cx, &mut brought, code, reason.clone()).await?;
    mails::update(cx.tx(), &mut brought).await?;

    let kind = asking.mail.outside.kind;
    // What replaces a document is one itself: it stays in the queue until it has its number.
    let stays = kind == MailKind::Replace && call.agree;
    let document = if stays { document } else { join(&cx, &item, document).await? };
    if call.agree && kind != MailKind::Update && document.state == IncomingState::Registered {
        let masked_reason = document.masked.then_some(MaskedVoidReason::Withdrawn);
        let reason = if document.masked { String::new() } else { why(kind).to_owned() };
        let order = VoidIncoming { id: document.id, reason, masked_reason, citizen_letter: false };
        incoming::void_held(cx.clone(), document, order).await?;
    }
    settle(&cx, call.id, &brought, reason).await
}

/// The item of the message, which somebody has read.
async fn read(cx: &Write, asking: &KeptMail) -> Result<IntakeItem> {
    let id = asking.mail.intake.ok_or(MailRefusal::NothingAsked)?;
    let held = items::hold(cx.tx(), cx.scope(), id).await?.ok_or(MailRefusal::NothingAsked)?;
    if held.item.state == IntakeState::Official { Ok(held.item) } else { Err(MailRefusal::MailSealed.into()) }
}

/// The message that brought the document, and the document; nobody else changes either before the transaction ends.
async fn target(cx: &Write, asking: &KeptMail) -> Result<(KeptMail, IncomingDocument)> {
    let brought = mails::brought(cx.tx(), cx.scope(), asking).await?.ok_or(MailRefusal::MailTargetMissing)?;
    let id = brought.mail.incoming.ok_or(MailRefusal::MailTargetMissing)?;
    let document = store::incoming::hold(cx.tx(), cx.scope(), id).await?.ok_or(MailRefusal::MailTargetMissing)?;
    Ok((brought, document))
}

/// The files of the message join the document, which bears the message from now on.
async fn join(cx: &Write, item: &IntakeItem, mut document: IncomingDocument) -> Result<IncomingDocument> {
    let came = item.parts.iter().chain(&item.file);
    let fresh: Vec<FileRef> = came
        .filter(|file| document.files.iter().all(|held| held.sha256 != file.sha256))
        .map(|file| FileRef { id: cx.fresh(), ..file.clone() })
        .collect();
    intake::entered(cx, item, document.id).await?;
    store::files::attach(cx.tx(), document.office, Owner::Incoming(document.id), &fresh, cx.now).await?;
    let names = fresh.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
    document.files.extend(fresh);
    telling::incoming_changed(cx, document, DocumentAct::FileAttached, &[("file", Some(names))]).await
}

/// Nothing is asked any more.
async fn settle(cx: &Write, id: wire::id::MailId, brought: &KeptMail, reason: Option<String>) -> Result<Mail> {
    let missing = MailRefusal::MailMissing { id };
    let mut asking = mails::hold(cx.tx(), cx.scope(), id).await?.ok_or(missing)?;
    asking.mail.asks = false;
    asking.mail.incoming = asking.mail.incoming.or(brought.mail.incoming);
    mails::update(cx.tx(), &mut asking).await?;
    let values = [("take_back", brought.mail.take_back.clone()), ("reason", reason)];
    telling::audit(cx, "mail", id.into(), asking.mail.office, &values).await?;
    Ok(asking.mail)
}

/// Why a document was voided, in its register.
fn why(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Revoke => "nơi gửi thu hồi bằng thông điệp điện tử",
        MailKind::Replace => "nơi gửi thay thế bằng văn bản khác",
        _ => "nơi gửi lấy lại bằng thông điệp điện tử",
    }
}
