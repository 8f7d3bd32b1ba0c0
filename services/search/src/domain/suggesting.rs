//! What may be meant by what was typed so far: how the words go on in titles that may be read.

use std::collections::BTreeMap;

use super::words::{Word, words};

/// How many suggestions there are at most.
pub(crate) const MOST: usize = 8;
/// How many words a suggestion adds to what was typed.
const FURTHER: usize = 4;

/// How words go on in texts: each way once, as it is written most often, the frequent ways first. A text that stands
/// earlier wins among equals.
#[must_use]
pub(crate) fn going_on<'a>(typed: &[Word], texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut ways: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
    for (place, text) in texts.into_iter().enumerate() {
        let Some(written) = goes_on(typed, text) else { continue };
        let way = ways.entry(text::fold(&written)).or_insert((0, place, written));
        way.0 += 1;
    }
    let mut ways: Vec<(usize, usize, String)> = ways.into_values().collect();
    ways.sort_by_key(|(count, place, _)| (std::cmp::Reverse(*count), *place));
    ways.into_iter().take(MOST).map(|(_, _, written)| written).collect()
}

/// How the words go on in one text; nothing when they do not stand there side by side, or nothing follows.
fn goes_on(typed: &[Word], text: &str) -> Option<String> {
    let (last, whole) = typed.split_last()?;
    let found = words(text);
    let begins = |at: usize| {
        let mut here = found.iter().skip(at);
        let whole = whole.iter().all(|word| here.next().is_some_and(|here| here.folded == word.folded));
        whole && here.next().is_some_and(|here| here.folded.starts_with(&last.folded))
    };
    let at = (0..found.len()).find(|at| begins(*at))?;
    let through = (at + typed.len() - 1 + FURTHER).min(found.len() - 1);
    // A suggestion does not run on over the end of a sentence or a bracket.
    let stops = |pair: &[Word]| {
        let [one, next] = pair else { return false };
        text.get(one.to..next.from).is_some_and(|between| between.contains([',', ';', '.', '(', ')', ':', '"', '”']))
    };
    let tail = found.get(at + typed.len() - 1..=through)?;
    let ends = tail.windows(2).position(stops).map_or(through, |stop| at + typed.len() - 1 + stop);
    let (from, to) = (found.get(at)?.from, found.get(ends)?.to);
    text.get(from..to).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_goes_on_as_titles_do() {
        let texts = [
            "V/v chuẩn bị nội dung làm việc với Thường trực Tỉnh ủy",
            "Kế hoạch làm việc với các xã, phường",
            "V/v làm việc với Thường trực Tỉnh uỷ",
            "Báo cáo kết quả",
        ];
        let on = |typed: &str| going_on(&words(typed), texts);
        assert_eq!(on("lam viec v"), ["làm việc với Thường trực Tỉnh ủy", "làm việc với các xã"]);
        assert_eq!(on("bao"), ["Báo cáo kết quả"]);
        assert_eq!(on("lam viec xyz"), Vec::<String>::new());
        assert_eq!(on(""), Vec::<String>::new());
    }
}
