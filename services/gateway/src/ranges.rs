//! Byte ranges (RFC 9110, section 14): one at a time, which is what resuming a download needs.

use std::ops::Range;

/// What a client wants of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that are not there.
    Nowhere,
}

/// What is wanted of a file of `size` bytes. A range is taken only while the file is still the one that `If-Range`
/// names; several ranges, and units that are not bytes, ask for the whole file, as the standard allows.
pub(crate) fn wanted(range: Option<&str>, if_range: Option<&str>, etag: &str, size: u64) -> Wanted {
    let still_the_same = if_range.is_none_or(|known| known.trim() == etag);
    let Some(range) = range.filter(|_| still_the_same) else { return Wanted::Whole };
    let Some((first, last)) = range.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| -> Option<u64> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (first.is_empty(), number(first), last.is_empty(), number(last)) {
        (true, _, _, Some(0)) => Wanted::Nowhere,
        (true, _, _, Some(length)) => part(size.saturating_sub(length), size, size),
        (false, Some(first), true, _) => part(first, size, size),
        (false, Some(first), false, Some(last)) if first <= last => part(first, last.saturating_add(1), size),
        _ => Wanted::Whole,
    }
}

fn part(start: u64, end: u64, size: u64) -> Wanted {
    if start >= size { Wanted::Nowhere } else { Wanted::Part(start..end.min(size)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_range_is_taken_and_everything_else_is_the_whole_file() {
        let cases = [
            ("bytes=0-9", Wanted::Part(0..10)),
            ("bytes=90-", Wanted::Part(90..100)),
            ("bytes=90-1000", Wanted::Part(90..100)),
            ("bytes=-10", Wanted::Part(90..100)),
            ("bytes=-1000", Wanted::Part(0..100)),
            ("bytes=99-99", Wanted::Part(99..100)),
            ("bytes=100-", Wanted::Nowhere),
            ("bytes=-0", Wanted::Nowhere),
            ("bytes=99999999999999999999999-", Wanted::Nowhere),
            ("bytes=9-0", Wanted::Whole),
            ("bytes=0-9,20-29", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("lines=0-9", Wanted::Whole),
            ("", Wanted::Whole),
        ];
        for (range, expected) in cases {
            assert_eq!(wanted(Some(range), None, "\"x\"", 100), expected, "{range}");
        }
        assert_eq!(wanted(None, None, "\"x\"", 100), Wanted::Whole);
        assert_eq!(wanted(Some("bytes=0-"), None, "\"x\"", 0), Wanted::Nowhere);
    }

    #[test]
    fn a_file_that_has_changed_is_sent_whole() {
        let range = Some("bytes=0-9");
        assert_eq!(wanted(range, Some("\"x\""), "\"x\"", 100), Wanted::Part(0..10));
        for other in ["\"y\"", "W/\"x\"", "Fri, 20 Nov 2026 01:00:00 GMT"] {
            assert_eq!(wanted(range, Some(other), "\"x\"", 100), Wanted::Whole, "{other}");
        }
    }

    proptest! {
        /// Whatever is asked, nothing outside the file is given.
        #[test]
        fn a_part_lies_inside_the_file(first in "[0-9]{0,21}", last in "[0-9]{0,21}", size in 0_u64..1000) {
            if let Wanted::Part(part) = wanted(Some(&format!("bytes={first}-{last}")), None, "\"x\"", size) {
                prop_assert!(part.start < part.end && part.end <= size);
            }
        }
    }
}
