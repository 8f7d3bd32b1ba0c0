//! Rules about the fields of a message: dates, codes, identifiers, and whether they agree.

use super::{Rule, Severity, Words, rules};
use crate::Basis;

rules! {
    IMPOSSIBLE_DATE "edxml.impossible_date" Error Standard {
        "Ngày `{found}` không có trong lịch." "There is no day `{found}`."
        => "Ghi lại ngày đúng, dạng yyyy/MM/dd như 2026/03/05." "Write the right day, in the form yyyy/MM/dd such as 2026/03/05."
    }
    UNREADABLE_DATE "edxml.unreadable_date" Error Standard {
        "`{found}` không phải là ngày giờ." "`{found}` is no date or time."
        => "Ghi theo dạng {wanted}." "Write it in the form {wanted}."
    }
    DATE_FORM "edxml.date_form" Warning Standard {
        "`{found}` hiểu được nhưng không đúng dạng {wanted}." "`{found}` is understood but not in the form {wanted}."
        => "Ghi theo dạng {wanted}." "Write it in the form {wanted}."
    }
    DOCUMENT_ID_DATE "edxml.document_id_date" Warning Practice {
        "Ngày `{found}` trong mã văn bản không có trong lịch; mã được giữ nguyên văn." "The day `{found}` inside the document id does not exist; the id is kept as written."
        => "Bên gửi sửa mã ở lần gửi sau; không đổi mã của văn bản đã gửi." "The sender mends it in the next message; the id of what was sent does not change."
    }
    DOCUMENT_ID_FORM "edxml.document_id_form" Remark Practice {
        "Mã văn bản `{found}` không theo dạng mã cơ quan,yyyy/MM/dd,số/ký hiệu, cũng không phải GUID; được giữ nguyên." "The document id `{found}` is neither organ,yyyy/MM/dd,number/notation nor a GUID; it is kept as it is."
        => "Không cần sửa nếu mã không trùng với văn bản khác." "Nothing to mend as long as no other document has it."
    }
    DOCUMENT_ID_DISAGREES "edxml.document_id_disagrees" Warning Practice {
        "Mã văn bản ghi `{found}` nhưng phần đầu thư ghi `{wanted}`." "The document id says `{found}`, the header says `{wanted}`."
        => "Cho mã và các trường khớp nhau; bên nhận đối chiếu bằng cả hai." "Make the id and the fields agree; receivers look at both."
    }
    DOCUMENT_ID_DIFFERS "edxml.document_id_differs" Warning Practice {
        "Mã văn bản trong `Bussiness` là `{found}`, trong đầu thư là `{wanted}`." "The document id in `Bussiness` is `{found}`, in the header `{wanted}`."
        => "Với văn bản mới, ghi cùng một mã ở hai nơi." "For a new document, write the same id in both places."
    }
    ORGAN_ID_LONG "edxml.organ_id_long" Error OrganIds {
        "Mã định danh `{found}` dài quá 35 ký tự." "The identifier `{found}` has more than 35 characters."
        => "Tra lại mã định danh của cơ quan." "Look the identifier of the organisation up."
    }
    ORGAN_ID_FORM "edxml.organ_id_form" Warning OrganIds {
        "Mã định danh `{found}` không theo dạng nào đã biết, như `G09.01` hay `000.00.01.G09`." "The identifier `{found}` has no known form, such as `G09.01` or `000.00.01.G09`."
        => "Tra lại mã: chữ hoa A–Z, chữ số và dấu chấm, cấp cao đứng trước." "Look it up: capitals A–Z, digits and dots, the highest level first."
    }
    RECEIVER_TWICE "edxml.receiver_twice" Warning Practice {
        "Nơi nhận `{found}` có hai lần." "The receiver `{found}` stands twice."
        => "Giữ lại một." "Keep one."
    }
    BAD_NUMBER "edxml.bad_number" Error Standard {
        "`{found}` không phải là số nguyên không âm." "`{found}` is no whole number."
        => "Chỉ ghi chữ số." "Write digits only."
    }
    UNKNOWN_CODE "edxml.unknown_code" Error Practice {
        "Giá trị `{found}` không có trong các giá trị đã biết: {wanted}." "The value `{found}` is not among those known: {wanted}."
        => "Dùng một trong: {wanted}." "Use one of: {wanted}."
    }
    UNKNOWN_BUSINESS "edxml.unknown_business" Error Standard {
        "Loại nghiệp vụ `{found}` không có: 0 mới, 1 thu hồi, 2 cập nhật, 3 thay thế." "There is no type of business `{found}`: 0 new, 1 revoke, 2 update, 3 replace."
        => "Ghi 0, 1, 2 hoặc 3." "Write 0, 1, 2 or 3."
    }
    REASON_MISSING "edxml.reason_missing" Error Statuses {
        "Thiếu lý do; {wanted} phải có lý do." "The reason is missing; {wanted} needs one."
        => "Ghi lý do bằng một câu mà người nhận hiểu được." "Give the reason in a sentence that the other side understands."
    }
    AFFECTED_MISSING "edxml.affected_missing" Error Standard {
        "Không nói văn bản nào bị thu hồi, cập nhật hay thay thế." "It is not said which document is revoked, updated or replaced."
        => "Ghi mã của văn bản đó: `Bussiness/DocumentId`, khi thay thế thì trong `ReplacementInfoList`." "Give its id: `Bussiness/DocumentId`, or when it replaces in `ReplacementInfoList`."
    }
    UNKNOWN_STATUS "edxml.unknown_status" Error Statuses {
        "Mã trạng thái `{found}` không có; các mã đã biết là {wanted}." "There is no status code `{found}`; those known are {wanted}."
        => "Dùng một trong: {wanted}." "Use one of: {wanted}."
    }
    STATUS_FORM "edxml.status_form" Remark Practice {
        "Mã trạng thái ghi `{found}`; dạng chuẩn có hai chữ số: `{wanted}`." "The status code is written `{found}`; its form has two digits: `{wanted}`."
        => "Ghi `{wanted}`." "Write `{wanted}`."
    }
    DUE_BEFORE "edxml.due_before_promulgation" Warning Practice {
        "Hạn `{found}` sớm hơn ngày ban hành `{wanted}`." "The due day `{found}` is before the day of promulgation, `{wanted}`."
        => "Sửa hạn, hoặc bỏ trống khi không có hạn." "Mend it, or leave it out when there is none."
    }
    CODE_NUMBER_FORM "edxml.code_number_form" Warning Practice {
        "Số văn bản `{found}` không bắt đầu bằng chữ số." "The number of the document, `{found}`, does not begin with a digit."
        => "Chỉ ghi số vào `CodeNumber`, ký hiệu vào `CodeNotation`." "Put the number alone into `CodeNumber`, the rest into `CodeNotation`."
    }
    NOTATION_REPEATS "edxml.notation_repeats_number" Warning Practice {
        "Ký hiệu `{found}` lặp lại số; bên nhận sẽ thấy số hai lần." "The notation `{found}` repeats the number; receivers will see it twice."
        => "Chỉ ghi `{wanted}` vào `CodeNotation`." "Put `{wanted}` alone into `CodeNotation`."
    }
    HIDDEN_CHARACTER "edxml.hidden_character" Warning Practice {
        "Trong chữ có ký tự ẩn {found}; đã bỏ." "The text has the hidden character {found}; it was taken out."
        => "Gõ lại đoạn chữ này." "Type this text again."
    }
    TOO_LONG "edxml.too_long" Error Bound {
        "Trường này dài {found} ký tự; nhiều nhất {wanted}." "This field has {found} characters; at most {wanted} are taken."
        => "Rút gọn lại." "Make it shorter."
    }
}
