//! What a mail says: how many notices of which kind, and where to read them. Never a title, a name, a number or an id.

use std::collections::BTreeMap;

use schema_notices::NoticeKind;

/// A mail, before it has a sender and a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// The subject line.
    pub(crate) subject: String,
    /// The text.
    pub(crate) text: String,
}

/// The mail that bundles notices.
pub(crate) fn bundle(counts: &BTreeMap<NoticeKind, u32>, origin: &str) -> Letter {
    let total: u32 = counts.values().sum();
    let lines: String = counts.iter().map(|(kind, count)| format!("- {}: {count}\n", kind.vi())).collect();
    Letter {
        subject: format!("Văn phòng: {total} thông báo mới"),
        text: format!(
            "Bạn có {total} thông báo chưa đọc:\n\n{lines}\nĐăng nhập để xem: {origin}\n\n\
             Thư gửi tự động trong giờ làm việc; không nêu nội dung công việc và không cần trả lời.\n"
        ),
    }
}

/// The mail that proves an address.
pub(crate) fn code(code: &str, origin: &str) -> Letter {
    Letter {
        subject: "Văn phòng: mã xác nhận địa chỉ thư điện tử".to_owned(),
        text: format!(
            "Mã xác nhận: {code}\n\nNhập mã này trong phần cài đặt thông báo tại {origin} trong vòng 24 giờ.\n\
             Nếu bạn không yêu cầu, hãy bỏ qua thư này.\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_names_counts_by_kind_and_the_place_and_nothing_else() {
        let counts = BTreeMap::from([(NoticeKind::Overdue, 1), (NoticeKind::WorkGivenToYou, 2)]);
        let letter = bundle(&counts, "https://vanphong.example");
        assert_eq!(letter.subject, "Văn phòng: 3 thông báo mới");
        let expected = "Bạn có 3 thông báo chưa đọc:\n\n- Việc mới giao cho bạn: 2\n- Việc quá hạn: 1\n\n\
                        Đăng nhập để xem: https://vanphong.example\n\n";
        assert!(letter.text.starts_with(expected), "{}", letter.text);
    }
}
