//! Who is whose direct head (thủ trưởng trực tiếp), day by day.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::{Position, PositionChanged, Refusal, ReportingSpan};
use wire::{Day, id::PositionId};

use super::interval::Interval;

/// A position with its direct heads through time. On a day in none of the spans nobody is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The position; who is its head stands in the spans alone.
    pub(crate) position: Position,
    /// Its direct heads, oldest first; the spans never overlap, and lie within the days of both positions.
    pub(crate) reporting: Vec<ReportingSpan>,
}

impl Placed {
    /// The days on which it exists.
    pub(crate) fn days(&self) -> Interval {
        Interval { from: self.position.from, to: self.position.to }
    }

    /// The position as it stands on a day, if it exists then.
    pub(crate) fn on(self, day: Day) -> Option<Position> {
        self.days().contains(day).then(|| self.nearest(day))
    }

    /// The position as it stands on a day, or on the nearest day of its existence.
    pub(crate) fn nearest(self, day: Day) -> Position {
        let Self { position, reporting } = self;
        let last = position.to.and_then(|to| to.plus(-1)).map_or(day, |last| day.min(last));
        let reports_to = head(&reporting, last.max(position.from));
        Position { reports_to, ..position }
    }

    /// What is told of it on a day.
    pub(crate) fn told(self, day: Day) -> PositionChanged {
        let reporting = self.reporting.clone();
        PositionChanged { position: self.nearest(day), reporting }
    }

    /// Names its direct head from a day on, or nobody; what held before stays, what was planned after is replaced.
    ///
    /// # Errors
    /// [`Refusal::IntervalOutside`] when the position does not exist on that day, [`Refusal::ReportsToBad`] when the
    /// head does not.
    pub(crate) fn reports_to(mut self, head: Option<&Position>, from: Day) -> Result<Self, Refusal> {
        let days = self.days();
        if !days.contains(from) {
            return Err(Refusal::IntervalOutside { what: "position".to_owned(), from: days.from, to: days.to });
        }
        cut(&mut self.reporting, from);
        if let Some(head) = head {
            if !(Interval { from: head.from, to: head.to }).contains(from) {
                return Err(Refusal::ReportsToBad);
            }
            let to = days.to.into_iter().chain(head.to).min();
            self.reporting.push(ReportingSpan { from, to, reports_to: head.id });
        }
        Ok(self)
    }

    /// The position after its head ends on a day: nobody is named in the head's place.
    pub(crate) fn without(mut self, head: PositionId, to: Day) -> Self {
        self.reporting.retain(|span| span.reports_to != head || span.from < to);
        for span in self.reporting.iter_mut().filter(|span| span.reports_to == head) {
            span.to = Some(span.to.map_or(to, |end| end.min(to)));
        }
        self
    }

    /// The position after it ends itself on a day.
    pub(crate) fn ended(mut self, to: Day) -> Self {
        cut(&mut self.reporting, to);
        self.position.to = Some(to);
        self
    }

    /// The same under its next version.
    pub(crate) fn changed(mut self) -> Self {
        self.position.version = self.position.version.next();
        self
    }
}

/// The direct head on a day.
pub(crate) fn head(spans: &[ReportingSpan], day: Day) -> Option<PositionId> {
    let then = spans.iter().find(|span| Interval { from: span.from, to: span.to }.contains(day));
    then.map(|span| span.reports_to)
}

/// Takes away what lies on the day or later.
fn cut(spans: &mut Vec<ReportingSpan>, day: Day) {
    spans.retain(|span| span.from < day);
    for span in spans {
        span.to = Some(span.to.map_or(day, |to| to.min(day)));
    }
}

