//! Rows as people write them, and rows that must be mended.

use schema_documents::NumberRegister;

use super::*;
use crate::domain::sample::{self, day};

fn papers(file: &str) -> Papers {
    let rows = sheet::read(file.as_bytes(), 99).unwrap();
    read(&rows, &[], sample::office(), Secrecy::Open, day("2026-11-20"))
}

const HEAD: &str = "Số đến;Ngày đến;Nơi gửi;Số, ký hiệu;Ngày văn bản;Trích yếu;Hạn xử lý;Độ mật\n";

#[test]
fn a_title_above_the_heads_and_any_order_of_columns_are_understood() {
    let found =
        papers(&format!("SỔ VĂN BẢN ĐẾN;;\n{HEAD}7;ngày 05 tháng 3 năm 2026;Tỉnh ủy;05-NQ/TU;3/3/2026;Về a;;\n"));
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    let paper = &found.fit[0];
    assert_eq!((paper.row, paper.number, paper.arrived), (3, 7, day("2026-03-05")));
    assert_eq!((paper.order.symbol.as_deref(), paper.order.document_day), (Some("05-NQ/TU"), Some(day("2026-03-03"))));
    assert_eq!(found.columns.len(), 8);
}

#[test]
fn each_row_says_what_is_to_be_mended() {
    let table = [
        (";5/3/2026;Tỉnh ủy;1;3/3/2026;Về a;;", "documents.paper_missing", Some(PaperField::Number)),
        ("bảy;5/3/2026;Tỉnh ủy;1;3/3/2026;Về a;;", "documents.paper_number", Some(PaperField::Number)),
        ("7.5;5/3/2026;Tỉnh ủy;1;3/3/2026;Về a;;", "documents.paper_number", Some(PaperField::Number)),
        ("7;;Tỉnh ủy;1;3/3/2026;Về a;;", "documents.paper_missing", Some(PaperField::Arrived)),
        ("7;31/2/2026;Tỉnh ủy;1;3/3/2026;Về a;;", "documents.paper_day", Some(PaperField::Arrived)),
        ("7;5/3/2026;;1;3/3/2026;Về a;;", "documents.field_missing", Some(PaperField::AuthorBody)),
        ("7;5/3/2026;Tỉnh ủy;1;6/3/2026;Về a;;", "documents.dated_after_arrival", Some(PaperField::DocumentDay)),
        ("7;5/3/2026;Tỉnh ủy;1;3/3/2026;;;", "documents.field_missing", Some(PaperField::Summary)),
        ("7;5/3/2026;Tỉnh ủy;1;3/3/2026;Về a;4/3/2026;", "documents.due_before_arrival", Some(PaperField::Due)),
        ("7;5/3/2027;Tỉnh ủy;1;3/3/2026;Về a;;", "documents.day_in_future", Some(PaperField::Arrived)),
        ("7;5/3/2026;Tỉnh ủy;1;3/3/2026;Về a;;lạ", "documents.paper_secrecy", Some(PaperField::Secrecy)),
        ("7;5/3/2026;Tỉnh ủy;1;3/3/2026;Về a;;Mật", "documents.above_ceiling", Some(PaperField::AuthorBody)),
    ];
    for (row, code, field) in table {
        let found = papers(&format!("{HEAD}{row}\n"));
        assert_eq!(found.fit, [], "{row}");
        let fault = &found.faults[0];
        assert_eq!((fault.row, fault.code.as_str(), fault.field), (2, code, field), "{row}");
    }
}

#[test]
fn every_fault_of_a_row_is_told_at_once() {
    let found = papers(&format!("{HEAD}x;y;Tỉnh ủy;1;z;Về a;;\n"));
    let fields: Vec<_> = found.faults.iter().filter_map(|fault| fault.field).collect();
    assert_eq!(fields, [PaperField::Number, PaperField::Arrived, PaperField::DocumentDay]);
}

#[test]
fn numbers_and_days_are_read_however_a_cell_holds_them() {
    let text = |words: &str| Cell::Text(words.to_owned());
    let heads = ["Số đến", "Ngày đến", "Tác giả", "Trích yếu"].map(text).to_vec();
    let row = |number, arrived| vec![number, arrived, text("Tỉnh ủy"), text("Về\n a")];
    let cells = [
        (text("0312"), text("05/03/2026")),
        (text("312.0"), Cell::Number(46_086.0)),
        (Cell::Number(312.0), Cell::Day(day("2026-03-05"))),
    ];
    for (number, arrived) in cells {
        let rows = [(1, heads.clone()), (2, row(number, arrived))];
        let found = read(&rows, &[], sample::office(), Secrecy::Open, day("2026-11-20"));
        let paper = &found.fit[0];
        assert_eq!((paper.number, paper.arrived), (312, day("2026-03-05")));
        assert_eq!(paper.order.summary.as_deref(), Some("Về a"));
    }
}

#[test]
fn a_mapping_names_heads_that_say_nothing() {
    let rows = sheet::read("STT,Ngày đến,Từ,Trích yếu\n7,5/3/2026,Tỉnh ủy,Về a\n".as_bytes(), 99).unwrap();
    let column = |head: &str, field| PaperColumn { head: head.into(), field };
    let given = [column("stt", PaperField::Number), column("TỪ", PaperField::AuthorBody)];
    let found = read(&rows, &given, sample::office(), Secrecy::Open, day("2026-11-20"));
    assert_eq!((found.fit.len(), found.faults.len()), (1, 0));
    let none = read(&rows, &[], sample::office(), Secrecy::Open, day("2026-11-20"));
    assert_eq!(none.faults[0].code, "documents.paper_heads");
    let twice = papers("Số đến,Số vào sổ,Trích yếu\n");
    assert_eq!(twice.faults[0].code, "documents.paper_column_twice");
}

#[test]
fn a_row_lies_below_the_opening_number_of_its_year() {
    let year = |number, first: &str, last, opening| NumberRegister {
        id: sample::id(number),
        opening,
        last: opening - 1,
        ..sample::series(RegisterKind::Incoming, first, Some(last))
    };
    let registers = [year(1, "2025-01-01", "2025-12-31", 2001), year(2, "2026-01-01", "2026-12-31", 312)];
    let row = |number, arrived| format!("{number};{arrived};Tỉnh ủy;1;;Về a;;\n");
    let rows = [
        row(311, "1/11/2026"),
        row(312, "1/11/2026"),
        row(1999, "20/12/2025"),
        row(311, "2/11/2026"),
        row(5, "1/1/2024"),
    ];
    let (placed, faults) = place(&papers(&format!("{HEAD}{}", rows.concat())), &registers);
    let placed: Vec<_> = placed.into_iter().map(|(register, paper)| (register, paper.number)).collect();
    assert_eq!(placed, [(sample::id(2), 311), (sample::id(1), 1999)]);
    let told: Vec<_> = faults.iter().map(|fault| (fault.row, fault.code.as_str())).collect();
    let expected = [
        (3, "documents.paper_number_not_below"),
        (5, "documents.paper_number_twice"),
        (6, "documents.paper_no_register"),
    ];
    assert_eq!(told, expected);
}
