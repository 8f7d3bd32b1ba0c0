//! Papers of the clerk's desk as they are to stand: the arrival stamp (dấu đến), the routing slip (phiếu xử lý), the pages
//! of a register (in sổ).

use schema_documents::{
    EntryKind, EntryState, IncomingDocument, NumberRegister, Passage, PeriodKind, RegisterEntry, RegisterKind,
    SheetRefusal,
};
use schema_forms::{
    ArrivalStampPaper, IncomingLine, IncomingRegisterPaper, Letterhead, OutgoingLine, OutgoingRegisterPaper, Paper,
    RoutingSlipPaper, RoutingStep, Signature,
};
use text::number::format_whole;
use wire::{Day, Instant, Urgency};

use super::sheet;

/// The most lines of one print of a register: whoever asks waits for it, and nobody waits longer than some seconds.
pub(crate) const LINES: i64 = 2_000;
/// Minutes by which the legal day runs ahead of UTC.
const AHEAD: i64 = 7 * 60;
/// Who has a paper before any desk had it, and who makes out its slip.
const CLERK: &str = "Văn thư";

/// The numbers of a register that are printed, within those that were given.
pub(crate) fn numbers(
    register: &NumberRegister,
    from: Option<i64>,
    until: Option<i64>,
) -> Result<(i64, i64), SheetRefusal> {
    let (first, last) = (from.unwrap_or(register.opening).max(1), until.unwrap_or(register.last).min(register.last));
    if first > last {
        return Err(SheetRefusal::LinesNone { first, last: until.unwrap_or(last) });
    }
    if last - first >= LINES {
        return Err(SheetRefusal::LinesTooMany { limit: LINES, first, last: first + LINES - 1 });
    }
    Ok((first, last))
}

/// The head of a paper of the office's own: the committee, and its office (văn phòng) that keeps its post.
pub(crate) fn head(committee: &str) -> Letterhead {
    let committee = committee.to_uppercase();
    let (superior, body) = match committee.strip_prefix("VĂN PHÒNG ") {
        Some(_) => (None, committee),
        None => (Some(committee), "VĂN PHÒNG".to_owned()),
    };
    Letterhead { superior, bodies: vec![body], number: None, notation: None, place: None, day: None }
}

/// The page with the arrival stamp of a document.
pub(crate) fn stamp(document: IncomingDocument, committee: &str) -> Paper {
    let Letterhead { superior, bodies, .. } = head(committee);
    let body = bodies.into_iter().chain(superior).collect::<Vec<_>>().join(" ");
    // The hour is written on what is urgent.
    let hour = (document.urgency != Urgency::Normal).then(|| clock(document.registered_at));
    Paper::ArrivalStamp(ArrivalStampPaper {
        body,
        number: document.number,
        day: document.arrived,
        hour,
        passed_to: document.desk.map(|desk| desk.unit_name).unwrap_or_default(),
        file_code: String::new(),
        author: document.author_body.unwrap_or_default(),
        symbol: document.symbol.unwrap_or_default(),
        document_day: document.document_day,
        summary: about(document.genre_name.as_deref(), document.summary.as_deref()),
    })
}

/// The slip of a document, with the desks at which it has lain.
pub(crate) fn slip(document: IncomingDocument, passages: Vec<Passage>, committee: &str) -> Paper {
    let mut from = CLERK.to_owned();
    let step = |Passage { unit_name, note, passed_at, .. }: Passage| RoutingStep {
        day: passed_at.day(),
        from: std::mem::replace(&mut from, unit_name.clone()),
        to: unit_name,
        words: note.unwrap_or_default(),
    };
    let steps = passages.into_iter().map(step).collect();
    let maker =
        Signature {
            authority: Vec::new(), position: "NGƯỜI LẬP PHIẾU".to_owned(), name: None, mark: Vec::new()
        };
    Paper::RoutingSlip(RoutingSlipPaper {
        head: head(committee),
        number: document.number,
        day: document.arrived,
        author: document.author_body.unwrap_or_default(),
        symbol: document.symbol.unwrap_or_default(),
        document_day: document.document_day,
        summary: about(document.genre_name.as_deref(), document.summary.as_deref()),
        due: document.due,
        steps,
        signatures: vec![maker],
    })
}

/// Pages of a register with these entries.
pub(crate) fn book(register: &NumberRegister, entries: Vec<RegisterEntry>, committee: &str, today: Day) -> Paper {
    let ends = entries.first().map(|entry| entry.number).zip(entries.last().map(|entry| entry.number));
    let numbers = ends.map(|(first, last)| format!(" · từ số {} đến số {}", format_whole(first), format_whole(last)));
    let span = format!("{}{}", period(register), numbers.unwrap_or_default());
    let (head, signatures) = (head(committee), Vec::new());
    let remark = Some(format!("In ngày {} từ sổ điện tử.", text::date::in_figures(today.0)));
    match register.kind {
        RegisterKind::Incoming => {
            let lines = entries.into_iter().map(incoming).collect();
            Paper::IncomingRegister(IncomingRegisterPaper { head, span, lines, signatures, remark })
        }
        RegisterKind::Outgoing => {
            let lines = entries.into_iter().map(outgoing).collect();
            Paper::OutgoingRegister(OutgoingRegisterPaper { head, span, lines, signatures, remark })
        }
    }
}

/// What time a book covers, and in an outgoing one for whom.
fn period(register: &NumberRegister) -> String {
    let time = match register.period {
        PeriodKind::Year => format!("Năm {}", register.first_day.year()),
        PeriodKind::Term => format!("Nhiệm kỳ từ {}", text::date::in_figures(register.first_day.0)),
    };
    register.body_code.as_deref().map_or(time.clone(), |code| format!("{time} · {code}"))
}

