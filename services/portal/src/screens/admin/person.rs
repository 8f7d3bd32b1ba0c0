//! Q2: one person: what they hold and held, by which decision; appointing, ending, correcting; and their account.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::OptionFuture;
use schema_identity::{
    Account, Appointment, ChangePerson, CreateAppointment, DisablePerson, EnablePerson, EndAppointment, GetPerson,
    GetPosition, ListAccounts, ListAppointments, PersonWithPosts, Position, Post,
};
use wire::{Day, id::PersonId};

use super::{
    account,
    acting::{After, Refusal, after, chosen, day, look, maybe_day},
    form::{Again, Form},
    reach, recovery,
    sheet::{Cell, Content, Section, Sheet, Table, address, span},
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

/// What can be done with the person; what can be done with the account stands in [`account`].
const ACTS: [&str; 5] = ["bo-nhiem", "thoi-giu", "sua", "ngung", "cho-lai"];
/// How many appointments are shown.
const HELD: u16 = 100;

/// The page of a person.
pub(crate) async fn show(Path(id): Path<PersonId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, &Again::default(), None).await
}

/// The page with a form that was refused, or with a code that is shown this once.
pub(crate) async fn page(
    inside: &Inside,
    id: PersonId,
    status: StatusCode,
    again: &Again,
    code: Option<(String, String)>,
) -> Response<Body> {
    let (w, who) = (inside.visit.words, &inside.who);
    let person = match inside.need(&GetPerson { id, as_of: format::read_day(inside.visit.query.get("ngay")) }).await {
        Ok(person) => person,
        Err(response) => return response,
    };
    let office = person.office;
    let of_held =
        ListAppointments { office, person: Some(id), position: None, as_of: None, limit: Some(HELD), cursor: None };
    let of_account = ListAccounts { office, person: Some(id), limit: Some(1), cursor: None };
    let manages = who.may("identity.accounts.manage");
    let (held, positions, account) = futures_util::join!(
        inside.part(&of_held),
        reach::positions(inside, office, None),
        OptionFuture::from(manages.then(|| inside.part(&of_account))),
    );
    let acts = [&ACTS[..], &account::ACTS, &["them-nguoi"]].concat();
    let mut sheet = Sheet::new(inside, Place::People, &person.full_name, again, &acts);
    let people = address("/quan-tri/nguoi", &[("co-quan", &reach::said(inside, office))]);
    sheet.up = vec![(people, w.t("admin-people"))];
    sheet.chips =
        (!person.active).then(|| Chip::new(Tone::Late, "stop", w.t("admin-person-disabled"))).into_iter().collect();
    sheet.code = code;
    sheet.sections.push(Section::new("facts", w, Content::Facts(facts(&person, w))));
    sheet.sections.push(Section::table("holds", w, Part::Here(posts(&person.posts, w))));
    let titles = positions.here().map_or(&[][..], |(all, _)| all.as_slice());
    let all_held = held.here().map(|page| page.items.clone()).unwrap_or_default();
    sheet.sections.push(Section::table("appointments", w, held.map(|page| appointments(&page.items, titles, w))));
    let of_person = account.as_ref().map(|part| part.clone().map(|page| page.items.into_iter().next()));
    if let Some(part) = of_person.clone() {
        sheet.sections.push(account::section(part, w));
    }
    if who.may("identity.people.change") && id != who.me.person.id {
        sheet.forms = forms(&person, &all_held, titles, inside, again);
    } else if who.may("identity.people.change") {
        sheet.said = w.t("admin-not-oneself");
        sheet.forms = vec![correct(&person, w, again)];
    }
    let account: Option<Option<Account>> = of_person.and_then(|part| part.here().cloned());
    if let Some(account) = account {
        sheet.forms.extend(account::forms(&person, account.as_ref(), w, again));
        if let Some(account) = account.filter(|_| id != who.me.person.id) {
            let waiting = recovery::of(inside, &account).await;
            sheet.sections.extend(recovery::section(&waiting, inside));
            let to = format!("/quan-tri/nguoi/{id}");
            sheet.forms.extend(recovery::forms(&account, &waiting, &to, inside, again));
        }
    }
    sheet.answer(inside, status)
}

fn facts(person: &PersonWithPosts, w: Words) -> Vec<(String, Cell)> {
    let contact = person.contact.clone().unwrap_or_else(|| w.t("admin-unknown"));
    vec![
        (w.t("admin-col-contact"), Cell::text(contact)),
        (w.t("admin-office"), Cell::link(w.t("admin-office-open"), format!("/danh-ba/{}", person.office))),
    ]
}

