//! What can be done with an outgoing document: another version, recipients, a number, giving it up.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{AddDraft, IssueOutgoing, SetRecipients, VoidOutgoing};
use wire::{Day, Fault, Kind, id::OutgoingId};

use super::{
    document::{self, Refused},
    showing,
};
use crate::{
    format,
    kit::{problems::Problems, typed::Typed},
    no,
    screens::signing::signers,
    visit::{Posted, go},
};

/// Adds a version of the text.
pub(crate) async fn redraft(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let call = AddDraft { id, text: showing::lines(posted.fields.get("text")), note: posted.fields.some("note") };
    let acted = posted.act(&call).await;
    after(&posted, id, "ban-moi", acted).await
}

/// Sets the recipients.
pub(crate) async fn address(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&SetRecipients { id, recipients: showing::addressed(&posted.fields) }).await;
    after(&posted, id, "noi-nhan", acted).await
}

/// Gives the number, and goes back to the queue when the form stood there.
pub(crate) async fn issue(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let (dated, copies) = (format::read_day(typed.get("dated")), typed.get("copies").parse::<u32>().ok());
    let mut problems = Problems::default();
    if dated.is_none() && !typed.get("dated").is_empty() {
        problems.add("dated", w.t("day-unreadable"));
    }
    if copies.is_none() && !typed.get("copies").is_empty() {
        problems.add("copies", w.t("outgoing-copies-unreadable"));
    }
    if problems.any() {
        let refused = Refused { problems, typed: Typed::of(typed), ..Refused::default() };
        return document::page(&posted.inside, id, StatusCode::UNPROCESSABLE_ENTITY, refused).await;
    }
    let call = IssueOutgoing {
        id,
        dated,
        late: typed.get("late") == "1",
        signatory: typed.some("signatory"),
        signer: signers::read(typed.get("signer")),
        copies,
        draft: typed.get("draft").parse().ok(),
    };
    let acted = posted.act(&call).await;
    if acted.is_ok() && typed.get("from_queue") == "1" {
        return go(&format!("/van-ban/di/cho-cap-so?da-cap={id}"));
    }
    after(&posted, id, "cap-so", acted).await
}

/// Gives up a draft, or voids a number with the reason.
pub(crate) async fn void(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let call = VoidOutgoing { id, reason: posted.fields.get("reason").to_owned(), masked_reason: None };
    let acted = posted.act(&call).await;
    after(&posted, id, "huy", acted).await
}

/// Goes on, or shows the page again with what was refused and what was typed.
pub(crate) async fn after<T>(posted: &Posted, id: OutgoingId, done: &str, acted: Result<T, Fault>) -> Response<Body> {
    match acted {
        Ok(_) => go(&format!("/van-ban/di/{id}?xong={done}")),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
            let late = late(&fault, posted);
            let problems =
                if late.is_some() { Problems::default() } else { Problems::of(&fault, posted.inside.visit.words) };
            let refused = Refused { problems, typed: Typed::of(&posted.fields), late, ..Refused::default() };
            document::page(&posted.inside, id, no::status(fault.kind), refused).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// Why a day has to be confirmed: a later one has numbers in the register already.
fn late(fault: &Fault, posted: &Posted) -> Option<String> {
    let last = fault.detail.as_ref().filter(|_| fault.code == "documents.late_entry")?.get("last_day")?.as_str()?;
    let last = last.parse::<Day>().map(format::day).unwrap_or_default();
    Some(posted.inside.visit.words.with("outgoing-late", &[("day", &last)]))
}
