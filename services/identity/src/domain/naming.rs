//! Names as people type them: made fit to store, or refused with the field at fault.

use schema_identity::Refusal;
use text::Unclean;
use wire::{Fault, Refusal as _};

/// The most characters of a name, a title or a contact.
const MOST: usize = 200;

/// One line of 1 to 200 characters: NFC, trimmed.
pub(crate) fn line(field: &str, text: &str) -> Result<String, Fault> {
    let clean = text::clean_line(text).map_err(|Unclean { position, .. }| {
        Refusal::TextUnclean { field: field.to_owned(), position }.fault().at(field)
    })?;
    if (1..=MOST).contains(&clean.chars().count()) {
        Ok(clean)
    } else {
        Err(Refusal::TextLength { field: field.to_owned(), most: MOST }.fault().at(field))
    }
}

/// As [`line`], for a text that may be left out: an empty one counts as absent.
pub(crate) fn optional(field: &str, text: Option<&str>) -> Result<Option<String>, Fault> {
    match text {
        Some(text) if !text.trim().is_empty() => line(field, text).map(Some),
        _ => Ok(None),
    }
}

/// The name to sign in with, in the one form that is kept: lower case, without accents.
pub(crate) fn username(text: &str) -> Result<String, Refusal> {
    let mut name = String::new();
    for character in text::nfc(text.trim()).chars().take(MOST) {
        if matches!(character, '.' | '-' | '_' | '@') {
            name.push(character);
            continue;
        }
        let folded = text::fold(character.encode_utf8(&mut [0; 4]));
        if folded.is_empty() || !folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::UsernameBad);
        }
        name.push_str(&folded);
    }
    if (3..=64).contains(&name.len()) { Ok(name) } else { Err(Refusal::UsernameBad) }
}

/// The words of a search, folded; nothing when it has none.
pub(crate) fn words(q: Option<&str>) -> Vec<String> {
    text::fold(q.unwrap_or_default()).split_whitespace().take(12).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_refused_with_its_field() {
        assert_eq!(line("title", "  Chánh Văn phòng ").unwrap(), "Chánh Văn phòng");
        let fault = line("title", "a\u{202E}b").unwrap_err();
        assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("identity.text_unclean", Some("title")));
        let fault = line("full_name", "   ").unwrap_err();
        assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("identity.text_length", Some("full_name")));
        assert!(line("title", &"ế".repeat(200)).is_ok());
        assert!(line("title", &"ế".repeat(201)).is_err());
        assert_eq!(optional("contact", Some(" ")), Ok(None));
    }

    #[test]
    fn names_that_look_the_same_are_the_same() {
        for name in ["Lan.Nguyen", " lan.nguyen", "LAN.NGUYỄN", "lan.nguye\u{302}\u{303}n"] {
            assert_eq!(username(name).unwrap(), "lan.nguyen", "{name}");
        }
        for bad in ["", "ab", "lan nguyen", "lan/nguyen", "кирилл", "a\u{200B}bc"] {
            assert_eq!(username(bad), Err(Refusal::UsernameBad), "{bad}");
        }
        assert_eq!(username(&"a".repeat(65)), Err(Refusal::UsernameBad));
    }

    #[test]
    fn words_are_searched_without_accents() {
        assert_eq!(words(Some("  Văn phòng, ĐẢNG ủy")), ["van", "phong", "dang", "uy"]);
        assert!(words(Some("%_")).is_empty());
        assert!(words(None).is_empty());
    }

    proptest! {
        #[test]
        fn a_kept_name_is_kept_as_it_is(text in any::<String>()) {
            if let Ok(name) = username(&text) {
                prop_assert_eq!(username(&name), Ok(name.clone()));
            }
        }
    }
}
