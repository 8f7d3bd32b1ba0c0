//! The word of others upon a draft.

use axum::{
    Router,
    routing::{get, post},
};

use super::{acts, queue};
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/duyet", get(queue::show))
        .route("/duyet/{id}/duyet", post(acts::approve))
        .route("/duyet/{id}/tra-loi", post(acts::answer))
        .route("/van-ban/di/{id}/hoi", post(acts::ask))
        .route("/van-ban/di/{id}/hoi/{review}/tiep-thu", post(acts::settle))
        .route("/van-ban/di/{id}/hoi/{review}/rut", post(acts::take_back))
}
