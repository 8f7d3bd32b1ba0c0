//! The jobs of imports: entering their rows by the single acts, and undoing them again. Each run is one short transaction.

use schema_identity::{
    CreateAppointment, CreatePerson, CreatePosition, CreateUnit, DirectoryFault, DirectoryImport, DirectoryImportState,
    DirectoryRowState, DisablePerson, EnablePerson, EndAppointment, Person, Reach, Refusal, UnitChanged,
};
use sea_orm::Order as By;
use serde::{Deserialize, Serialize};
use service::{Audit, Job, Next, Result, Scope, Write};
use wire::id::{DirectoryImportId, OfficeId, PositionId, UnitId};

use super::{
    appointments,
    directory_imports::{held, note, refused},
    people, positions, units,
};
use crate::{
    domain::{
        import_mend::{Mend, fault, of_rule},
        import_plan::{Above, Order, Post, Who},
        offices,
    },
    store::{
        self,
        directory_import_rows::{self as rows, Item, end_of},
    },
};

/// Rows of one run.
const AT_ONCE: u64 = 25;

/// Enters the rows of an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EnterRows {
    /// The import.
    pub(crate) import: DirectoryImportId,
    /// Its office.
    pub(crate) office: OfficeId,
}

impl Job for EnterRows {
    const KIND: &'static str = "enter_directory_rows";
}

/// Undoes the rows of an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UndoRows {
    /// The import.
    pub(crate) import: DirectoryImportId,
    /// Its office.
    pub(crate) office: OfficeId,
}

impl Job for UndoRows {
    const KIND: &'static str = "undo_directory_rows";
}

/// Enters the next rows; when none is left the import is in force.
pub(crate) async fn enter(cx: Write, job: EnterRows) -> Result<Next<EnterRows>> {
    let scope = cx.office(job.office)?;
    let import = held(&cx, job.import).await?;
    if import.state != DirectoryImportState::Applying {
        return Ok(Next::Done);
    }
    let waiting = (DirectoryRowState::Waiting, By::Asc);
    let mut left = 0;
    let next = rows::next(cx.tx(), &scope, import.id, waiting, AT_ONCE).await?;
    let (count, last) = (u32::try_from(next.len())?, next.len() < usize::try_from(AT_ONCE)?);
    for mut item in next {
        item.mark.fault = match item.order.clone() {
            Order::Unit { .. } => unit(&cx, &scope, &import, &mut item).await?,
            Order::Post(post) => appoint(&cx, &scope, &import, &mut item, post).await?,
        };
        item.mark.state = if item.mark.fault.is_none() { DirectoryRowState::Made } else { DirectoryRowState::Failed };
        left += u32::from(item.mark.fault.is_some());
        rows::save(cx.tx(), import.id, &item).await?;
    }
    progress(&cx, import, (count, left), last).await?;
    if last { Ok(Next::Done) } else { Ok(Next::Again(job, cx.now)) }
}

/// Undoes the next rows, those entered last first; when none is left the import is undone.
pub(crate) async fn undo(cx: Write, job: UndoRows) -> Result<Next<UndoRows>> {
    let scope = cx.office(job.office)?;
    let import = held(&cx, job.import).await?;
    if import.state != DirectoryImportState::Undoing {
        return Ok(Next::Done);
    }
    let made = (DirectoryRowState::Made, By::Desc);
    let next = rows::next(cx.tx(), &scope, import.id, made, AT_ONCE).await?;
    let (count, last) = (u32::try_from(next.len())?, next.len() < usize::try_from(AT_ONCE)?);
    let mut left = 0;
    for mut item in next {
        if rows::used(cx.tx(), &import, Some(item.place)).await?.is_some() {
            left += 1;
            item.mark.state = DirectoryRowState::Kept;
            item.mark.fault = Some(fault(item.mark.row, None, None, &Mend::Used));
        } else {
            never(&cx, &item).await?;
            item.mark.state = DirectoryRowState::Undone;
        }
        rows::save(cx.tx(), import.id, &item).await?;
    }
    progress(&cx, import, (count, left), last).await?;
    if last { Ok(Next::Done) } else { Ok(Next::Again(job, cx.now)) }
}

/// Keeps the progress of an import; after the last rows it comes to its next state.
async fn progress(cx: &Write, import: DirectoryImport, (done, left): (u32, u32), last: bool) -> Result<()> {
    let (done, left) = (import.done.saturating_add(done), import.left.saturating_add(left));
    if !last {
        store::directory_imports::save(cx.tx(), &DirectoryImport { done, left, ..import }).await?;
        return Ok(());
    }
    let (state, version) = (end_of(import.state), import.version.next());
    let import = DirectoryImport { done, left, state, version, ..import };
    store::directory_imports::save(cx.tx(), &import).await?;
    note(cx, &import).await
}

