//! Papers of the clerk's desk, laid out on request: the arrival stamp, the routing slip, the pages of a register.

use anyhow::Result;
use schema_documents::{
    DownloadArrivalStamp, DownloadRegisterPrint, DownloadRoutingSlip, IncomingDocument, IncomingState, Refusal,
    RegisterEntry,
};
use schema_forms::{Paper, Rendered};
use schema_identity::GetOffice;
use service::Read;
use wire::{
    Day, Download,
    id::{IncomingId, OfficeId},
};

use super::{incoming, registers, writing};
use crate::{
    domain::{desk_paper, masked, sheet},
    store::{pages, passages},
};

/// Entries read at once.
const AT_ONCE: u64 = 500;
/// More desks than any paper has lain at; a slip holds no more of them.
const DESKS: u64 = 100;

/// The page with the arrival stamp of a document.
pub(crate) async fn stamp(cx: Read, call: DownloadArrivalStamp) -> Result<Download> {
    let document = standing(&cx, call.id).await?;
    let (office, name) = (document.office, format!("dau-den-{}.pdf", document.number));
    let paper = desk_paper::stamp(document, &committee(&cx, office, cx.now.day()).await?);
    handed_out(&cx, office, paper, name).await
}

/// The routing slip of a document.
pub(crate) async fn slip(cx: Read, call: DownloadRoutingSlip) -> Result<Download> {
    let document = standing(&cx, call.id).await?;
    let (office, name) = (document.office, format!("phieu-xu-ly-{}.pdf", document.number));
    let passages = passages::after(cx.db(), cx.scope(), document.id, 0, DESKS, cx.now).await?;
    let passages = passages.into_iter().map(|(_, passage)| passage).collect();
    let paper = desk_paper::slip(document, passages, &committee(&cx, office, cx.now.day()).await?);
    handed_out(&cx, office, paper, name).await
}

/// Pages of a register.
pub(crate) async fn book(cx: Read, call: DownloadRegisterPrint) -> Result<Download> {
    let register = registers::seen(&cx, call.id).await?;
    let (first, last) = desk_paper::numbers(&register, call.from, call.until)?;
    let mut entries: Vec<RegisterEntry> = Vec::new();
    let mut after = first - 1;
    while after < last {
        let mut read = pages::after(cx.db(), cx.scope(), &register, after, AT_ONCE).await?;
        let Some(end) = read.last() else { break };
        after = end.number;
        read.retain(|entry| entry.number <= last);
        entries.append(&mut read);
    }
    let (today, office) = (cx.now.day(), register.office);
    let name = sheet::name(&register, "pdf");
    let paper = desk_paper::book(&register, entries, &committee(&cx, office, today).await?, today);
    handed_out(&cx, office, paper, name).await
}

/// A document whose line stands; of a masked one the line alone.
async fn standing(cx: &Read, id: IncomingId) -> Result<IncomingDocument> {
    let document = incoming::seen(cx, id).await?;
    if document.state == IncomingState::Voided {
        return Err(Refusal::AlreadyVoided.into());
    }
    Ok(masked::incoming(document))
}

async fn committee(cx: &Read, office: OfficeId, day: Day) -> Result<String> {
    Ok(cx.ask(&GetOffice { id: office, as_of: Some(day) }).await?.name)
}

async fn handed_out(cx: &Read, office: OfficeId, paper: Paper, name: String) -> Result<Download> {
    let Rendered { sha256, size, .. } = writing::laid_out(cx, paper, cx.now.day()).await?;
    writing::handed_out(cx, office, (sha256, size), name).await
}
