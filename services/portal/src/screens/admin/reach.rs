//! Which office is looked at, whether the reader administers it, and what it consists of.

use schema_identity::{Appointment, FindUnits, ListAppointments, ListPeople, ListPositions, Person, Position, Unit};
use wire::{Call, Cursor, Day, Page as Paged, id::OfficeId};

use crate::{asking::Part, visit::Inside};

/// How many pages are read of a list that is to be whole.
const READS: usize = 10;
/// How many items are read at once.
const AT_ONCE: u16 = 200;

/// The office that the address names, or one's own.
pub(crate) fn office(inside: &Inside) -> OfficeId {
    inside.visit.query.get("co-quan").parse().unwrap_or_else(|_| inside.who.office())
}

/// What an address says of an office: nothing of one's own.
pub(crate) fn said(inside: &Inside, office: OfficeId) -> String {
    if office == inside.who.office() { String::new() } else { office.to_string() }
}

/// Whether the reader may look into an office: their own, or one that identity lets them see.
pub(crate) async fn reaches(inside: &Inside, office: OfficeId) -> bool {
    let probe = ListPositions { office, unit: None, as_of: None, limit: Some(1), cursor: None };
    office == inside.who.office() || inside.part(&probe).await.here().is_some()
}

/// Whether the reader may change an office's tree and look into it.
pub(crate) async fn changes(inside: &Inside, office: OfficeId) -> bool {
    inside.who.may("identity.units.change") && reaches(inside, office).await
}

/// The units of an office on a day, and whether these are all of them.
pub(crate) async fn units(inside: &Inside, office: OfficeId, as_of: Option<Day>) -> Part<(Vec<Unit>, bool)> {
    let ask = |cursor| FindUnits { office: Some(office), as_of, limit: Some(AT_ONCE), cursor, ..FindUnits::default() };
    whole(inside, ask).await
}

/// The positions of an office on a day, and whether these are all of them.
pub(crate) async fn positions(inside: &Inside, office: OfficeId, as_of: Option<Day>) -> Part<(Vec<Position>, bool)> {
    let ask = |cursor| ListPositions { office, unit: None, as_of, limit: Some(AT_ONCE), cursor };
    whole(inside, ask).await
}

/// Everyone whom an office keeps, and whether these are all of them.
pub(crate) async fn people(inside: &Inside, office: OfficeId) -> Part<(Vec<Person>, bool)> {
    let ask = |cursor| ListPeople { office, q: None, as_of: None, limit: Some(AT_ONCE), cursor };
    whole(inside, ask).await
}

/// Who holds what in an office on a day, and whether this is all.
pub(crate) async fn held(inside: &Inside, office: OfficeId, day: Day) -> Part<(Vec<Appointment>, bool)> {
    let as_of = Some(day);
    let ask = |cursor| ListAppointments { office, person: None, position: None, as_of, limit: Some(AT_ONCE), cursor };
    whole(inside, ask).await
}

/// Reads a list to its end, or as far as is sensible.
async fn whole<C, T>(inside: &Inside, ask: impl Fn(Option<Cursor>) -> C) -> Part<(Vec<T>, bool)>
where
    C: Call<Reply = Paged<T>>,
{
    let (mut all, mut cursor) = (Vec::new(), None);
    for _ in 0..READS {
        match inside.part(&ask(cursor)).await {
            Part::Here(page) => {
                all.extend(page.items);
                cursor = page.next;
            }
            Part::Silent(silence) => return Part::Silent(silence),
        }
        if cursor.is_none() {
            return Part::Here((all, true));
        }
    }
    Part::Here((all, false))
}
