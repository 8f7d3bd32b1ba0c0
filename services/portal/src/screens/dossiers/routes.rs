//! Dossiers of work.

use axum::{
    Router,
    routing::{get, post},
};

use super::{acts, dossier, overview, year_list};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/ho-so", get(overview::show).post(acts::open))
        .route("/ho-so/danh-muc", get(year_list::show))
        .route("/ho-so/danh-muc/{act}", post(acts::on_list))
        .route("/ho-so/dua-vao", post(acts::file))
        .route("/ho-so/{id}", get(dossier::show))
        .route("/ho-so/{id}/{act}", post(acts::act))
}
