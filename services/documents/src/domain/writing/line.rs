//! What a line by itself is, by how it begins.

use schema_forms::HeadingRank;
use text::roman::from_roman;

/// A line longer than this heads nothing.
const HEADING: usize = 150;

/// A line, with its number and its words where it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Heading { rank: HeadingRank, number: String, text: String },
    Article { number: String, text: String },
    Clause { number: String, text: String },
    Point { number: String, text: String },
    Ground,
    Row,
    Plain,
}

/// Reads a line. Within articles an Arabic number is always a clause; outside, a short line that no mark ends is a heading.
pub(super) fn of(line: &str, in_articles: bool) -> Line {
    if is_row(line) {
        return Line::Row;
    }
    if after_word(dashed(line).map_or(line, |(_, words)| words), "căn cứ").is_some() {
        return Line::Ground;
    }
    headed(line).or_else(|| article(line)).or_else(|| numbered(line, in_articles)).unwrap_or(Line::Plain)
}

/// Whether a line is one of a table.
pub(super) fn is_row(line: &str) -> bool {
    line.starts_with('|') && line.chars().filter(|letter| *letter == '|').count() > 1
}

/// The dash at the start of a line, and the words behind it.
pub(super) fn dashed(line: &str) -> Option<(&str, &str)> {
    let (mark, words) = line.split_at_checked(line.chars().next()?.len_utf8())?;
    let is_dash = matches!(mark, "-" | "–" | "—" | "+" | "•" | "*");
    (is_dash && words.starts_with(char::is_whitespace)).then(|| (mark, words.trim()))
}

/// What stands behind a word at the start of a line and the colon that may follow it, however the word is capitalised.
pub(super) fn after_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let mut letters = line.char_indices();
    for wanted in word.chars() {
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    let rest = letters.as_str();
    let ends = rest.is_empty() || rest.starts_with(|letter: char| letter == ':' || letter.is_whitespace());
    ends.then(|| rest.trim_start_matches(|letter: char| letter == ':' || letter.is_whitespace()))
}

/// Phần, Chương, Mục with a number; or a Roman number with its mark.
fn headed(line: &str) -> Option<Line> {
    let ranks = [("phần", HeadingRank::Part), ("chương", HeadingRank::Chapter), ("mục", HeadingRank::Section)];
    for (word, rank) in ranks {
        let Some(rest) = after_word(line, word) else { continue };
        let words = rest.split_whitespace().take(2).collect::<Vec<_>>();
        let count = match words.as_slice() {
            [first, _] if first.to_lowercase() == "thứ" => 2,
            [first, ..] if is_number(first) => 1,
            _ => return None,
        };
        let (number, text) = split_words(line, count + 1);
        return Some(Line::Heading { rank, number: number.to_owned(), text: text.to_owned() });
    }
    let end = line.find(|letter| !matches!(letter, 'I' | 'V' | 'X' | 'L')).filter(|end| *end > 0)?;
    let (figures, rest) = line.split_at_checked(end)?;
    from_roman(figures).ok()?;
    let mark = rest.trim_start().chars().next().filter(|mark| matches!(mark, '-' | '–' | '.' | '/'))?;
    let at = line.find(mark)? + mark.len_utf8();
    let (number, text) = line.split_at_checked(at)?;
    let text = text.trim();
    // `I.2` is no heading.
    let stands_alone = line.get(at..).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_ascii_digit()));
    stands_alone.then(|| Line::Heading { rank: HeadingRank::Section, number: number.to_owned(), text: text.to_owned() })
}

/// `Điều 3.`; without the mark it speaks of an article elsewhere, unless it stands alone.
fn article(line: &str) -> Option<Line> {
    let rest = after_word(line, "điều")?;
    let figures = rest.chars().take_while(char::is_ascii_digit).count();
    let mark = rest.get(figures..)?.chars().next();
    let is_marked = mark.is_none_or(|mark| matches!(mark, '.' | ':'));
    if figures == 0 || !is_marked {
        return None;
    }
    let text = rest.get(figures + mark.map_or(0, char::len_utf8)..)?.trim();
    let number = line.get(..line.len() - rest.len() + figures + mark.map_or(0, char::len_utf8))?;
    Some(Line::Article { number: number.to_owned(), text: text.to_owned() })
}

/// `2.`, `2.1.`, `a)` or a dash, with words behind it.
fn numbered(line: &str, in_articles: bool) -> Option<Line> {
    if let Some((mark, words)) = dashed(line) {
        let (number, text) = (mark.to_owned(), words.to_owned());
        return (!words.is_empty()).then_some(Line::Point { number, text });
    }
    let (number, text) = split_words(line, 1);
    if text.is_empty() {
        return None;
    }
    let (number, text) = (number.to_owned(), text.to_owned());
    let mut letters = number.chars();
    if let (Some(letter), Some(')'), None) = (letters.next(), letters.next(), letters.next())
        && letter.is_alphabetic()
    {
        return Some(Line::Point { number, text });
    }
    let figures = number.strip_suffix('.')?;
    let parts: Vec<&str> = figures.split('.').collect();
    let is_count = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_count) {
        return None;
    }
    let ends = text.ends_with(['.', ';', ':', ',', '?', '!', '…']);
    if !in_articles && !ends && parts.len() == 1 && line.chars().count() <= HEADING {
        return Some(Line::Heading { rank: HeadingRank::Subsection, number, text });
    }
    Some(Line::Clause { number, text })
}

/// A Roman or Arabic number, with or without a mark behind it.
fn is_number(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':', '-', '–']);
    let is_arabic = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    is_arabic || from_roman(word).is_ok()
}

/// The first so many words of a line, and the rest.
fn split_words(line: &str, count: usize) -> (&str, &str) {
    let mut rest = line;
    for _ in 0..count {
        rest = rest.trim_start();
        rest = rest.find(char::is_whitespace).and_then(|end| rest.get(end..)).unwrap_or_default();
    }
    (line.get(..line.len() - rest.len()).unwrap_or(line), rest.trim_start())
}
