//! Q1: what the office says of itself: address, telephone, hours, emblem; who said what when; and saying it anew.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderValue, Response, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::future::join_all;
use schema_identity::{
    DayHours, GetOfficeEmblem, GetOfficeProfile, GetPerson, HoursSpan, ListOfficeProfileVersions, OfficeProfile,
    SetOfficeEmblem, SetOfficeProfile, WorkDay,
};
use wire::{
    Version,
    id::{OfficeId, PersonId},
};

use super::{
    acting::Refusal,
    form::{Again, Form, Input},
    sheet::{Cell, Content, Section, Table},
};
use crate::{
    asking::Part,
    format,
    hand_in::Files,
    no,
    visit::{Inside, Posted},
    words::Words,
};

/// What can be done.
pub(crate) const ACTS: [&str; 3] = ["ho-so", "bieu-trung", "bo-bieu-trung"];
/// The field with the picture.
const PICTURE: &str = "emblem";
/// How many versions the page shows.
const SHOWN: usize = 10;
/// The days of a week with the fields of their hours.
const WEEK: [(WorkDay, &str); 7] = [
    (WorkDay::Monday, "hours_mon"),
    (WorkDay::Tuesday, "hours_tue"),
    (WorkDay::Wednesday, "hours_wed"),
    (WorkDay::Thursday, "hours_thu"),
    (WorkDay::Friday, "hours_fri"),
    (WorkDay::Saturday, "hours_sat"),
    (WorkDay::Sunday, "hours_sun"),
];

/// What the office says, and what can be done about it.
pub(crate) async fn of(inside: &Inside, office: OfficeId, again: &Again) -> (Vec<Section>, Vec<Form>) {
    let w = inside.visit.words;
    let (of_profile, of_versions) = (GetOfficeProfile { id: office }, ListOfficeProfileVersions { id: office });
    let (profile, versions) = futures_util::join!(inside.part(&of_profile), inside.part(&of_versions));
    let forms = match profile.here() {
        Some(profile) if inside.who.may("identity.units.change") => forms(profile, w, again),
        _ => Vec::new(),
    };
    let said = match profile {
        Part::Here(profile) => Content::Facts(facts(&profile, w)),
        Part::Silent(silence) => Content::Silent(silence),
    };
    let mut sections = vec![Section::new("profile", w, said)];
    let table = match versions {
        Part::Here(found) => Part::Here(history(inside, found.versions).await),
        Part::Silent(silence) => Part::Silent(silence),
    };
    if table.here().is_none_or(|table| !table.rows.is_empty()) {
        sections.push(Section::table("profile-versions", w, table));
    }
    (sections, forms)
}

fn facts(profile: &OfficeProfile, w: Words) -> Vec<(String, Cell)> {
    let unsaid = || w.t("admin-unsaid");
    let line = |said: &Option<String>| Cell::text(said.clone().unwrap_or_else(unsaid));
    let mut facts = vec![
        (w.t("admin-field-address"), line(&profile.address)),
        (w.t("admin-field-telephone"), line(&profile.telephone)),
        (w.t("admin-field-email"), line(&profile.email)),
    ];
    let days = profile.hours.iter().filter_map(|day| Some((day_name(day.day, w)?, Cell::text(written(day)))));
    facts.extend(days);
    if profile.hours.is_empty() {
        facts.push((w.t("admin-hours"), Cell::text(unsaid())));
    }
    let worn = if profile.emblem.is_some() { "admin-emblem-worn" } else { "admin-emblem-none" };
    facts.push((w.t("admin-field-emblem"), Cell::text(w.t(worn))));
    facts
}

fn day_name(day: WorkDay, w: Words) -> Option<String> {
    WEEK.iter().find(|(one, _)| *one == day).map(|(_, field)| w.t(&format!("admin-field-{field}")))
}

/// The hours of a day as they are typed: `07:30-11:30, 13:30-17:00`.
fn written(day: &DayHours) -> String {
    let span = |span: &HoursSpan| format!("{}-{}", span.from, span.to);
    [&day.morning, &day.afternoon].into_iter().flatten().map(span).collect::<Vec<_>>().join(", ")
}

/// The versions with who wrote them down, as far as the reader may know.
async fn history(inside: &Inside, versions: Vec<OfficeProfile>) -> Table {
    let w = inside.visit.words;
    let shown: Vec<_> = versions.into_iter().take(SHOWN).collect();
    let mut people: Vec<PersonId> = shown.iter().filter_map(|one| one.by).collect();
    people.sort_unstable();
    people.dedup();
    let calls: Vec<_> = people.into_iter().map(|id| GetPerson { id, as_of: None }).collect();
    let found = join_all(calls.iter().map(|call| inside.part(call))).await;
    let name = |id: Option<PersonId>| {
        let found = found.iter().filter_map(Part::here).find(|person| Some(person.id) == id);
        found.map_or_else(|| w.t("admin-unknown"), |person| person.full_name.clone())
    };
    let row = |one: &OfficeProfile| {
        let said = [one.address.clone(), one.telephone.clone(), one.email.clone()];
        let hours = one.hours.iter().filter_map(|day| Some(format!("{} {}", day_name(day.day, w)?, written(day))));
        vec![
            Cell::number(one.version.0.to_string()),
            Cell::text(one.at.map(format::moment).unwrap_or_default()),
            Cell::text(name(one.by)),
            Cell::text(said.into_iter().flatten().collect::<Vec<_>>().join(" · "))
                .meta(hours.collect::<Vec<_>>().join("; ")),
        ]
    };
    Table::new(w, &["#version", "at", "by", "said"], "admin-none", shown.iter().map(row).collect())
}

