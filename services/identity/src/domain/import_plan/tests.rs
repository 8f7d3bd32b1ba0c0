//! Plans of sheets as people write them, and of sheets at random.

use proptest::prelude::*;
use schema_identity::{DirectoryField, Reach, UnitSpan};
use uuid::Uuid;
use wire::{Version, id::PositionId};

use super::*;
use crate::domain::import_sheet;

const UNITS: &str = "Mã cơ quan;Tên đơn vị;Trực thuộc;Từ ngày\n";
const PEOPLE: &str = "Mã cơ quan;Họ và tên;Đơn vị;Chức vụ;Vai trò;Đứng đầu;Liên hệ\n";

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn unit(number: u128, name: &str, parent: Option<u128>) -> UnitHistory {
    let (from, to) = (day("2025-07-01"), None);
    let span = UnitSpan { from, to, name: name.into(), body: None, parent: parent.map(id) };
    UnitHistory { id: id(number), office: id(1), spans: vec![span], version: Version::FIRST }
}

fn known(number: u128, name: &str, contact: Option<&str>, active: bool, undone: bool) -> Known {
    Known { id: id(number), name: text::fold(name), contact: contact.map(text::fold), active, undone }
}

/// An office with a committee, an office proper with its head, two rooms of one name, and a few people.
fn place(office: u128) -> Place {
    let head = Position {
        id: id::<PositionId>(30),
        office: id(office),
        unit: id(11),
        title: "Chánh Văn phòng".into(),
        roles: vec!["chief_of_office".into()],
        head: true,
        reach: Reach::Own,
        reports_to: None,
        from: day("2025-07-01"),
        to: None,
        version: Version::FIRST,
    };
    let held = Appointment {
        id: id(40),
        office: id(office),
        person: id(20),
        position: id(30),
        from: day("2025-07-01"),
        to: None,
        instrument: None,
        version: Version::FIRST,
    };
    Place {
        office: id(office),
        life: Interval { from: day("2025-07-01"), to: None },
        units: vec![
            unit(10, "Đảng ủy xã Ví Dụ", None),
            unit(11, "Văn phòng", Some(10)),
            unit(12, "Tổ giúp việc", Some(10)),
            unit(13, "Tổ giúp việc", Some(11)),
        ],
        people: vec![
            known(20, "Phạm Văn Mẫu", None, true, false),
            known(21, "Lê Thị Thử", Some("máy lẻ 1"), true, false),
            known(22, "Lê Thị Thử", Some("máy lẻ 2"), true, false),
            known(23, "Ngô Văn Nghỉ", None, false, false),
            known(24, "Đỗ Thị Nhập Lại", None, false, true),
        ],
        positions: vec![head],
        appointments: vec![held],
    }
}

fn planned(kind: DirectoryImportKind, sheet: &str) -> Plan {
    let mut ended = place(3);
    ended.life.to = Some(day("2026-01-01"));
    let named = BTreeMap::from([("99001".to_owned(), place(2)), ("99003".to_owned(), ended)]);
    let places = Places { home: place(1), named, caller: Some(id(21)), today: day("2026-11-22") };
    let rows = sheet::read(sheet.as_bytes(), 999).unwrap();
    plan(kind, &import_sheet::read(kind, &rows, &[], day("2026-11-01")), &places)
}

fn units(rows: &str) -> Plan {
    planned(DirectoryImportKind::Units, &format!("{UNITS}{rows}"))
}

fn people(rows: &str) -> Plan {
    planned(DirectoryImportKind::People, &format!("{PEOPLE}{rows}"))
}

fn told(plan: &Plan) -> Vec<(u32, &str)> {
    plan.faults.iter().map(|fault| (fault.row, fault.code.as_str())).collect()
}

#[test]
fn units_are_made_below_those_that_are_there_and_those_of_other_rows_whatever_their_order() {
    let plan = units(";Tổ Lễ tân;Phòng Hành chính;\n;Phòng Hành chính;van phong;\n;Ban Chỉ đạo;;\n;Văn phòng;;\n");
    assert_eq!((told(&plan), plan.known), (vec![], 1));
    let done: Vec<(u32, Above)> = plan
        .orders
        .iter()
        .map(|(row, order)| match order {
            Order::Unit { above, .. } => (*row, *above),
            Order::Post(post) => panic!("{post:?}"),
        })
        .collect();
    assert_eq!(done, [(3, Above::Unit(id(11))), (4, Above::Unit(id(10))), (2, Above::Row(3))]);
}

#[test]
fn each_row_of_units_says_what_is_to_be_mended() {
    let table = [
        ("99999;Tổ Một cửa;;\n", vec![(2, "identity.row_office")]),
        ("99003;Tổ Một cửa;;\n", vec![(2, "identity.row_office_ended")]),
        (";Tổ Một cửa;Phòng không có;\n", vec![(2, "identity.row_unit")]),
        (";Tổ Một cửa;Tổ giúp việc;\n", vec![(2, "identity.row_unit_ambiguous")]),
        (";Tổ A;;\n;to a;;\n", vec![(3, "identity.row_twice")]),
        (";Tổ A;Tổ B;\n;Tổ B;Tổ A;\n", vec![(2, "identity.row_above"), (3, "identity.row_above")]),
        (";Tổ A;Tổ A;\n", vec![(2, "identity.row_above")]),
        (";Tổ A;;1/12/2026\n;Tổ B;Tổ A;1/11/2026\n", vec![(3, "identity.row_above")]),
        (";Tổ A;;1/1/2020\n", vec![(2, "identity.row_unit")]),
    ];
    for (rows, faults) in table {
        assert_eq!(told(&units(rows)), faults, "{rows}");
    }
}

