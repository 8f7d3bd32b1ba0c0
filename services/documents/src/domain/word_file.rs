//! What is said of a Word document that was read, or could not be.

use docx::{Note, Unreadable};
use schema_documents::{ImportNote, WordRefusal};

/// Why a file is not read.
pub(crate) fn refusal(unreadable: Unreadable) -> WordRefusal {
    let damaged = |part: String| WordRefusal::WordDamaged { part };
    match unreadable {
        Unreadable::NotDocx => WordRefusal::NotWord,
        Unreadable::OldDoc => WordRefusal::WordOld,
        Unreadable::Locked => WordRefusal::WordLocked,
        Unreadable::Damaged => damaged("zip".to_owned()),
        Unreadable::TooLarge | Unreadable::UnfoldsTooFar | Unreadable::TooLong => WordRefusal::WordTooLarge,
        Unreadable::TooDeep { part } | Unreadable::Entities { part } | Unreadable::Malformed { part } => damaged(part),
    }
}

/// What is to be looked over, in two languages.
pub(crate) fn note(note: Note) -> ImportNote {
    let (code, en, vi) = match note {
        Note::MacrosLeftOut => {
            ("macros_left_out", "Macros were not read.".to_owned(), "Macro không được đọc.".to_owned())
        }
        Note::ObjectsLeftOut { count } => (
            "objects_left_out",
            format!("{count} embedded objects were left out."),
            format!("Bỏ {count} đối tượng nhúng."),
        ),
        Note::PicturesLeftOut { count } => {
            ("pictures_left_out", format!("{count} pictures were left out."), format!("Bỏ {count} hình ảnh."))
        }
        Note::ChangesTaken { inserted, deleted } => (
            "changes_taken",
            format!("Tracked changes: {inserted} insertions were taken, {deleted} deletions left out."),
            format!("Theo dõi sửa đổi: lấy {inserted} chỗ thêm, bỏ {deleted} chỗ xóa."),
        ),
        Note::CommentsLeftOut { count } => {
            ("comments_left_out", format!("{count} comments were left out."), format!("Bỏ {count} nhận xét."))
        }
        Note::FootnotesInlined { count } => (
            "footnotes_inlined",
            format!("{count} footnotes stand in parentheses in their places."),
            format!("{count} chú thích chân trang được đặt trong ngoặc tại chỗ."),
        ),
        Note::PageHeadsLeftOut => (
            "page_heads_left_out",
            "Words at the top and foot of pages were left out.".to_owned(),
            "Bỏ chữ ở đầu trang, chân trang.".to_owned(),
        ),
        Note::HiddenLeftOut { count } => (
            "hidden_left_out",
            format!("{count} pieces of hidden text were left out."),
            format!("Bỏ {count} đoạn chữ ẩn."),
        ),
        Note::SymbolsUnknown { count } => (
            "symbols_unknown",
            format!("{count} signs have no letter and stand as \u{FFFD}."),
            format!("{count} ký hiệu không có chữ tương ứng, hiện là \u{FFFD}."),
        ),
        Note::FontsConverted { fonts } => (
            "fonts_converted",
            format!("Letters of old fonts were turned into Unicode: {}.", fonts.join(", ")),
            format!("Chữ của phông cũ được chuyển sang Unicode: {}.", fonts.join(", ")),
        ),
        Note::LetterheadLeftOut { lines } => (
            "letterhead_left_out",
            format!("The head of the paper was left out, since the form has it: {}.", lines.join(" · ")),
            format!("Bỏ phần đầu văn bản vì biểu mẫu đã có: {}.", lines.join(" · ")),
        ),
        Note::LetterheadKept => (
            "letterhead_kept",
            "Something like the head of a paper stands in the text: take it out if it is.".to_owned(),
            "Trong chữ có phần giống đầu văn bản: hãy bỏ nếu đúng là vậy.".to_owned(),
        ),
    };
    ImportNote { code: code.to_owned(), en, vi }
}
