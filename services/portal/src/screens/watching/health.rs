//! Q12: how the services are. One sentence when all is well; otherwise what is wrong and what to do, before the details.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::join_all;
use wire::{GetHealth, HealthPart, HealthRow, HealthState, Instant, ServiceHealth};

use super::{
    browsing,
    panel::{Action, Alarm, Panel, card, whom},
};
use crate::{
    asking::{Part, service_name},
    format,
    kit::chip::{Chip, Tone},
    manifest::SERVICES,
    page::Place,
    screens::admin::sheet::{Cell, Content, Section, Table},
    visit::Inside,
    words::Words,
};

/// Clocks that differ by more give days and deadlines that differ.
const CLOCKS: Duration = Duration::from_secs(5);

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (w, now) = (inside.visit.words, inside.visit.now);
    let call = GetHealth {};
    let found = join_all(SERVICES.map(|service| inside.part_of(service, &call))).await;
    let mut panel = Panel::new(&inside, Place::Health, &w.t("watching-health"), &w.t("watching-health-said"));
    let again =
        Action { path: "/quan-tri/suc-khoe".to_owned(), icon: "again", text: w.t("watching-reload"), primary: true };
    panel.actions.push(again);
    let (mut wrong, mut bad, mut cards) = (Wrong::default(), false, Vec::new());
    for (name, part) in SERVICES.into_iter().zip(found) {
        match part {
            Part::Here(health) => {
                bad |= health.state == HealthState::Bad;
                faults(&mut wrong, &service_name(name, w), &health, now, w);
                cards.push(of_service(name, &health, now, w));
            }
            Part::Silent(silence) => {
                if silence.again {
                    bad = true;
                    wrong.add("watching-silent-do", String::new(), &service_name(name, w));
                }
                cards.push(card(name, service_name(name, w), Content::Silent(silence)));
            }
        }
    }
    panel.alarm = alarm(wrong, bad, &inside);
    let refused = cards.iter().any(|card| matches!(card.content, Content::Silent(_)));
    if panel.alarm.is_none() && !refused {
        panel.sections.push(card("verdict", w.t("watching-verdict"), Content::Verdict(true, w.t("watching-well"))));
    }
    panel.sections.extend(cards);
    if inside.who.may("health.read") {
        panel.sections.extend(browsing::sections(&inside));
    }
    inside.visit.html(StatusCode::OK, &panel)
}

fn alarm(wrong: Wrong, bad: bool, inside: &Inside) -> Option<Alarm> {
    let w = inside.visit.words;
    let heading = w.t(if bad { "watching-bad" } else { "watching-late" });
    let said = [wrong.said(w), browsing::pressing(inside).into_iter().collect()].concat();
    (!said.is_empty()).then(|| Alarm { heading, said, call: whom(inside) })
}

