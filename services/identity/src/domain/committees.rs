//! Party committees: terms that follow each other, and who sits in them in which post.

use schema_identity::{PartyCommittee, PartyInstrument, PartyPost, PartySeat, Refusal};
use wire::{
    Day,
    id::{PartyCommitteeId, PartyMemberId},
};

use super::interval::Interval;

/// The days of a term.
pub(crate) fn term(committee: &PartyCommittee) -> Interval {
    Interval { from: committee.from, to: committee.to }
}

/// The days of a seat.
pub(crate) fn days(seat: &PartySeat) -> Interval {
    Interval { from: seat.from, to: seat.to }
}

/// Which committee of an organisation a new term ends, if one is in office on its first day.
///
/// # Errors
/// [`Refusal::PartyTermOverlaps`] when a term that begins on that day or later is written down.
pub(crate) fn before(committees: &[PartyCommittee], from: Day) -> Result<Option<PartyCommitteeId>, Refusal> {
    let later = |other: &&PartyCommittee| !term(other).is_empty() && from <= other.from;
    if let Some(other) = committees.iter().find(later) {
        return Err(Refusal::PartyTermOverlaps { from: other.from });
    }
    Ok(committees.iter().find(|other| term(other).contains(from)).map(|other| other.id))
}

/// Gives a member a post: the seat of theirs on that day ends, and no two secretaries sit at once.
///
/// # Errors
/// [`Refusal::IntervalOutside`] of the term; [`Refusal::PartySeatHeld`], [`Refusal::PartySecretaryTaken`].
pub(crate) fn seat(mut seats: Vec<PartySeat>, mut new: PartySeat, term: Interval) -> Result<Vec<PartySeat>, Refusal> {
    new.to = term.to;
    days(&new).inside(term, "term")?;
    Interval::new(new.from, new.to)?;
    for held in seats.iter_mut().filter(|held| held.member == new.member && days(held).reaches(new.from)) {
        if held.from > new.from || held.post == new.post {
            return Err(Refusal::PartySeatHeld);
        }
        held.to = Some(new.from);
        held.ended_by = Some(new.instrument.clone());
        held.version = held.version.next();
    }
    let leads = |held: &&PartySeat| held.post == PartyPost::Secretary && days(held).overlaps(days(&new));
    if new.post == PartyPost::Secretary
        && let Some(other) = seats.iter().find(leads)
    {
        return Err(Refusal::PartySecretaryTaken { day: other.from.max(new.from) });
    }
    seats.push(new);
    Ok(seats)
}

/// Ends what reaches a day or is to begin later, of one member or of everyone; gives the seats that changed.
pub(crate) fn close(
    seats: Vec<PartySeat>,
    member: Option<PartyMemberId>,
    to: Day,
    instrument: Option<&PartyInstrument>,
) -> Vec<PartySeat> {
    let ends = |seat: &PartySeat| days(seat).reaches(to) && member.is_none_or(|member| seat.member == member);
    let ended = |seat: PartySeat| PartySeat {
        to: Some(to.max(seat.from)),
        ended_by: instrument.cloned(),
        version: seat.version.next(),
        ..seat
    };
    seats.into_iter().filter(ends).map(ended).collect()
}

/// The order of official lists: by post, then by name, then by time.
pub(crate) fn in_order(mut seats: Vec<PartySeat>) -> Vec<PartySeat> {
    seats.sort_by_cached_key(|seat| (seat.post, text::fold(&seat.full_name), seat.from, seat.id));
    seats
}

#[cfg(test)]
#[path = "committees_tests.rs"]
mod tests;
