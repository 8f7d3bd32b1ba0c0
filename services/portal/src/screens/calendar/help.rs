//! G10: help: what the reader can do on each screen of theirs, the keys, and what the words are called in the other
//! language.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};

use crate::{
    page::{Page, Place},
    screens::jobs,
    visit::Inside,
};

/// What one can do on a screen.
pub(crate) struct Guide {
    path: &'static str,
    name: String,
    said: String,
}

#[derive(Template)]
#[template(path = "calendar/help.html")]
struct Help {
    p: Page,
    guides: Vec<Guide>,
    glossary: &'static [(&'static str, &'static str)],
}

/// The fixed words of the house, Vietnamese and English.
const GLOSSARY: [(&str, &str); 30] = [
    ("văn bản đến", "incoming document"),
    ("văn bản đi", "outgoing document"),
    ("vào sổ", "register"),
    ("cấp số", "issue a number"),
    ("trích yếu", "abstract"),
    ("số, ký hiệu", "number and symbol"),
    ("trình", "submit"),
    ("bút phê", "leader's instruction"),
    ("chuyển", "pass on"),
    ("chủ trì", "lead"),
    ("phối hợp", "take part"),
    ("để biết", "to know"),
    ("thể thức", "format"),
    ("phát hành", "dispatch"),
    ("hồ sơ công việc", "work file"),
    ("đơn thư", "petition"),
    ("kiến nghị", "recommendation"),
    ("phản ánh", "report"),
    ("khiếu nại", "complaint"),
    ("tố cáo", "denunciation"),
    ("đôn đốc", "urge"),
    ("gia hạn", "extend"),
    ("quá hạn", "overdue"),
    ("nghị quyết", "resolution"),
    ("kết luận", "conclusion"),
    ("chỉ thị", "directive"),
    ("lịch tuần", "calendar of the week"),
    ("hỏa tốc, thượng khẩn, khẩn", "express, very urgent, urgent"),
    ("mật, tối mật, tuyệt mật", "secret, highly secret, top secret"),
    ("thời hạn bảo quản", "retention period"),
];

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let view = Help {
        p: Page::inside(&inside, &inside.visit.words.t("calendar-help-title"), Place::Help),
        guides: guides(&inside),
        glossary: &GLOSSARY,
    };
    inside.visit.html(StatusCode::OK, &view)
}

/// The screens that the reader may use; of others nothing is said.
fn guides(inside: &Inside) -> Vec<Guide> {
    let (who, w) = (&inside.who, inside.visit.words);
    let guide = |shown: bool, path, name: String, said: String| shown.then_some(Guide { path, name, said });
    let registers = who.may("documents.incoming.register");
    let incoming = if registers { w.t("calendar-guide-register") } else { w.t("calendar-guide-incoming") };
    let week = if who.may("programme.calendar.approve") {
        w.t("calendar-guide-week-approve")
    } else {
        w.t("calendar-guide-week")
    };
    let all = [
        guide(who.may("documents.incoming.dispose"), "/ban-lam-viec", w.t("menu-desk"), w.t("calendar-guide-desk")),
        guide(who.may("programme.assignments.work"), "/viec", w.t("menu-work"), w.t("calendar-guide-work")),
        guide(true, "/thong-bao", w.t("calendar-notices"), w.t("calendar-guide-notices")),
        guide(who.may("documents.incoming.read"), "/van-ban/den", w.t("menu-incoming"), incoming),
        guide(who.may("documents.registers.read"), "/van-ban/so", w.t("menu-book"), w.t("calendar-guide-book")),
        guide(who.may("programme.calendar.read"), "/lich-tuan", w.t("calendar-week-title"), week),
        guide(
            who.may("programme.assignments.read"),
            "/qua-han",
            w.t("calendar-overdue-title"),
            w.t("calendar-guide-overdue"),
        ),
        guide(who.heads().is_some(), "/don-vi-cua-toi", w.t("calendar-team-title"), w.t("calendar-guide-team")),
        guide(jobs::are_for(who), "/tac-vu", w.t("jobs-title"), w.t("jobs-said")),
        guide(true, "/ca-nhan", w.t("menu-me"), w.t("calendar-guide-me")),
    ];
    all.into_iter().flatten().collect()
}
