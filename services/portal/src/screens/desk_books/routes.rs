//! The seal book and the hand-over book.

use axum::{
    Router,
    routing::{get, post},
};

use super::{handovers, seals};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/so-con-dau", get(seals::show))
        .route("/van-ban/so-con-dau/in", get(seals::print))
        .route("/van-ban/di/{id}/dong-dau-tay", post(seals::record))
        .route("/van-ban/giao-nhan", get(handovers::show).post(handovers::hand_over))
        .route("/van-ban/giao-nhan/in", get(handovers::print))
}
