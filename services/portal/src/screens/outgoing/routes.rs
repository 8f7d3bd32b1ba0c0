//! What goes out: drafts, numbers, sending.

use axum::Router;

use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
}
