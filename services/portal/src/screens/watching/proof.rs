//! Whether the log holds: every service checks its own, from the first act to the last signed checkpoint. A log that does
//! not hold is no matter for later: the page says so in red, what to do, and whom to call.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode},
};
use futures_util::future::join_all;
use wire::{AuditBreach, AuditProof, AuditState, Instant, VerifyAudit};

use super::panel::{Action, Alarm, Panel, card, whom};
use crate::{
    asking::{Part, service_name},
    format,
    kit::chip::{Chip, Tone},
    manifest::SERVICES,
    page::Place,
    screens::admin::sheet::{Cell, Content, Section, Table, address},
    visit::{Inside, go},
    words::Words,
};

/// After how many seconds a page whose checks are at work is asked for again.
const AGAIN: &str = "3";

/// The page. Its address says since when a check counts, so that asking for it again begins none.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let Ok(since) = inside.visit.query.get("tu-luc").parse() else {
        let now = inside.visit.now.micros().to_string();
        return go(&address("/quan-tri/nhat-ky/kiem", &[("tu-luc", &now)]));
    };
    let w = inside.visit.words;
    let call = VerifyAudit { since: Some(Instant::from_micros(since)) };
    let found = join_all(SERVICES.map(|service| inside.part_of(service, &call))).await;
    let found: Vec<_> = SERVICES.into_iter().zip(found).collect();
    let mut panel = Panel::new(&inside, Place::Audit, &w.t("watching-proof"), &w.t("watching-proof-said"));
    panel.up = Some(("/quan-tri/nhat-ky".to_owned(), w.t("watching-audit")));
    let fresh = Action {
        path: "/quan-tri/nhat-ky/kiem".to_owned(),
        icon: "again",
        text: w.t("watching-check-again"),
        primary: false,
    };
    panel.actions.push(fresh);
    let states: Vec<_> = found.iter().map(|(_, part)| part.here().map(|proof| proof.state)).collect();
    panel.alarm = alarm(&found, &inside);
    panel.sections = sections(found, &states, w);
    let mut response = inside.visit.html(StatusCode::OK, &panel);
    if states.contains(&Some(AuditState::Checking)) {
        response.headers_mut().insert("refresh", HeaderValue::from_static(AGAIN));
    }
    response
}

type Found = [(&'static str, Part<AuditProof>)];

fn alarm(found: &Found, inside: &Inside) -> Option<Alarm> {
    let w = inside.visit.words;
    let broken = found.iter().filter_map(|(name, part)| Some((name, part.here()?.broken?)));
    let what: Vec<String> = broken
        .map(|(name, how)| {
            w.with("watching-broken-in", &[("service", &service_name(name, w)), ("how", &breach(how, w))])
        })
        .collect();
    if what.is_empty() {
        return None;
    }
    let steps = ["watching-broken-stop", "watching-broken-keep", "watching-broken-copy"];
    let said = what.into_iter().chain(steps.map(|key| w.t(key))).collect();
    Some(Alarm { heading: w.t("watching-broken"), said, call: whom(inside) })
}

fn breach(how: AuditBreach, w: Words) -> String {
    w.t(match how {
        AuditBreach::RecordChanged => "watching-breach-record",
        AuditBreach::PlaceMissing => "watching-breach-place",
        AuditBreach::RootDiffers => "watching-breach-root",
        AuditBreach::Unsigned => "watching-breach-unsigned",
        AuditBreach::SignatureBad => "watching-breach-signature",
        AuditBreach::Truncated => "watching-breach-truncated",
    })
}

fn sections(found: Vec<(&'static str, Part<AuditProof>)>, states: &[Option<AuditState>], w: Words) -> Vec<Section> {
    let mut sections = Vec::new();
    if states.iter().all(|state| *state == Some(AuditState::Sound)) {
        sections.push(card("verdict", w.t("watching-verdict"), Content::Verdict(true, w.t("watching-sound-all"))));
    }
    let mut rows = Vec::new();
    for (name, part) in found {
        match part {
            Part::Here(proof) => rows.push(row(name, &proof, w)),
            Part::Silent(silence) => sections.push(card(name, service_name(name, w), Content::Silent(silence))),
        }
    }
    let heads = ["watching-service", "watching-state", "watching-records", "watching-checkpoint"];
    let table = Table {
        heads: heads.map(|key| (w.t(key), key == "watching-records")).to_vec(),
        rows,
        empty: w.t("watching-none"),
        next: None,
        wide: false,
    };
    let mut logs = card("logs", w.t("watching-logs"), Content::Table(table));
    if states.contains(&Some(AuditState::Checking)) {
        logs.note = w.t("watching-checking-all");
    }
    sections.push(logs);
    sections
}

fn row(name: &str, proof: &AuditProof, w: Words) -> Vec<Cell> {
    let (tone, icon, key) = match proof.state {
        AuditState::Checking => (Tone::Info, "waiting", "watching-checking"),
        AuditState::Sound => (Tone::Good, "ok", "watching-sound"),
        AuditState::Broken => (Tone::Late, "overdue", "watching-broken-chip"),
        AuditState::Unread => (Tone::Soon, "warning", "watching-unread"),
    };
    let state = Cell::chips(vec![Chip::new(tone, icon, w.t(key))]);
    let place = proof.place.and_then(|place| i64::try_from(place).ok());
    let place = place.map(|place| w.with("watching-place", &[("place", &format::number(place, w.0))]));
    let how = [proof.broken.map(|how| breach(how, w)), place].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let records = proof.records.and_then(|records| i64::try_from(records).ok());
    vec![
        Cell::text(service_name(name, w)),
        state.meta(how),
        Cell::number(records.map_or_else(|| "–".to_owned(), |records| format::number(records, w.0))),
        Cell::text(proof.checkpoint.map(format::moment).unwrap_or_default())
            .meta(proof.root.clone().unwrap_or_default()),
    ]
}
