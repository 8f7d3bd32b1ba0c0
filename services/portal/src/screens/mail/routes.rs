//! Electronic mail.

use axum::{
    Router,
    routing::{get, post},
};

use super::{acts, connections, exporting};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/van-ban/ket-noi", get(connections::show))
        .route("/van-ban/ket-noi/lay", post(acts::collect))
        .route("/van-ban/ket-noi/{id}/tra-loi", post(acts::answer))
        .route("/van-ban/di/{id}/edxml", get(exporting::edxml))
}
