//! What the installation is set to and where each value comes from: the pages and the door, then service by service. A
//! secret is told as set or not set, by the services themselves.

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::join_all;
use wire::{GetSettings, SettingOrigin, SettingRow};

use super::panel::{Panel, card};
use crate::{
    asking::{Part, service_name},
    kit::chip::{Chip, Tone},
    manifest::SERVICES,
    page::Place,
    screens::admin::{
        form::{Form, Input},
        sheet::{Cell, Content, Section, Table},
    },
    visit::Inside,
    words::Words,
};

/// The address.
const PATH: &str = "/quan-tri/cai-dat";

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let call = GetSettings {};
    let found = join_all(SERVICES.map(|service| inside.part_of(service, &call))).await;
    let wanted = Wanted::of(&inside);
    let mut panel = Panel::new(&inside, Place::Settings, &w.t("watching-settings"), &w.t("watching-settings-said"));
    panel.search = Some(search(&inside));
    panel.clear = (!wanted.is_everything()).then(|| PATH.to_owned());
    let mut whole = None;
    let mut cards = Vec::new();
    for (name, part) in SERVICES.into_iter().zip(found) {
        match part {
            Part::Here(told) => {
                whole = Some(whole.unwrap_or(true) && told.whole);
                cards.push(of_one(name, service_name(name, w), &told.settings, &wanted, w));
            }
            Part::Silent(silence) => cards.push(card(name, service_name(name, w), Content::Silent(silence))),
        }
    }
    // What the portal itself is set to is for those to whom a service has told its own.
    if let Some(whole) = whole {
        let mut own = inside.visit.portal.settings.shown.clone();
        if !whole {
            own = own.into_iter().map(SettingRow::without_texts).collect();
        }
        panel.sections.push(of_one("pages", w.t("watching-settings-pages"), &own, &wanted, w));
        if !whole {
            panel.said = w.t("watching-settings-part");
        }
    }
    panel.sections.extend(cards);
    inside.visit.html(StatusCode::OK, &panel)
}

/// What the address asks for.
struct Wanted {
    words: String,
    origin: String,
}

impl Wanted {
    fn of(inside: &Inside) -> Self {
        let query = &inside.visit.query;
        Self { words: query.get("ten").trim().to_lowercase(), origin: query.get("nguon").to_owned() }
    }

    fn is_everything(&self) -> bool {
        self.words.is_empty() && self.origin.is_empty()
    }

    fn takes(&self, row: &SettingRow) -> bool {
        let from = match self.origin.as_str() {
            "" => true,
            "khac" => row.origin != SettingOrigin::Default,
            other => other == code(row.origin),
        };
        from && row.key.to_lowercase().contains(&self.words)
    }
}

fn code(origin: SettingOrigin) -> &'static str {
    match origin {
        SettingOrigin::Default => "mac-dinh",
        SettingOrigin::File => "tep",
        SettingOrigin::Environment => "moi-truong",
        SettingOrigin::CommandLine => "lenh",
    }
}

fn search(inside: &Inside) -> Form {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let origins = ["khac", "mac-dinh", "tep", "moi-truong", "lenh"];
    let mut choices = vec![(String::new(), w.t("watching-any"))];
    choices.extend(origins.map(|code| (code.to_owned(), w.t(&format!("watching-from-{code}")))));
    Form::search(PATH, w).field("ten", "three", Input::Text, query.get("ten")).choice_of(
        "nguon",
        choices,
        query.get("nguon"),
    )
}

fn of_one(id: &'static str, title: String, rows: &[SettingRow], wanted: &Wanted, w: Words) -> Section {
    let shown: Vec<_> = rows.iter().filter(|row| wanted.takes(row)).map(|row| cells(row, w)).collect();
    let note =
        w.with("watching-settings-many", &[("shown", &shown.len().to_string()), ("all", &rows.len().to_string())]);
    let heads = ["watching-setting", "watching-value", "watching-from"];
    let table = Table {
        heads: heads.map(|key| (w.t(key), false)).to_vec(),
        rows: shown,
        empty: w.t("watching-settings-none"),
        next: None,
        wide: false,
    };
    Section { note, ..card(id, title, Content::Table(table)) }
}

fn cells(row: &SettingRow, w: Words) -> Vec<Cell> {
    let value = match (&row.value, row.secret, row.set) {
        (Some(value), ..) => Cell::text(value.clone()),
        (None, true, true) => Cell::text(w.t("watching-secret-set")),
        (None, true, false) => Cell::text(w.t("watching-secret-unset")),
        (None, false, true) => Cell::text(w.t("watching-withheld")),
        (None, false, false) => Cell::text(w.t("watching-unset")),
    };
    let tone = if row.origin == SettingOrigin::Default { Tone::Plain } else { Tone::Info };
    let icon = if row.origin == SettingOrigin::Default { "register" } else { "pen" };
    let from = Chip::new(tone, icon, w.t(&format!("watching-from-{}", code(row.origin))));
    vec![Cell::text(row.key.clone()), value, Cell::chips(vec![from]).meta(row.file.clone().unwrap_or_default())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_chosen_by_a_part_of_their_name_and_by_where_they_come_from() {
        let row = |key: &str, origin| SettingRow {
            key: key.to_owned(),
            value: None,
            set: true,
            secret: false,
            origin,
            file: None,
        };
        let rows = [
            row("identity.session_s", SettingOrigin::Default),
            row("identity.step_up", SettingOrigin::File),
            row("nats.url", SettingOrigin::Environment),
        ];
        let table = [
            ("", "", vec!["identity.session_s", "identity.step_up", "nats.url"]),
            ("identity", "", vec!["identity.session_s", "identity.step_up"]),
            ("", "khac", vec!["identity.step_up", "nats.url"]),
            ("step", "tep", vec!["identity.step_up"]),
            ("url", "mac-dinh", vec![]),
        ];
        for (words, origin, expected) in table {
            let wanted = Wanted { words: words.to_owned(), origin: origin.to_owned() };
            let taken: Vec<_> = rows.iter().filter(|row| wanted.takes(row)).map(|row| row.key.as_str()).collect();
            assert_eq!(taken, expected, "{words} {origin}");
        }
    }
}
