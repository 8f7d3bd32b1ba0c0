//! Mail that came, and how the folders stand.

use std::collections::BTreeMap;

use anyhow::Result;
use schema_documents::{GetMail, GetMailState, ListMail, Mail, MailRefusal, MailState, MailStatus, MailTrouble};
use service::{Read, Scope};
use wire::{Instant, Page, id::MailId};

use super::{mail_folder, paging};
use crate::{
    domain::mail::KeptMail,
    settings::{MailIn, Settings},
    store::{mail_statuses, mails},
};

/// Mail of an office, the latest first.
pub(crate) async fn list(cx: Read, call: ListMail) -> Result<Page<Mail>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Mail>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let found = mails::list(cx.db(), &scope, &call, before, paging::rows(limit)).await?;
    let found = with_told(&cx, &scope, found).await?;
    paging::page(found, limit, |last| last.outside.id.to_string())
}

/// One.
pub(crate) async fn get(cx: Read, call: GetMail) -> Result<Mail> {
    let found = mails::get(cx.db(), cx.scope(), call.id).await?;
    let missing = MailRefusal::MailMissing { id: call.id };
    let found = with_told(&cx, cx.scope(), found.into_iter().collect()).await?.pop();
    Ok(found.ok_or(missing)?)
}

/// How the folders of an office stand.
pub(crate) async fn state(cx: Read, call: GetMailState) -> Result<MailState> {
    let scope = cx.office(call.office)?;
    let settings = cx.settings::<Settings>();
    let place = settings.mail_in.iter().find(|place| place.office == call.office);
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let (asking, last) = mails::standing(cx.db(), &scope, call.office).await?;
    let to_write = count(mail_statuses::backlog(cx.db(), &scope, call.office).await?);
    let asking = count(asking);
    let none = MailState {
        office: call.office,
        is_set: false,
        trouble: None,
        waiting: 0,
        oldest: None,
        quarantined: 0,
        to_write,
        asking,
        last,
    };
    Ok(match place {
        Some(place) => lying(place, none, cx.now).await,
        None => none,
    })
}

async fn lying(place: &MailIn, state: MailState, now: Instant) -> MailState {
    let (found, trouble) = match mail_folder::lying(&place.folder, now).await {
        Ok(found) => (found, None),
        Err(_) => (Vec::new(), Some(MailTrouble::FolderMissing)),
    };
    let is_shut = match &place.outbox {
        Some(outbox) => !mail_folder::is_writable(outbox).await,
        None => false,
    };
    MailState {
        is_set: true,
        trouble: trouble.or(is_shut.then_some(MailTrouble::OutboxMissing)),
        waiting: u32::try_from(found.len()).unwrap_or(u32::MAX),
        oldest: found.first().map(|file| file.since),
        quarantined: mail_folder::quarantined(&place.folder).await,
        ..state
    }
}

/// Mail with what its senders were told.
pub(crate) async fn with_told(cx: &Read, scope: &Scope, found: Vec<KeptMail>) -> Result<Vec<Mail>> {
    let ids = found.iter().map(|kept| kept.mail.outside.id.into()).collect();
    let mut told: BTreeMap<MailId, Vec<MailStatus>> = BTreeMap::new();
    for (mail, status) in mail_statuses::of(cx.db(), scope, ids).await? {
        told.entry(mail).or_default().push(status);
    }
    let with = |kept: KeptMail| Mail { told: told.remove(&kept.mail.outside.id).unwrap_or_default(), ..kept.mail };
    Ok(found.into_iter().map(with).collect())
}
