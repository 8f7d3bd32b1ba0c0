//! Q1: the office itself as its services have it: code, tier, names, zone; what it says of itself ([`profile`]); and the
//! bodies under whose names it issues, with their codes, seals and who keeps them.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_documents::{EndIssuingBody, IssuingBody, ListIssuingBodies, RecordIssuingBody};
use schema_identity::{GetOffice, GetPosition, Office, Position};

use super::{
    acting::{After, Refusal, after, chosen, day, look, maybe_day},
    form::{Again, Form, Input},
    kinds, profile, reach,
    sheet::{Cell, Content, Section, Sheet, Table, span},
};
use crate::{
    asking::Part,
    format, no,
    page::Place,
    visit::{Inside, Posted},
    words::Words,
};

/// How many bodies are shown.
const ROWS: u16 = 200;
/// What can be done.
const ACTS: [&str; 5] = [profile::ACTS[0], profile::ACTS[1], profile::ACTS[2], "ghi-co-quan", "het-dung"];

/// The page.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, &Again::default()).await
}

async fn page(inside: &Inside, status: StatusCode, again: &Again) -> Response<Body> {
    let (w, id) = (inside.visit.words, inside.who.office());
    let (of_office, reads) = (GetOffice { id, as_of: None }, inside.who.may("documents.outgoing.read"));
    let of_bodies = ListIssuingBodies { office: id, as_of: None, limit: Some(ROWS), cursor: None };
    let (office, (said, forms), bodies) = futures_util::join!(
        inside.need(&of_office),
        profile::of(inside, id, again),
        OptionFuture::from(reads.then(|| inside.part(&of_bodies))),
    );
    let office = match office {
        Ok(office) => office,
        Err(response) => return response,
    };
    let mut sheet = Sheet::new(inside, Place::Office, &office.name, again, &ACTS);
    let mut facts = facts(&office, w);
    facts.push((w.t("admin-zone"), Cell::text(sheet.p.zone.clone())));
    sheet.sections.push(Section::new("facts", w, Content::Facts(facts)));
    sheet.sections.extend(said);
    sheet.forms = forms;
    let Some(bodies) = bodies else { return sheet.answer(inside, status) };
    let all = bodies.here().map(|page| page.items.clone()).unwrap_or_default();
    sheet.sections.push(Section::table("bodies", w, bodies.map(|page| table(&page.items, w))));
    if inside.who.may("documents.registers.change") {
        let positions = reach::positions(inside, id, None).await;
        sheet.forms.extend(self::forms(&all, positions, inside, again));
    }
    sheet.answer(inside, status)
}

fn facts(office: &Office, w: Words) -> Vec<(String, Cell)> {
    vec![
        (w.t("admin-col-code"), Cell::text(office.code.clone())),
        (w.t("admin-col-tier"), Cell::text(kinds::tier(office.kind, w))),
        (w.t("admin-col-time"), Cell::text(span(office.from, office.to, w))),
        (w.t("admin-tree"), Cell::link(w.t("admin-tree-open"), "/quan-tri/to-chuc")),
        (w.t("admin-directory"), Cell::link(w.t("admin-office-open"), format!("/danh-ba/{}", office.id))),
    ]
}

fn table(items: &[IssuingBody], w: Words) -> Table {
    let row = |body: &IssuingBody| {
        let until = body.to.and_then(|to| to.plus(1));
        vec![
            Cell::text(body.code.clone()),
            Cell::text(body.name.clone()).meta(body.term.clone().unwrap_or_default()),
            Cell::text(body.seal.clone()),
            Cell::text(body.custodian_title.clone()),
            Cell::text(span(body.from, until, w)),
        ]
    };
    let heads = ["body", "name", "seal", "custodian", "time"];
    Table::new(w, &heads, "admin-bodies-none", items.iter().map(row).collect())
}

fn forms(all: &[IssuingBody], positions: Part<(Vec<Position>, bool)>, inside: &Inside, again: &Again) -> Vec<Form> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let titles = positions.here().map_or(&[][..], |(all, _)| all.as_slice());
    let titles = titles.iter().map(|one| (one.id.to_string(), one.title.clone())).collect();
    let lasting = all.iter().filter(|body| body.to.is_none_or(|to| today <= to));
    let lasting: Vec<_> = lasting.map(|body| (body.id.to_string(), format!("{} · {}", body.code, body.name))).collect();
    let record = Form::new("ghi-co-quan", "/quan-tri/co-quan", w, again)
        .field("code", "three", Input::Text, "")
        .field("term", "three", Input::Text, "")
        .text("name", "")
        .text("seal", "")
        .choice("custodian", titles)
        .day("from", &format::day(today))
        .day("last_day", "");
    let mut forms = vec![record];
    if !lasting.is_empty() {
        let end = Form::new("het-dung", "/quan-tri/co-quan", w, again).ending();
        forms.push(end.choice("issuing", lasting).day("last_day", ""));
    }
    forms
}

/// Does what a form of the page is for.
pub(crate) async fn act(Path(act): Path<String>, posted: Posted) -> Response<Body> {
    if !ACTS.contains(&act.as_str()) {
        return no::nowhere(posted.inside.visit).await;
    }
    let done = acted(&posted, &act).await;
    match after(&posted, &act, "/quan-tri/co-quan", done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, status, &again).await,
    }
}

async fn acted(posted: &Posted, act: &str) -> Result<(), Refusal> {
    if profile::ACTS.contains(&act) {
        return profile::acted(posted, act).await;
    }
    let typed = &posted.fields;
    if act == "het-dung" {
        let (id, to) = (chosen(posted, "issuing")?, day(posted, "last_day")?);
        posted.act(&EndIssuingBody { id, to }).await?;
        return Ok(());
    }
    let custodian = chosen(posted, "custodian")?;
    let call = RecordIssuingBody {
        office: posted.inside.who.office(),
        code: typed.get("code").to_owned(),
        name: typed.get("name").to_owned(),
        seal: typed.get("seal").to_owned(),
        custodian: Some(custodian),
        custodian_title: look(posted, &GetPosition { id: custodian, as_of: None }).await?.title,
        term: typed.some("term"),
        from: day(posted, "from")?,
        to: maybe_day(posted, "last_day")?,
    };
    posted.act(&call).await?;
    Ok(())
}
