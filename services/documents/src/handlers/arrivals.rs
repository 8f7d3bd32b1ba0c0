//! The receiver's side: what other offices have sent stands in the clerk's queue, is read, entered without retyping, or
//! sent back.

use anyhow::Result;
use futures_util::TryStreamExt as _;
use schema_documents::{
    Delivery, DispatchChanged, DispatchNote, DispatchRefusal, DownloadArrival, GetArrival, ListArrivals, OpenArrival,
    ReceiveArrival, ReturnArrival,
};
use service::{Claimed, Read, Write};
use wire::{Download, FileRef, Page, id::DeliveryId};

use super::{circulations, dispatching, files, incoming, paging, telling};
use crate::{domain::dispatch, store::deliveries};

/// The queue.
pub(crate) async fn list(cx: Read, call: ListArrivals) -> Result<Page<Delivery>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Delivery>::limit(call.limit);
    let after = paging::one(call.cursor.as_ref())?;
    let found = deliveries::queue(cx.db(), &scope, call.state, after, paging::rows(limit)).await?;
    paging::page(found, limit, |last| last.id.to_string())
}

/// One that came.
pub(crate) async fn get(cx: Read, call: GetArrival) -> Result<Delivery> {
    seen(&cx, call.id).await
}

/// Notes that somebody has opened it.
pub(crate) async fn open(cx: Write, call: OpenArrival) -> Result<Delivery> {
    let before = held(&cx, call.id).await?;
    match dispatch::opened(&before, cx.now) {
        Some(opened) => keep(&cx, opened).await,
        None => Ok(before),
    }
}

/// Directs to a file, which lies with its sender until it is entered here.
pub(crate) async fn download(cx: Read, call: DownloadArrival) -> Result<Download> {
    let delivery = seen(&cx, call.id).await?;
    dispatch::open(&delivery)?;
    files::download(delivery.sent.office, delivery.sent.files, call.file)
}

/// Copies the files into this office's area, once it is sure that they may be entered.
pub(crate) async fn receive_facts(cx: Read, call: ReceiveArrival) -> Result<(incoming::Facts, Vec<Claimed>)> {
    let delivery = seen(&cx, call.id).await?;
    dispatch::open(&delivery)?;
    let facts = incoming::facts(cx.clone(), dispatch::order(&delivery, &call)).await?;
    let mut copied = Vec::with_capacity(delivery.sent.files.len());
    for file in &delivery.sent.files {
        copied.push(copy(&cx, &delivery, file).await?);
    }
    Ok((facts, copied))
}

async fn copy(cx: &Read, delivery: &Delivery, file: &FileRef) -> Result<Claimed> {
    let theirs = cx.blobs().area("documents", &delivery.sent.office.to_string())?;
    let ours = cx.blobs().area("documents", &delivery.office.to_string())?;
    let mut content = theirs.open(&file.sha256, None).await?.bytes;
    let mut begun = ours.begin(file.size).await?;
    while let Some(chunk) = content.try_next().await? {
        begun.write(chunk).await?;
    }
    let staged = ours.keep(begun).await?;
    let (name, media_type) = (file.name.clone(), file.media_type.clone());
    Ok(Claimed { sha256: staged.hash, size: staged.size, media_type, name })
}

/// Enters it: number, files and the sender's mark in one commit.
pub(crate) async fn receive(
    cx: Write,
    call: ReceiveArrival,
    (facts, copied): (incoming::Facts, Vec<Claimed>),
) -> Result<Delivery> {
    let before = held(&cx, call.id).await?;
    dispatch::open(&before)?;
    let order = dispatch::order(&before, &call);
    let document = incoming::register(cx.clone(), order, facts.with(copied)).await?;
    circulations::received(&cx, &before, document.id).await?;
    keep(&cx, dispatch::received(&before, document.id, cx.now)).await
}

/// Sends it back.
pub(crate) async fn send_back(cx: Write, call: ReturnArrival) -> Result<Delivery> {
    let before = held(&cx, call.id).await?;
    keep(&cx, dispatch::returned(&before, &call.reason, cx.now)?).await
}

async fn seen(cx: &Read, id: DeliveryId) -> Result<Delivery> {
    Ok(deliveries::get(cx.db(), cx.scope(), id).await?.ok_or(DispatchRefusal::DeliveryMissing { id })?)
}

async fn held(cx: &Write, id: DeliveryId) -> Result<Delivery> {
    let found = deliveries::hold(cx.tx(), cx.scope(), id).await?;
    let found = found.ok_or(DispatchRefusal::DeliveryMissing { id })?;
    cx.expect(found.version)?;
    Ok(found)
}

/// Keeps a changed delivery, and tells both offices.
async fn keep(cx: &Write, delivery: Delivery) -> Result<Delivery> {
    let document = deliveries::update(cx.tx(), &delivery).await?;
    cx.emit(&dispatching::told(&delivery)).await?;
    let note = DispatchNote { id: delivery.dispatch, office: delivery.sent.office, document };
    cx.emit(&DispatchChanged { dispatch: note }).await?;
    let values = [("state", Some(format!("{:?}", delivery.state))), ("reason", delivery.reason.clone())];
    telling::audit(cx, "delivery", delivery.id.into(), delivery.office, &values).await?;
    Ok(delivery)
}
