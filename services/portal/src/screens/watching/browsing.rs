//! Q12: the way of browsers to the office: the certificate they see, which ones they are, what their policy kept out.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{Response, StatusCode},
};
use wire::Instant;

use super::panel::card;
use crate::{
    format,
    kit::chip::{Chip, Tone},
    screens::admin::sheet::{Cell, Content, Section, Table},
    sights::{Browser, KeptOut, Seen, Tally},
    visit::{Inside, Visit},
    words::Words,
};

/// The longest report that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// How long before its end a certificate is pressing: whoever buys one needs days for it. Those made by the door itself are
/// renewed a month before.
const PRESSING: Duration = Duration::from_secs(21 * 24 * 3600);

/// Takes what a browser says that it kept out of a page of somebody who is signed in; what others say is not kept.
pub(crate) async fn report(visit: Visit, said: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let readable = match visit.signed().await {
        Ok(Some(_)) => said.len() <= LONGEST && visit.portal.sights.reported(&said, visit.now),
        _ => true,
    };
    *response.status_mut() = if readable { StatusCode::NO_CONTENT } else { StatusCode::BAD_REQUEST };
    response
}

/// What is wrong: the certificate ends soon, or has ended.
pub(crate) fn pressing(inside: &Inside) -> Option<String> {
    let ends = inside.visit.certificate_ends?;
    let late = ends.since(inside.visit.now) < PRESSING;
    late.then(|| inside.visit.words.with("watching-do-certificate", &[("day", &format::day(ends.day()))]))
}

/// The cards.
pub(crate) fn sections(inside: &Inside) -> Vec<Section> {
    let (w, sights) = (inside.visit.words, &inside.visit.portal.sights);
    let browsers = sights.browsers().into_iter().map(|(seen, tally)| of_browser(seen, tally, w)).collect();
    let kept_out = sights.kept_out().into_iter().map(|(one, tally)| of_kept_out(one, tally, w)).collect();
    let table = |heads: [&str; 4], rows, empty: &str| Table {
        heads: heads.into_iter().map(|key| (w.t(key), key == "watching-times")).collect(),
        rows,
        empty: w.t(empty),
        next: None,
        wide: false,
    };
    let seen = ["watching-browser", "watching-state", "watching-times", "watching-last"];
    let out = ["watching-kept-out-what", "watching-kept-out-page", "watching-times", "watching-last"];
    let since = w.t("watching-since-start");
    let noted = |section: Section| Section { note: since.clone(), ..section };
    vec![
        card("certificate", w.t("watching-certificate"), certificate(inside.visit.certificate_ends, inside)),
        noted(card("browsers", w.t("watching-browsers"), Content::Table(table(seen, browsers, "watching-none")))),
        noted(card(
            "kept-out",
            w.t("watching-kept-out"),
            Content::Table(table(out, kept_out, "watching-kept-out-none")),
        )),
    ]
}

fn certificate(ends: Option<Instant>, inside: &Inside) -> Content {
    let w = inside.visit.words;
    match ends {
        Some(ends) => {
            let good = pressing(inside).is_none();
            Content::Verdict(good, w.with("watching-certificate-ends", &[("day", &format::day(ends.day()))]))
        }
        None => Content::Verdict(true, w.t("watching-certificate-none")),
    }
}

fn of_browser((browser, version): Seen, tally: Tally, w: Words) -> Vec<Cell> {
    let (name, chip) = match browser.first_supported() {
        Some(first) if version >= first => (name(browser), ok(w)),
        Some(_) => (name(browser), Chip::new(Tone::Late, "warning", w.t("watching-browser-old"))),
        None => ("", Chip::new(Tone::Soon, "warning", w.t("watching-browser-unknown"))),
    };
    let text = match name {
        "" => w.t("watching-browser-other"),
        name => format!("{name} {version}"),
    };
    vec![Cell::text(text), Cell::chips(vec![chip]), times(tally, w), last(tally)]
}

fn of_kept_out(one: KeptOut, tally: Tally, w: Words) -> Vec<Cell> {
    vec![Cell::text(one.what).meta(one.directive), Cell::text(one.page), times(tally, w), last(tally)]
}

fn name(browser: Browser) -> &'static str {
    match browser {
        Browser::Edge => "Edge",
        Browser::CocCoc => "Cốc Cốc",
        Browser::Chrome => "Chrome",
        Browser::Firefox => "Firefox",
        Browser::Safari => "Safari",
        Browser::Other => "",
    }
}

fn ok(w: Words) -> Chip {
    Chip::new(Tone::Good, "ok", w.t("watching-browser-good"))
}

fn times(tally: Tally, w: Words) -> Cell {
    Cell::number(format::number(i64::try_from(tally.times).unwrap_or(i64::MAX), w.0))
}

fn last(tally: Tally) -> Cell {
    Cell::text(format::moment(tally.last))
}
