//! Texts that people typed: clean, not blank, not longer than a register takes.

use schema_documents::Refusal;
use wire::Fault;

/// The longest texts of each kind, in characters.
pub(crate) mod limit {
    /// A name of a body, a unit, a genre, a signatory, a recipient.
    pub(crate) const NAME: usize = 200;
    /// Number and symbol.
    pub(crate) const SYMBOL: usize = 60;
    /// What a document is about.
    pub(crate) const SUMMARY: usize = 1_000;
    /// A note or a reason.
    pub(crate) const NOTE: usize = 500;
    /// One version of a text.
    pub(crate) const TEXT: usize = 100_000;
    /// Files of one document.
    pub(crate) const FILES: usize = 20;
    /// Recipients of one document.
    pub(crate) const RECIPIENTS: usize = 100;
    /// Incoming documents that one document answers.
    pub(crate) const REPLIES: usize = 20;
}

/// One line that must be there.
pub(crate) fn line(name: &str, given: &str, limit: usize) -> Result<String, Fault> {
    let clean = text::clean_line(given)
        .map_err(|unclean| Refusal::FieldUnclean { name: name.to_owned(), position: unclean.position }.at(name))?;
    bounded(name, clean, limit)
}

/// One line that may be left out; blank counts as left out.
pub(crate) fn optional_line(name: &str, given: Option<&str>, limit: usize) -> Result<Option<String>, Fault> {
    match given.map(str::trim) {
        None | Some("") => Ok(None),
        Some(given) => line(name, given, limit).map(Some),
    }
}

/// Text of several lines that must be there.
pub(crate) fn text(name: &str, given: &str, limit: usize) -> Result<String, Fault> {
    let clean = text::clean_text(given)
        .map_err(|unclean| Refusal::FieldUnclean { name: name.to_owned(), position: unclean.position }.at(name))?;
    bounded(name, clean, limit)
}

/// A count that must make sense when it is given.
pub(crate) fn count(name: &str, given: Option<u32>, most: u32) -> Result<(), Fault> {
    match given {
        Some(count) if count == 0 || count > most => {
            let refusal = Refusal::FieldOutOfRange { name: name.to_owned(), least: 1, most: most.into() };
            Err(refusal.at(name))
        }
        _ => Ok(()),
    }
}

/// A list no longer than what one document bears.
pub(crate) fn few<T>(name: &str, given: &[T], limit: usize) -> Result<(), Fault> {
    if given.len() > limit { Err(Refusal::TooMany { name: name.to_owned(), limit }.at(name)) } else { Ok(()) }
}

fn bounded(name: &str, clean: String, limit: usize) -> Result<String, Fault> {
    if clean.is_empty() {
        return Err(Refusal::FieldMissing { name: name.to_owned() }.at(name));
    }
    if clean.chars().count() > limit {
        return Err(Refusal::FieldTooLong { name: name.to_owned(), limit }.at(name));
    }
    Ok(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_names_its_field() {
        let table = [
            (line("summary", "  ", 10), "documents.field_missing"),
            (line("summary", "một\u{202E}hai", 10), "documents.field_unclean"),
            (line("summary", "mười một chữ", 10), "documents.field_too_long"),
            (text("summary", "\n", 10), "documents.field_missing"),
        ];
        for (result, code) in table {
            let fault = result.unwrap_err();
            assert_eq!((fault.code.as_str(), fault.field.as_deref()), (code, Some("summary")));
        }
        assert_eq!(count("pages", Some(0), 9).unwrap_err().code, "documents.field_out_of_range");
        assert_eq!(few("files", &[1, 2], 1).unwrap_err().code, "documents.too_many");
    }

    #[test]
    fn blank_is_left_out() {
        assert_eq!(optional_line("note", Some("  "), 10).unwrap(), None);
        assert_eq!(optional_line("note", Some(" a "), 10).unwrap().as_deref(), Some("a"));
    }

    #[test]
    fn the_limit_counts_characters_not_bytes() {
        assert!(line("summary", "ửửửửửửửửửử", 10).is_ok());
    }
}
