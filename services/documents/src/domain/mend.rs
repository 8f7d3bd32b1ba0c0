//! What is to be mended in a spreadsheet, in both languages.

use schema_documents::{PaperField, RowFault};
use wire::Fault;

/// Something wrong with a cell, a row or the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mend {
    /// The file is no spreadsheet.
    Form,
    /// The file is too long.
    Length,
    /// No row has heads.
    NoHeads,
    /// Two columns hold the same.
    ColumnTwice,
    /// A cell that must hold something is blank.
    Missing,
    /// No whole number.
    Number {
        /// The greatest that makes sense.
        most: i64,
    },
    /// No day.
    Day,
    /// No degree of secrecy.
    Secrecy,
    /// No degree of urgency.
    Urgency,
    /// The same number stood in an earlier row.
    NumberTwice {
        /// That row.
        first: u32,
    },
    /// The number is one that the register will give itself.
    NumberNotBelow {
        /// The register's next number.
        opening: i64,
    },
    /// No arrival register has that day.
    NoRegister,
    /// The file of an old register is too long.
    OldLength,
    /// No row of an old register has heads.
    OldHeads,
    /// No number as registers gave them.
    OldNumber,
    /// Neither a day nor a column says the year.
    OldYear,
    /// It lies in the future.
    Later,
}

impl Mend {
    /// Code, Vietnamese, English.
    pub(crate) fn words(&self) -> (&'static str, String, String) {
        let plain = |code, vi: &str, en: &str| (code, vi.to_owned(), en.to_owned());
        match self {
            Self::OldLength | Self::OldHeads | Self::OldNumber | Self::OldYear | Self::Later => {
                let (code, vi, en) = self.of_old();
                plain(code, vi, en)
            }
            Self::Form => plain(
                "documents.paper_file",
                "tệp không phải bảng tính đọc được: hãy lưu thành XLSX, hoặc CSV mã UTF-8",
                "the file is no spreadsheet that can be read: save it as XLSX, or as CSV in UTF-8",
            ),
            Self::Length => plain(
                "documents.paper_file_long",
                "bảng tính có quá 5.000 dòng hoặc quá lớn: hãy chia thành nhiều tệp",
                "the spreadsheet has more than 5,000 rows or is too large: divide it into several files",
            ),
            Self::NoHeads => plain(
                "documents.paper_heads",
                "không thấy dòng tiêu đề có cột `Số đến`: hãy thêm dòng tiêu đề hoặc chỉ rõ cột nào là gì",
                "no row of heads with a column `Số đến` was found: add one, or say which column holds what",
            ),
            Self::ColumnTwice => plain(
                "documents.paper_column_twice",
                "hai cột cùng một nội dung: hãy bỏ một cột hoặc chỉ rõ cột nào là gì",
                "two columns hold the same: remove one, or say which column holds what",
            ),
            Self::Missing => {
                plain("documents.paper_missing", "ô này trống: hãy điền vào", "this cell is blank: fill it in")
            }
            Self::Number { most } => (
                "documents.paper_number",
                format!("không phải số nguyên từ 1 đến {most}: hãy sửa lại"),
                format!("this is no whole number from 1 to {most}: correct it"),
            ),
            Self::Day => plain(
                "documents.paper_day",
                "không phải ngày: hãy ghi như `05/3/2026`",
                "this is no day: write it as in `05/3/2026`",
            ),
            Self::Secrecy => plain(
                "documents.paper_secrecy",
                "không rõ độ mật: hãy để trống, hoặc ghi `Mật`, `Tối mật`, `Tuyệt mật`",
                "this is no degree of secrecy: leave it blank, or write `Mật`, `Tối mật` or `Tuyệt mật`",
            ),
            Self::Urgency => plain(
                "documents.paper_urgency",
                "không rõ độ khẩn: hãy để trống, hoặc ghi `Khẩn`, `Thượng khẩn`, `Hỏa tốc`",
                "this is no degree of urgency: leave it blank, or write `Khẩn`, `Thượng khẩn` or `Hỏa tốc`",
            ),
            Self::NumberTwice { first } => (
                "documents.paper_number_twice",
                format!("số này đã có ở dòng {first}: hãy sửa một trong hai dòng"),
                format!("this number stands in row {first} already: correct one of the rows"),
            ),
            Self::NumberNotBelow { opening } => (
                "documents.paper_number_not_below",
                format!("sổ sẽ cấp từ số {opening}: chỉ nhập số nhỏ hơn, hoặc sửa số tiếp theo của sổ"),
                format!(
                    "the register gives numbers from {opening} on: import lower ones only, or correct its next number"
                ),
            ),
            Self::NoRegister => plain(
                "documents.paper_no_register",
                "chưa có sổ văn bản đến cho ngày này: hãy thêm sổ của ngày này vào văn bản mở sổ",
                "no arrival register has this day: add the register of this day to the opening act",
            ),
        }
    }

    /// The words of what stands in registers of past years alone.
    fn of_old(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::OldLength => (
                "documents.old_file_long",
                "bảng tính có quá 30.000 dòng hoặc quá lớn: hãy chia thành nhiều tệp, ví dụ mỗi năm một tệp",
                "the spreadsheet has more than 30,000 rows or is too large: divide it, for example a file a year",
            ),
            Self::OldHeads => (
                "documents.old_heads",
                "không thấy dòng tiêu đề có cột `Số` hoặc `Số đến`: hãy thêm dòng tiêu đề hoặc chỉ rõ cột nào là gì",
                "no row of heads with a column `Số` or `Số đến` was found: add one, or say which column holds what",
            ),
            Self::OldNumber => (
                "documents.old_number",
                "không phải số của sổ: hãy ghi như `12` hoặc `12a`",
                "this is no number of a register: write it as in `12` or `12a`",
            ),
            Self::OldYear => (
                "documents.old_year",
                "không rõ năm của sổ: hãy ghi ngày đủ ngày, tháng, năm, hoặc thêm cột `Năm` từ 1930 đến năm nay",
                "the year of the register is not known: write the whole day, or add a column `Năm`, from 1930 to this year",
            ),
            _ => (
                "documents.old_later",
                "ngày này chưa đến: hãy xem lại năm",
                "this day has not come yet: look at the year again",
            ),
        }
    }
}

/// A fault of a cell, a row, or (row 0) of the file.
pub(crate) fn fault(row: u32, field: Option<PaperField>, cell: Option<String>, mend: &Mend) -> RowFault {
    let (code, vi, en) = mend.words();
    RowFault { row, field, cell, code: code.to_owned(), vi, en }
}

/// The fault of a row that a rule of registering refused.
pub(crate) fn faults_of_rule(row: u32, refused: Fault) -> RowFault {
    let Fault { code, vi, en, field, .. } = refused;
    let field = field.and_then(|name| serde_json::from_value(serde_json::Value::String(name)).ok());
    RowFault { row, field, cell: None, code, vi, en }
}
