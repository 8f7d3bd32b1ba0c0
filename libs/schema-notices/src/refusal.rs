//! Why notices says no.

use wire::id::NoticeId;

wire::refusals! {
    /// Every way in which notices refuses.
    pub enum Refusal {
        /// No such notice, or another's.
        NoticeMissing { id: NoticeId } => Missing, "notices.notice_missing",
            en "you have no notice `{id}`", vi "bạn không có thông báo `{id}`", field "id";
        /// A cursor of another list.
        CursorUnknown => Invalid, "notices.cursor_unknown",
            en "this cursor is not from this list", vi "con trỏ này không thuộc danh sách này", field "cursor";
        /// A moment that has not come.
        UntilAhead => Invalid, "notices.until_ahead",
            en "only what has come can be marked as read: name a moment that has passed",
            vi "chỉ đánh dấu đã đọc được thông báo đã có: hãy ghi thời điểm đã qua", field "until";

        /// Not an e-mail address.
        AddressUnclear => Invalid, "notices.address_unclear",
            en "this is not an e-mail address such as `an.nguyen@example.vn`",
            vi "đây không phải địa chỉ thư điện tử, ví dụ `an.nguyen@example.vn`", field "address";
        /// No mail server.
        MailNotConfigured => Conflict, "notices.mail_not_configured",
            en "this installation sends no e-mail: ask its operator to set `[notices] smtp_url`",
            vi "hệ thống này không gửi thư điện tử: hãy đề nghị quản trị đặt `[notices] smtp_url`", field "address";
        /// An interval outside of what is offered.
        BundleOutside { least: u16, most: u16 } => Invalid, "notices.bundle_outside",
            en "mails can be {least} to {most} minutes apart",
            vi "các thư cách nhau từ {least} đến {most} phút", field "bundle_minutes";
        /// Codes asked for too fast: an address must not be flooded by whoever names it.
        CodeTooSoon { minutes: u16 } => Limited, "notices.code_too_soon",
            en "a code was mailed less than {minutes} minutes ago: use it, or wait",
            vi "mã vừa được gửi chưa đến {minutes} phút: hãy dùng mã đó hoặc đợi", field "address";
        /// No address waits, or its code is worn out.
        NothingToConfirm => Conflict, "notices.nothing_to_confirm",
            en "no address waits for a code, or its code is no longer good: set the address again",
            vi "không có địa chỉ nào chờ mã, hoặc mã không còn dùng được: hãy đặt lại địa chỉ";
        /// Not the code.
        CodeWrong => Invalid, "notices.code_wrong",
            en "this is not the code that was mailed", vi "mã không đúng với mã đã gửi", field "code";
    }
}
