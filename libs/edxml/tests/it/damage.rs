//! Damaging what was sound, in one way at a time.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use edxml::{BusinessKind, Message, StatusCode, write_message, write_status};

use crate::sound::{about, message, status};

/// One file, damaged, and the one code that has to be told of it.
pub(crate) struct Damaged {
    pub(crate) code: &'static str,
    pub(crate) how: String,
    /// The element in which it has to be told, where one was changed.
    pub(crate) within: Option<&'static str>,
    pub(crate) bytes: Vec<u8>,
}

/// All variants so far.
#[derive(Default)]
pub(crate) struct Bench {
    pub(crate) all: Vec<Damaged>,
}

/// A row of numbers that is always the same.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// A sound message as text.
pub(crate) fn text(message: &Message) -> String {
    String::from_utf8(write_message(message).unwrap()).unwrap()
}

/// A sound message of the usual kind.
pub(crate) fn usual() -> String {
    text(&message())
}

/// A sound message that does something to an earlier one.
pub(crate) fn of(kind: BusinessKind) -> String {
    text(&about(kind))
}

/// A sound status.
pub(crate) fn told(code: StatusCode) -> String {
    String::from_utf8(write_status(&status(code)).unwrap()).unwrap()
}

/// An element with its tags, the first of its name, and where it stands.
pub(crate) fn element(text: &str, name: &str) -> String {
    let opens = ["<edXML:{}>", "<edXML:{} ", "<{}>"].map(|form| form.replace("{}", name));
    let start = opens.iter().find_map(|open| text.find(open)).expect(name);
    let prefix = if text[start..].starts_with("<edXML:") { "edXML:" } else { "" };
    let close = format!("</{prefix}{name}>");
    let end = start + text[start..].find(&close).expect(name) + close.len();
    text[start..end].to_owned()
}

/// The text without the first element of a name.
pub(crate) fn without(text: &str, name: &str) -> String {
    text.replacen(&element(text, name), "", 1)
}

/// The text with other words in the first element of a name.
pub(crate) fn with(text: &str, name: &str, words: &str) -> String {
    let old = element(text, name);
    let (open, close) = (old.find('>').unwrap() + 1, old.rfind('<').unwrap());
    text.replacen(&old, &format!("{}{words}{}", &old[..open], &old[close..]), 1)
}

/// The packed content of the first file.
pub(crate) fn packed(text: &str) -> Vec<u8> {
    STANDARD.decode(words(text, "ContentTransferEncoded")).unwrap()
}

/// The words of the first element of a name.
pub(crate) fn words(text: &str, name: &str) -> String {
    let old = element(text, name);
    old[old.find('>').unwrap() + 1..old.rfind('<').unwrap()].to_owned()
}

/// The text with other packed content in the first file.
pub(crate) fn repacked(text: &str, bytes: &[u8]) -> String {
    with(text, "ContentTransferEncoded", &STANDARD.encode(bytes))
}

impl Bench {
    pub(crate) fn add(&mut self, code: &'static str, how: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.all.push(Damaged { code, how: how.into(), within: None, bytes: bytes.into() });
    }

    /// The usual message with something put in the place of something else, which has to be there.
    pub(crate) fn swap(&mut self, code: &'static str, from: &str, to: &str) {
        let sound = usual();
        assert!(sound.contains(from), "{from}");
        self.add(code, format!("{from} → {to}"), sound.replacen(from, to, 1));
    }

    /// The usual message with other words in the first element of a name.
    pub(crate) fn set(&mut self, code: &'static str, name: &'static str, words: &str) {
        self.add(code, format!("{name} = {words}"), with(&usual(), name, words));
        self.all.last_mut().unwrap().within = Some(name);
    }
}
