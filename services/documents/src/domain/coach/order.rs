//! Numbers of headings, articles, clauses and points in their order: none doubled, none left out.

use std::collections::BTreeMap;

use schema_forms::{Block, HeadingRank};
use text::roman::from_roman;

use super::{At, Found, Given};

/// The letters of points; `f`, `j`, `w`, `z` are not among them.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// A series of numbers that counts by itself within what stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Series {
    Part,
    Chapter,
    Section,
    Article,
    /// Clauses, and small headings, which look alike.
    Clause,
    /// Clauses that count by themselves below a small heading.
    Inner,
    Point,
}

/// The number that a series stands at.
#[derive(Clone)]
struct Last {
    count: u16,
    label: String,
    is_heading: bool,
}

/// Numbers that do not follow each other.
pub(super) fn check(given: &Given) -> Vec<Found> {
    let mut last: BTreeMap<Series, Last> = BTreeMap::new();
    let mut found = Vec::new();
    for piece in &given.written.pieces {
        let Some((series, label)) = labelled(&piece.block) else { continue };
        let Some(count) = counted(series, label) else { continue };
        let is_heading = matches!(piece.block, Block::Heading { .. });
        let series = if series == Series::Clause { level(&last, is_heading, count) } else { series };
        let before = last.get(&series).cloned();
        // Articles count through the whole document, whatever chapter they stand in.
        last.retain(|other, _| *other <= series || *other == Series::Article && series < Series::Article);
        last.insert(series, Last { count, label: label.to_owned(), is_heading });
        let at = At::Line(piece.line);
        let of = |rule| Found::new(rule, at).with("found", label);
        match before {
            None if count > 1 => found.push(of("number_begins_late")),
            Some(old) if count == old.count => found.push(of("number_doubled")),
            Some(old) if count != old.count + 1 => {
                found.push(of("number_out_of_order").with("before", old.label));
            }
            _ => {}
        }
    }
    found
}

/// Whether a small heading or clause goes on with its series or stands below the small heading before it.
fn level(last: &BTreeMap<Series, Last>, is_heading: bool, count: u16) -> Series {
    let Some(outer) = last.get(&Series::Clause) else { return Series::Clause };
    let begins = outer.is_heading && !is_heading && count == 1;
    let goes_on = match last.get(&Series::Inner) {
        Some(inner) if is_heading => count == inner.count + 1 && count != outer.count + 1,
        Some(inner) => count == inner.count + 1 || count != outer.count + 1,
        None => begins,
    };
    if goes_on { Series::Inner } else { Series::Clause }
}

/// The series to which a block belongs, and its number as written.
fn labelled(block: &Block) -> Option<(Series, &str)> {
    Some(match block {
        Block::Heading { rank, number, .. } => (
            match rank {
                HeadingRank::Part => Series::Part,
                HeadingRank::Chapter => Series::Chapter,
                HeadingRank::Section => Series::Section,
                HeadingRank::Subsection => Series::Clause,
            },
            number.as_deref()?,
        ),
        Block::Article { number, .. } => (Series::Article, number),
        Block::Clause { number, .. } => (Series::Clause, number),
        Block::Point { number, .. } => (Series::Point, number),
        Block::Paragraph { .. } | Block::Ground { .. } | Block::Table { .. } => return None,
    })
}

/// What a number counts; nothing for a dash, and for `2.1.`, which counts within its clause.
fn counted(series: Series, label: &str) -> Option<u16> {
    let bare = label.trim_end_matches(['.', ':', '-', '–', ')', '/', ' ']);
    if series == Series::Point {
        let letter = bare.chars().next()?.to_lowercase().next()?;
        let place = LETTERS.chars().position(|one| one == letter)?;
        return u16::try_from(place + 1).ok();
    }
    let word = bare.split_whitespace().last()?;
    let spelled = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let spelled = spelled.iter().position(|one| *one == word.to_lowercase());
    let spelled = spelled.and_then(|place| u16::try_from(place + 1).ok());
    word.parse().ok().or_else(|| from_roman(word).ok()).or(spelled)
}
