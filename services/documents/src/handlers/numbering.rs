//! Taking the next number of a register: after every decision, before the inserts.

use anyhow::Result;
use schema_documents::{NumberRegister, Refusal, RegisterKind};
use service::{Scope, Write};
use wire::{
    Day,
    id::{OfficeId, RegisterId},
};

use crate::{
    domain::register::{self, Wanted},
    settings::Settings,
    store::registers,
};

/// The next number of the arrival register of a day.
pub(crate) async fn arrival(
    cx: &Write,
    scope: &Scope,
    office: OfficeId,
    day: Day,
    late: bool,
) -> Result<(RegisterId, i64)> {
    let chosen = arrival_register(cx, scope, office, day).await?;
    next(cx, &chosen, day, late).await
}

/// The next number of the series of a body and genre on a day.
pub(crate) async fn issue(
    cx: &Write,
    scope: &Scope,
    (body_code, genre): (&str, &str),
    day: Day,
    late: bool,
) -> Result<(RegisterId, i64)> {
    let series = registers::of_kind(cx.tx(), scope, RegisterKind::Outgoing, Some(body_code)).await?;
    let chosen = register::choose(&series, Wanted::Issue { body_code, genre }, day)?;
    next(cx, chosen, day, late).await
}

/// The arrival register of a day; that of a calendar year opens itself with its first document, if the office wants so.
async fn arrival_register(cx: &Write, scope: &Scope, office: OfficeId, day: Day) -> Result<NumberRegister> {
    let there = registers::of_kind(cx.tx(), scope, RegisterKind::Incoming, None).await?;
    let refusal = match register::choose(&there, Wanted::Arrival, day) {
        Ok(chosen) => return Ok(chosen.clone()),
        Err(refusal) => refusal,
    };
    let opens_itself = cx.settings::<Settings>().open_arrival_registers;
    let year = register::by_rule(&there, office, cx.fresh(), day).filter(|_| opens_itself).ok_or(refusal)?;
    registers::insert_unless_there(cx.tx(), &year).await?;
    // Another clerk may have opened it a moment before; whoever was quicker, this is the one that counts.
    let there = registers::of_kind(cx.tx(), scope, RegisterKind::Incoming, None).await?;
    Ok(register::choose(&there, Wanted::Arrival, day)?.clone())
}

async fn next(cx: &Write, register: &NumberRegister, day: Day, late: bool) -> Result<(RegisterId, i64)> {
    register::in_order(register, day, late)?;
    let number = registers::next_number(cx.tx(), register.id, day).await?;
    Ok((register.id, number.ok_or(Refusal::RegisterClosed { id: register.id })?))
}
