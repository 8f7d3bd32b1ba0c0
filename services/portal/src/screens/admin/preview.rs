//! Q2: what an act upon a unit would do, before it is put into force: the new name or place, the heirs, the units and
//! posts that stand in it on that day, and what is open there. The same form, with what was typed, confirms it; a form that
//! was changed since is shown once more.

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{GetUnitHistory, Unit, UnitSpan};
use sha2::{Digest as _, Sha256};
use wire::{Day, Fault, Kind, id::UnitId};

use super::{
    acting::{Refusal, chosen, day, look, ticked},
    form::{Again, Field, Form, Input},
    open, reach,
    sheet::{Cell, Content, Section, Sheet, Table, address, span},
    unit, units,
};
use crate::{fields::Fields, format, kit::problems::Problems, page::Place, visit::Posted, words::Words};

/// The field that says what was shown.
const SEEN: &str = "da-xem";
/// The acts that are shown first.
const SHOWN: [&str; 4] = ["doi", "ket-thuc", "sap-nhap", "chia"];

/// Whether an act is to be shown before it is done.
pub(crate) fn is_due(act: &str, typed: &Fields) -> bool {
    SHOWN.contains(&act) && typed.get(SEEN) != mark(typed)
}

/// The forms whose acts are shown first say so on their buttons.
pub(crate) fn announce(forms: &mut [Form], w: Words) {
    for form in forms.iter_mut().filter(|form| SHOWN.contains(&form.act)) {
        form.button = w.t("admin-preview-do");
    }
}

/// What names everything that was typed.
fn mark(typed: &Fields) -> String {
    let mut hash = Sha256::new();
    for (name, value) in typed.typed().filter(|(name, _)| *name != SEEN) {
        for part in [name, value.trim()] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    hex::encode(hash.finalize()).chars().take(32).collect()
}

/// The page that shows it.
///
/// # Errors
/// A field that cannot be read; what identity does not tell.
pub(crate) async fn show(posted: &Posted, id: UnitId, act: &str) -> Result<Response<Body>, Refusal> {
    let (inside, w) = (&posted.inside, posted.inside.visit.words);
    let on = day(posted, day_field(act))?;
    let history = look(posted, &GetUnitHistory { id }).await?;
    let missing = || Fault::new(Kind::Missing, "portal.unit", "no such unit", "không có đơn vị");
    let current = history.at(on).or(history.spans.last()).ok_or_else(missing)?;
    let (all, positions, open) = futures_util::join!(
        reach::units(inside, history.office, Some(on)),
        reach::positions(inside, history.office, Some(on)),
        open::of_unit(inside, history.office, id),
    );
    let facts = facts(posted, act, on, current, all.here().map_or(&[][..], |(all, _)| all))?;
    let again = Again { act: act.to_owned(), problems: Problems::default(), fields: posted.fields.clone() };
    let heading = w.with("admin-preview-of", &[("name", &current.name)]);
    let mut sheet = Sheet::new(inside, Place::Units, &heading, &Again::default(), &[]);
    sheet.said = w.t("admin-preview-said");
    let office = reach::said(inside, history.office);
    sheet.up = vec![
        (address("/quan-tri/to-chuc", &[("co-quan", &office)]), w.t("admin-tree")),
        (format!("/quan-tri/don-vi/{id}"), current.name.clone()),
    ];
    sheet.sections.push(Section::new("preview", w, Content::Facts(facts)));
    sheet.sections.push(Section::table("preview-units", w, all.map(|(all, _)| below(&all, id, w))));
    let posts = positions.map(|(all, _)| unit::holders(&all, id, &office, w));
    sheet.sections.push(Section::table("preview-posts", w, posts));
    sheet.sections.extend(open);
    let forms = unit::forms(inside, &history, current, &again).await;
    sheet.forms = forms.into_iter().filter(|form| form.act == act).map(|form| seen(form, &posted.fields, w)).collect();
    Ok(sheet.answer(inside, StatusCode::OK))
}

/// The form again, which is done when it comes back as it is.
fn seen(mut form: Form, typed: &Fields, w: Words) -> Form {
    form.title = w.t("admin-preview-confirm");
    form.said = Some(w.t("admin-preview-confirm-said"));
    form.fields.push(Field {
        id: SEEN.to_owned(),
        name: SEEN,
        label: String::new(),
        width: "six",
        input: Input::Kept,
        values: vec![mark(typed)],
        fault: None,
    });
    form
}

/// The field with the day from which an act holds.
fn day_field(act: &str) -> &'static str {
    match act {
        "doi" => "from",
        "ket-thuc" => "to",
        _ => "day",
    }
}

fn facts(
    posted: &Posted,
    act: &str,
    on: Day,
    current: &UnitSpan,
    all: &[Unit],
) -> Result<Vec<(String, Cell)>, Refusal> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut facts = vec![(w.t("admin-preview-from"), Cell::text(format::day(on)))];
    let instrument = typed.some("instrument").unwrap_or_else(|| w.t("admin-preview-no-instrument"));
    facts.push((w.t("admin-col-instrument"), Cell::text(instrument)));
    let kept = || w.t("admin-preview-kept");
    let named = |id: UnitId| Cell::link(units::name(all, id), format!("/quan-tri/don-vi/{id}"));
    match act {
        "doi" => {
            let name = typed.some("name").filter(|name| *name != current.name);
            let change = |name: String| format!("{} → {name}", current.name);
            facts.push((w.t("admin-col-name"), Cell::text(name.map_or_else(kept, change))));
            let over = typed.get("parent").parse().ok().filter(|over| current.parent != Some(*over));
            facts.push((w.t("admin-above"), over.map_or_else(|| Cell::text(kept()), named)));
        }
        "sap-nhap" => {
            let into = chosen(posted, "into")?;
            facts.push((w.t("admin-col-heir"), named(into).meta(w.t("admin-share-whole"))));
        }
        "chia" => {
            let main: UnitId = chosen(posted, "main")?;
            for heir in ticked::<UnitId>(posted, "successors") {
                let share = if heir == main { "admin-share-main" } else { "admin-share-part" };
                facts.push((w.t("admin-col-heir"), named(heir).meta(w.t(share))));
            }
        }
        _ => facts.push((w.t("admin-col-heir"), Cell::text(w.t("admin-preview-no-heir")))),
    }
    Ok(facts)
}

/// The units directly below, on the day of the act.
fn below(all: &[Unit], id: UnitId, w: Words) -> Table {
    let row = |unit: &Unit| {
        let link = Cell::link(unit.name.clone(), format!("/quan-tri/don-vi/{}", unit.id));
        vec![link, Cell::text(span(unit.from, unit.to, w))]
    };
    let rows = all.iter().filter(|unit| unit.parent == Some(id)).map(row).collect();
    Table::new(w, &["unit", "time"], "admin-preview-units-none", rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_is_done_and_what_was_changed_since_is_shown_again() {
        let typed = |text: &str| Fields::read(text.as_bytes());
        let first = typed("_csrf=a&_key=b&into=x&day=1%2F1%2F2027");
        assert!(is_due("sap-nhap", &first) && !is_due("them", &first));
        let back = |rest: &str| typed(&format!("_csrf=a&_key=c&{rest}&da-xem={}", mark(&first)));
        assert!(!is_due("sap-nhap", &back("into=x&day=1%2F1%2F2027")));
        for changed in ["into=y&day=1%2F1%2F2027", "into=x&day=2%2F1%2F2027", "into=x", "into=x&day=1%2F1%2F2027&q=1"] {
            assert!(is_due("sap-nhap", &back(changed)), "{changed}");
        }
    }
}
