//! What goes to addressees outside of the installation: writing it down, looking at it.

use anyhow::Result;
use schema_documents::{ListPostings, Posting, PostingRefusal, RecordPosting, Refusal};
use service::{Read, Write};
use wire::Page;

use super::{paging, telling};
use crate::{
    domain::{
        field::{self, limit},
        outgoing::signable,
    },
    store::{self, postings},
};

/// As many addressees as one sending has.
const MOST: usize = 100;

/// Writes a sending down.
pub(crate) async fn record(cx: Write, call: RecordPosting) -> Result<Posting> {
    let found = store::outgoing::hold(cx.tx(), cx.scope(), call.id).await?;
    let document = found.ok_or(Refusal::OutgoingMissing { id: call.id })?;
    signable(&document)?;
    if call.recipients.is_empty() || call.recipients.len() > MOST {
        return Err(PostingRefusal::PostedToNobody { limit: MOST }.into());
    }
    let recipients = call.recipients.iter().map(|name| field::line("recipients", name, limit::NAME));
    let recipients = recipients.collect::<Result<Vec<_>, _>>()?;
    let (today, on) = (cx.now.day(), call.on.unwrap_or(cx.now.day()));
    if on > today || document.dated.is_some_and(|dated| on < dated) {
        return Err(PostingRefusal::PostingDayUnfit.into());
    }
    let scope = cx.office(document.office)?;
    let posting = Posting {
        document: document.id,
        ordinal: postings::count(cx.tx(), &scope, document.id).await? + 1,
        office: document.office,
        recipients,
        way: call.way,
        on,
        note: field::optional_line("note", call.note.as_deref(), limit::NOTE)?,
        by: cx.person()?.person,
        at: cx.now,
    };
    postings::insert(cx.tx(), cx.fresh::<wire::id::DispatchId>().into(), &posting).await?;
    telling::acting(&cx, document.office, Some(&document.genre))?;
    let values = [("recipients", Some(posting.recipients.join("; "))), ("on", Some(on.to_string()))];
    telling::audit(&cx, "posting", document.id.into(), document.office, &values).await?;
    Ok(posting)
}

/// What was sent.
pub(crate) async fn list(cx: Read, call: ListPostings) -> Result<Page<Posting>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<Posting>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let found = postings::list(cx.db(), &scope, &call, before, paging::rows(limit)).await?;
    // The row's own id is the place where a page goes on; nobody else needs it.
    let page = paging::page(found, limit, |(id, _)| id.to_string())?;
    Ok(page.map(|(_, posting)| posting))
}
