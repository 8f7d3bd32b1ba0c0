//! A register as CSV, as on paper: UTF-8 with a byte order mark, and no cell that a spreadsheet would calculate.

use schema_documents::{EntryKind, EntryState, NumberRegister, RegisterEntry, RegisterKind};
use wire::{Day, Secrecy, Urgency};

/// What a spreadsheet needs at the beginning to read UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// What the book says of a citizen's letter, whose words stand nowhere in it.
pub(crate) const LETTER: &str = "Đơn thư (chờ phân loại)";

/// The columns of the arrival register (rules of the Party's archives practice, configurable later).
const INCOMING: [&str; 15] = [
    "Số đến",
    "Ngày đến",
    "Tác giả",
    "Số và ký hiệu",
    "Ngày văn bản",
    "Tên loại",
    "Trích yếu",
    "Độ khẩn",
    "Độ mật",
    "Số trang",
    "Nơi nhận, xử lý",
    "Hạn xử lý",
    "Ký nhận",
    "Ghi chú",
    "Trạng thái",
];

/// The columns of the register of issued documents.
const OUTGOING: [&str; 13] = [
    "Số",
    "Số và ký hiệu",
    "Ngày văn bản",
    "Tên loại",
    "Trích yếu",
    "Độ khẩn",
    "Độ mật",
    "Người ký",
    "Nơi nhận",
    "Số bản",
    "Ký nhận",
    "Ghi chú",
    "Trạng thái",
];

/// The head of the file: byte order mark and names of the columns.
pub(crate) fn head(kind: RegisterKind) -> anyhow::Result<Vec<u8>> {
    let names: &[&str] = match kind {
        RegisterKind::Incoming => &INCOMING,
        RegisterKind::Outgoing => &OUTGOING,
    };
    let mut bytes = BYTE_ORDER_MARK.to_vec();
    bytes.extend(lines([names.iter().map(|name| (*name).to_owned()).collect()])?);
    Ok(bytes)
}

/// The name under which a file of a register is offered, by the ending of its kind.
pub(crate) fn name(register: &NumberRegister, ending: &str) -> String {
    let what = match register.kind {
        RegisterKind::Incoming => "so-van-ban-den",
        RegisterKind::Outgoing => "so-van-ban-di",
    };
    let body_code = register.body_code.as_deref().map_or_else(String::new, |code| format!("-{code}"));
    format!("{what}{body_code}-{}.{ending}", register.first_day)
}

/// The lines of some entries.
pub(crate) fn body(kind: RegisterKind, entries: &[RegisterEntry]) -> anyhow::Result<Vec<u8>> {
    lines(entries.iter().map(|entry| match kind {
        RegisterKind::Incoming => incoming(entry),
        RegisterKind::Outgoing => outgoing(entry),
    }))
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.into_iter().map(harmless))?;
    }
    Ok(writer.into_inner()?)
}

/// A cell that a spreadsheet takes for text: one that begins like a formula gets an apostrophe before it.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}

fn incoming(entry: &RegisterEntry) -> Vec<String> {
    let letter = entry.kind == EntryKind::CitizenLetter;
    let summary = if letter { LETTER.to_owned() } else { text(&entry.summary) };
    vec![
        entry.number.to_string(),
        figures(Some(entry.day)),
        text(&entry.author_body),
        text(&entry.symbol),
        figures(entry.document_day),
        text(&entry.genre_name),
        summary,
        urgency(entry.urgency).to_owned(),
        secrecy(entry.secrecy).to_owned(),
        entry.pages.map_or_else(String::new, |pages| pages.to_string()),
        entry.destinations.join("; "),
        figures(entry.due),
        String::new(),
        text(&entry.note),
        state(entry.state).to_owned(),
    ]
}

fn outgoing(entry: &RegisterEntry) -> Vec<String> {
    vec![
        entry.number.to_string(),
        text(&entry.symbol),
        figures(Some(entry.day)),
        text(&entry.genre_name),
        text(&entry.summary),
        urgency(entry.urgency).to_owned(),
        secrecy(entry.secrecy).to_owned(),
        text(&entry.signatory),
        entry.destinations.join("; "),
        entry.copies.map_or_else(String::new, |copies| copies.to_string()),
        String::new(),
        text(&entry.note),
        state(entry.state).to_owned(),
    ]
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn figures(day: Option<Day>) -> String {
    day.map_or_else(String::new, |day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()))
}

