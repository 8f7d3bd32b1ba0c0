//! The spreadsheet of an opening act: uploading, reading, trying out.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use futures_util::TryStreamExt as _;
use schema_documents::{CheckOpeningAct, NumberRegister, OpeningAct, OpeningCheck, Refusal, SetOpeningPapers};
use sea_orm::ConnectionTrait;
use service::{Claimed, Read, Scope, Write};
use sheet::Unreadable;
use wire::id::RegisterId;

use super::{files, openings};
use crate::{
    domain::{
        field,
        mend::{self, Mend},
        opening,
        papers::{self, Paper, Papers},
    },
    settings::Settings,
    store::{self, files::Owner, held_entries},
};

/// What a ticket for a spreadsheet must have been given for.
const IMPORT: &str = "opening_import";
/// Rows that are read at most, heads and blank ones among them.
const ROWS: u32 = 5_020;
/// Columns that a mapping names at most.
const COLUMNS: usize = 60;
/// Faults that are told at most.
const FAULTS: usize = 500;

/// Claims the upload for an act that is a draft still.
pub(crate) async fn claim(cx: Read, call: SetOpeningPapers) -> Result<Vec<Claimed>> {
    let act = openings::seen(&cx, call.id).await?;
    opening::drafted(&act)?;
    files::claim(&cx, &[call.ticket], IMPORT, act.office).await
}

/// Gives a draft its spreadsheet.
pub(crate) async fn set(cx: Write, call: SetOpeningPapers, claimed: Vec<Claimed>) -> Result<OpeningAct> {
    let before = openings::held(&cx, call.id).await?;
    opening::drafted(&before)?;
    field::few("columns", &call.columns, COLUMNS)?;
    if claimed.iter().any(|file| file.size > sheet::LARGEST) {
        let most = i64::try_from(sheet::LARGEST)?;
        return Err(Refusal::FieldOutOfRange { name: "size".to_owned(), least: 1, most }.at("ticket").into());
    }
    let fresh = files::take_up(&cx, before.office, claimed).await?;
    store::files::attach(cx.tx(), before.office, Owner::Opening(before.id), &fresh, cx.now).await?;
    let file = fresh.into_iter().next_back();
    let act = OpeningAct { file, columns: call.columns, version: before.version.next(), ..before };
    store::openings::update(cx.tx(), &act).await?;
    openings::told(&cx, &act).await?;
    Ok(act)
}

/// What putting an act into force would do.
pub(crate) async fn check(cx: Read, call: CheckOpeningAct) -> Result<OpeningCheck> {
    let act = openings::seen(&cx, call.id).await?;
    opening::drafted(&act)?;
    let scope = cx.office(act.office)?;
    let mut all = openings::there(cx.db(), &scope, &act).await?;
    all.extend(opening::registers(&act, &all, cx.now.day())?);
    let papers = read(&cx, &act).await?.unwrap_or_default();
    let (placed, mut faults) = papers::place(&papers, &all);
    let (right, faulty) = (placed.len(), faults.len());
    let fit = unknown(cx.db(), &scope, &all, placed).await?.len();
    faults.truncate(FAULTS);
    Ok(OpeningCheck {
        id: act.id,
        rows: papers.rows,
        fit: u32::try_from(fit)?,
        known: u32::try_from(right - fit)?,
        columns: papers.columns,
        faults,
        faulty: u32::try_from(faulty)?,
    })
}

/// Reads the spreadsheet of an act, if it has one.
pub(crate) async fn read(cx: &Read, act: &OpeningAct) -> Result<Option<Papers>> {
    let Some(file) = &act.file else { return Ok(None) };
    let area = cx.blobs().area("documents", &act.office.to_string())?;
    let chunks: Vec<bytes::Bytes> = area.open(&file.sha256, None).await?.bytes.try_collect().await?;
    let ceiling = cx.settings::<Settings>().secrecy_ceiling;
    let unreadable = |mend| Papers { faults: vec![mend::fault(0, None, None, &mend)], ..Papers::default() };
    Ok(Some(match sheet::read(&chunks.concat(), ROWS) {
        Ok(rows) => papers::read(&rows, &act.columns, act.office, ceiling, cx.now.day()),
        Err(Unreadable::Form) => unreadable(Mend::Form),
        Err(Unreadable::Length) => unreadable(Mend::Length),
    }))
}

/// Those papers whose number has no entry yet.
pub(crate) async fn unknown(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    registers: &[NumberRegister],
    placed: Vec<(RegisterId, Paper)>,
) -> Result<Vec<(RegisterId, Paper)>> {
    let mut known: BTreeMap<RegisterId, BTreeSet<i64>> = BTreeMap::new();
    let named: BTreeSet<RegisterId> = placed.iter().map(|(register, _)| *register).collect();
    for register in registers.iter().filter(|register| named.contains(&register.id)) {
        let numbers = held_entries::below(conn, scope, register.id, register.opening).await?;
        known.insert(register.id, numbers.into_iter().collect());
    }
    let fresh = |(register, paper): &(RegisterId, Paper)| {
        known.get(register).is_none_or(|numbers| !numbers.contains(&paper.number))
    };
    Ok(placed.into_iter().filter(fresh).collect())
}
