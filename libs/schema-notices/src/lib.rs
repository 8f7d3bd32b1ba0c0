//! What `notices` promises: what needs a person now (thông báo), and how they want to be told by e-mail.
//!
//! A notice names a noun by kind and id and says nothing of its content: the reader opens the noun under their own
//! rights. Every call is about the caller's own notices; there is none about anybody else's, and none that counts.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// The noun, and looking at it.
mod notice;
/// How a person wants to be told.
mod preferences;
/// Why notices says no.
mod refusal;
/// Who acts for whom.
mod stand_in;

pub use notice::{
    ListNotices, MarkNoticeRead, MarkNoticesRead, Notice, NoticeGiven, NoticeKind, NoticeSource, NoticeSourceKind,
    NoticesRead,
};
pub use preferences::{ConfirmNoticeAddress, GetNoticeSettings, NoticeSettings, PutNoticeSettings};
pub use refusal::Refusal;
pub use stand_in::{ListStandIns, StandIn, StandInAbsence};

use wire::Page;

wire::contract! {
    service "notices" refuses Refusal;

    calls {
        Read ListNotices => Page<Notice>, "list_notices.v1", GET "/api/v1/notices", signed_in;
        Write MarkNoticeRead => Notice, "mark_notice_read.v1", POST "/api/v1/notices/{id}/read-marks", signed_in;
        Write MarkNoticesRead => NoticesRead, "mark_notices_read.v1", POST "/api/v1/notice-read-marks", signed_in;

        Read GetNoticeSettings => NoticeSettings, "get_notice_settings.v1", GET "/api/v1/notice-settings", signed_in;
        Write PutNoticeSettings => NoticeSettings, "put_notice_settings.v1", PUT "/api/v1/notice-settings", signed_in;
        Write ConfirmNoticeAddress => NoticeSettings, "confirm_notice_address.v1",
            POST "/api/v1/notice-settings/confirmation", signed_in;

        Read ListStandIns => Page<StandIn>, "list_stand_ins.v1", GET "/api/v1/stand-ins", signed_in;
    }

    events {
        NoticeGiven, "notice_given.v1", aggregate notice.id, office notice.office;
    }
}
