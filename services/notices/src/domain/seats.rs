//! Who sits where on a day: positions and their holders, as far as identity told of them.

use wire::{
    Day, Version,
    id::{AppointmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::domain::matter::Desk;

/// From one day until before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first day.
    pub(crate) from: Day,
    /// The first day after it; absent while it goes on.
    pub(crate) to: Option<Day>,
}

impl Span {
    fn holds(self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// A position, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// The position.
    pub(crate) id: PositionId,
    /// Its office.
    pub(crate) office: OfficeId,
    /// Its unit.
    pub(crate) unit: UnitId,
    /// Whether it heads the unit.
    pub(crate) head: bool,
    /// When it exists.
    pub(crate) span: Span,
    /// How often it was changed.
    pub(crate) version: Version,
}

/// Somebody's hold of a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    /// The appointment.
    pub(crate) id: AppointmentId,
    /// Its office.
    pub(crate) office: OfficeId,
    /// Who.
    pub(crate) person: PersonId,
    /// What.
    pub(crate) position: PositionId,
    /// When.
    pub(crate) span: Span,
    /// How often it was changed.
    pub(crate) version: Version,
}

/// The positions that a matter touches, with their holders, on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seats {
    taken: Vec<(Seat, PersonId)>,
}

impl Seats {
    /// What holds on the day.
    pub(crate) fn on(day: Day, seats: &[Seat], holds: &[Hold]) -> Self {
        let seats = seats.iter().filter(|seat| seat.span.holds(day));
        let taken = seats.flat_map(|seat| {
            let holds = holds.iter().filter(|hold| hold.position == seat.id && hold.span.holds(day));
            holds.map(|hold| (seat.clone(), hold.person))
        });
        Self { taken: taken.collect() }
    }

    /// Who holds a position.
    pub(crate) fn holders(&self, position: PositionId) -> Vec<PersonId> {
        self.taken.iter().filter(|(seat, _)| seat.id == position).map(|(_, person)| *person).collect()
    }

    /// Who heads a unit.
    pub(crate) fn heads(&self, unit: UnitId) -> Vec<PersonId> {
        self.taken.iter().filter(|(seat, _)| seat.unit == unit && seat.head).map(|(_, person)| *person).collect()
    }

    /// Who answers for a desk: the holders of the position that is named, or else the head of the unit; and whether it
    /// was the position.
    pub(crate) fn at(&self, desk: Desk) -> (Vec<PersonId>, bool) {
        let holders = desk.position.map(|position| self.holders(position)).unwrap_or_default();
        if holders.is_empty() { (self.heads(desk.unit), false) } else { (holders, true) }
    }
}
