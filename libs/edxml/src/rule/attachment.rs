//! Rules about attachments and signatures.

use super::{Rule, Severity, Words, rules};
use crate::Basis;

rules! {
    NO_ATTACHMENT "edxml.no_attachment" Error Practice {
        "Văn bản không kèm tệp nào." "The message brings no file."
        => "Kèm văn bản đã ký số; chỉ khi thu hồi mới không cần tệp." "Attach the signed document; only a revocation needs none."
    }
    FOREIGN_FORM "edxml.attachments_of_a_gateway" Error Practice {
        "Tệp đính kèm nằm trong `{found}`, dạng riêng của một phần mềm trung gian." "The attachments stand in `{found}`, a form of one gateway's own."
        => "Đưa tệp vào `AttachmentEncoded` cạnh phong bì, mỗi tệp một dòng trong `edXMLManifest`." "Put files into `AttachmentEncoded` beside the envelope, each with a row in `edXMLManifest`."
    }
    ATTACHMENT_MISSING "edxml.attachment_missing" Error Standard {
        "Danh mục nhắc đến `{found}` nhưng không có tệp nào mang mã đó." "The manifest names `{found}`, but no attachment has that id."
        => "Thêm `Attachment` có `ContentId` là `{found}`, hoặc bỏ dòng trong danh mục." "Add an `Attachment` with the `ContentId` `{found}`, or take the reference out."
    }
    REFERENCE_MISSING "edxml.reference_missing" Error Standard {
        "Tệp `{found}` không có trong danh mục; đã đọc." "The attachment `{found}` is not in the manifest; it was read."
        => "Thêm `Reference` có `ContentId` là `{found}` vào `edXMLManifest`." "Add a `Reference` with the `ContentId` `{found}` to `edXMLManifest`."
    }
    DUPLICATE_ID "edxml.duplicate_content_id" Error Standard {
        "Mã `{found}` dùng cho hai tệp: không biết tệp nào là tệp nào." "The id `{found}` is used twice: which file is which cannot be known."
        => "Cho mỗi tệp một `ContentId` riêng." "Give each file a `ContentId` of its own."
    }
    CONTENT_ID_FORM "edxml.content_id_form" Remark Practice {
        "`{found}` không bắt đầu bằng `cid:`." "`{found}` does not begin with `cid:`."
        => "Ghi `cid:{wanted}`." "Write `cid:{wanted}`."
    }
    BAD_BASE64 "edxml.bad_base64" Error Packing {
        "Nội dung tệp không phải base64: {found}." "The content is not base64: {found}."
        => "Mã hóa lại cả tệp bằng base64 chuẩn (A–Z a–z 0–9 + / =)." "Encode the whole file again as standard base64 (A–Z a–z 0–9 + / =)."
    }
    BASE64_PADDING "edxml.base64_padding" Remark Packing {
        "Base64 thiếu dấu `=` ở cuối; đã đọc được." "The base64 lacks its `=` at the end; it was read."
        => "Thêm dấu `=` cho đủ bội số của 4." "Add `=` up to a multiple of 4."
    }
    ATTACHMENT_EMPTY "edxml.attachment_empty" Error Practice {
        "Tệp `{found}` rỗng." "The file `{found}` is empty."
        => "Kèm lại tệp." "Attach the file again."
    }
    ATTACHMENT_DAMAGED "edxml.attachment_damaged" Error Packing {
        "Gói ZIP của `{found}` bị hỏng: không mở được hoặc sai mã kiểm." "The ZIP of `{found}` is damaged: it does not open, or its checksum is wrong."
        => "Nén lại tệp gốc rồi gửi lại." "Pack the original file again and send it again."
    }
    ATTACHMENT_LOCKED "edxml.attachment_locked" Error Practice {
        "Gói ZIP của `{found}` có mật khẩu." "The ZIP of `{found}` has a password."
        => "Gửi lại không đặt mật khẩu." "Send it without one."
    }
    UNFOLDS_TOO_FAR "edxml.unfolds_too_far" Error Bound {
        "Gói ZIP của `{found}` bung ra quá {wanted} byte." "The ZIP of `{found}` unfolds to more than {wanted} bytes."
        => "Chia nhỏ tệp." "Divide the file."
    }
    TOO_MANY_ATTACHMENTS "edxml.too_many_attachments" Error Bound {
        "Có {found} tệp đính kèm; nhận nhiều nhất {wanted}." "There are {found} attachments; at most {wanted} are taken."
        => "Gộp các tệp, hoặc gửi thành nhiều văn bản." "Put files together, or send several messages."
    }
    NOT_ZIPPED "edxml.attachment_not_zipped" Remark Practice {
        "`{found}` không nén ZIP; đã đọc nguyên tệp." "`{found}` is not in a ZIP; it was read as it is."
        => "Không cần sửa; các mẫu công bố nén mỗi tệp vào một gói ZIP." "Nothing to mend; public samples pack each file into a ZIP."
    }
    ZIP_OF_MANY "edxml.zip_of_many" Warning Practice {
        "Gói ZIP của `{found}` chứa {wanted} tệp; được giữ nguyên là một tệp ZIP." "The ZIP of `{found}` holds {wanted} files; it is kept as one ZIP."
        => "Mỗi `Attachment` một tệp." "One file to an `Attachment`."
    }
    NAME_IS_PATH "edxml.attachment_name_path" Warning Practice {
        "Tên tệp `{found}` là đường dẫn; chỉ giữ `{wanted}`." "The file name `{found}` is a path; `{wanted}` alone is kept."
        => "Chỉ ghi tên tệp." "Write the name alone."
    }
    CONTENT_DIFFERS "edxml.content_differs_from_name" Warning Practice {
        "Tệp tên `{found}` nhưng nội dung là {wanted}." "The file is named `{found}`, but its content is {wanted}."
        => "Kiểm tra có kèm đúng tệp không; sửa đuôi tên." "See whether it is the right file; mend its extension."
    }
    NAMES_DIFFER "edxml.attachment_names_differ" Warning Practice {
        "Tên tệp `{found}` khác tên trong danh mục, `{wanted}`." "The file is named `{found}`, in the manifest `{wanted}`."
        => "Ghi cùng một tên." "Write the same name."
    }
    DIGEST_MISMATCH "edxml.digest_mismatch" Error Signatures {
        "Mã băm trong chữ ký không khớp với tệp `{found}`: tệp đã bị thay đổi sau khi ký." "The digest in the signature does not fit the file `{found}`: it was changed after signing."
        => "Không dùng tệp này; đề nghị bên gửi gửi lại." "Do not use this file; ask the sender to send it again."
    }
    DIGEST_LENGTH "edxml.digest_length" Error Signatures {
        "Mã băm không phải base64 hoặc không đúng độ dài của {found}." "The digest is no base64 or has not the length of {found}."
        => "Ký lại." "Sign again."
    }
    OLD_ALGORITHM "edxml.old_signature_algorithm" Warning Signatures {
        "Chữ ký dùng thuật toán cũ `{found}`: nhận để đọc, không làm bằng chứng." "The signature uses the old algorithm `{found}`: taken for reading, not as proof."
        => "Ký bằng RSA hoặc ECDSA với SHA-256; xét hiệu lực theo chữ ký trong tệp PDF." "Sign with RSA or ECDSA and SHA-256; judge by the signature in the PDF."
    }
    UNKNOWN_ALGORITHM "edxml.unknown_signature_algorithm" Warning Signatures {
        "Thuật toán ký `{found}` không quen." "The signature algorithm `{found}` is not known."
        => "Ký bằng RSA hoặc ECDSA với SHA-256." "Sign with RSA or ECDSA and SHA-256."
    }
    SIGNATURE_INCOMPLETE "edxml.signature_incomplete" Warning Signatures {
        "Chữ ký thiếu `{wanted}`." "The signature lacks `{wanted}`."
        => "Ký lại, hoặc bỏ cả `Signature`." "Sign again, or leave the whole `Signature` out."
    }
    BROKEN_CERTIFICATE "edxml.broken_certificate" Warning Signatures {
        "Chứng thư trong chữ ký bị cụt hoặc không đúng dạng." "The certificate in the signature is cut off or has no form."
        => "Kèm cả chứng thư, dạng DER mã base64." "Give the whole certificate, DER in base64."
    }
    SIGNATURE_NAMESPACE "edxml.signature_namespace" Remark Signatures {
        "Chữ ký không thuộc không gian tên `{wanted}`; phần mềm kiểm tra chữ ký sẽ không thấy nó." "The signature is not in the namespace `{wanted}`; verifiers will not see it."
        => "Thêm `xmlns=\"{wanted}\"` vào `Signature` trước khi ký." "Add `xmlns=\"{wanted}\"` to `Signature` before signing."
    }
}
