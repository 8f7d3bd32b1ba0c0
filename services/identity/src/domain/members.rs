//! The roll of party members: moving between cells so that no day is lost or counted twice, and leaving.

use schema_identity::{PartyInstrument, PartyLeaving, PartyMember, PartyMembership, PartyMembershipKind, Refusal};
use wire::{
    Day,
    id::{OfficeId, PartyMembershipId, PartyOrganisationId},
};

use super::interval::Interval;

/// A cell, and the office that keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The cell.
    pub(crate) organisation: PartyOrganisationId,
    /// Its office.
    pub(crate) office: OfficeId,
}

/// The days of a membership.
pub(crate) fn days(held: &PartyMembership) -> Interval {
    Interval { from: held.from, to: held.to }
}

fn is_regular(held: &PartyMembership) -> bool {
    held.kind == PartyMembershipKind::Regular
}

/// Checks the dates of a member: admission comes before everything else.
pub(crate) fn check_dates(member: &PartyMember) -> Result<(), Refusal> {
    let early = member.official.is_some_and(|official| official < member.admitted)
        || member.memberships.iter().any(|held| held.from < member.admitted);
    if early { Err(Refusal::PartyDatesBad) } else { Ok(()) }
}

/// Moves a member to another cell for good from a day on. The membership of that day ends then, and the new one lasts as
/// long as it would have; moves that were planned for later are replaced. Who is on no roll begins again.
///
/// # Errors
/// [`Refusal::PartyMemberDied`], [`Refusal::PartyDatesBad`], [`Refusal::PartySameCell`];
/// [`Refusal::PartyMembershipLater`] when a later membership has begun by `today`, or follows a time on no roll.
pub(crate) fn transfer(
    mut member: PartyMember,
    id: PartyMembershipId,
    cell: Cell,
    (from, today): (Day, Day),
    instrument: Option<PartyInstrument>,
) -> Result<PartyMember, Refusal> {
    if has_died(&member) {
        return Err(Refusal::PartyMemberDied);
    }
    let lasts = |held: &PartyMembership| is_regular(held) && !days(held).is_empty();
    let begun = |held: &&PartyMembership| lasts(held) && held.from > from && held.from <= today;
    if let Some(later) = member.memberships.iter().find(begun) {
        return Err(Refusal::PartyMembershipLater { from: later.from });
    }
    let (mut to, mut left) = (None, None);
    for held in member.memberships.iter_mut().filter(|held| lasts(held)) {
        if days(held).contains(from) {
            if held.organisation == cell.organisation {
                return Err(Refusal::PartySameCell);
            }
            (to, left) = (held.to.replace(from), held.left.take());
        } else if held.from > from {
            if to != Some(held.from) {
                return Err(Refusal::PartyMembershipLater { from: held.from });
            }
            (to, left) = (held.to.replace(held.from), held.left.take());
        }
    }
    member.memberships.push(PartyMembership {
        id,
        office: cell.office,
        organisation: cell.organisation,
        kind: PartyMembershipKind::Regular,
        from,
        to,
        instrument,
        left,
    });
    check_dates(&member)?;
    member.introduced = None;
    Ok(settled(member))
}

fn has_died(member: &PartyMember) -> bool {
    let died = |left: &PartyLeaving| left.way == schema_identity::PartyLeavingWay::Died;
    member.memberships.iter().any(|held| held.left.as_ref().is_some_and(died))
}

/// Lets a member take part in another cell for some days, beside the regular one.
///
/// # Errors
/// [`Refusal::IntervalEmpty`]; [`Refusal::PartyTemporaryBad`] when it has no end, when the member is not in another
/// cell on each of those days, or is elsewhere for the time being already.
pub(crate) fn lend(
    mut member: PartyMember,
    id: PartyMembershipId,
    cell: Cell,
    span: Interval,
    instrument: PartyInstrument,
) -> Result<PartyMember, Refusal> {
    let to = span.to.ok_or(Refusal::PartyTemporaryBad)?;
    let span = Interval::new(span.from, Some(to))?;
    let elsewhere = |held: &PartyMembership| is_regular(held) && held.organisation != cell.organisation;
    let mut covered = span.from;
    while covered < to {
        let then = member.memberships.iter().find(|held| elsewhere(held) && days(held).contains(covered));
        covered = then.ok_or(Refusal::PartyTemporaryBad)?.to.unwrap_or(to);
    }
    if member.memberships.iter().any(|held| !is_regular(held) && days(held).overlaps(span)) {
        return Err(Refusal::PartyTemporaryBad);
    }
    member.memberships.push(PartyMembership {
        id,
        office: cell.office,
        organisation: cell.organisation,
        kind: PartyMembershipKind::Temporary,
        from: span.from,
        to: span.to,
        instrument: Some(instrument),
        left: None,
    });
    member.introduced = None;
    Ok(settled(member))
}

