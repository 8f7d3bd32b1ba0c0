//! Units and people from spreadsheets: beginning, mapping, trying out, putting into force, undoing before use.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt as _;
use schema_identity::{
    ApplyDirectoryImport, BeginDirectoryImport, CheckDirectoryImport, DirectoryCheck, DirectoryImport,
    DirectoryImportKind, DirectoryImportRow, DirectoryImportState, GetDirectoryImport, ListDirectoryImportRows,
    ListDirectoryImports, MapDirectoryImport, OfficeHistory, Refusal, UndoDirectoryImport,
};
use service::{Audit, Read, Result, Write};
use sheet::{Row, Unreadable};
use wire::{
    Cursor, Page, Refusal as _, Version,
    id::{DirectoryImportId, OfficeId},
};

use super::directory_import_jobs::{EnterRows, UndoRows};
use crate::{
    domain::{
        cursor,
        import_mend::{Mend, fault},
        import_plan::{self, Known, OFFICES, Place, Places, Plan, ROWS},
        import_sheet, naming, offices,
    },
    store,
};

/// What a ticket for a spreadsheet must have been given for.
const PURPOSE: &str = "directory_import";
/// Titles, heads and blank rows that are read beside those that count.
const BESIDE: u32 = 20;
/// Columns that a mapping names at most.
const COLUMNS: usize = 60;
/// Faults that are told at most.
const FAULTS: usize = 500;
/// The permission for units; people take that of the call.
const UNITS: &str = "identity.units.change";

/// What an upload holds.
#[derive(Clone)]
pub(crate) struct Sheet {
    name: String,
    sha256: String,
    rows: Vec<Row>,
}

/// Reads the upload; the file itself is not kept.
pub(crate) async fn read(cx: Read, call: BeginDirectoryImport) -> Result<Sheet> {
    cx.office(call.office)?;
    let file = cx.claim(&call.ticket, PURPOSE, call.office).await?;
    let area = cx.blobs().area("identity", &call.office.to_string())?;
    let rows = if file.size > sheet::LARGEST {
        Err(Unreadable::Length)
    } else {
        let chunks: Vec<bytes::Bytes> = area.open(&file.sha256, None).await?.bytes.try_collect().await?;
        sheet::read(&chunks.concat(), ROWS + BESIDE)
    };
    area.remove(&file.sha256).await?;
    let rows = rows.map_err(|why| match why {
        Unreadable::Form => Refusal::ImportUnreadable,
        Unreadable::Length => Refusal::ImportTooLong { most: ROWS },
    })?;
    Ok(Sheet { name: file.name, sha256: file.sha256, rows })
}

/// Begins an import.
pub(crate) async fn begin(cx: Write, call: BeginDirectoryImport, sheet: Sheet) -> Result<DirectoryImport> {
    let BeginDirectoryImport { office, kind, ticket: _, columns, from } = call;
    cx.office(office)?;
    few(columns.len())?;
    if kind == DirectoryImportKind::Units && !may_units(&cx, office) {
        return Err(Refusal::ImportUnitsDenied.into());
    }
    let import = DirectoryImport {
        id: cx.fresh(),
        office,
        kind,
        version: Version::FIRST,
        state: DirectoryImportState::Draft,
        file_name: sheet.name,
        sha256: sheet.sha256,
        from: from.unwrap_or(cx.now.day()),
        columns,
        rows: 0,
        done: 0,
        left: 0,
        undo_reason: None,
    };
    store::directory_imports::insert(cx.tx(), &import, &sheet.rows).await?;
    note(&cx, &import).await?;
    Ok(import)
}

/// Says anew what the columns of a draft hold.
pub(crate) async fn map(cx: Write, call: MapDirectoryImport) -> Result<DirectoryImport> {
    let before = held(&cx, call.id).await?;
    import_plan::drafted(&before)?;
    few(call.columns.len())?;
    let import = DirectoryImport { columns: call.columns, version: before.version.next(), ..before };
    store::directory_imports::save(cx.tx(), &import).await?;
    note(&cx, &import).await?;
    Ok(import)
}

/// Imports of an office, those begun last first.
pub(crate) async fn list(cx: Read, call: ListDirectoryImports) -> Result<Page<DirectoryImport>> {
    let limit = Page::<DirectoryImport>::limit(call.limit);
    let (scope, before) = (cx.office(call.office)?, cursor::id(call.cursor.as_ref())?);
    let found = store::directory_imports::list(cx.db(), &scope, before, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |last| last.id.to_string()))
}

/// One import.
pub(crate) async fn get(cx: Read, call: GetDirectoryImport) -> Result<DirectoryImport> {
    seen(&cx, call.id).await
}

