//! Lines of the text as authors type them: tables as cells between upright strokes, and tables that only arrange what stands
//! side by side, such as recipients and signature, one column after the other.

use crate::{
    LONGEST, Unreadable,
    run::joined,
    story::{Cell, Piece, Table},
};

/// How lines of authority and position begin, or what they have in them.
const SIGNING: [&str; 10] = ["T/M", "K/T", "T/L", "T/U", "TM.", "KT.", "TL.", "TUQ.", "Q.", "T/UQ"];
const POSITIONS: [&str; 9] =
    ["BÍ THƯ", "CHÁNH", "TRƯỞNG", "PHÓ ", "CHỦ NHIỆM", "CHỦ TRÌ", "NGƯỜI GHI", "GIÁM ĐỐC", "THƯỜNG TRỰC"];

/// The lines of pieces.
pub(crate) fn lines(pieces: Vec<Piece>) -> Result<Vec<String>, Unreadable> {
    let mut lines = Lines { lines: Vec::new(), left: LONGEST };
    lines.all(pieces)?;
    Ok(lines.lines)
}

struct Lines {
    lines: Vec<String>,
    left: usize,
}

impl Lines {
    fn push(&mut self, line: String) -> Result<(), Unreadable> {
        self.left = self.left.checked_sub(line.len() + 1).ok_or(Unreadable::TooLong)?;
        self.lines.push(line);
        Ok(())
    }

    fn all(&mut self, pieces: Vec<Piece>) -> Result<(), Unreadable> {
        for piece in pieces {
            match piece {
                Piece::Line(line) => self.push(line.text)?,
                Piece::Table(table) => self.table(table)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, table: Table) -> Result<(), Unreadable> {
        match shape(&table) {
            Shape::Addressees => self.addressees(table),
            Shape::Columns => {
                for column in columns(table) {
                    self.all(column)?;
                }
                Ok(())
            }
            Shape::Rows => table.rows.iter().try_for_each(|row| {
                let mut line = String::from("|");
                for cell in row {
                    let words = joined(&cell.pieces).replace('|', "¦");
                    if !words.is_empty() {
                        line.push(' ');
                        line.push_str(&words);
                    }
                    line.push_str(&" |".repeat(cell.columns));
                }
                // Cells that go over several columns leave one blank where there is nothing.
                if line.chars().all(|letter| matches!(letter, '|' | ' ')) { Ok(()) } else { self.push(line) }
            }),
        }
    }

    /// To whom it is addressed: beside the words when there is one, else with dashes below them.
    fn addressees(&mut self, table: Table) -> Result<(), Unreadable> {
        let mut words = lines(columns(table).into_iter().flatten().collect())?.into_iter();
        let first = words.next().unwrap_or_default();
        let (first, beside) =
            first.split_once(':').map_or((first.as_str(), ""), |(first, beside)| (first, beside.trim()));
        let named: Vec<String> =
            Some(beside.to_owned()).into_iter().filter(|one| !one.is_empty()).chain(words).collect();
        if let [one] = named.as_slice() {
            let one = one.trim_start_matches(['-', '–', ' ']);
            return self.push(format!("{first}: {one}"));
        }
        self.push(format!("{first}:"))?;
        named.into_iter().try_for_each(|one| {
            let is_dashed = one.starts_with("- ") || one.starts_with("– ");
            self.push(if is_dashed { one } else { format!("- {one}") })
        })
    }
}

/// What a table is for.
enum Shape {
    /// It has rows of cells.
    Rows,
    /// It sets side by side what is read one after the other.
    Columns,
    /// Of such, the one that says to whom the text is addressed.
    Addressees,
}

fn shape(table: &Table) -> Shape {
    let cells = || table.rows.iter().flatten().filter(|cell| !cell.pieces.is_empty());
    let firsts = || cells().filter_map(|cell| first_line(&cell.pieces));
    let is_layout = !table.is_ruled && (table.rows.len() == 1 || firsts().any(is_signing));
    let is_frame = table.rows.iter().map(Vec::len).sum::<usize>() <= 1;
    if firsts().next().is_some_and(|line| text::fold(line).starts_with("kinh gui")) {
        Shape::Addressees
    } else if is_layout || is_frame || cells().any(is_recipients) {
        Shape::Columns
    } else {
        Shape::Rows
    }
}

/// Whether a cell lists who gets the paper. The head of a column that says so does not.
fn is_recipients(cell: &Cell) -> bool {
    let first = first_line(&cell.pieces).unwrap_or_default();
    text::fold(first).starts_with("noi nhan") && (first.contains(':') || cell.pieces.len() > 1)
}

fn first_line(pieces: &[Piece]) -> Option<&str> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Line(line) => Some(line.text.as_str()),
        Piece::Table(_) => None,
    })
}

/// Whether a line says by what authority or in which position somebody signs.
fn is_signing(line: &str) -> bool {
    let is_capitals = line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
    let begins = SIGNING.iter().any(|form| line.starts_with(form));
    is_capitals && (begins || POSITIONS.iter().any(|word| line.contains(word)))
}

/// The pieces of a table column by column, each from the top down.
fn columns(table: Table) -> Vec<Vec<Piece>> {
    let mut columns: Vec<Vec<Piece>> = Vec::new();
    for row in table.rows {
        let mut at = 0;
        for cell in row {
            if columns.len() <= at {
                columns.resize_with(at + 1, Vec::new);
            }
            if let Some(column) = columns.get_mut(at) {
                column.extend(cell.pieces);
            }
            at += cell.columns;
        }
    }
    columns
}
