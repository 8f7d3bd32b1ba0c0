//! What has come in and has no number yet.

use axum::{Router, routing::post};

use super::files;
use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/van-ban/den/{id}/tep", post(files::attach))
}