/// The marks of an import on what it made.
pub(crate) async fn rows(cx: Read, call: ListDirectoryImportRows) -> Result<Page<DirectoryImportRow>> {
    let limit = Page::<DirectoryImportRow>::limit(call.limit);
    let import = seen(&cx, call.id).await?;
    let read = |cursor: &Cursor| cursor.0.parse::<i64>().map_err(|_| Refusal::CursorBad);
    let after = call.cursor.as_ref().map(read).transpose()?;
    let scope = cx.office(import.office)?;
    let found = store::directory_import_rows::list(cx.db(), &scope, import.id, after, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |last| last.place.to_string()).map(|item| item.mark))
}

/// What putting an import into force would do.
pub(crate) async fn check(cx: Read, call: CheckDirectoryImport) -> Result<DirectoryCheck> {
    let import = seen(&cx, call.id).await?;
    import_plan::drafted(&import)?;
    let (lines, mut plan) = planned(&cx, &import).await?;
    let faulty = u32::try_from(plan.faults.len())?;
    plan.faults.truncate(FAULTS);
    Ok(DirectoryCheck {
        id: import.id,
        rows: lines.rows,
        fit: u32::try_from(plan.orders.len())?,
        known: plan.known,
        columns: lines.columns,
        faults: plan.faults,
        faulty,
    })
}

/// The plan of the version of an import that is about to be put into force.
#[derive(Clone)]
pub(crate) struct Facts {
    version: Version,
    plan: Option<Plan>,
}

/// Plans an import that is a draft still.
pub(crate) async fn plan(cx: Read, call: ApplyDirectoryImport) -> Result<Facts> {
    let import = seen(&cx, call.id).await?;
    let plan = if import_plan::in_force(&import)? { None } else { Some(planned(&cx, &import).await?.1) };
    Ok(Facts { version: import.version, plan })
}

/// Puts an import into force: its rows are entered by a job.
pub(crate) async fn apply(cx: Write, call: ApplyDirectoryImport, facts: Facts) -> Result<DirectoryImport> {
    let before = held(&cx, call.id).await?;
    if import_plan::in_force(&before)? {
        return Ok(before);
    }
    let scope = cx.office(before.office)?;
    if before.kind == DirectoryImportKind::Units && !may_units(&cx, before.office) {
        return Err(Refusal::ImportUnitsDenied.into());
    }
    store::offices::lock(cx.tx(), before.office).await?.ok_or(Refusal::OfficeMissing)?;
    let plan = facts.plan.filter(|_| facts.version == before.version).ok_or(Refusal::ImportUnderWay)?;
    if store::directory_imports::under_way(cx.tx(), &scope).await? {
        return Err(Refusal::ImportUnderWay.into());
    }
    import_plan::sound(&plan)?;
    let rows = u32::try_from(plan.orders.len())?;
    let state = if rows == 0 { DirectoryImportState::Applied } else { DirectoryImportState::Applying };
    let import = DirectoryImport { state, rows, version: before.version.next(), ..before };
    store::directory_import_rows::insert(cx.tx(), &import, &plan.orders).await?;
    store::directory_imports::save(cx.tx(), &import).await?;
    store::directory_imports::drop_sheet(cx.tx(), import.id).await?;
    if rows > 0 {
        cx.enqueue(&EnterRows { import: import.id, office: import.office }, cx.now).await?;
    }
    note(&cx, &import).await?;
    Ok(import)
}

/// Undoes an import before use; a draft is given up.
pub(crate) async fn undo(cx: Write, call: UndoDirectoryImport) -> Result<DirectoryImport> {
    let before = held(&cx, call.id).await?;
    let reason = naming::line("reason", &call.reason)?;
    let scope = cx.office(before.office)?;
    store::offices::lock(cx.tx(), before.office).await?.ok_or(Refusal::OfficeMissing)?;
    let state = match before.state {
        DirectoryImportState::Draft => DirectoryImportState::Undone,
        DirectoryImportState::Applied if before.rows == 0 => DirectoryImportState::Undone,
        DirectoryImportState::Applied => DirectoryImportState::Undoing,
        DirectoryImportState::Applying | DirectoryImportState::Undoing => return Err(Refusal::ImportUnderWay.into()),
        DirectoryImportState::Undone => return Err(Refusal::ImportUndone.into()),
    };
    if state == DirectoryImportState::Undoing {
        if store::directory_imports::under_way(cx.tx(), &scope).await? {
            return Err(Refusal::ImportUnderWay.into());
        }
        if let Some(row) = store::directory_import_rows::used(cx.tx(), &before, None).await? {
            return Err(Refusal::ImportUsed { row }.into());
        }
        cx.enqueue(&UndoRows { import: before.id, office: before.office }, cx.now).await?;
    }
    let version = before.version.next();
    let import = DirectoryImport { state, undo_reason: Some(reason), done: 0, left: 0, version, ..before };
    store::directory_imports::save(cx.tx(), &import).await?;
    store::directory_imports::drop_sheet(cx.tx(), import.id).await?;
    note(&cx, &import).await?;
    Ok(import)
}

