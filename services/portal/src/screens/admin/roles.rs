//! Q3: what each role may do, as a table to be read, and who holds the positions that bear it. Roles are data of the
//! release; nobody changes them here.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_identity::{Role, Roles};

use super::{
    form::Again,
    positions::Cast,
    reach,
    sheet::{Cell, Section, Sheet, Table},
};
use crate::{
    asking::Part,
    kit::chip::{Chip, Tone},
    page::Place,
    visit::Inside,
    words::Words,
};

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let w = inside.visit.words;
    let cast = Cast::of(&inside, reach::office(&inside), inside.visit.today()).await;
    let mut sheet = Sheet::new(&inside, Place::Roles, &w.t("admin-roles"), &Again::default(), &[]);
    sheet.said = w.t("admin-roles-said");
    sheet.sections.push(Section::table("matrix", w, cast.roles.clone().map(|roles| matrix(&roles, w))));
    sheet.sections.push(Section::table("bearers", w, bearers(&cast, w)));
    sheet.answer(&inside, StatusCode::OK)
}

/// A row for each permission, a column for each role.
fn matrix(roles: &Roles, w: Words) -> Table {
    let all: BTreeSet<&String> = roles.items.iter().flat_map(|role| &role.permissions).collect();
    let gives = |role: &Role, permission: &String| {
        if role.permissions.contains(permission) {
            Cell::chips(vec![Chip::new(Tone::Good, "check", w.t("admin-yes"))])
        } else {
            Cell::text("–")
        }
    };
    let row = |permission: &String| {
        let first = Cell::text(self::permission(permission, w)).meta(permission.clone());
        std::iter::once(first).chain(roles.items.iter().map(|role| gives(role, permission))).collect()
    };
    let mut table = Table::new(w, &["permission"], "admin-none", all.into_iter().map(row).collect());
    table.heads.extend(roles.items.iter().map(|role| (role.title.clone(), false)));
    table.wide = true;
    table
}

/// What a permission is for, in words; a new one that has none stands by its name.
fn permission(name: &str, w: Words) -> String {
    let key = format!("admin-may-{}", name.replace(['.', '_'], "-"));
    let said = w.t(&key);
    if said == key { name.to_owned() } else { said }
}

/// The positions of the office that bear each role, with who holds them today.
fn bearers(cast: &Cast, w: Words) -> Part<Table> {
    let names: Vec<String> =
        cast.roles.here().map_or_else(Vec::new, |roles| roles.items.iter().map(|role| role.name.clone()).collect());
    cast.positions.clone().map(|(all, _)| {
        let mut rows = Vec::new();
        for name in names {
            for position in all.iter().filter(|position| position.roles.contains(&name)) {
                let title = Cell::text(position.title.clone()).meta(cast.unit(position));
                rows.push(vec![Cell::text(cast.role(&name)), title, cast.holders(position, w)]);
            }
        }
        Table::new(w, &["role", "title", "holder"], "admin-positions-none", rows)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_permission_stands_in_words_and_a_new_one_by_its_name() {
        for lang in [Lang::Vi, Lang::En] {
            assert_ne!(permission("identity.units.change", Words(lang)), "identity.units.change");
            assert_eq!(permission("cooks.kitchen.enter", Words(lang)), "cooks.kitchen.enter");
        }
    }
}
