//! What the senders of messages are told as their documents go their way.

use anyhow::Result;
use edxml::StatusCode;
use schema_documents::{IntakeItem, IntakeMail, IntakeReason, IntakeSource};
use schema_programme::AssignmentState;
use service::Write;
use wire::id::{IncomingId, MailId};

use super::intake_secrets;
use crate::{
    domain::{
        mail::{self as rule, KeptMail},
        mail_file::Opened,
    },
    store::{intake_proposals, mail_statuses, mails, works},
};

/// Notes a status, if it may follow what was told before; whoever calls keeps the mail.
pub(crate) async fn say(cx: &Write, kept: &mut KeptMail, code: StatusCode, reason: Option<String>) -> Result<()> {
    let Some((after, status)) = rule::told(kept, code, reason, cx.now) else { return Ok(()) };
    *kept = after;
    if !code.is_of_sender() {
        let place = (cx.fresh::<MailId>().into(), kept.mail.outside.id);
        mail_statuses::insert(cx.tx(), kept.mail.office, place, &status).await?;
    }
    Ok(())
}

/// An item was marked, and what it holds was taken out of it.
pub(crate) async fn opened(cx: &Write, item: &IntakeItem, opened: Opened) -> Result<Option<IntakeMail>> {
    if !opened.filled.is_empty() {
        intake_secrets::propose(cx, item, &opened.filled).await?;
    }
    if item.source != IntakeSource::Mail {
        return Ok(None);
    }
    let Some(mut kept) = mails::of_item(cx.tx(), cx.scope(), item.id).await? else { return Ok(None) };
    kept.mail.outside.remarks.extend(opened.remarks);
    kept.mail.asks = rule::is_request(kept.mail.outside.kind);
    mails::update(cx.tx(), &mut kept).await?;
    Ok(Some(kept.mail.outside))
}

/// An item was entered, found a citizen's letter, or destroyed: what was proposed for it goes, its sender is told, and what it
/// asked is settled with it.
pub(crate) async fn settled(cx: &Write, item: &IntakeItem, code: StatusCode) -> Result<()> {
    intake_proposals::forget(cx.tx(), cx.scope(), item.id).await?;
    if item.source != IntakeSource::Mail {
        return Ok(());
    }
    let Some(mut kept) = mails::of_item(cx.tx(), cx.scope(), item.id).await? else { return Ok(()) };
    let reason = item.reason.filter(|_| code == StatusCode::Refused).map(|reason| words(reason).to_owned());
    say(cx, &mut kept, code, reason).await?;
    kept.mail.incoming = item.incoming.or(item.letter);
    kept.mail.asks = false;
    Ok(mails::update(cx.tx(), &mut kept).await?)
}

/// Work was assigned from a document, or went on: the senders of the messages that brought it are told.
pub(crate) async fn follow(cx: &Write, document: IncomingId, state: AssignmentState) -> Result<()> {
    let code = match state {
        AssignmentState::Assigned => StatusCode::Assigned,
        AssignmentState::Accepted | AssignmentState::InProgress | AssignmentState::Done | AssignmentState::Returned => {
            StatusCode::Handling
        }
        AssignmentState::Closed if works::live(cx.tx(), cx.scope(), document).await?.is_none() => StatusCode::Finished,
        AssignmentState::Closed | AssignmentState::Withdrawn => return Ok(()),
    };
    for mut kept in mails::of_incoming(cx.tx(), cx.scope(), document).await? {
        let before = kept.clone();
        say(cx, &mut kept, code, None).await?;
        if kept != before {
            mails::update(cx.tx(), &mut kept).await?;
        }
    }
    Ok(())
}

/// The reason as its sender reads it.
fn words(reason: IntakeReason) -> &'static str {
    match reason {
        IntakeReason::Unreadable => "Không đọc được nội dung.",
        IntakeReason::Incomplete => "Văn bản thiếu trang hoặc thiếu tệp.",
        IntakeReason::Misdirected => "Gửi nhầm nơi nhận.",
        IntakeReason::Duplicate => "Văn bản đã nhận trước đó.",
        IntakeReason::NotForRegister => "Không thuộc diện vào sổ.",
        IntakeReason::NotAllowedHere => "Không được lưu trên hệ thống này; đề nghị gửi theo đường khác.",
    }
}
