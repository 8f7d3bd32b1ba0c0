//! Invented papers (mẫu), to look at a form before it is used. Nobody in them is real.

use schema_forms::{
    ArrivalStampPaper, Block, Column, DocumentPaper, FormKind, HeadingRank, IncomingLine, IncomingRegisterPaper,
    Letterhead, OutgoingLine, OutgoingRegisterPaper, Paper, ReceiptItem, ReceiptPaper, RoutingSlipPaper, RoutingStep,
    SecretBook, SecretBookPaper, Signature,
};
use wire::{Day, Secrecy, Urgency};

/// A specimen of a form; of a document in a genre. It bears `today`.
pub(crate) fn of(form: FormKind, genre: Option<String>, today: Day) -> Paper {
    match form {
        FormKind::Document => Paper::Document(in_genre(genre, today)),
        FormKind::IncomingRegister => Paper::IncomingRegister(incoming_register(today)),
        FormKind::OutgoingRegister => Paper::OutgoingRegister(outgoing_register(today)),
        FormKind::ArrivalStamp => Paper::ArrivalStamp(arrival_stamp(today)),
        FormKind::RoutingSlip => Paper::RoutingSlip(routing_slip(today)),
        FormKind::Receipt => Paper::Receipt(receipt(today)),
        FormKind::SecretBook => Paper::SecretBook(secret_book(today)),
    }
}

fn in_genre(genre: Option<String>, today: Day) -> DocumentPaper {
    let letter = document(today);
    match genre {
        None => letter,
        Some(genre) if genre == letter.genre => letter,
        Some(genre) => {
            let signatures = if genre == "minutes" { minute_takers() } else { letter.signatures.clone() };
            let mut head = letter.head.clone();
            head.notation = Some("…/ĐU".to_owned());
            DocumentPaper { genre, head, signatures, addressees: Vec::new(), body: articles(), ..letter }
        }
    }
}

