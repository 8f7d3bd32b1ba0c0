//! Rows of people: each a person, a position made for them, and the appointment to it.

use std::collections::BTreeMap;

use schema_identity::{DirectoryField, Position};
use wire::{
    Day,
    id::{OfficeId, PersonId, UnitId},
};

use super::{
    import_mend::Mend,
    import_plan::{Known, Order, Place, Places, Plan, Post, Who, place},
    import_sheet::Line,
    import_units::units_named,
    interval::Interval,
    tree,
};

/// Office, name and contact: what tells people of one file apart.
type Key = (OfficeId, String, String);

/// Plans rows of people.
pub(crate) fn plan(plan: &mut Plan, lines: &[Line], places: &Places) {
    let mut sheet = Sheet::default();
    for line in lines {
        let Some(place) = place(plan, line, places) else { continue };
        match sheet.post(line, place, places) {
            Ok(Some(post)) => plan.orders.push((line.row, Order::Post(post))),
            Ok(None) => plan.known += 1,
            Err((field, cell, mend)) => plan.blame(line, field, cell, &mend),
        }
    }
}

/// What earlier rows of the same file say.
#[derive(Default)]
struct Sheet {
    /// The first row of each name, and whether it gives a contact.
    names: BTreeMap<(OfficeId, String), (u32, bool)>,
    /// The first row of each person, and who that is.
    people: BTreeMap<Key, (u32, Who)>,
    /// The row of each person's post.
    posts: BTreeMap<(Key, UnitId, String), u32>,
    /// The units to which a head comes, with the days.
    heads: Vec<(UnitId, Interval)>,
}

/// The column at fault, what stands in it, and what to do.
type Wrong = (DirectoryField, Option<String>, Mend);

impl Sheet {
    /// The order of a row; nothing when the person holds such a position already.
    fn post(&mut self, line: &Line, place: &Place, places: &Places) -> Result<Option<Post>, Wrong> {
        let (unit, to) = unit_of(line, place)?;
        let days = Interval { from: line.from, to };
        let key = (place.office, text::fold(&line.name), line.contact.as_deref().map(text::fold).unwrap_or_default());
        let name = || Some(line.name.clone());
        self.told_apart(line, &key).map_err(|mend| (DirectoryField::Contact, line.contact.clone(), mend))?;
        let who = match self.people.get(&key) {
            Some((row, Who::New | Who::Again(_))) => Who::Row(*row),
            Some((_, who)) => *who,
            None => person(line, place).map_err(|mend| (DirectoryField::Name, name(), mend))?,
        };
        let post = (key.clone(), unit, text::fold(&line.title));
        if let Some(first) = self.posts.insert(post, line.row) {
            return Err((DirectoryField::Name, name(), Mend::Twice { first }));
        }
        if let Who::There(person) = who
            && holds(place, person, (unit, &line.title), days)
        {
            self.people.insert(key, (line.row, who));
            return Ok(None);
        }
        if matches!(who, Who::There(person) if places.caller == Some(person)) {
            return Err((DirectoryField::Name, name(), Mend::Yourself));
        }
        if line.head && !self.head(place, unit, days) {
            return Err((DirectoryField::Head, None, Mend::HeadTaken));
        }
        self.people.entry(key).or_insert((line.row, who));
        Ok(Some(Post {
            office: place.office,
            unit,
            who,
            full_name: line.name.clone(),
            contact: line.contact.clone(),
            title: line.title.clone(),
            roles: line.roles.clone(),
            head: line.head,
            from: line.from,
            to,
            instrument: line.instrument.clone(),
        }))
    }

    /// A name that stands in two rows needs contacts: they say whether that is one person.
    fn told_apart(&mut self, line: &Line, (office, name, contact): &Key) -> Result<(), Mend> {
        match self.names.get(&(*office, name.clone())) {
            Some((first, with)) if !with || contact.is_empty() => Err(Mend::SameName { first: *first }),
            Some(_) => Ok(()),
            None => {
                self.names.insert((*office, name.clone()), (line.row, !contact.is_empty()));
                Ok(())
            }
        }
    }

    /// Whether a head's position may be made in the unit for these days; it is one from now on.
    fn head(&mut self, place: &Place, unit: UnitId, days: Interval) -> bool {
        let there = |other: &Position| {
            other.unit == unit && other.head && Interval { from: other.from, to: other.to }.overlaps(days)
        };
        let free = !place.positions.iter().any(there)
            && !self.heads.iter().any(|(other, theirs)| *other == unit && theirs.overlaps(days));
        self.heads.push((unit, days));
        free
    }
}

/// The unit of a row, and the day on which it ends when that is planned.
fn unit_of(line: &Line, place: &Place) -> Result<(UnitId, Option<Day>), Wrong> {
    let wrong = |mend| (DirectoryField::Unit, Some(line.unit.clone()), mend);
    match units_named(&place.units, &line.unit, line.from).as_slice() {
        [unit] => Ok((unit.id, tree::lifetime(unit).and_then(|life| life.to))),
        [] => Err(wrong(Mend::Unit)),
        _ => Err(wrong(Mend::UnitAmbiguous)),
    }
}

/// Who is meant: somebody of that name, and of that contact where both have one.
fn person(line: &Line, place: &Place) -> Result<Who, Mend> {
    let (name, contact) = (text::fold(&line.name), line.contact.as_deref().map(text::fold));
    let same = |known: &&Known| known.name == name;
    let exact: Vec<&Known> =
        place.people.iter().filter(same).filter(|known| contact.is_some() && known.contact == contact).collect();
    let fitting = || {
        let fits = |known: &&Known| contact.is_none() || known.contact.is_none();
        place.people.iter().filter(same).filter(fits).collect()
    };
    let found: Vec<&Known> = if exact.is_empty() { fitting() } else { exact };
    match found.as_slice() {
        [] => Ok(Who::New),
        [one] if one.active => Ok(Who::There(one.id)),
        [one] if one.undone => Ok(Who::Again(one.id)),
        [_] => Err(Mend::Disabled),
        _ => Err(Mend::Namesakes),
    }
}

/// Whether the person holds a position of that title in that unit on one of these days.
fn holds(place: &Place, person: PersonId, (unit, title): (UnitId, &str), days: Interval) -> bool {
    let title = text::fold(title);
    let held = place.appointments.iter().filter(|held| held.person == person);
    let mut then = held.filter(|held| Interval { from: held.from, to: held.to }.overlaps(days));
    then.any(|held| {
        let such = |one: &&Position| one.id == held.position && one.unit == unit && text::fold(&one.title) == title;
        place.positions.iter().any(|one| such(&one))
    })
}
