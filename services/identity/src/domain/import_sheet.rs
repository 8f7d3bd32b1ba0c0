//! Spreadsheets of units or people: which column holds what, and each row as it is meant.

use schema_identity::{DirectoryColumn, DirectoryFault, DirectoryField, DirectoryImportKind};
use sheet::{Cell, Heads, Row, Unfit, plain};
use wire::Day;

use super::{
    import_mend::{Mend, fault, of_rule},
    naming, roles,
};

/// Heads as they are written in lists of units, folded.
const UNITS: [(DirectoryField, &[&str]); 5] = [
    (DirectoryField::Office, &["ma co quan", "ma van phong", "ma don vi hanh chinh", "ma xa", "ma dvhc"]),
    (DirectoryField::Name, &["ten don vi", "ten to chuc", "ten phong ban", "don vi", "phong ban"]),
    (DirectoryField::Parent, &["don vi cap tren", "cap tren", "truc thuoc", "thuoc don vi", "don vi chu quan"]),
    (DirectoryField::Body, &["ky hieu", "ky hieu co quan", "co quan ban hanh", "ma ky hieu"]),
    (DirectoryField::From, &["tu ngay", "ngay thanh lap", "hieu luc tu", "ngay hieu luc"]),
];

/// Heads as they are written in lists of people, folded.
const PEOPLE: [(DirectoryField, &[&str]); 9] = [
    (DirectoryField::Office, &["ma co quan", "ma van phong", "ma don vi hanh chinh", "ma xa", "ma dvhc"]),
    (DirectoryField::Name, &["ho va ten", "ho ten", "ten can bo", "ho va ten can bo", "can bo"]),
    (DirectoryField::Unit, &["don vi", "phong ban", "don vi cong tac", "phong", "noi cong tac", "to chuc"]),
    (DirectoryField::Title, &["chuc vu", "chuc danh", "chuc vu chuc danh", "vi tri viec lam"]),
    (DirectoryField::Roles, &["vai tro", "nhom quyen", "quyen", "quyen han"]),
    (DirectoryField::Head, &["nguoi dung dau", "dung dau", "truong don vi", "thu truong"]),
    (DirectoryField::Contact, &["lien he", "dien thoai", "so dien thoai", "email", "thu dien tu", "thu cong vu"]),
    (DirectoryField::Instrument, &["quyet dinh", "so quyet dinh", "quyet dinh bo nhiem", "van ban bo nhiem"]),
    (DirectoryField::From, &["tu ngay", "ngay bo nhiem", "ngay giu chuc", "ngay nhan nhiem vu"]),
];

/// A row as it is meant. Fields that its kind does not have are absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The row as a spreadsheet shows it.
    pub(crate) row: u32,
    /// The code of its office; that of the import when absent.
    pub(crate) office: Option<String>,
    /// The name of the unit or the person.
    pub(crate) name: String,
    /// The name of the unit above.
    pub(crate) parent: Option<String>,
    /// The code in symbols.
    pub(crate) body: Option<String>,
    /// The name of the unit of the position.
    pub(crate) unit: String,
    /// The title of the position.
    pub(crate) title: String,
    /// The roles of the position, by name.
    pub(crate) roles: Vec<String>,
    /// Whether it is the head's position.
    pub(crate) head: bool,
    /// How to reach the person.
    pub(crate) contact: Option<String>,
    /// The decision.
    pub(crate) instrument: Option<String>,
    /// The first day.
    pub(crate) from: Day,
}

/// What a spreadsheet holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    /// What each column was taken for.
    pub(crate) columns: Vec<DirectoryColumn>,
    /// Rows below the heads.
    pub(crate) rows: u32,
    /// Those that mean something.
    pub(crate) fit: Vec<Line>,
    /// What is to be mended.
    pub(crate) faults: Vec<DirectoryFault>,
}

