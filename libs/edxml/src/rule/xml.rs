//! Rules about bytes and XML: what keeps any program from reading the file.

use super::{Rule, Severity, Words, rules};
use crate::Basis;

rules! {
    EMPTY "edxml.empty" Error Xml {
        "Tệp rỗng." "The file is empty."
        => "Lấy lại tệp từ nơi gửi hoặc từ trục liên thông." "Fetch the file again from the sender or from the axis."
    }
    NOT_EDXML "edxml.not_edxml" Error Standard {
        "Tệp này là {found}, không phải edXML." "This file is {found}, not edXML."
        => "Chọn tệp có phần tử gốc `edXML`; văn bản đính kèm phải nằm bên trong tệp đó."
           "Choose the file whose root element is `edXML`; the document itself has to lie inside it."
    }
    WHOLE_BASE64 "edxml.whole_base64" Error Practice {
        "Cả tệp còn ở dạng base64, như khi lấy thẳng từ giao diện của trục." "The whole file is still base64, as interfaces of the axis hand it out."
        => "Giải mã base64 một lần rồi kiểm tra lại." "Decode base64 once and check again."
    }
    NOT_UTF8 "edxml.not_utf8" Error Xml {
        "Tệp không phải UTF-8: {found}." "The file is not UTF-8: {found}."
        => "Lưu lại tệp bằng UTF-8 và khai `encoding=\"UTF-8\"`." "Save the file as UTF-8 and declare `encoding=\"UTF-8\"`."
    }
    ENCODING_DECLARED "edxml.encoding_declared" Warning Xml {
        "Tệp khai bảng mã `{found}` nhưng thật ra là UTF-8; đã đọc theo UTF-8." "The file declares `{found}` but is UTF-8; it was read as UTF-8."
        => "Sửa dòng khai báo thành `encoding=\"UTF-8\"`." "Change the declaration to `encoding=\"UTF-8\"`."
    }
    JUNK_BEFORE "edxml.junk_before_xml" Warning Xml {
        "Có ký tự thừa `{found}` trước khai báo XML; đã bỏ qua." "Stray characters `{found}` stand before the XML declaration; they were skipped."
        => "Xóa mọi thứ đứng trước `<?xml`." "Remove everything before `<?xml`."
    }
    JUNK_AFTER "edxml.junk_after_xml" Error Xml {
        "Sau thẻ đóng của phần tử gốc còn `{found}`." "After the end of the root element there is `{found}`."
        => "Mỗi tệp một phần tử gốc: xóa phần thừa, hoặc tách thành hai tệp." "One root element to a file: remove the rest, or part it into two files."
    }
    TRUNCATED "edxml.truncated" Error Xml {
        "Tệp bị cụt: hết tệp khi `{found}` chưa đóng." "The file is cut off: it ends while `{found}` is open."
        => "Tải lại tệp; nếu bên gửi cũng chỉ có thế, đề nghị gửi lại." "Download it again; if the sender has no more, ask for it to be sent again."
    }
    TAG_MISMATCH "edxml.tag_mismatch" Error Xml {
        "Thẻ đóng `{found}` không khớp: đang chờ `{wanted}`." "The closing tag `{found}` does not match: `{wanted}` was expected."
        => "Đóng các thẻ theo đúng thứ tự đã mở: ở đây cần `{wanted}`." "Close tags in the order in which they were opened: `{wanted}` belongs here."
    }
    MALFORMED "edxml.malformed" Error Xml {
        "Không đúng cú pháp XML ở `{found}`." "This is not well-formed XML, at `{found}`."
        => "Sửa cú pháp ở chỗ này; `<` trong chữ phải viết `&lt;`." "Mend the syntax here; a `<` in text has to be written `&lt;`."
    }
    BAD_ATTRIBUTE "edxml.bad_attribute" Error Xml {
        "Thuộc tính của thẻ `{found}` viết sai: thiếu `=`, thiếu nháy, hoặc lặp lại." "The attributes of the tag `{found}` are wrong: no `=`, no quotes, or one of them twice."
        => "Viết mỗi thuộc tính một lần, dạng tên=\"giá trị\"." "Write each attribute once, as name=\"value\"."
    }
    BARE_AMPERSAND "edxml.bare_ampersand" Error Xml {
        "Dấu `&` đứng một mình ở `{found}`." "A bare `&` stands at `{found}`."
        => "Viết `&amp;` thay cho `&`." "Write `&amp;` instead of `&`."
    }
    UNKNOWN_ENTITY "edxml.unknown_entity" Error Xml {
        "Thực thể `{found}` không có trong XML." "XML has no entity `{found}`."
        => "Viết thẳng ký tự đó; chỉ có `&amp;` `&lt;` `&gt;` `&quot;` `&apos;` và mã số." "Write the character itself; there are only `&amp;` `&lt;` `&gt;` `&quot;` `&apos;` and numbers."
    }
    FORBIDDEN_CHARACTER "edxml.forbidden_character" Error Xml {
        "Ký tự điều khiển {found} không được phép có trong XML." "The control character {found} may not stand in XML."
        => "Xóa ký tự đó; thường nó lọt vào khi chép từ Word hoặc PDF." "Remove it; it usually comes along when text is copied from Word or PDF."
    }
    DOCTYPE "edxml.doctype" Error Bound {
        "Tệp có khai báo DOCTYPE; edXML không dùng và nó có thể làm treo máy nhận." "The file has a DOCTYPE; edXML has no use for one, and it can bring a receiver down."
        => "Xóa cả khai báo `<!DOCTYPE …>`." "Remove the whole `<!DOCTYPE …>`."
    }
    UNDECLARED_PREFIX "edxml.undeclared_prefix" Error Xml {
        "Tiền tố `{found}` dùng mà chưa khai không gian tên." "The prefix `{found}` is used without being declared."
        => "Thêm `xmlns:{found}=\"{wanted}\"` vào phần tử gốc." "Add `xmlns:{found}=\"{wanted}\"` to the root element."
    }
    TOO_LARGE "edxml.too_large" Error Bound {
        "Tệp quá lớn: {found} byte; nhận nhiều nhất {wanted}." "The file is too large: {found} bytes; at most {wanted} are taken."
        => "Bớt hoặc nén tệp đính kèm, hoặc gửi thành nhiều văn bản." "Leave attachments out or make them smaller, or send several messages."
    }
    TOO_DEEP "edxml.too_deep" Error Bound {
        "Các phần tử lồng nhau quá {wanted} tầng." "Elements are nested deeper than {wanted} levels."
        => "edXML cần chưa đến mười hai tầng: bỏ phần lồng thừa." "edXML needs fewer than twelve levels: take the others out."
    }
    TOO_MANY_ELEMENTS "edxml.too_many_elements" Error Bound {
        "Tệp có hơn {wanted} phần tử và thuộc tính." "The file has more than {wanted} elements and attributes."
        => "Chia danh sách nơi nhận thành nhiều lần gửi." "Divide the list of receivers into several messages."
    }
}