pub(super) fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Normal => "",
        Urgency::Urgent => "Khẩn",
        Urgency::VeryUrgent => "Thượng khẩn",
        Urgency::Express => "Hỏa tốc",
    }
}

pub(super) fn secrecy(secrecy: Secrecy) -> &'static str {
    match secrecy {
        Secrecy::Open => "",
        Secrecy::Secret => "Mật",
        Secrecy::HighlySecret => "Tối mật",
        Secrecy::TopSecret => "Tuyệt mật",
    }
}

pub(super) fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::Registered => "",
        EntryState::Voided => "Số hủy",
        EntryState::Reserved => "Số giữ chỗ",
        EntryState::Imported => "Sổ giấy chuyển sang",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::sample::day;

    fn entry(summary: &str) -> RegisterEntry {
        RegisterEntry {
            number: 7,
            state: EntryState::Registered,
            kind: EntryKind::Incoming,
            day: day("2026-02-05"),
            incoming: None,
            outgoing: None,
            author_body: Some("Tỉnh ủy".into()),
            symbol: Some("05-NQ/TU".into()),
            document_day: Some(day("2026-01-30")),
            genre_name: Some("Nghị quyết".into()),
            summary: Some(summary.into()),
            secrecy: Secrecy::Open,
            urgency: Urgency::Express,
            pages: Some(4),
            due: None,
            signatory: None,
            destinations: vec!["Văn phòng".into(), "Ban Xây dựng Đảng".into()],
            copies: None,
            note: None,
        }
    }

    #[test]
    fn the_file_begins_with_the_mark_and_the_columns() {
        let head = head(RegisterKind::Incoming).unwrap();
        assert!(head.starts_with(&[0xEF, 0xBB, 0xBF]));
        let text = String::from_utf8(head).unwrap();
        assert!(text.trim_start_matches('\u{FEFF}').starts_with("Số đến,Ngày đến,Tác giả"), "{text}");
        assert!(text.ends_with("\r\n"));
    }

    #[test]
    fn a_line_reads_as_on_paper() {
        let line =
            String::from_utf8(body(RegisterKind::Incoming, &[entry("Về \"công tác\", quý I")]).unwrap()).unwrap();
        assert_eq!(
            line,
            "7,05/02/2026,Tỉnh ủy,05-NQ/TU,30/01/2026,Nghị quyết,\"Về \"\"công tác\"\", quý I\",Hỏa tốc,,4,\
             Văn phòng; Ban Xây dựng Đảng,,,,\r\n"
        );
    }

    #[test]
    fn a_citizens_letter_is_a_masked_line() {
        let letter = RegisterEntry {
            kind: EntryKind::CitizenLetter,
            author_body: None,
            symbol: None,
            document_day: None,
            genre_name: None,
            summary: None,
            urgency: Urgency::Normal,
            pages: Some(0),
            destinations: Vec::new(),
            ..entry("")
        };
        let line = String::from_utf8(body(RegisterKind::Incoming, &[letter]).unwrap()).unwrap();
        assert_eq!(line, "7,05/02/2026,,,,,Đơn thư (chờ phân loại),,,0,,,,,\r\n");
    }

    #[test]
    fn both_kinds_have_as_many_cells_as_columns() {
        assert_eq!(incoming(&entry("a")).len(), INCOMING.len());
        assert_eq!(outgoing(&entry("a")).len(), OUTGOING.len());
    }

    proptest! {
        /// No cell, read back, begins like a formula; and nothing but an apostrophe was added.
        #[test]
        fn no_cell_is_calculated(summary in "[=+@\\-\t\r＝a-z,\"\n ]{0,12}") {
            let bytes = body(RegisterKind::Incoming, &[entry(&summary)]).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(record.len(), INCOMING.len());
            let cell = record.get(6).unwrap();
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']));
            prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), summary.as_str());
        }
    }
}
