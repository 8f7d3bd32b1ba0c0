//! How the gateway itself says no. What a service refuses passes through unchanged.

use axum::http::StatusCode;
use wire::Fault;

use crate::problem::Problem;

wire::refusals! {
    /// Why the gateway says no before, or instead of, asking a service.
    pub enum Refusal {
        /// No route has this path.
        NoSuchPath => Missing, "gateway.no_such_path",
            en "there is nothing at this path; `/api/docs` lists what there is",
            vi "không có gì ở đường dẫn này; xem danh mục tại `/api/docs`";
        /// The path exists, with other methods.
        WrongMethod { allowed: String } => Invalid, "gateway.wrong_method",
            en "this path takes {allowed} only", vi "đường dẫn này chỉ nhận {allowed}";
        /// A service that owns the path has not been heard of yet.
        ServiceAway => Busy, "gateway.service_away",
            en "the service behind this path is not running just now; try again shortly",
            vi "dịch vụ của đường dẫn này chưa hoạt động, vui lòng thử lại sau giây lát";
        /// A body that is not declared as JSON.
        NotJson => Invalid, "gateway.not_json",
            en "send the fields as JSON, with `Content-Type: application/json`",
            vi "hãy gửi dữ liệu dạng JSON với `Content-Type: application/json`";
        /// A compressed request.
        Encoded => Invalid, "gateway.encoded_body",
            en "send the body without `Content-Encoding`", vi "hãy gửi nội dung không nén (`Content-Encoding`)";
        /// A body that is not JSON.
        UnreadableJson { line: usize, column: usize } => Invalid, "gateway.unreadable_json",
            en "the body is not JSON: look at line {line}, column {column}",
            vi "nội dung không phải JSON hợp lệ: xem dòng {line}, cột {column}";
        /// JSON, but no object.
        NotAnObject => Invalid, "gateway.not_an_object",
            en "the body must be a JSON object with the fields of the call",
            vi "nội dung phải là một đối tượng JSON gồm các trường của lời gọi";
        /// A field that the schema does not know.
        UnknownField { at: String } => Invalid, "gateway.unknown_field",
            en "there is no field `{at}` here; `/api/docs` lists the fields of each call and where they go",
            vi "không có trường `{at}` ở đây; xem các trường của từng lời gọi tại `/api/docs`";
        /// A field given in two places, or twice where one is meant.
        FieldTwice { at: String } => Invalid, "gateway.field_twice",
            en "`{at}` is given twice", vi "`{at}` được ghi hai lần";
        /// A text in the path or the query that cannot be read as its schema says.
        WrongValue { at: String, expected: String } => Invalid, "gateway.wrong_value",
            en "`{at}`: expected {expected}", vi "`{at}`: giá trị không hợp lệ, cần: {expected}";
        /// A body where the method has none.
        BodyUnexpected => Invalid, "gateway.body_unexpected",
            en "this call takes its fields in the path and the query, not in a body",
            vi "lời gọi này nhận các trường qua đường dẫn và truy vấn, không nhận nội dung";
        /// More JSON than is taken.
        BodyTooLarge { limit: usize } => TooLarge, "gateway.body_too_large",
            en "the body is larger than {limit} bytes", vi "nội dung lớn hơn {limit} byte";
        /// The body came too slowly.
        BodyLate => OutOfTime, "gateway.body_late",
            en "the body did not arrive in time; nothing was done",
            vi "nội dung không đến kịp; chưa có việc gì được thực hiện";
        /// The connection broke while the body was read.
        BodyBroken => Invalid, "gateway.body_broken",
            en "the body ended early or is malformed", vi "nội dung bị đứt giữa chừng hoặc sai định dạng";
        /// The address is too long.
        UrlTooLong { limit: usize } => TooLarge, "gateway.url_too_long",
            en "the address is longer than {limit} bytes", vi "địa chỉ dài hơn {limit} byte";
        /// The headers are too large.
        HeadersTooLarge { limit: usize } => TooLarge, "gateway.headers_too_large",
            en "the headers are larger than {limit} bytes", vi "phần tiêu đề lớn hơn {limit} byte";
        /// A header that cannot be read.
        BadHeader { header: String } => Invalid, "gateway.bad_header",
            en "the header `{header}` holds characters that cannot be sent",
            vi "tiêu đề `{header}` chứa ký tự không gửi được";
        /// A precondition that no version can meet.
        BadPrecondition => Stale, "gateway.bad_precondition",
            en "`If-Match` must be the `ETag` of the version that was read, such as `\"3\"`",
            vi "`If-Match` phải là `ETag` của phiên bản đã đọc, ví dụ `\"3\"`";
        /// Credentials of another scheme.
        NotBearer => Unauthenticated, "gateway.not_bearer",
            en "send the access token as `Authorization: Bearer <token>`",
            vi "hãy gửi mã truy cập dạng `Authorization: Bearer <mã>`";
        /// A person must be signed in.
        SignInFirst => Unauthenticated, "gateway.sign_in_first",
            en "sign in first", vi "cần đăng nhập";
        /// Too often.
        TooOften => Limited, "gateway.too_often",
            en "too many requests; wait as long as `Retry-After` says",
            vi "quá nhiều yêu cầu; hãy chờ theo thời gian ghi ở `Retry-After`";
        /// Too much at once.
        TooManyAtOnce { limit: usize } => Limited, "gateway.too_many_at_once",
            en "at most {limit} of these at once; wait until one has ended",
            vi "chỉ được tối đa {limit} việc loại này cùng lúc; hãy chờ một việc kết thúc";
        /// An account has uploaded as much as it may before its files are taken.
        StagedTooMuch { limit: u64 } => Limited, "gateway.staged_too_much",
            en "your uploads that nothing has taken yet come to {limit} bytes; use their tickets, or wait as long as \
                `Retry-After` says",
            vi "các tệp bạn đã tải lên mà chưa dùng đã tới {limit} byte; hãy dùng chúng hoặc chờ theo `Retry-After`";
        /// Sealed uploads are not offered yet.
        SealedNotYet => Invalid, "gateway.sealed_not_yet",
            en "sealed uploads are not offered yet; do not send a citizen's letter this way",
            vi "chưa nhận tệp niêm phong; không gửi đơn thư của công dân theo cách này", field "purpose";
        /// A multipart body without exactly one file.
        OneFile => Invalid, "gateway.one_file",
            en "send exactly one file", vi "hãy gửi đúng một tệp";
        /// More files than one form may bring.
        TooManyFiles { limit: usize } => TooLarge, "gateway.too_many_files",
            en "a form may bring at most {limit} files; send the others with another one",
            vi "mỗi biểu mẫu chỉ nhận tối đa {limit} tệp; hãy gửi các tệp còn lại bằng biểu mẫu khác";
        /// Nothing in it.
        FileEmpty => Invalid, "gateway.file_empty",
            en "the file is empty", vi "tệp rỗng";
        /// Its name ends in something no accepted format is named with.
        FileName { extension: String } => Invalid, "gateway.file_name",
            en "files named `.{extension}` are not accepted", vi "không nhận tệp có đuôi `.{extension}`";
        /// The content is of a kind that is not accepted.
        FileKind { found: String } => Invalid, "gateway.file_kind",
            en "files of the kind `{found}` are not accepted, whatever their name",
            vi "không nhận tệp thuộc loại `{found}`, dù mang tên gì";
        /// Macros.
        FileMacros => Invalid, "gateway.file_macros",
            en "the document carries macros; save it without them",
            vi "tài liệu có chứa macro; hãy lưu lại không kèm macro";
        /// Nothing we know.
        FileUnknown => Invalid, "gateway.file_unknown",
            en "the content is of no accepted kind; a text must be in UTF-8",
            vi "nội dung không thuộc loại được nhận; tệp văn bản phải dùng mã UTF-8";
        /// Larger than an upload may be.
        FileTooLarge { limit: u64 } => TooLarge, "gateway.file_too_large",
            en "the file is larger than {limit} bytes", vi "tệp lớn hơn {limit} byte";
        /// No room for an upload.
        NoSpace => OutOfSpace, "gateway.no_space",
            en "there is no room to store this; reading still works, and the operator has to make room",
            vi "không còn chỗ để lưu; vẫn xem được, người vận hành cần giải phóng dung lượng";
        /// A file that its service names and the store does not hold.
        FileMissing => Missing, "gateway.file_missing",
            en "the file is not in the store; tell the operator", vi "tệp không còn trong kho; hãy báo người vận hành";
        /// A picture that cannot be read, so that what was written into it cannot be left out.
        PictureUnreadable => Invalid, "gateway.picture_unreadable",
            en "the picture is damaged, so place, day and maker written into it cannot be left out; have it saved anew",
            vi "tệp ảnh bị hỏng nên không thể lược bỏ thông tin về nơi, ngày và thiết bị chụp; hãy lưu lại ảnh";
        /// A range behind the end of the file.
        OutOfRange { size: u64 } => Invalid, "gateway.out_of_range",
            en "the range begins behind the end of the file at {size} bytes",
            vi "khoảng yêu cầu nằm ngoài tệp dài {size} byte";
        /// Our mistake.
        Broken => Broken, "gateway.broken",
            en "something went wrong on our side; it has been logged",
            vi "hệ thống gặp lỗi và lỗi đã được ghi lại";
    }
}

