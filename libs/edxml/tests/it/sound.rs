//! Sound messages and statuses of invented offices.

use edxml::{
    Answered, Attachment, Business, BusinessKind, Code, Content, DocumentType, Message, Organisation, OtherInfo,
    Promulgation, Replaced, Signer, Staff, Stamp, Status, StatusCode, Trace, Written, read,
};
use wire::Day;

/// What a PDF begins and ends with.
pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n";

pub(crate) fn day(year: i32, month: u8, day: u8) -> Written {
    Day::new(year, month, day).unwrap().into()
}

fn moment(text: &str) -> Stamp {
    text.parse::<wire::Instant>().unwrap().into()
}

pub(crate) fn office(organ_id: &str, name: &str) -> Organisation {
    Organisation { organ_id: organ_id.to_owned(), name: name.to_owned(), ..Organisation::default() }
}

pub(crate) fn file(content_id: &str, name: &str, bytes: &[u8]) -> Attachment {
    Attachment {
        content_id: content_id.to_owned(),
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        description: String::new(),
        bytes: bytes.to_vec(),
    }
}

/// A message with every field filled in.
pub(crate) fn message() -> Message {
    let id = "A32.65,2026/03/05,12/CV-TU".to_owned();
    Message {
        from: Organisation {
            in_charge: "Tỉnh ủy Ví Dụ".to_owned(),
            address: "Số 1 đường Mẫu".to_owned(),
            email: "vanthu@mau.example".to_owned(),
            telephone: "0237 000 000".to_owned(),
            fax: "0237 000 001".to_owned(),
            website: "mau.example".to_owned(),
            ..office("A32.65", "Đảng ủy xã Mẫu")
        },
        to: vec![office("G22", "Văn phòng Mẫu Một"), office("000.00.01.G09", "Văn phòng Mẫu Hai")],
        document_id: id.clone(),
        code: Code { number: "12".to_owned(), notation: "CV-TU".to_owned() },
        promulgation: Promulgation { place: "Ví Dụ".to_owned(), date: day(2026, 3, 5) },
        document_type: DocumentType { class: Some(1), detail: Some(0), name: "Công văn".to_owned() },
        subject: "Về việc kết nối & liên thông <thử nghiệm>".to_owned(),
        content: "Dòng một\nDòng \"hai\"".to_owned(),
        signer: Signer {
            competence: "T/M BAN THƯỜNG VỤ".to_owned(),
            position: "Phó bí thư".to_owned(),
            name: "Nguyễn Văn Mẫu".to_owned(),
        },
        due: day(2026, 3, 20),
        other: OtherInfo {
            priority: Some(1),
            sphere: "Nội bộ".to_owned(),
            typist: "NVM".to_owned(),
            copies: Some(2),
            pages: Some(3),
            direction: Some(false),
            appendixes: vec!["Phụ lục I".to_owned(), "Phụ lục II".to_owned()],
        },
        steering: Some(1),
        places: vec!["Như trên".to_owned(), "Lưu VP".to_owned()],
        answers: vec![Answered {
            organ_id: "G22".to_owned(),
            code: "7/CV-VP".to_owned(),
            date: day(2026, 2, 1),
            document_id: "G22,2026/02/01,7/CV-VP".to_owned(),
        }],
        trace: vec![Trace { organ_id: "A32.65".to_owned(), at: moment("2026-03-05T09:35:56Z") }],
        business: Business {
            document_id: id,
            reason: "Văn bản mới".to_owned(),
            paper: Some(false),
            staff: Staff {
                department: "Văn thư".to_owned(),
                name: "Trần Thị Thử".to_owned(),
                email: "thu@mau.example".to_owned(),
                mobile: "0900 000 000".to_owned(),
            },
            ..Business::default()
        },
        attachments: vec![file("1", "cong-van.pdf", PDF), file("2", "phụ lục.pdf", b"%PDF-1.4\n%%EOF\n")],
        signature: None,
    }
}

/// A message that does something to an earlier one.
pub(crate) fn about(kind: BusinessKind) -> Message {
    let earlier = "A32.65,2026/03/01,9/CV-TU".to_owned();
    let mut message = message();
    message.business.kind = kind;
    message.business.reason = "Sai số liệu ở trang 2".to_owned();
    if kind == BusinessKind::Replace {
        message.business.replaced = vec![Replaced { document_id: earlier, organ_ids: vec!["G22".to_owned()] }];
    } else {
        message.business.document_id = earlier;
    }
    message
}

pub(crate) fn status(code: StatusCode) -> Status {
    Status {
        from: office("G22", "Văn phòng Mẫu Một"),
        answers: Answered {
            organ_id: "A32.65".to_owned(),
            code: "12/CV-TU".to_owned(),
            date: day(2026, 3, 5),
            document_id: "A32.65,2026/03/05,12/CV-TU".to_owned(),
        },
        staff: Staff { department: "Văn thư".to_owned(), name: "Lê Thị Mẫu".to_owned(), ..Staff::default() },
        code,
        description: "Gửi nhầm nơi nhận".to_owned(),
        at: moment("2026-03-05T10:00:00Z"),
    }
}

/// The message of a file that is read.
pub(crate) fn taken(bytes: &[u8]) -> Message {
    match read(bytes).unwrap_or_else(|refused| panic!("{:#?}", refused.diagnoses)).content {
        Content::Message(message) => *message,
        Content::Status(status) => panic!("a status: {status:?}"),
    }
}

/// The codes of all diagnoses, in the order of the file.
pub(crate) fn codes(bytes: &[u8]) -> Vec<&'static str> {
    edxml::check(bytes).iter().map(|one| one.code).collect()
}
