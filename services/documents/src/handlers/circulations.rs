//! How far documents that arrived may go: saying so, giving them back, seeing what is still to go back.

use anyhow::Result;
use schema_documents::{
    Circulation, CirculationRefusal, DocumentAct, GiveBackIncoming, LimitCirculation, ListCirculations,
};
use sea_orm::ConnectionTrait;
use service::{Read, Scope, Write};
use wire::{Page, id::IncomingId};

use super::{files, incoming, paging, telling};
use crate::{
    domain::{
        circulation,
        field::{self, limit},
        incoming::describable,
    },
    store::{self, circulations},
};

/// Says how far a document may go.
pub(crate) async fn limit(cx: Write, call: LimitCirculation) -> Result<Circulation> {
    let document = incoming::held(&cx, call.id).await?;
    describable(&document)?;
    let scope = cx.office(document.office)?;
    let before = circulations::get(cx.tx(), &scope, document.id).await?;
    let set = circulation::set(&call, &document, before.clone(), cx.now.day())?;
    circulations::keep(cx.tx(), &set, None, before.is_some()).await?;
    audit(&cx, &set).await?;
    Ok(set)
}

/// Gives a document back: nothing of its contents stays here.
pub(crate) async fn give_back(cx: Write, call: GiveBackIncoming) -> Result<Circulation> {
    let mut document = incoming::held(&cx, call.id).await?;
    describable(&document)?;
    let scope = cx.office(document.office)?;
    let note = field::optional_line("note", call.note.as_deref(), limit::NOTE)?;
    let before = circulations::get(cx.tx(), &scope, document.id).await?;
    let given = circulation::given_back(before, note, cx.now)?;
    circulations::keep(cx.tx(), &given, None, true).await?;
    let names: Vec<String> = document.files.iter().map(|file| file.name.clone()).collect();
    files::abandon(&cx, &document).await?;
    document.files.clear();
    let values = [("file", Some(names.join(", ")).filter(|names| !names.is_empty())), ("note", given.note.clone())];
    telling::incoming_changed(&cx, document, DocumentAct::FileDetached, &values).await?;
    audit(&cx, &given).await?;
    Ok(given)
}

/// The limits of an office.
pub(crate) async fn list(cx: Read, call: ListCirculations) -> Result<Page<Circulation>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Circulation>::limit(call.limit);
    let after = paging::due_and_id(call.cursor.as_ref())?;
    let mut found = circulations::list(cx.db(), &scope, &call, after, paging::rows(limit)).await?;
    let papers = store::incoming::by_ids(cx.db(), &scope, found.iter().map(|one| one.document)).await?;
    for one in &mut found {
        let Some(paper) = papers.iter().find(|paper| paper.id == one.document) else { continue };
        (one.number, one.symbol, one.summary) = (Some(paper.number), paper.symbol.clone(), paper.summary.clone());
    }
    paging::page(found, limit, |last| paging::due_place(last.return_by, last.document))
}

/// Keeps the limit that came with a delivery.
pub(super) async fn received(cx: &Write, delivery: &schema_documents::Delivery, document: IncomingId) -> Result<()> {
    let Some(limit) = circulation::of_delivery(delivery, document) else { return Ok(()) };
    Ok(circulations::keep(cx.tx(), &limit, Some(delivery.sent.office), false).await?)
}

/// Refuses a copy of what may not be passed on.
pub(super) async fn refuse_copies(conn: &impl ConnectionTrait, scope: &Scope, document: IncomingId) -> Result<()> {
    match circulations::get(conn, scope, document).await? {
        Some(_) => Err(CirculationRefusal::CirculationLimited.into()),
        None => Ok(()),
    }
}

async fn audit(cx: &Write, set: &Circulation) -> Result<()> {
    let values = [
        ("mark", Some(format!("{:?}", set.mark))),
        ("return_by", set.return_by.map(|day| day.to_string())),
        ("given_back_at", set.given_back_at.map(|at| at.to_string())),
        ("note", set.note.clone()),
    ];
    telling::audit(cx, "circulation", set.document.into(), set.office, &values).await
}
