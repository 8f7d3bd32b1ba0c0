//! Every part in every state, for those who work on the pages. It is shown only where the settings say so.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};

use schema_documents::ListOrder;

use crate::{
    asking::{Part, Silence},
    kit::{
        chart::{self, Chart},
        chip::{Chip, Tone},
        heat::{Cell, Row, shade},
        problems::Problems,
        sorting::{self, SortHead},
        timeline::Step,
    },
    page::{Page, Place},
    visit::Inside,
};

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    p: Page,
    chips: Vec<Chip>,
    silent: Part<Vec<Step>>,
    denied: Part<Vec<Step>>,
    steps: Part<Vec<Step>>,
    heat: Vec<Row>,
    problems: Problems,
    nothing: Part<Vec<Step>>,
    charts: Vec<Chart>,
    sorted: [SortHead; 2],
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let tones = [Tone::Plain, Tone::Info, Tone::Good, Tone::Soon, Tone::Late, Tone::Stamp];
    let icons = ["file", "info", "ok", "due", "overdue", "urgent"];
    let chips = tones.into_iter().zip(icons).map(|(tone, icon)| Chip::new(tone, icon, format!("{tone:?}"))).collect();
    let silence = |why: String, again| Part::Silent(Silence { why, again });
    let step = |when: &str, what: String| Step {
        when: when.to_owned(),
        what,
        by: "Nguyễn Ví Dụ".to_owned(),
        detail: String::new(),
    };
    let row = |name: &str, counts: [usize; 5], oldest| Row {
        name: name.to_owned(),
        cells: counts.into_iter().map(|count| Cell { count, shade: shade(count) }).collect(),
        total: counts.iter().sum(),
        oldest,
    };
    let mut problems = Problems::default();
    problems.add("summary", w.t("day-unreadable"));
    problems.add("pages", w.t("pages-unreadable"));
    let view = Gallery {
        chips,
        silent: silence(w.with("part-silent", &[("service", &w.t("service-programme"))]), true),
        denied: silence(w.t("no-denied"), false),
        steps: Part::Here(vec![
            step("08:02 20/11/2026", w.t("act-registered")),
            step("08:40 20/11/2026", w.t("act-disposed")),
        ]),
        heat: vec![row("Ban Ví Dụ", [0, 1, 3, 5, 9], 31), row("Đảng ủy xã Thử Nghiệm", [1, 2, 0, 6, 0], 17)],
        nothing: Part::Here(Vec::new()),
        charts: charts(),
        sorted: [ListOrder::LatestFirst, ListOrder::OldestFirst]
            .map(|order| sorting::head(w.t("column-number"), order, |_| "/thu-vien".to_owned(), w)),
        p: Page::inside(&inside, "Gallery", Place::Elsewhere),
        problems,
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// One of each kind of drawing, with a column of nothing and a point that is not known.
fn charts() -> Vec<Chart> {
    let of = |name: &str, values: &[u64]| (name.to_owned(), values.to_vec());
    let ages = [("0–5", 12), ("6–10", 7), ("11–20", 0), ("> 20", 3)].map(|(name, value)| (name.to_owned(), value));
    let months = [of("9", &[3, 4, 1, 0]), of("10", &[5, 2, 2, 1]), of("11", &[0, 0, 0, 0]), of("12", &[6, 3, 1, 2])];
    let shares = [("8", Some(91)), ("9", Some(94)), ("10", None), ("11", Some(93)), ("12", Some(97))];
    let shares = shares.map(|(name, value)| (name.to_owned(), value));
    let kinds = ["Tháng", "Kiến nghị", "Phản ánh", "Khiếu nại", "Tố cáo"];
    vec![
        chart::bars("Tuổi việc đang mở, theo ngày", ["Số ngày", "Số việc"], &ages),
        chart::columns("Đơn theo loại và tháng", &kinds, &months),
        chart::line("Tỷ lệ đúng hạn, phần trăm", ["Tháng", "Phần trăm"], 95, &shares),
    ]
}

impl Gallery {
    /// Headings of the columns of the heat table.
    fn bands(&self) -> [&'static str; 5] {
        ["1–2", "3–5", "6–10", "11–20", "> 20"]
    }
}
