//! What is to be mended in a spreadsheet of units or people, in both languages.

use schema_identity::{DirectoryFault, DirectoryField};
use wire::Fault;

/// Something wrong with a cell, a row or the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mend {
    /// No row has heads.
    NoHeads,
    /// Two columns hold the same.
    ColumnTwice,
    /// More offices are named than one import brings rows into.
    Offices {
        /// The most.
        most: usize,
    },
    /// A cell that must hold something is blank.
    Missing,
    /// No day.
    Day,
    /// Neither yes nor no.
    YesNo,
    /// No role of that name or title.
    Role,
    /// No such office, or not the caller's: the two look alike.
    Office,
    /// The office has ended.
    OfficeEnded,
    /// No unit of that name on that day.
    Unit,
    /// Several units of that name on that day.
    UnitAmbiguous,
    /// The row of the unit above has a fault, comes later in time, or stands below this one.
    Above {
        /// That row.
        row: u32,
    },
    /// The same stands in an earlier row.
    Twice {
        /// That row.
        first: u32,
    },
    /// The same name stands in an earlier row, and nothing says whether that is the same person.
    SameName {
        /// That row.
        first: u32,
    },
    /// Several people of that name are there.
    Namesakes,
    /// The person is disabled.
    Disabled,
    /// Nobody appoints themselves.
    Yourself,
    /// The unit has a head.
    HeadTaken,
    /// What the row needs was not made.
    Unmade {
        /// The row that would have made it.
        row: u32,
    },
    /// What the row made is in use.
    Used,
}

