//! Clarity of the words themselves: long sentences, citations, closing marks, the State's title, letters of old encodings.

use schema_forms::Block;

use super::{At, Found, Given};
use crate::domain::writing;

/// A sentence of more words is hard to read.
const SENTENCE: usize = 60;
/// The title of State documents, and its motto.
const STATE: [&str; 2] = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"];

/// What is unclear or does not belong.
pub(super) fn check(given: &Given) -> Vec<Found> {
    let mut found = Vec::new();
    for (line, at) in given.text.split('\n').zip(1..).map(|(line, at)| (line.trim(), At::Line(at))) {
        if let Some(title) = STATE.iter().find(|title| text::fold(line) == text::fold(title)) {
            found.push(Found::new("state_title", at).with("found", *title));
        }
        if let Some(symbol) = cited(line) {
            found.push(Found::new("citation_without_comma", at).with("found", symbol));
        }
    }
    if let Some((encoding, word)) = writing::foreign(given.text) {
        let place = given.text.split('\n').zip(1..).find(|(line, _)| line.contains(word));
        let at = place.map_or(At::Field("text"), |(_, line)| At::Line(line));
        found.push(Found::new("letters_of_old_encoding", at).with("found", word).with("encoding", encoding));
    }
    for piece in &given.written.pieces {
        let longest = words_of(&piece.block).map(longest).max().unwrap_or_default();
        if longest > SENTENCE {
            found.push(Found::new("sentence_long", At::Line(piece.line)).with("found", longest.to_string()));
        }
    }
    if let Some(last) = given.written.pieces.last()
        && words_of(&last.block).any(|words| words.ends_with("./."))
    {
        found.push(Found::new("closing_mark", At::Line(last.line)));
    }
    found
}

/// A number and symbol behind which `ngày` follows without a comma.
fn cited(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let cites = |three: &&[&str]| match three {
        [before, symbol, day] => {
            let shaped = symbol.ends_with(char::is_alphabetic)
                && symbol.contains('-')
                && symbol.contains('/')
                && symbol.starts_with(|one: char| one.is_ascii_digit());
            before.to_lowercase() == "số" && shaped && *day == "ngày"
        }
        _ => false,
    };
    words.windows(3).find(cites).and_then(|three| three.get(1)).copied()
}

fn words_of(block: &Block) -> impl Iterator<Item = &str> {
    let one = match block {
        Block::Heading { text, .. }
        | Block::Article { text, .. }
        | Block::Clause { text, .. }
        | Block::Point { text, .. }
        | Block::Paragraph { text }
        | Block::Ground { text } => Some(text.as_str()),
        Block::Table { .. } => None,
    };
    one.into_iter()
}

/// The words of the longest sentence. A semicolon parts what an author put in a row.
fn longest(text: &str) -> usize {
    let (mut longest, mut count) = (0, 0);
    for word in text.split_whitespace() {
        count += 1;
        if word.ends_with(['.', '?', '!', ';', ':']) {
            longest = longest.max(count);
            count = 0;
        }
    }
    longest.max(count)
}
