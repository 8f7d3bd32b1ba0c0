//! What administrators look after: units, people, rights, registers, health.

use axum::Router;

use crate::shared::Portal;

/// Where these pages are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
}
