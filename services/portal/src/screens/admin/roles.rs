//! Q3: what each role may do, as a table to be read, and who holds the positions that bear it; and for administrators of the
//! centre: versions that withhold rights from a role. No version gives more than the release does.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_identity::{
    GetOffice, ListRoleVersions, ListRoles, OfficeKind, Role, RoleVersion, RoleVersions, Roles, SaveRoleVersion,
    WithheldRights,
};
use wire::Version;

use super::{
    acting::{After, Refusal, STEP_UP, after, day, look, ticked},
    form::{Again, Form, Input},
    positions::Cast,
    reach,
    sheet::{Cell, Section, Sheet, Table, address},
};
use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    no,
    page::Place,
    visit::{Inside, Posted},
    words::Words,
};

/// The address.
const PATH: &str = "/quan-tri/vai-tro";
/// What can be done.
const ACT: &str = "rut-quyen";
/// How many versions the page shows.
const SHOWN: usize = 10;

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let role = inside.visit.query.get("vai-tro").to_owned();
    page(&inside, &role, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, role: &str, status: StatusCode, again: &Again) -> Response<Body> {
    let w = inside.visit.words;
    let of_versions = ListRoleVersions {};
    let looks = inside.who.may("identity.people.change");
    let (cast, versions, changes) = futures_util::join!(
        Cast::of(inside, reach::office(inside), inside.visit.today()),
        OptionFuture::from(looks.then(|| inside.part(&of_versions))),
        changes(inside),
    );
    let mut sheet = Sheet::new(inside, Place::Roles, &w.t("admin-roles"), again, &[ACT]);
    sheet.said = w.t("admin-roles-said");
    sheet.sections.push(Section::table("matrix", w, cast.roles.clone().map(|roles| matrix(&roles, w))));
    if let (true, Some(roles), Some(versions)) = (changes, cast.roles.here(), versions.as_ref().and_then(Part::here)) {
        sheet.search = Some(choice(roles, role, w));
        let chosen = roles.items.iter().find(|one| one.name == role);
        sheet.forms.extend(chosen.map(|role| withhold(role, versions, w, again)));
    }
    if let Some(versions) = versions {
        let roles = cast.roles.here().map_or(&[][..], |roles| roles.items.as_slice());
        sheet.sections.push(Section::table("role-versions", w, versions.map(|found| history(&found, roles, &cast, w))));
    }
    sheet.sections.push(Section::table("bearers", w, bearers(&cast, w)));
    sheet.answer(inside, status)
}

/// Whether the reader saves versions: an administrator who works at the centre. Identity decides.
async fn changes(inside: &Inside) -> bool {
    if !inside.who.may("identity.roles.change") {
        return false;
    }
    let own = GetOffice { id: inside.who.office(), as_of: None };
    inside.part(&own).await.here().is_some_and(|office| office.kind == OfficeKind::Centre)
}

