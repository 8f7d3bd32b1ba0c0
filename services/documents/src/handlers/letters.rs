//! Citizens' letters in the post: one key, a number, and nothing else.

use anyhow::Result;
use schema_documents::{
    CitizenLetter, CitizenLetterChanged, CitizenLetterReceived, GetCitizenLetter, Refusal, RegisterCitizenLetter,
    VoidCitizenLetter,
};
use service::{Read, Write};

use super::{
    catching_up::{self, Line},
    numbering, telling,
};
use crate::{
    domain::{incoming::Place, letter},
    store::{
        self,
        entries::{self, Bearer},
    },
};

/// Enters a letter and gives it the next arrival number.
pub(crate) async fn register(cx: Write, call: RegisterCitizenLetter) -> Result<CitizenLetter> {
    let scope = cx.office_for_new(call.office)?;
    let arrived = letter::check(&call, cx.now.day())?;
    let (register, number) = numbering::arrival(&cx, &scope, call.office, arrived, call.late).await?;
    let letter = letter::enter(&call, arrived, Place { id: cx.fresh(), register, number, now: cx.now });
    store::letters::insert(cx.tx(), &letter).await?;
    let bearer = Bearer::Letter(letter.id);
    entries::enter(cx.tx(), letter.office, (register, number), arrived, bearer, cx.now).await?;
    tell(&cx, &letter, &[("number", Some(number.to_string()))]).await?;
    Ok(letter)
}

/// Enters a letter under a number that it was given on paper.
pub(crate) async fn enter_from(cx: &Write, call: RegisterCitizenLetter, line: Line) -> Result<CitizenLetter> {
    cx.office(call.office)?;
    let arrived = letter::check(&call, cx.now.day())?;
    let (register, number) = line.place();
    let letter = letter::enter(&call, arrived, Place { id: cx.fresh(), register, number, now: cx.now });
    store::letters::insert(cx.tx(), &letter).await?;
    let values = line.values();
    catching_up::keep(cx, line, arrived, Bearer::Letter(letter.id)).await?;
    tell(cx, &letter, &values).await?;
    Ok(letter)
}

async fn tell(cx: &Write, letter: &CitizenLetter, values: telling::Values<'_>) -> Result<()> {
    let by = telling::acting(cx, letter.office, None)?;
    cx.emit(&CitizenLetterReceived { letter: letter.clone(), by }).await?;
    telling::audit(cx, "citizen_letter", letter.id.into(), letter.office, values).await
}

/// The masked line of one letter.
pub(crate) async fn get(cx: Read, call: GetCitizenLetter) -> Result<CitizenLetter> {
    let found = store::letters::get(cx.db(), cx.scope(), call.id).await?;
    Ok(found.ok_or(Refusal::LetterMissing { id: call.id })?)
}

/// Voids the line of a letter; its number stays.
pub(crate) async fn void(cx: Write, call: VoidCitizenLetter) -> Result<CitizenLetter> {
    let found = store::letters::hold(cx.tx(), cx.scope(), call.id).await?;
    let before = found.ok_or(Refusal::LetterMissing { id: call.id })?;
    cx.expect(before.version)?;
    let voided = letter::void(&before, call.reason)?;
    let letter = CitizenLetter { version: before.version.next(), ..voided };
    store::letters::update(cx.tx(), &letter).await?;
    entries::void(cx.tx(), cx.scope(), (letter.register, letter.number), letter::words(call.reason)).await?;
    let by = telling::acting(&cx, letter.office, None)?;
    cx.emit(&CitizenLetterChanged { letter: letter.clone(), by }).await?;
    telling::audit(&cx, "citizen_letter", letter.id.into(), letter.office, &[]).await?;
    Ok(letter)
}
