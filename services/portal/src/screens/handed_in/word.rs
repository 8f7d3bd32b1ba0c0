//! C4: a draft that comes as a Word document: read as the next version, with what is to be looked over.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{ImportDraft, ImportNote, OutgoingDocument, OutgoingState};
use wire::{Fault, Kind, Lang, id::OutgoingId};

use super::file_field::FileField;
use crate::{
    hand_in::{Files, Kept},
    kit::{problems::Problems, typed::Typed},
    no,
    page::{Page, Place},
    screens::outgoing::document::{self, Refused},
    visit::{Inside, Posted},
};

/// The field with the file.
const FILE: &str = "word";

/// The form on the page of a draft.
pub(crate) struct Importing {
    pub(crate) action: String,
    pub(crate) file: FileField,
}

#[derive(Template)]
#[template(path = "handed_in/word_read.html")]
struct Looked {
    p: Page,
    back: String,
    nth: u32,
    notes: Vec<String>,
}

impl Importing {
    /// The form, for whoever writes on a draft.
    pub(crate) fn of(document: &OutgoingDocument, inside: &Inside, held: Vec<Kept>) -> Option<Self> {
        let w = inside.visit.words;
        let drafts = document.state == OutgoingState::Draft && !document.masked;
        let file = FileField::word(FILE, w.t("word-file"), w.t("word-file-said")).holding(held);
        let action = format!("/van-ban/di/{}/nhap-word", document.id);
        (drafts && inside.who.may("documents.outgoing.draft")).then_some(Self { action, file })
    }
}

/// Reads the file as the next version, and says what is to be looked over.
pub(crate) async fn import(Path(id): Path<OutgoingId>, posted: Posted) -> Response<Body> {
    let w = posted.inside.visit.words;
    let files = Files::read(&posted.fields, FILE);
    let mut problems = Problems::default();
    files.say(FILE, w, &mut problems);
    let Some(ticket) = files.tickets().into_iter().next() else {
        if !problems.any() {
            problems.add(FILE, w.t("intake-files-missing"));
        }
        let refused = Refused { problems, typed: Typed::of(&posted.fields), ..Refused::default() };
        return document::page(&posted.inside, id, StatusCode::UNPROCESSABLE_ENTITY, refused).await;
    };
    match posted.act(&ImportDraft { id, ticket, note: None }).await {
        Ok(imported) => {
            let view = Looked {
                p: Page::inside(&posted.inside, &w.t("word-read"), Place::Outgoing),
                back: format!("/van-ban/di/{id}"),
                nth: imported.draft.ordinal,
                notes: imported.notes.into_iter().map(|note| said(note, w.0)).collect(),
            };
            posted.inside.visit.html(StatusCode::OK, &view)
        }
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict) => {
            let status = no::status(fault.kind);
            let problems = Problems::of(&Fault { field: Some(FILE.to_owned()), ..fault }, w);
            let refused = Refused { problems, typed: Typed::of(&posted.fields), ..Refused::default() };
            document::page(&posted.inside, id, status, refused).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

fn said(note: ImportNote, lang: Lang) -> String {
    match lang {
        Lang::Vi => note.vi,
        Lang::En => note.en,
    }
}
