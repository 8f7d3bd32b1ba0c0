//! Short words with a sign, for states and marks. Colour is never the only carrier: the word says it as well.

use crate::page::Page;

/// A word with its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chip {
    pub(crate) tone: Tone,
    pub(crate) icon: &'static str,
    pub(crate) text: String,
}

/// How a word is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Info,
    Good,
    Soon,
    Late,
    /// As the red stamp on paper.
    Stamp,
}

impl Chip {
    pub(crate) fn new(tone: Tone, icon: &'static str, text: impl Into<String>) -> Self {
        Self { tone, icon, text: text.into() }
    }
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Info => " info",
            Self::Good => " good",
            Self::Soon => " soon",
            Self::Late => " late",
            Self::Stamp => " stamp",
        }
    }
}

impl Page {
    /// A chip as HTML.
    pub(crate) fn chip(&self, chip: &Chip) -> String {
        format!("<span class=\"chip{}\">{}{}</span>", chip.tone.class(), self.icon(chip.icon), escaped(&chip.text))
    }

    /// What every form of a signed-in person bears.
    pub(crate) fn hidden(&self) -> String {
        format!(
            "<input type=\"hidden\" name=\"_csrf\" value=\"{}\"><input type=\"hidden\" name=\"_key\" value=\"{}\">",
            escaped(&self.csrf),
            self.key()
        )
    }
}

/// A text as it may stand in HTML, in an attribute too.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_typed_stays_text() {
        assert_eq!(escaped("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }
}
