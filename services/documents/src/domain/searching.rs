//! Searching incoming documents for words: within bounds, for no index helps to find a word in the middle of a line.

use schema_documents::{ListIncoming, Refusal};
use wire::Day;

/// How many days of arrivals a search for words looks at.
const DAYS: i64 = 366;

/// The list as asked; one that searches for words gets both ends of its days.
pub(crate) fn bounded(call: ListIncoming, today: Day) -> Result<ListIncoming, Refusal> {
    if call.q.as_deref().is_none_or(|words| text::fold(words).is_empty()) {
        return Ok(ListIncoming { q: None, ..call });
    }
    let to = call.to.unwrap_or(today);
    let earliest = to.plus(-DAYS);
    let from = call.from.or(earliest);
    if from < earliest {
        return Err(Refusal::RangeTooLong { days: DAYS });
    }
    Ok(ListIncoming { from, to: Some(to), ..call })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{self, day};

    fn search(q: Option<&str>, from: Option<&str>, to: Option<&str>) -> Result<ListIncoming, Refusal> {
        let call = ListIncoming {
            office: sample::office(),
            register: None,
            from: from.map(day),
            to: to.map(day),
            state: None,
            disposition: None,
            due_before: None,
            unassigned: false,
            unit: None,
            q: q.map(str::to_owned),
            limit: None,
            cursor: None,
        };
        bounded(call, day("2026-11-20"))
    }

    #[test]
    fn words_are_looked_for_within_a_year() {
        let year = search(Some("thường trực"), None, None).unwrap();
        assert_eq!((year.from, year.to), (Some(day("2025-11-19")), Some(day("2026-11-20"))));
        let spring = search(Some("a"), Some("2020-01-01"), Some("2020-06-30")).unwrap();
        assert_eq!((spring.from, spring.to), (Some(day("2020-01-01")), Some(day("2020-06-30"))));
        assert_eq!(search(Some("a"), Some("2020-01-01"), None), Err(Refusal::RangeTooLong { days: DAYS }));
    }

    #[test]
    fn without_words_every_range_is_fine() {
        for q in [None, Some(""), Some(" … ")] {
            let all = search(q, Some("2020-01-01"), None).unwrap();
            assert_eq!((all.q, all.from, all.to), (None, Some(day("2020-01-01")), None));
        }
    }
}