/// Reads a draft's rows and plans them.
async fn planned(cx: &Read, import: &DirectoryImport) -> Result<(import_sheet::Lines, Plan)> {
    let scope = cx.office(import.office)?;
    let rows = store::directory_imports::sheet(cx.db(), &scope, import.id).await?;
    let mut lines = import_sheet::read(import.kind, &rows, &import.columns, import.from);
    let codes: BTreeSet<String> = lines.fit.iter().filter_map(|line| line.office.clone()).collect();
    let codes = if codes.len() > OFFICES {
        lines.faults.push(fault(0, None, None, &Mend::Offices { most: OFFICES }));
        BTreeSet::new()
    } else {
        codes
    };
    let home = store::offices::get(cx.db(), import.office).await?.ok_or(Refusal::OfficeMissing)?;
    let undone = store::directory_import_rows::undone_people(cx.db(), cx.scope()).await?;
    let mut named = BTreeMap::new();
    for office in store::offices::of_codes(cx.db(), codes).await? {
        // What is not the caller's is not looked at: it looks like what there is not.
        if may(cx, import.kind, office.id) {
            named.insert(office.code.clone(), place(cx, import.kind, office, &undone).await?);
        }
    }
    let places = Places {
        home: place(cx, import.kind, home, &undone).await?,
        named,
        caller: cx.caller().person().map(|caller| caller.person),
        today: cx.now.day(),
    };
    let plan = import_plan::plan(import.kind, &lines, &places);
    Ok((lines, plan))
}

/// An office as the planner needs it.
async fn place(
    cx: &Read,
    kind: DirectoryImportKind,
    office: OfficeHistory,
    undone: &BTreeSet<wire::id::PersonId>,
) -> Result<Place> {
    let life = offices::lifetime(&office).ok_or(Refusal::OfficeMissing)?;
    let (db, scope, office) = (cx.db(), cx.office(office.id)?, office.id);
    let units = store::units::of_office(db, office).await?;
    let mut place = Place { office, life, units, people: Vec::new(), positions: Vec::new(), appointments: Vec::new() };
    if kind == DirectoryImportKind::People {
        let people = store::people::after(db, &scope, None, u16::MAX).await?;
        let known = |person: schema_identity::Person| Known {
            id: person.id,
            name: text::fold(&person.full_name),
            contact: person.contact.as_deref().map(text::fold),
            active: person.active,
            undone: undone.contains(&person.id),
        };
        place.people = people.into_iter().map(known).collect();
        let positions = store::positions::after(db, &scope, None, u16::MAX).await?;
        place.positions = positions.into_iter().map(|placed| placed.position).collect();
        let filter = store::appointments::Filter::default();
        place.appointments = store::appointments::list(db, &scope, filter).await?;
    }
    Ok(place)
}

/// Whether the caller may import rows of this kind into an office: as they may do the single acts there.
fn may(cx: &Read, kind: DirectoryImportKind, office: OfficeId) -> bool {
    cx.scope().allows(office)
        && (kind == DirectoryImportKind::People
            || cx.caller().person().is_none()
            || cx.authority().is_ok_and(|authority| gives_units(authority, office)))
}

fn may_units(cx: &Write, office: OfficeId) -> bool {
    cx.caller().person().is_none() || cx.authority().is_ok_and(|authority| gives_units(authority, office))
}

fn gives_units(authority: &wire::Authority, office: OfficeId) -> bool {
    let gives = |grant: &wire::Grant| grant.permissions.contains(UNITS) && grant.offices().any(|there| there == office);
    authority.grants.iter().any(gives)
}

fn few(columns: usize) -> std::result::Result<(), Refusal> {
    if columns > COLUMNS { Err(Refusal::ImportColumns { most: COLUMNS }) } else { Ok(()) }
}

async fn seen(cx: &Read, id: DirectoryImportId) -> Result<DirectoryImport> {
    Ok(store::directory_imports::get(cx.db(), cx.scope(), id).await?.ok_or(Refusal::ImportMissing)?)
}

/// An import in scope, for changing.
pub(super) async fn held(cx: &Write, id: DirectoryImportId) -> Result<DirectoryImport> {
    let found = store::directory_imports::lock(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::ImportMissing)?;
    cx.expect(found.version)?;
    Ok(found)
}

/// Audits what an import says now.
pub(super) async fn note(cx: &Write, import: &DirectoryImport) -> Result<()> {
    let act = Audit::of("directory_import", import.id)
        .office(import.office)
        .field("kind", format!("{:?}", import.kind))
        .field("state", format!("{:?}", import.state))
        .field("sha256", &import.sha256)
        .field("rows", import.rows)
        .field("left", import.left)
        .field("reason", import.undo_reason.as_deref().unwrap_or_default());
    cx.audit(act).await
}

/// What a refusal of a single act says of a row; nothing when it was no refusal.
pub(super) fn refused(error: &anyhow::Error) -> Option<wire::Fault> {
    error.downcast_ref::<Refusal>().map(Refusal::fault).or_else(|| error.downcast_ref().cloned())
}