/// The first day on which a position would be a head of its own head. `heads` holds the spans of the position and of
/// everyone above it.
pub(crate) fn circle(position: PositionId, heads: &BTreeMap<PositionId, Vec<ReportingSpan>>) -> Option<Day> {
    let days: BTreeSet<Day> = heads.values().flatten().map(|span| span.from).collect();
    let above = |id: PositionId, day: Day| heads.get(&id).and_then(|spans| head(spans, day));
    days.into_iter().find(|day| {
        let mut at = above(position, *day);
        // As many steps as there are positions: longer than that is a circle elsewhere, which is not of our making.
        for _ in 0..heads.len() {
            match at {
                Some(id) if id == position => return true,
                Some(id) => at = above(id, *day),
                None => return false,
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use schema_identity::Reach;
    use uuid::Uuid;
    use wire::Version;

    use super::*;

    fn day(offset: i64) -> Day {
        Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
    }

    fn placed(number: u128, from: i64, to: Option<i64>) -> Placed {
        let id = Uuid::from_u128(number);
        let position = Position {
            id: id.into(),
            office: Uuid::nil().into(),
            unit: Uuid::nil().into(),
            title: "Chuyên viên".into(),
            roles: Vec::new(),
            head: false,
            reach: Reach::Own,
            reports_to: None,
            from: day(from),
            to: to.map(day),
            version: Version::FIRST,
        };
        Placed { position, reporting: Vec::new() }
    }

    fn heads(placed: &Placed) -> Vec<Option<u128>> {
        (0..12).map(|offset| head(&placed.reporting, day(offset)).map(|id| id.0.as_u128())).collect()
    }

    #[test]
    fn a_head_is_named_from_a_day_on_and_the_days_before_stay() {
        let (one, two) = (placed(1, 0, None).position, placed(2, 0, Some(9)).position);
        let reports = placed(7, 0, Some(11)).reports_to(Some(&one), day(2)).unwrap();
        let reports = reports.reports_to(Some(&two), day(5)).unwrap();
        let named = |numbers: [u128; 12]| numbers.map(|number| (number > 0).then_some(number));
        assert_eq!(heads(&reports), named([0, 0, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0]));
        let nobody = reports.clone().reports_to(None, day(7)).unwrap();
        assert_eq!(heads(&nobody), named([0, 0, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0]));
        assert_eq!(heads(&reports.clone().without(one.id, day(3))), named([0, 0, 1, 0, 0, 2, 2, 2, 2, 0, 0, 0]));
        assert_eq!(heads(&reports.without(one.id, day(2))), named([0, 0, 0, 0, 0, 2, 2, 2, 2, 0, 0, 0]));
    }

    #[test]
    fn the_nearest_day_shows_the_first_or_the_last_head() {
        let one = placed(1, 0, None).position;
        let reports = placed(7, 3, Some(8)).reports_to(Some(&one), day(3)).unwrap();
        for offset in [0, 3, 7, 8, 20] {
            assert_eq!(reports.clone().nearest(day(offset)).reports_to, Some(one.id), "{offset}");
        }
        assert_eq!(reports.clone().on(day(2)), None);
        assert_eq!(reports.clone().on(day(8)), None);
        assert_eq!(reports.clone().told(day(9)).reporting, reports.reporting);
        assert_eq!(reports.ended(day(5)).reporting[0].to, Some(day(5)));
    }

    #[test]
    fn heads_and_positions_exist_on_the_first_day() {
        let late = placed(1, 4, None).position;
        assert_eq!(placed(7, 0, None).reports_to(Some(&late), day(3)), Err(Refusal::ReportsToBad));
        assert!(placed(7, 0, None).reports_to(Some(&late), day(4)).is_ok());
        for from in [-1, 5] {
            let refused = placed(7, 0, Some(5)).reports_to(None, day(from));
            assert!(matches!(refused, Err(Refusal::IntervalOutside { .. })), "{from}");
        }
    }

    proptest! {
        #[test]
        fn heads_that_were_checked_never_form_a_circle(
            steps in proptest::collection::vec((0u128..5, proptest::option::of(0u128..5), 0..10i64), 0..30)
        ) {
            let mut all: Vec<Placed> = (0..5).map(|number| placed(number, 0, None)).collect();
            for (number, of, offset) in steps {
                let place = usize::try_from(number).unwrap();
                let of = of.map(|of| all[usize::try_from(of).unwrap()].position.clone());
                let changed = all[place].clone().reports_to(of.as_ref(), day(offset)).unwrap();
                let mut spans: BTreeMap<PositionId, Vec<ReportingSpan>> =
                    all.iter().map(|one| (one.position.id, one.reporting.clone())).collect();
                spans.insert(changed.position.id, changed.reporting.clone());
                if circle(changed.position.id, &spans).is_none() {
                    all[place] = changed;
                }
                prop_assert!(all[place].reporting.windows(2).all(|pair| pair[0].to.is_some_and(|to| to <= pair[1].from)));
            }
            for offset in 0..12 {
                for one in &all {
                    let mut at = Some(one.position.id);
                    for _ in 0..5 {
                        at = at.and_then(|id| head(&all[usize::try_from(id.0.as_u128()).unwrap()].reporting, day(offset)));
                    }
                    prop_assert_eq!(at, None, "five steps above {:?} on day {}", one.position.id, offset);
                }
            }
        }
    }
}
