//! G9: handing a post over: the list of open work, drawn up once, and the two signatures below it.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_identity::{
    CreateHandover, GetHandover, HandoverItem, HandoverItemKind, HandoverRecord, ListAppointments, ListPeople, Post,
    SignHandover,
};
use schema_programme::ListMyAssignments;
use uuid::Uuid;
use wire::{
    Kind,
    id::{HandoverId, PersonId},
};

use super::{deputies::Typed, standing::every};
use crate::{
    asking::Part,
    format,
    kit::{problems::Problems, timeline::Names},
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// The most letters of what a piece of work is called.
const LABEL: usize = 200;

#[derive(Template)]
#[template(path = "account/handover_new.html")]
struct New {
    p: Page,
    title: String,
    /// Who has held the post, holds it or is to hold it, other than oneself.
    others: Part<Vec<(String, String)>>,
    /// One's own open work: the value that the form sends, and what it is called.
    work: Part<Vec<(String, String)>>,
    /// Whether the form is shown for the first time: then all work is chosen.
    fresh: bool,
    problems: Problems,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "account/handover.html")]
struct Show {
    p: Page,
    id: String,
    title: String,
    office: String,
    outgoing: (String, Option<String>),
    incoming: (String, Option<String>),
    instrument: Option<String>,
    drawn: String,
    items: Vec<(String, String)>,
    /// Whether the reader may sign.
    sign: bool,
    problems: Problems,
}

impl New {
    fn kept(&self, field: &str) -> &str {
        self.typed.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
    }

    fn has(&self, field: &str, value: &str) -> bool {
        self.typed.iter().any(|(name, held)| name == field && held == value)
    }
}

/// The form in which a list is drawn up.
pub(crate) async fn show_new(inside: Inside) -> Response<Body> {
    page_of_new(&inside, StatusCode::OK, Problems::default(), Typed::new()).await
}