/// Code, Vietnamese, English.
type Words = (&'static str, &'static str, &'static str);

impl Mend {
    /// Code, Vietnamese, English.
    fn words(&self) -> (&'static str, String, String) {
        let plain = self.of_cells().or_else(|| self.of_the_directory());
        let owned = |(code, vi, en): Words| (code, vi.to_owned(), en.to_owned());
        plain.map_or_else(|| self.of_other_rows(), owned)
    }

    /// What is wrong with the file or a cell as it stands.
    fn of_cells(&self) -> Option<Words> {
        Some(match self {
            Self::NoHeads => (
                "identity.row_heads",
                "không thấy dòng tiêu đề có cột tên (`Tên đơn vị` hoặc `Họ và tên`): hãy thêm hoặc chỉ rõ cột nào là gì",
                "no row of heads with a column of names (`Tên đơn vị` or `Họ và tên`) was found: add one, or say which \
                 column holds what",
            ),
            Self::ColumnTwice => (
                "identity.row_column_twice",
                "hai cột cùng một nội dung: hãy bỏ một cột hoặc chỉ rõ cột nào là gì",
                "two columns hold the same: remove one, or say which column holds what",
            ),
            Self::Missing => ("identity.row_missing", "ô này trống: hãy điền vào", "this cell is blank: fill it in"),
            Self::Day => (
                "identity.row_day",
                "không phải ngày: hãy ghi như `05/3/2026`",
                "this is no day: write it as in `05/3/2026`",
            ),
            Self::YesNo => (
                "identity.row_yes_no",
                "không rõ có hay không: hãy ghi `x` hoặc để trống",
                "this says neither yes nor no: write `x`, or leave it blank",
            ),
            Self::Role => (
                "identity.row_role",
                "không có vai trò này: hãy ghi tên hoặc chức danh của vai trò, cách nhau bằng dấu phẩy, hoặc để trống",
                "there is no such role: write names or titles of roles, parted by commas, or leave it blank",
            ),
            _ => return None,
        })
    }

    /// What does not go with the people and units there are.
    fn of_the_directory(&self) -> Option<Words> {
        Some(match self {
            Self::Office => (
                "identity.row_office",
                "không có văn phòng này, hoặc không thuộc phạm vi của bạn: hãy sửa mã hoặc bỏ dòng này",
                "there is no such office, or it is not yours: correct the code, or take the row out",
            ),
            Self::OfficeEnded => (
                "identity.row_office_ended",
                "văn phòng này đã kết thúc: hãy ghi mã của văn phòng kế thừa",
                "this office has ended: write the code of the one that succeeds it",
            ),
            Self::Unit => (
                "identity.row_unit",
                "văn phòng không có đơn vị tên này vào ngày đó: hãy sửa tên, hoặc nhập đơn vị trước",
                "the office has no unit of this name on that day: correct it, or import the unit first",
            ),
            Self::UnitAmbiguous => (
                "identity.row_unit_ambiguous",
                "có nhiều đơn vị cùng tên này: hãy đổi tên cho phân biệt, hoặc lập riêng dòng này",
                "several units have this name: name them apart, or do this row on its own",
            ),
            Self::Namesakes => (
                "identity.row_namesakes",
                "đã có nhiều người cùng tên: hãy ghi liên hệ đúng của người này để phân biệt",
                "several people of this name are there: give the contact that tells this one apart",
            ),
            Self::Disabled => (
                "identity.row_disabled",
                "người này đang bị khóa: hãy mở lại trước, hoặc ghi liên hệ khác nếu là người khác",
                "this person is disabled: enable them first, or give another contact if it is somebody else",
            ),
            Self::Yourself => (
                "identity.row_yourself",
                "không ai tự bổ nhiệm mình: hãy bỏ dòng này và nhờ quản trị viên khác",
                "nobody appoints themselves: take this row out and ask another administrator",
            ),
            Self::HeadTaken => (
                "identity.row_head_taken",
                "đơn vị đã có chức danh người đứng đầu trong thời gian đó: hãy bỏ dấu ở ô này",
                "the unit has a head's position in that time already: take the mark out of this cell",
            ),
            _ => return None,
        })
    }

    /// What goes with another row, and what came too late.
    fn of_other_rows(&self) -> (&'static str, String, String) {
        match self {
            Self::Offices { most } => (
                "identity.row_offices",
                format!("một tệp nêu nhiều nhất {most} văn phòng: hãy chia thành nhiều tệp"),
                format!("one file names at most {most} offices: divide it into several"),
            ),
            Self::Above { row } => (
                "identity.row_above",
                format!(
                    "đơn vị cấp trên ở dòng {row} có lỗi, bắt đầu muộn hơn, hoặc lại nằm dưới đơn vị này: hãy sửa dòng đó"
                ),
                format!(
                    "the unit above, in row {row}, has a fault, begins later, or stands below this one: mend that row"
                ),
            ),
            Self::Twice { first } => (
                "identity.row_twice",
                format!("nội dung này đã có ở dòng {first}: hãy bỏ một trong hai dòng"),
                format!("the same stands in row {first} already: remove one of the rows"),
            ),
            Self::SameName { first } => (
                "identity.row_same_name",
                format!("tên này đã có ở dòng {first}: hãy ghi liên hệ ở cả hai dòng, giống nhau nếu là một người"),
                format!(
                    "this name stands in row {first} already: give both a contact, the same one for the same person"
                ),
            ),
            Self::Unmade { row } => (
                "identity.row_unmade",
                format!("dòng {row} mà dòng này cần đã không nhập được: hãy nhập lại cả hai"),
                format!("row {row}, which this one needs, could not be entered: import both again"),
            ),
            _ => (
                "identity.row_used",
                "đã được dùng trước khi hoàn tác kịp: hãy kết thúc riêng từng nội dung".to_owned(),
                "it came into use before it could be undone: end what it made on its own".to_owned(),
            ),
        }
    }
}

/// A fault of a cell, a row, or (row 0) of the file.
pub(crate) fn fault(row: u32, field: Option<DirectoryField>, cell: Option<String>, mend: &Mend) -> DirectoryFault {
    let (code, vi, en) = mend.words();
    DirectoryFault { row, field, cell, code: code.to_owned(), vi, en }
}

/// The fault of a row that a rule of the single act refused.
pub(crate) fn of_rule(row: u32, field: Option<DirectoryField>, refused: Fault) -> DirectoryFault {
    let Fault { code, vi, en, .. } = refused;
    DirectoryFault { row, field, cell: None, code, vi, en }
}
