//! Lines of text: what runs of letters come to, in Unicode, without what nobody can see.

use crate::{
    encoding::{self, Encoding},
    note::Met,
    styles::Look,
};

/// The longest name of a font that is told.
const FONT: usize = 60;

/// A line, and whether it stands in the middle of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) is_centred: bool,
}

/// Letters that look alike.
#[derive(Debug)]
struct Span {
    encoding: Encoding,
    font: String,
    is_capitals: bool,
    text: String,
}

/// The letters of a paragraph.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    spans: Vec<Span>,
}

impl Spans {
    /// Letters are joined with those before that look alike: a letter of VNI and its sign may be in two runs.
    pub(crate) fn push(&mut self, look: &Look, text: &str) {
        let encoding = look.encoding();
        let is_capitals = look.is_capitals.unwrap_or_default();
        if let Some(last) = self.spans.last_mut()
            && (last.encoding, last.is_capitals) == (encoding, is_capitals)
        {
            last.text.push_str(text);
            return;
        }
        let font = look.font.as_ref().map(|font| font.name.chars().take(FONT).collect()).unwrap_or_default();
        self.spans.push(Span { encoding, font, is_capitals, text: text.to_owned() });
    }

    /// The text in Unicode. Where a font from before Unicode bears letters that its encoding does not have, the paragraph
    /// was typed in Unicode and only the name of the font is old.
    pub(crate) fn text(&self, met: &mut Met) -> String {
        let old = || self.spans.iter().filter(|span| span.encoding != Encoding::Unicode);
        let is_modern = old().any(|span| span.text.chars().any(encoding::is_modern));
        let mut text = String::new();
        for span in &self.spans {
            let encoding = if is_modern { Encoding::Unicode } else { span.encoding };
            let words = encoding.decoded(&span.text);
            if encoding != Encoding::Unicode && words != span.text {
                met.fonts.insert(span.font.clone());
            }
            text.push_str(&if span.is_capitals { words.to_uppercase() } else { words });
        }
        text
    }
}

/// A line without controls and signs of no width, with one blank where there are several, in NFC.
pub(crate) fn clean(words: &str, met: &mut Met) -> String {
    let mut line = String::with_capacity(words.len());
    for letter in words.chars() {
        let letter = if matches!(letter, '\u{E000}'..='\u{F8FF}') { symbol(u32::from(letter), met) } else { letter };
        if letter.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_unseen(letter) {
            line.push(letter);
        }
    }
    text::nfc(line.trim_end())
}

/// Controls, marks that turn the direction, signs without width.
fn is_unseen(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_thin = matches!(letter, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}');
    letter.is_control() || turns || is_thin
}

/// The letter for a sign of a symbol font, by its code there: boxes, ticks, arrows and bullets that offices use.
pub(crate) fn symbol(code: u32, met: &mut Met) -> char {
    match code & 0xFF {
        0x20 => ' ',
        0x6E | 0xA7 | 0xB7 => '•',
        0x6F | 0x71 | 0xA8 => '☐',
        0xFE | 0x52 => '☑',
        0xFD => '☒',
        0xFC => '✓',
        0xFB => '✗',
        0xE0 | 0xF0 => '→',
        0xA3 => '≤',
        0xB3 => '≥',
        0xB1 => '±',
        0xB0 => '°',
        0xD8 => '➢',
        0x76 => '❖',
        _ => {
            met.symbols += 1;
            '\u{FFFD}'
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::styles::Font;

    fn look(font: &str) -> Look {
        let font = Font { name: font.into(), encoding: Encoding::of_font(font) };
        Look { font: Some(font), ..Look::default() }
    }

    #[test]
    fn letters_and_signs_of_two_runs_are_joined() {
        let mut met = Met::default();
        let mut spans = Spans::default();
        for (font, text) in [("VNI-Times", "Vie"), ("VNI-Helve", "ät"), ("Arial", " é "), (".VnTimeH", "n¨m")] {
            spans.push(&look(font), text);
        }
        assert_eq!(spans.text(&mut met), "Việt é NĂM");
        assert_eq!(met.fonts.into_iter().collect::<Vec<_>>(), [".VnTimeH", "VNI-Times"]);
    }

    #[test]
    fn unicode_in_an_old_font_stays() {
        let mut met = Met::default();
        let mut spans = Spans::default();
        spans.push(&look(".VnTime"), "Đảng ủy xã Hà Nam");
        assert_eq!(spans.text(&mut met), "Đảng ủy xã Hà Nam");
        assert!(met.fonts.is_empty());
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        let mut met = Met::default();
        assert_eq!(clean("\t U\u{31B}\u{309}y\u{AD}\u{200B} \u{A0} ban\u{202E}\u{7} ", &mut met), "Ửy ban");
        assert_eq!((clean("\u{F0A8} Có \u{F021}", &mut met).as_str(), met.symbols), ("☐ Có \u{FFFD}", 1));
    }
}