/// A row for each permission, a column for each role.
fn matrix(roles: &Roles, w: Words) -> Table {
    let of_role = |role: &'_ Role| role.permissions.iter().chain(&role.withheld).cloned().collect::<Vec<_>>();
    let all: BTreeSet<String> = roles.items.iter().flat_map(of_role).collect();
    let gives = |role: &Role, permission: &String| {
        if role.permissions.contains(permission) {
            Cell::chips(vec![Chip::new(Tone::Good, "check", w.t("admin-yes"))])
        } else if role.withheld.contains(permission) {
            Cell::chips(vec![Chip::new(Tone::Soon, "stop", w.t("admin-withheld"))])
        } else {
            Cell::text("–")
        }
    };
    let row = |permission: &String| {
        let first = Cell::text(self::permission(permission, w)).meta(permission.clone());
        std::iter::once(first).chain(roles.items.iter().map(|role| gives(role, permission))).collect()
    };
    let mut table = Table::new(w, &["permission"], "admin-none", all.iter().map(row).collect());
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

/// From which role a right is to be withheld.
fn choice(roles: &Roles, chosen: &str, w: Words) -> Form {
    let mut choices = vec![(String::new(), w.t("choose"))];
    choices.extend(roles.items.iter().map(|role| (role.name.clone(), role.title.clone())));
    Form::search(PATH, w).choice_of("vai-tro", choices, chosen)
}

/// The rights of one role, those that are withheld ticked.
fn withhold(role: &Role, versions: &RoleVersions, w: Words, again: &Again) -> Form {
    let newest = versions.versions.first().map_or(0, |newest| newest.version.0);
    let mut all: Vec<&String> = role.permissions.iter().chain(&role.withheld).collect();
    all.sort_unstable();
    let boxes = all.into_iter().map(|name| (name.clone(), permission(name, w))).collect();
    let mut form = Form::new(ACT, PATH, w, again)
        .ending()
        .field("role", "six", Input::Kept, &role.name)
        .field("replaces", "six", Input::Kept, &newest.to_string())
        .ticks("withheld", boxes, role.withheld.clone())
        .text("reason", "")
        .field("instrument", "three", Input::Text, "")
        .day("instrument_day", "")
        .field("own_right_confirmed", "six", Input::Tick, "");
    form.title = w.with("admin-withhold-of", &[("role", &role.title)]);
    form.open = true;
    form
}

/// The versions, newest first.
fn history(found: &RoleVersions, roles: &[Role], cast: &Cast, w: Words) -> Table {
    let people = cast.people.here().map_or(&[][..], |(all, _)| all.as_slice());
    let title =
        |name: &str| roles.iter().find(|role| role.name == name).map_or(name.to_owned(), |one| one.title.clone());
    let right = |one: &WithheldRights| {
        let rights: Vec<String> = one.permissions.iter().map(|name| permission(name, w)).collect();
        format!("{}: {}", title(&one.role), rights.join(", "))
    };
    let row = |one: &RoleVersion| {
        let by = people.iter().find(|person| person.id == one.by);
        let withheld: Vec<String> = one.withheld.iter().map(right).collect();
        let withheld = if withheld.is_empty() { w.t("admin-withheld-nothing") } else { withheld.join("; ") };
        vec![
            Cell::number(one.version.0.to_string()),
            Cell::text(format::moment(one.at)),
            Cell::text(by.map_or_else(|| w.t("admin-elsewhere"), |person| person.full_name.clone())),
            Cell::text(one.instrument.clone()).meta(format::day(one.instrument_day)),
            Cell::text(withheld).meta(one.reason.clone()),
        ]
    };
    let rows = found.versions.iter().take(SHOWN).map(row).collect();
    Table::new(w, &["#version", "at", "by", "decision", "withheld"], "admin-role-versions-none", rows)
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

/// Saves a version.
pub(crate) async fn act(Path(act): Path<String>, posted: Posted) -> Response<Body> {
    if act != ACT {
        return no::nowhere(posted.inside.visit).await;
    }
    let role = posted.fields.get("role").to_owned();
    let done = match acted(&posted, &role).await {
        // The form goes along to the proof, and is sent on after it.
        Err(Refusal::Fault(fault)) if fault.code == STEP_UP => return no::fault(&posted.inside, &fault),
        done => done,
    };
    match after(&posted, ACT, &address(PATH, &[("vai-tro", &role)]), done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, &role, status, &again).await,
    }
}

/// What is ticked is withheld from the role; from the others stays withheld what is.
async fn acted(posted: &Posted, role: &str) -> Result<(), Refusal> {
    let typed = &posted.fields;
    let replaces = Version(typed.get("replaces").parse().map_err(|_| Refusal::Field("", "admin-seen-lost"))?);
    let roles = look(posted, &ListRoles {}).await?.items;
    let others = roles.into_iter().filter(|other| other.name != role && !other.withheld.is_empty());
    let mut withheld: Vec<WithheldRights> =
        others.map(|other| WithheldRights { role: other.name, permissions: other.withheld }).collect();
    let permissions: Vec<String> = ticked(posted, "withheld");
    if !permissions.is_empty() {
        withheld.push(WithheldRights { role: role.to_owned(), permissions });
    }
    let call = SaveRoleVersion {
        replaces,
        withheld,
        reason: typed.get("reason").to_owned(),
        instrument: typed.get("instrument").to_owned(),
        instrument_day: day(posted, "instrument_day")?,
        own_right_confirmed: typed.get("own_right_confirmed") == "1",
    };
    posted.act(&call).await?;
    Ok(())
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
