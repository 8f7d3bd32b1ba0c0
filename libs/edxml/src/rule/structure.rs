//! Rules about elements: which there must be, where, and how often.

use super::{Rule, Severity, Words, rules};
use crate::Basis;

rules! {
    WRONG_NAMESPACE "edxml.wrong_namespace" Error Standard {
        "Không gian tên là `{found}`, phải là `{wanted}`." "The namespace is `{found}`; it has to be `{wanted}`."
        => "Sửa khai báo `xmlns` thành `{wanted}`, đúng từng chữ." "Change the declaration `xmlns` to `{wanted}`, letter by letter."
    }
    NO_NAMESPACE "edxml.no_namespace" Error Standard {
        "Phần tử `{found}` không thuộc không gian tên nào." "The element `{found}` is in no namespace."
        => "Thêm `xmlns=\"{wanted}\"` vào phần tử gốc." "Add `xmlns=\"{wanted}\"` to the root element."
    }
    ROOT_LEFT_OUT "edxml.root_left_out" Warning Practice {
        "Phần tử gốc là `edXMLEnvelope`, thiếu `edXML` bao ngoài." "The root is `edXMLEnvelope`; the `edXML` around it is missing."
        => "Bao toàn bộ trong `<edXML xmlns=…>`; tệp đính kèm nằm cạnh phong bì." "Put `<edXML xmlns=…>` around it; attachments stand beside the envelope."
    }
    OLD_ENVELOPE "edxml.old_envelope" Error Practice {
        "Đây là dạng phong bì SOAP cũ (`{found}`), có trước QCVN 102." "This is the old SOAP envelope (`{found}`), from before QCVN 102."
        => "Đề nghị bên gửi xuất theo QCVN 102:2016/BTTTT." "Ask the sender for the form of QCVN 102:2016/BTTTT."
    }
    MISSING "edxml.missing_element" Error Standard {
        "Thiếu phần tử `{wanted}` trong `{found}`." "The element `{wanted}` is missing in `{found}`."
        => "Thêm `<edXML:{wanted}>…</edXML:{wanted}>` vào `{found}`." "Add `<edXML:{wanted}>…</edXML:{wanted}>` to `{found}`."
    }
    ADVISABLE "edxml.advisable_element" Warning Practice {
        "Nên có `{wanted}` trong `{found}`; nhiều phần mềm nhận cần đến." "There should be `{wanted}` in `{found}`; many receivers need it."
        => "Thêm `<edXML:{wanted}>…</edXML:{wanted}>` vào `{found}`." "Add `<edXML:{wanted}>…</edXML:{wanted}>` to `{found}`."
    }
    EMPTY_ELEMENT "edxml.empty_element" Error Standard {
        "Phần tử `{found}` bị bỏ trống." "The element `{found}` is empty."
        => "Điền giá trị của `{found}`." "Fill in the value of `{found}`."
    }
    REPEATED "edxml.repeated_element" Error Standard {
        "`{found}` chỉ được có một lần; đã đọc lần đầu." "`{found}` may stand only once; the first was read."
        => "Giữ lại một `{found}`." "Keep one `{found}`."
    }
    MISSPELT "edxml.misspelt_element" Error Standard {
        "Tên phần tử `{found}` viết sai; tên đúng là `{wanted}`." "The element `{found}` is misspelt; its name is `{wanted}`."
        => "Đổi thành `{wanted}`, đúng cả chữ hoa, chữ thường." "Change it to `{wanted}`, capitals too."
    }
    MISPLACED "edxml.misplaced_element" Error Standard {
        "Phần tử `{found}` đứng sai chỗ; nó thuộc về `{wanted}`." "The element `{found}` stands in the wrong place; it belongs in `{wanted}`."
        => "Chuyển `{found}` vào trong `{wanted}`." "Move `{found}` into `{wanted}`."
    }
    UNKNOWN_ELEMENT "edxml.unknown_element" Remark Practice {
        "Phần tử `{found}` lạ; đã bỏ qua." "The element `{found}` is not known; it was passed over."
        => "Không cần sửa nếu là phần mở rộng đã thỏa thuận với bên nhận." "Nothing to mend if it was agreed with the receiver."
    }
    MISSING_RECEIVER "edxml.missing_receiver" Error Standard {
        "Văn bản không có nơi nhận nào (`To`)." "The message has no receiver (`To`)."
        => "Thêm ít nhất một `<edXML:To>` có `OrganId`." "Add at least one `<edXML:To>` with an `OrganId`."
    }
    STRAY_TEXT "edxml.stray_text" Warning Standard {
        "Có chữ `{found}` đứng ngoài các phần tử con; đã bỏ qua." "Text `{found}` stands between the child elements; it was passed over."
        => "Xóa đi, hoặc đưa vào phần tử của nó." "Remove it, or put it into the element it belongs to."
    }
}