/// Reads the rows; `given` says what columns hold whose heads do not say so, `from` the first day of rows that name none.
pub(crate) fn read(kind: DirectoryImportKind, rows: &[Row], given: &[DirectoryColumn], from: Day) -> Lines {
    let mut lines = Lines::default();
    let Some(heads) = sheet::heads(rows, DirectoryField::Name, |head| field_of(kind, head, given)) else {
        lines.faults.push(fault(0, None, None, &Mend::NoHeads));
        return lines;
    };
    let column = |(head, field): &(String, DirectoryField)| DirectoryColumn { head: head.clone(), field: *field };
    lines.columns = heads.columns.iter().map(column).collect();
    for (head, field) in &heads.twice {
        lines.faults.push(fault(heads.row, Some(*field), Some(head.clone()), &Mend::ColumnTwice));
    }
    for (row, cells) in heads.below(rows) {
        lines.rows += 1;
        let reading = Reading { row: *row, cells, heads: &heads };
        match reading.line(kind, from) {
            Ok(line) => lines.fit.push(line),
            Err(faults) => lines.faults.extend(faults),
        }
    }
    lines
}

fn field_of(kind: DirectoryImportKind, head: &str, given: &[DirectoryColumn]) -> Option<DirectoryField> {
    let heads: &[(DirectoryField, &[&str])] = match kind {
        DirectoryImportKind::Units => &UNITS,
        DirectoryImportKind::People => &PEOPLE,
    };
    let named = given.iter().find(|column| plain(&column.head) == head).map(|column| column.field);
    let field = named.or_else(|| heads.iter().find(|(_, known)| known.contains(&head)).map(|(field, _)| *field));
    // A column of another kind of list says nothing here.
    field.filter(|field| heads.iter().any(|(known, _)| known == field))
}

/// A row being read.
struct Reading<'a> {
    row: u32,
    cells: &'a [Cell],
    heads: &'a Heads<DirectoryField>,
}

