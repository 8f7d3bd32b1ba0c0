//! How a case that is owed is shown on a day, and which waits close a circle.

use std::{collections::BTreeMap, time::Duration};

use schema_programme::{Assignment, AssignmentState, AssignmentWait, DueCase, WaitCircle, WaitLink};
use wire::{
    Day, Instant,
    id::{AssignmentId, UnitId},
};

use crate::domain::{circles::circles, due::days_left, waits::process_time};

/// A case as it is shown on a day: the overdue mark by the day alone, the waits beside it. Of work reported done both
/// figures stand still: while it waits to be closed, nobody is late.
pub(crate) fn due_case(assignment: Assignment, on: Day, now: Instant) -> DueCase {
    let done = assignment.done_at.filter(|_| assignment.state == AssignmentState::Done);
    let (on, end) = done.map_or((on, now), |done| (done.day(), done));
    let hours = process_time(assignment.assigned_at, end, &assignment.waits).as_secs() / HOUR.as_secs();
    DueCase {
        assignment: assignment.id,
        office: assignment.office,
        lead_unit: assignment.lead_unit,
        lead_unit_name: assignment.lead_unit_name,
        title: assignment.title,
        source: assignment.source.label,
        urgency: assignment.urgency,
        state: assignment.state,
        due: assignment.due,
        days_left: days_left(assignment.due, on),
        waits: assignment.waits,
        process_hours: i64::try_from(hours).unwrap_or(i64::MAX),
    }
}

const HOUR: Duration = Duration::from_secs(3600);

/// An assignment that is blocked now, as far as circles are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Blocked {
    /// Which one.
    pub(crate) assignment: AssignmentId,
    /// Its title.
    pub(crate) title: String,
    /// The unit that waits.
    pub(crate) lead_unit: UnitId,
    /// Its open wait.
    pub(crate) wait: AssignmentWait,
}

/// The circles among units, with one link for each pair of units: the wait that began first.
pub(crate) fn wait_circles(blocked: &[Blocked], names: &BTreeMap<UnitId, String>) -> Vec<WaitCircle> {
    let mut first: BTreeMap<(UnitId, UnitId), &Blocked> = BTreeMap::new();
    for case in blocked {
        let Some(on) = case.wait.on_unit else { continue };
        let kept = first.entry((case.lead_unit, on)).or_insert(case);
        if (case.wait.from, case.assignment) < (kept.wait.from, kept.assignment) {
            *kept = case;
        }
    }
    let link = |(unit, on): (UnitId, UnitId), case: &Blocked| WaitLink {
        unit,
        unit_name: names.get(&unit).cloned(),
        on,
        on_name: names.get(&on).cloned(),
        assignment: case.assignment,
        title: case.title.clone(),
        since: case.wait.from,
    };
    let inside = |circle: std::collections::BTreeSet<UnitId>| {
        let links = first.iter().filter(|((unit, on), _)| unit != on && circle.contains(unit) && circle.contains(on));
        WaitCircle { links: links.map(|(pair, case)| link(*pair, case)).collect() }
    };
    circles(first.keys().copied()).into_iter().map(inside).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::sample;

    #[test]
    fn waiting_is_shown_beside_the_overdue_mark_and_does_not_soften_it() {
        let mut owed = sample::accepted();
        owed.waits = vec![sample::wait_on(sample::OTHER_UNIT)];
        let on = owed.due.plus(2).unwrap();
        // Waiting since the moment the work was given: the process itself has taken no time.
        let case = due_case(owed.clone(), on, on.start());
        assert_eq!((case.days_left, case.process_hours), (-2, 0));
        assert_eq!(case.waits, owed.waits);
        let case = due_case(Assignment { waits: vec![], ..owed }, on, sample::at().plus(HOUR * 5));
        assert_eq!((case.days_left, case.process_hours), (-2, 5));
    }

    #[test]
    fn work_reported_done_grows_no_older() {
        let done = Assignment { done_at: Some(sample::at().plus(HOUR * 5)), ..sample::done() };
        let left = days_left(done.due, sample::at().day());
        let long_after = done.due.plus(30).unwrap();
        let case = due_case(done.clone(), long_after, long_after.start());
        assert_eq!((case.days_left, case.process_hours), (left, 5));
        let returned = Assignment { state: AssignmentState::Returned, ..done };
        assert_eq!(due_case(returned, long_after, long_after.start()).days_left, -30, "owed again, by the same day");
    }

    fn blocked(number: u128, unit: UnitId, on: Option<UnitId>, micros: i64) -> Blocked {
        let from = Instant::from_micros(micros);
        let wait = AssignmentWait { on_unit: on, on: "x".into(), from, to: None };
        Blocked { assignment: AssignmentId(Uuid::from_u128(number)), title: number.to_string(), lead_unit: unit, wait }
    }

    #[test]
    fn a_circle_shows_the_oldest_wait_of_each_pair() {
        let (one, other) = (sample::UNIT, sample::OTHER_UNIT);
        let cases = [
            blocked(1, one, Some(other), 20),
            blocked(2, one, Some(other), 10),
            blocked(3, other, Some(one), 30),
            blocked(4, other, None, 5),
        ];
        let names = BTreeMap::from([(one, "Bộ phận Tổng hợp".to_owned())]);
        let found = wait_circles(&cases, &names);
        assert_eq!(found.len(), 1);
        let titles: Vec<_> = found[0].links.iter().map(|link| link.title.as_str()).collect();
        assert_eq!(titles, ["2", "3"]);
        assert_eq!(found[0].links[0].unit_name.as_deref(), Some("Bộ phận Tổng hợp"));
        assert_eq!(wait_circles(&cases[..2], &names), []);
    }
}