fn forms(profile: &OfficeProfile, w: Words, again: &Again) -> Vec<Form> {
    let to = "/quan-tri/co-quan";
    let seen = profile.version.0.to_string();
    let usual = |said: &Option<String>| said.clone().unwrap_or_default();
    let mut say = Form::new("ho-so", to, w, again)
        .field("seen", "six", Input::Kept, &seen)
        .text("address", &usual(&profile.address))
        .field("telephone", "three", Input::Text, &usual(&profile.telephone))
        .field("email", "three", Input::Text, &usual(&profile.email));
    for (day, field) in WEEK {
        let held = profile.hours.iter().find(|one| one.day == day).map(written).unwrap_or_default();
        say = say.field(field, "six", Input::Text, &held);
    }
    let wear = Form::new("bieu-trung", to, w, again).field("seen", "six", Input::Kept, &seen).field(
        PICTURE,
        "six",
        Input::File(".png"),
        "",
    );
    let mut forms = vec![say, wear];
    if profile.emblem.is_some() {
        let bare = Form::new("bo-bieu-trung", to, w, again).ending();
        forms.push(bare.field("seen", "six", Input::Kept, &seen));
    }
    forms
}

/// Does what a form is for.
///
/// # Errors
/// What cannot be read, and what the service refuses.
pub(crate) async fn acted(posted: &Posted, act: &str) -> Result<(), Refusal> {
    let (typed, id) = (&posted.fields, posted.inside.who.office());
    let seen = Version(typed.get("seen").parse().map_err(|_| Refusal::Field("", "admin-seen-lost"))?);
    if act == "ho-so" {
        let (address, telephone, email) = (typed.some("address"), typed.some("telephone"), typed.some("email"));
        let mut hours = Vec::new();
        for (day, field) in WEEK {
            hours.extend(read(day, typed.get(field)).ok_or(Refusal::Field(field, "admin-hours-unreadable"))?);
        }
        posted.act_seen(seen, &SetOfficeProfile { id, address, telephone, email, hours }).await?;
        return Ok(());
    }
    let ticket = if act == "bieu-trung" {
        let ticket = Files::read(typed, PICTURE).last().ticket();
        Some(ticket.ok_or(Refusal::Field(PICTURE, "admin-emblem-missing"))?)
    } else {
        None
    };
    posted.act_seen(seen, &SetOfficeEmblem { id, ticket }).await?;
    // The next page already shows it; those of others follow within the minute.
    posted.inside.visit.portal.sessions.forget_account(posted.inside.who.me.account.id);
    Ok(())
}

/// Hours as they are typed; nothing when there are none, and none when they cannot be read.
fn read(day: WorkDay, typed: &str) -> Option<Option<DayHours>> {
    let mut hours = DayHours { day, morning: None, afternoon: None };
    let spans: Vec<&str> = typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if spans.is_empty() {
        return Some(None);
    }
    for (at, span) in spans.iter().enumerate() {
        let (from, to) = span.split_once(['-', '–'])?;
        let (from, to) = (from.trim().replace(['h', 'g', '.'], ":"), to.trim().replace(['h', 'g', '.'], ":"));
        let early = from.split(':').next()?.parse::<u8>().ok()? < 12;
        let place = match (at, early) {
            (0, true) => &mut hours.morning,
            (0 | 1, _) if hours.afternoon.is_none() => &mut hours.afternoon,
            _ => return None,
        };
        *place = Some(HoursSpan { from: whole(&from), to: whole(&to) });
    }
    Some(Some(hours))
}

/// An hour without its minutes is a full one: `17h` and `17` mean `17:00`.
fn whole(time: &str) -> String {
    let time = time.trim_end_matches(':');
    if time.contains(':') { time.to_owned() } else { format!("{time}:00") }
}

/// The picture of an office, for those who are signed in. Its address has its hash, so that browsers may keep it.
pub(crate) async fn emblem(Path((id, sha256)): Path<(OfficeId, String)>, inside: Inside) -> Response<Body> {
    let found = match inside.need(&GetOfficeEmblem { id }).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let picture = STANDARD.decode(&found.png).ok().filter(|_| found.sha256 == sha256);
    let Some(picture) = picture else { return no::nowhere(inside.visit).await };
    let mut response = Response::new(Body::from(picture));
    *response.status_mut() = StatusCode::OK;
    let told = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in told {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let table = [
            ("07:30-11:30, 13:30-17:00", Some(Some("07:30-11:30, 13:30-17:00"))),
            ("7h30 – 11h30; 13h30 – 17h", Some(Some("7:30-11:30, 13:30-17:00"))),
            ("13:30-17:00", Some(Some("13:30-17:00"))),
            ("7.30-11.30", Some(Some("7:30-11:30"))),
            ("  ", Some(None)),
            ("cả ngày", None),
            ("7:30", None),
            ("7:30-11:30, 13:30-15:00, 15:30-17:00", None),
        ];
        for (typed, expected) in table {
            let day = read(WorkDay::Monday, typed);
            assert_eq!(
                day.map(|day| day.as_ref().map(written)),
                expected.map(|text| text.map(str::to_owned)),
                "{typed}"
            );
        }
    }
}
