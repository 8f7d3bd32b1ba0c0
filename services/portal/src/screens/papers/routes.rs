//! What came back to the clerk, what is sent on a day, and the papers of the desk as PDF.

use axum::{Router, routing::get};

use super::{desk_papers, returned, secrets, send_list};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/bi-tra", get(returned::show))
        .route("/van-ban/di/ban-gui", get(send_list::show))
        .route("/van-ban/mat", get(secrets::show).post(secrets::record))
        .route("/van-ban/mat/so-trang", get(secrets::book))
        .route("/van-ban/den/{id}/dau-den", get(desk_papers::stamp))
        .route("/van-ban/den/{id}/phieu-xu-ly", get(desk_papers::slip))
        .route("/van-ban/so/{id}/ban-in", get(desk_papers::book))
}
