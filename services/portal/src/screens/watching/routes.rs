//! Where the pages about the installation itself are.

use axum::{Router, routing::get};

use super::{audit, export, health, proof};
use crate::shared::Portal;

/// Their addresses.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/quan-tri/nhat-ky", get(audit::show))
        .route("/quan-tri/nhat-ky/kiem", get(proof::show))
        .route("/quan-tri/nhat-ky/xuat", get(export::table))
        .route("/quan-tri/suc-khoe", get(health::show))
}
