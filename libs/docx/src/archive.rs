//! The archive that a DOCX is: its parts, bounded by what they really unfold to, and how they refer to each other.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::{Unreadable, xml};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// What all parts may unfold to, in bytes.
const UNFOLDED: u64 = 64 * 1024 * 1024;
/// The most parts. Each costs memory before anything is known of it.
const PARTS: usize = 4_096;
/// How files of the time before DOCX begin, and those that a password locks.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
/// The stream in which a locked file keeps the DOCX.
const LOCKED: &str = "EncryptedPackage";

/// An open archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// How a part refers to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    /// The last word of its kind: `styles`, `officeDocument`.
    pub(crate) kind: String,
    /// The name of the part it points to.
    pub(crate) target: String,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        if bytes.starts_with(OLE) {
            let name: Vec<u8> = LOCKED.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_locked = bytes.windows(name.len()).any(|window| window == name);
            return Err(if is_locked { Unreadable::Locked } else { Unreadable::OldDoc });
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(Unreadable::NotDocx);
        }
        if bytes.windows(4).filter(|window| *window == b"PK\x01\x02").count() > PARTS {
            return Err(Unreadable::UnfoldsTooFar);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        let mut declared: u64 = 0;
        for at in 0..zip.len() {
            let entry = zip.by_index_data(at).map_err(|_| Unreadable::Damaged)?;
            if entry.encrypted() {
                return Err(Unreadable::Locked);
            }
            declared = declared.saturating_add(entry.size());
        }
        if declared > UNFOLDED {
            return Err(Unreadable::UnfoldsTooFar);
        }
        Ok(Self { zip, left: UNFOLDED })
    }

    /// Whether there is a part whose name ends so.
    pub(crate) fn has(&self, end: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.to_ascii_lowercase().ends_with(end.as_bytes()))
    }

    /// The text of a part, or nothing where there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let same = |other: &[u8]| other.eq_ignore_ascii_case(name.as_bytes());
        let Some(at) = self.zip.file_names_raw().position(same) else { return Ok(None) };
        let file = self.zip.by_index(at).map_err(|_| Unreadable::Damaged)?;
        let mut bytes = Vec::new();
        // What the archive declares is not believed: one byte more than may come shows that more would.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| Unreadable::Damaged)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or(Unreadable::UnfoldsTooFar)?;
        let text = String::from_utf8(bytes).map_err(|_| xml::malformed(name))?;
        Ok(Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)))
    }

    /// A part as a tree.
    pub(crate) fn tree(&mut self, name: &str) -> Result<Option<xml::Element>, Unreadable> {
        self.part(name)?.map(|text| xml::tree(name, &text)).transpose()
    }

    /// What a part refers to inside the archive; of the archive itself when `part` is empty.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Unreadable> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(root) = self.tree(&name)? else { return Ok(Vec::new()) };
        let inside = root.elements().filter(|one| one.attribute("TargetMode") != Some("External"));
        let relation = |one: &xml::Element| {
            let kind = one.attribute("Type")?.rsplit('/').next()?.to_owned();
            Some(Relation { kind, target: resolved(folder, one.attribute("Target")?) })
        };
        Ok(inside.filter_map(relation).collect())
    }
}

/// The name of a part that is named as seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let from = if target.starts_with('/') { "" } else { folder };
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_seen_from_their_folder() {
        let table = [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../custom/a.xml", "custom/a.xml"),
            ("", "word/./document.xml", "word/document.xml"),
            ("", "../../a.xml", "a.xml"),
        ];
        for (folder, target, expected) in table {
            assert_eq!(resolved(folder, target), expected);
        }
    }
}
