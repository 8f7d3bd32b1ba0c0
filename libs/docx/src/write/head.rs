//! The head of the first page: bodies at the left, the Party at the right, below them number and day; then title, abstract and
//! addressees.

use text::date;
use wire::{Secrecy, Urgency};

use super::{
    Page,
    markup::{CENTRED, Letters, PLAIN, Stand, line, paragraph, row, run, table},
};
use crate::layout::{Arrangement, halves, points};

/// Room for a number or a day that the clerk writes in.
const GAP: &str = "\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}";
/// What stands at the right of every head.
const PARTY: &str = "ĐẢNG CỘNG SẢN VIỆT NAM";
/// How much of a hundred of the width the bodies have.
const BODIES: u32 = 47;
/// How much of a hundred of the width stands before the names of several addressees.
const BEFORE_NAMES: u32 = 35;

impl Page<'_> {
    pub(super) fn head(&self) -> String {
        let title = if self.layout.arrangement == Arrangement::Letter { String::new() } else { self.titles() };
        self.letterhead() + &title + &self.addressees()
    }

    /// `Số 05-CV/ĐU`: no colon, a gap where the clerk will write.
    pub(super) fn number_line(&self) -> Option<String> {
        let head = &self.paper.head;
        let notation = head.notation.as_deref().filter(|words| !words.is_empty())?;
        Some(format!("Số {}-{notation}", head.number.as_deref().unwrap_or(GAP)))
    }

    fn date_line(&self) -> Option<String> {
        let head = &self.paper.head;
        let place = head.place.as_deref()?;
        Some(match head.day {
            Some(day) => date::date_line(place, day.0),
            None => format!("{place}, ngày{GAP}tháng{GAP}năm{GAP}"),
        })
    }

    fn letterhead(&self) -> String {
        let sizes = &self.layout.sizes;
        let of = |size: f64| Letters { size: halves(size), ..Letters::default() };
        let head = &self.paper.head;
        let superior = head.superior.iter().map(|words| line(CENTRED, words, of(sizes.superior)));
        let bold = Letters { bold: true, ..of(sizes.body_name) };
        let bodies = head.bodies.iter().map(|words| line(CENTRED, words, bold));
        let star = line(CENTRED, "*", of(sizes.body_name));
        let left: String = superior.chain(bodies).chain([star]).collect();
        let party = Letters { bold: true, underlined: true, ..of(sizes.party) };
        let left_width = self.width * BODIES / 100;
        let widths = [left_width, self.width - left_width];
        let mut rows = row(&widths, false, &[left, line(CENTRED, PARTY, party)]);
        let number = self.number_line().map(|words| line(CENTRED, &words, of(sizes.number)));
        let place = Letters { italic: true, ..of(sizes.place) };
        let day = self.date_line().map(|words| line(CENTRED, &words, place));
        if number.is_some() || day.is_some() {
            rows += &row(&widths, false, &[number.unwrap_or_default(), day.unwrap_or_default()]);
        }
        let under = self.under();
        if !under.is_empty() {
            rows += &row(&widths, false, &[under, String::new()]);
        }
        table(false, &widths, &rows) + &paragraph(PLAIN, "")
    }

    /// The abstract of an official letter, and marks.
    fn under(&self) -> String {
        let sizes = &self.layout.sizes;
        let paper = self.paper;
        let summary = paper.summary.iter().filter(|_| self.layout.arrangement == Arrangement::Letter);
        let framed = [secrecy(paper.secrecy), urgency(paper.urgency)];
        let draft = paper.draft.map(|ordinal| format!("(Dự thảo lần {ordinal})"));
        let italic = Letters { size: halves(sizes.letter_summary), italic: true, ..Letters::default() };
        let mark = Letters { size: halves(sizes.mark), bold: true, framed: true, ..Letters::default() };
        let summary = summary.map(|words| line(CENTRED, words, italic));
        let framed = framed.into_iter().flatten().map(|words| line(CENTRED, words, mark));
        let plain = paper.circulation.iter().chain(&draft).map(|words| line(CENTRED, words, italic));
        summary.chain(framed).chain(plain).collect()
    }

    fn titles(&self) -> String {
        let sizes = &self.layout.sizes;
        let title = Stand { style: "Title", ..PLAIN };
        let mut markup = line(title, &self.layout.genre, Letters::default());
        if let Some(summary) = &self.paper.summary {
            let bold = Letters { size: halves(sizes.summary), bold: true, ..Letters::default() };
            let kept = Stand { kept: true, ..CENTRED };
            markup += &line(kept, summary, bold);
            markup += &line(CENTRED, "-----", Letters { bold: true, ..Letters::default() });
        }
        markup
    }

    /// To whom it is addressed: one beside the words, several below each other.
    fn addressees(&self) -> String {
        let underlined = run("Kính gửi", Letters { underlined: true, ..Letters::default() });
        let plain = |words: &str| run(words, Letters::default());
        let stand = Stand { above: points(self.layout.gap), ..CENTRED };
        match self.paper.addressees.as_slice() {
            [] => paragraph(PLAIN, ""),
            [one] => paragraph(stand, &(underlined + &plain(&format!(": {one}")))) + &paragraph(PLAIN, ""),
            many => {
                let before = self.width * BEFORE_NAMES / 100;
                let widths = [before, self.width - before];
                let names: String = listed(many).iter().map(|words| paragraph(PLAIN, &plain(words))).collect();
                let words = paragraph(Stand { side: "right", ..PLAIN }, &(underlined + &plain(":")));
                table(false, &widths, &row(&widths, false, &[words, names])) + &paragraph(PLAIN, "")
            }
        }
    }
}

/// A list as papers print it: a dash before each, a comma after each but the last, which has a full stop.
pub(super) fn listed(lines: &[String]) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let mark = |at| if at == last { "." } else { "," };
    let bare = |line: &str| line.trim_start_matches(['-', ' ']).trim_end_matches([',', ';', '.', ' ']).to_owned();
    lines.iter().enumerate().map(|(at, line)| format!("- {}{}", bare(line), mark(at))).collect()
}

fn secrecy(degree: Secrecy) -> Option<&'static str> {
    match degree {
        Secrecy::Open => None,
        Secrecy::Secret => Some("MẬT"),
        Secrecy::HighlySecret => Some("TỐI MẬT"),
        Secrecy::TopSecret => Some("TUYỆT MẬT"),
    }
}

fn urgency(degree: Urgency) -> Option<&'static str> {
    match degree {
        Urgency::Normal => None,
        Urgency::Urgent => Some("KHẨN"),
        Urgency::VeryUrgent => Some("THƯỢNG KHẨN"),
        Urgency::Express => Some("HỎA TỐC"),
    }
}
