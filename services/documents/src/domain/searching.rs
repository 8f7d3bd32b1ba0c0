//! Searching documents for words: within bounds, for no index helps to find a word in the middle of a line.

use schema_documents::{ListIncoming, ListOutgoing, Refusal};
use wire::Day;

/// How many days a search for words looks at.
const DAYS: i64 = 366;

/// Incoming documents as asked for; a list that searches for words gets both ends of its days.
pub(crate) fn incoming(call: ListIncoming, today: Day) -> Result<ListIncoming, Refusal> {
    let Some((from, to)) = bounded(call.q.as_deref(), (call.from, call.to), today)? else {
        return Ok(ListIncoming { q: None, ..call });
    };
    Ok(ListIncoming { from, to: Some(to), ..call })
}

/// Outgoing documents as asked for, within the same bounds.
pub(crate) fn outgoing(call: ListOutgoing, today: Day) -> Result<ListOutgoing, Refusal> {
    let Some((from, to)) = bounded(call.q.as_deref(), (call.from, call.to), today)? else {
        return Ok(ListOutgoing { q: None, ..call });
    };
    Ok(ListOutgoing { from, to: Some(to), ..call })
}

/// The days that a search looks at; nothing when there are no words to look for.
fn bounded(
    q: Option<&str>,
    (from, to): (Option<Day>, Option<Day>),
    today: Day,
) -> Result<Option<(Option<Day>, Day)>, Refusal> {
    if q.is_none_or(|words| text::fold(words).is_empty()) {
        return Ok(None);
    }
    let to = to.unwrap_or(today);
    let earliest = to.plus(-DAYS);
    let from = from.or(earliest);
    if from < earliest {
        return Err(Refusal::RangeTooLong { days: DAYS });
    }
    Ok(Some((from, to)))
}

/// What a document is found by: its words in one form, with a space between each.
pub(crate) fn line<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(text::fold).collect::<Vec<_>>().join(" ")
}

/// A part of what is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// It stands in the line.
    Plain(String),
    /// It stands in the line without its spaces: a piece of a symbol that was typed without separators, as `12nqtu`.
    Joined(String),
}

/// The words that are looked for. Folding leaves letters, digits and spaces: nothing in them is a wildcard.
pub(crate) fn words(q: Option<&str>) -> Vec<Word> {
    let folded = q.map(text::fold).unwrap_or_default();
    folded.split(' ').filter(|word| !word.is_empty()).flat_map(pieces).collect()
}

/// A word that mixes figures and letters is looked for piece by piece, so that the year between them may be left out.
fn pieces(word: &str) -> Vec<Word> {
    let figure = |character: char| character.is_ascii_digit();
    if !(word.contains(figure) && word.contains(|character| !figure(character))) {
        return vec![Word::Plain(word.to_owned())];
    }
    let mut pieces = vec![String::new()];
    let mut before = None;
    for character in word.chars() {
        if before.is_some_and(|before| figure(before) != figure(character)) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(character);
        }
        before = Some(character);
    }
    pieces.into_iter().map(Word::Joined).collect()
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
            order: schema_documents::ListOrder::LatestFirst,
            limit: None,
            cursor: None,
        };
        incoming(call, day("2026-11-20"))
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
    fn a_symbol_without_separators_is_looked_for_in_pieces() {
        let joined = |word: &str| Word::Joined(word.to_owned());
        let plain = |word: &str| Word::Plain(word.to_owned());
        assert_eq!(words(Some("12NQ-TƯ")), [joined("12"), joined("nq"), plain("tu")]);
        assert_eq!(words(Some("Uỷ ban 2026")), [plain("uy"), plain("ban"), plain("2026")]);
        assert_eq!(words(Some("12nqhdnd")), [joined("12"), joined("nqhdnd")]);
        assert_eq!((words(Some(" %_ ")), words(None)), (vec![], vec![]));
        assert_eq!(line(["12/2026/NQ-HĐND", "Ủy ban"]), "12 2026 nq hdnd uy ban");
    }

    #[test]
    fn without_words_every_range_is_fine() {
        for q in [None, Some(""), Some(" … ")] {
            let all = search(q, Some("2020-01-01"), None).unwrap();
            assert_eq!((all.q, all.from, all.to), (None, Some(day("2020-01-01")), None));
        }
    }
}