fn incoming(entry: RegisterEntry) -> IncomingLine {
    let letter = entry.kind == EntryKind::CitizenLetter;
    let note = note(&entry);
    let summary = match letter {
        true => sheet::LETTER.to_owned(),
        false => about(entry.genre_name.as_deref(), entry.summary.as_deref()),
    };
    IncomingLine {
        number: entry.number,
        day: Some(entry.day),
        author: entry.author_body.unwrap_or_default(),
        symbol: entry.symbol.unwrap_or_default(),
        document_day: entry.document_day,
        summary,
        handler: entry.destinations.join("; "),
        sheets: entry.pages,
        due: entry.due,
        note,
    }
}

fn outgoing(entry: RegisterEntry) -> OutgoingLine {
    let note = note(&entry);
    // A number that no document bears has no symbol; the book shows which number it is.
    let symbol = entry.symbol.unwrap_or_else(|| format_whole(entry.number));
    OutgoingLine {
        symbol,
        day: Some(entry.day),
        summary: about(entry.genre_name.as_deref(), entry.summary.as_deref()),
        signatory: entry.signatory.unwrap_or_default(),
        recipients: entry.destinations.join("; "),
        keeper: String::new(),
        copies: entry.copies,
        sent: None,
        note,
    }
}

/// What the book notes of a number: what became of it, its marks, the clerk's words.
fn note(entry: &RegisterEntry) -> String {
    let state = if entry.state == EntryState::Registered { "" } else { sheet::state(entry.state) };
    let parts = [
        sheet::secrecy(entry.secrecy),
        sheet::urgency(entry.urgency),
        state,
        entry.note.as_deref().unwrap_or_default(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Genre and abstract (tên loại và trích yếu), as the column of the book has them.
fn about(genre: Option<&str>, summary: Option<&str>) -> String {
    match (genre, summary) {
        (Some(genre), Some(summary)) if summary.to_lowercase().starts_with(&genre.to_lowercase()) => summary.to_owned(),
        (Some(genre), Some(summary)) => format!("{genre}: {summary}"),
        (one, other) => one.or(other).unwrap_or_default().to_owned(),
    }
}

/// The time of a moment at the legal offset: `07:42`.
fn clock(moment: Instant) -> String {
    let minutes = (moment.unix_seconds().div_euclid(60) + AHEAD).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    #[test]
    fn a_print_takes_numbers_that_were_given_and_not_too_many() {
        let book =
            |last| NumberRegister { opening: 11, last, ..sample::series(RegisterKind::Incoming, "2026-01-01", None) };
        let table = [
            (book(40), None, None, Ok((11, 40))),
            (book(40), Some(20), Some(99), Ok((20, 40))),
            (book(40), Some(3), Some(12), Ok((3, 12))),
            (book(10), None, None, Err(SheetRefusal::LinesNone { first: 11, last: 10 })),
            (book(40), Some(50), Some(60), Err(SheetRefusal::LinesNone { first: 50, last: 60 })),
            (book(40), Some(i64::MIN), Some(i64::MIN), Err(SheetRefusal::LinesNone { first: 1, last: i64::MIN })),
            (book(9_000), None, None, Err(SheetRefusal::LinesTooMany { limit: 2_000, first: 11, last: 2_010 })),
            (book(2_010), None, None, Ok((11, 2_010))),
        ];
        for (book, from, until, expected) in table {
            assert_eq!(numbers(&book, from, until), expected, "{from:?} {until:?}");
        }
    }

    #[test]
    fn the_office_keeps_the_post_of_its_committee() {
        let commune = head("Đảng ủy xã Ngọc Sơn");
        assert_eq!((commune.superior.as_deref(), &commune.bodies[0][..]), (Some("ĐẢNG ỦY XÃ NGỌC SƠN"), "VĂN PHÒNG"));
        let centre = head("Văn phòng Trung ương Đảng");
        assert_eq!((centre.superior, &centre.bodies[0][..]), (None, "VĂN PHÒNG TRUNG ƯƠNG ĐẢNG"));
    }

    #[test]
    fn the_hour_stands_on_what_is_urgent() {
        let document = IncomingDocument {
            registered_at: sample::at("2026-11-20T18:05:00Z"),
            urgency: Urgency::Express,
            ..sample::incoming()
        };
        let Paper::ArrivalStamp(urgent) = stamp(document.clone(), "Đảng ủy xã Ngọc Sơn") else { panic!() };
        assert_eq!(urgent.hour.as_deref(), Some("01:05"));
        assert_eq!(urgent.body, "VĂN PHÒNG ĐẢNG ỦY XÃ NGỌC SƠN");
        let normal = IncomingDocument { urgency: Urgency::Normal, ..document };
        let Paper::ArrivalStamp(normal) = stamp(normal, "Đảng ủy xã Ngọc Sơn") else { panic!() };
        assert_eq!(normal.hour, None);
    }

    #[test]
    fn the_abstract_says_its_genre_once() {
        let table = [
            (Some("Báo cáo"), Some("Báo cáo quý IV"), "Báo cáo quý IV"),
            (Some("Báo cáo"), Some("kết quả quý IV"), "Báo cáo: kết quả quý IV"),
            (None, Some("về việc họp"), "về việc họp"),
            (None, None, ""),
        ];
        for (genre, summary, expected) in table {
            assert_eq!(about(genre, summary), expected);
        }
    }
}