fn posts(posts: &[Post], w: Words) -> Table {
    let row = |post: &Post| {
        vec![
            Cell::text(post.title.clone()).meta(if post.head { w.t("admin-head") } else { String::new() }),
            Cell::link(post.unit_name.clone(), format!("/quan-tri/don-vi/{}", post.unit))
                .meta(post.office_name.clone()),
            Cell::text(span(post.from, post.to, w)),
        ]
    };
    Table::new(w, &["title", "unit", "time"], "admin-holds-none", posts.iter().map(row).collect())
}

fn title(appointment: &Appointment, titles: &[Position], w: Words) -> String {
    let found = titles.iter().find(|position| position.id == appointment.position);
    found.map_or_else(|| w.t("admin-position-ended"), |position| position.title.clone())
}

fn appointments(held: &[Appointment], titles: &[Position], w: Words) -> Table {
    let row = |one: &Appointment| {
        vec![
            Cell::text(span(one.from, one.to, w)),
            Cell::text(title(one, titles, w)),
            Cell::text(one.instrument.clone().unwrap_or_default()),
        ]
    };
    Table::new(w, &["time", "title", "decision"], "admin-holds-none", held.iter().rev().map(row).collect())
}

fn correct(person: &PersonWithPosts, w: Words, again: &Again) -> Form {
    let to = format!("/quan-tri/nguoi/{}", person.id);
    let contact = person.contact.clone().unwrap_or_default();
    Form::new("sua", &to, w, again).text("full_name", &person.full_name).text("contact", &contact)
}

fn forms(
    person: &PersonWithPosts,
    held: &[Appointment],
    titles: &[Position],
    inside: &Inside,
    again: &Again,
) -> Vec<Form> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let to = format!("/quan-tri/nguoi/{}", person.id);
    let free: Vec<_> = titles.iter().map(|one| (one.id.to_string(), one.title.clone())).collect();
    let lasting = held.iter().filter(|one| lasts(one, today));
    let lasting: Vec<_> = lasting.map(|one| (one.id.to_string(), title(one, titles, w))).collect();
    let mut forms = Vec::new();
    if person.active {
        let appoint = Form::new("bo-nhiem", &to, w, again).choice("position", free).day("from", &format::day(today));
        forms.push(appoint.day("to", "").text("instrument", ""));
    }
    if !lasting.is_empty() {
        forms.push(Form::new("thoi-giu", &to, w, again).ending().choice("appointment", lasting).day("to", ""));
    }
    forms.push(correct(person, w, again));
    forms.push(if person.active {
        Form::new("ngung", &to, w, again).ending()
    } else {
        Form::new("cho-lai", &to, w, again)
    });
    forms
}

fn lasts(appointment: &Appointment, today: Day) -> bool {
    appointment.to.is_none_or(|to| today < to)
}

/// Does what a form of the page is for.
pub(crate) async fn act(Path((id, act)): Path<(PersonId, String)>, posted: Posted) -> Response<Body> {
    if account::ACTS.contains(&act.as_str()) {
        return account::act(&posted, id, &act).await;
    }
    if !ACTS.contains(&act.as_str()) {
        return no::nowhere(posted.inside.visit).await;
    }
    let done = acted(&posted, id, &act).await;
    match after(&posted, &act, &format!("/quan-tri/nguoi/{id}"), done) {
        After::Elsewhere(response) => response,
        After::Again(status, again) => page(&posted.inside, id, status, &again, None).await,
    }
}

async fn acted(posted: &Posted, id: PersonId, act: &str) -> Result<(), Refusal> {
    let typed = &posted.fields;
    match act {
        "bo-nhiem" => {
            let (position, from, to) = (chosen(posted, "position")?, day(posted, "from")?, maybe_day(posted, "to")?);
            let office = look(posted, &GetPosition { id: position, as_of: Some(from) }).await?.office;
            let instrument = typed.some("instrument");
            posted.act(&CreateAppointment { office, person: id, position, from, to, instrument }).await?;
        }
        "thoi-giu" => {
            let (appointment, to) = (chosen(posted, "appointment")?, day(posted, "to")?);
            posted.act(&EndAppointment { id: appointment, to }).await?;
        }
        "sua" => {
            let contact = Some(typed.get("contact").to_owned());
            posted.act(&ChangePerson { id, full_name: typed.some("full_name"), contact }).await?;
        }
        "ngung" => {
            posted.act(&DisablePerson { id }).await?;
        }
        _ => {
            posted.act(&EnablePerson { id }).await?;
        }
    }
    Ok(())
}
