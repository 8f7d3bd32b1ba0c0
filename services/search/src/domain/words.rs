//! The words of a text as they are indexed and looked for: folded, exact, and where they stand.

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Without accents and capitals: `uy` for `ủy`, `Uỷ` and `UY`.
    pub folded: String,
    /// With accents, in a form in which it does not matter above which vowel the tone was put: `ủy` and `uỷ` are one.
    pub exact: String,
    /// Whether it bears an accent at all.
    pub accented: bool,
    /// Where it begins in the text in NFC, in bytes.
    pub from: usize,
    /// The first byte after it.
    pub to: usize,
}

/// The words of a text, which must be in NFC for the places to be right. A word is a run of letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = character.is_alphanumeric() || (from.is_some() && is_mark(character));
        match (from, inside) {
            (None, true) => from = Some(at),
            (Some(began), false) => {
                words.extend(text.get(began..at).and_then(|written| word(written, began, at)));
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// A combining mark that has no composed form with its letter, or a character without width inside a word.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn word(written: &str, from: usize, to: usize) -> Option<Word> {
    let folded = text::fold(written).replace(' ', "");
    if folded.is_empty() {
        return None;
    }
    let exact = exact(written);
    let accented = exact != folded;
    Some(Word { folded, exact, accented, from, to })
}

/// A word with its accents, its tone moved to the end.
#[must_use]
pub(crate) fn exact(written: &str) -> String {
    let mut tone = None;
    let lower = written.to_lowercase();
    let toneless: String = text::apart(&lower)
        .filter(|character| {
            if is_tone(*character) {
                tone = Some(*character);
            }
            !is_tone(*character) && !matches!(character, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
        })
        .collect();
    let mut exact = text::nfc(&toneless);
    exact.extend(tone);
    exact
}

/// Grave, acute, tilde, hook above, dot below: the five written tones.
fn is_tone(character: char) -> bool {
    matches!(character, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn both(text: &str) -> Vec<(String, String)> {
        words(text).into_iter().map(|word| (word.folded, word.exact)).collect()
    }

    #[test]
    fn a_word_is_found_however_its_tone_was_placed() {
        for pair in [["Ủy", "UỶ"], ["hòa", "hoà"], ["thúy", "thuý"], ["Khỏe", "khoẻ"], ["quý", "QUÝ"]] {
            assert_eq!(both(pair[0]), both(pair[1]), "{pair:?}");
        }
        for pair in [["ủy", "úy"], ["hoa", "hòa"], ["đảng", "dảng"], ["tư", "tu"], ["án", "ăn"]] {
            assert_ne!(exact(pair[0]), exact(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn words_say_where_they_stand() {
        let text = "Số 05-HD/VPTW, “Đảng ủy”";
        let found: Vec<&str> = words(text).iter().map(|word| &text[word.from..word.to]).collect();
        assert_eq!(found, ["Số", "05", "HD", "VPTW", "Đảng", "ủy"]);
        assert!(words("… – ").is_empty());
        assert!(!words("VPTW")[0].accented && words("đi")[0].accented);
    }

    proptest! {
        #[test]
        fn a_text_has_the_same_words_however_it_was_typed(typed in "[ăâđêôơưếửÀọUY a-z.]{0,30}") {
            let composed = text::nfc(&typed);
            let apart: String = text::apart(&typed).collect();
            prop_assert_eq!(both(&composed), both(&text::nfc(&apart)));
            let joined: Vec<String> = words(&composed).into_iter().map(|word| word.folded).collect();
            prop_assert_eq!(joined.join(" "), text::fold(&composed));
        }
    }
}
