//! Numbers as drawings that are made here: bars, stacked columns, a line with its target. Each carries its numbers as a
//! table; bars begin at zero, and what is not known is left out and never drawn as zero.

use std::fmt::Write as _;

use super::chip::escaped;

/// A drawing and the table of its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chart {
    /// What it shows, for those who do not see it.
    pub(crate) title: String,
    /// The drawing, as HTML.
    pub(crate) svg: String,
    /// The kinds, each with the class of its colour; empty when there is only one.
    pub(crate) legend: Vec<(String, &'static str)>,
    /// Headings of the table.
    pub(crate) head: Vec<String>,
    /// Rows of the table.
    pub(crate) rows: Vec<(String, Vec<String>)>,
}

/// The colours of kinds, at most four.
const FILLS: [&str; 4] = ["fill-1", "fill-2", "fill-3", "fill-4"];
/// Widths and heights, in units of the drawing.
const WIDTH: usize = 640;
const HEIGHT: usize = 220;
const LEFT: usize = 36;
const TOP: usize = 18;
const BOTTOM: usize = 26;
const BAR: usize = 30;
const NAME: usize = 150;

/// How long `value` is when `most` is `length` long.
fn part(value: u64, most: u64, length: usize) -> usize {
    let most = most.max(1);
    usize::try_from(value.min(most) * length as u64 / most).unwrap_or(length)
}

fn text(x: usize, y: usize, class: &str, anchor: &str, said: &str) -> String {
    format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\" text-anchor=\"{anchor}\">{}</text>", escaped(said))
}

fn rect((x, y): (usize, usize), (width, height): (usize, usize), class: &str, said: &str) -> String {
    format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\"><title>{}</title></rect>",
        escaped(said)
    )
}

fn drawing(title: &str, height: usize, inner: &str) -> String {
    format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">{inner}</svg>",
        escaped(title)
    )
}

