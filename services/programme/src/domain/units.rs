//! Units as this service knows them: a copy kept by identity's events.

use schema_identity::UnitHistory;
use schema_programme::Refusal;
use wire::{
    Day,
    id::{OfficeId, UnitId},
};

/// A unit that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownUnit {
    /// Which one.
    pub(crate) id: UnitId,
    /// Its name on the day it was looked up.
    pub(crate) name: String,
}

/// The unit among those known, when it belongs to the office and is in force on the day.
pub(crate) fn in_force(known: &[UnitHistory], office: OfficeId, unit: UnitId, day: Day) -> Result<KnownUnit, Refusal> {
    known
        .iter()
        .find(|history| history.id == unit && history.office == office)
        .and_then(|history| history.at(day))
        .map(|span| KnownUnit { id: unit, name: span.name.clone() })
        .ok_or(Refusal::UnitUnknown { unit })
}

/// The name a unit has on a day; the last one it had when it is no more, the first when it is not yet.
pub(crate) fn name(history: &UnitHistory, day: Day) -> Option<String> {
    let span = history.at(day).or_else(|| {
        let past = history.spans.iter().rev().find(|span| span.from <= day);
        past.or_else(|| history.spans.first())
    });
    span.map(|span| span.name.clone())
}

#[cfg(test)]
mod tests {
    use schema_identity::UnitSpan;
    use wire::Version;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn id(number: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(number)
    }

    fn renamed_then_ended() -> UnitHistory {
        let span = |from: &str, to: &str, name: &str| UnitSpan {
            from: day(from),
            to: Some(day(to)),
            name: name.into(),
            body: None,
            parent: None,
        };
        let spans = vec![
            span("2025-07-01", "2026-03-01", "Tổ Hành chính"),
            span("2026-03-01", "2026-09-01", "Bộ phận Hành chính"),
        ];
        UnitHistory { id: UnitId(id(1)), office: OfficeId(id(9)), spans, version: Version(3) }
    }

    #[test]
    fn a_unit_is_known_in_its_office_while_it_is_in_force() {
        let known = [renamed_then_ended()];
        let ask =
            |office, unit, on| in_force(&known, OfficeId(id(office)), UnitId(id(unit)), day(on)).map(|unit| unit.name);
        assert_eq!(ask(9, 1, "2026-02-28"), Ok("Tổ Hành chính".into()));
        assert_eq!(ask(9, 1, "2026-03-01"), Ok("Bộ phận Hành chính".into()));
        let unknown = Err(Refusal::UnitUnknown { unit: UnitId(id(1)) });
        assert_eq!(ask(9, 1, "2026-09-01"), unknown, "ended");
        assert_eq!(ask(8, 1, "2026-03-01"), unknown, "of another office");
        assert!(ask(9, 2, "2026-03-01").is_err(), "never heard of");
    }

    #[test]
    fn an_ended_unit_keeps_its_last_name() {
        let unit = renamed_then_ended();
        assert_eq!(name(&unit, day("2026-12-01")).unwrap(), "Bộ phận Hành chính");
        assert_eq!(name(&unit, day("2020-01-01")).unwrap(), "Tổ Hành chính");
    }
}
