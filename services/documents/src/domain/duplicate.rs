//! Likely duplicates: the same body, symbol and day, or the same file.

use schema_documents::Refusal;
use wire::{Day, id::IncomingId};

/// An earlier document that looks like the one being entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Earlier {
    /// The document.
    pub(crate) id: IncomingId,
    /// Its arrival number.
    pub(crate) number: i64,
    /// Its arrival day.
    pub(crate) arrived: Day,
    /// Its symbol as written; empty when it has none.
    pub(crate) symbol: String,
}

/// By what two entries of one paper are equal, however they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Likeness {
    /// The author body, folded.
    pub(crate) author: String,
    /// The matching key of the symbol.
    pub(crate) symbol: String,
    /// The day of the document.
    pub(crate) day: Day,
}

/// The likeness of an entry; nothing when it lacks one of the three, for then it resembles too much.
pub(crate) fn likeness(author: Option<&str>, symbol: Option<&str>, day: Option<Day>) -> Option<Likeness> {
    Some(Likeness { author: text::fold(author?), symbol: text::symbol::matching_key(symbol?), day: day? })
}

/// Refuses a likely duplicate with the earliest document like it, unless the clerk named one of those found.
pub(crate) fn judge(mut found: Vec<Earlier>, confirmed: Option<IncomingId>) -> Result<(), Refusal> {
    if found.iter().any(|earlier| Some(earlier.id) == confirmed) {
        return Ok(());
    }
    found.sort_by_key(|earlier| earlier.id);
    match found.into_iter().next() {
        Some(Earlier { id, number, arrived, symbol }) => Err(Refusal::LikelyDuplicate { id, number, arrived, symbol }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::sample::{self, day};

    fn earlier(n: u128) -> Earlier {
        Earlier { id: sample::id(n), number: n as i64, arrived: day("2026-11-20"), symbol: "s".into() }
    }

    #[test]
    fn typing_does_not_hide_a_duplicate() {
        let on = Some(day("2026-11-18"));
        let first = likeness(Some("Đảng ủy xã Ngọc Sơn"), Some("05-NQ/ĐU"), on);
        for (author, symbol) in [
            ("ĐẢNG UỶ xã Ngọc  Sơn", "Số: 5 - NQ/ĐU"),
            ("Dang uy xa Ngoc Son", "05–nq/đu"),
            ("Đảng ủy xã Ngọc Sơn.", "5-NQ/ĐU"),
        ] {
            assert_eq!(likeness(Some(author), Some(symbol), on), first, "{author} {symbol}");
        }
        assert_ne!(likeness(Some("Đảng ủy xã Ngọc Sơn"), Some("06-NQ/ĐU"), on), first);
        assert_ne!(likeness(Some("Đảng ủy xã Ngọc Sơn"), Some("05-NQ/ĐU"), Some(day("2025-11-18"))), first);
    }

    #[test]
    fn what_lacks_a_particular_resembles_nothing() {
        let on = Some(day("2026-11-18"));
        assert_eq!(likeness(Some("a"), None, on), None);
        assert_eq!(likeness(None, Some("s"), on), None);
        assert_eq!(likeness(Some("a"), Some("s"), None), None);
    }

    #[test]
    fn the_earliest_is_named_unless_one_of_them_was() {
        assert_eq!(judge(vec![], None), Ok(()));
        let Err(Refusal::LikelyDuplicate { number, .. }) = judge(vec![earlier(9), earlier(4)], None) else {
            panic!("not refused")
        };
        assert_eq!(number, 4);
        assert!(judge(vec![earlier(9), earlier(4)], Some(earlier(9).id)).is_ok());
        assert!(judge(vec![earlier(4)], Some(earlier(9).id)).is_err(), "another document confirms nothing");
    }

    proptest! {
        #[test]
        fn a_likeness_does_not_depend_on_case_and_space(author in "[A-Za-zĂăÂâĐđÊêÔôƠơƯư ]{1,30}", number in 1u32..9999) {
            let (symbol, on) = (format!("{number}-CV/ĐU"), Some(day("2026-11-18")));
            let loud = likeness(Some(&author.to_uppercase()), Some(&format!("Số {symbol}")), on);
            let padded = likeness(Some(&format!("  {author} ")), Some(&symbol), on);
            prop_assert_eq!(loud, padded);
        }
    }
}
