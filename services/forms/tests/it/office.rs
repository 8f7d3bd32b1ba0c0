//! An office whose `documents` has papers laid out: the test speaks as a service.

use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use schema_forms::{
    Block, DocumentPaper, FormContent, IncomingLine, IncomingRegisterPaper, Letterhead, Paper, RenderForm, Rendered,
    Signature, StagedPaper,
};
use testbed::{Bench, Pair};
use wire::{Day, Fault, Meta, Secrecy, Urgency};

/// A debug build takes its time over a paper.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Office {
    pub(crate) bench: Bench,
}

impl Office {
    pub(crate) async fn open(pair: Pair) -> Self {
        Self { bench: Bench::start(pair, vec![forms::service()]).await }
    }

    pub(crate) async fn plain() -> Self {
        Self::open(Pair::LocalSqlite).await
    }

    /// Has a paper laid out, and reads it where its asker would.
    pub(crate) async fn print(&self, paper: Paper, dated: &str) -> Result<(Rendered, Vec<u8>), Fault> {
        self.ask(FormContent::Here { paper: Box::new(paper) }, dated).await
    }

    /// The same with a content that may lie in a staged file.
    pub(crate) async fn ask(&self, content: FormContent, dated: &str) -> Result<(Rendered, Vec<u8>), Fault> {
        let now = self.bench.platform.clock.now();
        let token = self.bench.signer("testbed").unwrap().sign_service(now, Duration::from_secs(60));
        let meta = Meta { token: Some(token), ..Meta::default() };
        let call = RenderForm { dated: day(dated), content, as_word: false };
        let rendered = self.bench.platform.bus.ask(&meta, &call, PATIENCE).await?;
        let staged = self.bench.platform.blobs.staged(&rendered.sha256).await.unwrap();
        assert_eq!(staged.size, rendered.size);
        let bytes = staged.bytes.try_collect::<Vec<Bytes>>().await.unwrap().concat();
        Ok((rendered, bytes))
    }

    /// The code with which a paper is refused.
    pub(crate) async fn refused(&self, paper: Paper) -> Fault {
        self.print(paper, "2026-11-20").await.expect_err("it was printed")
    }

    /// Stages a file, as an asker does with what is too long for a message.
    pub(crate) async fn stage(&self, content: Vec<u8>) -> StagedPaper {
        let mut file = self.bench.platform.blobs.stage(64 * 1024 * 1024).await.unwrap();
        file.write(Bytes::from(content)).await.unwrap();
        let staged = file.finish().await.unwrap();
        StagedPaper { sha256: staged.hash, size: staged.size }
    }
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// An official letter of invented people.
pub(crate) fn letter() -> DocumentPaper {
    DocumentPaper {
        genre: "official_letter".into(),
        head: Letterhead {
            superior: Some("TỈNH ỦY THANH HÓA".into()),
            bodies: vec!["ĐẢNG ỦY XÃ TÂN LẬP".into()],
            number: Some("05".into()),
            notation: Some("CV/ĐU".into()),
            place: Some("Tân Lập".into()),
            day: Some(day("2026-03-05")),
        },
        summary: Some("Về việc báo cáo kết quả quý I".into()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        circulation: None,
        draft: None,
        addressees: vec!["Các chi bộ trực thuộc".into()],
        body: vec![paragraph("Đảng ủy xã đề nghị các chi bộ báo cáo kết quả quý I")],
        signatures: vec![Signature {
            authority: vec!["T/M BAN THƯỜNG VỤ".into()],
            position: "PHÓ BÍ THƯ".into(),
            name: Some("Nguyễn Thị Ẩn".into()),
            mark: Vec::new(),
        }],
        recipients: vec!["Như trên".into(), "Lưu Văn phòng Đảng ủy".into()],
        typist: None,
    }
}

pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

/// A register with so many lines.
pub(crate) fn register(lines: i64) -> IncomingRegisterPaper {
    let line = |number| IncomingLine {
        number,
        day: Some(day("2026-11-20")),
        author: "Đảng ủy Công an tỉnh".into(),
        symbol: format!("{number}-BC/ĐUCA"),
        document_day: Some(day("2026-11-18")),
        summary: format!("Báo cáo tình hình tuần thứ {number}"),
        handler: "Chánh Văn phòng".into(),
        sheets: Some(3),
        due: None,
        note: String::new(),
    };
    IncomingRegisterPaper {
        head: Letterhead { number: None, notation: None, place: None, day: None, ..letter().head },
        span: format!("Năm 2026 · từ số 1 đến số {lines}"),
        lines: (1..=lines).map(line).collect(),
        signatures: Vec::new(),
        remark: None,
    }
}