impl Reading<'_> {
    fn line(&self, kind: DirectoryImportKind, from: Day) -> Result<Line, Vec<DirectoryFault>> {
        let people = kind == DirectoryImportKind::People;
        let must = |field, wanted: bool| if wanted { self.must(field) } else { Ok(String::new()) };
        let (name, unit) = (self.must(DirectoryField::Name), must(DirectoryField::Unit, people));
        let title = must(DirectoryField::Title, people);
        let (parent, body) = (self.may(DirectoryField::Parent), self.may(DirectoryField::Body));
        let (contact, instrument) = (self.may(DirectoryField::Contact), self.may(DirectoryField::Instrument));
        let (roles, head, from) = (self.roles(), self.head(), self.from(from));
        match (name, unit, title, parent, body, contact, instrument, roles, head, from) {
            (
                Ok(name),
                Ok(unit),
                Ok(title),
                Ok(parent),
                Ok(body),
                Ok(contact),
                Ok(instrument),
                Ok(roles),
                Ok(head),
                Ok(from),
            ) => {
                let office = self.cell(DirectoryField::Office).line();
                let row = self.row;
                Ok(Line { row, office, name, parent, body, unit, title, roles, head, contact, instrument, from })
            }
            (a, b, c, d, e, f, g, h, i, j) => {
                let texts = [a.err(), b.err(), c.err(), d.err(), e.err(), f.err(), g.err()];
                Err(texts.into_iter().chain([h.err(), i.err(), j.err()]).flatten().collect())
            }
        }
    }

    fn cell(&self, field: DirectoryField) -> &Cell {
        self.heads.cell(self.cells, field)
    }

    fn blame(&self, field: DirectoryField, mend: &Mend) -> DirectoryFault {
        let cell = Some(self.cell(field).beginning()).filter(|cell| !cell.is_empty());
        fault(self.row, Some(field), cell, mend)
    }

    fn may(&self, field: DirectoryField) -> Result<Option<String>, DirectoryFault> {
        let words = self.cell(field).line();
        naming::optional("cell", words.as_deref()).map_err(|refused| of_rule(self.row, Some(field), refused))
    }

    fn must(&self, field: DirectoryField) -> Result<String, DirectoryFault> {
        self.may(field)?.ok_or_else(|| self.blame(field, &Mend::Missing))
    }

    fn roles(&self) -> Result<Vec<String>, DirectoryFault> {
        let words = self.cell(DirectoryField::Roles).shown();
        let named = words.split([',', ';', '\n']).filter(|part| !part.trim().is_empty()).map(|part| {
            let known = |role: &&schema_identity::Role| role.name == part.trim() || plain(&role.title) == plain(part);
            roles::all().iter().find(known).map(|role| role.name.clone())
        });
        let found: Option<Vec<String>> = named.collect();
        found.ok_or_else(|| self.blame(DirectoryField::Roles, &Mend::Role))
    }

    fn head(&self) -> Result<bool, DirectoryFault> {
        match plain(&self.cell(DirectoryField::Head).shown()).as_str() {
            "" | "khong" | "0" => Ok(false),
            "x" | "co" | "1" | "dung" => Ok(true),
            _ => Err(self.blame(DirectoryField::Head, &Mend::YesNo)),
        }
    }

    fn from(&self, from: Day) -> Result<Day, DirectoryFault> {
        let said = self.cell(DirectoryField::From).day();
        said.map(|day| day.unwrap_or(from)).map_err(|Unfit| self.blame(DirectoryField::From, &Mend::Day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(kind: DirectoryImportKind, file: &str, given: &[DirectoryColumn]) -> Lines {
        read(kind, &sheet::read(file.as_bytes(), 99).unwrap(), given, "2026-11-01".parse().unwrap())
    }

    #[test]
    fn people_are_read_with_and_without_accents_in_any_order() {
        for heads in
            ["Họ và tên;Chức vụ;Đơn vị;Vai trò;Đứng đầu;Từ ngày", "HO VA TEN;chuc vu;don vi;vai tro;dung dau;tu ngay"]
        {
            let row = "Lê Thị Thử;Văn thư kiêm lưu trữ;Văn phòng;Văn thư, archivist;x;1/10/2026";
            let found = lines(DirectoryImportKind::People, &format!("DANH SÁCH;;;;;\n{heads}\n{row}\n"), &[]);
            assert_eq!(found.faults, [], "{heads}");
            let line = &found.fit[0];
            assert_eq!((line.row, line.name.as_str(), line.unit.as_str()), (3, "Lê Thị Thử", "Văn phòng"));
            assert_eq!(
                (line.roles.as_slice(), line.head),
                (&["document_clerk".to_owned(), "archivist".into()][..], true)
            );
            assert_eq!(line.from, "2026-10-01".parse().unwrap());
        }
    }

    #[test]
    fn a_mapping_says_what_heads_do_not() {
        let given = [DirectoryColumn { head: "Tổ".into(), field: DirectoryField::Name }];
        let found = lines(DirectoryImportKind::Units, "to,truc thuoc\nTổ Một cửa,Văn phòng\n", &given);
        assert_eq!((found.fit[0].name.as_str(), found.fit[0].parent.as_deref()), ("Tổ Một cửa", Some("Văn phòng")));
        assert_eq!(found.fit[0].from, "2026-11-01".parse().unwrap());
        assert_eq!(lines(DirectoryImportKind::Units, "x,y\n1,2\n", &[]).faults[0].code, "identity.row_heads");
        let twice = lines(DirectoryImportKind::Units, "Tên đơn vị,Phòng ban\nA,B\n", &[]);
        assert_eq!(twice.faults[0].code, "identity.row_column_twice");
    }

    #[test]
    fn every_fault_of_a_row_is_told_at_once() {
        let heads = "Họ và tên;Chức vụ;Đơn vị;Vai trò;Đứng đầu;Từ ngày";
        let found = lines(DirectoryImportKind::People, &format!("{heads}\n;;Văn phòng;vua;có thể;31/2/2026\n"), &[]);
        let told: Vec<(&str, Option<DirectoryField>)> =
            found.faults.iter().map(|fault| (fault.code.as_str(), fault.field)).collect();
        assert_eq!(
            told,
            [
                ("identity.row_missing", Some(DirectoryField::Name)),
                ("identity.row_missing", Some(DirectoryField::Title)),
                ("identity.row_role", Some(DirectoryField::Roles)),
                ("identity.row_yes_no", Some(DirectoryField::Head)),
                ("identity.row_day", Some(DirectoryField::From)),
            ]
        );
    }
}
