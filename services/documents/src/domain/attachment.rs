//! Files of a document: one content once, and names that a file system and a log can bear.

use schema_documents::Refusal;
use wire::FileRef;

/// The longest name of a file, in characters.
const NAME: usize = 150;

/// The most files one document bears.
const MOST: usize = super::field::limit::FILES;

/// Refuses a content that the document has already, and more files than one document bears.
pub(crate) fn fresh(held: &[FileRef], content: &str) -> Result<(), Refusal> {
    if let Some(file) = held.iter().find(|file| file.sha256 == content) {
        return Err(Refusal::FileAttachedAlready { name: file.name.clone() });
    }
    if held.len() >= MOST { Err(Refusal::TooMany { name: "files".to_owned(), limit: MOST }) } else { Ok(()) }
}

/// The name of an upload without folders, hidden characters or undue length; its ending is kept.
pub(crate) fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last.chars().filter(|character| text::clean_line(&character.to_string()).is_ok()).collect();
    let clean = text::clean_line(&visible).unwrap_or_default();
    let clean = clean.trim_start_matches('.');
    if clean.is_empty() {
        return "tep".to_owned();
    }
    let length = clean.chars().count();
    if length <= NAME {
        return clean.to_owned();
    }
    let ending: String = clean.chars().skip(length - 12).collect();
    let ending = ending.rfind('.').and_then(|dot| ending.get(dot..)).unwrap_or_default();
    let kept: String = clean.chars().take(NAME - ending.chars().count()).collect();
    format!("{kept}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;
    use proptest::prelude::*;

    #[test]
    fn names_are_made_harmless() {
        let table = [
            ("Công văn 817.pdf", "Công văn 817.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\bản quét.pdf", "bản quét.pdf"),
            ("hóa\u{202E}fdp.exe", "hóafdp.exe"),
            ("...", "tep"),
            ("", "tep"),
        ];
        for (given, expected) in table {
            assert_eq!(name(given), expected);
        }
    }

    #[test]
    fn one_content_is_attached_once() {
        let id = sample::id(1);
        let held =
            FileRef { id, name: "a.pdf".into(), media_type: "application/pdf".into(), size: 1, sha256: "aa".into() };
        assert_eq!(
            fresh(std::slice::from_ref(&held), "aa"),
            Err(Refusal::FileAttachedAlready { name: "a.pdf".into() })
        );
        assert_eq!(fresh(std::slice::from_ref(&held), "bb"), Ok(()));
        let full = vec![held; MOST];
        assert_eq!(fresh(&full, "bb"), Err(Refusal::TooMany { name: "files".into(), limit: 20 }));
    }

    proptest! {
        #[test]
        fn every_name_is_bounded_and_stays_in_its_folder(given in any::<String>()) {
            let name = name(&given);
            prop_assert!(!name.is_empty() && name.chars().count() <= NAME && !name.contains(['/', '\\', '\n', '\r']));
        }

        #[test]
        fn a_long_name_keeps_its_ending(stem in "[a-z]{200,400}") {
            let given = stem + ".docx";
            prop_assert!(name(&given).ends_with(".docx"));
        }
    }
}
