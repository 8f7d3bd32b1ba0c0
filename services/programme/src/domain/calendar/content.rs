//! What an entry of the calendar says: checked and cleaned, whether it is proposed or changed.

use std::{collections::BTreeSet, time::Duration};

use schema_documents::{IncomingDocument, IncomingState};
use schema_programme::{
    CalendarBooking, CalendarEntry, CalendarLeader, CalendarResource, ChangeCalendarEntry, ProposeCalendarEntry,
    Refusal,
};
use wire::{
    Day, Instant, Secrecy,
    id::{CalendarResourceId, OfficeId, PositionId},
};

use crate::domain::{
    calendar::{clash::Thing, week::last_day},
    wording,
};

/// The longest an entry lasts, in days: an index can begin there.
pub(crate) const LONGEST_DAYS: i64 = 60;

const LEADERS: u16 = 40;
const RESOURCES: u16 = 20;

/// What somebody says of an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said<'a> {
    title: &'a str,
    place: Option<&'a str>,
    starts: Instant,
    ends: Instant,
    leaders: &'a [PositionId],
    resources: &'a [CalendarResourceId],
    attendees: Option<&'a str>,
    preparation: Option<&'a str>,
}

impl<'a> From<&'a ProposeCalendarEntry> for Said<'a> {
    fn from(call: &'a ProposeCalendarEntry) -> Self {
        Self {
            title: &call.title,
            place: call.place.as_deref(),
            starts: call.starts,
            ends: call.ends,
            leaders: &call.leaders,
            resources: &call.resources,
            attendees: call.attendees.as_deref(),
            preparation: call.preparation.as_deref(),
        }
    }
}

impl<'a> From<&'a ChangeCalendarEntry> for Said<'a> {
    fn from(call: &'a ChangeCalendarEntry) -> Self {
        Self {
            title: &call.title,
            place: call.place.as_deref(),
            starts: call.starts,
            ends: call.ends,
            leaders: &call.leaders,
            resources: &call.resources,
            attendees: call.attendees.as_deref(),
            preparation: call.preparation.as_deref(),
        }
    }
}

impl Said<'_> {
    /// What it needs, each named once.
    pub(crate) fn things(&self) -> Result<BTreeSet<Thing>, Refusal> {
        let leaders: BTreeSet<_> = self.leaders.iter().copied().map(Thing::Leader).collect();
        if leaders.len() != self.leaders.len() || leaders.len() > usize::from(LEADERS) {
            return Err(Refusal::LeadersUnclear { most: LEADERS });
        }
        let resources: BTreeSet<_> = self.resources.iter().copied().map(Thing::Resource).collect();
        if resources.len() != self.resources.len() || resources.len() > usize::from(RESOURCES) {
            return Err(Refusal::ResourcesUnclear { most: RESOURCES });
        }
        Ok(leaders.into_iter().chain(resources).collect())
    }
}

/// A position as this service knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownPosition {
    /// Which one.
    pub(crate) id: PositionId,
    /// Its office.
    pub(crate) office: OfficeId,
    /// Its title.
    pub(crate) title: String,
    /// Its first day.
    pub(crate) from: Day,
    /// The first day on which it is no more.
    pub(crate) to: Option<Day>,
}

/// What is known of the things that an entry names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// The positions.
    pub(crate) positions: &'a [KnownPosition],
    /// The rooms and cars.
    pub(crate) resources: &'a [CalendarResource],
}

/// The entry saying this and nothing else.
pub(crate) fn say(
    entry: CalendarEntry,
    said: Said<'_>,
    facts: Facts<'_>,
    now: Instant,
) -> Result<CalendarEntry, Refusal> {
    said.things()?;
    let (starts, ends) = (said.starts, said.ends);
    let longest = Duration::from_secs(86_400 * LONGEST_DAYS.unsigned_abs());
    if ends <= starts || ends.since(starts) > longest {
        return Err(Refusal::TimesUnclear { most: LONGEST_DAYS });
    }
    if ends <= now {
        return Err(Refusal::EntryPast);
    }
    let title = wording::line("title", said.title, Refusal::EntryTitleMissing)?;
    let place = wording::optional_line("place", said.place)?;
    if place.is_none() && said.resources.is_empty() {
        return Err(Refusal::PlaceMissing);
    }
    let office = entry.office;
    let leaders = said.leaders.iter().map(|id| leader(*id, office, facts, starts.day()));
    let bookings = said.resources.iter().map(|id| booking(*id, office, facts, (starts.day(), last_day(ends))));
    Ok(CalendarEntry {
        title,
        place,
        starts,
        ends,
        leaders: leaders.collect::<Result<_, _>>()?,
        resources: bookings.collect::<Result<_, _>>()?,
        attendees: wording::optional_line("attendees", said.attendees)?,
        preparation: wording::optional_line("preparation", said.preparation)?,
        reason: None,
        ..entry
    })
}