/// What is wrong: the advice, of which part, and with whom. What several services have in common, such as a disk, is said
/// once.
#[derive(Default)]
struct Wrong(Vec<(&'static str, String, Vec<String>)>);

impl Wrong {
    fn add(&mut self, advice: &'static str, of: String, service: &str) {
        match self.0.iter_mut().find(|(known, which, _)| *known == advice && *which == of) {
            Some((_, _, services)) => services.push(service.to_owned()),
            None => self.0.push((advice, of, vec![service.to_owned()])),
        }
    }

    fn said(&self, w: Words) -> Vec<String> {
        let sentence = |(advice, of, services): &(&str, String, Vec<String>)| {
            w.with(advice, &[("service", &services.join(", ")), ("of", of)])
        };
        self.0.iter().map(sentence).collect()
    }
}

/// What is wrong with a service.
fn faults(wrong: &mut Wrong, called: &str, health: &ServiceHealth, now: Instant, w: Words) {
    for row in health.parts.iter().filter(|row| row.state != HealthState::Good) {
        wrong.add(advice(row.part), of(row, w), called);
    }
    if apart(health.now, now) > CLOCKS {
        wrong.add("watching-do-clock", String::new(), called);
    }
}

/// How far two clocks are apart.
fn apart(one: Instant, other: Instant) -> Duration {
    one.since(other).max(other.since(one))
}

fn advice(part: HealthPart) -> &'static str {
    match part {
        HealthPart::Database => "watching-do-database",
        HealthPart::Courier => "watching-do-courier",
        HealthPart::Outbox => "watching-do-outbox",
        HealthPart::Consumer => "watching-do-consumer",
        HealthPart::DeadLetters => "watching-do-dead-letters",
        HealthPart::Jobs => "watching-do-jobs",
        HealthPart::ParkedJobs => "watching-do-parked-jobs",
        HealthPart::Seal => "watching-do-seal",
        HealthPart::Room => "watching-do-room",
    }
}

/// Which of several parts it is: another service, or a disk.
fn of(row: &HealthRow, w: Words) -> String {
    match row.of.as_deref() {
        Some("files") if row.part == HealthPart::Room => w.t("watching-room-files"),
        Some("database") if row.part == HealthPart::Room => w.t("watching-room-database"),
        Some(name) => service_name(name, w),
        None => String::new(),
    }
}

fn of_service(name: &'static str, health: &ServiceHealth, now: Instant, w: Words) -> Section {
    let heads = ["watching-part", "watching-state", "watching-waiting", "watching-took"];
    let mut rows: Vec<Vec<Cell>> = health.parts.iter().map(|one| row(one, w)).collect();
    let late = apart(health.now, now) > CLOCKS;
    let state = if late { HealthState::Late } else { HealthState::Good };
    rows.push(vec![Cell::text(w.t("watching-part-clock")), chip(state, w), Cell::number(""), Cell::number("")]);
    let table = Table {
        heads: heads.into_iter().enumerate().map(|(at, key)| (w.t(key), at > 1)).collect(),
        rows,
        empty: w.t("watching-none"),
        next: None,
        wide: false,
    };
    let version = [("version", health.version.as_str()), ("since", &format::moment(health.started))];
    Section { note: w.with("watching-version", &version), ..card(name, service_name(name, w), Content::Table(table)) }
}

fn row(one: &HealthRow, w: Words) -> Vec<Cell> {
    let part = w.t(match one.part {
        HealthPart::Database => "watching-part-database",
        HealthPart::Courier => "watching-part-courier",
        HealthPart::Outbox => "watching-part-outbox",
        HealthPart::Consumer => "watching-part-consumer",
        HealthPart::DeadLetters => "watching-part-dead-letters",
        HealthPart::Jobs => "watching-part-jobs",
        HealthPart::ParkedJobs => "watching-part-parked-jobs",
        HealthPart::Seal => "watching-part-seal",
        HealthPart::Room => "watching-part-room",
    });
    let waiting = one.waiting.and_then(|count| i64::try_from(count).ok()).map(|count| format::number(count, w.0));
    let free = one.free_bytes.map(|bytes| w.with("watching-free", &[("size", &format::size(bytes))]));
    vec![
        Cell::text(part).meta(of(one, w)),
        chip(one.state, w),
        Cell::number(waiting.or(free).unwrap_or_default()),
        Cell::number(one.took_ms.map(|millis| took(millis, w)).unwrap_or_default()),
    ]
}

fn chip(state: HealthState, w: Words) -> Cell {
    let (tone, icon, key) = match state {
        HealthState::Good => (Tone::Good, "ok", "watching-state-good"),
        HealthState::Late => (Tone::Soon, "warning", "watching-state-late"),
        HealthState::Bad => (Tone::Late, "overdue", "watching-state-bad"),
    };
    Cell::chips(vec![Chip::new(tone, icon, w.t(key))])
}

/// A time as one says it: milliseconds, seconds or minutes.
fn took(millis: u64, w: Words) -> String {
    let (key, number) = match millis {
        0..1_000 => ("watching-ms", millis),
        1_000..120_000 => ("watching-seconds", millis / 1_000),
        _ => ("watching-minutes", millis / 60_000),
    };
    w.with(key, &[("number", &number.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn times_are_said_in_what_they_are_long_in() {
        let said = |millis| took(millis, Words(Lang::Vi));
        assert_eq!([said(7), said(1_500), said(180_000)], ["7 ms", "1 giây", "3 phút"]);
        let (one, other) = (Instant::from_micros(0), Instant::from_micros(6_000_000));
        assert_eq!((apart(one, other), apart(other, one)), (Duration::from_secs(6), Duration::from_secs(6)));
    }

    #[test]
    fn what_several_services_have_in_common_is_said_once() {
        let mut wrong = Wrong::default();
        for service in ["Văn bản", "Thông báo"] {
            wrong.add("watching-do-room", "kho tệp".to_owned(), service);
        }
        wrong.add("watching-do-room", "cơ sở dữ liệu".to_owned(), "Văn bản");
        let said: Vec<_> = wrong.0.iter().map(|(_, of, services)| (of.as_str(), services.join(", "))).collect();
        assert_eq!(said, [("kho tệp", "Văn bản, Thông báo".to_owned()), ("cơ sở dữ liệu", "Văn bản".to_owned())]);
    }
}
