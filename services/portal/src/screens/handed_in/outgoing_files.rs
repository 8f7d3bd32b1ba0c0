//! Files of an outgoing document: those of a draft, which can be taken off again, and the scan of the signed copy of one that
//! was issued, which cannot.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    AttachIssuedOutgoingFile, AttachOutgoingFile, DetachOutgoingFile, OutgoingDocument, OutgoingState,
};
use wire::{
    Call, Fault, Kind, Ticket,
    id::{FileId, OutgoingId},
};

use super::file_field::FileField;
use crate::{
    hand_in::{Files, Kept},
    kit::{problems::Problems, typed::Typed},
    no,
    screens::outgoing::{
        acts,
        document::{self, Refused},
    },
    visit::{Inside, Posted, go},
};

/// The field with the files.
const FILES: &str = "files";

/// The form that attaches, and what can be taken off.
pub(crate) struct Filing {
    pub(crate) title: String,
    pub(crate) action: String,
    pub(crate) file: FileField,
    /// Files that can be taken off, as where they are, name and size.
    pub(crate) files: Vec<(String, String, String)>,
}

impl Filing {
    /// What the one who looks may do with the files of a document.
    pub(crate) fn of(
        document: &OutgoingDocument,
        files: &[(String, String, String)],
        inside: &Inside,
        held: Vec<Kept>,
    ) -> Option<Self> {
        let (w, who) = (inside.visit.words, &inside.who);
        let (path, title, said, files) = match document.state {
            OutgoingState::Draft if who.may("documents.outgoing.draft") => {
                ("tep", w.t("handed-draft-files"), w.t("handed-draft-files-said"), files.to_vec())
            }
            OutgoingState::Issued if who.may("documents.outgoing.issue") => {
                ("tep-ban-ky", w.t("handed-signed-copy"), w.t("handed-signed-copy-said"), Vec::new())
            }
            OutgoingState::Draft | OutgoingState::Issued | OutgoingState::Voided => return None,
        };
        let action = format!("/van-ban/di/{}/{path}", document.id);
        let file = FileField::many(FILES, w.t("intake-files"), said).holding(held);
        (!document.masked).then_some(Self { title, action, file, files })
    }
}

/// Attaches to a draft.
pub(crate) async fn attach(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    each(&posted, id, |ticket| AttachOutgoingFile { id, ticket }).await
}

/// Attaches to what was issued.
pub(crate) async fn attach_issued(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    each(&posted, id, |ticket| AttachIssuedOutgoingFile { id, ticket }).await
}

/// Attaches the files of the form, one after the other, until one is refused. What waits then can be sent again.
async fn each<C: Call>(posted: &Posted, id: OutgoingId, make: impl Fn(Ticket) -> C) -> Response<Body> {
    let w = posted.inside.visit.words;
    let mut files = Files::read(&posted.fields, FILES);
    let (mut problems, mut status) = (Problems::default(), StatusCode::UNPROCESSABLE_ENTITY);
    files.say(FILES, w, &mut problems);
    if files.kept.is_empty() && !problems.any() {
        problems.add(FILES, w.t("intake-files-missing"));
    }
    for (at, ticket) in files.tickets().into_iter().enumerate() {
        match posted.act_part(at, &make(ticket)).await {
            Ok(_) => drop(files.kept.remove(0)),
            Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Stale | Kind::Denied) => {
                status = no::status(fault.kind);
                problems.0.extend(Problems::of(&Fault { field: Some(FILES.to_owned()), ..fault }, w).0);
                break;
            }
            Err(fault) => return no::fault(&posted.inside, &fault),
        }
    }
    if !problems.any() {
        return go(&format!("/van-ban/di/{id}?xong=tep"));
    }
    let refused = Refused { problems, typed: Typed::of(&posted.fields), held: files.kept, ..Refused::default() };
    document::page(&posted.inside, id, status, refused).await
}

/// Takes a file off a draft.
pub(crate) async fn detach(Path((id, file)): Path<(OutgoingId, FileId)>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&DetachOutgoingFile { id, file }).await;
    acts::after(&posted, id, "go-tep", acted).await
}
