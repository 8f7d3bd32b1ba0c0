//! When an office may be said to be shut: for some days, by a decision, and once for each day.

use schema_identity::{CancelOfficeClosure, OfficeClosure, RecordOfficeClosure, Refusal};
use wire::{Day, Fault, Refusal as _, Version, id::OfficeClosureId};

use super::naming;

/// The most days of one closure.
const LONGEST: u16 = 31;

/// The closure that an order enters, on `today`. `held` are closures of the office that share a day with it.
///
/// # Errors
/// [`Refusal::ClosureDays`], [`Refusal::ClosureOverlaps`]; a line that cannot be kept.
pub(crate) fn record(
    order: RecordOfficeClosure,
    held: &[OfficeClosure],
    id: OfficeClosureId,
    today: Day,
) -> Result<OfficeClosure, Fault> {
    let RecordOfficeClosure { office, first, last, reason, instrument } = order;
    let days = (last.0 - first.0).whole_days();
    if !(0..i64::from(LONGEST)).contains(&days) {
        return Err(Refusal::ClosureDays { most: LONGEST }.fault());
    }
    let meets = |other: &&OfficeClosure| other.cancelled_on.is_none() && other.first <= last && first <= other.last;
    if let Some(other) = held.iter().find(meets) {
        let (first, last) = (other.first, other.last);
        return Err(Refusal::ClosureOverlaps { first, last }.fault());
    }
    Ok(OfficeClosure {
        id,
        office,
        first,
        last,
        reason: naming::line("reason", &reason)?,
        instrument: naming::line("instrument", &instrument)?,
        known_on: today,
        cancelled_on: None,
        cancelled_by: None,
        version: Version::FIRST,
    })
}

/// The closure after it was cancelled.
///
/// # Errors
/// [`Refusal::ClosureCancelled`]; an instrument that cannot be kept.
pub(crate) fn cancel(closure: OfficeClosure, order: &CancelOfficeClosure, today: Day) -> Result<OfficeClosure, Fault> {
    if closure.cancelled_on.is_some() {
        return Err(Refusal::ClosureCancelled.fault());
    }
    let cancelled_by = Some(naming::line("instrument", &order.instrument)?);
    Ok(OfficeClosure { cancelled_on: Some(today), cancelled_by, version: closure.version.next(), ..closure })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn order(first: &str, last: &str) -> RecordOfficeClosure {
        let (first, last) = (day(first), day(last));
        let (reason, instrument) = ("bão số 9".to_owned(), " 45-TB/ĐU ".to_owned());
        RecordOfficeClosure { office: Uuid::from_u128(1).into(), first, last, reason, instrument }
    }

    fn entered(first: &str, last: &str, held: &[OfficeClosure]) -> Result<OfficeClosure, String> {
        let id = Uuid::from_u128(2).into();
        record(order(first, last), held, id, day("2026-10-05")).map_err(|fault| fault.code)
    }

    #[test]
    fn a_closure_has_days_a_decision_and_shares_no_day_with_another_that_stands() {
        let one = entered("2026-10-06", "2026-10-07", &[]).unwrap();
        assert_eq!((one.instrument.as_str(), one.known_on, one.cancelled_on), ("45-TB/ĐU", day("2026-10-05"), None));
        assert!(entered("2026-10-01", "2026-10-31", &[]).is_ok(), "31 days");
        let held = [one.clone()];
        let table = [
            ("2026-10-07", "2026-10-06", "identity.closure_days"),
            ("2026-10-01", "2026-11-01", "identity.closure_days"),
            ("2026-10-07", "2026-10-09", "identity.closure_overlaps"),
            ("2026-10-05", "2026-10-06", "identity.closure_overlaps"),
        ];
        for (first, last, code) in table {
            assert_eq!(entered(first, last, &held), Err(code.to_owned()), "{first} to {last}");
        }
        assert!(entered("2026-10-08", "2026-10-09", &held).is_ok());
        let nameless = RecordOfficeClosure { instrument: "  ".into(), ..order("2026-10-06", "2026-10-06") };
        assert!(record(nameless, &[], one.id, day("2026-10-05")).is_err());
    }

    #[test]
    fn a_closure_is_cancelled_once_and_its_days_are_free_again() {
        let one = entered("2026-10-06", "2026-10-07", &[]).unwrap();
        let order = CancelOfficeClosure { id: one.id, instrument: "46-TB/ĐU".to_owned() };
        let off = cancel(one.clone(), &order, day("2026-10-06")).unwrap();
        assert_eq!((off.cancelled_on, off.version), (Some(day("2026-10-06")), one.version.next()));
        assert_eq!(cancel(off.clone(), &order, day("2026-10-07")).unwrap_err().code, "identity.closure_cancelled");
        assert!(cancel(one, &CancelOfficeClosure { instrument: String::new(), ..order }, day("2026-10-06")).is_err());
        assert!(entered("2026-10-07", "2026-10-07", &[off]).is_ok());
    }
}
