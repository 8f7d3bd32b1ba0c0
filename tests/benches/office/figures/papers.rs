//! Papers: how long a document of two pages takes to be laid out, warm; and a register of five thousand lines, with the memory
//! that it needs.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use futures_util::TryStreamExt as _;
use schema_forms::{FormContent, Paper, RenderForm, Rendered, StagedPaper};
use serde_json::{Value, json};
use testbed::{Bench, Pair};
use wire::Meta;

use crate::{
    machine::{forget_peak, memory},
    round::{Figure, Goal, Report, at, interleaved, median},
};

/// Each paper is laid out so often in a round.
const PAPERS: usize = 60;
const BOOKS: usize = 2;
/// Milliseconds that half of the papers may take at most, seconds for a book, and megabytes on top of what is used before it.
const PAPER: f64 = 25.0;
const BOOK: f64 = 3.0;
const MEMORY: f64 = 1024.0;
const LINES: usize = 5_000;
const PATIENCE: Duration = Duration::from_secs(60);

/// An office that has papers laid out.
struct Press {
    bench: Bench,
    /// Where the limit writes.
    file: PathBuf,
}

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let bench = Bench::start(Pair::LocalSqlite, vec![forms::service()]).await;
    let mut press = Press { bench, file: folder.join("paper.pdf") };
    let (rendered, pdf) = press.print(&letter(0)?).await?;
    ensure!(rendered.pages == 2, "the letter has {} pages", rendered.pages);
    let letters = (1..=PAPERS).map(letter).collect::<Result<Vec<_>>>()?;
    let ours = async || press.times(&letters).await;
    let limit = async || press.writes(&pdf, PAPERS);
    let (ours, limit) = interleaved("papers.letter", ours, limit).await?;
    let of = |rounds: &[Vec<f64>]| rounds.iter().map(|round| at(round, 0.5)).collect::<Vec<_>>();
    let limit = ("the same file written and synced", of(&limit));
    let goal = Goal::AtMost(PAPER);
    report.tell(Figure { name: "papers.letter", unit: "ms at p50", ours: of(&ours), limit, goal });

    let book: Paper = serde_json::from_value(book()).context("a book")?;
    let me = std::process::id();
    let before = memory(me, "VmRSS")?;
    forget_peak(me)?;
    let (_, pdf) = press.print(&book).await?;
    let most = memory(me, "VmHWM")?;
    let books = vec![book; BOOKS];
    let ours = async || press.times(&books).await;
    let limit = async || press.writes(&pdf, BOOKS);
    let (ours, limit) = interleaved("papers.book", ours, limit).await?;
    let seconds = |rounds: &[Vec<f64>]| rounds.iter().map(|round| median(round) / 1000.0).collect::<Vec<_>>();
    let limit = ("the same file written and synced", seconds(&limit));
    let goal = Goal::AtMost(BOOK);
    report.tell(Figure { name: "papers.book", unit: "s", ours: seconds(&ours), limit, goal });
    let limit = ("the process before it", vec![before]);
    let goal = Goal::AtMost(MEMORY);
    report.tell(Figure { name: "papers.memory", unit: "MB", ours: vec![most - before], limit, goal });
    press.bench.stop().await?;
    Ok(())
}

impl Press {
    async fn print(&self, paper: &Paper) -> Result<(Rendered, Vec<u8>)> {
        let platform = &self.bench.platform;
        let now = platform.clock.now();
        let token = self.bench.signer("testbed").context("a key")?.sign_service(now, Duration::from_secs(60));
        let meta = Meta { token: Some(token), ..Meta::default() };
        let mut file = platform.blobs.stage(64 << 20).await?;
        file.write(serde_json::to_vec(paper)?.into()).await?;
        let staged = file.finish().await?;
        let content = FormContent::Staged { file: StagedPaper { sha256: staged.hash, size: staged.size } };
        let call = RenderForm { dated: now.day(), content, as_word: false };
        let rendered = platform.bus.ask(&meta, &call, PATIENCE).await.map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
        let staged = platform.blobs.staged(&rendered.sha256).await?;
        let pieces: Vec<_> = staged.bytes.try_collect().await?;
        Ok((rendered, pieces.concat()))
    }

    async fn times(&self, papers: &[Paper]) -> Result<Vec<f64>> {
        let mut taken = Vec::with_capacity(papers.len());
        for paper in papers {
            let begun = Instant::now();
            self.print(paper).await?;
            taken.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        Ok(taken)
    }

    fn writes(&self, pdf: &[u8], count: usize) -> Result<Vec<f64>> {
        let once = |_| {
            let begun = Instant::now();
            let mut file = File::create(&self.file)?;
            file.write_all(pdf)?;
            file.sync_all()?;
            Ok(begun.elapsed().as_secs_f64() * 1000.0)
        };
        (0..count).map(once).collect()
    }
}

fn head() -> Value {
    json!({ "superior": "TỈNH ỦY VÍ DỤ", "bodies": ["ĐẢNG ỦY XÃ VÍ DỤ"], "number": "05", "notation": "CV/ĐU", "place": "Ví Dụ",
        "day": "2026-11-20" })
}

/// Two pages of prose, a little of it different in each letter; what is the same is remembered from one to the next, as among
/// the letters of an office.
fn letter(which: usize) -> Result<Paper> {
    let sentence = "Đảng ủy xã báo cáo kết quả thực hiện nhiệm vụ trong quý, những việc đã làm được, những việc còn chậm, \
        nguyên nhân và hướng khắc phục trong thời gian tới, kiến nghị với cấp trên. ";
    let body: Vec<Value> = (0..10)
        .map(|_| json!({ "kind": "paragraph", "text": format!("Thứ {which}: {}", sentence.repeat(2).trim()) }))
        .collect();
    let letter = json!({ "form": "document", "genre": "official_letter", "head": head(), "summary": format!("Về việc báo cáo kết quả quý {which}"),
        "addressees": ["Văn phòng Tỉnh ủy Ví Dụ"], "body": body, "recipients": ["Như trên", "Lưu Văn phòng"],
        "signatures": [{ "authority": ["T/M BAN THƯỜNG VỤ"], "position": "BÍ THƯ", "name": "Trần Văn Mẫu" }] });
    serde_json::from_value(letter).context("a letter")
}

/// A year of a large office.
fn book() -> Value {
    let line = |number: usize| {
        json!({ "number": number, "day": "2026-11-20", "author": "Văn phòng Tỉnh ủy Ví Dụ", "symbol": format!("{number}-CV/VPTU"),
            "document_day": "2026-11-18", "summary": "Công văn về việc báo cáo tình hình thực hiện nhiệm vụ tháng",
            "handler": "Ban Xây dựng Đảng", "sheets": 2, "note": "" })
    };
    let lines: Vec<Value> = (1..=LINES).map(line).collect();
    json!({ "form": "incoming_register", "head": head(), "span": "Năm 2026", "lines": lines })
}
