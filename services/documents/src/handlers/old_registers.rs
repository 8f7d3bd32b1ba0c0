//! Registers of past years: bringing a spreadsheet in, saying what its columns hold, trying it out, entering its rows.
//! Nothing else hears of the rows: no register counts, nobody is told, nothing falls due.

use std::collections::BTreeSet;

use anyhow::Result;
use futures_util::TryStreamExt as _;
use schema_documents::{
    BringOldRegister, CheckOldRegister, EnterOldRegister, GetOldRegister, ListOldPapers, ListOldRegisters,
    MapOldRegister, OldPaper, OldRegister, OldRegisterCheck, OldRegisterRefusal, OldRegisterState, Refusal,
};
use serde::{Deserialize, Serialize};
use service::{Claimed, Job, Next, Read, Write};
use sheet::Unreadable;
use wire::{
    Page, Version,
    id::{OfficeId, OldRegisterId},
};

use super::{files, intake_secrets::DropUploads, paging, telling};
use crate::{
    domain::{
        field,
        mend::Mend,
        old_register::{self as rule, OldPapers, Source},
    },
    store::{self, files::Owner, old_papers, old_registers},
};

/// What a ticket for a spreadsheet must have been given for.
const PURPOSE: &str = "old_register";
/// Rows that are read at most, heads and blank ones among them.
const ROWS: u32 = 30_020;
/// Columns that a mapping names at most.
const COLUMNS: usize = 60;
/// Faults that are told at most.
const FAULTS: usize = 500;
/// Rows of one run of the job, one short transaction.
const AT_ONCE: usize = 1_000;

/// Claims the upload.
pub(crate) async fn claim(cx: Read, call: BringOldRegister) -> Result<Vec<Claimed>> {
    cx.office_for_new(call.office)?;
    files::claim(&cx, &[call.ticket], PURPOSE, call.office).await
}

/// Brings a spreadsheet in, with the mapping of the last one of its kind.
pub(crate) async fn bring(cx: Write, call: BringOldRegister, claimed: Vec<Claimed>) -> Result<OldRegister> {
    let scope = cx.office_for_new(call.office)?;
    if claimed.iter().any(|file| file.size > sheet::LARGEST) {
        let most = i64::try_from(sheet::LARGEST)?;
        return Err(Refusal::FieldOutOfRange { name: "size".to_owned(), least: 1, most }.at("ticket").into());
    }
    let id: OldRegisterId = cx.fresh();
    let fresh = files::take_up(&cx, call.office, claimed).await?;
    store::files::attach(cx.tx(), call.office, Owner::OldRegister(id), &fresh, cx.now).await?;
    let register = OldRegister {
        id,
        office: call.office,
        version: Version::FIRST,
        kind: call.kind,
        state: OldRegisterState::Draft,
        file: fresh.into_iter().next_back(),
        columns: old_registers::last_mapping(cx.tx(), &scope, call.kind).await?,
        rows: 0,
        done: 0,
        added: 0,
        known: 0,
        failed: 0,
        brought_at: cx.now,
        begun_at: None,
        last_at: None,
    };
    old_registers::insert(cx.tx(), &register).await?;
    told(&cx, &register).await?;
    Ok(register)
}

/// The spreadsheets of an office, those brought in last first.
pub(crate) async fn list(cx: Read, call: ListOldRegisters) -> Result<Page<OldRegister>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<OldRegister>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let items = old_registers::list(cx.db(), &scope, before, paging::rows(limit)).await?;
    paging::page(items, limit, |last| last.id.to_string())
}

/// One spreadsheet.
pub(crate) async fn get(cx: Read, call: GetOldRegister) -> Result<OldRegister> {
    seen(&cx, call.id).await
}

/// Says what columns hold.
pub(crate) async fn map(cx: Write, call: MapOldRegister) -> Result<OldRegister> {
    let before = held(&cx, call.id).await?;
    if before.state != OldRegisterState::Draft {
        return Err(OldRegisterRefusal::OldRegisterBegun.into());
    }
    field::few("columns", &call.columns, COLUMNS)?;
    let register = OldRegister { columns: call.columns, version: before.version.next(), ..before };
    old_registers::update(cx.tx(), &register).await?;
    told(&cx, &register).await?;
    Ok(register)
}

