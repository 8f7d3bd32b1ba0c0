//! Q9: who did what to which noun, over all services, newest first. Values are never shown, for the log has none.

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use wire::{AuditRow, Cursor, ListAudit};

use super::{
    acts,
    merging::{self, Merged, Places},
    panel::{Action, Panel, card},
    who::Names,
};
use crate::{
    asking::service_name,
    fields::Fields,
    format,
    kit::chip::{Chip, Tone},
    manifest::SERVICES,
    page::Place,
    screens::admin::{
        form::{Form, Input},
        reach,
        sheet::{Cell, Content, Section, Table, address},
    },
    session::Signed,
    visit::Inside,
    words::Words,
};

/// How many acts a page shows.
const ROWS: u16 = 50;
/// What the address may choose by.
const FILTERS: [&str; 7] = ["co-quan", "tu", "den", "nguoi", "loai", "ma", "viec"];
/// What its place in a service's log is called in the address.
const PLACE: &str = "tiep-";

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let found = merging::ask(&inside, &filter(&inside), &places(query), ROWS).await;
    let names = Names::of(&inside, reach::office(&inside), &found.rows).await;
    let mut panel = Panel::new(&inside, Place::Audit, &w.t("watching-audit"), &w.t("watching-audit-said"));
    panel.actions = actions(query, w);
    panel.search = Some(search(&inside, &names));
    let filtered = FILTERS.iter().skip(1).any(|name| !query.get(name).is_empty());
    if found.rows.is_empty() && filtered {
        panel.clear = Some(address("/quan-tri/nhat-ky", &[("co-quan", query.get("co-quan"))]));
    }
    panel.sections = sections(&inside, found, &names, filtered);
    inside.visit.html(StatusCode::OK, &panel)
}

/// What the address asks for.
pub(crate) fn filter(inside: &Inside) -> ListAudit {
    let query = &inside.visit.query;
    ListAudit {
        office: Some(reach::office(inside)),
        from: format::read_day(query.get("tu")),
        to: format::read_day(query.get("den")),
        person: query.get("nguoi").parse().ok(),
        noun: query.some("loai"),
        id: query.get("ma").parse().ok(),
        act: query.some("viec"),
        limit: None,
        cursor: None,
    }
}

fn places(query: &Fields) -> Places {
    let place = |service: &&'static str| Some((*service, Cursor(query.some(&format!("{PLACE}{service}"))?)));
    SERVICES.iter().filter_map(place).collect()
}

/// The address with its filters, and with where each log goes on.
fn onward(path: &str, query: &Fields, places: &Places) -> String {
    let places: Vec<(String, &str)> =
        places.iter().map(|(service, place)| (format!("{PLACE}{service}"), place.0.as_str())).collect();
    let filters = FILTERS.iter().map(|name| (*name, query.get(name)));
    let pairs: Vec<(&str, &str)> = filters.chain(places.iter().map(|(name, place)| (name.as_str(), *place))).collect();
    address(path, &pairs)
}

fn actions(query: &Fields, w: Words) -> Vec<Action> {
    let export = onward("/quan-tri/nhat-ky/xuat", query, &Places::new());
    let check = "/quan-tri/nhat-ky/kiem".to_owned();
    vec![
        Action { path: export, icon: "download", text: w.t("watching-export"), primary: false },
        Action { path: check, icon: "shield", text: w.t("watching-check"), primary: true },
    ]
}

fn search(inside: &Inside, names: &Names) -> Form {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let other = reach::said(inside, reach::office(inside));
    let nouns = acts::NOUNS.map(|kind| (kind.to_owned(), acts::noun(kind, w)));
    let any = || vec![(String::new(), w.t("watching-any"))];
    let (mut people, mut kinds) = (any(), any());
    people.extend(names.choices.iter().cloned());
    kinds.extend(nouns);
    Form::search("/quan-tri/nhat-ky", w)
        .field("co-quan", "six", Input::Kept, &other)
        .day("tu", query.get("tu"))
        .day("den", query.get("den"))
        .choice_of("nguoi", people, query.get("nguoi"))
        .choice_of("loai", kinds, query.get("loai"))
        .field("ma", "three", Input::Text, query.get("ma"))
        .field("viec", "three", Input::Text, query.get("viec"))
}

fn sections(inside: &Inside, found: Merged, names: &Names, filtered: bool) -> Vec<Section> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let mut sections = Vec::new();
    let nobody = found.silent.len() == SERVICES.len();
    for (name, silence) in found.silent {
        sections.push(card(name, service_name(name, w), Content::Silent(silence)));
        if nobody {
            // They say the same: one sentence will do.
            return sections;
        }
    }
    let heads = ["watching-when", "watching-who", "watching-what", "watching-noun"];
    let table = Table {
        heads: heads.map(|key| (w.t(key), false)).to_vec(),
        rows: found.rows.iter().map(|one| row(one, names, &inside.who, w)).collect(),
        empty: w.t(if filtered { "watching-none-filter" } else { "watching-none" }),
        next: found.next.map(|next| onward("/quan-tri/nhat-ky", query, &next)),
        wide: false,
    };
    sections.push(card("acts", w.t("watching-acts"), Content::Table(table)));
    sections
}

fn row(one: &AuditRow, names: &Names, who: &Signed, w: Words) -> Vec<Cell> {
    let lender = names.lender(one, w).map(|name| w.with("watching-on-behalf", &[("name", &name)]));
    let unsealed = (!one.sealed).then(|| Chip::new(Tone::Plain, "waiting", w.t("watching-unsealed")));
    let noun = acts::noun(&one.noun, w);
    let noun = match acts::page(&one.noun, one.id, who) {
        Some(path) => Cell::link(noun, path),
        None => Cell::text(noun),
    };
    vec![
        Cell::text(format::moment(one.at)).marked(unsealed.into_iter().collect()),
        Cell::text(names.doer(one, w)).meta(lender.unwrap_or_default()),
        Cell::text(acts::act(&one.act, w)).meta(one.act.clone()),
        noun.meta(one.id.to_string()),
    ]
}
