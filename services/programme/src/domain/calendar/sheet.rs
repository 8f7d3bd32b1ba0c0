//! The week as it is printed (lịch công tác tuần): by day, morning, afternoon and evening, as CSV that a spreadsheet
//! opens and prints. UTF-8 with a byte order mark, and no cell that a spreadsheet would calculate.

use schema_programme::{CalendarEntry, CalendarResourceKind, CalendarState, CalendarWeek};
use text::date::in_figures;
use wire::{Day, Instant};

use crate::domain::calendar::week::DAYS;

const COLUMNS: [&str; 11] = [
    "Ngày",
    "Buổi",
    "Thời gian",
    "Nội dung",
    "Lãnh đạo",
    "Thành phần",
    "Địa điểm",
    "Xe",
    "Chuẩn bị",
    "Đơn vị đề nghị",
    "Ghi chú",
];

const DAY_NAMES: [&str; 7] = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"];

/// The name under which the file is offered.
pub(crate) fn name(week: &CalendarWeek) -> String {
    format!("lich-cong-tac-tuan-{}.csv", week.week)
}

/// The whole sheet; `entries` are those of the week that were approved, by beginning.
pub(crate) fn csv(week: &CalendarWeek, entries: &[CalendarEntry], printed: Instant) -> anyhow::Result<Vec<u8>> {
    let mut builder = csv::WriterBuilder::new();
    builder.flexible(true).terminator(csv::Terminator::CRLF);
    let mut writer = builder.from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in head(week, printed) {
        writer.write_record([harmless(row)])?;
    }
    writer.write_record(COLUMNS)?;
    let days = (0..DAYS).filter_map(|days| week.week.plus(days)).zip(DAY_NAMES);
    for (day, called) in days {
        for row in rows(day, called, entries) {
            writer.write_record(row.into_iter().map(harmless))?;
        }
    }
    Ok(writer.into_inner()?)
}

/// What stands above the table.
fn head(week: &CalendarWeek, printed: Instant) -> Vec<String> {
    let last = week.week.plus(DAYS - 1).unwrap_or(week.week);
    let issue = match (week.published_at, week.adjustment) {
        (None, _) => "Chưa ban hành".to_owned(),
        (Some(at), 0) => format!("Ban hành {}", moment(at)),
        (Some(_), times) => format!("Điều chỉnh lần {times}, {}", week.adjusted_at.map(moment).unwrap_or_default()),
    };
    vec![
        format!("LỊCH CÔNG TÁC TUẦN từ {} đến {}", in_figures(week.week.0), in_figures(last.0)),
        issue,
        format!("In lúc {}", moment(printed)),
    ]
}

/// The rows of a day; one without content when nothing is held on it.
fn rows(day: Day, called: &str, entries: &[CalendarEntry]) -> Vec<Vec<String>> {
    let (from, to) = (day.start(), day.plus(1).unwrap_or(day).start());
    let date = format!("{called}, {}", in_figures(day.0));
    let mut there: Vec<_> = entries.iter().filter(|entry| entry.starts < to && entry.ends > from).collect();
    there.sort_by_key(|entry| (entry.starts.max(from), entry.id));
    let rows: Vec<_> = there.into_iter().map(|entry| row(&date, entry, (from, to))).collect();
    if rows.is_empty() { vec![vec![date]] } else { rows }
}

fn row(date: &str, entry: &CalendarEntry, (from, to): (Instant, Instant)) -> Vec<String> {
    let part_of_day = match hour(entry.starts.max(from)) {
        0..12 => "Sáng",
        12..18 => "Chiều",
        _ => "Tối",
    };
    let time = match (entry.starts < from, entry.ends > to) {
        (true, true) => "Cả ngày".to_owned(),
        (true, false) if entry.ends == to => "Cả ngày".to_owned(),
        (true, false) => format!("đến {}", clock(entry.ends)),
        (false, true) => format!("từ {}", clock(entry.starts)),
        (false, false) if entry.ends == to => format!("{} - 24:00", clock(entry.starts)),
        (false, false) => format!("{} - {}", clock(entry.starts), clock(entry.ends)),
    };
    let leaders = entry.leaders.iter().filter_map(|leader| leader.title.clone());
    let named = |kind: CalendarResourceKind| {
        let of_kind = entry.resources.iter().filter(move |booking| booking.kind == kind);
        of_kind.map(|booking| booking.name.clone())
    };
    let note = match entry.state {
        CalendarState::Cancelled => "Hủy",
        CalendarState::Changed => "Điều chỉnh",
        CalendarState::Proposed | CalendarState::Returned | CalendarState::Approved => "",
    };
    vec![
        date.to_owned(),
        part_of_day.to_owned(),
        time,
        entry.title.clone(),
        leaders.collect::<Vec<_>>().join("; "),
        entry.attendees.clone().unwrap_or_default(),
        named(CalendarResourceKind::Room).chain(entry.place.clone()).collect::<Vec<_>>().join("; "),
        named(CalendarResourceKind::Car).collect::<Vec<_>>().join("; "),
        entry.preparation.clone().unwrap_or_default(),
        entry.unit_name.clone().unwrap_or_default(),
        note.to_owned(),
    ]
}