/// Horizontal bars, one for each row, with the number at their end.
pub(crate) fn bars(title: &str, head: [&str; 2], rows: &[(String, u64)]) -> Chart {
    let most = rows.iter().map(|(_, value)| *value).max().unwrap_or_default();
    let mut inner = String::new();
    for (place, (name, value)) in rows.iter().enumerate() {
        let y = place * BAR;
        let long = part(*value, most, WIDTH - NAME - 60);
        inner += &text(NAME - 8, y + 19, "strong", "end", name);
        inner += &rect((NAME, y + 5), (long.max(1), BAR - 10), "fill-1", &format!("{name}: {value}"));
        inner += &text(NAME + long + 8, y + 19, "num", "start", &value.to_string());
    }
    Chart {
        title: title.to_owned(),
        svg: drawing(title, rows.len().max(1) * BAR, &inner),
        legend: Vec::new(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.iter().map(|(name, value)| (name.clone(), vec![value.to_string()])).collect(),
    }
}

/// Stacked columns: one column for each row, one colour for each of up to four kinds, the total on top.
pub(crate) fn columns(title: &str, head: &[&str], rows: &[(String, Vec<u64>)]) -> Chart {
    let total = |values: &[u64]| values.iter().sum::<u64>();
    let most = rows.iter().map(|(_, values)| total(values)).max().unwrap_or_default();
    let (step, floor) = ((WIDTH - LEFT) / rows.len().max(1), HEIGHT - BOTTOM);
    let mut inner = format!("<line class=\"axis\" x1=\"{LEFT}\" y1=\"{floor}\" x2=\"{WIDTH}\" y2=\"{floor}\"/>");
    for (place, (name, values)) in rows.iter().enumerate() {
        let (x, wide) = (LEFT + place * step + step / 8, (step * 3 / 4).max(1));
        let mut y = floor;
        for ((value, fill), kind) in values.iter().zip(FILLS).zip(head.iter().skip(1)) {
            let high = part(*value, most, floor - TOP);
            y = y.saturating_sub(high);
            if high > 0 {
                // One unit of ground between the kinds, so that they are told apart without colour, too.
                let said = format!("{name}, {kind}: {value}");
                inner += &rect((x, y), (wide, high.saturating_sub(1).max(1)), fill, &said);
            }
        }
        inner += &text(x + wide / 2, y.saturating_sub(5), "num", "middle", &total(values).to_string());
        inner += &text(x + wide / 2, HEIGHT - 8, "", "middle", name);
    }
    Chart {
        title: title.to_owned(),
        svg: drawing(title, HEIGHT, &inner),
        legend: head.iter().skip(1).zip(FILLS).map(|(kind, fill)| ((*kind).to_owned(), fill)).collect(),
        head: head.iter().map(|one| (*one).to_owned()).collect(),
        rows: rows.iter().map(|(name, values)| (name.clone(), values.iter().map(u64::to_string).collect())).collect(),
    }
}

/// A line over time in hundredths, with the target as a line of its own; a point that is not known leaves a gap.
pub(crate) fn line(title: &str, head: [&str; 2], target: u64, rows: &[(String, Option<u64>)]) -> Chart {
    let (step, floor) = ((WIDTH - LEFT - 40) / rows.len().max(2).saturating_sub(1), HEIGHT - BOTTOM);
    let high = |value: u64| floor - part(value, 100, floor - TOP);
    let aim = high(target);
    let mut inner = format!("<line class=\"axis\" x1=\"{LEFT}\" y1=\"{floor}\" x2=\"{WIDTH}\" y2=\"{floor}\"/>");
    inner += &format!("<line class=\"today\" x1=\"{LEFT}\" y1=\"{aim}\" x2=\"{WIDTH}\" y2=\"{aim}\"/>");
    inner += &text(LEFT - 6, aim + 4, "today-text", "end", &format!("{target}"));
    let mut path = String::new();
    let mut joined = false;
    for (place, (name, value)) in rows.iter().enumerate() {
        let x = LEFT + place * step;
        inner += &text(x, HEIGHT - 8, "", "middle", name);
        let Some(value) = *value else {
            joined = false;
            continue;
        };
        let y = high(value);
        let _ = write!(path, "{}{x} {y}", if joined { "L" } else { "M" });
        joined = true;
        let dot = format!("<title>{}: {value}</title>", escaped(name));
        inner += &format!("<circle class=\"fill-1\" cx=\"{x}\" cy=\"{y}\" r=\"4\">{dot}</circle>");
        if place == 0 || place + 1 == rows.len() {
            inner += &text(x + 8, y.saturating_sub(8), "num", "start", &value.to_string());
        }
    }
    inner += &format!("<path class=\"run\" d=\"{path}\"/>");
    let said = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
    Chart {
        title: title.to_owned(),
        svg: drawing(title, HEIGHT, &inner),
        legend: Vec::new(),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.iter().map(|(name, value)| (name.clone(), vec![said(*value)])).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        name.to_owned()
    }

    #[test]
    fn every_number_of_a_drawing_stands_in_its_table_and_names_stay_text() {
        let chart = bars("Tuổi việc", ["Tuổi", "Số việc"], &[(named("<b>"), 4), (named("6–10"), 0)]);
        assert!(chart.svg.contains("&lt;b&gt;") && !chart.svg.contains("<b>"), "{}", chart.svg);
        assert_eq!(chart.rows, [(named("<b>"), vec![named("4")]), (named("6–10"), vec![named("0")])]);
        assert!(bars("", ["", ""], &[]).rows.is_empty(), "nothing is drawn from nothing");
    }

    #[test]
    fn columns_stack_from_zero_and_bear_their_total() {
        let chart = columns("Đơn", &["Tháng", "A", "B"], &[(named("11"), vec![3, 1]), (named("12"), vec![0, 0])]);
        assert!(chart.svg.contains(">4</text>") && chart.svg.contains("11, A: 3") && !chart.svg.contains("12, A"));
        assert_eq!(chart.legend, [(named("A"), "fill-1"), (named("B"), "fill-2")]);
    }

    #[test]
    fn what_is_not_known_is_a_gap_in_the_line() {
        let rows = [(named("9"), Some(90)), (named("10"), None), (named("11"), Some(95))];
        let chart = line("Đúng hạn", ["Tháng", "%"], 95, &rows);
        assert_eq!(chart.svg.matches("<circle").count(), 2);
        assert!(!chart.svg.contains('L'), "nothing joins what is on both sides of a gap: {}", chart.svg);
        assert_eq!(chart.rows.get(1), Some(&(named("10"), vec![named("–")])));
    }
}
