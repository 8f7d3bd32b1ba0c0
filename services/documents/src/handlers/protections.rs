//! How long state secrets are protected: what is written down of it, what is to be decided, and blank books.

use anyhow::Result;
use schema_documents::{
    BlankBook, DownloadSecretBook, IncomingState, ListProtections, OutgoingDocument, OutgoingState, Protection,
    ProtectionRefusal, RecordProtection, Refusal,
};
use schema_forms::{Paper, SecretBook, SecretBookPaper};
use schema_identity::GetOffice;
use service::{Read, Scope, Write};
use wire::{Download, Page, Secrecy};

use super::{paging, telling, writing};
use crate::{
    domain::{
        desk_paper,
        protection::{self, Secret},
    },
    store::{self, protections},
};

/// Pages of a blank book when nobody says how many, and the most.
const PAGES: u32 = 20;
const MOST: u32 = 100;

/// Writes down a step.
pub(crate) async fn record(cx: Write, call: RecordProtection) -> Result<Protection> {
    let scope = cx.office(call.office)?;
    let secret = secret(&cx, &scope, &call).await?;
    let before = protections::hold(cx.tx(), &scope, id(&secret)).await?;
    let is_new = before.is_none();
    let after = protection::after(before, secret, &call)?;
    protections::keep(cx.tx(), &after, is_new).await?;
    audit(&cx, &after).await?;
    Ok(after)
}

/// Begins the protection of a secret that just got its number, as its level is set with the day that it bears.
pub(super) async fn begin(cx: &Write, document: &OutgoingDocument) -> Result<()> {
    let (Some(number), Some(dated)) = (document.number, document.dated) else { return Ok(()) };
    let (outgoing, office, secrecy) = (Some(document.id), document.office, document.secrecy);
    let Some(begun) = protection::begun(Secret { outgoing, incoming: None, office, number, secrecy }, dated) else {
        return Ok(());
    };
    protections::keep(cx.tx(), &begun, true).await?;
    audit(cx, &begun).await
}

/// What is protected, what ends first at the top.
pub(crate) async fn list(cx: Read, call: ListProtections) -> Result<Page<Protection>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Protection>::limit(call.limit);
    let after = paging::day_and_id(call.cursor.as_ref())?;
    let due = call.due.then(|| cx.now.day());
    let found = protections::list(cx.db(), &scope, due, after, paging::rows(limit)).await?;
    paging::page(found, limit, |last| format!("{}.{}", last.until, id_of(last)))
}

/// A blank book.
pub(crate) async fn book(cx: Read, call: DownloadSecretBook) -> Result<Download> {
    cx.office(call.office)?;
    let today = cx.now.day();
    let committee = cx.ask(&GetOffice { id: call.office, as_of: Some(today) }).await?.name;
    let (book, name) = match call.book {
        BlankBook::Incoming => (SecretBook::Incoming, "so-van-ban-mat-den.pdf"),
        BlankBook::Outgoing => (SecretBook::Outgoing, "so-van-ban-mat-di.pdf"),
        BlankBook::Copies => (SecretBook::Copies, "so-quan-ly-sao-chup.pdf"),
    };
    let span = format!("Năm {}", call.year.map_or_else(|| today.year(), i32::from));
    let pages = call.pages.unwrap_or(PAGES).clamp(1, MOST);
    let head = desk_paper::head(&committee);
    let paper = Paper::SecretBook(SecretBookPaper { head, book, span, pages });
    let printed = writing::laid_out(&cx, paper, today).await?;
    writing::handed_out(&cx, call.office, (printed.sha256, printed.size), name.to_owned()).await
}

/// The document of a step: one that stands in the register with a degree of secrecy.
async fn secret(cx: &Write, scope: &Scope, call: &RecordProtection) -> Result<Secret> {
    let found = match (call.outgoing, call.incoming) {
        (Some(id), None) => {
            let document = store::outgoing::get(cx.tx(), scope, id).await?.ok_or(Refusal::OutgoingMissing { id })?;
            let number = document.number.filter(|_| document.state == OutgoingState::Issued);
            let number = number.ok_or(ProtectionRefusal::SecretUnnumbered)?;
            let (outgoing, incoming) = (Some(id), None);
            Secret { outgoing, incoming, office: document.office, number, secrecy: document.secrecy }
        }
        (None, Some(id)) => {
            let document = store::incoming::get(cx.tx(), scope, id).await?.ok_or(Refusal::IncomingMissing { id })?;
            if document.state == IncomingState::Voided {
                return Err(Refusal::AlreadyVoided.into());
            }
            let (outgoing, incoming, number) = (None, Some(id), document.number);
            Secret { outgoing, incoming, office: document.office, number, secrecy: document.secrecy }
        }
        _ => return Err(ProtectionRefusal::ProtectionOfOne.into()),
    };
    if found.secrecy == Secrecy::Open { Err(ProtectionRefusal::NotSecret.into()) } else { Ok(found) }
}

fn id(secret: &Secret) -> sea_orm::prelude::Uuid {
    secret.outgoing.map(Into::into).or(secret.incoming.map(Into::into)).unwrap_or_default()
}

fn id_of(one: &Protection) -> sea_orm::prelude::Uuid {
    one.outgoing.map(Into::into).or(one.incoming.map(Into::into)).unwrap_or_default()
}

async fn audit(cx: &Write, after: &Protection) -> Result<()> {
    let values = [
        ("set_on", Some(after.set_on.to_string())),
        ("until", Some(after.until.to_string())),
        ("ended_on", after.ended_on.map(|day| day.to_string())),
        ("decision", after.decision.clone()),
    ];
    telling::audit(cx, "protection", id_of(after), after.office, &values).await
}
