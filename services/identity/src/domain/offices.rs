//! The dated tree of offices: changing it by an act, and what must hold of it on every day.

use schema_identity::{OfficeHistory, OfficeKind, OfficeSpan, Refusal};
use wire::{Day, id::OfficeId};

use super::interval::Interval;

/// What an act changes about an office from a day on; what is absent stays.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The first day.
    pub(crate) from: Day,
    /// The new name of its committee.
    pub(crate) name: Option<String>,
    /// The new tier.
    pub(crate) kind: Option<OfficeKind>,
    /// The new office above.
    pub(crate) parent: Option<OfficeId>,
    /// The act.
    pub(crate) instrument: String,
}

/// The days on which an office exists. Its spans follow each other without a hole, so two ends are enough.
pub(crate) fn lifetime(office: &OfficeHistory) -> Option<Interval> {
    Some(Interval { from: office.spans.first()?.from, to: office.spans.last()?.to })
}

/// Changes an office from a day on; what held before stays, what was planned after is replaced.
///
/// # Errors
/// [`Refusal::OfficeMissing`] when it does not exist on that day; [`Refusal::OfficeIsCentre`] when the centre is to
/// change its place or tier.
pub(crate) fn change(mut office: OfficeHistory, change: Change) -> Result<OfficeHistory, Refusal> {
    let Change { from, name, kind, parent, instrument } = change;
    let span = office.at(from).ok_or(Refusal::OfficeMissing)?.clone();
    if span.parent.is_none() && (parent.is_some() || kind.is_some_and(|kind| kind != span.kind)) {
        return Err(Refusal::OfficeIsCentre);
    }
    let to = lifetime(&office).and_then(|life| life.to);
    cut(&mut office.spans, from);
    office.spans.push(OfficeSpan {
        from,
        to,
        name: name.unwrap_or(span.name),
        kind: kind.unwrap_or(span.kind),
        parent: parent.or(span.parent),
        instrument: Some(instrument),
    });
    office.version = office.version.next();
    Ok(office)
}

/// Ends an office on a day by an act; spans planned for later go.
///
/// # Errors
/// [`Refusal::AlreadyEnded`], [`Refusal::IntervalEmpty`]; [`Refusal::OfficeIsCentre`] because the centre does not end.
pub(crate) fn end(mut office: OfficeHistory, to: Day, instrument: String) -> Result<OfficeHistory, Refusal> {
    let life = lifetime(&office).ok_or(Refusal::OfficeMissing)?;
    if life.end(to)?.is_empty() {
        return Err(Refusal::IntervalEmpty);
    }
    if office.spans.iter().any(|span| span.parent.is_none()) {
        return Err(Refusal::OfficeIsCentre);
    }
    cut(&mut office.spans, to);
    office.ended_by = Some(instrument);
    office.version = office.version.next();
    Ok(office)
}

fn cut(spans: &mut Vec<OfficeSpan>, day: Day) {
    spans.retain(|span| span.from < day);
    if let Some(last) = spans.last_mut() {
        last.to = Some(day);
    }
}

/// Checks an office against one that stands above it in some of its spans: on each of those days the one above exists,
/// and is of the tier above.
pub(crate) fn fits(below: &OfficeHistory, above: &OfficeHistory) -> Result<(), Refusal> {
    let life = lifetime(above).ok_or(Refusal::OfficeMissing)?;
    for span in below.spans.iter().filter(|span| span.parent == Some(above.id)) {
        let days = Interval { from: span.from, to: span.to };
        days.inside(life, "office above")?;
        let mut then = above.spans.iter().filter(|above| days.overlaps(Interval { from: above.from, to: above.to }));
        if then.any(|above| tier_above(span.kind) != Some(above.kind)) {
            return Err(Refusal::OfficeTier);
        }
    }
    Ok(())
}

fn tier_above(kind: OfficeKind) -> Option<OfficeKind> {
    match kind {
        OfficeKind::Centre => None,
        OfficeKind::Province => Some(OfficeKind::Centre),
        OfficeKind::Commune => Some(OfficeKind::Province),
    }
}

