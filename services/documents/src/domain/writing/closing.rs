//! The end of a text: by what authority, in which position and by what name it is signed; and who gets it.

use super::{
    Said, Signed,
    line::{after_word, dashed},
};

/// How lines of authority begin: those of the Party, and those of the State, so that they are seen and named.
const AUTHORITY: [&str; 10] = ["T/M", "K/T", "T/L", "T/U", "Q.", "TM.", "KT.", "TL.", "TUQ.", "T/UQ"];
/// Words that a line of capitals has which names a position.
const POSITIONS: [&str; 9] =
    ["BÍ THƯ", "CHÁNH", "TRƯỞNG", "PHÓ ", "CHỦ NHIỆM", "CHỦ TRÌ", "NGƯỜI GHI", "GIÁM ĐỐC", "THƯỜNG TRỰC"];
/// A name or a position has no more words.
const WORDS: usize = 12;

/// Who signs and who gets it.
#[derive(Debug, Default)]
pub(super) struct Closing {
    pub(super) signatures: Vec<Signed>,
    pub(super) recipients: Vec<Said>,
}

/// Where the end begins: the first line of authority, position or recipients behind which nothing else stands.
pub(super) fn begins(lines: &[Said]) -> usize {
    let mut from = lines.len();
    let mut at = lines.len();
    for said in lines.iter().rev() {
        at -= 1;
        let text = said.text.as_str();
        if is_authority(text) || is_position(text) || is_recipients(text) {
            from = at;
        } else if !may_close(text) {
            break;
        }
    }
    from
}

/// Reads the end of a text.
pub(super) fn read(lines: &[Said]) -> Closing {
    let mut closing = Closing::default();
    let mut listing = false;
    for Said { line, text } in lines {
        if is_recipients(text) {
            listing = true;
            let beside = after_word(text, "nơi nhận").unwrap_or_default();
            if !beside.is_empty() {
                closing.recipients.push(Said { line: *line, text: beside.to_owned() });
            }
        } else if is_authority(text) || is_capitals(text) {
            listing = false;
            capitals(&mut closing.signatures, *line, text);
        } else if listing {
            let bare = dashed(text).map_or(text.as_str(), |(_, words)| words);
            closing.recipients.push(Said { line: *line, text: bare.to_owned() });
        } else {
            named(&mut closing.signatures, *line, text);
        }
    }
    closing
}

/// A line of authority or of a position; behind a name it is the next signature's.
fn capitals(signatures: &mut Vec<Signed>, line: u32, text: &str) {
    if signatures.last().is_none_or(|last| last.name.is_some()) {
        signatures.push(Signed { line, ..Signed::default() });
    }
    let Some(last) = signatures.last_mut() else { return };
    if is_authority(text) {
        last.authority.push(text.to_owned());
        return;
    }
    // Of two lines of capitals the first still tells the authority: K/T CHÁNH VĂN PHÒNG over two lines.
    let before = std::mem::replace(&mut last.position, text.to_owned());
    if !before.is_empty() {
        last.authority.push(before);
    }
}

fn named(signatures: &mut Vec<Signed>, line: u32, text: &str) {
    if signatures.is_empty() {
        signatures.push(Signed { line, ..Signed::default() });
    }
    let Some(last) = signatures.last_mut() else { return };
    last.name = Some(match last.name.take() {
        Some(name) => format!("{name} {text}"),
        None => text.to_owned(),
    });
}

/// Whether a line says by what authority it is signed.
pub(super) fn is_authority(text: &str) -> bool {
    AUTHORITY.iter().any(|form| text.strip_prefix(form).is_some_and(|rest| rest.chars().all(|one| !one.is_lowercase())))
}

fn is_position(text: &str) -> bool {
    is_capitals(text) && POSITIONS.iter().any(|word| text.contains(word)) && words(text) <= WORDS
}

fn is_recipients(text: &str) -> bool {
    after_word(text, "nơi nhận").is_some_and(|_| text.contains(':') || text.split_whitespace().count() == 2)
}

fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase) && dashed(text).is_none()
}

/// A line that may stand in the end: one of a list, capitals, or a few words that are no sentence.
fn may_close(text: &str) -> bool {
    dashed(text).is_some() || is_capitals(text) || (words(text) <= WORDS && !text.ends_with(['.', ':', ';', '?', '!']))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
