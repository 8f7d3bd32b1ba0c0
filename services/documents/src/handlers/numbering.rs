//! Taking the next number of a register: after every decision, before the inserts.

use anyhow::Result;
use schema_documents::{NumberRegister, Refusal, RegisterKind};
use service::{Scope, Write};
use wire::{
    Day,
    id::{OfficeId, RegisterId},
};

use crate::{
    domain::{
        by_rule,
        register::{self, Wanted},
    },
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
    next(cx, scope, office, Wanted::Arrival, day, late).await
}

/// The next number of the series of a body and genre on a day.
pub(crate) async fn issue(
    cx: &Write,
    scope: &Scope,
    office: OfficeId,
    (body_code, genre): (&str, &str),
    day: Day,
    late: bool,
) -> Result<(RegisterId, i64)> {
    next(cx, scope, office, Wanted::Issue { body_code, genre }, day, late).await
}

async fn next(
    cx: &Write,
    scope: &Scope,
    office: OfficeId,
    wanted: Wanted<'_>,
    day: Day,
    late: bool,
) -> Result<(RegisterId, i64)> {
    let register = chosen(cx, scope, office, wanted, day).await?;
    register::in_order(&register, day, late)?;
    let number = registers::next_number(cx.tx(), register.id, day).await?;
    Ok((register.id, number.ok_or(Refusal::RegisterClosed { id: register.id })?))
}

/// The register that gives the number; it opens itself when there is none, if the office wants so.
async fn chosen(cx: &Write, scope: &Scope, office: OfficeId, wanted: Wanted<'_>, day: Day) -> Result<NumberRegister> {
    let there = numbering(cx, scope, wanted).await?;
    let refusal = match register::choose(&there, wanted, day) {
        Ok(chosen) => return Ok(chosen.clone()),
        Err(refusal) => refusal,
    };
    let fresh = match wanted {
        _ if !cx.settings::<Settings>().open_registers => None,
        Wanted::Arrival => by_rule::arrival(&there, office, cx.fresh(), day),
        Wanted::Issue { body_code, genre } => by_rule::series(&there, office, cx.fresh(), (body_code, genre), day)?,
    };
    registers::insert_unless_there(cx.tx(), &fresh.ok_or(refusal)?).await?;
    // Another clerk may have opened it a moment before; whoever was quicker, there is one, and that one counts.
    let there = numbering(cx, scope, wanted).await?;
    Ok(register::choose(&there, wanted, day)?.clone())
}

async fn numbering(cx: &Write, scope: &Scope, wanted: Wanted<'_>) -> Result<Vec<NumberRegister>> {
    let (kind, body_code) = match wanted {
        Wanted::Arrival => (RegisterKind::Incoming, None),
        Wanted::Issue { body_code, .. } => (RegisterKind::Outgoing, Some(body_code)),
    };
    Ok(registers::of_kind(cx.tx(), scope, kind, body_code).await?)
}