/// Whether one of these offices stands directly below this one on `day` or later.
pub(crate) fn is_above(office: OfficeId, others: &[OfficeHistory], day: Day) -> bool {
    let below =
        |span: &OfficeSpan| span.parent == Some(office) && Interval { from: span.from, to: span.to }.reaches(day);
    others.iter().any(|other| other.spans.iter().any(below))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use wire::Version;

    use super::*;

    fn day(offset: i64) -> Day {
        Day::new(2026, 1, 1).unwrap().plus(offset).unwrap()
    }

    fn id(number: u128) -> OfficeId {
        OfficeId(Uuid::from_u128(number))
    }

    fn office(number: u128, kind: OfficeKind, parent: Option<u128>) -> OfficeHistory {
        let name = format!("cấp ủy {number}");
        let span = OfficeSpan { from: day(0), to: None, name, kind, parent: parent.map(id), instrument: None };
        OfficeHistory {
            id: id(number),
            code: number.to_string(),
            spans: vec![span],
            ended_by: None,
            version: Version::FIRST,
        }
    }

    fn commune() -> OfficeHistory {
        office(3, OfficeKind::Commune, Some(2))
    }

    fn act(from: i64) -> Change {
        Change { from: day(from), name: None, kind: None, parent: None, instrument: "12/NQ".into() }
    }

    fn renamed(office: OfficeHistory, from: i64, name: &str) -> OfficeHistory {
        change(office, Change { name: Some(name.into()), ..act(from) }).unwrap()
    }

    #[test]
    fn a_renamed_office_keeps_its_old_name_before_the_day() {
        let history = renamed(commune(), 10, "cấp ủy mới");
        assert_eq!(history.office(day(9)).unwrap().name, "cấp ủy 3");
        let after = history.office(day(10)).unwrap();
        assert_eq!((after.name.as_str(), after.from, after.version), ("cấp ủy mới", day(10), Version(2)));
        assert_eq!(history.spans[1].instrument.as_deref(), Some("12/NQ"));
        let again = renamed(history, 5, "cấp ủy khác");
        assert_eq!(again.office(day(20)).unwrap().name, "cấp ủy khác");
        assert_eq!(again.spans.len(), 2);
    }

    #[test]
    fn the_nearest_day_of_an_office_is_its_first_or_its_last() {
        let ended = end(renamed(commune(), 10, "cấp ủy mới"), day(20), "13/NQ".into()).unwrap();
        for (offset, name) in [(-5, "cấp ủy 3"), (3, "cấp ủy 3"), (10, "cấp ủy mới"), (20, "cấp ủy mới")]
        {
            assert_eq!(ended.nearest(day(offset)).unwrap().name, name, "{offset}");
        }
        assert_eq!((ended.office(day(-1)), ended.office(day(20))), (None, None));
        assert_eq!(ended.ended_by.as_deref(), Some("13/NQ"));
    }

    #[test]
    fn what_an_act_cannot_do_is_refused() {
        let centre = || office(1, OfficeKind::Centre, None);
        let moved = Change { parent: Some(id(2)), ..act(3) };
        let lowered = Change { kind: Some(OfficeKind::Commune), ..act(3) };
        assert_eq!(change(centre(), moved), Err(Refusal::OfficeIsCentre));
        assert_eq!(change(centre(), lowered), Err(Refusal::OfficeIsCentre));
        assert_eq!(end(centre(), day(3), "12/NQ".into()), Err(Refusal::OfficeIsCentre));
        assert_eq!(change(commune(), act(-1)), Err(Refusal::OfficeMissing));
        assert_eq!(end(commune(), day(0), "12/NQ".into()), Err(Refusal::IntervalEmpty));
        let ended = end(commune(), day(5), "12/NQ".into()).unwrap();
        assert_eq!(change(ended.clone(), act(5)), Err(Refusal::OfficeMissing));
        assert_eq!(end(ended, day(6), "12/NQ".into()), Err(Refusal::AlreadyEnded { to: day(5) }));
    }

    #[test]
    fn an_office_stands_below_one_of_the_tier_above_for_as_long_as_that_exists() {
        let province = || office(2, OfficeKind::Province, Some(1));
        assert_eq!(fits(&commune(), &province()), Ok(()));
        assert_eq!(fits(&commune(), &office(2, OfficeKind::Centre, None)), Err(Refusal::OfficeTier));
        let lowered = change(province(), Change { kind: Some(OfficeKind::Commune), ..act(7) }).unwrap();
        assert_eq!(fits(&commune(), &lowered), Err(Refusal::OfficeTier));
        let ended = end(province(), day(8), "12/NQ".into()).unwrap();
        assert!(matches!(fits(&commune(), &ended), Err(Refusal::IntervalOutside { .. })));
        let moved = change(commune(), Change { parent: Some(id(9)), ..act(8) }).unwrap();
        assert_eq!(fits(&moved, &ended), Ok(()));
        assert!(is_above(id(2), std::slice::from_ref(&moved), day(7)));
        assert!(!is_above(id(2), &[moved], day(8)));
    }

    proptest! {
        #[test]
        fn spans_follow_each_other_and_days_before_an_act_stay(
            steps in proptest::collection::vec((0..40i64, any::<bool>()), 1..12)
        ) {
            let mut history = commune();
            for (offset, ends) in steps {
                let act = Change { name: Some(format!("tên {offset}")), ..act(offset) };
                let next = if ends {
                    end(history.clone(), day(offset), "12/NQ".into())
                } else {
                    change(history.clone(), act)
                };
                let Ok(next) = next else { continue };
                for earlier in 0..offset {
                    let name = |history: &OfficeHistory| history.at(day(earlier)).map(|span| span.name.clone());
                    prop_assert_eq!(name(&history), name(&next));
                }
                history = next;
                prop_assert!(history.spans.windows(2).all(|pair| pair[0].to == Some(pair[1].from)));
                for span in &history.spans {
                    prop_assert!(Interval::new(span.from, span.to).is_ok());
                }
            }
        }
    }
}