async fn page_of_new(inside: &Inside, status: StatusCode, problems: Problems, typed: Typed) -> Response<Body> {
    let Some(post) = inside.who.post() else { return go("/ca-nhan") };
    let (w, office, me) = (inside.visit.words, post.office, inside.who.me.person.id);
    let of_holders = ListAppointments {
        office,
        person: None,
        position: Some(post.position),
        as_of: None,
        limit: Some(200),
        cursor: None,
    };
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_work = ListMyAssignments { limit: Some(200), cursor: None };
    let (holders, people, work) = futures_util::join!(
        inside.part(&of_holders),
        inside.part(&of_people),
        every(inside, of_work, |call, next| call.cursor = Some(next))
    );
    let names = Names::of(people.here());
    let others = holders.map(|found| {
        let mut others: Vec<PersonId> = found.items.iter().map(|one| one.person).filter(|one| *one != me).collect();
        others.sort();
        others.dedup();
        let name = |one: PersonId| Some(names.get(one)).filter(|name| !name.is_empty()).unwrap_or("…").to_owned();
        others.into_iter().map(|one| (one.to_string(), name(one))).collect()
    });
    let title = w.t("account-handover-new");
    let title = if problems.any() { w.with("problem-title", &[("title", &title)]) } else { title };
    let view = New {
        p: Page::inside(inside, &title, Place::Deputies),
        title: post.title.clone(),
        others,
        work: work.map(|all| {
            let own = all.iter().filter(|case| case.office == office);
            own.map(|case| (format!("{} {}", case.assignment, short(&case.title)), case.title.clone())).collect()
        }),
        fresh: typed.is_empty(),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn short(title: &str) -> String {
    title.chars().take(LABEL).collect()
}

/// Draws the list up. From then on it stays as it is.
pub(crate) async fn draw_up(posted: Posted) -> Response<Body> {
    let Some(post) = posted.inside.who.post() else { return go("/ca-nhan") };
    let call = match wanted(&posted, post) {
        Ok(call) => call,
        Err(problems) => return again(&posted, StatusCode::UNPROCESSABLE_ENTITY, problems).await,
    };
    match posted.act(&call).await {
        Ok(made) => go(&format!("/ban-giao/{}?xong=lap", made.handover.id)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Denied | Kind::Missing) => {
            let mut problems = Problems::of(&fault, posted.inside.visit.words);
            for problem in &mut problems.0 {
                if problem.field != "instrument" {
                    problem.field.clear();
                }
            }
            again(&posted, no::status(fault.kind), problems).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

async fn again(posted: &Posted, status: StatusCode, problems: Problems) -> Response<Body> {
    let typed = posted.fields.typed().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    page_of_new(&posted.inside, status, problems, typed).await
}

fn wanted(posted: &Posted, post: &Post) -> Result<CreateHandover, Problems> {
    let (typed, me) = (&posted.fields, posted.inside.who.me.person.id);
    let Ok(other) = typed.get("other").parse() else {
        let mut problems = Problems::default();
        problems.add("other", posted.inside.visit.words.t("account-other-missing"));
        return Err(problems);
    };
    let taking = typed.get("direction") == "take";
    let (outgoing, incoming) = if taking { (other, me) } else { (me, other) };
    let work = typed.all("work").into_iter().filter_map(|value| {
        let (id, label) = value.split_once(' ')?;
        let id: Option<Uuid> = id.parse().ok();
        Some(HandoverItem { kind: HandoverItemKind::Assignment, id, label: label.to_owned() })
    });
    let lines = typed.raw("more").lines().map(str::trim).filter(|line| !line.is_empty());
    let more = lines.map(|line| HandoverItem { kind: HandoverItemKind::Other, id: None, label: line.to_owned() });
    let items = work.chain(more).collect();
    Ok(CreateHandover { position: post.position, outgoing, incoming, items, instrument: typed.some("instrument") })
}

/// A hand-over with its list.
pub(crate) async fn show(Path(id): Path<HandoverId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, Problems::default()).await
}

async fn page(inside: &Inside, id: HandoverId, status: StatusCode, problems: Problems) -> Response<Body> {
    let w = inside.visit.words;
    let found = match inside.need(&GetHandover { id }).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let office = found.handover.office;
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_positions =
        schema_identity::ListPositions { office, unit: None, as_of: None, limit: Some(200), cursor: None };
    let (people, positions) = futures_util::join!(
        inside.part(&of_people),
        every(inside, of_positions, |call, next| call.cursor = Some(next))
    );
    let titled = positions.here().into_iter().flatten().find(|one| one.id == found.handover.position);
    let title = titled.map(|one| one.title.clone()).unwrap_or_default();
    let mut page = Page::inside(inside, &w.t("account-handover"), Place::Deputies);
    page.done = match inside.visit.query.get("xong") {
        "lap" => Some(w.t("account-done-drawn")),
        "ky" => Some(w.t("account-done-signed")),
        _ => None,
    };
    let view = view(page, &found, title, inside, &Names::of(people.here()), problems);
    inside.visit.html(status, &view)
}

fn view(p: Page, found: &HandoverRecord, title: String, inside: &Inside, names: &Names, problems: Problems) -> Show {
    let (w, me, handover) = (inside.visit.words, inside.who.me.person.id, &found.handover);
    let name = |person| Some(names.get(person)).filter(|name| !name.is_empty()).unwrap_or("…").to_owned();
    let unsigned = |person: PersonId, signed: bool| person == me && !signed;
    Show {
        p,
        id: handover.id.to_string(),
        title,
        office: inside.who.office_name().to_owned(),
        outgoing: (name(handover.outgoing), handover.outgoing_signed_at.map(format::moment)),
        incoming: (name(handover.incoming), handover.incoming_signed_at.map(format::moment)),
        instrument: handover.instrument.clone(),
        drawn: format::moment(handover.drawn_at),
        items: found.items.iter().map(|item| (kind(item.kind, w), item.label.clone())).collect(),
        sign: unsigned(handover.outgoing, handover.outgoing_signed_at.is_some())
            || unsigned(handover.incoming, handover.incoming_signed_at.is_some()),
        problems,
    }
}

fn kind(kind: HandoverItemKind, w: Words) -> String {
    w.t(match kind {
        HandoverItemKind::Assignment => "account-item-assignment",
        HandoverItemKind::IncomingDocument => "account-item-incoming",
        HandoverItemKind::OutgoingDocument => "account-item-outgoing",
        HandoverItemKind::Other => "account-item-other",
    })
}

/// Signs, each of the two for themselves.
pub(crate) async fn sign(Path(id): Path<HandoverId>, posted: Posted) -> Response<Body> {
    match posted.act(&SignHandover { id }).await {
        Ok(_) => go(&format!("/ban-giao/{id}?xong=ky")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            let problems = Problems::of(&fault, posted.inside.visit.words);
            page(&posted.inside, id, no::status(fault.kind), problems).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}
