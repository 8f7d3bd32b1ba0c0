//! The head of a paper, which a form asks for apart from the text: left out when it is certain what it is, else kept.

use crate::{
    Note,
    line::Line,
    story::{Piece, Table},
};

/// The title of the Party or of the State, which no head is without.
const TITLES: [&str; 2] = ["dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam"];
/// The motto below the title of the State.
const MOTTO: &str = "doc lap tu do hanh phuc";
/// Marks that stand in the head or above it, and how they begin.
const MARKS: [&str; 9] =
    ["mat", "toi mat", "tuyet mat", "khan", "thuong khan", "hoa toc", "du thao", "xem xong tra lai", "luu hanh noi bo"];
/// What papers print as their title.
const GENRES: [&str; 34] = [
    "cuong linh chinh tri",
    "dieu le dang",
    "chien luoc",
    "nghi quyet",
    "quyet dinh",
    "chi thi",
    "ket luan",
    "quy che",
    "quy dinh",
    "thong tri",
    "huong dan",
    "thong bao",
    "thong cao",
    "tuyen bo",
    "loi keu goi",
    "bao cao",
    "ke hoach",
    "quy hoach",
    "chuong trinh",
    "de an",
    "phuong an",
    "du an",
    "to trinh",
    "cong van",
    "bien ban",
    "ban sao",
    "giay gioi thieu",
    "giay chung nhan",
    "giay di duong",
    "giay nghi phep",
    "giay moi",
    "phieu chuyen",
    "phieu gui",
    "thu cong",
];
/// Pieces of the text among which a head is looked for.
const WITHIN: usize = 12;
/// The most marks above the head, and the most lines of an abstract.
const ABOVE: usize = 3;
const ABSTRACT: usize = 6;
/// A line of the head is no longer, in letters.
const LINE: usize = 120;

/// The pieces without the head of the paper, and what is to be said about it.
pub(crate) fn taken_off(mut pieces: Vec<Piece>) -> (Vec<Piece>, Option<Note>) {
    let is_mark = |piece: &&Piece| matches!(piece, Piece::Line(line) if mark(&line.text));
    let above = pieces.iter().take_while(is_mark).take(ABOVE).count();
    let cells = match pieces.get(above) {
        Some(Piece::Table(table)) => certain(table),
        _ => None,
    };
    let Some(mut lines) = cells else {
        let is_like = pieces.iter().take(WITHIN).any(|piece| match piece {
            Piece::Line(line) => has_title(&line.text),
            Piece::Table(table) => plain(table).is_none_or(|lines| lines.iter().any(|line| has_title(line))),
        });
        return (pieces, is_like.then_some(Note::LetterheadKept));
    };
    let below = below(pieces.get(above + 1..).unwrap_or_default());
    let taken = pieces.drain(..above + 1 + below);
    let loose = taken.filter_map(|piece| if let Piece::Line(line) = piece { Some(line.text) } else { None });
    lines.extend(loose);
    (pieces, Some(Note::LetterheadLeftOut { lines }))
}

/// The lines of a table of plain cells.
fn plain(table: &Table) -> Option<Vec<&str>> {
    let pieces = table.rows.iter().flatten().flat_map(|cell| &cell.pieces);
    pieces.map(|piece| if let Piece::Line(line) = piece { Some(line.text.as_str()) } else { None }).collect()
}

/// The lines of a table that is the head of a paper, when each of them is known: the title, number or day, bodies in
/// capitals, marks; and at the left below the number the abstract of an official letter.
fn certain(table: &Table) -> Option<Vec<String>> {
    let lines = plain(table)?;
    let says = |found: fn(&str) -> bool| lines.iter().any(|line| found(line));
    if !says(is_title) || !(says(number) || says(day)) || lines.iter().any(|line| line.chars().count() > LINE) {
        return None;
    }
    let mut numbered = false;
    for row in &table.rows {
        for (column, cell) in row.iter().enumerate() {
            for piece in &cell.pieces {
                let Piece::Line(Line { text, .. }) = piece else { return None };
                let is_abstract = numbered && column == 0;
                numbered |= number(text) && column == 0;
                if !(known(text) || is_abstract) {
                    return None;
                }
            }
        }
    }
    Some(lines.into_iter().map(str::to_owned).collect())
}

fn known(line: &str) -> bool {
    let is_motto = text::fold(line) == MOTTO;
    is_title(line) || number(line) || day(line) || mark(line) || rule(line) || is_motto || capitals(line)
}

/// How many pieces below the head are the title of the genre and the abstract.
fn below(pieces: &[Piece]) -> usize {
    let lines = pieces.iter().map_while(|piece| if let Piece::Line(line) = piece { Some(line) } else { None });
    let lines: Vec<&Line> = lines.take(ABSTRACT + 2).collect();
    let Some((title, rest)) = lines.split_first() else { return 0 };
    let is_genre = title.is_centred && capitals(&title.text) && GENRES.contains(&text::fold(&title.text).as_str());
    if !is_genre {
        return 0;
    }
    let centred: Vec<&&Line> = rest.iter().take_while(|line| line.is_centred).collect();
    if let Some(at) = centred.iter().position(|line| rule(&line.text)) {
        return at + 2;
    }
    // Without the dashes below it, only what cannot be a heading is the abstract.
    1 + centred.iter().take_while(|line| !capitals(&line.text) && !heads(&line.text)).count()
}

fn heads(line: &str) -> bool {
    let folded = text::fold(line);
    let begins = ["phan ", "chuong ", "muc ", "dieu ", "kinh gui"].iter().any(|word| folded.starts_with(word));
    begins || line.starts_with(|letter: char| letter.is_ascii_digit())
}

fn is_title(line: &str) -> bool {
    TITLES.contains(&text::fold(line).as_str())
}

fn has_title(line: &str) -> bool {
    let is_capitals = capitals(line);
    is_capitals && TITLES.iter().any(|title| text::fold(line).contains(title))
}

/// `Số 05-CV/ĐU`, `Số: 12/QĐ-UBND`, also with a gap for the number.
fn number(line: &str) -> bool {
    let folded = text::fold(line);
    (folded == "so" || folded.starts_with("so "))
        && line.contains(['-', '/', '–'])
        && line.split_whitespace().count() <= 6
}

/// `Tân Lập, ngày 05 tháng 3 năm 2026`, also with gaps.
fn day(line: &str) -> bool {
    let folded = text::fold(line);
    let at = |word: &str| folded.split(' ').position(|one| one == word);
    matches!((at("ngay"), at("thang"), at("nam")), (Some(day), Some(month), Some(year)) if day < month && month < year)
        && line.split_whitespace().count() <= 16
}

fn mark(line: &str) -> bool {
    let folded = text::fold(line);
    let is_mark = |mark: &str| folded == mark || (folded.starts_with(mark) && mark.contains(' '));
    MARKS.iter().any(|mark| is_mark(mark)) && line.split_whitespace().count() <= 8
}

/// Dashes, an asterisk.
fn rule(line: &str) -> bool {
    line.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '_' | '*' | '=' | '.' | '…' | ' '))
}

fn capitals(line: &str) -> bool {
    line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase)
}
