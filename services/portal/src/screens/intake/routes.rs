//! What has come in and has no number yet.

use axum::Router;

use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
}
