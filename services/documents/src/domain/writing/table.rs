//! Lines that are a table: cells between upright strokes, the heads of the columns in the first line.

use schema_forms::{Block, Column};

use super::Said;

/// Stands in the head of a column that has none, since a column without a head cannot be read out.
const HEADLESS: &str = "–";

/// The table of a line and those after it. A row that has fewer cells than the others has empty ones behind them.
pub(super) fn of(first: &Said, more: &[Said]) -> Block {
    let heads = cells(&first.text);
    let mut rows: Vec<Vec<String>> = more.iter().map(|said| cells(&said.text)).filter(|row| !is_rule(row)).collect();
    let width = rows.iter().map(Vec::len).chain([heads.len()]).max().unwrap_or(1);
    for row in &mut rows {
        row.resize(width, String::new());
    }
    let heads = heads.into_iter().chain(std::iter::repeat(String::new())).take(width);
    let columns = heads.enumerate().map(|(at, head)| column(head, rows.iter().filter_map(|row| row.get(at))));
    Block::Table { caption: None, columns: columns.collect(), rows }
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// A line that only rules off the heads: `|---|:-:|`.
fn is_rule(row: &[String]) -> bool {
    row.iter().all(|cell| cell.contains('-') && cell.chars().all(|letter| matches!(letter, '-' | ':')))
}

/// A column as wide as its longest cell asks, within measure; figures are centred.
fn column<'a>(head: String, cells: impl Iterator<Item = &'a String>) -> Column {
    let cells: Vec<&String> = cells.collect();
    let longest = cells.iter().map(|cell| cell.chars().count()).chain([head.chars().count()]).max().unwrap_or(1);
    let width = u8::try_from(longest.clamp(4, 60)).unwrap_or(60);
    let figures = |cell: &&String| cell.chars().all(|letter| letter.is_ascii_digit() || ".,/% ".contains(letter));
    let head = if head.is_empty() { HEADLESS.to_owned() } else { head };
    Column { head, width, centred: !cells.is_empty() && cells.iter().all(figures) }
}
