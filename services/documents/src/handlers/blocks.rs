//! Numbers held back on paper: reserving, looking, voiding the rest.

use anyhow::{Context as _, Result};
use schema_documents::{
    EntryKind, GetNumberBlock, ListNumberBlocks, NumberBlock, Refusal, RegisterKind, ReserveNumbers,
    VoidReservedNumbers,
};
use service::{Read, Write};
use wire::{Page, id::NumberBlockId};

use super::{paging, telling};
use crate::{
    domain::block,
    store::{blocks, held_entries, latches, registers},
};

/// Holds the next numbers of a register back: the register counts to each of them, one row for each, in one commit.
pub(crate) async fn reserve(cx: Write, call: ReserveNumbers) -> Result<NumberBlock> {
    let id = call.register;
    let register = registers::get(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::RegisterMissing { id })?;
    cx.office_for_new(register.office)?;
    let mut reserved = block::reserve(&call, &register, cx.person()?.person, cx.fresh(), cx.now)?;
    latches::take(cx.tx(), register.office, vec![format!("sheet {id} {}", reserved.sheet)]).await?;
    if blocks::labelled(cx.tx(), cx.scope(), id, &reserved.sheet).await? {
        return Err(Refusal::SheetTaken { sheet: reserved.sheet }.at("sheet").into());
    }
    let kind = match register.kind {
        RegisterKind::Incoming => EntryKind::Incoming,
        RegisterKind::Outgoing => EntryKind::Outgoing,
    };
    for _ in 0..call.numbers {
        let counted = registers::next_number(cx.tx(), id, cx.now.day()).await?;
        let number = counted.ok_or(Refusal::RegisterClosed { id })?;
        held_entries::reserve(cx.tx(), &reserved, kind, number).await?;
        reserved.held.push(number);
    }
    reserved.first = *reserved.held.first().context("a block holds a number")?;
    reserved.last = *reserved.held.last().context("a block holds a number")?;
    blocks::insert(cx.tx(), &reserved).await?;
    let values = [
        ("first", Some(reserved.first.to_string())),
        ("last", Some(reserved.last.to_string())),
        ("sheet", Some(reserved.sheet.clone())),
        ("holder", Some(reserved.holder_name.clone())),
    ];
    telling::audit(&cx, "number_block", reserved.id.into(), reserved.office, &values).await?;
    Ok(reserved)
}

/// Blocks of an office, those reserved last first.
pub(crate) async fn list(cx: Read, call: ListNumberBlocks) -> Result<Page<NumberBlock>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<NumberBlock>::limit(call.limit);
    let from = (cx.now.day(), paging::one(call.cursor.as_ref())?);
    let items = blocks::list(cx.db(), &scope, &call, from, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// One block.
pub(crate) async fn get(cx: Read, call: GetNumberBlock) -> Result<NumberBlock> {
    let found = blocks::get(cx.db(), cx.scope(), call.id).await?;
    Ok(found.ok_or(Refusal::NumberBlockMissing { id: call.id })?)
}

/// Voids what a block still holds back.
pub(crate) async fn void(cx: Write, call: VoidReservedNumbers) -> Result<NumberBlock> {
    let before = held(&cx, call.id).await?;
    let voided = block::void(&before, &call.reason)?;
    let reason = voided.void_reason.clone();
    held_entries::void_rest(cx.tx(), cx.scope(), &before, reason.as_deref().unwrap_or_default()).await?;
    blocks::update(cx.tx(), &voided).await?;
    telling::audit(&cx, "number_block", voided.id.into(), voided.office, &[("reason", reason)]).await?;
    Ok(voided)
}

/// A block in scope, for changing: nobody else enters a number of it before the transaction ends.
pub(crate) async fn held(cx: &Write, id: NumberBlockId) -> Result<NumberBlock> {
    let found = blocks::hold(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::NumberBlockMissing { id })?;
    cx.expect(found.version)?;
    Ok(found)
}