/// Makes the unit of a row, unless the rules say no by now.
async fn unit(cx: &Write, scope: &Scope, import: &DirectoryImport, item: &mut Item) -> Result<Option<DirectoryFault>> {
    let Order::Unit { office, above, name, body, from } = item.order.clone() else { return Ok(None) };
    let parent = match above {
        Above::Unit(unit) => unit,
        Above::Row(row) => {
            let there = rows::of_row(cx.tx(), scope, import.id, row).await?;
            let Some(unit) = there.and_then(|there| there.mark.unit) else {
                return Ok(Some(fault(item.mark.row, None, None, &Mend::Unmade { row })));
            };
            unit
        }
    };
    // Every rule of the single act comes before its first row, so a refusal leaves nothing behind.
    match units::create(cx.clone(), CreateUnit { office, parent, name, body, from }).await {
        Ok(unit) => {
            item.mark.unit = Some(unit.id);
            Ok(None)
        }
        Err(error) => left_as_it_is(item.mark.row, error),
    }
}

/// Makes the position of a row, its person where there is none, and the appointment.
async fn appoint(
    cx: &Write,
    scope: &Scope,
    import: &DirectoryImport,
    item: &mut Item,
    post: Post,
) -> Result<Option<DirectoryFault>> {
    let row = item.mark.row;
    let there = match post.who {
        Who::New => None,
        Who::There(person) | Who::Again(person) => Some(person),
        Who::Row(row) => {
            match rows::of_row(cx.tx(), scope, import.id, row).await?.and_then(|there| there.mark.person) {
                Some(person) => Some(person),
                None => return Ok(Some(fault(item.mark.row, None, None, &Mend::Unmade { row }))),
            }
        }
    };
    if let Some(wrong) = unfit(cx, &post, there).await? {
        return Ok(Some(of_rule(row, None, wire::Refusal::fault(&wrong))));
    }
    let Post { office, unit, who, full_name, contact, title, roles, head, from, to, instrument } = post;
    let call = CreatePosition { office, unit, title, roles, head, reach: Reach::Own, reports_to: None, from, to };
    let position = match positions::create(cx.clone(), call).await {
        Ok(position) => position.id,
        Err(error) => return left_as_it_is(row, error),
    };
    let person = match (there, who) {
        (None, _) => made(item, people::create(cx.clone(), CreatePerson { office, full_name, contact }).await?),
        (Some(id), Who::Again(_)) => made(item, people::enable(cx.clone(), EnablePerson { id }).await?),
        (Some(id), _) => id,
    };
    let call = CreateAppointment { office, person, position, from, to, instrument };
    let appointment = appointments::create(cx.clone(), call).await?;
    (item.mark.position, item.mark.appointment) = (Some(position), Some(appointment.id));
    Ok(None)
}

/// Marks the person of a row as made by it.
fn made(item: &mut Item, person: Person) -> wire::id::PersonId {
    (item.mark.person, item.person_version) = (Some(person.id), Some(person.version));
    person.id
}

/// What speaks against a row before anything of it is written.
async fn unfit(cx: &Write, post: &Post, there: Option<wire::id::PersonId>) -> Result<Option<Refusal>> {
    let office = store::offices::get(cx.tx(), post.office).await?.ok_or(Refusal::OfficeMissing)?;
    if offices::lifetime(&office).is_none_or(|life| !life.reaches(cx.now.day())) {
        return Ok(Some(Refusal::OfficeEnded));
    }
    let Some(there) = there else { return Ok(None) };
    match store::people::lock(cx.tx(), cx.scope(), there).await? {
        None => Ok(Some(Refusal::PersonMissing)),
        Some(person) if !person.active && !matches!(post.who, Who::Again(_)) => Ok(Some(Refusal::PersonDisabled)),
        Some(_) => Ok(None),
    }
}

/// A refusal is the fault of its row; whatever else went wrong is ours, and the run is done again.
fn left_as_it_is(row: u32, error: anyhow::Error) -> Result<Option<DirectoryFault>> {
    match refused(&error) {
        Some(wrong) => Ok(Some(of_rule(row, None, wrong))),
        None => Err(error),
    }
}

/// What a row made never was in force: it ends on its first day, and a person made is disabled.
async fn never(cx: &Write, item: &Item) -> Result<()> {
    if let (Some(id), Order::Post(Post { from, .. })) = (item.mark.appointment, &item.order) {
        appointments::end(cx.clone(), EndAppointment { id, to: *from }).await?;
    }
    if let Some(id) = item.mark.position {
        no_position(cx, id).await?;
    }
    if let Some(id) = item.mark.person {
        people::disable(cx.clone(), DisablePerson { id }).await?;
    }
    if let Some(id) = item.mark.unit {
        no_unit(cx, id).await?;
    }
    Ok(())
}

async fn no_position(cx: &Write, id: PositionId) -> Result<()> {
    let placed = store::positions::lock(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::PositionMissing)?;
    let from = placed.position.from;
    let placed = placed.ended(from).changed();
    store::positions::save(cx.tx(), &placed).await?;
    positions::tell(cx, placed).await.map(|_| ())
}

async fn no_unit(cx: &Write, id: UnitId) -> Result<()> {
    let (mut unit, _) = units::of_office(cx, id).await?;
    for span in &mut unit.spans {
        span.to = Some(span.from);
    }
    unit.version = unit.version.next();
    store::units::save(cx.tx(), &unit).await?;
    let from = unit.spans.first().map(|span| span.from.to_string()).unwrap_or_default();
    cx.audit(Audit::of("unit", unit.id).office(unit.office).field("from", &from).field("to", &from)).await?;
    cx.emit(&UnitChanged { unit }).await
}
