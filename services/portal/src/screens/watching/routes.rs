//! Where the pages about the installation itself are.

use axum::{
    Router,
    routing::{get, post},
};

use super::{audit, browsing, export, health, proof, settings};
use crate::{csp, shared::Portal};

/// Their addresses.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/quan-tri/nhat-ky", get(audit::show))
        .route("/quan-tri/nhat-ky/kiem", get(proof::show))
        .route("/quan-tri/nhat-ky/xuat", get(export::table))
        .route("/quan-tri/suc-khoe", get(health::show))
        .route("/quan-tri/cai-dat", get(settings::show))
        .route(csp::REPORTS, post(browsing::report))
}
