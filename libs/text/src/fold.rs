//! One form of a text for searching, in which the ways of writing the same Vietnamese word are equal.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::normal::is_zero_width;

/// The text without tone and vowel marks, in lower case, with `đ` as `d` and one space where there was white space or
/// punctuation. "ỦY BAN", "Uỷ ban" and "uy ban" are equal so; a decomposed text folds like a composed one.
///
/// It serves to find and to compare. What is stored and shown keeps the spelling of its author.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut parted = false;
    for character in text.nfd() {
        if is_combining_mark(character) || is_zero_width(character) {
            continue;
        }
        if !character.is_alphanumeric() {
            parted = true;
            continue;
        }
        if parted && !folded.is_empty() {
            folded.push(' ');
        }
        parted = false;
        folded.extend(without_stroke(character).to_lowercase());
    }
    folded
}

/// The stroke of `đ` is no combining mark in Unicode, so no decomposition takes it away.
fn without_stroke(character: char) -> char {
    match character {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn spellings_of_one_word_are_equal() {
        let table = [
            ("ỦY BAN NHÂN DÂN", "uy ban nhan dan"),
            ("Uỷ ban  nhân dân", "uy ban nhan dan"),
            ("Đảng uỷ xã Ngọc Sơn", "dang uy xa ngoc son"),
            ("Số 05-HD/VPTW", "so 05 hd vptw"),
            ("“Nghị quyết” – 12/2026.", "nghi quyet 12 2026"),
            ("thuế\u{200B}đất", "thuedat"),
            ("ưởng ợ ằ ễ", "uong o a e"),
            ("  ...  ", ""),
        ];
        for (text, folded) in table {
            assert_eq!(fold(text), folded);
            assert_eq!(fold(&text.nfd().collect::<String>()), folded);
        }
    }

    #[test]
    fn every_character_folds_once_and_for_all() {
        for character in '\0'..=char::MAX {
            let once = fold(&character.to_string());
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(character));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_form_of_the_input_does_not_matter(text in any::<String>()) {
            let (composed, apart): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(fold(&apart), fold(&text));
            prop_assert_eq!(fold(&composed), fold(&text));
        }
    }
}
