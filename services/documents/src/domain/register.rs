//! Series of numbers: which register numbers what on which day, and in what order.

use schema_documents::{NumberRegister, OpenRegister, PeriodKind, Refusal, RegisterKind, RegisterState};
use wire::{Day, Fault, Version, id::RegisterId};

use super::genre;

/// Numbers are written in symbols with up to this many; no series of an office comes near it.
const MOST: i64 = 9_999_999;

/// What is to be numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted<'a> {
    /// Something that arrived.
    Arrival,
    /// A document of this body and genre.
    Issue {
        /// The code of the issuing body.
        body_code: &'a str,
        /// The key of the genre.
        genre: &'a str,
    },
}

/// The day of an entry: as given, or today; never one that has not come yet.
pub(crate) fn day(name: &str, given: Option<Day>, today: Day) -> Result<Day, Fault> {
    match given {
        Some(day) if day > today => Err(Refusal::DayInFuture { name: name.to_owned(), day }.at(name)),
        Some(day) => Ok(day),
        None => Ok(today),
    }
}

/// Numbers follow the days, unless the clerk confirms a late entry.
pub(crate) fn in_order(register: &NumberRegister, day: Day, late: bool) -> Result<(), Refusal> {
    match register.latest_day {
        Some(last_day) if day < last_day && !late => Err(Refusal::LateEntry { last_day }),
        _ => Ok(()),
    }
}

/// The open register that numbers this on that day.
pub(crate) fn choose<'a>(
    registers: &'a [NumberRegister],
    wanted: Wanted<'_>,
    day: Day,
) -> Result<&'a NumberRegister, Refusal> {
    let fits = |register: &&NumberRegister| {
        register.state == RegisterState::Open && covers(register, day) && numbers(register, wanted)
    };
    registers.iter().find(fits).ok_or_else(|| match wanted {
        Wanted::Arrival => Refusal::NoArrivalRegister { day },
        Wanted::Issue { body_code, genre } => {
            Refusal::NoSeries { body_code: body_code.to_owned(), genre: genre.to_owned(), day }
        }
    })
}

/// A new register, checked against those there are. Its genres are those in force today: a term that began before the
/// instrument goes on under it.
pub(crate) fn open(
    order: OpenRegister,
    id: RegisterId,
    others: &[NumberRegister],
    today: Day,
) -> Result<NumberRegister, Fault> {
    let OpenRegister { office, kind, body_code, genres, period, first_day, last_day, opening } = order;
    let (body_code, genres) = scope(kind, body_code, genres, today)?;
    let last_day = match period {
        PeriodKind::Term => last_day,
        PeriodKind::Year => last_day.or_else(|| Day::new(first_day.year(), 12, 31).ok()),
    };
    let within_year = last_day.is_some_and(|last| last.year() == first_day.year());
    let backwards = last_day.is_some_and(|last| last < first_day);
    if backwards || (period == PeriodKind::Year && !within_year) {
        return Err(Refusal::PeriodUnfit.into());
    }
    let opening = opening.unwrap_or(1);
    if !(1..=MOST).contains(&opening) {
        let refusal = Refusal::FieldOutOfRange { name: "opening".to_owned(), least: 1, most: MOST };
        return Err(refusal.at("opening"));
    }
    let register = NumberRegister {
        id,
        office,
        version: Version::FIRST,
        kind,
        body_code,
        genres,
        period,
        first_day,
        last_day,
        opening,
        last: opening - 1,
        latest_day: None,
        state: RegisterState::Open,
    };
    match others.iter().find(|other| overlap(other, &register)) {
        Some(other) => Err(Refusal::RegisterOverlaps { id: other.id }.into()),
        None => Ok(register),
    }
}

/// A register closed after a day. One whose last day is still to come gives numbers until then.
pub(crate) fn close(register: &NumberRegister, last_day: Day, today: Day) -> Result<NumberRegister, Refusal> {
    if register.state == RegisterState::Closed {
        return Err(Refusal::RegisterClosed { id: register.id });
    }
    if last_day < register.first_day || register.last_day.is_some_and(|end| last_day > end) {
        return Err(Refusal::PeriodUnfit);
    }
    if let Some(used) = register.latest_day.filter(|used| *used > last_day) {
        return Err(Refusal::RegisterUsedLater { last_day: used });
    }
    let state = if last_day > today { RegisterState::Open } else { RegisterState::Closed };
    let version = register.version.next();
    Ok(NumberRegister { last_day: Some(last_day), state, version, ..register.clone() })
}

type Numbered = (Option<String>, Option<Vec<String>>);

/// Whose documents of which genres a register numbers.
fn scope(
    kind: RegisterKind,
    body_code: Option<String>,
    genres: Option<Vec<String>>,
    today: Day,
) -> Result<Numbered, Fault> {
    let (body_code, genres) = match (kind, body_code, genres) {
        (RegisterKind::Incoming, None, None) => return Ok((None, None)),
        (RegisterKind::Outgoing, Some(body_code), genres) => (body_code, genres),
        _ => return Err(Refusal::ScopeUnfit.into()),
    };
    let body_code = body(&body_code)?;
    let Some(mut genres) = genres else { return Ok((Some(body_code), None)) };
    if genres.is_empty() {
        return Err(Refusal::FieldMissing { name: "genres".to_owned() }.at("genres"));
    }
    for key in &genres {
        genre::code_of(genre::of(key, today)?)?;
    }
    genres.sort();
    genres.dedup();
    Ok((Some(body_code), Some(genres)))
}

/// A body code that can stand in a symbol.
pub(crate) fn body(body_code: &str) -> Result<String, Refusal> {
    let body_code = text::nfc(body_code.trim());
    match text::symbol::party_symbol(1, "CV", &body_code) {
        Ok(_) if body_code.chars().count() <= 20 => Ok(body_code),
        _ => Err(Refusal::BodyCodeUnfit { body_code }),
    }
}

/// Whether two registers would number the same thing on the same day. A closed one counts: its numbers stand.
pub(crate) fn overlap(one: &NumberRegister, other: &NumberRegister) -> bool {
    let genres = match (&one.genres, &other.genres) {
        (Some(one), Some(other)) => one.iter().any(|genre| other.contains(genre)),
        _ => true,
    };
    let ends = |register: &NumberRegister, day| register.last_day.is_some_and(|last| last < day);
    // A register whose opening was undone ends before it begins.
    let empty = |register: &NumberRegister| ends(register, register.first_day);
    !empty(one)
        && !empty(other)
        && (one.office, one.kind, &one.body_code) == (other.office, other.kind, &other.body_code)
        && genres
        && !ends(one, other.first_day)
        && !ends(other, one.first_day)
}

/// Whether a register is meant for a day.
pub(crate) fn covers(register: &NumberRegister, day: Day) -> bool {
    register.first_day <= day && register.last_day.is_none_or(|last| day <= last)
}

/// Whether a register numbers this at all.
pub(crate) fn numbers(register: &NumberRegister, wanted: Wanted<'_>) -> bool {
    match wanted {
        Wanted::Arrival => register.kind == RegisterKind::Incoming,
        Wanted::Issue { body_code, genre } => {
            register.kind == RegisterKind::Outgoing
                && register.body_code.as_deref() == Some(body_code)
                && register.genres.as_ref().is_none_or(|genres| genres.iter().any(|key| key == genre))
        }
    }
}

#[cfg(test)]
mod tests;
