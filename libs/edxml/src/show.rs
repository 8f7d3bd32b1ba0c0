//! A diagnosis as a person reads it on a terminal: the line of the file, a mark under what is meant, both languages.

use std::fmt::Write as _;

use rules::Mark;

use crate::{Diagnosis, Severity, line_of};

/// How many characters of a line are shown: a file may be one line of megabytes.
const WIDTH: usize = 96;
/// How many of them stand before what is meant, where the line is longer.
const BEFORE: usize = 24;

/// A diagnosis of a file, in lines.
#[must_use]
pub fn show(bytes: &[u8], diagnosis: &Diagnosis) -> String {
    let Diagnosis { code, severity, place, vi, en, basis } = diagnosis;
    let mut out = format!("{}: {code}\n", word(*severity));
    let way = if place.path.is_empty() { "(ngoài mọi phần tử · outside all elements)" } else { &place.path };
    let _ = writeln!(out, "  {}:{}  {way}", place.line, place.column);
    if let Some(line) = line_of(bytes, place.line).filter(|line| !line.trim().is_empty()) {
        out.push_str(&quoted(line, place.line, place.column, place.length));
    }
    for (said, mend) in [(vi, "Cách sửa"), (en, "To mend")] {
        let _ = writeln!(out, "  {}\n    {mend}: {}", said.what, said.mend);
    }
    let _ = writeln!(out, "  Căn cứ · basis: {} ({})", basis.instrument(), sureness(basis.mark()));
    out
}

/// The line around what is meant, with a mark under it.
fn quoted(line: &str, number: usize, column: usize, length: usize) -> String {
    // Indentation says nothing here.
    let indent = line.chars().take_while(|one| one.is_whitespace()).count().min(column - 1);
    let skip = if column - indent > WIDTH / 2 { column.saturating_sub(BEFORE + 1) } else { indent };
    let mut rest = line.chars().skip(skip);
    let visible = |one: char| {
        if one.is_control() || text::clean_line(one.encode_utf8(&mut [0; 4])).is_err() { '�' } else { one }
    };
    let shown: String = rest.by_ref().take(WIDTH).map(visible).collect();
    let (head, tail) = (if skip > indent { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
    let margin = head.chars().count() + column - 1 - skip;
    let marks = length.clamp(1, (WIDTH + 1).saturating_sub(margin).max(1));
    let number = number.to_string();
    let gutter = " ".repeat(number.len());
    format!("  {number} | {head}{shown}{tail}\n  {gutter} | {}{}\n", " ".repeat(margin), "^".repeat(marks))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "lỗi · error",
        Severity::Warning => "cảnh báo · warning",
        Severity::Remark => "ghi nhận · remark",
    }
}

fn sureness(mark: Mark) -> &'static str {
    match mark {
        Mark::Verified => "đã đối chiếu · verified",
        Mark::Memory => "theo trí nhớ · from memory",
        Mark::Computed => "suy ra · inferred",
        Mark::Practice => "thấy trong thực tế, chưa đối chiếu văn bản gốc · seen in practice, not verified",
        Mark::Uncertain => "chưa chắc · uncertain",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_mark_stands_under_what_is_meant() {
        let short = quoted("    <a>2026/02/30</a>", 23, 8, 10);
        assert_eq!(short, "  23 | <a>2026/02/30</a>\n     |    ^^^^^^^^^^\n");
        let long = format!("{}SAI{}", "a".repeat(500), "b".repeat(500));
        let told = quoted(&long, 1, 501, 3);
        let lines: Vec<&str> = told.lines().collect();
        let at = lines[1].find('^').unwrap();
        assert_eq!(lines[0].chars().skip(at).take(3).collect::<String>(), "SAI", "{told}");
        assert!(lines[0].contains("| …a") && lines[0].ends_with("b…") && lines[0].chars().count() < WIDTH + 10);
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_to_show(line in ".{0,300}", column in 1_usize..320, length in 1_usize..400) {
            for row in quoted(&line, 7, column, length).lines() {
                prop_assert!(row.chars().count() <= 320 + WIDTH, "{}", row);
            }
        }
    }
}
