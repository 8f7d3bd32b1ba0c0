//! Where something stands in a file, as a person finds it in an editor.

use serde::Serialize;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The character within the line, counted from 1.
    pub column: usize,
    /// How many characters are meant; at least 1.
    pub length: usize,
    /// The names of the elements from the root, such as `edXML/edXMLEnvelope/…/To[2]/OrganId`; empty outside all.
    pub path: String,
}

/// A stretch of the text, in bytes, before lines are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) at: usize,
    pub(crate) length: usize,
    pub(crate) path: String,
}

/// Finds lines by offsets: built once for a text.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The last place that was counted, as offset and column: places come in their order, and lines can be very long.
    counted: (usize, usize),
}

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), counted: (0, 1) }
    }

    /// The place of a stretch. An offset inside a character means that character.
    pub(crate) fn place(&mut self, spot: Spot) -> Place {
        let at = self.text.floor_char_boundary(spot.at.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let end = self.text.ceil_char_boundary(at.saturating_add(spot.length).min(self.text.len()));
        let (from, before) = if (start..=at).contains(&self.counted.0) { self.counted } else { (start, 1) };
        let column = before + self.text.get(from..at).map_or(0, |between| between.chars().count());
        self.counted = (at, column);
        let meant = self.text.get(at..end).unwrap_or_default();
        // What goes on over the end of its line is shown to the end of that line.
        let length = meant.lines().next().map_or(0, |first| first.chars().count()).max(1);
        Place { line, column, length, path: spot.path }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let mut lines = Lines::of("một\nhai ử x\n");
        let mut place = |at, length| {
            let place = lines.place(Spot { at, length, path: String::new() });
            (place.line, place.column, place.length)
        };
        assert_eq!(place(0, 3), (1, 1, 2));
        assert_eq!(place("một\nhai ".len(), 5), (2, 5, 3));
        assert_eq!(place("một\nhai ".len() + 1, 1), (2, 5, 1));
        assert_eq!(place(9_999, 9), (3, 1, 1));
    }
}
