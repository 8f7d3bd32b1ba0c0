//! Automatic numbers of lists, counted on and written out as they are printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    styles::{Look, Styles},
    xml::Element,
};

/// Levels that a list has.
const LEVELS: usize = 9;
/// A letter is repeated no more often: `aaa)`.
const REPEATED: u32 = 5;
/// The longest pattern of a number.
const PATTERN: usize = 200;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    form: String,
    pattern: String,
    is_plain: bool,
    restarts: bool,
    style: Option<String>,
    look: Look,
}

#[derive(Debug, Default)]
struct List {
    kind: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document and how far they are counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    kinds: BTreeMap<String, BTreeMap<usize, Level>>,
    lists: BTreeMap<String, List>,
    /// By kind: lists of a kind go on counting each other.
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

/// A number as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) text: String,
    pub(crate) look: Look,
}

impl Numbering {
    pub(crate) fn of(root: &Element, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        let mut linked: Vec<(String, String)> = Vec::new();
        for kind in root.all("abstractNum") {
            let Some(id) = kind.attribute("abstractNumId") else { continue };
            numbering.kinds.insert(id.to_owned(), levels(kind));
            if let Some(style) = kind.setting("numStyleLink") {
                linked.push((id.to_owned(), style.to_owned()));
            }
        }
        for one in root.all("num") {
            let (Some(id), Some(kind)) = (one.attribute("numId"), one.setting("abstractNumId")) else { continue };
            let mut list = List { kind: kind.to_owned(), ..List::default() };
            for over in one.all("lvlOverride") {
                let Some(level) = over.attribute("ilvl").and_then(|level| level.parse().ok()) else { continue };
                if let Some(start) = over.setting("startOverride").and_then(|start| start.parse().ok()) {
                    list.starts.insert(level, start);
                }
                list.levels.extend(levels(over));
            }
            numbering.lists.insert(id.to_owned(), list);
        }
        // A kind may say no more than the name of a style, whose list says the rest.
        for (id, style) in linked {
            let list = styles.listed(Some(&style)).and_then(|(_, listed)| listed.list.as_ref());
            let kind = list.and_then(|list| Some(numbering.lists.get(list)?.kind.clone()));
            if let Some(levels) = kind.and_then(|kind| numbering.kinds.get(&kind).cloned()) {
                numbering.kinds.insert(id, levels);
            }
        }
        numbering
    }

    /// The level of a list that a style belongs to.
    pub(crate) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let kind = self.kinds.get(&self.lists.get(list)?.kind)?;
        kind.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
    }

    /// The number of the next paragraph of a list at a level; nothing where none is printed.
    pub(crate) fn next(&mut self, list: &str, level: usize) -> Option<Number> {
        let one = self.lists.get(list).filter(|_| level < LEVELS)?;
        let kind = self.kinds.get(&one.kind);
        let of = |at: usize| one.levels.get(&at).or_else(|| kind?.get(&at));
        let counted = self.counted.entry(one.kind.clone()).or_default();
        let this = of(level)?;
        let fresh = self.begun.insert((list.to_owned(), level));
        let start = one.starts.get(&level).copied();
        for (at, count) in counted.iter_mut().enumerate() {
            let start_of = |at: usize| one.starts.get(&at).copied().or_else(|| Some(of(at)?.start)).unwrap_or(1);
            if at < level {
                count.get_or_insert_with(|| start_of(at));
            } else if at == level {
                *count = Some(match (*count, start) {
                    (_, Some(start)) if fresh => start,
                    (Some(count), _) => count.saturating_add(1),
                    (None, _) => start_of(at),
                });
            } else if of(at).is_none_or(|deeper| deeper.restarts) {
                *count = None;
            }
        }
        if this.form == "bullet" {
            return Some(Number { text: "-".to_owned(), look: Look::default() });
        }
        let mut text = String::new();
        let mut letters = this.pattern.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                text.push(letter);
                continue;
            }
            let Some(at) = letters.next().and_then(|digit| digit.to_digit(10)) else { continue };
            let at = usize::try_from(at).unwrap_or_default().saturating_sub(1);
            let form = if this.is_plain { "decimal" } else { of(at).map_or("decimal", |level| level.form.as_str()) };
            if let Some(count) = counted.get(at).copied().flatten() {
                text.push_str(&written(count, form));
            }
        }
        let is_empty = text.trim().is_empty();
        (!is_empty).then(|| Number { text: text.trim().to_owned(), look: this.look.clone() })
    }
}

