//! Texts, checked before they are printed: NFC, nothing invisible, no letter that the fonts lack, not longer than the place
//! bears. What passes is shown as it is; nothing of it is ever read as markup.

use std::fmt::Display;

use schema_forms::Refusal;

/// The longest texts of each kind, in characters.
pub(crate) mod limit {
    /// A name, a number, a head of a column.
    pub(crate) const NAME: u32 = 300;
    /// What a document is about. A clerk pastes more than the rules advise; it still is printed.
    pub(crate) const SUMMARY: u32 = 3_000;
    /// A paragraph.
    pub(crate) const PARAGRAPH: u32 = 20_000;
    /// A cell of a table or a book.
    pub(crate) const CELL: u32 = 4_000;
    /// Names in a list: recipients, addressees, signatures.
    pub(crate) const NAMES: u32 = 400;
    /// Pieces of a text.
    pub(crate) const PIECES: u32 = 10_000;
    /// Lines of a book, and cells of the tables of a text, of which a book's line has eleven.
    pub(crate) const LINES: u32 = 5_000;
    /// Cells of the tables of a text.
    pub(crate) const CELLS: u32 = 55_000;
}

/// A word of more letters may be broken, lest it run out of its column.
const LONG_WORD: usize = 30;
/// How often such a word may be broken, in letters.
const BREAK_EVERY: usize = 10;
/// Where a word may be broken without a hyphen.
const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Reads texts.
pub(crate) struct Words<'a> {
    letters: &'a dyn Fn(char) -> bool,
}

impl<'a> Words<'a> {
    /// A reader that knows which letters the fonts have.
    pub(crate) fn new(letters: &'a dyn Fn(char) -> bool) -> Self {
        Self { letters }
    }

    /// A line that may be empty.
    pub(crate) fn line(&self, place: impl Display, given: &str, most: u32) -> Result<String, Refusal> {
        let clean = text::clean_line(given).map_err(|unclean| Refusal::TextUnclean {
            place: place.to_string(),
            position: small(unclean.position),
            code: code(unclean.character),
        })?;
        if clean.chars().count() > most as usize {
            return Err(Refusal::TextTooLong { place: place.to_string(), most });
        }
        if let Some((at, letter)) = clean.chars().enumerate().find(|(_, letter)| !(self.letters)(*letter)) {
            let (position, code) = (small(at + 1), code(letter));
            return Err(Refusal::LetterMissing { place: place.to_string(), position, code });
        }
        Ok(breakable(clean))
    }

    /// A line that must say something.
    pub(crate) fn needed(&self, place: impl Display, given: &str, most: u32) -> Result<String, Refusal> {
        let line = self.line(&place, given, most)?;
        if line.is_empty() { Err(Refusal::TextMissing { place: place.to_string() }) } else { Ok(line) }
    }

    /// A line that may be left out; an empty one is.
    pub(crate) fn optional(
        &self,
        place: impl Display,
        given: Option<&str>,
        most: u32,
    ) -> Result<Option<String>, Refusal> {
        let line = given.map(|given| self.line(place, given, most)).transpose()?;
        Ok(line.filter(|line| !line.is_empty()))
    }

    /// A list of lines, each of which must say something.
    pub(crate) fn lines(&self, place: &str, given: &[String]) -> Result<Vec<String>, Refusal> {
        few(place, given, limit::NAMES)?;
        let lines = given.iter().enumerate();
        lines.map(|(at, line)| self.needed(format_args!("{place}/{at}"), line, limit::NAME)).collect()
    }
}

/// Refuses more entries than a paper bears.
pub(crate) fn few<T>(place: &str, given: &[T], most: u32) -> Result<(), Refusal> {
    if given.len() > most as usize {
        return Err(Refusal::TooMany { place: place.to_owned(), most });
    }
    Ok(())
}

/// A list as papers print it: a dash before each, a comma after each but the last, which has a full stop.
pub(crate) fn listed(lines: Vec<String>) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let mark = |at| if at == last { "." } else { "," };
    let bare = |line: &str| line.trim_start_matches(['-', ' ']).trim_end_matches([',', ';', '.', ' ']).to_owned();
    lines.iter().enumerate().map(|(at, line)| format!("- {}{}", bare(line), mark(at))).collect()
}

fn breakable(line: String) -> String {
    if line.split(' ').all(|word| word.chars().count() <= LONG_WORD) {
        return line;
    }
    let mut broken = String::with_capacity(line.len() + line.len() / BREAK_EVERY);
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 {
            broken.push(' ');
        }
        let is_long = word.chars().count() > LONG_WORD;
        for (letter_at, letter) in word.chars().enumerate() {
            if is_long && letter_at > 0 && letter_at % BREAK_EVERY == 0 {
                broken.push(ZERO_WIDTH_SPACE);
            }
            broken.push(letter);
        }
    }
    broken
}

fn small(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn code(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(letter: char) -> bool {
        letter < '\u{2000}'
    }

    #[test]
    fn what_cannot_be_printed_is_named_with_its_place() {
        let words = Words::new(&latin);
        let table = [
            ("a\u{0007}b", "forms.text_unclean: `summary` U+0007"),
            ("a\u{202E}b", "forms.text_unclean: `summary` U+202E"),
            ("dòng\nhai", "forms.text_unclean: `summary` U+000A"),
            ("chữ 漢", "forms.letter_missing: `summary` U+6F22"),
            ("một câu quá dài", "forms.text_too_long: `summary`"),
            (" ", "forms.text_missing: `summary`"),
        ];
        for (given, expected) in table {
            let refusal = words.needed("summary", given, 10).unwrap_err();
            let fault = wire::Refusal::fault(&refusal);
            let expected = expected.split([':', ' ', '`']).filter(|word| !word.is_empty());
            for word in expected {
                assert!(format!("{} {}", fault.code, fault.en).contains(word), "{given:?}: {fault:?}");
            }
        }
    }

    #[test]
    fn decomposed_letters_are_composed() {
        let words = Words::new(&latin);
        assert_eq!(words.line("x", "quye\u{302}\u{301}t", 10).unwrap(), "quyết");
    }

    #[test]
    fn a_list_ends_like_a_list() {
        let given = ["Như trên", "- Lưu văn phòng.", "Thường trực;"].map(str::to_owned).to_vec();
        assert_eq!(listed(given), ["- Như trên,", "- Lưu văn phòng,", "- Thường trực."]);
        assert!(listed(Vec::new()).is_empty());
    }

    #[test]
    fn only_a_word_that_fits_nowhere_may_be_broken() {
        let short = "Nghị quyết số 12-NQ/ĐU";
        assert_eq!(breakable(short.to_owned()), short);
        let long = "x".repeat(31);
        let broken = breakable(format!("a {long} b"));
        assert_eq!(broken.matches(ZERO_WIDTH_SPACE).count(), 3);
        assert_eq!(broken.replace(ZERO_WIDTH_SPACE, ""), format!("a {long} b"));
    }
}