/// What entering would do, and what is to be mended.
pub(crate) async fn check(cx: Read, call: CheckOldRegister) -> Result<OldRegisterCheck> {
    let register = seen(&cx, call.id).await?;
    let scope = cx.office(register.office)?;
    let mut found = read(&cx, &register).await?;
    let years: BTreeSet<i32> = found.fit.iter().map(|((year, ..), _)| *year).collect();
    let there = old_papers::known(cx.db(), &scope, (register.office, register.kind), &years).await?;
    let known = found.fit.iter().filter(|(key, _)| there.contains(key)).count();
    let faulty = u32::try_from(found.faults.len())?;
    found.faults.truncate(FAULTS);
    Ok(OldRegisterCheck {
        id: register.id,
        rows: found.rows,
        fit: u32::try_from(found.fit.len() - known)?,
        known: u32::try_from(known)?,
        failed: found.failed,
        columns: found.columns,
        faults: found.faults,
        faulty,
    })
}

/// What the version of a spreadsheet holds that is about to be entered.
#[derive(Clone, Copy)]
pub(crate) struct Facts {
    version: Version,
    rows: u32,
    failed: u32,
    faulty: u32,
}

/// Counts the rows of a spreadsheet.
pub(crate) async fn enter_facts(cx: Read, call: EnterOldRegister) -> Result<Facts> {
    let register = seen(&cx, call.id).await?;
    let found =
        if register.state == OldRegisterState::Draft { read(&cx, &register).await? } else { OldPapers::default() };
    let (rows, faulty) = (u32::try_from(found.fit.len())?, u32::try_from(found.faults.len())?);
    Ok(Facts { version: register.version, rows, failed: found.failed, faulty })
}

/// Begins to enter the rows.
pub(crate) async fn enter(cx: Write, call: EnterOldRegister, facts: Facts) -> Result<OldRegister> {
    let before = held(&cx, call.id).await?;
    if before.state != OldRegisterState::Draft {
        return Ok(before);
    }
    if before.version != facts.version {
        return Err(OldRegisterRefusal::OldRegisterBegun.into());
    }
    if facts.rows == 0 {
        return Err(OldRegisterRefusal::OldRegisterNothing { faulty: facts.faulty }.into());
    }
    let (rows, failed, begun_at) = (facts.rows, facts.failed, Some(cx.now));
    let state = OldRegisterState::Entering;
    let register = OldRegister { state, rows, failed, begun_at, version: before.version.next(), ..before };
    old_registers::update(cx.tx(), &register).await?;
    cx.enqueue(&EnterOldRows { register: register.id, office: register.office }, cx.now).await?;
    told(&cx, &register).await?;
    Ok(register)
}

/// Enters the rows of a spreadsheet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EnterOldRows {
    register: OldRegisterId,
    office: OfficeId,
}

impl Job for EnterOldRows {
    const KIND: &'static str = "enter_old_rows";
}

/// Rows of one run, and after how many they stand.
pub(crate) struct Rows {
    after: u32,
    next: Vec<(rule::Key, OldPaper)>,
    has_secrets: bool,
}

/// Reads the next rows. The day of the beginning decides what lies in the future: every run reads the same rows.
pub(crate) async fn next_rows(cx: Read, job: EnterOldRows) -> Result<Rows> {
    let found = old_registers::get(cx.db(), &cx.office(job.office)?, job.register).await?;
    let Some(register) = found.filter(|found| found.state == OldRegisterState::Entering) else {
        return Ok(Rows { after: 0, next: Vec::new(), has_secrets: false });
    };
    let papers = read(&cx, &register).await?;
    let has_secrets = papers.has_secrets;
    let next = papers.fit.into_iter().skip(usize::try_from(register.done)?).take(AT_ONCE).collect();
    Ok(Rows { after: register.done, next, has_secrets })
}

