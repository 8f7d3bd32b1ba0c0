//! V11: the directory of offices as they stand on a day, and who stands in the place of what there is no more: an old
//! commune, district or province typed by its old name leads to its heirs, with day and instrument.

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_identity::{FormerSuccessor, FormerUnit, ListFormerUnits, ListOffices, Office, OfficeKind};
use wire::{Cursor, Day, Page as Paged};

use super::{
    form::{Again, Form},
    kinds,
    sheet::{Cell, Section, Sheet, Table, address, span},
};
use crate::{
    format,
    kit::chip::{Chip, Tone},
    page::Place,
    visit::Inside,
    words::Words,
};

/// How many rows a page shows.
const ROWS: u16 = 50;
/// How many old units a search shows.
const OLD: u16 = 25;
/// The longest code of an administrative unit.
const CODE: usize = 5;

/// The tier as the address says it.
fn tier(word: &str) -> Option<OfficeKind> {
    match word {
        "tinh" => Some(OfficeKind::Province),
        "xa" => Some(OfficeKind::Commune),
        "trung-uong" => Some(OfficeKind::Centre),
        _ => None,
    }
}

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let (q, as_of) = (query.some("q"), format::read_day(query.get("ngay")));
    let of_offices = ListOffices {
        parent: None,
        kind: tier(query.get("cap")),
        q: q.clone(),
        as_of,
        limit: Some(ROWS),
        cursor: query.some("tiep").map(Cursor),
    };
    let of_former = q.as_ref().map(|words| former(words, as_of, query.some("cu").map(Cursor)));
    let (offices, former) = futures_util::join!(
        inside.part(&of_offices),
        OptionFuture::from(of_former.as_ref().map(|call| inside.part(call))),
    );
    let mut sheet = Sheet::new(&inside, Place::Directory, &w.t("admin-directory"), &Again::default(), &[]);
    sheet.said = w.t("admin-directory-said");
    sheet.search = Some(search(&inside));
    let link = |name, cursor: &Cursor| {
        let values = [("q", query.get("q")), ("cap", query.get("cap")), ("ngay", query.get("ngay")), (name, &cursor.0)];
        address("/danh-ba", &values)
    };
    let offices =
        offices.map(|page| Table { next: page.next.as_ref().map(|next| link("tiep", next)), ..today(&page, w) });
    sheet.sections.push(Section::table("offices", w, offices).noted(stands(as_of, w)));
    if let Some(former) = former {
        let old =
            former.map(|page| Table { next: page.next.as_ref().map(|next| link("cu", next)), ..before(&page, w) });
        sheet.sections.push(Section::table("former", w, old).noted(w.t("admin-former-said")));
    }
    sheet.answer(&inside, StatusCode::OK)
}

/// A number is a code, everything else words of a name.
fn former(words: &str, as_of: Option<Day>, cursor: Option<Cursor>) -> ListFormerUnits {
    let all = ListFormerUnits { as_of, limit: Some(OLD), cursor, ..ListFormerUnits::default() };
    if words.len() <= CODE && words.bytes().all(|byte| byte.is_ascii_digit()) {
        ListFormerUnits { code: Some(words.to_owned()), ..all }
    } else {
        ListFormerUnits { q: Some(words.to_owned()), ..all }
    }
}

fn search(inside: &Inside) -> Form {
    let (w, query) = (inside.visit.words, &inside.visit.query);
    let tiers = vec![
        (String::new(), w.t("admin-tier-any")),
        ("tinh".to_owned(), w.t("admin-tier-province")),
        ("xa".to_owned(), w.t("admin-tier-commune")),
    ];
    let form = Form::search("/danh-ba", w).text("q", query.get("q"));
    form.choice_of("cap", tiers, query.get("cap")).day("ngay", query.get("ngay"))
}

/// On which day the names count.
pub(crate) fn stands(as_of: Option<Day>, w: Words) -> String {
    as_of.map_or_else(|| w.t("admin-as-today"), |day| w.with("admin-as-of", &[("day", &format::day(day))]))
}

fn today(page: &Paged<Office>, w: Words) -> Table {
    let row = |office: &Office| {
        vec![
            Cell::number(office.code.clone()),
            Cell::link(office.name.clone(), format!("/danh-ba/{}", office.id)),
            Cell::text(kinds::tier(office.kind, w)),
            Cell::text(span(office.from, office.to, w)),
        ]
    };
    let rows = page.items.iter().map(row).collect();
    Table::new(w, &["#code", "office", "tier", "time"], "admin-offices-none", rows)
}

/// Units of before with their heirs.
pub(super) fn before(page: &Paged<FormerUnit>, w: Words) -> Table {
    let row = |unit: &FormerUnit| {
        let above = [&unit.district, &unit.province].into_iter().flatten().map(|place| place.name.clone());
        let above: Vec<String> = std::iter::once(kinds::former(unit.kind, w)).chain(above).collect();
        let unsure = (!unit.verified).then(|| Chip::new(Tone::Soon, "warning", w.t("admin-not-verified")));
        vec![
            Cell::text(unit.name.clone()).meta(above.join(" · ")),
            Cell::number(unit.code.clone()),
            Cell::text(unit.instrument.clone())
                .meta(w.with("admin-until", &[("day", &format::day(unit.until))]))
                .marked(unsure.into_iter().collect()),
        ]
    };
    let rows = page.items.iter().flat_map(|unit| heirs(row(unit), &unit.successors, w)).collect();
    Table::new(w, &["former", "#code-then", "ended-by", "heir"], "admin-former-none", rows)
}

/// One row for each heir; the old unit stands in the first of them.
fn heirs(mut first: Vec<Cell>, successors: &[FormerSuccessor], w: Words) -> Vec<Vec<Cell>> {
    let heir = |one: &FormerSuccessor| {
        let chips = vec![kinds::share(one.share, w)];
        match (one.office, &one.name) {
            (Some(office), Some(name)) => Cell::link(name.clone(), format!("/danh-ba/{office}")).marked(chips),
            _ => Cell::text(w.with("admin-not-loaded", &[("code", &one.code)])).marked(chips),
        }
    };
    let mut cells = successors.iter().map(heir);
    first.push(cells.next().unwrap_or_else(|| Cell::text(w.t("admin-no-heir"))));
    let blank = || vec![Cell::default(), Cell::default(), Cell::default()];
    let more = cells.map(|cell| {
        let mut row = blank();
        row.push(cell);
        row
    });
    std::iter::once(first).chain(more).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_a_code_of_then_and_words_a_name() {
        let asked = |words| {
            let call = former(words, None, None);
            (call.code, call.q)
        };
        assert_eq!(asked("755"), (Some("755".to_owned()), None));
        assert_eq!(asked("con dao"), (None, Some("con dao".to_owned())));
        assert_eq!(asked("123456"), (None, Some("123456".to_owned())));
    }
}