fn leader(id: PositionId, office: OfficeId, facts: Facts<'_>, on: Day) -> Result<CalendarLeader, Refusal> {
    let known = facts.positions.iter().find(|known| known.id == id && known.office == office);
    let in_force = known.filter(|known| known.from <= on && known.to.is_none_or(|to| on < to));
    let known = in_force.ok_or(Refusal::PositionUnknown { position: id })?;
    Ok(CalendarLeader { position: id, title: Some(known.title.clone()) })
}

fn booking(
    id: CalendarResourceId,
    office: OfficeId,
    facts: Facts<'_>,
    (first, last): (Day, Day),
) -> Result<CalendarBooking, Refusal> {
    let known = facts.resources.iter().find(|known| known.id == id && known.office == office);
    let had = known.filter(|known| known.from <= first && known.to.is_none_or(|to| last < to));
    let known = had.ok_or(Refusal::ResourceUnknown { resource: id })?;
    Ok(CalendarBooking { resource: id, kind: known.kind, name: known.name.clone() })
}

/// Refuses a document that does not invite: of another office, voided, or more secret than a calendar that the whole
/// office reads. A petition is no incoming document; a letter that was entered as one is voided.
pub(crate) fn invites(document: &IncomingDocument, office: OfficeId) -> Result<(), Refusal> {
    if document.office != office || document.state != IncomingState::Registered {
        return Err(Refusal::InvitationMissing);
    }
    if document.masked || document.secrecy != Secrecy::Open {
        return Err(Refusal::InvitationSecret);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        calendar::sample::{self, facts, proposal, said},
        sample::{OFFICE, at, incoming},
    };

    fn refused(change: impl FnOnce(&mut ProposeCalendarEntry)) -> Refusal {
        let mut call = proposal();
        change(&mut call);
        said(&call).unwrap_err()
    }

    #[test]
    fn an_entry_says_what_where_and_when() {
        let entry = said(&proposal()).unwrap();
        assert_eq!((entry.title.as_str(), entry.leaders[0].title.as_deref()), ("Họp giao ban", Some("Bí thư")));
        assert_eq!(entry.resources[0].name, "Phòng họp số 1");
        assert_eq!(refused(|call| call.title = " ".into()), Refusal::EntryTitleMissing);
        assert_eq!(refused(|call| call.resources.clear()), Refusal::PlaceMissing);
        assert_eq!(refused(|call| call.ends = call.starts), Refusal::TimesUnclear { most: LONGEST_DAYS });
        let sixty_days = Duration::from_secs(60 * 86_400);
        assert_eq!(
            refused(|call| call.ends = call.starts.plus(sixty_days).plus(Duration::from_micros(1))),
            Refusal::TimesUnclear { most: LONGEST_DAYS }
        );
        let past = |call: &mut ProposeCalendarEntry| {
            call.starts = at().minus(Duration::from_secs(60));
            call.ends = at();
        };
        assert_eq!(refused(past), Refusal::EntryPast);
    }

    #[test]
    fn leaders_rooms_and_cars_are_the_offices_and_there_then() {
        let strange = PositionId(uuid::Uuid::from_u128(99));
        assert_eq!(refused(|call| call.leaders = vec![strange]), Refusal::PositionUnknown { position: strange });
        assert_eq!(refused(|call| call.leaders = vec![strange; 2]), Refusal::LeadersUnclear { most: LEADERS });
        let room = proposal().resources[0];
        assert_eq!(refused(|call| call.resources = vec![room; 2]), Refusal::ResourcesUnclear { most: RESOURCES });
        // The room ends with the fourth of December.
        let until = |call: &mut ProposeCalendarEntry, ends: &str| call.ends = ends.parse().unwrap();
        let mut last = proposal();
        until(&mut last, "2026-12-04T17:00:00Z");
        assert!(said(&last).is_ok(), "until midnight");
        assert_eq!(refused(|call| until(call, "2026-12-04T17:00:01Z")), Refusal::ResourceUnknown { resource: room });
        let elsewhere = OfficeId(uuid::Uuid::from_u128(98));
        let entry = CalendarEntry { office: elsewhere, ..sample::entry(1) };
        let (positions, resources) = facts();
        let facts = Facts { positions: &positions, resources: &resources };
        let refused = say(entry, Said::from(&proposal()), facts, at()).unwrap_err();
        assert!(matches!(refused, Refusal::PositionUnknown { .. }), "{refused:?}");
    }

    #[test]
    fn only_an_open_document_of_the_office_in_force_invites() {
        let good = incoming();
        assert_eq!(invites(&good, OFFICE), Ok(()));
        assert_eq!(invites(&good, OfficeId(uuid::Uuid::from_u128(98))), Err(Refusal::InvitationMissing));
        let voided = IncomingDocument { state: IncomingState::Voided, ..good.clone() };
        assert_eq!(invites(&voided, OFFICE), Err(Refusal::InvitationMissing));
        let masked = IncomingDocument { masked: true, ..good.clone() };
        assert_eq!(invites(&masked, OFFICE), Err(Refusal::InvitationSecret));
        let secret = IncomingDocument { secrecy: Secrecy::Secret, ..good };
        assert_eq!(invites(&secret, OFFICE), Err(Refusal::InvitationSecret));
    }
}
