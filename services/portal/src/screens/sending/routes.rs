//! Sending to other offices, and what they send.

use axum::{
    Router,
    routing::{get, post},
};

use super::{acts, arrivals, deliveries, limits, outside};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/di/{id}/gui", post(acts::send))
        .route("/van-ban/di/{id}/gui-ngoai", post(outside::record))
        .route("/van-ban/di/{id}/gui/{dispatch}", get(deliveries::show))
        .route("/van-ban/di/{id}/gui/{dispatch}/thu-hoi", post(acts::recall))
        .route("/van-ban/can-tra-lai", get(limits::owed))
        .route("/van-ban/den/{id}/gioi-han", post(limits::set))
        .route("/van-ban/den/{id}/tra-lai", post(limits::give_back))
        .route("/van-ban/gui-den", get(arrivals::show))
        .route("/van-ban/gui-den/{id}/mo", post(acts::open))
        .route("/van-ban/gui-den/{id}/vao-so", post(acts::receive))
        .route("/van-ban/gui-den/{id}/tra", post(acts::give_back))
        .route("/van-ban/gui-den/{id}/tep/{file}", get(arrivals::file))
}
