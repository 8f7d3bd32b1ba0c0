//! Digital signatures on what is issued.

use axum::{
    Router,
    routing::{get, post},
};

use super::{acts, queue};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/di/cho-ky", get(queue::to_sign))
        .route("/van-ban/di/cho-dong-dau", get(queue::to_seal))
        .route("/van-ban/di/{id}/ky", post(acts::sign))
        .route("/van-ban/di/{id}/dong-dau", post(acts::seal))
        .route("/van-ban/di/{id}/dan-trang", post(acts::again))
        .route("/van-ban/di/{id}/ky-tay", post(acts::by_hand))
}
