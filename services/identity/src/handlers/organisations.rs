//! Party organisations: founding, changing and ending them, and how they stand on a day.

use std::collections::BTreeSet;

use schema_identity::{
    ChangePartyOrganisation, CreatePartyOrganisation, EndPartyOrganisation, GetPartyOrganisation,
    GetPartyOrganisationHistory, ListPartyOrganisations, PartyInstrument, PartyOrganisation, PartyOrganisationChanged,
    PartyOrganisationHistory, PartyOrganisationPlace, PartyOrganisationSpan, Refusal,
};
use service::{Audit, Read, Result, Write};
use uuid::Uuid;
use wire::{
    Day, Fault, Page, Refusal as _, Version,
    id::{OfficeId, PartyOrganisationId},
};

use super::committees;
use crate::{
    domain::{
        cursor, naming, offices,
        organisations::{self, Change},
    },
    store::{self, lineage::Noun, organisations::Filter},
};

/// The document of an act, fit to keep.
pub(super) fn instrument(given: &PartyInstrument) -> std::result::Result<PartyInstrument, Fault> {
    let PartyInstrument { number, day, body } = given;
    Ok(PartyInstrument { number: naming::line("number", number)?, day: *day, body: naming::line("body", body)? })
}

pub(crate) async fn list(cx: Read, call: ListPartyOrganisations) -> Result<Page<PartyOrganisation>> {
    let limit = Page::<PartyOrganisation>::limit(call.limit);
    let filter = Filter {
        parent: call.parent,
        words: naming::words(call.q.as_deref()),
        day: call.as_of.unwrap_or(cx.now.day()),
        after: cursor::name(call.cursor.as_ref())?,
        limit: u64::from(limit) + 1,
    };
    let found = store::organisations::list(cx.db(), &cx.office(call.office)?, filter).await?;
    Ok(Page::cut(found, limit, |last| cursor::of_name(&last.name, last.id)))
}

pub(crate) async fn get(cx: Read, call: GetPartyOrganisation) -> Result<PartyOrganisationPlace> {
    let day = call.as_of.unwrap_or(cx.now.day());
    let found = store::organisations::get_in(cx.db(), cx.scope(), call.id).await?;
    let organisation = found.and_then(|found| found.organisation(day)).ok_or(Refusal::PartyOrganisationMissing)?;
    let known = store::organisations::with_above(cx.db(), [organisation.id]).await?;
    let mut above = organisations::above(organisation.id, &known, day);
    let top = above.last().map_or(organisation.office, |top| top.office);
    above.extend(above_office(&cx, top, day).await?);
    Ok(PartyOrganisationPlace { organisation, above })
}

/// What leads in the offices above an office on a day, the nearest first.
async fn above_office(cx: &Read, office: OfficeId, day: Day) -> Result<Vec<PartyOrganisation>> {
    let mut leading = Vec::new();
    let mut office = Some(office);
    while let Some(below) = office {
        let stands = store::offices::get(cx.db(), below).await?.and_then(|found| found.office(day));
        office = stands.and_then(|stands| stands.parent);
        if let Some(office) = office {
            let tops = store::organisations::leading(cx.db(), office).await?;
            leading.extend(tops.iter().filter_map(|top| top.organisation(day)).find(|top| top.parent.is_none()));
        }
    }
    Ok(leading)
}

pub(crate) async fn history(cx: Read, call: GetPartyOrganisationHistory) -> Result<PartyOrganisationHistory> {
    let found = store::organisations::get_in(cx.db(), cx.scope(), call.id).await?;
    Ok(found.ok_or(Refusal::PartyOrganisationMissing)?)
}

/// Organisations after an id, for whoever begins to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<PartyOrganisationChanged>> {
    let found = store::organisations::after(cx.db(), after, limit).await?;
    Ok(found.into_iter().map(|organisation| PartyOrganisationChanged { organisation }).collect())
}

pub(crate) async fn create(cx: Write, call: CreatePartyOrganisation) -> Result<PartyOrganisation> {
    let CreatePartyOrganisation { office, name, kind, code, parent, from, instrument: by } = call;
    cx.office(office)?;
    let span = PartyOrganisationSpan {
        from,
        to: None,
        name: naming::line("name", &name)?,
        kind,
        code: organisations::code(code.as_deref())?,
        parent,
        instrument: instrument(&by)?,
    };
    store::offices::lock_tree(cx.tx()).await?;
    let stands = store::offices::get(cx.tx(), office).await?.ok_or(Refusal::OfficeMissing)?;
    if offices::lifetime(&stands).is_none_or(|life| !life.reaches(cx.now.day())) {
        return Err(Refusal::OfficeEnded.into());
    }
    must_reach(&cx, parent).await?;
    let organisation = PartyOrganisationHistory {
        id: cx.fresh(),
        office,
        spans: vec![span],
        ended_by: None,
        successors: Vec::new(),
        version: Version::FIRST,
    };
    check(&cx, &organisation).await?;
    store::organisations::insert(cx.tx(), &organisation).await?;
    tell(&cx, organisation, from).await
}

