//! The dated tree of party organisations: changing one by an act, and where each kind may stand on every day.

use std::collections::BTreeMap;

use schema_identity::{
    PartyInstrument, PartyOrganisation, PartyOrganisationHistory, PartyOrganisationKind, PartyOrganisationSpan, Refusal,
};
use wire::{Day, id::PartyOrganisationId};

use super::interval::Interval;

/// What an act changes about an organisation from a day on; what is absent stays.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The first day.
    pub(crate) from: Day,
    /// The new name.
    pub(crate) name: Option<String>,
    /// The new kind.
    pub(crate) kind: Option<PartyOrganisationKind>,
    /// The new code, or none any longer.
    pub(crate) code: Option<Option<String>>,
    /// The new organisation above.
    pub(crate) parent: Option<PartyOrganisationId>,
    /// The act.
    pub(crate) instrument: PartyInstrument,
}

/// The days on which an organisation exists. Its spans follow each other without a hole, so two ends are enough.
pub(crate) fn lifetime(organisation: &PartyOrganisationHistory) -> Option<Interval> {
    Some(Interval { from: organisation.spans.first()?.from, to: organisation.spans.last()?.to })
}

/// The code of party organisations: five groups of 2, 3, 3, 3 and 3 digits (Quy định 208-QĐ/TW, found in one source).
pub(crate) fn code(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let groups: Vec<&str> = text.split('.').collect();
    let digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    if digits && groups.iter().map(|group| group.len()).eq([2, 3, 3, 3, 3]) {
        Ok(Some(text.to_owned()))
    } else {
        Err(Refusal::PartyCodeBad)
    }
}

/// Changes an organisation from a day on; what held before stays, what was planned after is replaced.
///
/// # Errors
/// [`Refusal::PartyOrganisationMissing`] when it does not exist on that day; [`Refusal::PartyKindFixed`] when a cell is
/// to become something else, or something else a cell.
pub(crate) fn change(
    mut organisation: PartyOrganisationHistory,
    change: Change,
) -> Result<PartyOrganisationHistory, Refusal> {
    let Change { from, name, kind, code, parent, instrument } = change;
    let span = organisation.at(from).ok_or(Refusal::PartyOrganisationMissing)?.clone();
    if kind.is_some_and(|kind| kind.is_cell() != span.kind.is_cell()) {
        return Err(Refusal::PartyKindFixed);
    }
    let to = lifetime(&organisation).and_then(|life| life.to);
    cut(&mut organisation.spans, from);
    organisation.spans.push(PartyOrganisationSpan {
        from,
        to,
        name: name.unwrap_or(span.name),
        kind: kind.unwrap_or(span.kind),
        code: code.unwrap_or(span.code),
        parent: parent.or(span.parent),
        instrument,
    });
    organisation.version = organisation.version.next();
    Ok(organisation)
}

/// Ends an organisation on a day by an act; spans planned for later go.
///
/// # Errors
/// [`Refusal::AlreadyEnded`], [`Refusal::IntervalEmpty`].
pub(crate) fn end(
    mut organisation: PartyOrganisationHistory,
    to: Day,
    instrument: PartyInstrument,
) -> Result<PartyOrganisationHistory, Refusal> {
    let life = lifetime(&organisation).ok_or(Refusal::PartyOrganisationMissing)?;
    if life.end(to)?.is_empty() {
        return Err(Refusal::IntervalEmpty);
    }
    cut(&mut organisation.spans, to);
    organisation.ended_by = Some(instrument);
    organisation.version = organisation.version.next();
    Ok(organisation)
}

fn cut(spans: &mut Vec<PartyOrganisationSpan>, day: Day) {
    spans.retain(|span| span.from < day);
    if let Some(last) = spans.last_mut() {
        last.to = Some(day);
    }
}

/// What may stand right below what; nothing above is fit for what leads an office's part of the tree. Every kind stands
/// below a higher one, so that no organisation ever stands below itself. (Điều lệ Đảng, Chương II to V; from memory.)
pub(crate) fn may_stand(kind: PartyOrganisationKind, above: Option<PartyOrganisationKind>) -> bool {
    use PartyOrganisationKind::{AboveBase, Base, BaseCell, Cell, Central, Section};
    matches!(
        (kind, above),
        (Central | AboveBase | Base | BaseCell, None)
            | (AboveBase, Some(Central))
            | (Base | BaseCell, Some(Central | AboveBase))
            | (Section, Some(Base))
            | (Cell, Some(Base | Section))
    )
}

/// Checks an organisation against one that stands above it in some of its spans: on each of those days the one above
/// exists, and is of a fitting kind.
pub(crate) fn fits(below: &PartyOrganisationHistory, above: &PartyOrganisationHistory) -> Result<(), Refusal> {
    let life = lifetime(above).ok_or(Refusal::PartyOrganisationMissing)?;
    for span in below.spans.iter().filter(|span| span.parent == Some(above.id)) {
        days(span).inside(life, "organisation above")?;
        // Itself as it was would fit, when its own kind changes on that very day.
        let fit = |then: &PartyOrganisationSpan| below.id != above.id && may_stand(span.kind, Some(then.kind));
        let bad = |then: &&PartyOrganisationSpan| days(span).overlaps(days(then)) && !fit(then);
        if let Some(then) = above.spans.iter().find(bad) {
            return Err(Refusal::PartyPlaceBad { day: span.from.max(then.from) });
        }
    }
    Ok(())
}

/// Checks the spans of an organisation that has none above: its kind may lead, and no other leads in its office then.
pub(crate) fn leads(
    organisation: &PartyOrganisationHistory,
    of_office: &[PartyOrganisationHistory],
) -> Result<(), Refusal> {
    for span in organisation.spans.iter().filter(|span| span.parent.is_none()) {
        if !may_stand(span.kind, None) {
            return Err(Refusal::PartyPlaceBad { day: span.from });
        }
        let others = of_office.iter().filter(|other| other.id != organisation.id).flat_map(|other| &other.spans);
        let mut tops = others.filter(|other| other.parent.is_none());
        if let Some(other) = tops.find(|other| days(span).overlaps(days(other))) {
            return Err(Refusal::PartyTopTaken { day: span.from.max(other.from) });
        }
    }
    Ok(())
}

fn days(span: &PartyOrganisationSpan) -> Interval {
    Interval { from: span.from, to: span.to }
}

/// Whether one of these stands directly below the organisation on `day` or later.
pub(crate) fn is_above(organisation: PartyOrganisationId, others: &[PartyOrganisationHistory], day: Day) -> bool {
    let below = |span: &PartyOrganisationSpan| span.parent == Some(organisation) && days(span).reaches(day);
    others.iter().any(|other| other.spans.iter().any(below))
}

/// Those above an organisation on a day, the nearest first, among the known ones.
pub(crate) fn above(
    organisation: PartyOrganisationId,
    known: &BTreeMap<PartyOrganisationId, PartyOrganisationHistory>,
    day: Day,
) -> Vec<PartyOrganisation> {
    let parent = |id: PartyOrganisationId| known.get(&id)?.at(day)?.parent;
    let mut line = Vec::new();
    let mut next = parent(organisation);
    // Kinds grow upward, so that the line is shorter than what is known.
    while let Some(above) = next.and_then(|id| known.get(&id)?.organisation(day)) {
        if line.len() == known.len() {
            break;
        }
        next = above.parent;
        line.push(above);
    }
    line
}

#[cfg(test)]
#[path = "organisations_tests.rs"]
mod tests;
