//! The file of a document beside its words, and files that are attached to a document already in the register.

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{AttachIncomingFile, DetachIncomingFile};
use wire::{
    FileRef,
    id::{FileId, IncomingId},
};

use crate::{hand_in::Files, kit::problems::Problems, screens::record, visit::Posted};

/// Kinds of pictures that every browser draws.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

const PDF: &str = "application/pdf";

/// A file as a browser draws it within a page.
pub(crate) struct Viewer {
    pub(crate) name: String,
    /// Where it is drawn from.
    pub(crate) shown: String,
    /// Where it is saved from.
    pub(crate) save: String,
    pub(crate) picture: bool,
    /// All files that can be drawn: which, under what name, and whether it is this one.
    pub(crate) others: Vec<(String, String, bool)>,
}

impl Viewer {
    /// Of a document the chosen file, or the first one that a browser draws.
    pub(crate) fn of(document: &str, files: &[FileRef], chosen: &str) -> Option<Self> {
        let drawn = |file: &&FileRef| is_picture(file) || file.media_type == PDF;
        let all: Vec<&FileRef> = files.iter().filter(drawn).collect();
        let file = all.iter().find(|file| file.id.to_string() == chosen).or(all.first())?;
        let others = all.iter().map(|one| (one.id.to_string(), one.name.clone(), one.id == file.id)).collect();
        Some(Self { others, ..Self::at(format!("/van-ban/den/{document}/tep/{}", file.id), file)? })
    }

    /// Of a file that is saved from this path; nothing when browsers do not draw its kind.
    pub(crate) fn at(save: String, file: &FileRef) -> Option<Self> {
        let picture = is_picture(file);
        let drawn = picture || file.media_type == PDF;
        let (name, shown) = (file.name.clone(), format!("{save}?xem=1"));
        drawn.then_some(Self { name, shown, save, picture, others: Vec::new() })
    }
}

fn is_picture(file: &FileRef) -> bool {
    PICTURES.contains(&file.media_type.as_str())
}

/// Takes a file off a document.
pub(crate) async fn detach(Path((id, file)): Path<(IncomingId, FileId)>, posted: Posted) -> Response<Body> {
    let acted = posted.act(&DetachIncomingFile { id, file }).await;
    record::after(&posted, id, "go-tep", acted, &[]).await
}

/// Attaches the files of the form, one after the other, until one is refused.
pub(crate) async fn attach(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let files = Files::read(&posted.fields, "files");
    let mut problems = Problems::default();
    files.say("files", posted.inside.visit.words, &mut problems);
    let tickets = files.tickets();
    if tickets.is_empty() && !problems.any() {
        problems.add("files", posted.inside.visit.words.t("intake-files-missing"));
    }
    let mut acted = Ok(());
    for (at, ticket) in tickets.into_iter().enumerate() {
        let done = posted.act_part(at, &AttachIncomingFile { id, ticket }).await;
        if let Err(fault) = done {
            acted = Err(fault);
            break;
        }
    }
    if acted.is_ok() && problems.any() {
        return record::page_with(&posted, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await;
    }
    record::after(&posted, id, "tep", acted, &[]).await
}
