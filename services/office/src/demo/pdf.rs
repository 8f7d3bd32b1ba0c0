//! A small PDF of one page, for the files of the demo.
//!
//! The fonts that every reader has know no Vietnamese letters, so the page shows the text without its marks; the title in
//! the document's properties has them.

use std::fmt::Write as _;

/// How many letters fit on a line.
const WIDTH: usize = 84;
/// How many lines fit on the page.
const LINES: usize = 48;

/// A page that shows these paragraphs, the first one large. Longer texts are cut at the end of the page.
pub(crate) fn page(title: &str, paragraphs: &[&str]) -> Vec<u8> {
    let content = content(paragraphs);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (vi) >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        format!("<< /Title {} >>", in_utf16(title)),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        // Writing to a text cannot fail.
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let begins = file.len();
    let size = objects.len() + 1;
    let _ = write!(file, "{table}trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{begins}\n%%EOF\n");
    file.into_bytes()
}

fn content(paragraphs: &[&str]) -> String {
    let mut drawn = "BT\n/F1 14 Tf\n18 TL\n56 780 Td\n".to_owned();
    let lines = paragraphs.iter().enumerate().flat_map(|(at, paragraph)| {
        let lines: Vec<String> = paragraph.lines().flat_map(wrapped).chain([String::new()]).collect();
        lines.into_iter().map(move |line| (at, line))
    });
    let mut last = 0;
    for (at, line) in lines.take(LINES) {
        if last == 0 && at == 1 {
            drawn.push_str("/F1 11 Tf\n15 TL\n");
        }
        last = at;
        let _ = writeln!(drawn, "({}) Tj T*", escaped(&line));
    }
    drawn.push_str("ET");
    drawn
}

/// A line cut between words so that each piece fits.
fn wrapped(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in line.split_whitespace() {
        match pieces.last_mut() {
            Some(piece) if piece.is_empty() => piece.push_str(word),
            Some(piece) if piece.chars().count() + word.chars().count() < WIDTH => piece.extend([" ", word]),
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// Without marks, as the fonts of every reader can show it; brackets and backslashes do not end the string.
fn escaped(line: &str) -> String {
    line.chars().map(plain).collect::<String>().replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}

fn plain(letter: char) -> String {
    if letter.is_ascii() {
        return letter.to_string();
    }
    let folded = text::fold(&letter.to_string());
    if letter.is_uppercase() { folded.to_uppercase() } else { folded }
}

fn in_utf16(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
    format!("<FEFF{}>", units.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_stands_where_the_table_says() {
        let file = page("Công văn", &["CÔNG VĂN (số 12)", "Kính gửi: các đảng ủy xã, phường.\nĐề nghị phối hợp."]);
        let text = String::from_utf8(file).unwrap();
        let begins: usize = text.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        let table: Vec<&str> = text[begins..].lines().collect();
        assert_eq!((table[0], table[1]), ("xref", "0 7"));
        for (number, row) in table[3..9].iter().enumerate() {
            let offset: usize = row[..10].parse().unwrap();
            assert!(text[offset..].starts_with(&format!("{} 0 obj", number + 1)), "{row}");
            assert_eq!(row.len() + 1, 20, "a row of the table has 20 bytes");
        }
        let stream = text.split(">>\nstream\n").nth(1).unwrap().split("\nendstream").next().unwrap();
        assert!(text.contains(&format!("/Length {} ", stream.len())));
        assert!(stream.contains("(CONG VAN \\(so 12\\)) Tj"), "{stream}");
        assert!(stream.contains("(De nghi phoi hop.) Tj"), "{stream}");
        assert!(text.is_ascii() && text.contains("<FEFF0043"), "the title keeps its marks");
    }

    #[test]
    fn long_texts_are_wrapped_and_end_with_the_page() {
        let long = "một hai ba bốn năm ".repeat(400);
        let text = String::from_utf8(page("Dài", &["DÀI", &long])).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| line.ends_with("Tj T*")).collect();
        assert_eq!(lines.len(), LINES);
        assert!(lines.iter().all(|line| line.len() <= WIDTH + 10), "{lines:?}");
    }
}
