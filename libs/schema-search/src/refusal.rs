//! Why search says no.

wire::refusals! {
    /// Every way in which search refuses.
    pub enum Refusal {
        /// Nothing to look for.
        NothingAsked => Invalid, "search.nothing_asked",
            en "say what to look for: words, a symbol, a genre or days",
            vi "hãy cho biết cần tìm gì: từ ngữ, số ký hiệu, tên loại hoặc ngày", field "q";
        /// A text that is longer than is looked at.
        TooLong { name: String, limit: usize } => Invalid, "search.too_long",
            en "`{name}` is longer than {limit} characters: shorten it",
            vi "`{name}` dài quá {limit} ký tự: hãy rút gọn";
        /// More words than are looked for at once.
        TooManyWords { limit: usize } => Invalid, "search.too_many_words",
            en "these are more than {limit} words: leave some out",
            vi "có quá {limit} từ: hãy bớt đi", field "q";
        /// A filter whose value cannot be read.
        FilterUnclear { name: String, value: String } => Invalid, "search.filter_unclear",
            en "`{name}:{value}` cannot be read: write days as 01/10/2026 and years as 2026",
            vi "không đọc được `{name}:{value}`: hãy ghi ngày như 01/10/2026, năm như 2026", field "q";
        /// The end lies before the beginning.
        DaysReversed => Invalid, "search.days_reversed",
            en "the last day lies before the first: change one of them",
            vi "ngày cuối đứng trước ngày đầu: hãy sửa lại", field "to";
        /// A cursor of another list.
        CursorUnknown => Invalid, "search.cursor_unknown",
            en "this cursor was not given by a search: begin again without one",
            vi "con trỏ trang không phải của tra cứu: hãy bắt đầu lại từ trang đầu", field "cursor";
        /// No such noun, or none that can be found, or out of sight.
        NounMissing => Missing, "search.noun_missing",
            en "nothing that you may read and that can be searched has this id",
            vi "không có nội dung tra cứu được với mã này mà bạn được đọc", field "id";
        /// The index is being opened.
        NotReady => Busy, "search.not_ready",
            en "the index is being opened: try again in a moment",
            vi "chỉ mục đang được mở: hãy thử lại sau giây lát";
    }
}
