//! Registers: opening, closing, their pages, and the whole as CSV.

use anyhow::Result;
use bytes::Bytes;
use schema_documents::{
    CloseRegister, ExportRegister, GetRegister, ListRegisterEntries, ListRegisters, NumberRegister, OpenRegister,
    Refusal, RegisterEntry,
};
use schema_identity::OfficeKind;
use service::{Read, Write};
use wire::{Download, Page, id::RegisterId};

use super::{paging, telling, units};
use crate::{
    domain::{body_code, register, sheet},
    store::{latches, pages, registers},
};

/// Entries read at once for an export.
const AT_ONCE: u64 = 500;
/// No register of an office comes near this many bytes.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// Looks up the tier of the office, for the code under which it is to issue.
pub(crate) async fn facts(cx: Read, call: OpenRegister) -> Result<Option<OfficeKind>> {
    cx.office_for_new(call.office)?;
    match call.body_code {
        Some(_) => Ok(Some(units::tier(&cx, call.office).await?)),
        None => Ok(None),
    }
}

/// Opens a register.
pub(crate) async fn open(cx: Write, call: OpenRegister, tier: Option<OfficeKind>) -> Result<NumberRegister> {
    let scope = cx.office_for_new(call.office)?;
    let body_code = call.body_code.as_deref().map(register::body).transpose()?;
    if let (Some(body_code), Some(tier)) = (&body_code, tier) {
        body_code::of_tier(body_code, tier)?;
    }
    // Two administrators who open the same series at the same moment see each other.
    let name = format!("register {:?} {}", call.kind, body_code.as_deref().unwrap_or_default());
    latches::take(cx.tx(), call.office, vec![name]).await?;
    let others = registers::of_kind(cx.tx(), &scope, call.kind, body_code.as_deref()).await?;
    let register = register::open(OpenRegister { body_code, ..call }, cx.fresh(), &others, cx.now.day())?;
    registers::insert(cx.tx(), &register).await?;
    let values = [("opening", Some(register.opening.to_string())), ("first_day", Some(register.first_day.to_string()))];
    telling::audit(&cx, "register", register.id.into(), register.office, &values).await?;
    Ok(register)
}

/// The registers of an office, those opened last first.
pub(crate) async fn list(cx: Read, call: ListRegisters) -> Result<Page<NumberRegister>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<NumberRegister>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let items = registers::list(cx.db(), &scope, &call, before, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// One register.
pub(crate) async fn get(cx: Read, call: GetRegister) -> Result<NumberRegister> {
    seen(&cx, call.id).await
}

/// Closes a register after its last day.
pub(crate) async fn close(cx: Write, call: CloseRegister) -> Result<NumberRegister> {
    let held = registers::hold(cx.tx(), cx.scope(), call.id).await?;
    let before = held.ok_or(Refusal::RegisterMissing { id: call.id })?;
    cx.expect(before.version)?;
    let register = register::close(&before, call.last_day, cx.now.day())?;
    registers::update(cx.tx(), &register).await?;
    let values = [("last_day", Some(call.last_day.to_string()))];
    telling::audit(&cx, "register", register.id.into(), register.office, &values).await?;
    Ok(register)
}

/// A page of a register, lowest number first.
pub(crate) async fn list_entries(cx: Read, call: ListRegisterEntries) -> Result<Page<RegisterEntry>> {
    let register = seen(&cx, call.id).await?;
    let limit = Page::<RegisterEntry>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?.or(call.after).unwrap_or(0);
    let items = pages::after(cx.db(), cx.scope(), &register, after, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.number.to_string())
}

/// The whole register as CSV: written into this service's area, where it is swept some days later as no row names it.
pub(crate) async fn export(cx: Read, call: ExportRegister) -> Result<Download> {
    let register = seen(&cx, call.id).await?;
    let mut sheet = cx.blobs().stage(LARGEST).await?;
    sheet.write(Bytes::from(sheet::head(register.kind)?)).await?;
    let mut after = 0;
    loop {
        let entries = pages::after(cx.db(), cx.scope(), &register, after, AT_ONCE).await?;
        let Some(last) = entries.last() else { break };
        after = last.number;
        sheet.write(Bytes::from(sheet::body(register.kind, &entries)?)).await?;
    }
    let staged = sheet.finish().await?;
    let area = cx.blobs().area("documents", &register.office.to_string())?;
    area.claim(&staged.hash, staged.size).await?;
    Ok(Download {
        service: "documents".to_owned(),
        office: register.office,
        sha256: staged.hash,
        size: staged.size,
        media_type: "text/csv; charset=utf-8".to_owned(),
        name: sheet::name(&register, "csv"),
        bare: false,
    })
}

/// A register in scope.
pub(super) async fn seen(cx: &Read, id: RegisterId) -> Result<NumberRegister> {
    let found = registers::get(cx.db(), cx.scope(), id).await?;
    Ok(found.ok_or(Refusal::RegisterMissing { id })?)
}