/// A member leaves the roll on a day; moves planned for later are replaced, and what is temporary ends with it.
///
/// # Errors
/// [`Refusal::PartyNotOnRoll`] when there is nothing to leave; [`Refusal::AlreadyEnded`], [`Refusal::IntervalEmpty`].
pub(crate) fn leave(mut member: PartyMember, to: Day, leaving: PartyLeaving) -> Result<PartyMember, Refusal> {
    let lasts = |held: &PartyMembership| is_regular(held) && !days(held).is_empty();
    let last = member.memberships.iter().rfind(|held| lasts(held)).ok_or(Refusal::PartyNotOnRoll { day: to })?;
    if let Some(end) = last.to.filter(|end| *end <= to) {
        return Err(Refusal::AlreadyEnded { to: end });
    }
    let first = |held: &PartyMembership| lasts(held) && held.from <= to && held.to.is_none_or(|end| to <= end);
    let leaves = member.memberships.iter().find(|held| first(held)).ok_or(Refusal::IntervalEmpty)?.id;
    for held in member.memberships.iter_mut().filter(|held| days(held).reaches(to) || held.id == leaves) {
        (held.to, held.left) = (Some(to.max(held.from)), None);
        if held.id == leaves {
            held.left = Some(leaving.clone());
        }
    }
    member.introduced = None;
    Ok(settled(member))
}

/// A cell ended and went to another: whoever belongs to it goes on there from that day, for as long as was written down.
///
/// # Errors
/// [`Refusal::PartyInUse`] when somebody is to come to the ended cell on a later day.
pub(crate) fn carry(
    mut member: PartyMember,
    mut fresh: impl FnMut() -> PartyMembershipId,
    ended: PartyOrganisationId,
    cell: Cell,
    day: Day,
    instrument: &PartyInstrument,
) -> Result<PartyMember, Refusal> {
    let mut begun = Vec::new();
    let there = |held: &&mut PartyMembership| held.organisation == ended && days(held).reaches(day);
    for held in member.memberships.iter_mut().filter(there) {
        if held.from > day {
            return Err(Refusal::PartyInUse { to: day });
        }
        begun.push(PartyMembership {
            id: fresh(),
            office: cell.office,
            organisation: cell.organisation,
            kind: held.kind,
            from: day,
            to: held.to.replace(day),
            instrument: Some(instrument.clone()),
            left: held.left.take(),
        });
    }
    member.memberships.extend(begun);
    Ok(settled(member))
}

/// Nobody is elsewhere for the time being in the very cell to which they belong: such a membership ends where the
/// regular one begins. The memberships stand in order of their days.
fn settled(mut member: PartyMember) -> PartyMember {
    let regular: Vec<PartyMembership> = member.memberships.iter().filter(|held| is_regular(held)).cloned().collect();
    for held in member.memberships.iter_mut().filter(|held| !is_regular(held)) {
        let same = |own: &&PartyMembership| own.organisation == held.organisation && days(own).overlaps(days(held));
        if let Some(first) = regular.iter().filter(same).map(|own| own.from).min() {
            held.to = Some(first.max(held.from));
        }
    }
    member.memberships.sort_by_key(|held| (held.from, held.id));
    member
}

/// The office that keeps a member: that of the last regular cell.
pub(crate) fn keeper(member: &PartyMember) -> Option<OfficeId> {
    let last = |empty: bool| member.memberships.iter().rfind(|held| is_regular(held) && days(held).is_empty() == empty);
    last(false).or_else(|| last(true)).map(|last| last.office)
}

/// What somebody who reaches some offices sees of a member: everything when they reach the one that keeps the member,
/// otherwise the memberships in their offices; nothing when there are none.
pub(crate) fn seen(mut member: PartyMember, reached: impl Fn(OfficeId) -> bool) -> Option<PartyMember> {
    if keeper(&member).is_some_and(&reached) {
        return Some(member);
    }
    member.memberships.retain(|held| reached(held.office));
    member.introduced = None;
    (!member.memberships.is_empty()).then_some(member)
}

#[cfg(test)]
#[path = "members_tests.rs"]
mod tests;
