//! Who sits where on a day: positions and their holders, as far as identity told of them.

use wire::{
    Day, Version,
    id::{AppointmentId, OfficeId, PersonId, PositionId, UnitId},
};

use crate::domain::{deputising::Deputising, matter::Desk};

/// From one day until before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first day.
    pub(crate) from: Day,
    /// The first day after it; absent while it goes on.
    pub(crate) to: Option<Day>,
}

impl Span {
    /// Whether the day is one of them.
    pub(crate) fn holds(self, day: Day) -> bool {
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
    day: Option<Day>,
    taken: Vec<(Seat, PersonId)>,
    /// Whoever stands in for the holder of a position, or acts in it.
    standing_in: Vec<(Seat, Deputising)>,
}

impl Seats {
    /// What holds on the day.
    pub(crate) fn on(day: Day, seats: &[Seat], holds: &[Hold], deputising: &[Deputising]) -> Self {
        let there = || seats.iter().filter(|seat| seat.span.holds(day));
        let taken = there().flat_map(|seat| {
            let holds = holds.iter().filter(|hold| hold.position == seat.id && hold.span.holds(day));
            holds.map(|hold| (seat.clone(), hold.person))
        });
        let standing_in = there().flat_map(|seat| {
            let for_it = deputising.iter().filter(|deputising| deputising.told.position == seat.id);
            for_it.map(|deputising| (seat.clone(), deputising.clone()))
        });
        Self { day: Some(day), taken: taken.collect(), standing_in: standing_in.collect() }
    }

    /// Who holds a position, and whoever stands in for them with a permission.
    pub(crate) fn holders(&self, position: PositionId, permission: &str) -> Vec<PersonId> {
        self.sitting(permission, |seat| seat.id == position)
    }

    /// Who heads a unit, and whoever stands in for them with a permission.
    pub(crate) fn heads(&self, unit: UnitId, permission: &str) -> Vec<PersonId> {
        self.sitting(permission, |seat| seat.unit == unit && seat.head)
    }

    fn sitting(&self, permission: &str, wanted: impl Fn(&Seat) -> bool) -> Vec<PersonId> {
        let holders = self.taken.iter().filter(|(seat, _)| wanted(seat)).map(|(_, person)| *person);
        let moves = |deputising: &Deputising| self.day.is_some_and(|day| deputising.moves(day, permission));
        let deputies = self.standing_in.iter().filter(|(seat, deputising)| wanted(seat) && moves(deputising));
        holders.chain(deputies.map(|(_, deputising)| deputising.told.deputy)).collect()
    }

    /// Who answers for a desk: the holders of the position that is named, or else the head of the unit; and whether it
    /// was the position.
    pub(crate) fn at(&self, desk: Desk, permission: &str) -> (Vec<PersonId>, bool) {
        let holders = desk.position.map(|position| self.holders(position, permission)).unwrap_or_default();
        if holders.is_empty() { (self.heads(desk.unit, permission), false) } else { (holders, true) }
    }
}
