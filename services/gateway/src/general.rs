//! Refusals that any call may meet, whichever service answers: the chassis, the bus and the tokens say them.

use wire::{Kind, RefusalRow};

/// The group under which they are listed.
pub(crate) const TAG: &str = "wire";

/// Kind, code, Vietnamese, English. The sentences here explain; those that travel may be more precise.
const ROWS: [(Kind, &str, &str, &str); 25] = [
    (Kind::Unauthenticated, "wire.unauthenticated", "cần đăng nhập", "sign in first"),
    (
        Kind::Unauthenticated,
        "auth.token_expired",
        "mã truy cập đã hết hạn; hãy đăng nhập lại",
        "the token has expired; sign in again",
    ),
    (
        Kind::Unauthenticated,
        "auth.token_bad",
        "mã truy cập không hợp lệ; hãy đăng nhập lại",
        "the token is not good; sign in again",
    ),
    (
        Kind::Unauthenticated,
        "wire.step_up_needed",
        "việc này cần xác thực lại ngay lúc này: hãy gọi `POST /api/v1/step-up` rồi thực hiện lại",
        "this call asks for a fresh proof of who you are: call `POST /api/v1/step-up`, then repeat it",
    ),
    (Kind::Denied, "wire.denied", "bạn không có quyền làm việc này", "you lack the permission for this"),
    (
        Kind::Denied,
        "wire.bounded",
        "việc này vượt phạm vi được ủy quyền; để người ủy quyền tự làm",
        "this lies beyond what was delegated to you; whoever delegated it does it",
    ),
    (
        Kind::Conflict,
        "wire.office_ended",
        "cơ quan này đã kết thúc hoạt động: chỉ giải quyết tiếp việc đang dở, việc mới lập tại cơ quan kế thừa",
        "this office has ended: finish what is open there, and begin what is new in the office that succeeded it",
    ),
    (
        Kind::Missing,
        "wire.missing",
        "không tìm thấy, hoặc nằm ngoài phạm vi của bạn",
        "there is no such thing, or it lies outside your scope",
    ),
    (
        Kind::Missing,
        "wire.file_missing",
        "tệp đã tải lên không còn nữa; hãy tải lên lại",
        "the uploaded file is no longer there; upload it again",
    ),
    (Kind::Invalid, "wire.audit_days", "nhật ký xem mỗi lần tối đa 92 ngày", "the log is read 92 days at a time"),
    (
        Kind::Invalid,
        "wire.unreadable_call",
        "một trường bị thiếu hoặc có giá trị không hợp lệ",
        "a field is missing or holds another value than it may",
    ),
    (
        Kind::Invalid,
        "wire.key_missing",
        "mỗi yêu cầu thay đổi cần tiêu đề `Idempotency-Key`",
        "every change needs an `Idempotency-Key`",
    ),
    (
        Kind::Invalid,
        "wire.bad_ticket",
        "phiếu tải tệp đã hết hạn, của người khác, hoặc dành cho cơ quan hay mục đích khác",
        "the upload ticket is expired, another's, or for another office or purpose",
    ),
    (
        Kind::Invalid,
        "wire.malformed",
        "thông tin kèm theo yêu cầu chứa ký tự không gửi được",
        "what accompanies the request holds characters that cannot be sent",
    ),
    (
        Kind::Conflict,
        "wire.key_reused",
        "`Idempotency-Key` này đã dùng cho một yêu cầu khác",
        "this `Idempotency-Key` was used for another request",
    ),
    (
        Kind::Stale,
        "wire.stale",
        "dữ liệu đã được người khác thay đổi sau khi bạn mở; hãy tải lại rồi làm lại thay đổi",
        "somebody has changed this since you read it; read it again and repeat your change",
    ),
    (Kind::TooLarge, "wire.too_large", "yêu cầu quá lớn", "the request is too large"),
    (
        Kind::Busy,
        "wire.busy",
        "dịch vụ tạm thời chưa phục vụ được, vui lòng thử lại sau giây lát",
        "the service cannot answer just now; try again shortly",
    ),
    (
        Kind::OutOfTime,
        "wire.out_of_time",
        "quá thời gian chờ, chưa rõ yêu cầu đã được thực hiện hay chưa",
        "no answer within the time allowed; whether it was done is not known",
    ),
    (
        Kind::OutOfTime,
        "wire.unknown_end",
        "chưa rõ yêu cầu đã được thực hiện hay chưa; hãy gửi lại với cùng `Idempotency-Key`, hệ thống không làm hai lần",
        "whether it was done is not known; repeat it with the same `Idempotency-Key`, which never does it twice",
    ),
    (
        Kind::OutOfSpace,
        "wire.out_of_space",
        "không còn chỗ để lưu; vẫn xem được, người vận hành cần giải phóng dung lượng",
        "there is no room to store this; reading still works, and the operator has to make room",
    ),
    (
        Kind::Broken,
        "wire.broken",
        "hệ thống gặp lỗi; không có gì bị thay đổi và lỗi đã được ghi lại",
        "something went wrong on our side; nothing was changed, and it has been logged",
    ),
    (
        Kind::Broken,
        "wire.unreadable",
        "kết quả của một dịch vụ khác không đọc được",
        "another service answered in a form this version cannot read",
    ),
    (
        Kind::Broken,
        "bus.handler_panicked",
        "dịch vụ gặp lỗi khi xử lý yêu cầu này",
        "the service failed while it worked on this request",
    ),
    (
        Kind::Broken,
        "bus.answer_too_large",
        "kết quả vượt quá giới hạn của một thông điệp",
        "the answer is larger than a message may be",
    ),
];

/// The rows of the catalogue.
pub(crate) fn rows() -> Vec<RefusalRow> {
    let row = |(kind, code, vi, en): (Kind, &str, &str, &str)| RefusalRow {
        kind,
        code: code.to_owned(),
        en: en.to_owned(),
        vi: vi.to_owned(),
    };
    ROWS.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    /// Codes that the libraries write in their sources.
    fn written(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                written(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).unwrap();
                let code = |text: &&str| {
                    let parts: Vec<_> = text.split('.').collect();
                    let plain = |part: &&str| part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                    parts.len() == 2 && ["wire", "auth", "bus"].contains(&parts[0]) && parts.iter().all(plain)
                };
                // A setting such as `bus.url` looks like a code; nothing that is a code ends so.
                found.extend(source.split('"').filter(code).filter(|code| !code.ends_with(".url")).map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_code_that_a_library_can_answer_is_explained() {
        let libs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../libs");
        let mut found = Vec::new();
        for lib in ["auth", "bus", "service"] {
            written(&libs.join(lib).join("src"), &mut found);
        }
        assert!(found.len() > 15, "the sources are where they were: {found:?}");
        let known: Vec<String> = rows().into_iter().map(|row| row.code).collect();
        found.retain(|code| !known.contains(code));
        assert!(found.is_empty(), "explain these in `general.rs`: {found:?}");
    }
}