/// Keeps them with the count of those done with, in one transaction: a run that was cut off leaves nothing, and the next
/// begins where the last that was kept ended.
pub(crate) async fn keep_rows(cx: Write, job: EnterOldRows, rows: Rows) -> Result<Next<EnterOldRows>> {
    let scope = cx.office(job.office)?;
    let found = old_registers::hold(cx.tx(), &scope, job.register).await?;
    let Some(before) = found.filter(|found| found.state == OldRegisterState::Entering) else { return Ok(Next::Done) };
    if before.done != rows.after {
        return Ok(Next::Again(job, cx.now));
    }
    let count = u32::try_from(rows.next.len())?;
    let lines = rows.next.into_iter().map(|(key, paper)| (cx.fresh::<OldRegisterId>().into(), key, paper));
    let added = u32::try_from(old_papers::add(cx.tx(), lines.collect()).await?)?;
    let mut register = OldRegister {
        done: before.done.saturating_add(count),
        added: before.added.saturating_add(added),
        known: before.known.saturating_add(count.saturating_sub(added)),
        last_at: Some(cx.now),
        ..before
    };
    let ended = count == 0 || register.done >= register.rows;
    if ended {
        register.state = OldRegisterState::Entered;
        register.version = register.version.next();
        told(&cx, &register).await?;
        // The words of secret lines stand in the file and nowhere else here; whoever brought it in keeps the original.
        if let Some(file) = register.file.take_if(|_| rows.has_secrets) {
            files::let_go(&cx, register.office, Owner::OldRegister(register.id), &file).await?;
            cx.enqueue(&DropUploads { uploads: vec![file.sha256] }, cx.now).await?;
        }
    }
    old_registers::update(cx.tx(), &register).await?;
    Ok(if ended { Next::Done } else { Next::Again(job, cx.now) })
}

/// Lines of old registers.
pub(crate) async fn papers(cx: Read, call: ListOldPapers) -> Result<Page<OldPaper>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<OldPaper>::limit(call.limit);
    let after = paging::year_and_id(call.cursor.as_ref())?;
    let found = old_papers::list(cx.db(), &scope, &call, after, paging::rows(limit)).await?;
    let page = paging::page(found, limit, |(id, paper)| format!("{}.{id}", paper.year))?;
    Ok(page.map(|(_, paper)| paper))
}

/// Reads a spreadsheet, as of the day on which entering began.
async fn read(cx: &Read, register: &OldRegister) -> Result<OldPapers> {
    let Some(file) = &register.file else { return Ok(OldPapers::default()) };
    let area = cx.blobs().area("documents", &register.office.to_string())?;
    let chunks: Vec<bytes::Bytes> = area.open(&file.sha256, None).await?.bytes.try_collect().await?;
    let today = register.begun_at.unwrap_or(cx.now).day();
    let source = Source { office: register.office, kind: register.kind, from: register.id, today };
    Ok(match sheet::read(&chunks.concat(), ROWS) {
        Ok(rows) => rule::read(&rows, &register.columns, source),
        Err(Unreadable::Form) => rule::unreadable(&Mend::Form),
        Err(Unreadable::Length) => rule::unreadable(&Mend::OldLength),
    })
}

async fn seen(cx: &Read, id: OldRegisterId) -> Result<OldRegister> {
    let found = old_registers::get(cx.db(), cx.scope(), id).await?;
    Ok(found.ok_or(OldRegisterRefusal::OldRegisterMissing { id })?)
}

async fn held(cx: &Write, id: OldRegisterId) -> Result<OldRegister> {
    let found = old_registers::hold(cx.tx(), cx.scope(), id).await?;
    let found = found.ok_or(OldRegisterRefusal::OldRegisterMissing { id })?;
    cx.expect(found.version)?;
    Ok(found)
}

/// Writes down for audit how far it is.
async fn told(cx: &Write, register: &OldRegister) -> Result<()> {
    let values = [
        ("state", Some(format!("{:?}", register.state).to_lowercase())),
        ("added", Some(register.added.to_string())),
        ("known", Some(register.known.to_string())),
        ("failed", Some(register.failed.to_string())),
        ("sha256", register.file.as_ref().map(|file| file.sha256.clone())),
    ];
    telling::audit(cx, "old_register", register.id.into(), register.office, &values).await
}
