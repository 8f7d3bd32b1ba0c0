//! The files by which senders are told what became of their messages.

use anyhow::Result;
use edxml::Organisation;
use sea_orm::prelude::Uuid;
use service::{Read, Scope, Write};

use super::mail_folder;
use crate::{
    domain::mail::{self as rule, Telling},
    settings::MailIn,
    store::{mail_statuses, mails},
};

/// The most files that are written at once.
const AT_ONCE: u64 = 200;

/// Writes the files of what is not written yet, and gives which. A file is named by its status, so that a repeat writes the
/// same file again.
pub(crate) async fn write(cx: &Read, scope: &Scope, place: &MailIn) -> Result<Vec<Uuid>> {
    let Some(outbox) = &place.outbox else { return Ok(Vec::new()) };
    let mut written = Vec::new();
    for (id, mail, status) in mail_statuses::unwritten(cx.db(), scope, place.office, AT_ONCE).await? {
        let kept = mails::get(cx.db(), scope, mail).await?;
        let Some(answers) = kept.and_then(|kept| kept.outside.answers) else { continue };
        let code = status.code.clone();
        let Some(status) = rule::written(&Telling { status, answers }, ours(place)) else { continue };
        match edxml::write_status(&status) {
            Ok(bytes) => mail_folder::write(outbox, &format!("{id}-{code}.edxml"), &bytes).await?,
            // What the message said of itself is too odd to be answered; it must not hold up the others.
            Err(error) => tracing::warn!(code = %code, error = %error, "a status cannot be written"),
        }
        written.push(id);
    }
    Ok(written)
}

/// Notes that they were written.
pub(crate) async fn wrote(cx: &Write, scope: &Scope, written: Vec<Uuid>) -> Result<u32> {
    let count = mail_statuses::wrote(cx.tx(), scope, written, cx.now).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The office as it stands in what it sends.
pub(crate) fn ours(place: &MailIn) -> Organisation {
    Organisation { organ_id: place.organ_id.clone(), name: place.organ_name.clone(), ..Organisation::default() }
}
