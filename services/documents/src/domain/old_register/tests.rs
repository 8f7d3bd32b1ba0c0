//! Rows of old registers as people wrote them, and rows that must be mended.

use proptest::prelude::*;

use super::*;
use crate::domain::sample::{self, day};

fn source(kind: RegisterKind) -> Source {
    Source { office: sample::office(), kind, from: sample::id(9), today: day("2026-11-20") }
}

fn papers(kind: RegisterKind, file: &str, given: &[OldColumn]) -> OldPapers {
    read(&sheet::read(file.as_bytes(), 999).unwrap(), given, source(kind))
}

const HEAD: &str = "Số đến;Năm;Ngày đến;Nơi gửi;Số, ký hiệu;Ngày văn bản;Trích yếu;Độ mật\n";

#[test]
fn numbers_stay_as_they_were_and_duplicates_with_letters_are_others() {
    let file = format!(
        "SỔ VĂN BẢN ĐẾN 2016;;\n{HEAD}12;;05/3/2016;Huyện ủy;1-CV/HU;3/3/2016;Về a;\n12a;;5/3/16;Huyện ủy;;;Về b;\n\
         012A;;5/3/2016;Huyện ủy;;;Về c;\n12;2015;;Huyện ủy;;;Về d;\n13;;42434;Huyện ủy;;;Về e;\n14;;5/3/98;;;;;Mật\n"
    );
    let found = papers(RegisterKind::Incoming, &file, &[]);
    let kept: Vec<_> = found.fit.iter().map(|(_, one)| (one.row, one.year, one.number.as_str())).collect();
    assert_eq!(kept, [(3, 2016, "12"), (4, 2016, "12a"), (6, 2015, "12"), (7, 2016, "13"), (8, 1998, "14")]);
    let told: Vec<_> = found.faults.iter().map(|one| (one.row, one.code.as_str())).collect();
    assert_eq!(told, [(5, "documents.paper_number_twice")]);
    assert_eq!((found.rows, found.failed), (6, 1));
    assert_eq!(found.fit[3].1.day, Some(day("2016-03-05")), "a day that lost its format");
}

#[test]
fn each_row_says_what_is_to_be_mended() {
    let table = [
        (";2016;;A;;;Về a;", "documents.paper_missing", OldField::Number),
        ("bảy;2016;;A;;;Về a;", "documents.old_number", OldField::Number),
        ("7;;;A;;;Về a;", "documents.old_year", OldField::Year),
        ("7;1910;;A;;;Về a;", "documents.old_year", OldField::Year),
        ("7;2027;;A;;;Về a;", "documents.old_year", OldField::Year),
        ("7;;31/2/2016;A;;1/1/2016;Về a;", "documents.paper_day", OldField::Day),
        ("7;2016;30/02/16;A;;;Về a;", "documents.paper_day", OldField::Day),
        ("7;2016;5/3/2027;A;;;Về a;", "documents.old_later", OldField::Day),
        ("7;2016;;A;;;;", "documents.paper_missing", OldField::Summary),
        ("7;2016;;A;;;Về a;lạ", "documents.paper_secrecy", OldField::Secrecy),
    ];
    for (row, code, field) in table {
        let found = papers(RegisterKind::Incoming, &format!("{HEAD}{row}\n"), &[]);
        assert_eq!((found.fit.as_slice(), found.failed), (&[][..], 1), "{row}");
        let told = &found.faults[0];
        assert_eq!((told.row, told.code.as_str(), told.field), (2, code, Some(field)), "{row}");
    }
    let both = papers(RegisterKind::Incoming, &format!("{HEAD}x;2016;y;A;;z;Về a;\n"), &[]);
    assert_eq!((both.faults.len(), both.failed), (3, 1), "all faults of a row at once, the row counted once");
}

#[test]
fn outgoing_numbers_run_by_genre_and_secret_rows_keep_number_and_day_alone() {
    let file = "Số;Số, ký hiệu;Ngày ban hành;Trích yếu;Độ mật;Người ký\n12;12-NQ/HU;1/2/2014;Về a;;Trần Văn Thử\n\
                12;12-CV/HU;1/2/2014;Về b;;\n13;13-CV/HU;2/2/2014;Kín;Tối mật;Lê Thị Mẫu\n";
    let found = papers(RegisterKind::Outgoing, file, &[]);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert_eq!(found.fit.len(), 3);
    let secret = &found.fit[2].1;
    assert_eq!((&secret.summary, &secret.signatory, &secret.symbol), (&None, &None, &None));
    assert_eq!((secret.secrecy, secret.document_day), (Secrecy::HighlySecret, Some(day("2014-02-02"))));
}

#[test]
fn a_mapping_stands_before_what_is_recognised_and_a_head_twice_holds_all_back() {
    let file = "TT;Số đến;Năm;Việc gì\n1;77;2016;Về a\n";
    assert_eq!(papers(RegisterKind::Incoming, file, &[]).failed, 1, "nothing says what it is about");
    let given = [("TT", OldField::Number), ("Việc gì", OldField::Summary)]
        .map(|(head, field)| OldColumn { head: head.into(), field });
    let found = papers(RegisterKind::Incoming, file, &given);
    assert_eq!((found.fit[0].1.number.as_str(), found.fit[0].1.summary.as_deref()), ("1", Some("Về a")));
    let twice = papers(RegisterKind::Incoming, "Số đến;Số đến;Năm;Trích yếu\n1;2;2016;Về a\n", &[]);
    assert_eq!((twice.fit.len(), twice.faults[0].code.as_str()), (0, "documents.paper_column_twice"));
    assert_eq!(papers(RegisterKind::Incoming, "a;b\n1;2\n", &[]).faults[0].code, "documents.old_heads");
}

proptest! {
    /// Whatever the rows say: each is entered or told of, none is entered twice, and reading again says the same.
    #[test]
    fn no_row_is_lost_or_doubled(rows in prop::collection::vec(("[0-3a]{0,3}", "(201[0-9])?", "[a-c]{0,2}"), 1..40)) {
        let lines: String = rows.iter().map(|(number, year, words)| format!("{number};{year};{words};x\n")).collect();
        let file = format!("Số đến;Năm;Trích yếu;Ghi chú\n{lines}");
        let found = papers(RegisterKind::Incoming, &file, &[]);
        prop_assert_eq!(found.fit.len() + found.failed as usize, rows.len());
        let keys: std::collections::BTreeSet<_> = found.fit.iter().map(|(key, _)| key.clone()).collect();
        prop_assert_eq!(keys.len(), found.fit.len());
        prop_assert_eq!(papers(RegisterKind::Incoming, &file, &[]), found);
    }
}
