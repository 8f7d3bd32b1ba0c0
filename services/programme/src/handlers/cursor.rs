//! Cursors: the key of the last item of a page, as text.

use schema_programme::{CalendarResourceKind, Refusal};
use wire::{
    Cursor, Day, Instant, Version,
    id::{AssignmentId, CalendarEntryId, CalendarResourceId},
};

use crate::store::{
    calendar::{lists::ByStart, resources::ByName},
    lists::{ByDue, ByUnit},
};

/// The key of an item in a list by due day.
pub(crate) fn due_key(due: Day, id: AssignmentId) -> String {
    format!("{due}|{id}")
}

/// The key of an item in a list by unit and due day.
pub(crate) fn unit_key((unit, due, id): ByUnit) -> String {
    format!("{unit}|{due}|{id}")
}

/// Where a list by due day goes on.
pub(crate) fn by_due(cursor: Option<&Cursor>) -> Result<Option<ByDue>, Refusal> {
    read(cursor, |text| {
        let (due, id) = text.split_once('|')?;
        Some((due.parse().ok()?, id.parse().ok()?))
    })
}

/// Where a list by unit and due day goes on.
pub(crate) fn by_unit(cursor: Option<&Cursor>) -> Result<Option<ByUnit>, Refusal> {
    read(cursor, |text| {
        let (unit, rest) = text.split_once('|')?;
        let (due, id) = rest.split_once('|')?;
        Some((unit.parse().ok()?, due.parse().ok()?, id.parse().ok()?))
    })
}

/// The key of an entry in a list by beginning.
pub(crate) fn start_key(starts: Instant, id: CalendarEntryId) -> String {
    format!("{starts}|{id}")
}

/// Where a list by beginning goes on.
pub(crate) fn by_start(cursor: Option<&Cursor>) -> Result<Option<ByStart>, Refusal> {
    read(cursor, |text| {
        let (starts, id) = text.split_once('|')?;
        Some((starts.parse().ok()?, id.parse().ok()?))
    })
}

/// The key of a room or a car in a list by kind and name.
pub(crate) fn name_key(kind: CalendarResourceKind, name: &str, id: CalendarResourceId) -> String {
    format!("{}|{id}|{name}", kind.word())
}

/// Where a list by kind and name goes on.
pub(crate) fn by_name(cursor: Option<&Cursor>) -> Result<Option<ByName>, Refusal> {
    read(cursor, |text| {
        let (kind, rest) = text.split_once('|')?;
        let (id, name) = rest.split_once('|')?;
        Some((kind.to_owned(), name.to_owned(), id.parse().ok()?))
    })
}

/// After which version a history goes on.
pub(crate) fn version(cursor: Option<&Cursor>) -> Result<Version, Refusal> {
    read(cursor, |text| text.parse().ok().map(Version)).map(|version| version.unwrap_or(Version(0)))
}

fn read<T>(cursor: Option<&Cursor>, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
    cursor.map(|Cursor(text)| parse(text).ok_or(Refusal::CursorUnknown)).transpose()
}

#[cfg(test)]
mod tests {
    use wire::id::UnitId;

    use super::*;

    #[test]
    fn a_key_is_read_back_and_another_list_s_is_refused() {
        let (due, id) = ("2026-12-03".parse().unwrap(), AssignmentId(uuid::Uuid::from_u128(7)));
        let by_day = Cursor(due_key(due, id));
        assert_eq!(by_due(Some(&by_day)), Ok(Some((due, id))));
        let unit = UnitId(uuid::Uuid::from_u128(8));
        let by_place = Cursor(unit_key((unit, due, id)));
        assert_eq!(by_unit(Some(&by_place)), Ok(Some((unit, due, id))));
        assert_eq!(by_unit(Some(&by_day)), Err(Refusal::CursorUnknown));
        assert_eq!(by_due(Some(&by_place)), Err(Refusal::CursorUnknown));
        let (starts, entry) = ("2026-12-03T01:30:00.000001Z".parse().unwrap(), CalendarEntryId(id.0));
        assert_eq!(by_start(Some(&Cursor(start_key(starts, entry)))), Ok(Some((starts, entry))));
        assert_eq!(by_start(Some(&by_day)), Err(Refusal::CursorUnknown));
        let room = CalendarResourceId(id.0);
        let by_kind = Cursor(name_key(CalendarResourceKind::Room, "Phòng 1|2", room));
        assert_eq!(by_name(Some(&by_kind)), Ok(Some(("room".into(), "Phòng 1|2".into(), room))));
        assert_eq!(version(None), Ok(Version(0)));
    }
}