impl Refusal {
    /// The status, where HTTP has a word of its own for what the kind says only roughly.
    fn status(&self) -> Option<StatusCode> {
        match self {
            Self::WrongMethod { .. } => Some(StatusCode::METHOD_NOT_ALLOWED),
            Self::BodyLate => Some(StatusCode::REQUEST_TIMEOUT),
            Self::UrlTooLong { .. } => Some(StatusCode::URI_TOO_LONG),
            Self::HeadersTooLarge { .. } => Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
            Self::OutOfRange { .. } => Some(StatusCode::RANGE_NOT_SATISFIABLE),
            Self::NotJson
            | Self::Encoded
            | Self::FileName { .. }
            | Self::FileKind { .. }
            | Self::FileMacros
            | Self::FileUnknown => Some(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            _ => None,
        }
    }

    /// The field at fault, when it is not the same every time.
    fn field(&self) -> Option<&str> {
        match self {
            Self::UnknownField { at } | Self::FieldTwice { at } | Self::WrongValue { at, .. } => Some(at),
            _ => None,
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let fault: Fault = wire::Refusal::fault(&refusal);
        let fault = match (refusal.field(), &refusal) {
            (Some(at), _) => fault.at(at),
            (None, Refusal::ServiceAway) => fault.retry_after(2),
            (None, Refusal::TooManyAtOnce { .. }) => fault.retry_after(5),
            _ => fault,
        };
        let problem = Self::from(fault);
        match refusal.status() {
            Some(status) => problem.with_status(status),
            None => problem,
        }
    }
}

impl From<blob::Refused> for Refusal {
    fn from(refused: blob::Refused) -> Self {
        match refused {
            blob::Refused::Empty => Self::FileEmpty,
            blob::Refused::Name { extension } => Self::FileName { extension },
            blob::Refused::Kind { found } => Self::FileKind { found: found.to_owned() },
            blob::Refused::Macros => Self::FileMacros,
            blob::Refused::Unknown => Self::FileUnknown,
        }
    }
}
