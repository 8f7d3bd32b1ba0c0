//! Every part in every state, for those who work on the pages. It is shown only where the settings say so.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};

use crate::{
    asking::{Part, Silence},
    kit::{
        chip::{Chip, Tone},
        heat::{Cell, Row, shade},
        problems::Problems,
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
        p: Page::inside(&inside, "Gallery", Place::Elsewhere),
        problems,
    };
    inside.visit.html(StatusCode::OK, &view)
}

impl Gallery {
    /// Headings of the columns of the heat table.
    fn bands(&self) -> [&'static str; 5] {
        ["1–2", "3–5", "6–10", "11–20", "> 20"]
    }
}
