//! What people write: cleaned, not empty where it must say something, and not endless.

use schema_programme::Refusal;

/// The most characters of a title, a product, a name.
pub(crate) const LINE: u16 = 500;

/// The most characters of a note or a reason.
pub(crate) const NOTE: u16 = 2000;

/// One line that must say something; `missing` is the answer when it does not.
pub(crate) fn line(what: &'static str, text: &str, missing: Refusal) -> Result<String, Refusal> {
    let clean = text::clean_line(text).map_err(|why| Refusal::TextUnclean { what, why: why.to_string() })?;
    checked(what, clean, LINE, missing)
}

/// One line that may be left out.
pub(crate) fn optional_line(what: &'static str, text: Option<&str>) -> Result<Option<String>, Refusal> {
    let clean = text::clean_line(text.unwrap_or_default());
    let clean = clean.map_err(|why| Refusal::TextUnclean { what, why: why.to_string() })?;
    if clean.is_empty() { Ok(None) } else { short(what, clean, LINE).map(Some) }
}

/// Lines that must say something; `missing` is the answer when they do not.
pub(crate) fn note(what: &'static str, text: &str, missing: Refusal) -> Result<String, Refusal> {
    let clean = text::clean_text(text).map_err(|why| Refusal::TextUnclean { what, why: why.to_string() })?;
    checked(what, clean, NOTE, missing)
}

/// The reason without which work is not returned, handed over, withdrawn or extended.
pub(crate) fn reason(text: &str) -> Result<String, Refusal> {
    note("reason", text, Refusal::ReasonMissing)
}

fn checked(what: &'static str, clean: String, most: u16, missing: Refusal) -> Result<String, Refusal> {
    if clean.is_empty() { Err(missing) } else { short(what, clean, most) }
}

fn short(what: &'static str, clean: String, most: u16) -> Result<String, Refusal> {
    if clean.chars().count() > usize::from(most) {
        return Err(Refusal::TextTooLong { what, most });
    }
    Ok(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cleaned_and_must_say_something() {
        assert_eq!(reason("  Chờ số liệu\r\ncủa thôn ").unwrap(), "Chờ số liệu\ncủa thôn");
        assert_eq!(reason(" \u{200b} "), Err(Refusal::ReasonMissing));
        assert_eq!(line("title", "", Refusal::TitleMissing), Err(Refusal::TitleMissing));
        let long = "ế".repeat(501);
        let refused = Refusal::TextTooLong { what: "title", most: LINE };
        assert_eq!(line("title", &long, Refusal::TitleMissing), Err(refused));
        assert_eq!(line("title", &long[..1500], Refusal::TitleMissing).unwrap().chars().count(), 500);
        assert_eq!((optional_line("place", None), optional_line("place", Some(" "))), (Ok(None), Ok(None)));
        assert_eq!(optional_line("place", Some(" Hội trường ")), Ok(Some("Hội trường".into())));
        assert_eq!(optional_line("place", Some(&long)), Err(Refusal::TextTooLong { what: "place", most: LINE }));
        let unclean = line("title", "a\u{202e}b", Refusal::TitleMissing);
        assert!(matches!(unclean, Err(Refusal::TextUnclean { what: "title", .. })), "{unclean:?}");
    }
}
