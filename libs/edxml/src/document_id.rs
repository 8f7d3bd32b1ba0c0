//! The id of a document in interchange: `organ,yyyy/MM/dd,number/notation`, or a GUID, or whatever the sender has.

use crate::organ_id;

/// What stands in an id that has parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The identifier of the organisation.
    pub organ: &'a str,
    /// The day as it stands; it need not exist.
    pub date: &'a str,
    /// Number and notation, such as `12-CV/TU`.
    pub symbol: &'a str,
}

/// The parts of an id; nothing when it has another form.
#[must_use]
pub fn parts(id: &str) -> Option<Parts<'_>> {
    let mut pieces = id.splitn(3, ',').map(str::trim);
    let parts = Parts { organ: pieces.next()?, date: pieces.next()?, symbol: pieces.next()? };
    let is_date =
        parts.date.len() >= 4 && parts.date.bytes().all(|one| one.is_ascii_digit() || one == b'/' || one == b'-');
    (is_date && !parts.organ.is_empty() && !parts.symbol.is_empty()).then_some(parts)
}

/// Whether an id is a GUID.
#[must_use]
pub fn is_guid(id: &str) -> bool {
    let bare = id.trim_matches(['{', '}']);
    let lengths: Vec<usize> = bare.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && bare.bytes().all(|one| one.is_ascii_hexdigit() || one == b'-')
}

/// The form in which two ids of one document are alike, however they were spaced and whichever form of identifier they use.
#[must_use]
pub fn matching_key(id: &str) -> String {
    let id = text::nfc(id);
    let folded = |text: &str| text.split_whitespace().collect::<String>().to_uppercase();
    match parts(&id) {
        Some(Parts { organ, date, symbol }) => {
            format!("{},{},{}", organ_id::current(organ), folded(date).replace('-', "/"), folded(symbol))
        }
        None => folded(id.trim_matches(['{', '}'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_taken_apart_and_matched() {
        let id = "000.00.00.G22,2014/02/30,7806/VPCP-TTĐT";
        let expected = Parts { organ: "000.00.00.G22", date: "2014/02/30", symbol: "7806/VPCP-TTĐT" };
        assert_eq!(parts(id), Some(expected));
        assert_eq!(matching_key(id), matching_key("G22, 2014/02/30, 7806/VPCP-TTĐT"));
        assert_ne!(matching_key(id), matching_key("G22,2014/02/28,7806/VPCP-TTĐT"));
        assert_eq!(parts("a,b,c"), None);
        assert_eq!(parts("VP-2026-12/CV"), None);
        assert!(is_guid("9fbfbad2-f1f8-4256-a2eb-50fb1061cddb") && !is_guid("9fbfbad2-f1f8"));
        assert_eq!(
            matching_key("{9FBFBAD2-f1f8-4256-a2eb-50fb1061cddb}"),
            matching_key("9fbfbad2-F1F8-4256-a2eb-50fb1061cddb")
        );
    }
}