/// Refuses an organisation above that the caller does not reach.
async fn must_reach(cx: &Write, parent: Option<PartyOrganisationId>) -> Result<()> {
    if let Some(parent) = parent {
        let above = store::organisations::get_in(cx.tx(), cx.scope(), parent).await?;
        above.ok_or_else(|| Refusal::PartyOrganisationMissing.fault().at("parent"))?;
    }
    Ok(())
}

/// What must hold of an organisation on every day, against those above and below it and the others that lead.
async fn check(cx: &Write, organisation: &PartyOrganisationHistory) -> Result<()> {
    let parents: BTreeSet<PartyOrganisationId> = organisation.spans.iter().filter_map(|span| span.parent).collect();
    for above in store::organisations::of_ids(cx.tx(), parents).await? {
        organisations::fits(organisation, &above)?;
    }
    for below in store::organisations::ever_below(cx.tx(), organisation.id).await? {
        organisations::fits(&below, organisation)?;
    }
    let leading = store::organisations::leading(cx.tx(), organisation.office).await?;
    Ok(organisations::leads(organisation, &leading)?)
}

pub(crate) async fn change(cx: Write, call: ChangePartyOrganisation) -> Result<PartyOrganisation> {
    let ChangePartyOrganisation { id, from, name, kind, code, parent, instrument: by } = call;
    store::offices::lock_tree(cx.tx()).await?;
    let organisation = locked(&cx, id).await?;
    cx.expect(organisation.version)?;
    let change = Change {
        from,
        name: name.map(|name| naming::line("name", &name)).transpose()?,
        kind,
        code: code.map(|code| organisations::code(Some(&code))).transpose()?,
        parent,
        instrument: instrument(&by)?,
    };
    must_reach(&cx, parent).await?;
    let changed = organisations::change(organisation, change)?;
    check(&cx, &changed).await?;
    store::organisations::save(cx.tx(), &changed).await?;
    tell(&cx, changed, from).await
}

pub(crate) async fn end(cx: Write, call: EndPartyOrganisation) -> Result<PartyOrganisation> {
    store::offices::lock_tree(cx.tx()).await?;
    let organisation = locked(&cx, call.id).await?;
    cx.expect(organisation.version)?;
    let ended = end_on(&cx, organisation, call.to, instrument(&call.instrument)?).await?;
    let last = ended.spans.last().map_or(call.to, |span| span.from);
    tell(&cx, ended, last).await
}

/// Ends an organisation on a day, when nothing needs it any longer, and its committees with it.
pub(super) async fn end_on(
    cx: &Write,
    organisation: PartyOrganisationHistory,
    to: Day,
    by: PartyInstrument,
) -> Result<PartyOrganisationHistory> {
    let ended = organisations::end(organisation, to, by.clone())?;
    let below = store::organisations::ever_below(cx.tx(), ended.id).await?;
    let belonging = store::members::reaching(cx.tx(), ended.id, to, 1).await?;
    if organisations::is_above(ended.id, &below, to)
        || !belonging.is_empty()
        || store::lineage::needs_until(cx.tx(), Noun::PartyOrganisation, [ended.id.into()], to).await?
    {
        return Err(Refusal::PartyInUse { to }.into());
    }
    store::organisations::save(cx.tx(), &ended).await?;
    committees::end_all(cx, ended.id, to, &by).await?;
    Ok(ended)
}

/// The organisation in scope, locked until the transaction ends.
pub(super) async fn locked(cx: &Write, id: PartyOrganisationId) -> Result<PartyOrganisationHistory> {
    let found = store::organisations::lock_in(cx.tx(), cx.scope(), id).await?;
    Ok(found.ok_or(Refusal::PartyOrganisationMissing)?)
}

/// Tells and audits a change, and gives the organisation as it stands on its day.
pub(super) async fn tell(cx: &Write, organisation: PartyOrganisationHistory, day: Day) -> Result<PartyOrganisation> {
    let shown = organisation.organisation(day).ok_or(Refusal::PartyOrganisationMissing)?;
    let by = organisation.ended_by.as_ref().or(organisation.at(day).map(|span| &span.instrument));
    let act = Audit::of("party_organisation", organisation.id)
        .office(organisation.office)
        .field("name", &shown.name)
        .field("from", day)
        .field("to", shown.to.map(|to| to.to_string()).unwrap_or_default())
        .field("parent", shown.parent.map(|parent| parent.to_string()).unwrap_or_default())
        .field("instrument", by.map(|by| by.number.as_str()).unwrap_or_default());
    cx.audit(act).await?;
    cx.emit(&PartyOrganisationChanged { organisation }).await?;
    Ok(shown)
}
