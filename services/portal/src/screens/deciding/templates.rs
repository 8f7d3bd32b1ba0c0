//! V6: routings that the office keeps to use again (mẫu chuyển): they fill in the form that sends a paper on.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    DropRoutingTemplate, IncomingRouting, ListRoutingTemplates, RoutingTemplate, SaveRoutingTemplate,
};
use schema_identity::{FindUnits, ListPeople};
use wire::{
    Page as Items,
    id::{IncomingId, RoutingTemplateId},
};

use super::{
    decided::{Known, Routed},
    routing,
};
use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, timeline::Names, typed::Typed},
    no,
    page::{Page, Place},
    screens::record::{after, page_with},
    visit::{Inside, Posted, go},
};

/// The template that a page was asked to fill its form in with.
const CHOSEN: &str = "mau";

/// The templates of the office; none for those whose forms they do not fill in, or while `documents` is silent.
pub(crate) async fn of(inside: &Inside) -> Vec<RoutingTemplate> {
    if !inside.who.may("documents.incoming.dispose") {
        return Vec::new();
    }
    match inside.part(&ListRoutingTemplates { office: inside.who.office() }).await {
        Part::Here(page) => page.items,
        Part::Silent(_) => Vec::new(),
    }
}

/// What the chosen template fills in; nothing when none was chosen, or it was dropped meanwhile.
pub(crate) fn chosen(kept: &[RoutingTemplate], inside: &Inside) -> Typed {
    let wanted = inside.visit.query.get(CHOSEN);
    let found = kept.iter().find(|one| one.id.to_string() == wanted);
    found.map_or_else(Typed::default, |one| Typed::proposing(&routing::proposed(&one.routing)))
}

/// Keeps what the form says, without its day, and shows the form filled in with it.
pub(crate) async fn save(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    let routing = routing::read(typed, &mut problems, w);
    let Some(routing) = routing.filter(|_| !problems.any()) else {
        return page_with(&posted, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await;
    };
    let call = SaveRoutingTemplate {
        office: posted.inside.who.office(),
        name: typed.get("template_name").to_owned(),
        routing: IncomingRouting { due: None, ..routing },
        replaces: typed.get("template_replaces") == "1",
    };
    match posted.act(&call).await {
        Ok(kept) => go(&format!("/van-ban/den/{id}?xong=luu-mau&{CHOSEN}={}#routing_text", kept.id)),
        refused => {
            let names = [&routing::NAMES[..], &[("name", "template_name")]].concat();
            after(&posted, id, "", refused, &names).await
        }
    }
}

/// A template as the list shows it.
struct Kept {
    id: String,
    name: String,
    said: String,
    routed: Routed,
}

#[derive(Template)]
#[template(path = "deciding/templates.html")]
struct Templates {
    p: Page,
    kept: Part<Vec<Kept>>,
}

/// Every template of the office.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let (office, w) = (inside.who.office(), inside.visit.words);
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_kept = ListRoutingTemplates { office };
    let (kept, units, people) =
        futures_util::join!(inside.part(&of_kept), inside.part(&of_units), inside.part(&of_people));
    let names = Names::of(people.here());
    let units = units.here().map_or(&[][..], |page| &page.items);
    let known = Known { units, names: &names, inside: &inside };
    let shown = |one: &RoutingTemplate| Kept {
        id: one.id.to_string(),
        name: one.name.clone(),
        said: w.with("templates-by", &[("name", names.get(one.by)), ("at", &format::moment(one.at))]),
        routed: known.routed(&one.routing),
    };
    let mut page = Page::inside(&inside, &w.t("templates-title"), Place::Pending);
    page.done = (inside.visit.query.get("xong") == "bo").then(|| w.t("templates-dropped"));
    let kept = kept.map(|page: Items<RoutingTemplate>| page.items.iter().map(shown).collect());
    inside.visit.html(StatusCode::OK, &Templates { p: page, kept })
}

/// Drops a template.
pub(crate) async fn forget(Path(id): Path<RoutingTemplateId>, posted: Posted) -> Response<Body> {
    match posted.act(&DropRoutingTemplate { id }).await {
        Ok(_) => go("/van-ban/mau-chuyen?xong=bo"),
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