/// A moment as people write it, at +07:00.
pub(crate) fn moment(at: Instant) -> String {
    format!("{} ngày {}", clock(at), in_figures(at.day().0))
}

fn clock(at: Instant) -> String {
    format!("{:02}:{:02}", hour(at), minutes(at) % 60)
}

fn hour(at: Instant) -> u64 {
    minutes(at) / 60
}

/// Minutes since the legal day began.
fn minutes(at: Instant) -> u64 {
    at.since(at.day().start()).as_secs() / 60
}

/// A cell that a spreadsheet takes for text: one that begins like a formula gets an apostrophe before it.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use wire::Version;

    use super::*;
    use crate::domain::{
        calendar::sample::{entry, with},
        sample::{OFFICE, at},
    };

    fn week(adjustment: u32) -> CalendarWeek {
        let published_at = Some(at().minus(Duration::from_secs(3 * 86_400)));
        CalendarWeek {
            office: OFFICE,
            week: at().day(),
            version: Version(1),
            published_at,
            adjustment,
            adjusted_at: (adjustment > 0).then(at),
        }
    }

    fn printed(week: &CalendarWeek, entries: &[CalendarEntry]) -> Vec<String> {
        let text = String::from_utf8(csv(week, entries, at()).unwrap()).unwrap();
        text.strip_prefix('\u{FEFF}').unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_week_reads_as_on_paper() {
        let meeting = CalendarEntry {
            title: "Họp, giao ban".into(),
            attendees: Some("=Văn phòng".into()),
            ..with(1, (0, 90), &[1, 2], &[3])
        };
        let cancelled = CalendarEntry { state: CalendarState::Cancelled, ..with(2, (330, 390), &[], &[]) };
        let lines = printed(&week(2), &[meeting, cancelled]);
        let expected = [
            "LỊCH CÔNG TÁC TUẦN từ 23/11/2026 đến 29/11/2026",
            "\"Điều chỉnh lần 2, 08:30 ngày 23/11/2026\"",
            "In lúc 08:30 ngày 23/11/2026",
            "Ngày,Buổi,Thời gian,Nội dung,Lãnh đạo,Thành phần,Địa điểm,Xe,Chuẩn bị,Đơn vị đề nghị,Ghi chú",
            "\"Thứ Hai, 23/11/2026\",Sáng,08:30 - 10:00,\"Họp, giao ban\",Lãnh đạo 1; Lãnh đạo 2,'=Văn phòng,\
             Phòng 3; Hội trường,,,Bộ phận Tổng hợp,",
            "\"Thứ Hai, 23/11/2026\",Chiều,14:00 - 15:00,Mục 2,,,Hội trường,,,Bộ phận Tổng hợp,Hủy",
            "\"Thứ Ba, 24/11/2026\"",
        ];
        assert_eq!(lines[..expected.len()], expected);
        assert_eq!(lines.len(), expected.len() + 5);
        assert_eq!(printed(&week(0), &[])[1], "Ban hành 08:30 ngày 20/11/2026");
        assert_eq!(name(&week(0)), "lich-cong-tac-tuan-2026-11-23.csv");
    }

    #[test]
    fn an_entry_of_several_days_stands_on_each() {
        let (starts, ends) = ("2026-11-24T06:00:00Z".parse().unwrap(), "2026-11-26T10:00:00Z".parse().unwrap());
        let lines = printed(&week(0), &[CalendarEntry { starts, ends, ..entry(1) }]);
        let starts_with = |line: usize, text: &str| assert!(lines[line].starts_with(text), "{}", lines[line]);
        starts_with(5, "\"Thứ Ba, 24/11/2026\",Chiều,từ 13:00,");
        starts_with(6, "\"Thứ Tư, 25/11/2026\",Sáng,Cả ngày,");
        starts_with(7, "\"Thứ Năm, 26/11/2026\",Sáng,đến 17:00,");
        starts_with(8, "\"Thứ Sáu, 27/11/2026\"");
    }

    #[test]
    fn an_evening_until_midnight_is_of_one_day() {
        let (starts, ends) = ("2026-11-24T11:30:00Z".parse().unwrap(), "2026-11-24T17:00:00Z".parse().unwrap());
        let lines = printed(&week(0), &[CalendarEntry { starts, ends, ..entry(1) }]);
        assert!(lines[5].starts_with("\"Thứ Ba, 24/11/2026\",Tối,18:30 - 24:00,"), "{}", lines[5]);
        assert_eq!(lines[6], "\"Thứ Tư, 25/11/2026\"");
    }
}
