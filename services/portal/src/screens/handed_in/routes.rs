//! What comes as a file through an ordinary form, and taking it off again.

use axum::{
    Router,
    routing::{get, post},
};

use super::{directory, old, old_list, opening, opening_form, outgoing_files, transcribing, word};
use crate::{screens::intake::files, shared::Portal};

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/den/{id}/chep-but-phe", get(transcribing::show).post(transcribing::transcribe))
        .route("/van-ban/den/{id}/tep/{file}/go", post(files::detach))
        .route("/van-ban/di/{id}/nhap-word", post(word::import))
        .route("/van-ban/di/{id}/tep", post(outgoing_files::attach))
        .route("/van-ban/di/{id}/tep-ban-ky", post(outgoing_files::attach_issued))
        .route("/van-ban/di/{id}/tep/{file}/go", post(outgoing_files::detach))
        .route("/nhap-danh-ba/{id}/cot", post(directory::map))
        .route("/quan-tri/so/cu", get(old_list::show).post(old_list::bring))
        .route("/quan-tri/so/cu/{id}", get(old::show))
        .route("/quan-tri/so/cu/{id}/cot", post(old::map))
        .route("/quan-tri/so/cu/{id}/vao", post(old::enter))
        .route("/quan-tri/so/cu/{id}/dong-can-sua", get(old::faults))
        .route("/quan-tri/so/bien-ban", get(opening_form::show).post(opening_form::begin))
        .route("/quan-tri/so/bien-ban/{id}", get(opening::show))
        .route("/quan-tri/so/bien-ban/{id}/bang-ke", post(opening::bring))
        .route("/quan-tri/so/bien-ban/{id}/ap-dung", post(opening::apply))
        .route("/quan-tri/so/bien-ban/{id}/hoan-tac", post(opening::undo))
}