#[test]
fn an_office_that_is_not_the_callers_looks_like_one_that_there_is_not() {
    // Only the caller's offices are among the places: both rows meet the same words.
    let plan = units("99002;Tổ Một cửa;;\n99999;Tổ Một cửa;;\n");
    let words: Vec<_> = plan.faults.iter().map(|fault| (&fault.code, &fault.vi, &fault.en)).collect();
    assert_eq!((words.len(), words[0]), (2, words[1]));
}

#[test]
fn people_are_those_who_are_there_those_who_come_again_and_new_ones() {
    let plan = people(
        ";Phạm Văn Mẫu;Văn phòng;Trưởng Ban Chỉ đạo;;;\n;Đỗ Thị Nhập Lại;Văn phòng;Văn thư;Văn thư;;\n\
         ;Vũ Thị Mới;Văn phòng;Kế toán;accountant;;máy 9\n;Vũ Thị Mới;Đảng ủy xã Ví Dụ;Thủ quỹ;;;máy 9\n\
         ;Phạm Văn Mẫu;Văn phòng;CHÁNH VĂN PHÒNG;;;\n",
    );
    // The last row says of somebody what is so already, but without a contact it might be another of the same name.
    assert_eq!(told(&plan), [(6, "identity.row_same_name")]);
    let who: Vec<Who> = plan
        .orders
        .iter()
        .map(|(_, order)| match order {
            Order::Post(post) => post.who,
            Order::Unit { .. } => panic!("{order:?}"),
        })
        .collect();
    assert_eq!(who, [Who::There(id(20)), Who::Again(id(24)), Who::New, Who::Row(4)]);
    let again = people(";Phạm Văn Mẫu;Văn phòng;CHÁNH VĂN PHÒNG;;x;\n");
    assert_eq!((again.orders.len(), again.known, told(&again)), (0, 1, vec![]));
}

#[test]
fn each_row_of_people_says_what_is_to_be_mended() {
    let table = [
        ("99999;A B;Văn phòng;Văn thư;;;\n", vec![(2, "identity.row_office")]),
        (";A B;Phòng lạ;Văn thư;;;\n", vec![(2, "identity.row_unit")]),
        (";A B;Tổ giúp việc;Văn thư;;;\n", vec![(2, "identity.row_unit_ambiguous")]),
        (";Lê Thị Thử;Văn phòng;Văn thư;;;\n", vec![(2, "identity.row_namesakes")]),
        (";Lê Thị Thử;Văn phòng;Văn thư;;;máy lẻ 1\n", vec![(2, "identity.row_yourself")]),
        (";Ngô Văn Nghỉ;Văn phòng;Văn thư;;;\n", vec![(2, "identity.row_disabled")]),
        (";A B;Văn phòng;Chánh Văn phòng;;x;\n", vec![(2, "identity.row_head_taken")]),
        (";A B;Đảng ủy xã Ví Dụ;Bí thư;;x;\n;C D;Đảng ủy xã Ví Dụ;Bí thư;;x;\n", vec![(3, "identity.row_head_taken")]),
        (";A B;Văn phòng;Văn thư;;;1\n;A B;Văn phòng;văn thư;;;1\n", vec![(3, "identity.row_twice")]),
        (";A B;Văn phòng;Văn thư;;;1\n;A B;Văn phòng;Kế toán;;;\n", vec![(3, "identity.row_same_name")]),
        (";A B;Văn phòng;Văn thư;vua;;\n", vec![(2, "identity.row_role")]),
    ];
    for (rows, faults) in table {
        assert_eq!(told(&people(rows)), faults, "{rows}");
    }
    let two = people(";A B;Văn phòng;Văn thư;;;1\n;A B;Văn phòng;Kế toán;;;2\n");
    assert_eq!((two.orders.len(), told(&two)), (2, vec![]), "two people of one name");
}

#[test]
fn no_role_is_inferred_from_a_title() {
    let plan = people(";A B;Văn phòng;Bí thư;;;\n;C D;Văn phòng;Cán bộ;Bí thư, accountant;;\n");
    let roles: Vec<Vec<String>> = plan
        .orders
        .into_iter()
        .map(|(_, order)| match order {
            Order::Post(post) => post.roles,
            Order::Unit { .. } => panic!("{order:?}"),
        })
        .collect();
    assert_eq!(roles, [vec![], vec!["secretary".to_owned(), "accountant".to_owned()]]);
}

proptest! {
    /// Whatever stands above what, each row is ordered once, after the row above it, or has a fault.
    #[test]
    fn a_unit_comes_after_the_one_above(parents in proptest::collection::vec(0..12_usize, 1..12)) {
        let rows: String = parents
            .iter()
            .enumerate()
            .map(|(n, parent)| {
                let above = if *parent == 0 { String::new() } else { format!("Phòng {parent}") };
                format!(";Phòng {};{above};\n", n + 1)
            })
            .collect();
        let plan = units(&rows);
        let mut done: Vec<u32> = Vec::new();
        for (row, order) in &plan.orders {
            if let Order::Unit { above: Above::Row(above), .. } = order {
                prop_assert!(done.contains(above), "{rows}");
            }
            done.push(*row);
        }
        let mut all: Vec<u32> = done.into_iter().chain(plan.faults.iter().map(|fault| fault.row)).collect();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(all.len(), parents.len());
        prop_assert!(plan.faults.iter().all(|fault| fault.field == Some(DirectoryField::Parent)));
    }
}
