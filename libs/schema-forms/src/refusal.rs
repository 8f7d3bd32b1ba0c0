//! Why `forms` says no.

use wire::Day;

wire::refusals! {
    /// Every way in which forms refuses.
    pub enum Refusal {
        /// A day before the first instrument that is known here.
        LayoutUnknown { day: Day } => Invalid, "forms.layout_unknown",
            en "no rules of layout are known here for `{day}`",
            vi "hệ thống không có quy định thể thức cho ngày `{day}`", field "dated";
        /// No genre of that key.
        GenreUnknown { genre: String } => Invalid, "forms.genre_unknown",
            en "there is no genre `{genre}`", vi "không có thể loại văn bản `{genre}`", field "genre";
        /// A cursor of another list.
        CursorUnknown => Invalid, "forms.cursor_unknown",
            en "this cursor is not from this list", vi "con trỏ này không thuộc danh sách này", field "cursor";

        /// A text that has to be there.
        TextMissing { place: String } => Invalid, "forms.text_missing",
            en "`{place}` must not be empty", vi "`{place}` không được để trống";
        /// A text that is too long for its place.
        TextTooLong { place: String, most: u32 } => Invalid, "forms.text_too_long",
            en "`{place}` has more than {most} characters", vi "`{place}` dài quá {most} ký tự";
        /// A control character, or one that turns the direction of the text.
        TextUnclean { place: String, position: u32, code: String } => Invalid, "forms.text_unclean",
            en "character {position} of `{place}` is `{code}`, which cannot be printed: remove it",
            vi "ký tự thứ {position} của `{place}` là `{code}`, không in được: hãy bỏ đi";
        /// A character that is not in the fonts of official papers.
        LetterMissing { place: String, position: u32, code: String } => Invalid, "forms.letter_missing",
            en "character {position} of `{place}` is `{code}`, for which the font of official papers has no letter",
            vi "ký tự thứ {position} của `{place}` là `{code}`, không có trong phông chữ văn bản";
        /// Too many of something.
        TooMany { place: String, most: u32 } => TooLarge, "forms.too_many",
            en "`{place}` has more than {most} entries: print it in parts",
            vi "`{place}` có hơn {most} mục: hãy in thành nhiều phần";
        /// A row whose cells are not those of the columns.
        RowUneven { place: String, columns: u32 } => Invalid, "forms.row_uneven",
            en "`{place}` must have {columns} cells, one for each column",
            vi "`{place}` phải có {columns} ô, mỗi cột một ô";
        /// A number outside of what can be drawn.
        WidthOutside { place: String } => Invalid, "forms.width_outside",
            en "`{place}` must be 1 to 100", vi "`{place}` phải từ 1 đến 100";

        /// Books and slips are for printing.
        WordDocumentsOnly => Invalid, "forms.word_documents_only",
            en "only documents are written as DOCX", vi "chỉ văn bản mới xuất ra Word", field "as_word";

        /// The staged content is not there, or is none.
        StagedUnreadable => Invalid, "forms.staged_unreadable",
            en "the staged content is not there or is no paper as JSON: stage it again",
            vi "nội dung chờ không còn hoặc không đọc được: hãy chuẩn bị lại", field "content";
        /// More content than a paper may have.
        ContentTooLarge { most_mib: u32 } => TooLarge, "forms.content_too_large",
            en "the content of a paper may have {most_mib} MiB: print it in parts",
            vi "nội dung một bản in tối đa {most_mib} MiB: hãy in thành nhiều phần", field "content";
        /// More pages than a paper may have.
        PagesTooMany { most: u32 } => TooLarge, "forms.pages_too_many",
            en "the paper would have more than {most} pages: print it in parts",
            vi "bản in sẽ dài hơn {most} trang: hãy in thành nhiều phần";
        /// It took too long.
        TooSlow { seconds: u32 } => OutOfTime, "forms.too_slow",
            en "the paper could not be laid out within {seconds} seconds: print it in parts",
            vi "không dàn trang xong trong {seconds} giây: hãy in thành nhiều phần";
        /// Everybody prints at once.
        PressBusy => Busy, "forms.press_busy",
            en "too many papers are being laid out: try again shortly",
            vi "đang dàn trang quá nhiều văn bản: hãy thử lại sau giây lát";
    }
}
