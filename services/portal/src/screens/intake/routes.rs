//! What has come in and has no number yet.

use axum::{
    Router,
    routing::{get, post},
};

use super::{batch, files, item, queue};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/den/{id}/tep", post(files::attach))
        .route("/van-ban/cho", get(queue::show))
        .route("/van-ban/cho/nhap", get(batch::show).post(batch::bring_in))
        .route("/van-ban/cho/lo/{id}", get(batch::show_one))
        .route("/van-ban/cho/{id}", get(item::show))
        .route("/van-ban/cho/{id}/tep", get(item::file))
        .route("/van-ban/cho/{id}/phan/{part}", get(item::part))
        .route("/van-ban/cho/{id}/{act}", post(item::act))
}