/// An official letter.
pub(crate) fn document(today: Day) -> DocumentPaper {
    DocumentPaper {
        genre: "official_letter".to_owned(),
        head: letterhead(Some(today)),
        summary: Some("Về việc báo cáo kết quả chuyển đổi số quý IV".to_owned()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        circulation: None,
        draft: None,
        addressees: vec!["Các chi bộ trực thuộc".to_owned(), "Văn phòng Đảng ủy".to_owned()],
        body: vec![
            paragraph(
                "Thực hiện kế hoạch của cấp trên về chuyển đổi số, Đảng ủy xã đề nghị các chi bộ trực thuộc báo cáo kết quả \
                 quý IV, trong đó nêu rõ việc đã làm, việc chưa làm, nguyên nhân và kiến nghị.",
            ),
            Block::Clause { number: "1.".to_owned(), text: "Báo cáo lập theo biểu dưới đây.".to_owned() },
            table(),
            Block::Clause {
                number: "2.".to_owned(),
                text: "Báo cáo gửi về Văn phòng Đảng ủy trước ngày 15".to_owned(),
            },
        ],
        signatures: vec![signature(&["T/M BAN THƯỜNG VỤ"], "PHÓ BÍ THƯ", Some("Nguyễn Văn Mẫu"))],
        recipients: vec!["Như trên".to_owned(), "Thường trực Đảng ủy".to_owned(), "Lưu Văn phòng Đảng ủy".to_owned()],
        typist: None,
    }
}

fn articles() -> Vec<Block> {
    let heading = |rank, number: &str, text: &str| Block::Heading {
        rank,
        number: Some(number.to_owned()),
        text: text.to_owned(),
    };
    let article = |number: &str, text: &str| Block::Article { number: number.to_owned(), text: text.to_owned() };
    vec![
        Block::Ground { text: "- Căn cứ Điều lệ Đảng;".to_owned() },
        heading(HeadingRank::Chapter, "Chương I.", "NHỮNG VẤN ĐỀ CHUNG"),
        article("Điều 1.", "Phạm vi và đối tượng"),
        paragraph("Văn bản mẫu này cho thấy các phần của một văn bản đứng ở đâu trên trang giấy."),
        article("Điều 2.", "Nguyên tắc"),
        Block::Clause { number: "1.".to_owned(), text: "Đúng thẩm quyền, đúng thể thức.".to_owned() },
        Block::Point { number: "a)".to_owned(), text: "Rõ người, rõ việc, rõ thời hạn.".to_owned() },
        heading(HeadingRank::Chapter, "Chương II.", "TỔ CHỨC THỰC HIỆN"),
        heading(HeadingRank::Section, "I-", "NHIỆM VỤ"),
        table(),
        paragraph("Văn phòng theo dõi, đôn đốc việc thực hiện"),
    ]
}

fn table() -> Block {
    let column = |head: &str, width, centred| Column { head: head.to_owned(), width, centred };
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    Block::Table {
        caption: Some("Biểu 1. Việc và thời hạn".to_owned()),
        columns: vec![column("TT", 8, true), column("Nội dung", 62, false), column("Thời hạn", 30, true)],
        rows: vec![row(["1", "Chữ ký số cho cán bộ", "30/11/2026"]), row(["2", "Số hóa hồ sơ", "15/12/2026"])],
    }
}

/// Pages of the register of what arrived.
pub(crate) fn incoming_register(today: Day) -> IncomingRegisterPaper {
    let line = |number, author: &str, symbol: &str, summary: &str| IncomingLine {
        number,
        day: Some(today),
        author: author.to_owned(),
        symbol: symbol.to_owned(),
        document_day: today.plus(-2),
        summary: summary.to_owned(),
        handler: "Văn phòng".to_owned(),
        sheets: Some(3),
        due: today.plus(10),
        note: String::new(),
    };
    IncomingRegisterPaper {
        head: letterhead(None),
        span: "Năm 2026 · từ số 2.413 đến số 2.415".to_owned(),
        lines: vec![
            line(2_413, "Đảng ủy xã Mẫu", "41-BC/ĐU", "Báo cáo sơ kết thực hiện chỉ thị"),
            line(2_414, "Ban Tuyên giáo và Dân vận", "305-CV/BTGDVTU", "Công văn về định hướng tuyên truyền tháng 12"),
            IncomingLine { number: 2_415, note: "Số hủy: ghi nhầm sổ".to_owned(), ..IncomingLine::default() },
        ],
        signatures: keepers(),
        remark: Some("Mẫu in thử.".to_owned()),
    }
}

fn outgoing_register(today: Day) -> OutgoingRegisterPaper {
    let line = |symbol: &str, summary: &str| OutgoingLine {
        symbol: symbol.to_owned(),
        day: Some(today),
        summary: summary.to_owned(),
        signatory: "Nguyễn Văn Mẫu".to_owned(),
        recipients: "Các chi bộ trực thuộc".to_owned(),
        keeper: "Văn phòng".to_owned(),
        copies: Some(12),
        sent: Some(today),
        note: String::new(),
    };
    OutgoingRegisterPaper {
        head: letterhead(None),
        span: "Nhiệm kỳ 2025 – 2030 · từ số 05 đến số 06".to_owned(),
        lines: vec![line("05-CV/ĐU", "Công văn về việc báo cáo quý IV"), line("06-CV/ĐU", "Công văn mời họp")],
        signatures: keepers(),
        remark: None,
    }
}

/// A page with the arrival stamp.
pub(crate) fn arrival_stamp(today: Day) -> ArrivalStampPaper {
    ArrivalStampPaper {
        body: "VĂN PHÒNG ĐẢNG ỦY XÃ MẪU".to_owned(),
        number: 2_413,
        day: today,
        hour: Some("07:42".to_owned()),
        passed_to: "Chánh Văn phòng".to_owned(),
        file_code: "12-HS/2026".to_owned(),
        author: "Tỉnh ủy Mẫu".to_owned(),
        symbol: "84-KH/TU".to_owned(),
        document_day: today.plus(-2),
        summary: "Kế hoạch chuyển đổi số năm 2027".to_owned(),
    }
}

/// A routing slip.
pub(crate) fn routing_slip(today: Day) -> RoutingSlipPaper {
    let ArrivalStampPaper { number, author, symbol, document_day, summary, .. } = arrival_stamp(today);
    RoutingSlipPaper {
        head: letterhead(None),
        number,
        day: today,
        author,
        symbol,
        document_day,
        summary,
        due: today.plus(10),
        steps: vec![RoutingStep {
            day: today,
            from: "Văn thư".to_owned(),
            to: "Chánh Văn phòng".to_owned(),
            words: "Kính trình cho ý kiến".to_owned(),
        }],
        signatures: vec![signature(&[], "NGƯỜI LẬP PHIẾU", Some("Trần Thị Mẫu"))],
    }
}

/// A receipt.
pub(crate) fn receipt(today: Day) -> ReceiptPaper {
    let item =
        |name: &str, sheets| ReceiptItem {
            name: name.to_owned(), sheets: Some(sheets), note: "Bản gốc".to_owned()
        };
    ReceiptPaper {
        head: letterhead(Some(today)),
        giver: "Bà Trần Thị Mẫu, Bí thư Chi bộ".to_owned(),
        taker: "Ông Nguyễn Văn Mẫu, Văn thư Văn phòng Đảng ủy".to_owned(),
        items: vec![item("Báo cáo số 12-BC/CB", 4), item("Danh sách kèm theo", 2)],
        remark: Some("Đã nhận đủ, nguyên vẹn.".to_owned()),
        signatures: vec![signature(&[], "BÊN GIAO", None), signature(&[], "BÊN NHẬN", None)],
    }
}

/// A head; with number and date line when the paper bears a day.
/// A blank book of secret documents that arrive.
fn secret_book(today: Day) -> SecretBookPaper {
    SecretBookPaper {
        head: letterhead(None),
        book: SecretBook::Incoming,
        span: format!("Năm {}", today.year()),
        pages: 2,
    }
}

fn letterhead(day: Option<Day>) -> Letterhead {
    Letterhead {
        superior: Some("TỈNH ỦY MẪU".to_owned()),
        bodies: vec!["ĐẢNG ỦY XÃ MẪU".to_owned()],
        number: day.map(|_| "05".to_owned()),
        notation: day.map(|_| "CV/ĐU".to_owned()),
        place: day.map(|_| "Xã Mẫu".to_owned()),
        day,
    }
}

fn keepers() -> Vec<Signature> {
    vec![signature(&[], "NGƯỜI VÀO SỔ", Some("Trần Thị Mẫu")), signature(&[], "XÁC NHẬN CỦA VĂN PHÒNG", None)]
}

fn minute_takers() -> Vec<Signature> {
    vec![
        signature(&[], "NGƯỜI GHI BIÊN BẢN", Some("Trần Thị Mẫu")),
        signature(&[], "CHỦ TRÌ HỘI NGHỊ", Some("Nguyễn Văn Mẫu")),
    ]
}

fn signature(authority: &[&str], position: &str, name: Option<&str>) -> Signature {
    let authority = authority.iter().map(|&line| line.to_owned()).collect();
    Signature { authority, position: position.to_owned(), name: name.map(str::to_owned), mark: Vec::new() }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned() }
}
