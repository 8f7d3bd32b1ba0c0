//! What a text must be before it is stored: NFC, and free of characters that nobody can see.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

/// The text in Unicode form NFC, in which "ế" is one character however it was typed.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The text in Unicode form NFD, character by character: each letter before the marks it bears.
pub fn apart(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfd()
}

/// A character that may not stand in a stored text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclean {
    /// Which character it is, counted from 1 in the text as it was given.
    pub position: usize,
    /// The character.
    pub character: char,
}

impl fmt::Display for Unclean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what =
            if is_direction_control(self.character) { "turns the direction of the text" } else { "is a control" };
        let code = u32::from(self.character);
        write!(f, "character {} is `U+{code:04X}`, which {what}: remove it", self.position)
    }
}

impl std::error::Error for Unclean {}

/// One line as a person typed it, made fit to store: NFC, trimmed, without zero-width characters.
///
/// # Errors
/// [`Unclean`] at the first control character (a line break and a tab are such) or direction override.
pub fn clean_line(text: &str) -> Result<String, Unclean> {
    clean(text, |_| false)
}

/// Text of several lines, made fit to store: as [`clean_line`], but tabs and line breaks stay, and `\r\n` becomes `\n`.
///
/// # Errors
/// [`Unclean`] at the first other control character or direction override.
pub fn clean_text(text: &str) -> Result<String, Unclean> {
    // The two-character break loses its first half only after the check, so that positions stay those of the input.
    let broken = |character| matches!(character, '\n' | '\r' | '\t');
    clean(text, broken).map(|text| text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn clean(text: &str, allowed: impl Fn(char) -> bool) -> Result<String, Unclean> {
    let hidden = |character: char| {
        let control = character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
        (control && !allowed(character)) || is_direction_control(character)
    };
    if let Some((index, character)) = text.chars().enumerate().find(|&(_, character)| hidden(character)) {
        return Err(Unclean { position: index + 1, character });
    }
    let seen: String = text.chars().filter(|&character| !is_zero_width(character)).nfc().collect();
    Ok(seen.trim().to_owned())
}

/// Marks and overrides of the bidirectional algorithm: with them a text can read differently from what it says.
fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters without width. Vietnamese has no use for them, and a person cannot see one in order to delete it.
pub(crate) fn is_zero_width(character: char) -> bool {
    matches!(character, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_composed_and_trimmed() {
        assert_eq!(clean_line("  U\u{31B}\u{309}y ban \u{200B}\u{A0} ").unwrap(), "Ửy ban");
        assert_eq!(clean_line("\u{200B}\u{FEFF}").unwrap(), "");
    }

    #[test]
    fn what_cannot_be_seen_is_refused_with_its_position() {
        let unclean = clean_line("Số\u{202E}05").unwrap_err();
        assert_eq!(unclean, Unclean { position: 3, character: '\u{202E}' });
        assert_eq!(unclean.to_string(), "character 3 is `U+202E`, which turns the direction of the text: remove it");
        assert_eq!(
            clean_line("a\nb").unwrap_err().to_string(),
            "character 2 is `U+000A`, which is a control: remove it"
        );
        for bad in ["\0", "a\tb", "\u{85}", "\u{2028}", "\u{2066}x", "\u{61C}"] {
            assert!(clean_line(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn several_lines_keep_their_breaks() {
        assert_eq!(clean_text("Điều 1\r\n\tKhoản a\rKhoản b\n").unwrap(), "Điều 1\n\tKhoản a\nKhoản b");
        assert_eq!(clean_text("a\r\nb\u{1B}").unwrap_err().position, 5);
    }

    proptest! {
        #[test]
        fn what_is_clean_stays_as_it_is(text in any::<String>()) {
            if let Ok(once) = clean_text(&text) {
                prop_assert_eq!(clean_text(&once), Ok(once.clone()));
                prop_assert_eq!(nfc(&once), once);
            }
        }

        #[test]
        fn cleaning_does_not_depend_on_how_marks_were_typed(text in "[ăâđêôơưế ửÀa-z]{0,20}") {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(clean_line(&apart), clean_line(&text));
        }
    }
}
