//! People: entering, correcting, disabling.

use schema_identity::{
    ChangePerson, CreatePerson, DisablePerson, EnablePerson, GetPerson, ListPeople, Person, PersonChanged,
    PersonWithPosts, Refusal,
};
use service::{Audit, Read, Result, Write};
use wire::{Page, Version, id::PersonId};

use super::{authority::posts, reach::must_cover};
use crate::{
    domain::{cursor, naming, offices},
    store,
};

pub(crate) async fn list(cx: Read, call: ListPeople) -> Result<Page<Person>> {
    let limit = Page::<Person>::limit(call.limit);
    let (scope, words) = (cx.office(call.office)?, naming::words(call.q.as_deref()));
    let after = cursor::name(call.cursor.as_ref())?;
    let limited = u64::from(limit) + 1;
    let people = match call.as_of {
        None => store::people::list(cx.db(), &scope, &words, None, after, limited).await?,
        // Whoever is lent by another office is kept there.
        Some(day) => store::people::list(cx.db(), cx.scope(), &words, Some((call.office, day)), after, limited).await?,
    };
    Ok(Page::cut(people, limit, |last| cursor::of_name(&last.full_name, last.id)))
}

pub(crate) async fn get(cx: Read, call: GetPerson) -> Result<PersonWithPosts> {
    let day = call.as_of.unwrap_or(cx.now.day());
    let person = store::people::get(cx.db(), cx.scope(), call.id).await?.ok_or(Refusal::PersonMissing)?;
    let mut held = store::authority::held(cx.db(), person.id, day).await?;
    held.retain(|held| cx.scope().allows(held.office));
    let posts = posts(&cx, held, day).await?;
    let Person { id, office, full_name, contact, active, version } = person;
    Ok(PersonWithPosts { id, office, full_name, contact, active, version, posts })
}

pub(crate) async fn create(cx: Write, call: CreatePerson) -> Result<Person> {
    let CreatePerson { office, full_name, contact } = call;
    cx.office(office)?;
    let stands = store::offices::get(cx.tx(), office).await?.ok_or(Refusal::OfficeMissing)?;
    if offices::lifetime(&stands).is_none_or(|life| !life.reaches(cx.now.day())) {
        return Err(Refusal::OfficeEnded.into());
    }
    let person = Person {
        id: cx.fresh(),
        office,
        full_name: naming::line("full_name", &full_name)?,
        contact: naming::optional("contact", contact.as_deref())?,
        active: true,
        version: Version::FIRST,
    };
    store::people::insert(cx.tx(), &person).await?;
    tell(&cx, person).await
}

pub(crate) async fn change(cx: Write, call: ChangePerson) -> Result<Person> {
    let mut person = locked(&cx, call.id).await?;
    if let Some(full_name) = call.full_name {
        person.full_name = naming::line("full_name", &full_name)?;
    }
    if let Some(contact) = call.contact {
        person.contact = naming::optional("contact", Some(&contact))?;
    }
    save(&cx, person).await
}

pub(crate) async fn disable(cx: Write, call: DisablePerson) -> Result<Person> {
    let person = locked(&cx, call.id).await?;
    if is_self(&cx, person.id) {
        return Err(Refusal::OwnAccount.into());
    }
    must_cover(&cx, person.id).await?;
    if let Some(kept) = store::accounts::of_person(cx.tx(), person.id).await? {
        store::sessions::end_all(cx.tx(), kept.account.id, cx.now).await?;
    }
    save(&cx, Person { active: false, ..person }).await
}

pub(crate) async fn enable(cx: Write, call: EnablePerson) -> Result<Person> {
    let person = locked(&cx, call.id).await?;
    must_cover(&cx, person.id).await?;
    save(&cx, Person { active: true, ..person }).await
}

/// Whether the caller is this person.
pub(crate) fn is_self(cx: &Write, person: PersonId) -> bool {
    cx.caller().person().is_some_and(|caller| caller.person == person)
}

async fn locked(cx: &Write, id: PersonId) -> Result<Person> {
    let person = store::people::lock(cx.tx(), cx.scope(), id).await?.ok_or(Refusal::PersonMissing)?;
    cx.expect(person.version)?;
    Ok(person)
}

async fn save(cx: &Write, person: Person) -> Result<Person> {
    let person = Person { version: person.version.next(), ..person };
    store::people::save(cx.tx(), &person).await?;
    tell(cx, person).await
}

/// Tells and audits a change.
pub(crate) async fn tell(cx: &Write, person: Person) -> Result<Person> {
    let act = Audit::of("person", person.id)
        .office(person.office)
        .field("full_name", &person.full_name)
        .field("contact", person.contact.as_deref().unwrap_or_default())
        .field("active", person.active);
    cx.audit(act).await?;
    let event = PersonChanged { person };
    cx.emit(&event).await?;
    Ok(event.person)
}