fn levels(of: &Element) -> BTreeMap<usize, Level> {
    let one = |level: &Element| {
        let at = level.attribute("ilvl")?.parse().ok()?;
        let pattern = level.setting("lvlText").unwrap_or_default();
        let made = Level {
            start: level.setting("start").and_then(|start| start.parse().ok()).unwrap_or(0),
            form: level.setting("numFmt").unwrap_or("decimal").to_owned(),
            pattern: pattern.chars().take(PATTERN).collect(),
            is_plain: level.switch("isLgl").unwrap_or_default(),
            restarts: level.setting("lvlRestart") != Some("0"),
            style: level.setting("pStyle").map(str::to_owned),
            look: level.child("rPr").map(Look::of).unwrap_or_default(),
        };
        Some((at, made))
    };
    of.all("lvl").filter_map(one).collect()
}

/// A count in the form of a level. Forms that Vietnamese papers do not use are written in figures.
fn written(count: u32, form: &str) -> String {
    let roman = || u16::try_from(count).ok().and_then(text::roman::to_roman);
    let found = match form {
        "lowerLetter" => lettered(count),
        "upperLetter" => lettered(count).map(|letters| letters.to_ascii_uppercase()),
        "upperRoman" => roman(),
        "lowerRoman" => roman().map(|numeral| numeral.to_ascii_lowercase()),
        "decimalZero" => Some(format!("{count:02}")),
        "none" => Some(String::new()),
        _ => None,
    };
    found.unwrap_or_else(|| count.to_string())
}

/// `a` to `z`, then `aa` to `zz`.
fn lettered(count: u32) -> Option<String> {
    let before = count.checked_sub(1)?;
    let letter = char::from(b'a' + u8::try_from(before % 26).ok()?);
    let times = usize::try_from(before / 26 + 1).ok().filter(|_| before / 26 < REPEATED)?;
    Some(letter.to_string().repeat(times))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml;

    fn numbering(inside: &str) -> Numbering {
        let root = xml::tree("numbering", &format!("<numbering>{inside}</numbering>")).unwrap();
        Numbering::of(&root, &Styles::default())
    }

    fn level(at: usize, form: &str, pattern: &str) -> String {
        format!("<lvl ilvl='{at}'><start val='1'/><numFmt val='{form}'/><lvlText val='{pattern}'/></lvl>")
    }

    #[test]
    fn counts_are_written_in_their_form() {
        let table = [
            (4, "decimal", "4"),
            (4, "decimalZero", "04"),
            (4, "lowerLetter", "d"),
            (28, "lowerLetter", "bb"),
            (4_000_000_000, "lowerLetter", "4000000000"),
            (4, "upperLetter", "D"),
            (4, "upperRoman", "IV"),
            (9, "lowerRoman", "ix"),
            (0, "upperRoman", "0"),
            (4, "hebrew1", "4"),
        ];
        for (count, form, expected) in table {
            assert_eq!(written(count, form), expected, "{form}");
        }
    }

    #[test]
    fn levels_count_within_each_other_and_begin_anew() {
        let levels = level(0, "upperRoman", "%1-")
            + &level(1, "decimal", "%1.%2.").replace("<lvlText", "<isLgl/><lvlText")
            + &level(2, "lowerLetter", "%3)")
            + &level(3, "bullet", "\u{F0B7}");
        let mut numbering = numbering(&format!(
            "<abstractNum abstractNumId='0'>{levels}</abstractNum>\
             <num numId='1'><abstractNumId val='0'/></num>\
             <num numId='2'><abstractNumId val='0'/><lvlOverride ilvl='0'><startOverride val='5'/></lvlOverride></num>"
        ));
        let mut next = |list: &str, level| numbering.next(list, level).map(|number| number.text);
        let steps = [
            ("1", 0, "I-"),
            ("1", 1, "1.1."),
            ("1", 2, "a)"),
            ("1", 2, "b)"),
            ("1", 1, "1.2."),
            ("1", 2, "a)"),
            ("1", 0, "II-"),
            ("1", 2, "a)"),
            ("1", 3, "-"),
            ("2", 0, "V-"),
            ("2", 0, "VI-"),
        ];
        for (list, level, expected) in steps {
            assert_eq!(next(list, level).as_deref(), Some(expected));
        }
        assert_eq!((next("1", 8), next("9", 0), next("1", 99)), (None, None, None));
    }
}
