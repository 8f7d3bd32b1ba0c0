//! What documents do to others.

use axum::{Router, routing::post};

use super::acts;
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/van-ban/quan-he", post(acts::begin))
}
